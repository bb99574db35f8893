import { useState } from "react";
import type { Case } from "../api.ts";
import { Button, Chip, Trouble } from "../parts/small.tsx";
import { type CaseChange, useAmend, useCase } from "../queries.ts";

const CHANGES: readonly { readonly change: CaseChange["change"]; readonly label: string }[] = [
  { change: "note", label: "Note" },
  { change: "reason", label: "Another reason" },
  { change: "undo", label: "Take it back" },
];

/** What can be added to a case; the house writes it down, and the entry then stands above. */
export function CaseTools({ guildId, file }: { guildId: string; file: Case }) {
  const [isOpen, setOpen] = useState(false);
  return (
    <details className="px-5 pb-3 text-xs" onToggle={(event) => setOpen(event.currentTarget.open)}>
      <summary className="cursor-pointer text-muted">More about case #{file.number}</summary>
      {isOpen && file.userId === "" && <Crowd guildId={guildId} number={file.number} />}
      {isOpen && <Amend guildId={guildId} file={file} />}
    </details>
  );
}

function Amend({ guildId, file }: { guildId: string; file: Case }) {
  const amend = useAmend(guildId);
  const [change, setChange] = useState<CaseChange["change"]>("note");
  const [text, setText] = useState("");
  const isOver = file.entries.some(({ kind }) => kind === "undone" || kind === "overturned");
  const choices = CHANGES.filter((one) => one.change !== "undo" || !isOver);
  return (
    <form
      className="mt-2 flex flex-wrap gap-2"
      onSubmit={(event) => {
        event.preventDefault();
        if (text.trim() === "" || amend.isPending) return;
        amend.mutate({ number: file.number, change, text }, { onSuccess: () => setText("") });
      }}
    >
      <select
        aria-label={`What to do with case #${file.number}`}
        value={change}
        onChange={(event) => setChange(event.target.value as CaseChange["change"])}
        className="rounded-lg border border-line bg-card px-2 py-1"
      >
        {choices.map((one) => (
          <option key={one.change} value={one.change}>
            {one.label}
          </option>
        ))}
      </select>
      <input
        aria-label={`Text for case #${file.number}`}
        value={text}
        maxLength={1000}
        onChange={(event) => setText(event.target.value)}
        placeholder={change === "undo" ? "Why it was wrong" : "What to write down"}
        className="min-w-0 grow rounded-lg border border-line bg-card px-2 py-1"
      />
      <Button type="submit" disabled={amend.isPending}>
        Write down
      </Button>
      <Trouble error={amend.error} />
    </form>
  );
}

/** Member by member what became of a crowd. */
function Crowd({ guildId, number }: { guildId: string; number: number }) {
  const { data, error } = useCase(guildId, number);
  if (error !== null) return <Trouble error={error} />;
  return (
    <ul aria-label={`Members of case #${number}`} className="mt-2 grid max-h-48 gap-1 overflow-y-auto">
      {data?.members?.map(({ userId, name, outcome }) => (
        <li key={userId} className="flex items-center gap-2">
          <Chip tone={outcome === "failed" ? "red" : "plain"}>{outcome}</Chip>
          <span dir="auto" className="min-w-0 truncate">
            {name}
          </span>
        </li>
      ))}
    </ul>
  );
}

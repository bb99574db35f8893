import { useState } from "react";
import type { Approval } from "../api.ts";
import { Button } from "../parts/small.tsx";

/** The same card as on every other face: what is known, and what was said. */
export function CardDetails({ approval: { card } }: { approval: Approval }) {
  if (card === undefined) return null;
  return (
    <details className="mt-1.5 text-sm">
      <summary className="cursor-pointer text-muted">The whole card</summary>
      <dl className="mt-1.5 grid grid-cols-[auto_1fr] gap-x-3 gap-y-0.5">
        {card.fields.map(({ label, value }) => (
          <div key={label} className="contents">
            <dt className="text-muted">{label}</dt>
            <dd className="min-w-0 break-words">{value}</dd>
          </div>
        ))}
      </dl>
      {card.evidence.map((line) => (
        <blockquote
          key={`${line.at}${line.messageId ?? ""}`}
          className={`mt-1.5 border-l-2 pl-2.5 break-words whitespace-pre-wrap ${line.isSubject ? "border-accent" : "border-line text-muted"}`}
        >
          <span dir="auto" className="font-medium">
            {line.name}
          </span>
          <p dir="auto">{line.text}</p>
        </blockquote>
      ))}
    </details>
  );
}

/** Of a cohort everybody is listed; whoever is unticked is left out. */
export function Cohort({
  approval: { targets },
  spared,
  onSpare,
}: {
  approval: Approval;
  spared: readonly string[];
  onSpare: (spared: readonly string[]) => void;
}) {
  if (targets.length === 0) return null;
  const toggle = (userId: string): void =>
    onSpare(spared.includes(userId) ? spared.filter((one) => one !== userId) : [...spared, userId]);
  return (
    <fieldset className="mt-2 text-sm">
      <legend className="text-muted">
        {targets.length - spared.length} of {targets.length} members
      </legend>
      <div className="mt-1 grid max-h-40 gap-0.5 overflow-y-auto">
        {targets.map(({ userId, name }) => (
          <label key={userId} className="flex items-center gap-2">
            <input type="checkbox" checked={!spared.includes(userId)} onChange={() => toggle(userId)} />
            <span dir="auto" className="min-w-0 truncate">
              {name}
            </span>
          </label>
        ))}
      </div>
    </fieldset>
  );
}

interface Change {
  readonly option?: number;
  readonly modification?: string;
}

/** A closed list, or a line of words; either is only proposed, and confirmed after its difference was seen. */
export function ChangeForm({ options, onChoose }: { options: readonly string[]; onChoose: (change: Change) => void }) {
  const [words, setWords] = useState("");
  return (
    <div className="mt-2 grid gap-2">
      <div className="flex flex-wrap gap-2">
        {options.map((label, option) => (
          <Button key={label} onClick={() => onChoose({ option })}>
            {label}
          </Button>
        ))}
      </div>
      <form
        className="flex gap-2"
        onSubmit={(event) => {
          event.preventDefault();
          if (words.trim() !== "") onChoose({ modification: words });
        }}
      >
        <input
          aria-label="Another action, length or reason"
          placeholder="timeout 2h and a reason, or reason: …"
          value={words}
          maxLength={400}
          onChange={(event) => setWords(event.target.value)}
          className="h-8 min-w-0 grow rounded-lg border border-line bg-paper px-2.5 text-sm"
        />
        <Button type="submit">Propose</Button>
      </form>
    </div>
  );
}

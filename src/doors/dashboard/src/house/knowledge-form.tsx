import { type FormEvent, useState } from "react";
import type { Schema } from "../api.ts";
import { Button } from "../parts/small.tsx";

type Entry = Schema["ChangedEntryInput"];

interface Props {
  readonly start?: Required<Entry>;
  readonly isBusy: boolean;
  readonly onSave: (entry: Required<Entry>) => void;
  readonly onCancel: () => void;
}

const FIELD = "mt-1 w-full rounded-lg border border-line bg-card px-3 py-1.5 text-sm";

/** An entry: how it is asked, other ways one a line, and the answer. */
export function EntryForm({ start, isBusy, onSave, onCancel }: Props) {
  const [question, setQuestion] = useState(start?.question ?? "");
  const [also, setAlso] = useState(start?.also.join("\n") ?? "");
  const [answer, setAnswer] = useState(start?.answer ?? "");
  const save = (event: FormEvent): void => {
    event.preventDefault();
    const others = also.split("\n").filter((line) => line.trim() !== "");
    onSave({ question, also: others, answer });
  };
  return (
    <form onSubmit={save} className="mt-2 space-y-2">
      <label className="block text-xs text-muted">
        Question
        <input
          required
          maxLength={300}
          value={question}
          onChange={(event) => setQuestion(event.target.value)}
          className={FIELD}
        />
      </label>
      <label className="block text-xs text-muted">
        Answer
        <textarea
          required
          rows={4}
          maxLength={3000}
          value={answer}
          onChange={(event) => setAnswer(event.target.value)}
          className={FIELD}
        />
      </label>
      <label className="block text-xs text-muted">
        Other ways to ask it, one a line
        <textarea rows={2} value={also} onChange={(event) => setAlso(event.target.value)} className={FIELD} />
      </label>
      <span className="flex gap-2">
        <Button type="submit" look="main" disabled={isBusy}>
          Save
        </Button>
        <Button onClick={onCancel}>Cancel</Button>
      </span>
    </form>
  );
}

import { Dialog } from "radix-ui";
import { useState } from "react";
import { answerOf, api, type Use } from "../api.ts";
import { Button, Trouble } from "../parts/small.tsx";
import { useDeed } from "../queries.ts";

type Field = NonNullable<Use["form"]>["fields"][number];
type Value = string | string[];

/** A form the bot answered with, as a member of the demo sees it. */
export function FormDialog({ use, onClose }: { use: Use; onClose: () => void }) {
  const { form, interactionId } = use;
  const [given, setGiven] = useState<Readonly<Record<string, Value>>>(() => prefilled(form?.fields ?? []));
  const send = useDeed((fields: Readonly<Record<string, Value>>) =>
    answerOf(api.POST("/api/demo/forms", { body: { interactionId, fields: { ...fields } } })),
  );
  if (form === undefined) return null;
  return (
    <Dialog.Root open onOpenChange={(isOpen) => !isOpen && onClose()}>
      <Dialog.Portal>
        <Dialog.Overlay className="fixed inset-0 bg-black/30" />
        <Dialog.Content
          aria-describedby={undefined}
          className="fixed top-1/2 left-1/2 max-h-[90dvh] w-[min(28rem,calc(100vw-1.5rem))] -translate-x-1/2 -translate-y-1/2 overflow-y-auto rounded-2xl border border-line bg-card p-5 shadow-lift focus:outline-none"
        >
          <Dialog.Title className="font-serif text-xl">{form.title}</Dialog.Title>
          <form
            className="mt-3 space-y-3"
            onSubmit={(event) => {
              event.preventDefault();
              send.mutate(given, { onSuccess: onClose });
            }}
          >
            {form.fields.map((field) => (
              <label key={field.name} className="block text-sm">
                <span className="font-medium">{field.label}</span>{" "}
                <span className="text-muted">
                  {field.about} {field.required ? "" : "(optional)"}
                </span>
                <Input
                  field={field}
                  value={given[field.name]}
                  onValue={(value) => setGiven({ ...given, [field.name]: value })}
                />
              </label>
            ))}
            <Trouble error={send.error} />
            <div className="flex gap-2 pt-1">
              <Button type="submit" look="main" disabled={send.isPending}>
                Send
              </Button>
              <Button onClick={onClose}>Cancel</Button>
            </div>
          </form>
        </Dialog.Content>
      </Dialog.Portal>
    </Dialog.Root>
  );
}

function prefilled(fields: readonly Field[]): Readonly<Record<string, Value>> {
  return Object.fromEntries(fields.flatMap(({ name, value }) => (value === undefined ? [] : [[name, value]])));
}

const INPUT = "mt-1 w-full rounded-lg border border-line bg-paper px-2.5 text-sm";

interface InputProps {
  readonly field: Field;
  readonly value: Value | undefined;
  readonly onValue: (value: Value) => void;
}

function Input({ field, value = "", onValue }: InputProps) {
  const { kind, required, longest, atMost = 1, choices = [] } = field;
  if (kind === "choice")
    return (
      <select
        required={required}
        multiple={atMost > 1}
        value={atMost > 1 ? [value].flat().filter((one) => one !== "") : String(value)}
        onChange={(event) => onValue([...event.target.selectedOptions].map((option) => option.value))}
        className={`${INPUT} ${atMost > 1 ? "py-1" : "h-9"}`}
      >
        {atMost === 1 && <option value="">Choose…</option>}
        {choices.map((choice) => (
          <option key={choice.value} value={choice.value}>
            {choice.label}
          </option>
        ))}
      </select>
    );
  const shared = { required, maxLength: longest, value: String(value) };
  return kind === "text" ? (
    <textarea {...shared} rows={4} onChange={(event) => onValue(event.target.value)} className={`${INPUT} py-2`} />
  ) : (
    <input {...shared} onChange={(event) => onValue(event.target.value)} className={`${INPUT} h-9`} />
  );
}

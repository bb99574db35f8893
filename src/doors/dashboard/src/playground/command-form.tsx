import { useState } from "react";
import { answerOf, api, type Channel, type Command, type Member, type Use } from "../api.ts";
import { Button, Trouble } from "../parts/small.tsx";
import { useDeed } from "../queries.ts";

interface Props {
  readonly channel: Channel;
  readonly member: Member;
  readonly people: readonly Member[];
  readonly command: Command;
  readonly onClose: () => void;
  readonly onAsked: (use: Use) => void;
}

type Option = Command["options"][number];
type Value = string | number | boolean;

export function CommandForm({ channel, member, people, command, onClose, onAsked }: Props) {
  const [values, setValues] = useState<Readonly<Record<string, Value>>>({});
  const run = useDeed((options: Readonly<Record<string, Value>>) =>
    answerOf(
      api.POST("/api/demo/commands", {
        body: { memberId: member.id, channelId: channel.id, command: command.name, options: { ...options } },
      }),
    ),
  );
  return (
    <form
      aria-label={`/${command.name}`}
      className="shrink-0 px-4 pt-1 pb-4"
      onKeyDown={(event) => event.key === "Escape" && onClose()}
      onSubmit={(event) => {
        event.preventDefault();
        const onSuccess = (use: Use): void => {
          onClose();
          if (use.form !== undefined) onAsked(use);
        };
        run.mutate(values, { onSuccess });
      }}
    >
      <div className="mt-2 rounded-xl border border-accent bg-card p-4">
        <p className="flex flex-wrap items-baseline gap-x-3">
          <span className="font-mono text-sm font-semibold">/{command.name}</span>
          <span className="text-sm text-muted">
            {command.description}, as {member.name}
          </span>
        </p>
        <div className="mt-3 grid gap-3 sm:grid-cols-2">
          {command.options.map((option, index) => (
            <Field
              key={option.name}
              option={option}
              people={people}
              first={index === 0}
              value={values[option.name]}
              onValue={(value) => setValues(changed(values, option.name, value))}
            />
          ))}
        </div>
        <div className="mt-4 flex items-center gap-2">
          <Button type="submit" look="main" disabled={run.isPending}>
            Run /{command.name}
          </Button>
          <Button onClick={onClose}>Cancel</Button>
        </div>
        <div className="mt-3 empty:hidden">
          <Trouble error={run.error} />
        </div>
      </div>
    </form>
  );
}

/** What was left empty is not sent at all. */
function changed(
  values: Readonly<Record<string, Value>>,
  name: string,
  value: Value | undefined,
): Readonly<Record<string, Value>> {
  const { [name]: _before, ...rest } = values;
  return value === undefined ? rest : { ...rest, [name]: value };
}

const INPUT = "mt-1 h-9 w-full rounded-lg border border-line bg-paper px-2.5 text-sm";

interface FieldProps {
  readonly option: Option;
  readonly people: readonly Member[];
  readonly first: boolean;
  readonly value: Value | undefined;
  readonly onValue: (value: Value | undefined) => void;
}

function Field({ option, people, first, value, onValue }: FieldProps) {
  const members = people.map(({ id, name }) => ({ value: id, label: name }));
  const choices = option.type === "member" ? members : option.choices;
  return (
    <label className="block text-sm">
      <span className="font-medium">{option.name}</span>{" "}
      <span className="text-muted">
        {option.description}
        {option.required === true ? "" : " (optional)"}
      </span>
      {choices !== undefined ? (
        <select
          required={option.required}
          autoFocus={first}
          value={String(value ?? "")}
          onChange={(event) => onValue(parsed(event.target.value, option.type))}
          className={INPUT}
        >
          <option value="">Choose…</option>
          {choices.map(({ value: one, label }) => (
            <option key={one} value={one}>
              {label}
            </option>
          ))}
        </select>
      ) : option.type === "boolean" ? (
        <input
          type="checkbox"
          autoFocus={first}
          checked={value === true}
          onChange={(event) => onValue(event.target.checked)}
          className="mt-2 block size-4 accent-accent"
        />
      ) : (
        <input
          type={option.type === "number" ? "number" : "text"}
          required={option.required}
          autoFocus={first}
          value={String(value ?? "")}
          onChange={(event) => onValue(parsed(event.target.value, option.type))}
          className={INPUT}
        />
      )}
    </label>
  );
}

function parsed(text: string, type: Option["type"]): Value | undefined {
  if (text === "") return undefined;
  return type === "number" ? Number(text) : text;
}

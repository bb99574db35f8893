import { useEffect, useId, useState } from "react";
import { answerOf, api, type Channel, type Command, type Member, type Use } from "../api.ts";
import { Button, Trouble } from "../parts/small.tsx";
import { useDeed } from "../queries.ts";
import { CommandForm } from "./command-form.tsx";
import { conditionOf } from "./condition.ts";

interface Props {
  readonly channel: Channel;
  readonly member: Member;
  readonly people: readonly Member[];
  readonly commands: readonly Command[];
  readonly onMember: (id: string) => void;
  readonly onAsked: (use: Use) => void;
}

/** Writes as the picked member. A slash offers the commands, as in Discord. */
export function Composer({ channel, member, people, commands, onMember, onAsked }: Props) {
  const [text, setText] = useState("");
  const [command, setCommand] = useState<Command>();
  const say = useDeed((words: string) =>
    answerOf(api.POST("/api/demo/messages", { body: { memberId: member.id, channelId: channel.id, text: words } })),
  );
  const reset = say.reset;
  useEffect(() => reset(), [member.id, channel.id, reset]);
  const field = useId();
  const offered = text.startsWith("/") ? offersFor(text.slice(1), commands) : [];
  const send = (): void => {
    // As in Discord: Enter takes the command at the top.
    if (offered[0] !== undefined) return pick(offered[0]);
    const words = text.trim();
    if (words === "" || say.isPending) return;
    say.mutate(words, { onSuccess: () => setText("") });
  };
  const pick = (chosen: Command): void => {
    setCommand(chosen);
    setText("");
  };
  if (command !== undefined) {
    return (
      <CommandForm
        key={command.name}
        {...{ channel, member, people, command, onAsked }}
        onClose={() => setCommand(undefined)}
      />
    );
  }
  return (
    <form
      className="shrink-0 px-4 pt-1 pb-4"
      onSubmit={(event) => {
        event.preventDefault();
        send();
      }}
    >
      <Trouble error={say.error} />
      {text.startsWith("/") && <Offer commands={offered} onPick={pick} />}
      <div className="mt-2 flex items-end gap-2 rounded-xl border border-line bg-card p-1.5 focus-within:border-accent">
        <SpeakAs people={people} member={member} onMember={onMember} />
        <label htmlFor={field} className="sr-only">
          Message in {channel.name} as {member.name}
        </label>
        <input
          id={field}
          value={text}
          onChange={(event) => setText(event.target.value)}
          maxLength={2000}
          autoComplete="off"
          placeholder={`As ${member.name} in #${channel.name}, or / for a command`}
          className="h-9 min-w-0 grow bg-transparent px-2 outline-none placeholder:text-muted"
        />
        <Button type="submit" look="main" className="h-9" disabled={say.isPending}>
          Send
        </Button>
      </div>
      {conditionOf(member) !== undefined && (
        <p className="mt-1.5 px-2 text-xs text-muted">
          {member.name} is {conditionOf(member)}: Discord will refuse what they write.
        </p>
      )}
    </form>
  );
}

/** Those whose name begins so; where none does, all of the family that was begun: "/ticket something" shows every /ticket. */
function offersFor(begun: string, commands: readonly Command[]): readonly Command[] {
  const named = commands.filter(({ name }) => name.startsWith(begun.trimEnd()));
  return named.length > 0 ? named : commands.filter(({ name }) => name.split(" ")[0] === begun.split(" ")[0]);
}

/** The members' list again, where the screen has no room for it. */
function SpeakAs({ people, member, onMember }: Pick<Props, "people" | "member" | "onMember">) {
  return (
    <select
      aria-label="Speak as"
      value={member.id}
      onChange={(event) => onMember(event.target.value)}
      className="h-9 max-w-28 rounded-lg bg-sunk px-2 text-sm font-medium lg:hidden"
    >
      {people.map(({ id, name }) => (
        <option key={id} value={id}>
          {name}
        </option>
      ))}
    </select>
  );
}

function Offer({ commands, onPick }: { commands: readonly Command[]; onPick: (command: Command) => void }) {
  return (
    <ul
      aria-label="Commands"
      className="mt-2 max-h-80 overflow-y-auto rounded-xl border border-line bg-card shadow-lift"
    >
      {commands.length === 0 && <li className="px-4 py-2.5 text-sm text-muted">No command of this name.</li>}
      {commands.map((command, index) => (
        <li key={command.name}>
          <button
            type="button"
            onClick={() => onPick(command)}
            className={`flex w-full items-baseline gap-3 px-4 py-2 text-left -outline-offset-2 hover:bg-sunk ${index === 0 ? "bg-sunk" : ""}`}
          >
            <span className="font-mono text-sm font-semibold">/{command.name}</span>
            <span className="truncate text-sm text-muted">{command.description}</span>
          </button>
        </li>
      ))}
    </ul>
  );
}

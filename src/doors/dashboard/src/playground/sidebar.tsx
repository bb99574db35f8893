import type { Channel, Member } from "../api.ts";
import { Avatar } from "../parts/small.tsx";
import { conditionOf } from "./condition.ts";

interface Props {
  readonly channels: readonly Channel[];
  readonly channel: Channel;
  readonly onChannel: (id: string) => void;
  readonly people: readonly Member[];
  readonly member: Member;
  readonly onMember: (id: string) => void;
}

const HEADING = "px-2 text-xs font-semibold tracking-wide text-muted uppercase";

export function Sidebar({ channels, channel, onChannel, people, member, onMember }: Props) {
  return (
    <aside
      aria-label="Channels and members"
      className="flex w-60 shrink-0 flex-col border-r border-line bg-paper max-lg:hidden"
    >
      <nav aria-label="Channels" className="px-3 pt-4 pb-3">
        <h2 className={HEADING}>Channels</h2>
        <ul className="mt-1.5 space-y-px">
          {channels.map(({ id, name, type }) => (
            <li key={id}>
              <button
                type="button"
                aria-current={id === channel.id ? "page" : undefined}
                onClick={() => onChannel(id)}
                className="flex w-full items-center gap-1.5 truncate rounded-lg px-2 py-1 text-left text-sm text-muted hover:bg-sunk aria-[current]:bg-sunk aria-[current]:font-medium aria-[current]:text-ink"
              >
                <span aria-hidden="true">{type >= 10 ? "\u00a0\u00a0↳" : "#"}</span> {name}
              </button>
            </li>
          ))}
        </ul>
      </nav>
      <fieldset className="flex min-h-0 grow flex-col border-t border-line px-3 pt-4">
        <legend className="sr-only">Speak as</legend>
        <p aria-hidden="true" className={HEADING}>
          Speak as
        </p>
        <div className="mt-1.5 min-h-0 grow space-y-px overflow-y-auto pb-3">
          {people.map((person) => (
            <Person
              key={person.id}
              person={person}
              checked={person.id === member.id}
              onPick={() => onMember(person.id)}
            />
          ))}
        </div>
      </fieldset>
    </aside>
  );
}

function Person({ person, checked, onPick }: { person: Member; checked: boolean; onPick: () => void }) {
  const condition = conditionOf(person);
  return (
    <label className="flex cursor-pointer items-center gap-2.5 rounded-lg px-2 py-1.5 hover:bg-sunk has-checked:bg-accent-wash has-focus-visible:outline-2 has-focus-visible:outline-accent">
      <input type="radio" name="speak-as" className="sr-only" checked={checked} onChange={onPick} />
      <Avatar id={person.id} name={person.name} size="size-7" />
      <span className="min-w-0 grow">
        <span className={`block truncate text-sm leading-tight ${condition === undefined ? "" : "line-through"}`}>
          {person.name}
        </span>
        <span className={`block truncate text-xs leading-tight ${checked ? "text-ink" : "text-muted"}`}>
          {condition ?? person.roles.join(", ")}
        </span>
      </span>
    </label>
  );
}

import { DropdownMenu } from "radix-ui";
import { answerOf, api, type Member, type Message, type Use } from "../api.ts";
import { Avatar, Chip, Time, Trouble } from "../parts/small.tsx";
import { useDeed } from "../queries.ts";
import { Parts } from "./parts.tsx";
import { Said } from "./said.tsx";

interface Props {
  readonly message: Message;
  /** Same author as the line before, moments later: no second name and picture. */
  readonly follows: boolean;
  readonly member: Member;
  readonly channelId: string;
  readonly onWhy: (eventId: string) => void;
  readonly onAsked: (use: Use) => void;
}

export function MessageLine({ message, follows, member, channelId, onWhy, onAsked }: Props) {
  return (
    <div className={`group relative flex gap-3 px-4 py-0.5 hover:bg-sunk/50 ${follows ? "" : "mt-3"}`}>
      {follows ? (
        <span className="w-9 shrink-0" />
      ) : (
        <Avatar id={message.authorId} name={message.authorName} bot={message.bot} />
      )}
      <div className="min-w-0 grow pointer-coarse:pr-11">
        {!follows && (
          <p className="flex items-baseline gap-2 leading-tight">
            <span className="truncate font-semibold">{message.authorName}</span>
            {message.bot === true && <Chip tone="accent">bot</Chip>}
            <Time at={message.at} className="text-xs text-muted" />
          </p>
        )}
        <Words message={message} onWhy={onWhy} />
        {(message.pictures ?? []).map(({ id, description }) => (
          <img
            key={id}
            src={`/api/demo/pictures/${id}`}
            alt={description}
            className="mt-1.5 h-44 max-w-full rounded-lg object-contain object-left"
          />
        ))}
        {message.deleted === undefined && <Parts {...{ message, member, channelId, onAsked }} />}
        {message.reactions.length > 0 && (
          <p className="mt-1 flex flex-wrap gap-1">
            {message.reactions.map(({ emoji, count }) => (
              <span key={emoji} className="rounded-full border border-line bg-card px-2 text-sm tabular-nums">
                {emoji} <span className="text-xs text-muted">{count}</span>
              </span>
            ))}
          </p>
        )}
        {message.onlyFor !== undefined && <p className="text-xs text-muted">Only {member.name} sees this</p>}
      </div>
      {message.deleted === undefined && message.onlyFor === undefined && (
        <React member={member} channelId={channelId} message={message} />
      )}
    </div>
  );
}

function Words({ message, onWhy }: { message: Message; onWhy: (eventId: string) => void }) {
  const { deleted, title, text, edited } = message;
  const words = title === undefined ? <Said text={text} /> : undefined;
  return (
    <div className="text-[0.9375rem] break-words whitespace-pre-wrap">
      {deleted === undefined ? words : <del className="text-muted">{text}</del>}
      {title !== undefined && deleted === undefined && (
        <span className="mt-1 block max-w-lg rounded-md border-l-4 border-accent bg-sunk px-3 py-2">
          <span className="block font-semibold">{title}</span>
          <Said text={text} />
        </span>
      )}
      {edited === true && <span className="ml-1 text-xs text-muted">(edited)</span>}
      {deleted !== undefined && <Deleted deleted={deleted} onWhy={onWhy} />}
    </div>
  );
}

function Deleted({ deleted, onWhy }: { deleted: NonNullable<Message["deleted"]>; onWhy: (eventId: string) => void }) {
  const { eventId, byHouse } = deleted;
  if (eventId === undefined) {
    return (
      <span className="ml-2">
        <Chip>{byHouse ? "deleted by moderation" : "deleted"}</Chip>
      </span>
    );
  }
  return (
    <button
      type="button"
      onClick={() => onWhy(eventId)}
      className="ml-2 inline-block rounded-full bg-red-wash px-2 py-px align-middle text-xs font-medium whitespace-nowrap text-red hover:underline"
    >
      deleted by moderation · why?
    </button>
  );
}

const EMOJI = ["👍", "❤️", "😂", "🎉", "👀"];

function React({ member, channelId, message }: { member: Member; channelId: string; message: Message }) {
  const react = useDeed((emoji: string) =>
    answerOf(
      api.POST("/api/demo/reactions", { body: { memberId: member.id, channelId, messageId: message.id, emoji } }),
    ),
  );
  return (
    <>
      <DropdownMenu.Root>
        <DropdownMenu.Trigger
          aria-label={`React as ${member.name}`}
          className="absolute top-0 right-4 grid h-7 w-8 place-items-center rounded-lg border border-line bg-card text-muted opacity-0 group-hover:opacity-100 hover:text-ink focus-visible:opacity-100 data-[state=open]:opacity-100 pointer-coarse:opacity-100"
        >
          <svg
            viewBox="0 0 16 16"
            className="size-4"
            fill="none"
            stroke="currentColor"
            strokeWidth="1.4"
            strokeLinecap="round"
            aria-hidden="true"
          >
            <circle cx="8" cy="8" r="6" />
            <path d="M5.5 9.5c1.3 1.8 3.7 1.8 5 0M6 6.4v.1M10 6.4v.1" />
          </svg>
        </DropdownMenu.Trigger>
        <DropdownMenu.Portal>
          <DropdownMenu.Content
            align="end"
            sideOffset={4}
            className="flex gap-1 rounded-xl border border-line bg-card p-1 shadow-lift"
          >
            {EMOJI.map((emoji) => (
              <DropdownMenu.Item
                key={emoji}
                onSelect={() => react.mutate(emoji)}
                className="grid size-8 cursor-pointer place-items-center rounded-lg text-lg outline-none data-[highlighted]:bg-sunk"
              >
                {emoji}
              </DropdownMenu.Item>
            ))}
          </DropdownMenu.Content>
        </DropdownMenu.Portal>
      </DropdownMenu.Root>
      <Trouble error={react.error} />
    </>
  );
}

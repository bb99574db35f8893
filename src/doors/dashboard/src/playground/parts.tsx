import { answerOf, api, type Member, type Message, type Use } from "../api.ts";
import { Button, Trouble } from "../parts/small.tsx";
import { useDeed } from "../queries.ts";

type Part = NonNullable<Message["parts"]>[number];

interface Props {
  readonly message: Message;
  readonly member: Member;
  readonly channelId: string;
  /** The bot wants to know more before it does what was pressed. */
  readonly onAsked: (use: Use) => void;
}

/** Buttons and menus under a message, pressed as whoever one speaks as. */
export function Parts({ message, member, channelId, onAsked }: Props) {
  const press = useDeed((wish: { customId: string; values?: string[] }) =>
    answerOf(
      api.POST("/api/demo/presses", { body: { memberId: member.id, channelId, messageId: message.id, ...wish } }),
    ),
  );
  const parts = message.parts ?? [];
  if (parts.length === 0) return null;
  const use = (wish: { customId: string; values?: string[] }): void =>
    press.mutate(wish, { onSuccess: (done) => done.form !== undefined && onAsked(done) });
  return (
    <div className="mt-1.5 max-w-lg">
      <p className="flex flex-wrap items-center gap-1.5">
        {parts.map((part) => (
          <One key={keyOf(part)} part={part} isBusy={press.isPending} onUse={use} />
        ))}
      </p>
      <div className="mt-1.5 empty:hidden">
        <Trouble error={press.error} />
      </div>
    </div>
  );
}

const keyOf = (part: Part): string => (part.kind === "link" ? part.url : part.customId);

interface OneProps {
  readonly part: Part;
  readonly isBusy: boolean;
  readonly onUse: (wish: { customId: string; values?: string[] }) => void;
}

function One({ part, isBusy, onUse }: OneProps) {
  if (part.kind === "link")
    return (
      <a
        href={part.url}
        target="_blank"
        rel="noreferrer"
        className="inline-flex h-8 items-center rounded-lg border border-line bg-card px-3 text-sm font-medium underline-offset-2 hover:underline"
      >
        {part.label} ↗
      </a>
    );
  if (part.kind === "button")
    return (
      <Button
        look={part.look}
        disabled={isBusy || part.disabled === true}
        onClick={() => onUse({ customId: part.customId })}
      >
        {part.label}
      </Button>
    );
  return (
    <select
      aria-label={part.label}
      value=""
      disabled={isBusy}
      onChange={(event) => onUse({ customId: part.customId, values: [event.target.value] })}
      className="h-8 max-w-full rounded-lg border border-line bg-card px-2 text-sm"
    >
      <option value="">{part.label}</option>
      {part.choices.map(({ value, label }) => (
        <option key={value} value={value}>
          {label}
        </option>
      ))}
    </select>
  );
}

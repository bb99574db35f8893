import { useLayoutEffect, useRef } from "react";
import type { Channel, Member, Message, Use } from "../api.ts";
import { Empty, Trouble } from "../parts/small.tsx";
import { useMessages } from "../queries.ts";
import { MessageLine } from "./message.tsx";

interface Props {
  readonly channel: Channel;
  readonly member: Member;
  readonly onWhy: (eventId: string) => void;
  readonly onAsked: (use: Use) => void;
}

const TOGETHER_MS = 5 * 60_000;

export function ChannelView({ channel, member, onWhy, onAsked }: Props) {
  const { data, error } = useMessages(channel.id);
  const messages = (data?.messages ?? []).filter(({ onlyFor }) => onlyFor === undefined || onlyFor === member.id);
  const box = useStayAtBottom(messages.length);
  return (
    <div
      ref={box}
      tabIndex={0}
      role="log"
      aria-live="off"
      aria-label={`Messages in ${channel.name}`}
      className="flex min-h-0 grow flex-col overflow-y-auto py-3 -outline-offset-2"
    >
      <div className="mt-auto px-4 empty:hidden">
        <Trouble error={error} />
      </div>
      {data !== undefined && messages.length === 0 && (
        <div className="my-auto">
          <Empty title={`Nobody has spoken in #${channel.name}`}>
            Pick somebody to speak as, and write the first message below.
          </Empty>
        </div>
      )}
      {messages.map((message, index) => (
        <MessageLine
          key={message.id}
          message={message}
          follows={follows(messages[index - 1], message)}
          member={member}
          channelId={channel.id}
          onWhy={onWhy}
          onAsked={onAsked}
        />
      ))}
    </div>
  );
}

function follows(before: Message | undefined, message: Message): boolean {
  return (
    before?.authorId === message.authorId && message.at - before.at < TOGETHER_MS && before.onlyFor === message.onlyFor
  );
}

/** Follows new messages, unless one has scrolled up to read. */
function useStayAtBottom(count: number): React.RefObject<HTMLDivElement | null> {
  const box = useRef<HTMLDivElement>(null);
  const height = useRef(0);
  useLayoutEffect(() => {
    const element = box.current;
    if (element === null) return;
    const wasAtBottom = height.current - element.scrollTop - element.clientHeight < 120;
    if (wasAtBottom) element.scrollTop = element.scrollHeight;
    height.current = element.scrollHeight;
  }, [count]);
  return box;
}

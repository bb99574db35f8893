import { type EventOf, snowflakeAt } from "#core";
import { quietLines } from "./texts.ts";

const GUILDS = 50;
const AUTHORS = 40;
const APART_MS = 3;

/** Messages that break no rule, spread over guilds and authors, as the adapter hands them over. */
export function quietEvents(count: number, round: number): EventOf<"message.created">[] {
  const lines = quietLines();
  const start = Date.now() - 86_400_000 + round * 7_200_000;
  return Array.from({ length: count }, (_, index) => {
    const at = start + index * APART_MS;
    const messageId = snowflakeAt(at);
    const guild = index % GUILDS;
    const guildId = snowflakeAt(1_600_000_000_000, guild);
    const author = Math.floor(index / GUILDS) % AUTHORS;
    const userId = snowflakeAt(1_500_000_000_000, guild * AUTHORS + author);
    return {
      ...{ id: `m:${messageId}`, guildId, at, kind: "message.created", messageId },
      channelId: snowflakeAt(1_600_000_100_000, guild * 4 + (index % 4)),
      author: { userId, name: `person ${author}`, roleIds: [], joinedAt: 1_650_000_000_000 },
      text: lines[(index * 31) % lines.length]!,
      ...{ mentionedUserIds: [], mentionedRoleIds: [], attachments: [] },
    };
  });
}

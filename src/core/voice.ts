import type { GuildEvent, VoiceState } from "./events.ts";
import type { Records } from "./records/index.ts";

/** Somebody's stay in one channel, as it stood before the event at hand. */
export interface VoiceStay {
  readonly channelId: string;
  readonly since: number;
}

interface VoiceRecords {
  record<N extends "voice" | "voiceKnown">(record: N, key: string): Records[N] | undefined;
}

/** The one key of the record that says since when stays are known without a gap. */
const GUILD = "guild";

/**
 * Where somebody was in voice before this event: with `voice.changed` and `voice.left` it tells joining, moving and the
 * length of a stay. The house keeps it. A stay that was not confirmed when the guild last became available ended unseen.
 */
export function voiceBefore(look: VoiceRecords, userId: string): VoiceStay | undefined {
  const stay = look.record("voice", userId);
  const known = look.record("voiceKnown", GUILD);
  if (stay === undefined || stay.confirmedAt < (known?.since ?? 0)) return undefined;
  return { channelId: stay.channelId, since: stay.since };
}

type VoiceWrite =
  | { readonly write: "record.put"; readonly record: "voice"; readonly key: string; readonly value: Records["voice"] }
  | {
      readonly write: "record.put";
      readonly record: "voiceKnown";
      readonly key: string;
      readonly value: Records["voiceKnown"];
    }
  | { readonly write: "record.delete"; readonly record: "voice"; readonly key: string };

/** How the records follow an event. */
export function voiceWrites(event: GuildEvent, look: VoiceRecords): readonly VoiceWrite[] {
  switch (event.kind) {
    case "voice.changed":
      return [stayAfter(event.state, event.at, look)];
    case "voice.left":
      return [{ write: "record.delete", record: "voice", key: event.userId }];
    case "guild.available": {
      const known = { write: "record.put", record: "voiceKnown", key: GUILD, value: { since: event.at } } as const;
      return [known, ...(event.voice ?? []).map((state) => stayAfter(state, event.at, look))];
    }
    default:
      return [];
  }
}

function stayAfter({ userId, channelId }: VoiceState, at: number, look: VoiceRecords): VoiceWrite {
  const before = voiceBefore(look, userId);
  const since = before?.channelId === channelId ? before.since : at;
  return { write: "record.put", record: "voice", key: userId, value: { channelId, since, confirmedAt: at } };
}

import type { ServerResponse } from "node:http";
import { type CommitEntry, speaks } from "#core";
import type { House } from "./house.ts";

/** What one commit changed in one guild, small enough to send for every message: the page asks for what it wants to know. */
export interface FeedNews {
  readonly guildId: string;
  /** Events of this commit, quiet ones too. */
  readonly events: number;
  /** Events something was decided about. */
  readonly spoke: readonly string[];
  /** Approvals asked for or answered. */
  readonly approvals: readonly string[];
  /** Orders that came to an end. */
  readonly settled: readonly string[];
}

const BEAT_MS = 15_000;
/** The simulated world changes many times within one raid: the page is told a few times a second. */
const WORLD_MS = 60;
/** A reader this far behind is cut off: its browser comes again and asks for everything afresh. */
const BEHIND = 1_000_000;

export interface Feed {
  /** Sends the stream until the reader leaves. */
  attach(response: ServerResponse): void;
  close(): void;
}

export function createFeed(house: House): Feed {
  const readers = new Set<ServerResponse>();
  const send = (text: string): void => {
    for (const reader of readers) {
      reader.write(text);
      if (reader.writableLength > BEHIND) reader.destroy();
    }
  };
  const stopCommits = house.onCommitted((entries) => {
    for (const news of newsOf(entries)) send(frame("commit", news));
  });
  const world = createWorldNews(house, (channels) => send(frame("world", { channels })));
  const beat = setInterval(() => send(": beat\n\n"), BEAT_MS).unref();
  return {
    attach(response) {
      response.writeHead(200, { "content-type": "text/event-stream", "x-accel-buffering": "no" });
      response.write(`retry: 1000\n${frame("hello", {})}`);
      readers.add(response);
      response.on("close", () => readers.delete(response));
    },
    close() {
      stopCommits();
      world.stop();
      clearInterval(beat);
      for (const reader of readers) reader.end();
    },
  };
}

function createWorldNews(house: House, tell: (channels: readonly string[]) => void): { stop(): void } {
  const dirty = new Set<string>();
  let timer: NodeJS.Timeout | undefined;
  const flush = (): void => {
    timer = undefined;
    tell([...dirty]);
    dirty.clear();
  };
  const stopWorld = house.demo?.onChange(({ channelId }) => {
    if (channelId !== undefined) dirty.add(channelId);
    timer ??= setTimeout(flush, WORLD_MS).unref();
  });
  return {
    stop() {
      stopWorld?.();
      clearTimeout(timer);
    },
  };
}

function frame(event: string, data: unknown): string {
  return `event: ${event}\ndata: ${JSON.stringify(data)}\n\n`;
}

export function newsOf(entries: readonly CommitEntry[]): FeedNews[] {
  return [...groupByGuild(entries)].map(([guildId, own]) => {
    const house = own.flatMap((entry) => entry.house);
    return {
      guildId,
      events: own.length,
      spoke: own.filter(isLoud).map(({ event }) => event.id),
      approvals: house.flatMap((write) =>
        write.write === "approval.ask"
          ? [write.approval.id]
          : write.write === "approval.resolve"
            ? [write.approvalId]
            : [],
      ),
      settled: house.flatMap((write) => (write.write === "order.settle" ? [write.orderId] : [])),
    };
  });
}

function isLoud(entry: CommitEntry): boolean {
  return (
    entry.poison !== undefined || entry.decisions.some(({ effects, error }) => error !== undefined || speaks(effects))
  );
}

function groupByGuild(entries: readonly CommitEntry[]): Map<string, CommitEntry[]> {
  const guilds = new Map<string, CommitEntry[]>();
  for (const entry of entries) {
    const own = guilds.get(entry.event.guildId);
    if (own === undefined) guilds.set(entry.event.guildId, [entry]);
    else own.push(entry);
  }
  return guilds;
}

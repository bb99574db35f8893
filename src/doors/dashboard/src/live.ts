import { type QueryClient, useQueryClient } from "@tanstack/react-query";
import { useEffect, useState } from "react";

interface Commit {
  readonly guildId: string;
  readonly spoke: readonly string[];
  readonly approvals: readonly string[];
  readonly settled: readonly string[];
}

/** News within one pause are answered by one refetch: a raid is hundreds of commits. */
const PAUSE_MS = 120;
/** A browser reconnects by itself, except where it was answered with an error. */
const COME_BACK_MS = 3000;

/** Keeps what is on the page true. Says whether the line to the house stands. */
export function useLiveFeed(): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    const refresh = createRefresher(queries);
    let feed = open();
    let again: number | undefined;
    function open(): EventSource {
      const source = new EventSource("/api/feed");
      listen(source, refresh, setLive);
      source.addEventListener("error", () => {
        setLive(false);
        if (source.readyState === EventSource.CLOSED) again = window.setTimeout(() => (feed = open()), COME_BACK_MS);
      });
      return source;
    }
    return () => {
      window.clearTimeout(again);
      feed.close();
    };
  }, [queries]);
  return live;
}

type Refresh = (key: readonly string[]) => void;

function listen(source: EventSource, refresh: Refresh, setLive: (live: boolean) => void): void {
  source.addEventListener("hello", () => {
    setLive(true);
    refresh([]);
  });
  source.addEventListener("commit", ({ data }: MessageEvent<string>) => {
    const { guildId, spoke, approvals, settled } = JSON.parse(data) as Commit;
    if (spoke.length + approvals.length + settled.length > 0) refresh(["deeds", guildId]);
  });
  source.addEventListener("world", ({ data }: MessageEvent<string>) => {
    refresh(["world"]);
    for (const id of (JSON.parse(data) as { channels: string[] }).channels) refresh(["messages", id]);
  });
}

/** One round of questions at a time: what changes meanwhile is asked for in the next. */
function createRefresher(queries: QueryClient): Refresh {
  const waiting = new Map<string, readonly string[]>();
  let isUnderWay = false;
  const round = async (): Promise<void> => {
    const keys = [...waiting.values()];
    waiting.clear();
    await Promise.all(keys.map((queryKey) => queries.invalidateQueries({ queryKey })));
    isUnderWay = false;
    if (waiting.size > 0) start();
  };
  const start = (): void => {
    if (isUnderWay) return;
    isUnderWay = true;
    window.setTimeout(() => void round(), PAUSE_MS);
  };
  return (key) => {
    waiting.set(key.join(" "), key);
    start();
  };
}

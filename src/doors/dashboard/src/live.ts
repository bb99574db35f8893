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

/** Keeps what is on the page true. Says whether the line to the house stands. */
export function useLiveFeed(): boolean {
  const queries = useQueryClient();
  const [live, setLive] = useState(false);
  useEffect(() => {
    const feed = new EventSource("/api/feed");
    const refresh = createRefresher(queries);
    feed.addEventListener("hello", () => {
      setLive(true);
      refresh([]);
    });
    feed.addEventListener("commit", ({ data }: MessageEvent<string>) => {
      const { guildId, spoke, approvals, settled } = JSON.parse(data) as Commit;
      if (spoke.length + approvals.length + settled.length > 0) refresh(["deeds", guildId]);
    });
    feed.addEventListener("world", ({ data }: MessageEvent<string>) => {
      refresh(["world"]);
      for (const id of (JSON.parse(data) as { channels: string[] }).channels) refresh(["messages", id]);
    });
    feed.onerror = () => setLive(false);
    return () => feed.close();
  }, [queries]);
  return live;
}

function createRefresher(queries: QueryClient): (key: readonly string[]) => void {
  const waiting = new Map<string, readonly string[]>();
  let timer: number | undefined;
  const run = (): void => {
    timer = undefined;
    for (const queryKey of waiting.values()) void queries.invalidateQueries({ queryKey });
    waiting.clear();
  };
  return (key) => {
    waiting.set(key.join(" "), key);
    timer ??= window.setTimeout(run, PAUSE_MS);
  };
}

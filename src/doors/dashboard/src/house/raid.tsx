import { useRaid } from "../queries.ts";
import { Chip, Time } from "../parts/small.tsx";

const STEPS = {
  watch: "watched",
  slow: "slowed down",
  pause: "invites paused",
  lock: "channels locked",
} as const;

/** So long after its end a raid is still news. */
const NEWS_MS = 3_600_000;
const LISTED = 6;

/** The wave that is under way, or that was a moment ago: how many, how far the house has gone, and why. */
export function RaidBanner({ guildId }: { guildId: string }) {
  const raid = useRaid(guildId).data?.raid;
  if (raid === undefined || raid.step === "watch") return null;
  const { endedAt, moments, number, mode, step, joins, members, quarantined, lockedChannels } = raid;
  if (endedAt !== undefined && Date.now() - endedAt > NEWS_MS) return null;
  const counts = [
    `${joins} joined`,
    `${members} taken for part of it`,
    ...(quarantined > 0 ? [`${quarantined} quarantined`] : []),
    ...(lockedChannels > 0 ? [`${lockedChannels} ${lockedChannels === 1 ? "channel" : "channels"} locked`] : []),
  ];
  return (
    <section aria-label="Raid" className="border-b border-line px-5 py-3 text-sm">
      <h2 className="flex flex-wrap items-center gap-2 font-medium">
        Raid {number}
        <Chip tone={endedAt === undefined ? "red" : "plain"}>{endedAt === undefined ? STEPS[step] : "over"}</Chip>
        {mode === "shadow" && <Chip tone="violet">shadow</Chip>}
      </h2>
      <p className="mt-1 text-muted">{counts.join(" · ")}</p>
      <ol aria-label="What happened" className="mt-2 space-y-1">
        {moments.slice(-LISTED).map(({ at, what, why }) => (
          <li key={`${at} ${what}`} className="flex gap-2">
            <Time at={at} className="shrink-0 text-muted" />
            <span>
              {STEPS[what as keyof typeof STEPS] ?? what}: {why}
            </span>
          </li>
        ))}
      </ol>
    </section>
  );
}

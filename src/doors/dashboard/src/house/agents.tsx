import { useAgents } from "../queries.ts";
import { Chip } from "../parts/small.tsx";

type Listed = NonNullable<ReturnType<typeof useAgents>["data"]>["agents"][number];

const MODE_TONE = { live: "accent", shadow: "violet", off: "plain" } as const;
const MODES = ["live", "shadow", "off"] as const;

/** Who acts, in one line; who only watches is a press away, so that what happens has the room. */
export function Agents({ guildId }: { guildId: string }) {
  const agents = useAgents(guildId).data?.agents ?? [];
  if (agents.length === 0) return null;
  return (
    <footer className="border-t border-line text-sm text-muted">
      <details>
        <summary className="cursor-pointer px-5 py-2.5 hover:text-ink">{summaryOf(agents)}</summary>
        <ul aria-label="Agents" className="flex max-h-52 flex-wrap gap-x-4 gap-y-1 overflow-y-auto px-5 pb-3">
          {MODES.flatMap((mode) => agents.filter((agent) => agent.mode === mode)).map(({ name, description, mode }) => (
            <li key={name} title={description} className="flex items-center gap-1.5">
              {name} <Chip tone={MODE_TONE[mode]}>{mode}</Chip>
            </li>
          ))}
        </ul>
      </details>
    </footer>
  );
}

function summaryOf(agents: readonly Listed[]): string {
  const named = (mode: Listed["mode"]) => agents.filter((agent) => agent.mode === mode).map(({ name }) => name);
  const [live, shadow, off] = [named("live"), named("shadow"), named("off")];
  return [
    live.length === 0 ? "No agent acts" : `Live: ${live.join(", ")}`,
    ...(shadow.length === 0 ? [] : [`${shadow.length} only watch`]),
    ...(off.length === 0 ? [] : [`${off.length} off`]),
  ].join(" · ");
}

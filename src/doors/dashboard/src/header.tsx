import type { Schema } from "./api.ts";
import { Chip } from "./parts/small.tsx";
import { Wordmark } from "./parts/wordmark.tsx";

interface Props {
  readonly house: Schema["HouseState"];
  readonly live: boolean;
  readonly guildId: string | undefined;
  readonly onChoose: (guildId: string) => void;
}

export function Header({ house, live, guildId, onChoose }: Props) {
  return (
    <header className="flex h-14 shrink-0 items-center gap-3 border-b border-line bg-card px-4">
      <Wordmark />
      <span aria-hidden="true" className="h-5 w-px bg-line max-md:hidden" />
      <GuildName house={house} guildId={guildId} onChoose={onChoose} />
      {guildId !== undefined && guildId === house.demoGuildId && (
        <span className="max-md:hidden">
          <Chip tone="violet">Demo on the built-in simulator</Chip>
        </span>
      )}
      <div className="ml-auto flex items-center gap-3 text-sm text-muted">
        {house.degraded.length > 0 && <Degraded what={house.degraded} />}
        <span className="flex items-center gap-1.5" role="status">
          <span className={`size-2 rounded-full ${live ? "bg-accent" : "bg-amber"}`} aria-hidden="true" />
          {live ? "Live" : "Reconnecting…"}
        </span>
      </div>
    </header>
  );
}

function GuildName({ house, guildId, onChoose }: Omit<Props, "live">) {
  if (house.guilds.length < 2) {
    return <span className="truncate text-sm font-medium max-md:hidden">{house.guilds[0]?.name}</span>;
  }
  return (
    <select
      aria-label="Guild"
      value={guildId}
      onChange={(event) => onChoose(event.target.value)}
      className="h-8 max-w-52 rounded-lg border border-line bg-card px-2 text-sm font-medium"
    >
      {house.guilds.map((guild) => (
        <option key={guild.id} value={guild.id}>
          {guild.name}
        </option>
      ))}
    </select>
  );
}

function Degraded({ what }: { what: readonly string[] }) {
  return (
    <span title={what.join("\n")}>
      <Chip tone="amber">{what.length === 1 ? what[0] : `${what.length} things are missing`}</Chip>
    </span>
  );
}

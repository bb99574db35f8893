import { Tabs } from "radix-ui";
import { ActivityList } from "./activity.tsx";
import { Agents } from "./agents.tsx";
import { Approvals } from "./approvals.tsx";
import { Cases } from "./cases.tsx";
import { Gatherings } from "./gatherings.tsx";
import { Knowledge } from "./knowledge.tsx";
import { Models } from "./models.tsx";
import { Policy } from "./policy.tsx";
import { Tickets } from "./tickets.tsx";
import { RaidBanner } from "./raid.tsx";

interface Props {
  readonly guildId: string;
  readonly isDemo: boolean;
  readonly onWhy: (eventId: string) => void;
}

const TAB =
  "border-b-2 border-transparent pb-2 text-sm font-medium text-muted hover:text-ink data-[state=active]:border-accent data-[state=active]:text-ink";

const TABS = [
  { name: "activity", label: "What the house did", show: (pane: Props) => <ActivityList {...pane} /> },
  { name: "tickets", label: "Tickets", show: ({ guildId }: Props) => <Tickets guildId={guildId} /> },
  { name: "cases", label: "Cases", show: ({ guildId, onWhy }: Props) => <Cases guildId={guildId} onWhy={onWhy} /> },
  { name: "knowledge", label: "Answers", show: ({ guildId }: Props) => <Knowledge guildId={guildId} /> },
  { name: "gatherings", label: "Events", show: ({ guildId }: Props) => <Gatherings guildId={guildId} /> },
  { name: "models", label: "Models", show: ({ guildId }: Props) => <Models guildId={guildId} /> },
  { name: "policy", label: "Choices", show: ({ guildId }: Props) => <Policy guildId={guildId} /> },
] as const;

/** What the house did, what waits for a human, and all that it keeps. */
export function HousePane(pane: Props) {
  const { guildId, isDemo, onWhy } = pane;
  const frame = isDemo ? "w-full border-l border-line max-md:border-l-0" : "w-full max-w-3xl border-x border-line";
  return (
    <section aria-label="The house" className={`${frame} flex min-h-0 flex-col bg-card`}>
      <RaidBanner guildId={guildId} />
      <Approvals guildId={guildId} onWhy={onWhy} />
      <Tabs.Root defaultValue="activity" className="flex min-h-0 grow flex-col">
        <Tabs.List
          aria-label="What the house keeps"
          className="flex flex-wrap gap-x-5 gap-y-1 border-b border-line px-5 pt-3"
        >
          {TABS.map(({ name, label }) => (
            <Tabs.Trigger key={name} value={name} className={TAB}>
              {label}
            </Tabs.Trigger>
          ))}
        </Tabs.List>
        {TABS.map(({ name, show }) => (
          <Tabs.Content key={name} value={name} className="min-h-0 grow overflow-y-auto" tabIndex={0}>
            {show(pane)}
          </Tabs.Content>
        ))}
      </Tabs.Root>
      <Agents guildId={guildId} />
    </section>
  );
}

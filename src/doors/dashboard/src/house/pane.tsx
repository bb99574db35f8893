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

/** What the house did, what waits for a human, and the cases it opened. */
export function HousePane({ guildId, isDemo, onWhy }: Props) {
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
          <Tabs.Trigger value="activity" className={TAB}>
            What the house did
          </Tabs.Trigger>
          <Tabs.Trigger value="tickets" className={TAB}>
            Tickets
          </Tabs.Trigger>
          <Tabs.Trigger value="cases" className={TAB}>
            Cases
          </Tabs.Trigger>
          <Tabs.Trigger value="knowledge" className={TAB}>
            Answers
          </Tabs.Trigger>
          <Tabs.Trigger value="gatherings" className={TAB}>
            Events
          </Tabs.Trigger>
          <Tabs.Trigger value="models" className={TAB}>
            Models
          </Tabs.Trigger>
          <Tabs.Trigger value="policy" className={TAB}>
            Choices
          </Tabs.Trigger>
        </Tabs.List>
        <Tabs.Content value="activity" className="min-h-0 grow overflow-y-auto" tabIndex={0}>
          <ActivityList guildId={guildId} isDemo={isDemo} onWhy={onWhy} />
        </Tabs.Content>
        <Tabs.Content value="tickets" className="min-h-0 grow overflow-y-auto" tabIndex={0}>
          <Tickets guildId={guildId} />
        </Tabs.Content>
        <Tabs.Content value="cases" className="min-h-0 grow overflow-y-auto" tabIndex={0}>
          <Cases guildId={guildId} onWhy={onWhy} />
        </Tabs.Content>
        <Tabs.Content value="knowledge" className="min-h-0 grow overflow-y-auto" tabIndex={0}>
          <Knowledge guildId={guildId} />
        </Tabs.Content>
        <Tabs.Content value="gatherings" className="min-h-0 grow overflow-y-auto" tabIndex={0}>
          <Gatherings guildId={guildId} />
        </Tabs.Content>
        <Tabs.Content value="models" className="min-h-0 grow overflow-y-auto" tabIndex={0}>
          <Models guildId={guildId} />
        </Tabs.Content>
        <Tabs.Content value="policy" className="min-h-0 grow overflow-y-auto" tabIndex={0}>
          <Policy guildId={guildId} />
        </Tabs.Content>
      </Tabs.Root>
      <Agents guildId={guildId} />
    </section>
  );
}

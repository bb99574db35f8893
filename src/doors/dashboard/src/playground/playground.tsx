import { useRef, useState } from "react";
import type { Channel, Member, Use } from "../api.ts";
import { useWorld } from "../queries.ts";
import { ChannelView } from "./channel.tsx";
import { Composer } from "./composer.tsx";
import { Crowd } from "./crowd.tsx";
import { FormDialog } from "./form-dialog.tsx";
import { Sidebar } from "./sidebar.tsx";

/** Discord's numbers for channels and threads one can write in. */
const WRITABLE = new Set([0, 5, 10, 11, 12]);

/** A channel of the simulated Discord: write as anybody, and see what the house does about it. */
export function Playground({ onWhy }: { onWhy: (eventId: string) => void }) {
  const world = useWorld().data;
  const [chosenChannel, setChannel] = useState<string>();
  const [chosenMember, setMember] = useState<string>();
  const [asked, setAsked] = useState<Use>();
  const channels = inFamilies((world?.channels ?? []).filter(({ type }) => WRITABLE.has(type)));
  const people = (world?.members ?? []).filter(({ bot }) => bot !== true);
  const channel = channels.find(({ id }) => id === chosenChannel) ?? talkative(channels);
  const fallback = useRef<string>(undefined);
  fallback.current ??= ordinary(people)?.id;
  const member =
    [chosenMember, fallback.current].map((id) => people.find((person) => person.id === id)).find(Boolean) ?? people[0];
  if (world === undefined || channel === undefined || member === undefined) return null;
  const place = { channels, channel, onChannel: setChannel, people, member, onMember: setMember };
  return (
    <div className="flex min-h-0 w-full min-w-0">
      <Sidebar {...place} />
      <section aria-label={`Channel ${channel.name}`} className="flex min-h-0 min-w-0 grow flex-col">
        <div className="flex min-h-14 flex-wrap items-center gap-x-3 gap-y-2 border-b border-line px-4 py-2">
          <select
            aria-label="Channel"
            value={channel.id}
            onChange={(event) => setChannel(event.target.value)}
            className="h-8 rounded-lg border border-line bg-card px-2 text-sm font-medium lg:hidden"
          >
            {channels.map(({ id, name }) => (
              <option key={id} value={id}>
                # {name}
              </option>
            ))}
          </select>
          <h2 className="font-semibold max-lg:hidden">
            <span className="mr-1 text-muted">#</span>
            {channel.name}
          </h2>
          {channel.topic !== undefined && <p className="truncate text-sm text-muted max-xl:hidden">{channel.topic}</p>}
          <Crowd channelId={channel.id} />
        </div>
        <ChannelView channel={channel} member={member} onWhy={onWhy} onAsked={setAsked} />
        <Composer {...{ channel, member, people, commands: world.commands, onMember: setMember, onAsked: setAsked }} />
      </section>
      {asked !== undefined && <FormDialog key={asked.interactionId} use={asked} onClose={() => setAsked(undefined)} />}
    </div>
  );
}

/** Each thread under its channel. */
function inFamilies(channels: readonly Channel[]): readonly Channel[] {
  const isThread = ({ type }: Channel): boolean => type >= 10;
  const below = (id: string) => channels.filter((one) => isThread(one) && one.parentId === id);
  return channels.filter((one) => !isThread(one)).flatMap((channel) => [channel, ...below(channel.id)]);
}

/** Where one would begin to talk: seldom in the rules, which often stand first. */
function talkative(channels: readonly Channel[]): Channel | undefined {
  return channels.find(({ name }) => name === "general") ?? channels[0];
}

const STAFF = /owner|admin|mod|staff|warden/i;

/** Somebody the house may touch: staff are immune, and nothing would happen to them. */
function ordinary(people: readonly Member[]): Member | undefined {
  return people.find(({ roles }) => !roles.some((role) => STAFF.test(role)));
}

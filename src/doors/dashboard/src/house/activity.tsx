import { useEffect, useRef, useState } from "react";
import type { Activity, Deed } from "../api.ts";
import { Button, Chip, Empty, sentence, Time, Trouble, whoIs } from "../parts/small.tsx";
import { useActivity } from "../queries.ts";
import { StandingChip, StandingDot } from "./standing.tsx";

interface Props {
  readonly guildId: string;
  readonly isDemo: boolean;
  readonly onWhy: (eventId: string) => void;
}

export function ActivityList({ guildId, isDemo, onWhy }: Props) {
  const { data, error, hasNextPage, fetchNextPage, isFetchingNextPage } = useActivity(guildId);
  const all = data?.pages.flatMap((page) => page.items) ?? [];
  const [wish, setWish] = useState<Wish>("all");
  const items = wish === "all" ? all : all.flatMap((item) => onlyWished(item, wish));
  const known = useKnown(items, data !== undefined);
  if (error !== null) return <Trouble error={error} />;
  return (
    <>
      <Announcer items={items} />
      {all.length > 0 && <Wishes wish={wish} onWish={setWish} />}
      {data !== undefined && all.length === 0 && <NothingYet isDemo={isDemo} />}
      {all.length > 0 && items.length === 0 && <Empty title="Nothing of that kind">{WISHES[wish].none}</Empty>}
      <ol className="divide-y divide-line">
        {items.map((item) => (
          <Line key={item.eventId} item={item} isNew={known !== undefined && !known.has(item.eventId)} onWhy={onWhy} />
        ))}
      </ol>
      {hasNextPage && (
        <div className="p-4 text-center">
          <Button disabled={isFetchingNextPage} onClick={() => void fetchNextPage()}>
            {isFetchingNextPage ? "Looking…" : "Look further back"}
          </Button>
        </div>
      )}
    </>
  );
}

type Wish = "all" | "did" | "watched";

const WISHES: Readonly<Record<Wish, { readonly label: string; readonly none: string }>> = {
  all: { label: "Everything", none: "" },
  did: { label: "Done or asked", none: "So far agents have only watched: let one act under Choices." },
  watched: { label: "Only watched", none: "No agent in shadow would have done anything so far." },
};

/** Agents in shadow have much to say: whoever wants to know what really happened leaves them out. */
function Wishes({ wish, onWish }: { wish: Wish; onWish: (wish: Wish) => void }) {
  return (
    <div role="group" aria-label="What to list" className="flex gap-1.5 border-b border-line px-5 py-2">
      {(Object.keys(WISHES) as Wish[]).map((each) => (
        <button
          key={each}
          type="button"
          aria-pressed={wish === each}
          onClick={() => onWish(each)}
          className="rounded-full px-2.5 py-0.5 text-xs font-medium text-muted hover:bg-sunk aria-pressed:bg-sunk aria-pressed:text-ink"
        >
          {WISHES[each].label}
        </button>
      ))}
    </div>
  );
}

function onlyWished(item: Activity, wish: Wish): readonly Activity[] {
  const deeds = item.deeds.filter(({ standing }) => (standing === "shadow") === (wish === "watched"));
  const isTrouble = wish === "did" && (item.errors.length > 0 || item.poison !== undefined);
  return deeds.length > 0 || isTrouble ? [{ ...item, deeds }] : [];
}

function NothingYet({ isDemo }: { isDemo: boolean }) {
  return (
    <Empty title="All quiet">
      {isDemo
        ? "Press Spam wave, write the same line several times, or type / for a command. What the house does about it appears here, with the reason."
        : "The house is listening. As soon as an agent does something, or would have in shadow mode, it appears here."}
    </Empty>
  );
}

/** What was there when the page opened does not light up; what comes later does, once. */
function useKnown(items: readonly Activity[], isLoaded: boolean): ReadonlySet<string> | undefined {
  const known = useRef<Set<string>>(undefined);
  const before = known.current;
  useEffect(() => {
    if (isLoaded) known.current = new Set(items.map(({ eventId }) => eventId));
  });
  return before;
}

/** Says new actions aloud; a burst is said as a number. */
function Announcer({ items }: { items: readonly Activity[] }) {
  const newest = useRef<number>(undefined);
  const since = newest.current ?? Infinity;
  const fresh = items.filter(({ at }) => at > since);
  useEffect(() => {
    newest.current = Math.max(items[0]?.at ?? 0, newest.current ?? 0);
  });
  const spoken = useRef("");
  const first = fresh[0];
  if (first !== undefined) spoken.current = fresh.length === 1 ? lineOf(first) : `${fresh.length} new actions`;
  return (
    <p aria-live="polite" className="sr-only">
      {spoken.current}
    </p>
  );
}

function lineOf(item: Activity): string {
  const deeds = item.deeds.map(({ agent, sentence: words }) => sentence(`${whoIs(agent)} ${words}`));
  return deeds.length > 0 ? deeds.join(" ") : sentence(item.headline);
}

function Line({ item, isNew, onWhy }: { item: Activity; isNew: boolean; onWhy: (eventId: string) => void }) {
  return (
    <li className={isNew ? "animate-arrive" : ""}>
      <button
        type="button"
        onClick={() => onWhy(item.eventId)}
        className="group block w-full px-5 py-3 text-left -outline-offset-2 hover:bg-paper"
      >
        {item.deeds.map((deed, index) => (
          <DeedLine
            key={deed.proposalId}
            deed={deed}
            at={index === 0 ? item.at : undefined}
            why={reasonOf(deed) === reasonOf(item.deeds[index + 1]) ? undefined : reasonOf(deed)}
          />
        ))}
        {item.errors.map(({ agent, code }) => (
          <Fault key={agent} at={item.at} words={`${agent} stumbled (${code}); the others went on`} />
        ))}
        {item.poison !== undefined && <Fault at={item.at} words={`${item.headline}, set aside: ${item.poison}`} />}
      </button>
    </li>
  );
}

/** What was held back says what held it back. */
function reasonOf(deed: Deed | undefined): string | undefined {
  return deed?.standing === "held" ? deed.because : deed?.why;
}

/** Deeds of one event for one reason give the time at the first and the reason at the last. */
function DeedLine({ deed, at, why }: { deed: Deed; at: number | undefined; why: string | undefined }) {
  return (
    <span className="flex gap-2.5 not-first:mt-2">
      <StandingDot standing={deed.standing} />
      <span className="min-w-0 grow">
        <span className="flex items-baseline gap-3">
          <span className="min-w-0 grow text-sm leading-snug break-words">
            <span className="font-semibold">{whoIs(deed.agent)}</span> {deed.sentence}
          </span>
          {at !== undefined && <Time at={at} className="shrink-0 text-xs text-muted" />}
        </span>
        <span className="mt-1 flex flex-wrap items-center gap-x-2 gap-y-1 text-xs text-muted empty:hidden">
          {deed.standing !== "done" && <StandingChip standing={deed.standing} />}
          {deed.caseNumber !== undefined && <Chip>case #{deed.caseNumber}</Chip>}
          {why !== undefined && <span className="min-w-0 break-words">{why}</span>}
          {why !== undefined && (
            <span className="ml-auto font-medium text-accent underline-offset-2 group-hover:underline">why?</span>
          )}
        </span>
      </span>
    </span>
  );
}

function Fault({ at, words }: { at: number; words: string }) {
  return (
    <span className="flex gap-2.5">
      <StandingDot standing="failed" />
      <span className="min-w-0 grow text-sm break-words">{words}</span>
      <Time at={at} className="text-xs text-muted" />
    </span>
  );
}

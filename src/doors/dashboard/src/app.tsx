import { useState } from "react";
import { NotSignedIn, type Schema } from "./api.ts";
import { Header } from "./header.tsx";
import { HousePane } from "./house/pane.tsx";
import { Why } from "./house/why.tsx";
import { useLiveFeed } from "./live.ts";
import { Empty } from "./parts/small.tsx";
import { Playground } from "./playground/playground.tsx";
import { useApprovals, useHouse } from "./queries.ts";
import { SignIn } from "./sign-in.tsx";

export function App() {
  const house = useHouse();
  if (house.error instanceof NotSignedIn) return <SignIn />;
  if (house.data === undefined && house.error !== null) {
    return (
      <main className="grid h-full place-items-center">
        <Empty title="The house does not answer">Is it running? This page tries again as soon as you reload it.</Empty>
      </main>
    );
  }
  return house.data === undefined ? null : <Rooms house={house.data} />;
}

type Pane = "channel" | "house";

function Rooms({ house }: { house: Schema["HouseState"] }) {
  const live = useLiveFeed();
  const [chosen, choose] = useState(house.demoGuildId ?? house.guilds[0]?.id);
  const [pane, setPane] = useState<Pane>("channel");
  const [whyOf, askWhy] = useState<string>();
  const isDemo = chosen !== undefined && chosen === house.demoGuildId;
  return (
    <div className="flex h-full flex-col">
      <Header house={house} live={live} guildId={chosen} onChoose={choose} />
      {chosen === undefined ? (
        <main className="grid grow place-items-center">
          <Empty title="No guild yet">Invite the bot to a guild. It appears here as soon as Discord lets it in.</Empty>
        </main>
      ) : (
        <main className="flex min-h-0 grow flex-col">
          {isDemo && <PaneSwitch guildId={chosen} pane={pane} onSwitch={setPane} />}
          <div className="flex min-h-0 grow">
            {isDemo && (
              <div className={`${pane === "channel" ? "flex" : "hidden"} min-w-0 grow md:flex`}>
                <Playground onWhy={askWhy} />
              </div>
            )}
            <div
              className={
                isDemo
                  ? `${pane === "house" ? "flex" : "hidden"} w-full md:flex md:w-[24.5rem] md:shrink-0`
                  : "flex w-full justify-center"
              }
            >
              <HousePane guildId={chosen} isDemo={isDemo} onWhy={askWhy} />
            </div>
          </div>
          <Why guildId={chosen} eventId={whyOf} onWhy={askWhy} onClose={() => askWhy(undefined)} />
        </main>
      )}
    </div>
  );
}

/** On a narrow screen one sees either the channel or what the house did. */
function PaneSwitch({ guildId, pane, onSwitch }: { guildId: string; pane: Pane; onSwitch: (pane: Pane) => void }) {
  const waiting = useApprovals(guildId).data?.pages[0]?.waiting ?? 0;
  const look = (own: Pane): string => (own === pane ? "border-accent text-ink" : "border-transparent text-muted");
  return (
    <nav aria-label="Panes" className="flex border-b border-line bg-card md:hidden">
      <button
        type="button"
        aria-pressed={pane === "channel"}
        onClick={() => onSwitch("channel")}
        className={`${look("channel")} grow border-b-2 py-2.5 text-sm font-medium`}
      >
        Channel
      </button>
      <button
        type="button"
        aria-pressed={pane === "house"}
        onClick={() => onSwitch("house")}
        className={`${look("house")} grow border-b-2 py-2.5 text-sm font-medium`}
      >
        The house{" "}
        {waiting > 0 && (
          <span className="ml-1 rounded-full bg-amber-wash px-1.5 text-xs text-amber">{waiting} waiting</span>
        )}
      </button>
    </nav>
  );
}

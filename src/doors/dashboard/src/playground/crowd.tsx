import { useEffect } from "react";
import { answerOf, api } from "../api.ts";
import { Button, Trouble } from "../parts/small.tsx";
import { useDeed } from "../queries.ts";

const RAIDERS = 25;

/** What one would rather not try in a real guild. */
export function Crowd({ channelId }: { channelId: string }) {
  const join = useDeed(() => answerOf(api.POST("/api/demo/joins", { body: {} })));
  const raid = useDeed(() => answerOf(api.POST("/api/demo/raids", { body: { count: RAIDERS } })));
  const wave = useDeed(() => answerOf(api.POST("/api/demo/spam-waves", { body: { channelId } })));
  const forget = wave.reset;
  useEffect(() => forget(), [channelId, forget]);
  return (
    <>
      <div className="ml-auto flex flex-wrap items-center gap-2">
        <Button disabled={join.isPending} onClick={() => join.mutate(undefined)}>
          Join
        </Button>
        <Button disabled={wave.isPending} onClick={() => wave.mutate(undefined)}>
          Spam wave
        </Button>
        <Button
          look="danger"
          disabled={raid.isPending}
          title={`${RAIDERS} accounts join at once`}
          onClick={() => raid.mutate(undefined)}
        >
          Raid
        </Button>
      </div>
      <div className="w-full empty:hidden">
        <Trouble error={join.error ?? raid.error ?? wave.error} />
      </div>
    </>
  );
}

import { useMutation, useQuery, useQueryClient } from "@tanstack/react-query";
import { answerOf, api } from "./api.ts";

const DAY_MS = 86_400_000;
const HISTORY = 20;

const path = (guildId: string) => ({ params: { path: { guildId } } });

export const usePolicy = (guildId: string) =>
  useQuery({
    queryKey: ["policy", guildId],
    queryFn: () => answerOf(api.GET("/api/guilds/{guildId}/policy", path(guildId))),
  });

export const usePolicyHistory = (guildId: string) =>
  useQuery({
    queryKey: ["policy", guildId, "history"],
    queryFn: () =>
      answerOf(
        api.GET("/api/guilds/{guildId}/policy/history", {
          params: { path: { guildId }, query: { limit: HISTORY } },
        }),
      ),
  });

export const usePresets = () =>
  useQuery({ queryKey: ["presets"], queryFn: () => answerOf(api.GET("/api/policy/presets")) });

/** What a document would have done with the last day. */
export const useTrial = (guildId: string) =>
  useMutation({
    mutationFn: (document: string) => {
      const to = Date.now();
      const body = { document, from: to - DAY_MS, to };
      return answerOf(api.POST("/api/guilds/{guildId}/policy/rehearsal", { ...path(guildId), body }));
    },
  });

export interface Choice {
  readonly document: string;
  readonly basedOn: number;
  readonly confirmed: boolean;
}

const LOOKS = 20;
const LOOK_EVERY_MS = 250;

/** Done once the house has taken it: a choice is an event, and holds from its commit on. */
export function useChoose(guildId: string) {
  const queries = useQueryClient();
  return useMutation({
    mutationFn: async (body: Choice) => {
      await answerOf(api.PUT("/api/guilds/{guildId}/policy", { ...path(guildId), body }));
      for (let look = 0; look < LOOKS; look += 1) {
        const { version } = await answerOf(api.GET("/api/guilds/{guildId}/policy", path(guildId)));
        if (version > body.basedOn) return version;
        await new Promise((resolve) => setTimeout(resolve, LOOK_EVERY_MS));
      }
      throw new Error("it is stored, and the house has not taken it yet");
    },
    onSuccess: () =>
      Promise.all([
        queries.invalidateQueries({ queryKey: ["policy", guildId] }),
        queries.invalidateQueries({ queryKey: ["agents", guildId] }),
      ]),
  });
}

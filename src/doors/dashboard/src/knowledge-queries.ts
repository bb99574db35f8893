import { useMutation, useQuery } from "@tanstack/react-query";
import { answerOf, api, type Schema } from "./api.ts";

const path = <More extends object>(guildId: string, more: More) => ({ params: { path: { guildId, ...more } } });

/** The first word makes both stale with whatever the house does: a gap comes with a question nobody could answer. */
export const useKnowledge = (guildId: string) =>
  useQuery({
    queryKey: ["deeds", guildId, "knowledge"],
    queryFn: () => answerOf(api.GET("/api/guilds/{guildId}/knowledge", path(guildId, {}))),
  });

export const useGaps = (guildId: string) =>
  useQuery({
    queryKey: ["deeds", guildId, "gaps"],
    queryFn: () => answerOf(api.GET("/api/guilds/{guildId}/knowledge/gaps", path(guildId, {}))),
  });

export type KnowledgeChange =
  | { readonly do: "add"; readonly entry: Schema["NewEntryInput"] }
  | { readonly do: "edit"; readonly sourceId: string; readonly entry: Schema["ChangedEntryInput"] }
  | { readonly do: "remove"; readonly sourceId: string }
  | { readonly do: "dismiss"; readonly topic: string };

function send(guildId: string, change: KnowledgeChange): Promise<{ eventId: string }> {
  switch (change.do) {
    case "add":
      return answerOf(
        api.POST("/api/guilds/{guildId}/knowledge/entries", { ...path(guildId, {}), body: change.entry }),
      );
    case "edit": {
      const { sourceId, entry: body } = change;
      return answerOf(
        api.PUT("/api/guilds/{guildId}/knowledge/entries/{sourceId}", { ...path(guildId, { sourceId }), body }),
      );
    }
    case "remove": {
      const { sourceId } = change;
      return answerOf(api.DELETE("/api/guilds/{guildId}/knowledge/sources/{sourceId}", path(guildId, { sourceId })));
    }
    case "dismiss":
      return answerOf(
        api.DELETE("/api/guilds/{guildId}/knowledge/gaps/{topic}", path(guildId, { topic: change.topic })),
      );
  }
}

/** Handed in; what comes of it arrives by the feed, like everything the house does. */
export const useChangeKnowledge = (guildId: string) =>
  useMutation({ mutationFn: (change: KnowledgeChange) => send(guildId, change) });

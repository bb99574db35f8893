import { useInfiniteQuery, useMutation, useQuery } from "@tanstack/react-query";
import { answerOf, api } from "./api.ts";

/** What the page asks for. The first word of a key says what news makes it stale: see live.ts. */

/** Health is nothing the feed tells of. */
const HEALTH_MS = 5000;

export const useHouse = () =>
  useQuery({ refetchInterval: HEALTH_MS, queryKey: ["house"], queryFn: () => answerOf(api.GET("/api/house")) });

export const useActivity = (guildId: string) =>
  useInfiniteQuery({
    queryKey: ["deeds", guildId, "activity"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET("/api/guilds/{guildId}/activity", {
          params: {
            path: { guildId },
            query: { limit: 25, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export const useWhy = (guildId: string, eventId: string) =>
  useQuery({
    queryKey: ["deeds", guildId, "why", eventId],
    queryFn: () =>
      answerOf(api.GET("/api/guilds/{guildId}/events/{eventId}", { params: { path: { guildId, eventId } } })),
  });

export const useRaid = (guildId: string) =>
  useQuery({
    queryKey: ["deeds", guildId, "raid"],
    queryFn: () => answerOf(api.GET("/api/guilds/{guildId}/raid", { params: { path: { guildId } } })),
  });

export const useCases = (guildId: string) =>
  useQuery({
    queryKey: ["deeds", guildId, "cases"],
    queryFn: () => answerOf(api.GET("/api/guilds/{guildId}/cases", { params: { path: { guildId } } })),
  });

export const useCase = (guildId: string, number: number) =>
  useQuery({
    queryKey: ["deeds", guildId, "cases", number],
    queryFn: () => answerOf(api.GET("/api/guilds/{guildId}/cases/{number}", { params: { path: { guildId, number } } })),
  });

export interface CaseChange {
  readonly number: number;
  readonly change: "note" | "reason" | "undo";
  readonly text: string;
}

/** What came of it arrives by the feed. */
export const useAmend = (guildId: string) =>
  useMutation({
    mutationFn: ({ number, ...body }: CaseChange) =>
      answerOf(
        api.POST("/api/guilds/{guildId}/cases/{number}/entries", { params: { path: { guildId, number } }, body }),
      ),
  });

/** What models cost changes with every question: coming back to the tab asks anew. */
export const useModels = (guildId: string) =>
  useQuery({
    refetchInterval: HEALTH_MS,
    staleTime: 0,
    queryKey: ["models", guildId],
    queryFn: () => answerOf(api.GET("/api/guilds/{guildId}/models", { params: { path: { guildId } } })),
  });

/** Tickets come and go as events do: every commit may change them. */
export const useTicketStats = (guildId: string, days: number) =>
  useQuery({
    queryKey: ["deeds", guildId, "tickets", days],
    queryFn: () =>
      answerOf(api.GET("/api/guilds/{guildId}/tickets/stats", { params: { path: { guildId }, query: { days } } })),
  });

/** Every answer is a commit, too. */
export const useGatherings = (guildId: string) =>
  useQuery({
    queryKey: ["deeds", guildId, "gatherings"],
    queryFn: () => answerOf(api.GET("/api/guilds/{guildId}/gatherings", { params: { path: { guildId } } })),
  });

export const useGathering = (guildId: string, number: number) =>
  useQuery({
    queryKey: ["deeds", guildId, "gatherings", number],
    queryFn: () =>
      answerOf(api.GET("/api/guilds/{guildId}/gatherings/{number}", { params: { path: { guildId, number } } })),
  });

export const useAgents = (guildId: string) =>
  useQuery({
    queryKey: ["agents", guildId],
    queryFn: () => answerOf(api.GET("/api/guilds/{guildId}/agents", { params: { path: { guildId } } })),
  });

/** A page of what waits: 25 are more than anybody reads at once, and 500 are no slower. */
export const useApprovals = (guildId: string) =>
  useInfiniteQuery({
    queryKey: ["deeds", guildId, "approvals"],
    initialPageParam: undefined as string | undefined,
    queryFn: ({ pageParam }) =>
      answerOf(
        api.GET("/api/guilds/{guildId}/approvals", {
          params: {
            path: { guildId },
            query: { status: "pending", limit: 25, ...(pageParam === undefined ? {} : { cursor: pageParam }) },
          },
        }),
      ),
    getNextPageParam: (page) => page.next,
  });

export interface GivenAnswer {
  readonly approvalId: string;
  readonly answer: "approve" | "reject" | "modify" | "as-asked";
  readonly seen?: string;
  readonly modification?: string;
  readonly option?: number;
  readonly except?: string[];
}

/** Whatever is answered to the same card twice is one answer: the key says what was seen, and what was said of it. */
export const useAnswer = (guildId: string) =>
  useMutation({
    mutationFn: ({ approvalId, ...body }: GivenAnswer) =>
      answerOf(
        api.POST("/api/guilds/{guildId}/approvals/{approvalId}/answer", {
          params: {
            path: { guildId, approvalId },
            header: { "idempotency-key": keyOf(approvalId, body) },
          },
          body,
        }),
      ),
  });

function keyOf(
  approvalId: string,
  { answer, seen = "", option, modification }: Omit<GivenAnswer, "approvalId">,
): string {
  if (answer === "approve" || answer === "reject") return `${approvalId}:${answer}:${seen}`;
  return `${approvalId}:${answer}:${seen}:${option ?? ""}:${modification === undefined ? "" : modification.length}:${Date.now()}`;
}

export const useWorld = () => useQuery({ queryKey: ["world"], queryFn: () => answerOf(api.GET("/api/demo")) });

export const useMessages = (channelId: string) =>
  useQuery({
    queryKey: ["messages", channelId],
    queryFn: () => answerOf(api.GET("/api/demo/channels/{channelId}/messages", { params: { path: { channelId } } })),
  });

/** Anything one can do in the playground; what comes of it arrives by the feed. */
export const useDeed = <Input, Done>(deed: (input: Input) => Promise<Done>) => useMutation({ mutationFn: deed });

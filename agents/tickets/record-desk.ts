import { parseCustomId, type Effect, type EventOf, type Look, type Ticket, type Use } from "#core";
import { listReplies, removeReply, reply, saveReply } from "./canned.ts";
import type { Config } from "./config.ts";
import { draftAsked, sendDraft } from "./drafting.ts";
import { statsAsked } from "./stats.ts";
import { transcriptAsked } from "./transcripts.ts";

/** What is used about no ticket in particular; undefined where it is something else. */
export function usedAboutAll(event: Use, look: Look, config: Config): readonly Effect[] | undefined {
  if (event.kind === "modal.submitted") return savedReply(event, look, config);
  if (event.kind !== "command.used") return undefined;
  switch (event.command) {
    case "ticket stats":
      return statsAsked(event, look, config);
    case "ticket-replies remove":
      return removeReply(event, look);
    case "ticket-replies list":
      return listReplies(event, look, config);
    default:
      return undefined;
  }
}

function savedReply(event: EventOf<"modal.submitted">, look: Look, config: Config): readonly Effect[] | undefined {
  const name = parseCustomId(event.customId)?.name;
  if (name !== "reply-add" && name !== "reply-edit") return undefined;
  return saveReply(event, name === "reply-add", look, config);
}

/** What is used about one ticket; undefined where it is something else. */
export function usedAboutOne(
  event: Use,
  ticket: Ticket,
  look: Look,
  config: Config,
  what: string,
): readonly Effect[] | undefined {
  if (what === "transcript") return transcriptAsked(event, ticket, look, config);
  if (event.kind === "button.pressed" && what === "send") {
    const [, at] = parseCustomId(event.customId)?.args ?? [];
    return sendDraft(event, ticket, Number(at), look, config);
  }
  if (event.kind !== "command.used") return undefined;
  if (what === "reply") return reply(event, ticket, look, config);
  return what === "draft" || what === "summary" ? draftAsked(event, ticket, look, config, what) : undefined;
}

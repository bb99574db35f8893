import { parseCustomId, type Effect, type EventOf, type Look, type Ticket, type Use } from "#core";
import { away, team } from "./away.ts";
import { AGENT, typeRow } from "./card.ts";
import { askToClose, close, rate, reopen } from "./closing.ts";
import type { Config } from "./config.ts";
import { ticketIn, ticketOf } from "./keeping.ts";
import { handled, isHandling } from "./handling.ts";
import { list } from "./listing.ts";
import { openTicket } from "./opening.ts";
import { postPanel } from "./panels.ts";
import { answer, refusal } from "./saying.ts";
import { usedAboutAll, usedAboutOne } from "./record-desk.ts";
import { words } from "./words.ts";
import { work } from "./working.ts";

type Used = EventOf<"command.used">;

/** What was used, and about which ticket. */
export function used(event: Use, look: Look, config: Config): readonly Effect[] {
  const aboutAll = usedAboutAll(event, look, config);
  if (aboutAll !== undefined) return aboutAll;
  if (event.kind === "command.used") return byCommand(event, look, config);
  const id = parseCustomId(event.customId);
  if (id?.agent !== AGENT) return [];
  if (event.kind === "modal.submitted" && id.name === "form") return openTicket(event, look, config);
  const [number, stars] = id.args;
  const ticket = ticketOf(Number(number), look);
  if (id.name === "open" || (id.name === "rate" && event.kind !== "modal.submitted")) return [];
  if (ticket === undefined) return refusal(event, words.say(event.interaction.locale, "wrong.ticket"));
  if (event.kind === "modal.submitted") return rate(event, ticket, stars);
  return event.kind === "button.pressed" ? about(event, ticket, look, config, id.name) : [];
}

function byCommand(event: Used, look: Look, config: Config): readonly Effect[] {
  const what = event.command.startsWith("ticket ") ? event.command.slice("ticket ".length) : "";
  if (what === "panel") return postPanel(event, look, config);
  if (what === "open") return offer(event, config);
  if (what === "list") return list(event, look, config);
  if (what === "away") return away(event, look, config);
  if (what === "team") return team(event, look, config);
  const given = event.options["number"];
  const ticket = typeof given === "number" ? ticketOf(given, look) : ticketIn(event.channelId, look);
  if (ticket === undefined) return refusal(event, words.say(event.interaction.locale, "wrong.here"));
  return about(event, ticket, look, config, what === "close" ? "confirm" : what);
}

/** A command is meant as it is written; a button asks first. */
function about(event: Use, ticket: Ticket, look: Look, config: Config, what: string): readonly Effect[] {
  switch (what) {
    case "close":
      return askToClose(event, ticket, look, config);
    case "confirm":
      return close(event, ticket, look, config);
    case "reopen":
      return reopen(event, ticket, look, config);
    default: {
      const records = usedAboutOne(event, ticket, look, config, what);
      if (records !== undefined) return records;
      if (event.kind === "command.used" && isHandling(what)) return handled(event, ticket, look, config, what);
      return work(event, ticket, look, config, what);
    }
  }
}

/** The same choice as on the panel, for whoever asks. */
function offer(event: Used, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const said = { text: words.say(locale, "panel.choose"), components: [typeRow(config, locale)] };
  return [answer(event, said, { rule: "ticket-open", why: "somebody asks for staff" })];
}

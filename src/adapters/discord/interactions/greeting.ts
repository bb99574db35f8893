import { setTimeout as sleep } from "node:timers/promises";
import { InteractionResponseType, Routes } from "discord-api-types/v10";
import {
  type Choice,
  customId,
  type Declared,
  errorFields,
  type FormOpening,
  languageOf,
  type Log,
  type Metrics,
  type ModalField,
  type ModalSpec,
  type Typing,
} from "#core";
import { MOST_CHOICES, spokenIn } from "#core";
import { excerpt } from "#core/text/excerpt";
import { modalBody } from "../commands/modals.ts";
import { calledCommand } from "../normalise/options.ts";
import { asObject, isId, type Raw } from "../normalise/raw.ts";
import { cleanText } from "../normalise/text.ts";
import type { Caller } from "../rest.ts";
import type { Interactions } from "./acknowledging.ts";
import { meetings, type Opening } from "./declared.ts";

export interface GreetingTools {
  readonly agents: readonly Declared[];
  readonly interactions: Pick<Interactions, "received">;
  readonly suggest: (guildId: string, typing: Typing) => readonly Choice[];
  readonly formFields: (guildId: string, opening: FormOpening) => Promise<readonly ModalField[] | undefined>;
  readonly call: Caller;
  readonly signal: AbortSignal;
  readonly log: Log;
  readonly metrics: Metrics;
}

const TYPING = 4;
const LONGEST_CHOICE = 100;

/**
 * What has to be done about an interaction before anybody has decided anything: a form is opened, what is being typed is
 * completed, and for all else a clock is set after which Discord is asked for patience.
 */
export function createGreeter(tools: GreetingTools): (interaction: Raw) => void {
  const meet = meetings(tools.agents);
  return (interaction) => {
    const { id, token } = interaction;
    if (!isId(id) || typeof token !== "string") return;
    const answer = (what: string, body: object): void => void respond({ id, token, what, body }, tools);
    if (interaction["type"] === TYPING) return answer("suggestions", suggestions(interaction, tools));
    const { reply, opening } = meet(interaction);
    if (opening === undefined) return tools.interactions.received(id, token, reply);
    void formFor(opening, interaction, tools).then((form) => form && answer("form", form));
  };
}

/** Discord waits three seconds for a form: what a guild chose is waited for half as long. */
const FIELDS_WITHIN = 1_500;

/** Never rejects. */
async function formFor(opening: Opening, interaction: Raw, tools: GreetingTools): Promise<object | undefined> {
  const { agent, args } = opening;
  const modal = await withOwnFields(opening, interaction["guild_id"], tools);
  const locale = cleanText(interaction["locale"]);
  try {
    const data = modalBody(modal, customId(agent, modal.name, ...args), locale);
    return { type: InteractionResponseType.Modal, data };
  } catch (error) {
    tools.log.warn(
      { agent, form: modal.name, ...errorFields(error) },
      "a form could not be opened: what it is about is too long",
    );
    return undefined;
  }
}

async function withOwnFields(
  { agent, modal, args }: Opening,
  guildId: unknown,
  { formFields }: GreetingTools,
): Promise<ModalSpec> {
  if (!isId(guildId)) return modal;
  const late = sleep(FIELDS_WITHIN, undefined, { ref: false });
  const fields = await Promise.race([formFields(guildId, { agent, form: modal.name, args }), late]);
  return fields === undefined ? modal : { ...modal, fields };
}

function suggestions(interaction: Raw, { suggest }: GreetingTools): object {
  const call = asObject(interaction["data"]) ?? {};
  const { command, given } = calledCommand(call);
  const focused = given.map(asObject).find((option) => option?.["focused"] === true);
  const guildId = interaction["guild_id"];
  const locale = cleanText(interaction["locale"]);
  const userId = asObject(asObject(interaction["member"])?.["user"])?.["id"];
  const typed = focused?.["value"];
  const partial = cleanText(typeof typed === "number" ? String(typed) : typed);
  const option = cleanText(focused?.["name"]);
  const choices = isId(guildId) && isId(userId) ? suggest(guildId, { command, option, partial, userId, locale }) : [];
  const language = languageOf(locale);
  const bodies = choices
    .slice(0, MOST_CHOICES)
    .map(({ name, value }) => ({ name: excerpt(cleanText(spokenIn(name, language)), LONGEST_CHOICE), value }));
  return { type: InteractionResponseType.ApplicationCommandAutocompleteResult, data: { choices: bodies } };
}

interface Response {
  readonly id: string;
  readonly token: string;
  readonly what: string;
  readonly body: object;
}

/** Never rejects. A form or a list that did not arrive is asked for again by whoever wanted it. */
async function respond(
  { id, token, what, body }: Response,
  { call, signal, metrics, log }: GreetingTools,
): Promise<void> {
  try {
    await call({ method: "POST", route: Routes.interactionCallback(id, token), body, anonymous: true, signal });
    metrics.count("interactions_greeted", { what });
  } catch (error) {
    metrics.count("interactions_not_greeted", { what });
    if (!signal.aborted)
      log.debug({ interaction: id, what, ...errorFields(error) }, "an interaction could not be greeted");
  }
}

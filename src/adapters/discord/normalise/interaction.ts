import { type EventOf, type InteractionHandle, parseCustomId, snowflakeTime, type Use } from "#core";
import type { IntakeContext, Normaliser } from "./context.ts";
import { fieldsIn, valuesIn } from "./form.ts";
import { memberInFull, memberWithUser } from "./member.ts";
import { calledCommand, optionsIn } from "./options.ts";
import { asObject, bitsIn, idAt, isId, malformed, objectAt, optionalIdAt, type Raw } from "./raw.ts";
import { cleanText } from "./text.ts";

const COMMAND = 2;
const COMPONENT = 3;
const MODAL = 5;
const BUTTON = 2;

/** What is typed into an option is no event: it is answered on the spot, see interactions/. */
export const interactionCreated: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id") ?? namedGuild(data);
  const reader = READERS.get(data["type"]);
  if (guildId === undefined || reader === undefined) return undefined;
  const id = idAt(data, "id");
  const membership = data["member"] === undefined ? visitor(data) : objectAt(data, "member");
  const common = {
    id: `i:${id}`,
    guildId,
    at: snowflakeTime(id),
    by: data["type"] === COMMAND ? memberInFull(membership) : memberWithUser(membership),
    byPermissions: bitsIn(membership["permissions"]),
    channelId: idAt(data, "channel_id"),
    interaction: handleOf(id, guildId, data, context),
  };
  return { ...common, ...reader(data) } as Use;
};

/**
 * A direct message lies in no guild. A button of ours under one names its guild itself, before anything else; nobody but us can
 * have put it there.
 */
function namedGuild(data: Raw): string | undefined {
  const [guildId] = parseCustomId(cleanText(asObject(data["data"])?.["custom_id"]))?.args ?? [];
  return isId(guildId) ? guildId : undefined;
}

/** Somebody who may not even be a member (any more): without roles, and without permissions. */
function visitor(data: Raw): Raw {
  return { user: objectAt(data, "user"), roles: [], permissions: "0" };
}

type Common = "id" | "guildId" | "at" | "by" | "byPermissions" | "channelId" | "interaction";
type Part<K extends Use["kind"]> = K extends unknown ? Omit<EventOf<K>, Common> : never;
type Reader = (data: Raw) => Part<Use["kind"]>;

const READERS: ReadonlyMap<unknown, Reader> = new Map<unknown, Reader>([
  [COMMAND, commandIn],
  [COMPONENT, pressIn],
  [MODAL, formIn],
]);

function commandIn(data: Raw): Part<"command.used"> {
  const call = objectAt(data, "data");
  const { command } = calledCommand(call);
  if (command === "") throw malformed("command name");
  return { kind: "command.used", command, options: optionsIn(call) };
}

function pressIn(data: Raw): Part<"button.pressed"> | Part<"select.chosen"> {
  const call = objectAt(data, "data");
  const pressed = { customId: cleanText(call["custom_id"]), messageId: idAt(objectAt(data, "message"), "id") };
  const isButton = (call["component_type"] ?? BUTTON) === BUTTON;
  return isButton
    ? { kind: "button.pressed", ...pressed }
    : { kind: "select.chosen", ...pressed, values: valuesIn(call["values"]) };
}

function formIn(data: Raw): Part<"modal.submitted"> {
  const call = objectAt(data, "data");
  const messageId = optionalIdAt(asObject(data["message"]) ?? {}, "id");
  return {
    kind: "modal.submitted",
    customId: cleanText(call["custom_id"]),
    fields: fieldsIn(call["components"]),
    ...(messageId !== undefined && { messageId }),
  };
}

/** The token is sealed here and now: from this line on nobody sees it. */
function handleOf(id: string, guildId: string, data: Raw, context: IntakeContext): InteractionHandle {
  const token = data["token"];
  if (typeof token !== "string" || token === "") throw malformed("token");
  const handle = { id, sealedToken: context.seal.seal(token, guildId), ...expiry(id, context) };
  const locale = cleanText(data["locale"]);
  return locale === "" ? handle : { ...handle, locale };
}

/** After this long Discord refuses the first answer to an interaction. */
const ANSWERABLE_MS = 3_000;

/**
 * Somebody who waited longer than Discord lets anybody answer has given up, or asked again: their command must not take effect
 * minutes later. Only what is replayed is judged so; a wrong clock must not silence commands that come as they are used.
 */
function expiry(id: string, { isReplayed, receivedAt }: IntakeContext): { expired?: true } {
  return isReplayed === true && receivedAt - snowflakeTime(id) > ANSWERABLE_MS ? { expired: true } : {};
}

import { type GuildEvent, type InteractionHandle, type OptionValue, snowflakeTime } from "#core";
import type { IntakeContext, Normaliser } from "./context.ts";
import { memberFrom, memberWithUser } from "./member.ts";
import { asList, asObject, bitsIn, idAt, malformed, objectAt, optionalIdAt, type Raw } from "./raw.ts";
import { cleanText } from "./text.ts";

const COMMAND = 2;
const COMPONENT = 3;
const MEMBER_OPTION = 6;

export const interactionCreated: Normaliser = (data, context) => {
  const guildId = optionalIdAt(data, "guild_id");
  if (guildId === undefined || (data["type"] !== COMMAND && data["type"] !== COMPONENT)) return undefined;
  const id = idAt(data, "id");
  const membership = objectAt(data, "member");
  const common = {
    id: `i:${id}`,
    guildId,
    at: snowflakeTime(id),
    by: memberWithUser(membership),
    byPermissions: bitsIn(membership["permissions"]),
    channelId: idAt(data, "channel_id"),
    interaction: handleOf(id, guildId, data, context),
  };
  return data["type"] === COMMAND ? { ...common, ...commandIn(data) } : { ...common, ...pressIn(data) };
};

type Part<K extends GuildEvent["kind"], F extends PropertyKey> = Pick<
  Extract<GuildEvent, { kind: K }>,
  F & keyof Extract<GuildEvent, { kind: K }>
>;

function commandIn(data: Raw): Part<"command.used", "kind" | "command" | "options"> {
  const call = objectAt(data, "data");
  const command = cleanText(call["name"]);
  if (command === "") throw malformed("command name");
  return { kind: "command.used", command, options: optionsIn(call) };
}

function pressIn(data: Raw): Part<"button.pressed", "kind" | "customId" | "messageId"> {
  const customId = cleanText(objectAt(data, "data")["custom_id"]);
  return { kind: "button.pressed", customId, messageId: idAt(objectAt(data, "message"), "id") };
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

function optionsIn(call: Raw): Readonly<Record<string, OptionValue>> {
  const result: Record<string, OptionValue> = {};
  for (const entry of asList(call["options"])) {
    const option = asObject(entry);
    const name = cleanText(option?.["name"]);
    const value = option && valueOf(option, asObject(call["resolved"]));
    if (name !== "" && value !== undefined) Object.defineProperty(result, name, { value, enumerable: true });
  }
  return result;
}

function valueOf(option: Raw, resolved: Raw | undefined): OptionValue | undefined {
  const value = option["value"];
  if (option["type"] === MEMBER_OPTION) return memberOption(value, resolved);
  if (typeof value === "string") return cleanText(value);
  return typeof value === "number" || typeof value === "boolean" ? value : undefined;
}

/** Somebody who has left is resolved as a user only, and is a member without roles. */
function memberOption(value: unknown, resolved: Raw | undefined): OptionValue | undefined {
  if (typeof value !== "string") return undefined;
  const user = asObject(asObject(resolved?.["users"])?.[value]) ?? { id: value };
  return memberFrom(user, asObject(asObject(resolved?.["members"])?.[value]));
}

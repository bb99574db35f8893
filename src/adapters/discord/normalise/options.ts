import type { FileValue, OptionValue } from "#core";
import { excerpt } from "#core/text/excerpt";
import { memberFrom, memberInFull } from "./member.ts";
import { asList, asNumber, asObject, isId, type Raw } from "./raw.ts";
import { cleanText } from "./text.ts";

const SUBCOMMAND = 1;
const GROUP = 2;
const USER_MENU = 2;
const MESSAGE_MENU = 3;

/** The words of a command and what stands below the last of them: `case view` and its options. */
export interface CalledCommand {
  readonly command: string;
  readonly given: readonly unknown[];
}

export function calledCommand(call: Raw): CalledCommand {
  let command = cleanText(call["name"]);
  let given = asList(call["options"]);
  for (let deeper = branchOf(given); deeper !== undefined; deeper = branchOf(given)) {
    command = `${command} ${cleanText(deeper["name"])}`;
    given = asList(deeper["options"]);
  }
  return { command, given };
}

function branchOf(given: readonly unknown[]): Raw | undefined {
  const first = asObject(given[0]);
  return first?.["type"] === SUBCOMMAND || first?.["type"] === GROUP ? first : undefined;
}

/** By name; what cannot be understood is left out, as if it had not been given. */
export function optionsIn(call: Raw): Readonly<Record<string, OptionValue>> {
  const resolved = asObject(call["resolved"]) ?? {};
  const result: Record<string, OptionValue> = {};
  const keep = (name: string, value: OptionValue | undefined): void => {
    if (name !== "" && value !== undefined) Object.defineProperty(result, name, { value, enumerable: true });
  };
  const target = call["target_id"];
  if (call["type"] === USER_MENU) keep("member", memberValue(target, resolved));
  if (call["type"] === MESSAGE_MENU) keep("message", messageValue(target, resolved));
  for (const entry of calledCommand(call).given) {
    const option = asObject(entry);
    if (option !== undefined) keep(cleanText(option["name"]), valueOf(option, resolved));
  }
  return result;
}

const MEMBER = 6;
const CHANNEL = 7;
const ROLE = 8;
const MENTIONABLE = 9;
const ATTACHMENT = 11;

function valueOf({ type, value }: Raw, resolved: Raw): OptionValue | undefined {
  switch (type) {
    case MEMBER:
      return memberValue(value, resolved);
    case CHANNEL:
      return channelValue(value, resolved);
    case ROLE:
      return roleValue(value, resolved);
    case MENTIONABLE:
      return roleValue(value, resolved) ?? memberValue(value, resolved);
    case ATTACHMENT:
      return fileValue(value, resolved);
    default:
      if (typeof value === "string") return cleanText(value);
      return typeof value === "number" || typeof value === "boolean" ? value : undefined;
  }
}

function found(resolved: Raw, kind: string, id: unknown): Raw | undefined {
  return typeof id === "string" ? asObject(asObject(resolved[kind])?.[id]) : undefined;
}

/** Somebody who has left is resolved as a user only, and is a member without roles. */
function memberValue(id: unknown, resolved: Raw): OptionValue | undefined {
  if (!isId(id)) return undefined;
  return memberInFull(found(resolved, "members", id) ?? {}, found(resolved, "users", id) ?? { id });
}

function roleValue(id: unknown, resolved: Raw): OptionValue | undefined {
  const role = found(resolved, "roles", id);
  return role === undefined || !isId(id) ? undefined : { roleId: id, name: cleanText(role["name"]) };
}

function channelValue(id: unknown, resolved: Raw): OptionValue | undefined {
  if (!isId(id)) return undefined;
  const channel = found(resolved, "channels", id);
  return { channelId: id, name: cleanText(channel?.["name"]), type: asNumber(channel?.["type"]) ?? 0 };
}

function fileValue(id: unknown, resolved: Raw): FileValue | undefined {
  const file = found(resolved, "attachments", id);
  if (file === undefined || !isId(id)) return undefined;
  const contentType = cleanText(file["content_type"]);
  const facts = {
    id,
    name: cleanText(file["filename"]),
    size: asNumber(file["size"]) ?? 0,
    url: cleanText(file["url"]),
  };
  return contentType === "" ? facts : { ...facts, contentType };
}

function messageValue(id: unknown, resolved: Raw): OptionValue | undefined {
  const message = found(resolved, "messages", id);
  const author = asObject(message?.["author"]);
  const channelId = message?.["channel_id"];
  if (message === undefined || author === undefined || !isId(id) || !isId(channelId)) return undefined;
  const text = excerpt(cleanText(message["content"]));
  return { messageId: id, channelId, author: memberFrom(author, undefined), text };
}

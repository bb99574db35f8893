import {
  consider,
  customId,
  propose,
  write,
  type ButtonSpec,
  type Effect,
  type EventOf,
  type Look,
  type MenuCommand,
  type SlowLook,
  type Use,
  type Words,
} from "#core";
import { isPictureHash, unlike } from "#core/files/index";
import type { Config } from "./config.ts";
import { words } from "./words.ts";

/** The oldest make room for newer ones. */
const MOST_BLOCKED = 500;
/** So alike, two pictures are one. */
const SAME = 4;
const MOST_AT_ONCE = 5;

export const BLOCK_MENU: MenuCommand = {
  name: "Block this picture",
  names: words.every("menu.block-picture"),
  on: "message",
  needs: ["MANAGE_MESSAGES"],
  reply: "ephemeral",
};

export const ALLOW_BUTTON: ButtonSpec = { name: "allow-picture", needs: ["MANAGE_MESSAGES"], reply: "update" };

interface AboutPicture {
  readonly blocks: string;
}

/** What a picture looks like is only known once it was fetched. */
export function blockPicture(event: EventOf<"command.used">): readonly Effect[] {
  const message = event.options["message"];
  const about: AboutPicture = {
    blocks: typeof message === "object" && "messageId" in message ? message.messageId : "",
  };
  return [consider(about)];
}

export async function blockSlowly(event: Use, look: SlowLook, config: Config, messageId: string) {
  const { locale } = event.interaction;
  const message = await look.message(messageId);
  const found: string[] = [];
  for (const { url } of message?.attachments.slice(0, MOST_AT_ONCE) ?? []) {
    const facts = url === undefined ? undefined : await look.file(url, "picture");
    if (facts?.ok === true && facts.picture !== undefined) found.push(facts.picture);
  }
  if (found.length === 0) return [answered(event, { text: words.say(locale, "picture.none") })];
  const before = look.record("pictures", "blocked")?.blocked ?? [];
  const isNew = (hash: string): boolean => before.every((one) => unlike(one.hash, hash) > SAME);
  const added = found.filter(isNew).map((hash) => ({ hash, byUserId: event.by.userId, at: event.at }));
  const blocked = [...before, ...added].slice(-MOST_BLOCKED);
  const meant = found.map((hash) => blocked.find((one) => unlike(one.hash, hash) <= SAME)?.hash ?? hash);
  const isRead = Object.values(config.rules).some(({ enabled, when }) => enabled && when.pictures?.blocked === true);
  const text = words.say(locale, isRead ? "picture.blocked" : "picture.unread", { count: meant.length });
  return [
    write({ write: "record.put", record: "pictures", key: "blocked", value: { blocked } }),
    answered(event, { text, components: [[...new Set(meant)].map((hash) => allowing(hash, locale))] }),
  ];
}

function allowing(hash: string, locale: string | undefined) {
  const id = customId("moderation", ALLOW_BUTTON.name, hash);
  return { component: "button" as const, customId: id, label: words.say(locale, "picture.allow") };
}

export function allowPicture(event: EventOf<"button.pressed">, hash: string, look: Look): readonly Effect[] {
  if (!isPictureHash(hash)) return [];
  const before = look.record("pictures", "blocked")?.blocked ?? [];
  const value = { blocked: before.filter((one) => one.hash !== hash) };
  const text = words.say(event.interaction.locale, "picture.allowed");
  return [
    write({ write: "record.put", record: "pictures", key: "blocked", value }),
    answered(event, { text, components: [] }, true),
  ];
}

function answered({ interaction }: Use, message: Words, update = false): Effect {
  return propose(
    { verb: "interaction.reply", interaction, words: message, ephemeral: true, ...(update && { update }) },
    { rule: "block-picture", why: "a moderator looks after the pictures that are not posted here", confidence: 1 },
  );
}

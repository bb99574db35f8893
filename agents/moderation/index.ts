import { z } from "zod";
import {
  consider,
  defineAgent,
  isOf,
  parseCustomId,
  propose,
  type Effect,
  type EventOf,
  type Look,
  type SlowLook,
} from "#core";
import { configSchema, type Config } from "./config.ts";
import { whyOf, type MessageEvent } from "./findings.ts";
import { rememberInvite } from "./invites.ts";
import { judgeSlowly } from "./judgement.ts";
import { judgeFiles, wantsFiles } from "./files.ts";
import { measuresFor } from "./measures.ts";
import { judgeHit } from "./native/hits.ts";
import { settle, sync, SYNC, syncSoon } from "./native/push-down.ts";
import { ALLOW_BUTTON, allowPicture, BLOCK_MENU, blockPicture, blockSlowly } from "./pictures.ts";
import {
  editReading,
  isExempt,
  isForum,
  nameReading,
  newReading,
  offenceIn,
  offenceInName,
  offenceInTitle,
  postTitle,
  situationOf,
  threadReading,
  titleReading,
} from "./reading.ts";
import { findingIn, rulebookOf } from "./rulebook.ts";
import { scorerFinding, suspicionOf } from "./suspicion.ts";
import { COUNTERS } from "./triggers/mass.ts";
import { words } from "./words.ts";

export default defineAgent({
  name: "moderation",
  description: "Removes what the guild's rules forbid and holds members to them, step by step.",
  listens: [
    "message.created",
    "message.edited",
    "thread.created",
    "thread.updated",
    "member.joined",
    "member.updated",
    "invite.created",
    "invite.deleted",
    "invites.listed",
    "automod.acted",
    "guild.available",
    "policy.chosen",
    "clock.struck",
    "command.used",
    "button.pressed",
    "action.done",
    "action.failed",
  ],
  config: configSchema,
  counters: COUNTERS,
  commands: [BLOCK_MENU],
  buttons: [ALLOW_BUTTON],
  verbs: [
    "message.delete",
    "message.send",
    "interaction.reply",
    "thread.edit",
    "member.nickname",
    "member.warn",
    "member.timeout",
    "member.kick",
    "member.ban",
    "automod-rule.put",
    "automod-rule.delete",
  ],
  lists: ({ rules }) =>
    Object.entries(rules).flatMap(([rule, { when }]) =>
      (when.links?.lists ?? []).map((name, index) => ({
        name,
        path: ["rules", rule, "when", "links", "lists", index],
      })),
    ),
  decide(event, look, config) {
    if (isOf(event, "message.created")) return judgeNew(event, look, config);
    if (isOf(event, "message.edited")) return judgeEdit(event, look, config);
    if (isOf(event, "thread.created") || isOf(event, "thread.updated")) return judgeThread(event, look, config);
    if (isOf(event, "member.joined") || isOf(event, "member.updated")) return judgeName(event, look, config);
    if (isOf(event, "invite.created") || isOf(event, "invite.deleted") || isOf(event, "invites.listed"))
      return rememberInvite(event, look);
    return besides(event, look, config);
  },
  consider(event, look, config, about) {
    if (isOf(event, "message.created") || isOf(event, "message.edited")) return ponder(event, look, config, about);
    const { blocks } = blocksSchema.parse(about);
    return isOf(event, "command.used") ? blockSlowly(event, look, config, blocks) : Promise.resolve([]);
  },
});

/** What the fast half could not tell: what files hold, and what looks suspicious. */
const aboutSchema = z.object({ files: z.literal(true), suspicion: z.unknown().optional() });
const blocksSchema = z.object({ blocks: z.string() });

async function ponder(event: MessageEvent, look: SlowLook, config: Config, about: unknown): Promise<readonly Effect[]> {
  const wanted = aboutSchema.safeParse(about);
  if (!wanted.success) return judgeSlowly(event, look, config, about);
  const found = isOf(event, "message.created") ? await judgeFiles(event, look, config) : [];
  const { suspicion } = wanted.data;
  return found.length > 0 || suspicion === undefined ? found : judgeSlowly(event, look, config, suspicion);
}

type Besides = EventOf<
  | "command.used"
  | "button.pressed"
  | "automod.acted"
  | "guild.available"
  | "policy.chosen"
  | "clock.struck"
  | "action.done"
  | "action.failed"
>;

/** Discord's own AutoMod: what it did, and what of the guild's rules it is given to do. */
function besides(event: Besides, look: Look, config: Config): readonly Effect[] {
  switch (event.kind) {
    case "command.used":
      return event.command === BLOCK_MENU.name ? blockPicture(event) : [];
    case "button.pressed":
      return allowPicture(event, parseCustomId(event.customId)?.args[0] ?? "", look);
    case "automod.acted":
      return judgeHit(event, look, config);
    case "policy.chosen":
      return syncSoon(event);
    case "guild.available":
      return sync(event, look, config);
    case "clock.struck":
      return event.timer === SYNC ? sync(event, look, config) : [];
    case "action.done":
    case "action.failed":
      return settle(event, look);
  }
}

function judgeNew(event: EventOf<"message.created">, look: Look, config: Config): readonly Effect[] {
  if (isExempt(situationOf(event), look, config)) return [];
  const reading = newReading(event, look, rulebookOf(config).counting);
  const { tallies } = reading.mass.counts;
  const finding = findingIn(reading, look, config);
  if (finding !== undefined) return [...tallies, ...measuresFor(offenceIn(event), finding, look, config)];
  const aboutTitle = judgeTitle(event, look, config);
  const other = aboutTitle.length === 0 ? judgeByScore(event, look, config) : aboutTitle;
  const all = event.attachments.length === 0 ? other : withFiles(event, other, look, config);
  return all.length === 0 ? tallies : [...tallies, ...all];
}

/** Everything about one message that takes longer is one thought. */
function withFiles(
  event: EventOf<"message.created">,
  effects: readonly Effect[],
  look: Look,
  config: Config,
): readonly Effect[] {
  if (!wantsFiles(event, look, config)) return effects;
  const suspicion = effects.flatMap((effect) => ("consider" in effect ? [effect.consider] : []))[0];
  const others = effects.filter((effect) => !("consider" in effect));
  return [...others, consider({ files: true, ...(suspicion !== undefined && { suspicion }) })];
}

/** What no rule met: a model is shown what looks suspicious; where the guild wants none, the scorer's own word counts. */
function judgeByScore(event: MessageEvent, look: Look, config: Config): readonly Effect[] {
  const suspicion = suspicionOf(event, config);
  if (suspicion === undefined) return [];
  if (config.judgement.by === "model") return [consider(suspicion)];
  const finding = scorerFinding(suspicion, config);
  return finding === undefined ? [] : measuresFor(offenceIn(event), finding, look, config);
}

function judgeTitle(event: MessageEvent, look: Look, config: Config): readonly Effect[] {
  if (rulebookOf(config).by.threads.length === 0) return [];
  const title = postTitle(event, look);
  if (title === undefined) return [];
  const finding = findingIn(titleReading(event, title), look, config);
  return finding === undefined ? [] : measuresFor(offenceInTitle(event, title, look), finding, look, config);
}

function judgeEdit(event: EventOf<"message.edited">, look: Look, config: Config): readonly Effect[] {
  if (isExempt(situationOf(event), look, config)) return [];
  const finding = findingIn(editReading(event), look, config);
  if (finding === undefined) return judgeByScore(event, look, config);
  return measuresFor(offenceIn(event), finding, look, config);
}

/** A title is replaced and nobody is punished: of its author the event tells no more than an id. */
function judgeThread(
  event: EventOf<"thread.created" | "thread.updated">,
  look: Look,
  config: Config,
): readonly Effect[] {
  // A new post of a forum is judged with its first message, which tells who wrote it.
  if (event.kind === "thread.created" && (!event.isNew || isForum(event.thread.parentId, look))) return [];
  const reading = threadReading(event);
  const { locale, ownerId, botUserId } = look.guild();
  if ([ownerId, botUserId].includes(reading.writing.author.userId)) return [];
  if (rulebookOf(config).by.threads.length === 0 || isExempt(reading.situation, look, config)) return [];
  const finding = findingIn(reading, look, config);
  if (finding === undefined || finding.then.atLeast === "report") return [];
  const { rule, confidence } = finding;
  const name = words.say(locale, "title.removed");
  return [
    propose({ verb: "thread.edit", channelId: event.thread.id, name }, { rule, why: whyOf(finding), confidence }),
  ];
}

function judgeName(event: EventOf<"member.joined" | "member.updated">, look: Look, config: Config): readonly Effect[] {
  if (event.member.bot === true || rulebookOf(config).by.names.length === 0) return [];
  const reading = nameReading(event);
  if (isExempt(reading.situation, look, config)) return [];
  const finding = findingIn(reading, look, config);
  return finding === undefined ? [] : measuresFor(offenceInName(event, look), finding, look, config);
}

import { Permission, type Approval, type Records, targetOf, VERBS } from "#core";
import type { Choices } from "./choices.ts";

/** Who answers, as the face they answer on tells. */
export interface Answerer {
  /** `telegram:1234`. */
  readonly by: string;
  readonly name: string;
  /** Of a member in Discord. */
  readonly roleIds?: readonly string[];
  readonly permissions?: string;
}

/** One name for one human, whichever face they are on: nobody is two votes. */
export function personOf({ by }: Answerer, { people }: Choices): string {
  const [face, id] = parted(by);
  const known = people.find(
    (person) =>
      (face === "telegram" ? person.telegramUserId : face === "discord" ? person.discordUserId : undefined) === id,
  );
  return known === undefined ? (OWNERS.includes(face) ? "owner" : by) : `person:${known.name}`;
}

/** The page's token and the terminal are the owner's. */
const OWNERS = ["dashboard", "terminal"];

/** Why somebody may not answer, for them to read; undefined where they may. */
export function refusal(
  answerer: Answerer,
  approval: Pick<Approval, "progress" | "verdict">,
  choices: Choices,
  chat: Records["chat"] | undefined,
): string | undefined {
  const [face, id] = parted(answerer.by);
  if (OWNERS.includes(face)) return undefined;
  const person = choices.people.find(({ telegramUserId, discordUserId }) =>
    face === "telegram" ? telegramUserId === id : discordUserId === id,
  );
  const asker = approval.progress?.asker?.userId;
  if (asker !== undefined && (person?.discordUserId === asker || (face === "discord" && id === asker)))
    return "You asked for this yourself: somebody else has to answer.";
  const target = targetOf(approval.verdict.proposal.action)?.userId;
  if (target !== undefined && (person?.discordUserId === target || (face === "discord" && id === target)))
    return "This is about you: somebody else has to answer.";
  if (person !== undefined) return undefined;
  if (face === "telegram") return telegramRefusal(id, choices, chat);
  return face === "discord" ? discordRefusal(answerer, approval, choices) : "Nobody can answer from there.";
}

function telegramRefusal(id: string, { telegram }: Choices, chat: Records["chat"] | undefined): string | undefined {
  const isPrivate = (chat?.chatId ?? telegram?.chatId) === id;
  if (isPrivate || chat?.by === id || telegram?.userIds.includes(id) === true) return undefined;
  return `You are not on the list of those who may answer. Your id is ${id}: the owner can add it to TELEGRAM_USER_IDS, or to approval.people in the guild's file.`;
}

/** Where no roles are named, whoever could do it by hand may allow it. */
function discordRefusal(
  { roleIds = [], permissions = "0" }: Answerer,
  { verdict }: Pick<Approval, "verdict">,
  choices: Choices,
): string | undefined {
  if (choices.roleIds.some((role) => roleIds.includes(role))) return undefined;
  const granted = BigInt(permissions);
  if ((granted & Permission.ADMINISTRATOR) !== 0n) return undefined;
  const { needs } = VERBS[verdict.proposal.action.verb];
  const could = (needs.length === 0 ? (["MODERATE_MEMBERS"] as const) : needs).every(
    (name) => (granted & Permission[name]) !== 0n,
  );
  if (choices.roleIds.length === 0 && could) return undefined;
  return choices.roleIds.length === 0
    ? "You may not do this by hand, so you may not allow it either."
    : "Your roles are not among those that may answer.";
}

function parted(by: string): [face: string, id: string] {
  const [face = "", ...rest] = by.split(":");
  return [face, rest.join(":")];
}

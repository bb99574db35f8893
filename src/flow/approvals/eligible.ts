import { Permission, type Approval, type Records, targetOf, VERBS } from "#core";
import type { Choices } from "./choices.ts";
import { type Key, text } from "./words.ts";

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
  locale?: string,
): string | undefined {
  const why = refusedFor(answerer, approval, choices, chat);
  return why === undefined ? undefined : text(locale, why, { id: parted(answerer.by)[1] });
}

function refusedFor(
  answerer: Answerer,
  approval: Pick<Approval, "progress" | "verdict">,
  choices: Choices,
  chat: Records["chat"] | undefined,
): Key | undefined {
  const [face, id] = parted(answerer.by);
  if (OWNERS.includes(face)) return undefined;
  const person = choices.people.find(({ telegramUserId, discordUserId }) =>
    face === "telegram" ? telegramUserId === id : discordUserId === id,
  );
  const asker = approval.progress?.asker?.userId;
  if (asker !== undefined && (person?.discordUserId === asker || (face === "discord" && id === asker)))
    return "refused.asker";
  const target = targetOf(approval.verdict.proposal.action)?.userId;
  if (target !== undefined && (person?.discordUserId === target || (face === "discord" && id === target)))
    return "refused.target";
  if (person !== undefined) return undefined;
  if (face === "telegram") return maySpeak(id, choices, chat) ? undefined : "refused.stranger";
  return face === "discord" ? discordRefusal(answerer, approval, choices) : "refused.face";
}

/** Who is listened to in a chat on Telegram: the people, those on the list, who linked it, and the owner of a private one. */
export function maySpeak(
  id: string,
  { telegram, people }: Pick<Choices, "telegram" | "people">,
  chat: Records["chat"] | undefined,
): boolean {
  const isPrivate = (chat?.chatId ?? telegram?.chatId) === id;
  const isKnown = people.some(({ telegramUserId }) => telegramUserId === id);
  return isPrivate || isKnown || chat?.by === id || telegram?.userIds.includes(id) === true;
}

/** Where no roles are named, whoever could do it by hand may allow it. */
function discordRefusal(
  { roleIds = [], permissions = "0" }: Answerer,
  { verdict }: Pick<Approval, "verdict">,
  choices: Choices,
): Key | undefined {
  if (choices.roleIds.some((role) => roleIds.includes(role))) return undefined;
  const granted = BigInt(permissions);
  if ((granted & Permission.ADMINISTRATOR) !== 0n) return undefined;
  const { needs } = VERBS[verdict.proposal.action.verb];
  const could = (needs.length === 0 ? (["MODERATE_MEMBERS"] as const) : needs).every(
    (name) => (granted & Permission[name]) !== 0n,
  );
  if (choices.roleIds.length === 0 && could) return undefined;
  return choices.roleIds.length === 0 ? "refused.hand" : "refused.roles";
}

function parted(by: string): [face: string, id: string] {
  const [face = "", ...rest] = by.split(":");
  return [face, rest.join(":")];
}

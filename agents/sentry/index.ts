import { defineAgent, propose, write, type Effect, type Deed, type EventOf, type Look, type Spree } from "#core";
import { configSchema, type Config } from "./config.ts";
import { after, deedOf, isPower, isTooMuch } from "./deeds.ts";
import { rememberPlace } from "./recreation.ts";
import { reportTo } from "./report.ts";

/** So long after an account is stopped those who run the guild get the list: what it did last is in it. */
const REPORT_AFTER_MS = 30_000;
/** Whatever an account does later than this is looked at afresh. */
const STOPPED_MS = 600_000;
const TIMER = "report:";

export default defineAgent({
  name: "sentry",
  description:
    "Stops an account that empties the guild: takes its power, makes again what it deleted, tells the owner.",
  listens: ["audit.logged", "action.done", "directory.changed", "clock.struck"],
  config: configSchema,
  verbs: ["member.look", "role.remove", "channel.create", "role.create", "message.send", "member.tell"],
  priority: () => "high",
  decide(event, look, config) {
    if (event.kind === "audit.logged") return onEntry(event, look, config);
    if (event.kind === "directory.changed") return rememberPlace(event, look);
    if (event.kind === "action.done") return onLooked(event, look);
    return onTimer(event, look, config);
  },
});

function onEntry(event: EventOf<"audit.logged">, look: Look, config: Config): readonly Effect[] {
  const { byUserId } = event;
  if (byUserId === undefined || event.isOurs === true || config.trustedUserIds.includes(byUserId)) return [];
  const deed = deedOf(event, look);
  if (deed === undefined || byUserId === look.guild().ownerId) return [];
  const before = look.record("spree", byUserId);
  const spree = after(isOver(before, event.at) ? undefined : before, deed);
  if (spree.stoppedAt !== undefined) return [kept(byUserId, spree), ...again([deed], spree, config)];
  if (!isTooMuch(spree, config)) return [kept(byUserId, spree)];
  const stopped = { ...spree, stoppedAt: event.at };
  const why = `did ${spree.deeds.length} dangerous things within a minute`;
  return [
    kept(byUserId, stopped),
    propose({ verb: "member.look", userId: byUserId }, { rule: "sentry-look", why, confidence: 1 }),
    ...again(spree.deeds, stopped, config),
    write({ write: "timer.set", timer: `${TIMER}${byUserId}`, at: event.at + REPORT_AFTER_MS, payload: {} }),
  ];
}

function isOver(spree: Spree | undefined, at: number): boolean {
  return spree?.stoppedAt !== undefined && at - spree.stoppedAt > STOPPED_MS;
}

const kept = (userId: string, value: Spree): Effect =>
  write({ write: "record.put", record: "spree", key: userId, value });

/** What was deleted before it was too much is made again as well. */
function again(deeds: readonly Deed[], spree: Spree, config: Config): readonly Effect[] {
  const left = Math.max(0, config.mostRecreated - spree.deeds.length + deeds.length);
  if (!config.recreate) return [];
  const actions = deeds.flatMap((deed) => deed.again ?? []).slice(0, left);
  const reasons = { rule: "sentry-recreate", why: "was deleted by an account that ran wild", confidence: 1 };
  return actions.map((action) => propose(action, reasons));
}

/** Which roles the account has: all that give power are taken, as far as the bot's own role reaches. */
function onLooked(event: EventOf<"action.done">, look: Look): readonly Effect[] {
  const looked = event.result as {
    readonly looked?: string;
    readonly name?: string;
    readonly roleIds?: readonly string[];
  };
  if (typeof looked?.looked !== "string") return [];
  const spree = look.record("spree", looked.looked);
  if (spree?.stoppedAt === undefined) return [];
  const member = { userId: looked.looked, name: looked.name ?? looked.looked, roleIds: looked.roleIds ?? [] };
  const powers = member.roleIds.flatMap((id) => look.role(id) ?? []).filter(({ permissions }) => isPower(permissions));
  const reach = look.guild().botRank ?? 0;
  const within = powers.filter(({ managed, position }) => managed !== true && position < reach);
  const names = (roles: typeof powers) => roles.map(({ name }) => name);
  const value = { ...spree, taken: names(within), left: names(powers.filter((role) => !within.includes(role))) };
  return [
    ...within.map(({ id: roleId }) =>
      propose(
        { verb: "role.remove", member, roleId },
        { rule: "sentry-disarm", why: "gives power to an account that ran wild", confidence: 1 },
      ),
    ),
    kept(member.userId, value),
  ];
}

function onTimer(event: EventOf<"clock.struck">, look: Look, config: Config): readonly Effect[] {
  if (!event.timer.startsWith(TIMER)) return [];
  const userId = event.timer.slice(TIMER.length);
  const spree = look.record("spree", userId);
  return spree === undefined ? [] : reportTo(userId, spree, look, config);
}

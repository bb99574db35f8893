import {
  BOARD_WINDOWS,
  boardOf,
  type BoardWindow as Window,
  type Effect,
  type EventOf,
  type Look,
  missingPermissions,
  parseCustomId,
  propose,
  standingOf,
  type Words,
} from "#core";
import { addPoints, hide, POINTS, show } from "./boards.ts";
import { badgesPage } from "./badges-view.ts";
import { boardPage } from "./board-view.ts";
import { MOST_POINTS } from "./commands.ts";
import type { Config } from "./config.ts";
import { habitsAt, put } from "./habits.ts";
import { decideImport, importFile } from "./importing.ts";
import { isMember } from "./options.ts";
import { rankWords } from "./rank-view.ts";
import { rewardsFor } from "./rewards.ts";
import { thank } from "./thanks.ts";
import { words } from "./words.ts";

type Used = EventOf<"command.used">;
type Pressed = EventOf<"button.pressed">;

export function answerCommand(event: Used, look: Look, config: Config): readonly Effect[] {
  switch (event.command) {
    case "rank":
      return [reply(event, rankWords(event, look, config), false)];
    case "leaderboard view": {
      const window = windowIn(event.options["window"]) ?? "all";
      const wish = { window, page: 0, userId: event.by.userId, locale: event.interaction.locale };
      return [reply(event, boardPage(wish, event.at, look, config), false)];
    }
    case "achievements": {
      const asked = event.options["member"];
      const shown = isMember(asked) ? asked : event.by;
      return [reply(event, badgesPage(shown, event.at, event.interaction.locale, look, config), true)];
    }
    case "thank": {
      const asked = event.options["member"];
      if (!isMember(asked)) return [];
      const { text, isPublic, effects } = thank(event, asked, look, config);
      return [...effects, reply(event, { text }, !isPublic)];
    }
    case "leaderboard me":
      return chooseShown(event, look, config);
    case "xp give":
    case "xp take":
    case "xp set":
      return changePoints(event, look, config);
    case "xp import":
      return importFile(event);
    default:
      return [];
  }
}

/** Whoever asked for the leaderboard turns it. */
export function answerButton(event: Pressed, look: Look, config: Config): readonly Effect[] {
  const { name = "", args: [userId = "", chosen, to] = [] } = parseCustomId(event.customId) ?? {};
  if (name.startsWith("import-")) return decideImport(event, look);
  const window = windowIn(chosen);
  const { locale } = event.interaction;
  if (window === undefined) return [];
  if (event.by.userId !== userId) return [reply(event, { text: words.say(locale, "board.not-yours") }, true)];
  const page = boardPage({ window, page: Number(to) || 0, userId, locale }, event.at, look, config);
  return [reply(event, page, false, true)];
}

const windowIn = (value: unknown): Window | undefined => BOARD_WINDOWS.find((window) => window === value);

/** Off the boards that run, or back on the one of all time; levels and roles stay as they are. */
function chooseShown(event: Used, look: Look, config: Config): readonly Effect[] {
  const { userId } = event.by;
  const habits = habitsAt(look.record("levelling", userId), event.at);
  const wantsShown = event.options["shown"] === true;
  const { locale } = event.interaction;
  if (wantsShown === (habits.hidden !== true)) return [reply(event, { text: words.say(locale, "me.as-it-is") }, true)];
  const { hidden: _hidden, name: _name, ...visible } = habits;
  const standsAt = Object.fromEntries(
    BOARD_WINDOWS.map((window) => {
      const board = boardOf(window, event.at, config.season);
      return [window, board === undefined ? 0 : look.total(board, userId)];
    }),
  ) as Record<Window, number>;
  const moves = wantsShown
    ? show(userId, look.total(POINTS, userId), event.at, config)
    : hide(userId, standsAt, event.at, config);
  const after = wantsShown ? visible : { ...visible, hidden: true as const };
  const text = words.say(locale, wantsShown ? "me.shown" : "me.hidden");
  return [put(userId, after), ...moves, reply(event, { text }, true)];
}

/** Staff's own giving and taking: the judge never sees it, so who may is asked here; it stands in the journal with its why. */
function changePoints(event: Used, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const member = event.options["member"];
  const points = event.options["points"];
  if (missingPermissions(BigInt(event.byPermissions), ["MANAGE_GUILD"]).length > 0)
    return [reply(event, { text: words.say(locale, "xp.not-allowed") }, true)];
  if (
    !isMember(member) ||
    typeof points !== "number" ||
    !Number.isInteger(points) ||
    points < 0 ||
    points > MOST_POINTS
  )
    return [reply(event, { text: words.say(locale, "xp.wrong", { most: MOST_POINTS }) }, true)];
  if (member.bot === true) return [reply(event, { text: words.say(locale, "rank.bot") }, true)];
  const before = look.total(POINTS, member.userId);
  const after =
    event.command === "xp set" ? points : event.command === "xp give" ? before + points : Math.max(0, before - points);
  const habits = habitsAt(look.record("levelling", member.userId), event.at);
  const { told, effects } = rewardsFor(member, after, habits, { channelId: event.channelId }, look, config);
  const { level } = standingOf(after, config.curve);
  const text = words.say(locale, "xp.done", { member: `<@${member.userId}>`, count: after, before, level });
  const moved =
    before === after ? [] : addPoints(member.userId, after - before, event.at, config, habits.hidden === true);
  const { rolesDue: _done, ...kept } = habits;
  return [put(member.userId, { ...kept, told }), ...moved, ...effects, reply(event, { text }, true)];
}

function reply(event: Used | Pressed, said: Words, ephemeral: boolean, update = false): Effect {
  const action = {
    verb: "interaction.reply",
    interaction: event.interaction,
    words: said,
    ephemeral,
    ...(update && { update }),
  } as const;
  const asked = event.kind === "command.used" ? event.command.replace(" ", "-") : "leaderboard-page";
  return propose(action, { rule: asked, why: "was asked for", confidence: 1 });
}

import {
  type Agent,
  type ButtonSpec,
  type CommandSpec,
  type Effect,
  HOUSE_WORDS,
  type ModalSpec,
  missingPermissions,
  parseCustomId,
  Permission,
  type PermissionName,
  propose,
  tally,
  type Use,
  isUse,
  type Values,
} from "#core";
import { z } from "zod";
import type { HouseLook } from "../decide/look.ts";

export const DESK = "desk";

const HAMMERING_SECONDS = 600;

/** Whether agents are asked, and what the desk itself does: counts, and tells whom it refuses. */
export interface DeskSays {
  readonly passes: boolean;
  /** Whose it is: nobody else is asked about it. Absent where nobody declared it. */
  readonly owner?: string;
  readonly effects: readonly Effect[];
}

export interface Desk extends Agent {
  says(event: Use, look: DeskLook): DeskSays;
}

/** All the desk reads. */
export type DeskLook = Pick<HouseLook, "count" | "last" | "mode" | "usesPerMinute">;

type Spec = CommandSpec | ButtonSpec | ModalSpec;

interface Used {
  readonly agent: string;
  readonly spec: Spec;
}

/**
 * Where everything used comes past before an agent hears of it: who may use it, how often, and whether it is still there at
 * all. It decides like an agent, from recorded reads alone, so that a refusal replays and can be asked for its why.
 */
export function createDesk(agents: readonly Agent[]): Desk {
  const find = finder(agents);
  const says = (event: Use, look: DeskLook): DeskSays => deskSays(event, find(event), look);
  return {
    name: DESK,
    description: "Sees to it that commands are used by whom and as often as they may be.",
    listens: ["command.used", "button.pressed", "select.chosen", "modal.submitted"],
    config: z.unknown(),
    counters: {
      uses: { windowSeconds: 60 },
      hammering: { windowSeconds: HAMMERING_SECONDS },
      cooldown: { windowSeconds: 600 },
    },
    decide: (event, look) => (isUse(event) ? says(event, look as HouseLook).effects : []),
    says,
  };
}

type Finder = (event: Use) => Used | "unknown" | undefined;

/** *unknown*: a button of an agent or a version that is gone. Undefined: nothing is declared of it, so nothing is checked. */
function finder(agents: readonly Agent[]): Finder {
  const known = new Map(agents.map((agent) => [agent.name, agent]));
  const commands = new Map(
    agents.flatMap((agent) =>
      (agent.commands ?? []).map((spec): [string, Used] => [spec.name, { agent: agent.name, spec }]),
    ),
  );
  return (event) => {
    if (event.kind === "command.used") return commands.get(event.command);
    const id = parseCustomId(event.customId);
    const agent = id === undefined ? undefined : known.get(id.agent);
    if (id === undefined || agent === undefined) return "unknown";
    const specs: readonly Spec[] = (event.kind === "modal.submitted" ? agent.modals : agent.buttons) ?? [];
    const spec = specs.find(({ name }) => name === id.name);
    return spec === undefined ? "unknown" : { agent: agent.name, spec };
  };
}

function deskSays(event: Use, used: ReturnType<Finder>, look: DeskLook): DeskSays {
  // A form is open already: what counts is that it is sent.
  if (typeof used === "object" && used.spec.reply === "modal") return { passes: false, effects: [] };
  const { userId } = event.by;
  const hammeredAt = look.last("hammering", userId);
  if (hammeredAt !== undefined)
    return refused(event, "hammering", { when: moment(hammeredAt + HAMMERING_SECONDS * 1_000) });
  const counted = tally("uses", userId);
  if (look.count("uses", userId) >= look.usesPerMinute()) {
    const when = moment(event.at + HAMMERING_SECONDS * 1_000);
    return refused(event, "hammering", { when }, [counted, tally("hammering", userId)]);
  }
  if (used === undefined) return { passes: true, effects: [counted] };
  if (used === "unknown") return refused(event, "unknown", {}, [counted]);
  return checked(event, used, look, counted);
}

function checked(event: Use, { agent, spec }: Used, look: DeskLook, counted: Effect): DeskSays {
  const missing = lacking(event, spec.needs ?? []);
  if (missing.length > 0) return refused(event, "permission", { permissions: missing.join(", ") }, [counted]);
  if (look.mode(agent) === "off") return refused(event, "off", {}, [counted]);
  const { memberSeconds, guildSeconds } = spec.cooldown ?? {};
  const key = `${agent}/${spec.name}`;
  const waits = [
    ...(memberSeconds === undefined ? [] : [{ key: `${key}/${event.by.userId}`, seconds: memberSeconds }]),
    ...(guildSeconds === undefined ? [] : [{ key, seconds: guildSeconds }]),
  ];
  const until = Math.max(...waits.map((wait) => (look.last("cooldown", wait.key) ?? -Infinity) + wait.seconds * 1_000));
  if (until > event.at) return refused(event, "cooldown", { when: moment(until) }, [counted]);
  return { passes: true, owner: agent, effects: [counted, ...waits.map((wait) => tally("cooldown", wait.key))] };
}

function lacking(event: Use, needs: readonly PermissionName[]): readonly PermissionName[] {
  const granted = BigInt(event.byPermissions);
  return (granted & Permission.ADMINISTRATOR) === 0n ? missingPermissions(granted, needs) : [];
}

type Reason = "unknown" | "permission" | "cooldown" | "hammering" | "off";

const WHY: Readonly<Record<Reason, string>> = {
  unknown: "what was pressed belongs to an agent or a version that is gone",
  permission: "the member lacks a permission the command needs",
  cooldown: "it was used a moment ago",
  hammering: "the member uses commands too often",
  off: "the agent is switched off here",
};

function refused(event: Use, reason: Reason, values: Values, counted: readonly Effect[] = []): DeskSays {
  const text = HOUSE_WORDS.say(event.interaction.locale, `refused.${reason}`, values);
  const action = {
    verb: "interaction.reply",
    interaction: event.interaction,
    words: { text },
    ephemeral: true,
  } as const;
  const why = reason === "permission" ? `${WHY[reason]}: ${values["permissions"]}` : WHY[reason];
  return {
    passes: false,
    effects: [...counted, propose(action, { rule: `refused-${reason}`, why, confidence: 1 })],
  };
}

/** Discord shows it in the reader's own words, and counts it down. */
function moment(at: number): string {
  return `<t:${Math.ceil(at / 1_000)}:R>`;
}

import { defineAgent, parseCustomId, propose, write, type Effect, type EventOf, type Look } from "#core";
import { BUTTONS, COMMANDS, MODALS, onCommand } from "./commands.ts";
import { configSchema, type Config } from "./config.ts";
import { forgotten, onEnter, onForm, timerOf } from "./gate.ts";
import { words } from "./words.ts";

const HOUR = 3_600_000;

export default defineAgent({
  name: "gatekeeper",
  description: "Lets newcomers in once they have shown that they are somebody, and staff by their word.",
  listens: [
    ...(["member.joined", "member.left", "button.pressed", "modal.submitted"] as const),
    ...(["command.used", "clock.struck", "action.done"] as const),
  ],
  config: configSchema,
  commands: COMMANDS,
  buttons: BUTTONS,
  modals: MODALS,
  verbs: ["role.add", "member.look", "member.kick", "message.send", "interaction.reply"],
  decide(event, look, config) {
    switch (event.kind) {
      case "member.joined":
        return onJoin(event, config);
      case "member.left":
        return look.record("gate", event.userId) === undefined ? [] : forgotten(event.userId);
      case "button.pressed":
        return isOurs(event, "enter") ? onEnter(event, look, config) : [];
      case "modal.submitted":
        return isOurs(event) ? onForm(event, look, config) : [];
      case "command.used":
        return onCommand(event, look, config);
      case "clock.struck":
        return onTimer(event, config);
      case "action.done":
        return onLooked(event, look, config);
    }
  },
});

/** Every agent hears of every button and form. */
function isOurs({ customId }: { readonly customId: string }, name?: string): boolean {
  const used = parseCustomId(customId);
  return used?.agent === "gatekeeper" && (name === undefined || used.name === name);
}

function onJoin({ member, at }: EventOf<"member.joined">, config: Config): readonly Effect[] {
  const { roleId, kickAfterHours } = config;
  if (roleId === undefined || kickAfterHours === 0 || member.bot === true) return [];
  const { userId, name } = member;
  const value = { name, since: at, wrong: 0 };
  return [
    write({ write: "record.put", record: "gate", key: userId, value }),
    write({ write: "timer.set", timer: timerOf(userId), at: at + kickAfterHours * HOUR, payload: { userId } }),
  ];
}

/** Somebody may have given them the role by hand meanwhile: they are looked at first. */
function onTimer({ payload }: EventOf<"clock.struck">, config: Config): readonly Effect[] {
  const { userId } = payload as { readonly userId: string };
  if (config.roleId === undefined || config.kickAfterHours === 0) return forgotten(userId);
  const why = "has stood at the gate for as long as anybody may";
  return [propose({ verb: "member.look", userId }, { rule: "gate-look", why, confidence: 1 })];
}

interface Looked {
  readonly looked?: string;
  readonly gone?: boolean;
  readonly name?: string;
  readonly roleIds?: readonly string[];
}

function onLooked({ result }: EventOf<"action.done">, look: Look, config: Config): readonly Effect[] {
  const { looked: userId, gone, name, roleIds = [] } = (result ?? {}) as Looked;
  if (typeof userId !== "string" || config.roleId === undefined) return [];
  const gate = look.record("gate", userId);
  if (gate === undefined) return [];
  if (gone === true || roleIds.includes(config.roleId)) return forgotten(userId);
  const { locale, name: guild } = look.guild();
  const back = config.comeBack === "" ? "" : ` ${words.say(locale, "removed.back", { how: config.comeBack })}`;
  const notice = `${words.say(locale, "removed", { guild, hours: config.kickAfterHours })}${back}`;
  return [
    propose(
      { verb: "member.kick", member: { userId, name: name ?? gate.name, roleIds }, notice },
      { rule: "gate-timeout", why: `was not let in within ${config.kickAfterHours} h`, confidence: 1 },
    ),
    ...forgotten(userId),
  ];
}

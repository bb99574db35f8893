import {
  customId,
  isUndone,
  propose,
  snowflakeTime,
  write,
  writtenIn,
  type ButtonSpec,
  type Effect,
  type EventOf,
  type Look,
  type Member,
  type MenuCommand,
  type ModalField,
  type ModalSpec,
  type PermissionName,
  type Row,
  type Use,
  type Words,
} from "#core";
import { answer, refusal } from "./answer.ts";
import type { CommandUsed } from "./commands.ts";
import { filesOf } from "./cohorts.ts";
import type { Config } from "./config.ts";
import { MEASURES, takeMeasure, type Measure } from "./measures.ts";
import { LONGEST_REASON, LONGEST_TIMEOUT_MINUTES, memberIn, minutesIn, textIn } from "./options.ts";
import { caseRow, measureIn, moment } from "./show.ts";
import { words } from "./words.ts";

const NEEDS: Readonly<Record<Measure, PermissionName>> = {
  ...{ warn: "MODERATE_MEMBERS", mute: "MODERATE_MEMBERS" },
  ...{ kick: "KICK_MEMBERS", ban: "BAN_MEMBERS" },
};

export const LOOK_INTO: MenuCommand = {
  name: "Moderate user",
  names: words.every("menu.moderate"),
  on: "member",
  needs: ["MODERATE_MEMBERS"],
  reply: "ephemeral",
};

export const MEASURE_BUTTONS: readonly ButtonSpec[] = MEASURES.map((name) => ({
  ...{ name, needs: [NEEDS[name]], reply: "modal" as const, opens: name },
}));

const reason: ModalField = {
  ...{ name: "reason", label: words.every("option.reason"), description: words.every("option.reason.about") },
  ...{ field: "paragraph", required: true, maxLength: LONGEST_REASON },
};
const minutes: ModalField = {
  ...{ name: "minutes", label: words.every("option.minutes"), description: words.every("option.minutes.about") },
  ...{ field: "short", required: true, maxLength: 5 },
};

export const MEASURE_FORMS: readonly ModalSpec[] = MEASURES.map((name) => ({
  ...{ name, title: words.every(`form.${name}`), needs: [NEEDS[name]], reply: "ephemeral" as const },
  fields: name === "mute" ? [minutes, reason] : [reason],
}));

export function lookInto(event: CommandUsed, look: Look): readonly Effect[] {
  const member = memberIn(event.options["member"]);
  if (member === undefined) return refusal(event, words.say(event.interaction.locale, "wrong.member"));
  return openFile(event, member, look);
}

/** A member's history at a glance, with what can be done about them. Who they are is remembered for the forms that follow. */
export function openFile(event: Use, member: Member, look: Look, messageId?: string): readonly Effect[] {
  const seen = { member, at: event.at };
  return [
    write({ write: "record.put", record: "person", key: member.userId, value: seen }),
    answer(event, glance(event, member, look, messageId), { rule: "look-into", why: "asked for a member's history" }),
  ];
}

function glance(event: Use, member: Member, look: Look, messageId?: string): Words {
  const { locale } = event.interaction;
  const files = filesOf(member.userId, look);
  const counts = new Map<string, number>();
  for (const file of files.filter((one) => !isUndone(one))) counts.set(file.verb, (counts.get(file.verb) ?? 0) + 1);
  const sums = [...counts].map(([verb, count]) => `${count} × ${measureIn(verb, locale)}`);
  const joined =
    member.joinedAt === undefined ? "" : ` · ${words.say(locale, "glance.joined", { when: moment(member.joinedAt) })}`;
  return {
    title: words.say(locale, "glance.title"),
    text: [
      `<@${member.userId}> (${member.userId})`,
      `${words.say(locale, "glance.account", { when: moment(snowflakeTime(member.userId)) })}${joined}`,
      sums.length === 0 ? words.say(locale, "glance.clean") : sums.join(", "),
      ...files.slice(0, 5).map((file) => caseRow(file, locale)),
    ].join("\n"),
    components: [measureRow(member.userId, locale, messageId)],
  };
}

export function measureRow(userId: string, locale: string | undefined, messageId?: string): Row {
  return MEASURES.map((name) => ({
    component: "button" as const,
    customId: customId("casework", name, userId, ...(messageId === undefined ? [] : [messageId])),
    label: words.say(locale, `button.${name}`),
    style: name === "ban" ? ("danger" as const) : ("secondary" as const),
  }));
}

/** A form that came back: the same measure as by command, against whom it was opened for. */
export function measureByForm(
  event: EventOf<"modal.submitted">,
  measure: Measure,
  [userId = "", messageId]: readonly string[],
  look: Look,
  config: Config,
): readonly Effect[] {
  const { locale } = event.interaction;
  const member = look.record("person", userId)?.member;
  if (member === undefined) return refusal(event, words.say(locale, "wrong.member"));
  const wanted = minutesIn(event.fields["minutes"]);
  if (measure === "mute" && wanted === undefined)
    return refusal(event, words.say(locale, "wrong.minutes", { most: LONGEST_TIMEOUT_MINUTES }));
  const asked = {
    ...{ measure, member, reason: textIn(event.fields["reason"]) },
    ...(wanted !== undefined && { minutes: wanted }),
    ...(messageId !== undefined && { restsOn: writtenIn(messageId) }),
  };
  return takeMeasure(event, asked, look, config);
}

export const post = (channelId: string, message: Words, rule: string, why: string): Effect =>
  propose({ verb: "message.send", channelId, words: message }, { rule, why, confidence: 1 });

import {
  customId,
  write,
  writtenIn,
  type ButtonSpec,
  type Effect,
  type EventOf,
  type Look,
  type MenuCommand,
  type Records,
  type Row,
  type Words,
} from "#core";
import { excerpt, plain } from "#core/text/index";
import { answer, refusal } from "./answer.ts";
import type { CommandUsed } from "./commands.ts";
import type { Config } from "./config.ts";
import { openFile, post } from "./look-into.ts";
import { messageIn } from "./options.ts";
import { jumpLink } from "./show.ts";
import { words } from "./words.ts";

type Report = Records["report"];

export const REPORT_MENU: MenuCommand = {
  name: "Report message",
  names: words.every("menu.report"),
  on: "message",
  cooldown: { memberSeconds: 10 },
  reply: "ephemeral",
};

const TRIAGE = ["claim", "resolve", "dismiss"] as const;
type Triage = (typeof TRIAGE)[number];
const STATUS = { claim: "claimed", resolve: "resolved", dismiss: "dismissed" } as const;

export const REPORT_BUTTONS: readonly ButtonSpec[] = [
  { name: "report", needs: ["MODERATE_MEMBERS"], reply: "update" },
  { name: "report-act", needs: ["MODERATE_MEMBERS"], reply: "ephemeral" },
];

/** Ten members who report one message are one report, told by ten. */
export function reportMessage(event: CommandUsed, look: Look, config: Config): readonly Effect[] {
  const { locale } = event.interaction;
  const message = messageIn(event.options["message"]);
  if (config.staffChannelId === undefined) return refusal(event, words.say(locale, "wrong.no-staff-channel"));
  if (message === undefined || message.author.userId === event.by.userId)
    return refusal(event, words.say(locale, "wrong.message"));
  const before = look.record("report", message.messageId);
  const thanks = answer(
    event,
    { text: words.say(locale, "report.thanks") },
    { rule: "report", why: "reported a message" },
  );
  const key = message.messageId;
  if (before !== undefined) {
    const byUserIds = [...new Set([...before.byUserIds, event.by.userId])].slice(0, 50);
    return [write({ write: "record.put", record: "report", key, value: { ...before, byUserIds } }), thanks];
  }
  const said = look.said(writtenIn(message.messageId));
  const report: Report = {
    ...{ channelId: message.channelId, author: said?.author ?? message.author, text: excerpt(message.text, 280) },
    ...{ at: event.at, byUserIds: [event.by.userId], status: "open" },
  };
  return [
    write({ write: "record.put", record: "report", key, value: report }),
    post(
      config.staffChannelId,
      reportCard(event.guildId, key, report, look.guild().locale),
      "report",
      "a member reported a message",
    ),
    thanks,
  ];
}

/** What staff see of it, at each stage. */
function reportCard(guildId: string, messageId: string, report: Report, locale: string): Words {
  const { author, byUserIds, channelId, handledBy = "", status, text } = report;
  const reporters = byUserIds.slice(0, 5).map((id) => `<@${id}>`);
  return {
    title: words.say(locale, "report.title"),
    text: [
      words.say(locale, "report.about", {
        author: `<@${author.userId}>`,
        where: jumpLink(guildId, channelId, messageId),
      }),
      `> ${plain(text.replaceAll("\n", " "))}`,
      words.say(locale, "report.by", { who: reporters.join(", "), count: byUserIds.length }),
      ...(status === "open" ? [] : [words.say(locale, `report.${status}`, { by: `<@${handledBy}>` })]),
    ].join("\n"),
    components: status === "resolved" || status === "dismissed" ? [] : [triageRow(messageId, status, locale)],
  };
}

function triageRow(messageId: string, status: Report["status"], locale: string): Row {
  const wanted = TRIAGE.filter((name) => name !== "claim" || status === "open");
  return [
    ...wanted.map((name) => ({
      component: "button" as const,
      customId: customId("casework", "report", messageId, name),
      label: words.say(locale, `button.${name}`),
    })),
    {
      component: "button",
      customId: customId("casework", "report-act", messageId),
      label: words.say(locale, "button.act"),
      style: "primary",
    },
  ];
}

export function triage(
  event: EventOf<"button.pressed">,
  [messageId = "", what]: readonly string[],
  look: Look,
): readonly Effect[] {
  const { locale } = event.interaction;
  const report = look.record("report", messageId);
  const step = TRIAGE.find((one): one is Triage => one === what);
  if (report === undefined || step === undefined) return refusal(event, words.say(locale, "wrong.report"));
  if (report.status === "resolved" || report.status === "dismissed")
    return refusal(event, words.say(locale, "wrong.report-done", { by: `<@${report.handledBy ?? ""}>` }));
  const after: Report = { ...report, status: STATUS[step], handledBy: event.by.userId };
  return [
    write({ write: "record.put", record: "report", key: messageId, value: after }),
    answer(event, reportCard(event.guildId, messageId, after, look.guild().locale), {
      ...{ rule: `report-${step}`, why: `a moderator chose to ${step} a report`, update: true },
    }),
  ];
}

/** The member's history and what can be done, with the reported message as what it rests on. */
export function actOnReport(
  event: EventOf<"button.pressed">,
  [messageId = ""]: readonly string[],
  look: Look,
): readonly Effect[] {
  const report = look.record("report", messageId);
  if (report === undefined) return refusal(event, words.say(event.interaction.locale, "wrong.report"));
  return openFile(event, report.author, look, messageId);
}

import { APPEALS, defineAgent, parseCustomId, type Effect, type EventOf, type Look } from "#core";
import { takeAmendment } from "./amended.ts";
import {
  answerAppeal,
  APPEAL_BUTTONS,
  APPEAL_COMMAND,
  APPEAL_FORM,
  fileAppeal,
  fileByLink,
  offerAppeals,
} from "./appeals.ts";
import { answerCase, CASE_COMMANDS } from "./cases.ts";
import { answerCommand, MEASURE_COMMANDS, type CommandUsed } from "./commands.ts";
import { noteCohort } from "./cohorts.ts";
import { configSchema, type Config } from "./config.ts";
import { LOOK_INTO, lookInto, MEASURE_BUTTONS, MEASURE_FORMS, measureByForm } from "./look-into.ts";
import { MEASURES } from "./measures.ts";
import { suggest } from "./options.ts";
import { PAGE_BUTTON, turnPage } from "./pages.ts";
import { actOnReport, REPORT_BUTTONS, REPORT_MENU, reportMessage, triage } from "./reports.ts";

export default defineAgent({
  name: "casework",
  description: "Carries out what moderators ask for, keeps the cases, and hears reports and appeals.",
  listens: ["command.used", "button.pressed", "modal.submitted", "case.amended", "appeal.filed", "action.done"],
  config: configSchema,
  commands: [...MEASURE_COMMANDS, ...CASE_COMMANDS, LOOK_INTO, REPORT_MENU, APPEAL_COMMAND],
  buttons: [PAGE_BUTTON, ...MEASURE_BUTTONS, ...REPORT_BUTTONS, ...APPEAL_BUTTONS],
  modals: [...MEASURE_FORMS, APPEAL_FORM],
  verbs: [
    ...(["member.warn", "member.timeout", "member.untimeout", "member.kick", "member.ban", "member.unban"] as const),
    ...(["member.tell", "message.send", "message.bulk-delete", "interaction.reply"] as const),
    ...(["channel.slowmode", "channel.lock", "channel.unlock", "voice.mute", "voice.deafen"] as const),
    "members.bulk-unban",
  ],
  priority: () => "high",
  suggest,
  decide(event, look, config) {
    if (event.kind === "action.done") return noteCohort(event, look);
    if (event.kind === "appeal.filed") return fileByLink(event, look, config);
    if (event.kind === "case.amended") return takeAmendment(event, look);
    if (event.kind === "command.used") return byCommand(event, look, config);
    return event.kind === "button.pressed" ? byButton(event, look, config) : byForm(event, look, config);
  },
});

function byCommand(event: CommandUsed, look: Look, config: Config): readonly Effect[] {
  if (event.command === LOOK_INTO.name) return lookInto(event, look);
  if (event.command === APPEAL_COMMAND.name) return offerAppeals(event, look, config);
  if (event.command === REPORT_MENU.name) return reportMessage(event, look, config);
  return event.command.startsWith("case ") ? answerCase(event, look) : answerCommand(event, look, config);
}

function byButton(event: EventOf<"button.pressed">, look: Look, config: Config): readonly Effect[] {
  const id = parseCustomId(event.customId);
  if (id?.agent !== "casework") return [];
  switch (id.name) {
    case PAGE_BUTTON.name:
      return turnPage(event, id.args, look);
    case "report":
      return triage(event, id.args, look);
    case "report-act":
      return actOnReport(event, id.args, look);
    case "appeal-answer":
      return answerAppeal(event, id.args, look, config);
    default:
      return [];
  }
}

function byForm(event: EventOf<"modal.submitted">, look: Look, config: Config): readonly Effect[] {
  const id = parseCustomId(event.customId);
  if (id?.agent !== "casework") return [];
  if (id.name === APPEALS.button) return fileAppeal(event, id.args, look, config);
  const measure = MEASURES.find((one) => one === id.name);
  return measure === undefined ? [] : measureByForm(event, measure, id.args, look, config);
}

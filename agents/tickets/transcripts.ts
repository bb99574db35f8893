import {
  propose,
  write,
  type Effect,
  type Look,
  type Records,
  type Ticket,
  type TranscriptPass,
  type Use,
} from "#core";
import { plain } from "#core/text/index";
import { labelOf, transcriptButton } from "./card.ts";
import type { Config } from "./config.ts";
import { DAY, HOUR, pointed, ticketOf, unpointed, type Outcome } from "./keeping.ts";
import { readerOf } from "./reading.ts";
import { answer, post, refusal } from "./saying.ts";
import { typeOf } from "./staff.ts";
import { words } from "./words.ts";

const MEGABYTE = 1_048_576;
/** Discord takes an answer for fifteen minutes; a link that comes too late to be told is asked for again. */
const ANSWERED_WITHIN = 14 * 60_000;
const RULE = "ticket-transcript";

/** Ordered with the closing, so that the conversation is read while it is there. */
export function transcriptAtClosing(ticket: Ticket, at: number, look: Look, config: Config): readonly Effect[] {
  const isWanted = config.transcripts.atClosing && ticket.threadId !== undefined;
  return isWanted ? [making(ticket, at, "the ticket is closed", look, config)] : [];
}

function making(ticket: Ticket, at: number, why: string, look: Look, config: Config): Effect {
  const { keepDays, mostMegabytes } = config.transcripts;
  const { locale } = look.guild();
  return propose(
    {
      ...{ verb: "transcript.make", number: ticket.number, about: labelOf(typeOf(ticket.typeId, config), locale), at },
      ...{ keepUntil: at + keepDays * DAY, mostBytes: mostMegabytes * MEGABYTE, locale },
    },
    { rule: RULE, why, confidence: 1 },
  );
}

/** By command or by button: a link for whoever asks and for nobody else, at once or as soon as there is something to read. */
export function transcriptAsked(event: Use, ticket: Ticket, look: Look, config: Config): readonly Effect[] {
  const { by, at, interaction } = event;
  const { locale } = interaction;
  const { number, threadId, closed } = ticket;
  const as = readerOf(by, ticket, look, config);
  if (as === undefined) return refusal(event, words.say(locale, "wrong.transcript"));
  if (threadId === undefined) return refusal(event, words.say(locale, "wrong.no-thread"));
  const known = look.record("transcript", String(number));
  if (closed !== undefined && known !== undefined && known.at >= closed.at && known.keptUntil > at)
    return [linked(event, { number, userId: by.userId, as }, known.keptUntil, at, config)];
  const asked = { userId: by.userId, as, interaction, at };
  return [
    making(ticket, at, "somebody who may read it asks", look, config),
    write({ write: "record.put", record: "transcriptAsked", key: String(number), value: asked }),
    pointed(event.id, { number, step: "transcript" }),
    answer(
      event,
      { text: words.say(locale, "transcript.begun", { number }) },
      { rule: RULE, why: "it takes a moment" },
    ),
  ];
}

/** `{link}` and its like are filled when it is sent: the house signs them then, and stores them nowhere. */
function linked(
  event: Pick<Use, "interaction">,
  pass: Omit<TranscriptPass, "until">,
  keptUntil: number,
  at: number,
  config: Config,
): Effect {
  const until = Math.min(keptUntil, at + config.transcripts.linkHours * HOUR);
  const told = { number: pass.number, until: `<t:${Math.floor(until / 1_000)}:f>` };
  const text = words.say(event.interaction.locale, "transcript.link", told);
  const reasons = { rule: RULE, why: "they may read it" };
  return answer(event, { text, transcript: { ...pass, until } }, reasons);
}

export interface Made {
  readonly number: number;
  readonly messages: number;
  readonly keptUntil: number;
}

/** What a transcript's outcome says; undefined for every other. */
export function madeIn(event: Outcome): Made | undefined {
  if (event.kind !== "action.done") return undefined;
  return ((event.result ?? {}) as { transcript?: Made }).transcript;
}

/** It can be read from now on: whoever waits gets their link, and once it is closed those who are to be told are. */
export function transcriptMade(event: Outcome, made: Made, look: Look, config: Config): readonly Effect[] {
  const { number, messages, keptUntil } = made;
  const key = String(number);
  const ticket = ticketOf(number, look);
  if (ticket === undefined) return [];
  const before = look.record("transcript", key);
  const facts = { at: event.at, keptUntil, messages };
  const isFirst = ticket.closed !== undefined && (before === undefined || before.at < ticket.closed.at);
  return [
    write({ write: "record.put", record: "transcript", key, value: facts }),
    ...toldTo(event, key, look, (asked) =>
      linked(asked, { number, userId: asked.userId, as: asked.as }, keptUntil, event.at, config),
    ),
    ...(isFirst ? delivered(ticket, facts, look, config) : []),
  ];
}

export function transcriptFailed(event: Outcome, key: string, number: number, look: Look): readonly Effect[] {
  const failed = toldTo(event, String(number), look, (asked) => {
    const text = words.say(asked.interaction.locale, "transcript.failed");
    return answer(asked, { text }, { rule: RULE, why: "it could not be put together" });
  });
  return [unpointed(key), ...failed];
}

type WhoAsked = Records["transcriptAsked"];

function toldTo(event: Outcome, key: string, look: Look, tell: (asked: WhoAsked) => Effect): readonly Effect[] {
  const asked = look.record("transcriptAsked", key);
  if (asked === undefined) return [];
  const done = write({ write: "record.delete", record: "transcriptAsked", key });
  return event.at - asked.at > ANSWERED_WITHIN ? [done] : [done, tell(asked)];
}

/** A link in a channel would open for all who see it: there stands a button, which asks who presses it. */
function delivered(
  ticket: Ticket,
  { at, keptUntil }: { readonly at: number; readonly keptUntil: number },
  look: Look,
  config: Config,
): readonly Effect[] {
  const { number, userId } = ticket;
  const { logChannelId, tellMember, linkHours } = config.transcripts;
  const { locale } = look.guild();
  const isLogged = logChannelId !== undefined && look.channel(logChannelId) !== undefined;
  const until = Math.min(keptUntil, at + linkHours * HOUR);
  const line = words.say(locale, "transcript.logged", { number, member: `<@${userId}>` });
  const told = words.say(locale, "transcript.told", {
    ...{ number, guild: plain(look.guild().name), until: `<t:${Math.floor(until / 1_000)}:f>` },
  });
  const pass: TranscriptPass = { number, userId, as: "opener", until };
  return [
    ...(isLogged
      ? [post(logChannelId, { text: line, components: [[transcriptButton(ticket, locale)]] }, RULE, "it is closed")]
      : []),
    ...(tellMember
      ? [
          propose(
            { verb: "member.tell", userId, words: { text: told, transcript: pass } },
            { rule: RULE, why: "their ticket is closed", confidence: 1 },
          ),
        ]
      : []),
  ];
}

import { describe, expect, it } from "vitest";
import { BLANK_LOOK, type CaseFile, type Channel, type EventOf, type GuildEvent, type Look } from "#core";
import { GUILD, member, message } from "../../test/kit/guild.ts";
import { smallHouse } from "../../test/kit/small-house.ts";
import { configSchema } from "./config.ts";
import modlog from "./index.ts";

const AT = 1_790_000_000_000;
const NOW = `<t:${AT / 1_000}:T>`;
const LOG = "90";
const ada = { ...member("50"), name: "Ada_L" };
const base = (id: string, at = AT) => ({ id, guildId: GUILD, at });

const channel = (id: string, parentId?: string): Channel => ({
  ...{ id, name: id, type: 0, overwrites: [] },
  ...(parentId !== undefined && { parentId }),
});
const PLACES: Readonly<Record<string, Channel>> = {
  "20": channel("20", "10"),
  "21": channel("21", "20"),
  "30": channel("30", "11"),
};
const WRITTEN: Readonly<Record<string, EventOf<"message.created">>> = {
  "m:700": message("free *cake*\n@everyone", { author: ada, messageId: "700" }),
  "m:701": message("", { author: ada, messageId: "701", attachments: [{ id: "1", name: "a.png", size: 3 }] }),
  "m:702": message("beep", { author: { ...ada, bot: true }, messageId: "702" }),
};
const CASE: CaseFile = {
  ...{ guildId: GUILD, number: 7, proposalId: "e1/moderation/f0", eventId: "e1", verb: "member.ban", userId: "50" },
  ...{ userName: "Ada_L", decidedBy: "agent:moderation", rule: "spam", reason: "sells\nthings", openedAt: AT },
  ...{ outcome: "done", entries: [] },
};

interface Sight {
  readonly config?: object;
  readonly cases?: readonly CaseFile[];
  readonly locale?: string;
  readonly news?: readonly { readonly number: number; readonly at: number }[];
}

/** Brings events, lets the logs be posted, and tells what they say, line by line. */
function logged(events: readonly GuildEvent[], { config = {}, cases = [CASE], locale = "en", news }: Sight = {}) {
  const look: Partial<Look> = {
    said: (eventId) => WRITTEN[eventId],
    channel: (id) => PLACES[id],
    cases: (wanted) =>
      cases.filter((file) =>
        "number" in wanted
          ? file.number === wanted.number
          : "proposalId" in wanted && file.proposalId === wanted.proposalId,
      ),
    guild: () => ({ ...BLANK_LOOK.guild(), locale, botUserId: "2" }),
  };
  const house = smallHouse(modlog, configSchema.parse({ channelId: LOG, ...config }), look);
  if (news !== undefined) house.records.set("caseNews latest", { last: news });
  for (const event of events) {
    if (event.kind === "voice.changed" && event.id === "known")
      for (const who of ["50", "51"])
        house.records.set(`voice ${who}`, { channelId: event.state.channelId, since: AT, confirmedAt: AT });
    else expect(house.bring(event)).toEqual([]);
  }
  const posts: { channelId: string; text: string; at: number }[] = [];
  while (house.timers.size > 0) {
    const [timer, { at }] = [...house.timers][0]!;
    house.timers.delete(timer);
    const struck = { ...base(`t:${timer}`, at), kind: "clock.struck" as const, timer, owner: "modlog", payload: {} };
    for (const { action } of house.bring(struck))
      if (action.verb === "message.send") {
        expect(action.words.pingUserIds).toBeUndefined();
        posts.push({ channelId: action.channelId, text: action.words.text, at });
      }
  }
  return { posts, lines: posts.flatMap(({ text }) => text.split("\n")), house };
}

const edit = (text: string, messageId = "700"): GuildEvent => ({
  ...message(text, { author: ada, messageId }),
  ...{ ...base(`e:${messageId}:${text}`), kind: "message.edited" },
});
const gone = (messageIds: readonly string[], channelId = "20"): GuildEvent => ({
  ...{ ...base(`d:${messageIds.join()}`), kind: "message.deleted", channelId, messageIds },
});
const audit = (action: number, changes: Partial<EventOf<"audit.logged">> = {}): GuildEvent => ({
  ...{
    ...base(`a:${action}`),
    kind: "audit.logged",
    entryId: "1",
    action,
    byUserId: "60",
    targetId: "50",
    changes: [],
  },
  ...changes,
});
const voice = (id: string, channelId: string): GuildEvent => ({
  ...{ ...base(id), kind: "voice.changed", state: { userId: "50", channelId } },
});
const done = (orderId: string): GuildEvent => ({
  ...{ ...base(`o:${orderId}`), kind: "action.done", orderId, attempt: 1, result: {} },
});
const hungUp = (userId: string): GuildEvent => ({ ...base(`h${userId}`), kind: "voice.left", userId });
/** Whom it was done to, such entries do not say. */
const inVoice = (action: number, place: { readonly channelId?: string } = {}): GuildEvent => {
  const { targetId: _nobody, ...entry } = audit(action, place) as EventOf<"audit.logged">;
  return entry;
};
const moved = (channelId: string) => inVoice(26, { channelId });
const kick = { ...CASE, number: 8, verb: "member.kick", proposalId: "a:20/by-hand", decidedBy: "user:60", reason: "" };

describe("a line", () => {
  it.each<[string, readonly GuildEvent[], string]>([
    [
      "of an edit, with what was written first",
      [edit("no cake")],
      "**Edited** by <@50> (Ada\\_L) in <#20>: free \\*cake\\* \\@everyone → no cake",
    ],
    ["of an edit of what nobody kept", [edit("hm", "9")], "**Edited** by <@50> (Ada\\_L) in <#20>, now: hm"],
    ["of a deletion", [gone(["700"])], "**Deleted** in <#20>, written by <@50> (Ada\\_L): free \\*cake\\* \\@everyone"],
    ["of a deleted picture", [gone(["701"])], "**Deleted** in <#20>, written by <@50> (Ada\\_L): — (with 1 file)"],
    ["of many deletions", [gone(["700", "701", "9"])], "**Deleted** in <#20>: 3 messages at once"],
    [
      "of who deleted it, told afterwards",
      [gone(["701"]), audit(72, { channelId: "20" })],
      "**Deleted** in <#20>, written by <@50> (Ada\\_L): — (with 1 file) · by <@60>",
    ],
    [
      "of who deleted it, told before",
      [audit(72, { channelId: "20" }), gone(["701"])],
      "**Deleted** in <#20>, written by <@50> (Ada\\_L): — (with 1 file) · by <@60>",
    ],
    [
      "of a deletion only the audit log tells of",
      [audit(72, { channelId: "20" }), gone(["9"])],
      "**Deleted** in <#20>, written by <@50>; the words are not kept · by <@60>",
    ],
    [
      "of who deleted many",
      [audit(73, { targetId: "20" }), gone(["1", "2"])],
      "**Deleted** in <#20>: 2 messages at once · by <@60>",
    ],
    [
      "of many, only by the audit log",
      [audit(73, { targetId: "20" })],
      "**Deleted** in <#20>: many messages at once · by <@60>",
    ],
    [
      "of a newcomer",
      [{ ...base("j"), kind: "member.joined", member: { ...ada, userId: "900000000000000000" } }],
      "**Joined**: <@900000000000000000> (Ada\\_L), account made <t:1634647121:R>",
    ],
    [
      "of somebody who left",
      [{ ...base("l"), kind: "member.left", userId: "50", name: "Ada_L" }],
      "**Left**: <@50> (Ada\\_L)",
    ],
    [
      "of roles given",
      [
        audit(25, {
          changes: [
            {
              key: "$add",
              after: [
                { id: "3", name: "Owl" },
                { id: "4", name: "*Elder*" },
              ],
            },
          ],
        }),
      ],
      "**Roles given** to <@50>: Owl, \\*Elder\\* · by <@60>",
    ],
    [
      "of a role taken",
      [audit(25, { targetName: "Ada", changes: [{ key: "$remove", after: [{ id: "3", name: "Owl" }] }] })],
      "**Roles taken** from <@50> (Ada): Owl · by <@60>",
    ],
    [
      "of a nickname, by the member",
      [audit(24, { byUserId: "50", changes: [{ key: "nick", before: "A", after: "B" }] })],
      "**Nickname** of <@50>: A → B",
    ],
    [
      "of a nickname taken off, by somebody else",
      [audit(24, { changes: [{ key: "nick", before: "A" }] })],
      "**Nickname** of <@50>: A → — · by <@60>",
    ],
    ["of joining voice", [voice("v", "30")], "**Voice**: <@50> joined <#30>"],
    ["of moving in voice", [voice("known", "31"), voice("v", "30")], "**Voice**: <@50> went from <#31> to <#30>"],
    [
      "of leaving voice",
      [voice("known", "30"), { ...base("v"), kind: "voice.left", userId: "50" }],
      "**Voice**: <@50> left <#30>",
    ],
    [
      "of somebody muted by the server",
      [audit(24, { changes: [{ key: "mute", before: false, after: true }] })],
      "**Voice**: <@50> was muted · by <@60>",
    ],
    [
      "of somebody who may listen again",
      [audit(24, { changes: [{ key: "deaf", before: true, after: false }] })],
      "**Voice**: <@50> may listen again · by <@60>",
    ],
    [
      "of who moved somebody, told before",
      [voice("known", "31"), moved("30"), voice("v", "30")],
      "**Voice**: <@50> was moved from <#31> to <#30> · by <@60>",
    ],
    [
      "of who disconnected somebody, told afterwards",
      [voice("known", "30"), hungUp("50"), inVoice(27)],
      "**Voice**: <@50> was disconnected from <#30> · by <@60>",
    ],
    ["of a move only the audit log tells of", [moved("30")], "**Voice**: somebody was moved to <#30> · by <@60>"],
    [
      "of an invite",
      [{ ...base("i"), kind: "invite.created", code: "a-b", channelId: "20", byUserId: "60", maxUses: 0 }],
      "**Invite** made: a\\-b to <#20> · by <@60>",
    ],
    [
      "of an invite deleted by somebody",
      [
        { ...base("i"), kind: "invite.deleted", code: "ab", channelId: "20" },
        audit(42, { changes: [{ key: "code", before: "ab" }] }),
      ],
      "**Invite** gone: ab to <#20> · by <@60>",
    ],
    [
      "of a case, once, however many steps it took",
      [done("e1/moderation/f0#0"), done("e1/moderation/f0#1")],
      "**Case #7** Ban, <@50> (Ada\\_L): sells things · by agent\\:moderation",
    ],
  ])("%s", (_name, events, expected) => {
    expect(logged(events, { cases: [CASE] }).lines).toEqual([`${NOW} ${expected}`]);
  });

  it("of what was done by hand has the number its case got", () => {
    expect(logged([audit(20)], { cases: [kick] }).lines).toEqual([
      `${NOW} **Case #8** Kick, <@50> (Ada\\_L) · by <@60>`,
    ]);
  });

  it("does not say who disconnected whom where two have left", () => {
    const both = [voice("known", "30"), hungUp("50"), hungUp("51"), inVoice(27)];
    expect(logged(both).lines.map((line) => line.slice(NOW.length + 1))).toEqual([
      "**Voice**: <@50> left <#30>",
      "**Voice**: <@51> left <#30>",
      "**Voice**: somebody was disconnected · by <@60>",
    ]);
  });

  it("of what is added to a case says what and by whom, once, and nothing of what was refused", () => {
    const noted = { kind: "note", name: "root", at: AT, text: "asked\ntwice" } as const;
    const answered = [
      { kind: "undone", byUserId: "61", name: "Noor", at: AT + 1, text: "heard" },
      { kind: "overturned", byUserId: "61", name: "Noor", at: AT + 1 },
    ] as const;
    const amended: GuildEvent = {
      ...{ ...base("c"), kind: "case.amended", number: 7, change: "note", text: "asked", by: "terminal:root" },
      name: "root",
    };
    const grown = { ...CASE, entries: [noted, ...answered] };
    const last = [AT, AT + 1, AT + 1, AT + 2].map((at) => ({ number: 7, at }));
    const outcome = done("i:1/casework/0#0");
    expect(logged([amended, { ...amended, id: "c2", number: 9 }], { cases: [grown] }).lines).toEqual([
      `${NOW} **Case #7** noted: asked twice · by root`,
    ]);
    const { lines } = logged([amended, outcome, done("i:1/casework/1#0"), done("e1/moderation/f0#9")], {
      ...{ cases: [grown], news: last },
    });
    expect(lines.map((line) => line.slice(NOW.length + 1))).toEqual([
      "**Case #7** noted: asked twice · by root",
      "**Case #7** taken back: heard, overturned · by <@61>",
      "**Case #7** Ban, <@50> (Ada\\_L): sells things · by agent\\:moderation",
    ]);
  });

  it("says where a measure failed", () => {
    const failed = [{ ...CASE, outcome: "failed" as const }];
    expect(logged([done("e1/moderation/f0#0")], { cases: failed }).lines.join()).toContain(
      "(could not be carried out)",
    );
  });
});

describe("nothing is logged", () => {
  it.each<[string, GuildEvent, object?]>([
    ["of a bot's message", gone(["702"])],
    ["of a message of our own, which the journal has no writer of", gone(["9"])],
    ["of our own message that a moderator deletes", audit(72, { channelId: "20", targetId: "2" })],
    ["of an edit that brings back what was there", edit("free *cake*\n@everyone")],
    ["in the log itself", gone(["700"], LOG)],
    ["in a log of something else", gone(["1", "2"], "91"), { channels: { voice: "91" } }],
    ["in a channel that is to be ignored", gone(["1", "2"], "20"), { ignoreChannelIds: ["20"] }],
    ["in a thread of an ignored category", gone(["1", "2"], "21"), { ignoreChannelIds: ["10"] }],
    ["of what is left out", gone(["1", "2"]), { leaveOut: ["messages"] }],
    ["without a channel", gone(["1", "2"]), { channelId: undefined }],
    ["of an order that led to no case", done("e2/levels/f0#0")],
    ["of its own posts", done("e1/modlog/f0#0")],
    ["of a kick of ours, which is a case already", audit(20, { isOurs: true })],
    ["of a mute of ours, which is one as well", audit(24, { isOurs: true, changes: [{ key: "mute", after: true }] })],
    ["of a move of ours", audit(26, { isOurs: true })],
    [
      "of an invite to an ignored channel",
      audit(42, {
        changes: [
          { key: "code", before: "ab" },
          { key: "channel_id", before: "20" },
        ],
      }),
      { ignoreChannelIds: ["20"] },
    ],
    ["of a role nobody names", audit(25, { changes: [{ key: "$add", after: "Owl" }] })],
    ["of other entries of the audit log", audit(10)],
  ])("%s", (_name, event, config = {}) => {
    expect(logged([event], { config, cases: [CASE, kick] }).posts).toEqual([]);
  });

  it("of somebody who only mutes themselves in voice", () => {
    expect(logged([voice("known", "30"), voice("v", "30")]).posts).toEqual([]);
  });
});

describe("a burst", () => {
  const leave = (index: number): GuildEvent => ({
    ...{ ...base(`l${index}`, AT + index), kind: "member.left", userId: `${500 + index}`, name: "x" },
  });

  it("is one message for each log, a few seconds after it began", () => {
    const { posts } = logged([leave(0), gone(["1", "2"]), leave(1)], { config: { channels: { members: "91" } } });
    expect(posts.map(({ channelId, text, at }) => [channelId, text.split("\n").length, at - AT])).toEqual([
      ["91", 2, 5_000],
      [LOG, 1, 5_000],
    ]);
  });

  it("that does not fit into one message goes on in the next, and what is too much is said to be", () => {
    const long = (index: number) => edit(`${index} ${"*".repeat(300)}`, "9");
    const { posts, lines } = logged(Array.from({ length: 40 }, (_, index) => long(index)));
    expect(posts.length).toBeGreaterThan(1);
    expect(Math.max(...posts.map(({ text }) => text.length))).toBeLessThan(4_000);
    expect(lines).toHaveLength(31);
    expect(lines.at(-1)).toBe("More happened at once than is shown here. The journal has all of it.");
  });

  it("once full costs no more writes", () => {
    const { house } = logged([]);
    for (let index = 0; index < 31; index += 1) house.bring(leave(index));
    expect(modlog.decide(leave(31), house.look, configSchema.parse({ channelId: LOG }))).toEqual([]);
  });
});

it("forgets whoever is to be forgotten, also while their words wait", () => {
  const erased: GuildEvent = { ...base("x"), kind: "member.erased", userId: "50", by: "owner" };
  const { lines } = logged([edit("my secret"), voice("v", "30"), gone(["1", "2"]), erased]);
  expect(lines).toEqual([`${NOW} **Deleted** in <#20>: 2 messages at once`]);
});

it("speaks the guild's language", () => {
  expect(logged([gone(["1", "2"])], { locale: "de" }).lines).toEqual([
    `${NOW} **Gelöscht** in <#20>: 2 Nachrichten auf einmal`,
  ]);
});

import { describe, expect, it } from "vitest";
import {
  BLANK_LOOK,
  lettersFrom,
  type GuildEvent,
  type Look,
  type Member,
  type ProposedAction,
  type Verb,
} from "#core";
import { hostAgent, type AgentHost } from "../../test/kit/agent-host.ts";
import { NOON, saidBy } from "../../test/kit/crowds.ts";
import hijacks from "./index.ts";

const [SECOND, MINUTE, HOUR, DAY] = [1_000, 60_000, 3_600_000, 86_400_000];
const old: Member = { userId: "40", name: "Ada", roleIds: [], joinedAt: NOON - 400 * DAY };
const newcomer: Member = { ...old, joinedAt: NOON - 2 * DAY };
const NITRO = "@everyone free nitro for all, claim your gift now https://discord-nitro.example/claim";

interface Said {
  readonly text: string;
  readonly in?: string;
  readonly after?: number;
  readonly files?: number;
  readonly by?: Member;
}

const open = (config: object = {}, sight: Partial<Look> = {}): AgentHost =>
  hostAgent(hijacks, config, { name: "The Lantern", locale: "en" }, sight);
const verbs = (proposals: readonly ProposedAction[]): readonly Verb[] => proposals.map(({ action }) => action.verb);

function messageOf({ text, in: channelId = "20", after = 0, files = 0, by = old }: Said) {
  const attachments = Array.from({ length: files }, (_, index) => ({
    id: `${index}`,
    name: `${index}.png`,
    size: 9_000 + index,
  }));
  return saidBy(by, text, NOON + after, { channelId, attachments });
}
const bringAll = (host: AgentHost, all: readonly Said[]) => all.flatMap((said) => host.bring(messageOf(said)));
const everywhere = (text: string, channels: number, more: Partial<Said> = {}): readonly Said[] =>
  Array.from({ length: channels }, (_, index) => ({
    text,
    in: String(20 + index),
    after: index * 5 * SECOND,
    ...more,
  }));

describe("an account that somebody else uses", () => {
  it.each<[string, readonly Said[], object?]>([
    ["posts a deceiving link and calls everybody", [{ text: NITRO }]],
    ["posts a deceiving link in two channels", everywhere("look at steamcomnunity.com/gift/50", 2)],
    [
      "posts a link that hides where it leads, twice",
      everywhere("[https://store.steampowered.com/gift](https://gift-card.example/x)", 2),
    ],
    ["posts a link of the guild's list, twice", everywhere("earn here: bad.example", 2), { domains: ["bad.example"] }],
    [
      "spreads a domain it never posted, in other words each time",
      [
        { text: "I made 2k this week ask me how t-profits.example/a", in: "20" },
        { text: "guys this changed my life t-profits.example/b", in: "21", after: 30 * SECOND },
        { text: "dm me or see t-profits.example/c", in: "22", after: 60 * SECOND },
      ],
    ],
    ["shows the same four pictures in four channels", everywhere("", 4, { files: 4 })],
    ["shows pictures in three and calls everybody", everywhere("@everyone look", 3, { files: 4 })],
    ["invites to another server in four channels", everywhere("come here discord.gg/abcdef", 4)],
  ])("%s", (_name, all, config) => {
    const host = open(config);
    const done = bringAll(host, all);
    expect(verbs(done).slice(0, 2)).toEqual(["member.timeout", "message.delete"]);
    expect(done[0]).toMatchObject({
      rule: "hijacked-account",
      action: { until: NOON + (all.at(-1)!.after ?? 0) + 24 * HOUR },
    });
    expect(verbs(done)).not.toContain("member.ban");
  });

  it.each<[string, readonly Said[]]>([
    ["a newcomer: that is others' matter", [{ text: NITRO, by: newcomer }]],
    ["a bot", [{ text: NITRO, by: { ...old, bot: true } }]],
    ["one deceiving link without more: the rules' matter", [{ text: "is steamcomnunity.com/gift/50 real?" }]],
    ["a video in five channels", everywhere("my new video https://youtu.be/dQw4", 5)],
    ["a link in two channels", everywhere("our wiki: owls.example/start", 2)],
    ["three links in one channel", everywhere("see owls.example", 3, { in: "20" })],
    ["drawings in three channels", everywhere("", 3, { files: 2 })],
    ["an invite in three channels", everywhere("join us discord.gg/owls", 3)],
    ["greetings everywhere", everywhere("good morning all", 9)],
    [
      "the same in three channels within an hour",
      everywhere("our wiki: owls.example", 3).map((said, index) => ({ ...said, after: index * 20 * MINUTE })),
    ],
  ])("is not assumed of %s", (_name, all) => {
    expect(bringAll(open(), all)).toEqual([]);
  });

  it("posts what its owner never posted: what they did on an earlier day is theirs", () => {
    const host = open();
    bringAll(host, [{ text: "my shop: lamps.example" }]);
    const again = everywhere("new lamps at lamps.example", 5);
    expect(
      bringAll(
        host,
        again.map((said) => ({ ...said, after: 2 * DAY + said.after! })),
      ),
    ).toEqual([]);
  });

  it("comes to light where old messages are edited, too", () => {
    const host = open();
    const edited = everywhere("look at steamcomnunity.com/gift/50", 2).map(messageOf);
    const done = edited.flatMap((event) => host.bring({ ...event, kind: "message.edited" }));
    expect(verbs(done).slice(0, 2)).toEqual(["member.timeout", "message.delete"]);
  });

  it("deceives with what is on one of the house's lists", () => {
    const asked: string[] = [];
    const listed: Look["listed"] = (list, host) => {
      asked.push(`${list} ${host}`);
      return { ...BLANK_LOOK.listed(list, host), ...(host === "bad.example" && { entry: host }) };
    };
    const [bad, good] = [everywhere("earn here: bad.example", 2), everywhere("see good.example", 2)];
    expect(bringAll(open({ lists: ["phishing"] }, { listed }), good)).toEqual([]);
    expect(verbs(bringAll(open({ lists: ["phishing"] }, { listed }), bad))).toContain("member.timeout");
    expect(asked).toContain("phishing bad.example");
    expect(bringAll(open({}, { listed }), bad)).toEqual([]);
  });

  it("makes no habit of what it posted", () => {
    const host = open();
    bringAll(host, everywhere("see t-profits.example", 3));
    expect(host.record("habit", "40")).toEqual({ domains: {} });
  });
});

describe("what is done then", () => {
  const written = [
    { channelId: "21", messageId: "903", at: NOON + 5_000, author: old },
    { channelId: "20", messageId: "902", at: NOON, author: old },
    { channelId: "20", messageId: "901", at: NOON - 30 * MINUTE, author: old },
  ];
  const late = { channelId: "22", messageId: "904", at: NOON + 5_500, author: old };

  it("takes down the last hour, channel by channel, and once more what was under way", () => {
    const asked: number[] = [];
    const wrote: Look["wrote"] = (_userId, since) => {
      asked.push(since);
      return [late, ...written, gone].filter(({ at }) => at >= since && (asked.length > 1 || at < late.at));
    };
    const [scam] = everywhere(NITRO, 1).map(messageOf);
    // What gave it away was taken down at once, and is not taken down again.
    const gone = { channelId: "23", messageId: scam!.messageId, at: NOON, author: old };
    const host = open({}, { wrote });
    host.bring(scam!);
    host.waitUntil(NOON + MINUTE);
    const bulks = host.steps
      .flatMap(({ proposals }) => proposals)
      .flatMap(({ action }) => (action.verb === "message.bulk-delete" ? [action] : []));
    expect(asked).toEqual([NOON - HOUR, NOON + 5_001]);
    expect(bulks).toMatchObject([
      { channelId: "21", messageIds: ["903"], author: { userId: "40" } },
      { channelId: "20", messageIds: ["902", "901"] },
      { channelId: "22", messageIds: ["904"] },
    ]);
  });

  it("removes what still comes, and says it to nobody a second time", () => {
    const host = open({ alertChannelId: "30" });
    expect(verbs(bringAll(host, [{ text: NITRO }]))).toEqual(["member.timeout", "message.delete"]);
    expect(verbs(bringAll(host, [{ text: NITRO, in: "21", after: SECOND }]))).toEqual(["message.delete"]);
  });

  it.each([
    ["what was done", [{ rule: "hijacked-account", openedAt: NOON }], "is timed out"],
    ["that nothing was, where the judge held it back", [], "Nothing was done"],
  ])("tells staff once %s", (_name, cases, expected) => {
    const host = open({ alertChannelId: "30" }, { cases: () => cases as never });
    bringAll(host, [{ text: NITRO }]);
    host.waitUntil(NOON + MINUTE);
    const told = host.steps
      .flatMap(({ proposals }) => proposals)
      .filter(({ action }) => action.verb === "message.send");
    expect(told).toHaveLength(1);
    expect(JSON.stringify(told[0])).toContain(expected);
  });

  it("tells its owner gently what happened and how to come back", () => {
    const [timeout] = bringAll(open(), [{ text: NITRO }]);
    const action = timeout!.action as { notice: string; noticeRows: unknown };
    expect(action.notice).toContain("You are not banned");
    expect(action.notice).toContain("change your password");
    expect(JSON.stringify(action.noticeRows)).toContain("v1:hijacks:back:100");
    const [strict] = bringAll(open({ comeBack: "staff" }), [{ text: NITRO }]);
    expect(strict!.action).not.toHaveProperty("noticeRows");
  });
});

describe("coming back", () => {
  const token = "sealed:one";
  const use = (at: number, more: object): GuildEvent =>
    ({
      ...{ id: `i:${at}:${JSON.stringify(more)}`, guildId: "100", at, by: old, byPermissions: "0", channelId: "70" },
      interaction: { id: "5", sealedToken: token, locale: "en" },
      ...more,
    }) as GuildEvent;
  const press = (at: number) => use(at, { kind: "button.pressed", customId: "v1:hijacks:back:100", messageId: "1" });
  const type = (at: number, given: string) =>
    use(at, { kind: "modal.submitted", customId: "v1:hijacks:letters:100", fields: { given } });
  const said = (proposals: readonly ProposedAction[]): string =>
    proposals.flatMap(({ action }) => (action.verb === "interaction.reply" ? [action.words.text] : [])).join();
  const held = () => {
    const host = open({}, { cases: () => [{ number: 7, rule: "hijacked-account", entries: [] } as never] });
    bringAll(host, [{ text: NITRO }]);
    return host;
  };

  it("by letters ends the time-out, and the case says so", () => {
    const host = held();
    expect(host.bring(press(NOON + HOUR))[0]).toMatchObject({ action: { words: { letters: lettersFrom(token) } } });
    const done = host.bring(type(NOON + HOUR + 1, lettersFrom(token).toLowerCase()));
    expect(done[0]).toMatchObject({
      rule: "hijack-return",
      undoes: 7,
      action: { verb: "member.untimeout", member: { userId: "40" } },
    });
    expect(said(done)).toContain("Welcome back");
  });

  it("with wrong letters, or the same ones twice, is not possible", () => {
    const host = held();
    host.bring(press(NOON + HOUR));
    expect(said(host.bring(type(NOON + HOUR + 1, "NONE")))).toContain("not the letters");
    expect(said(host.bring(type(NOON + HOUR + 2, lettersFrom(token))))).toContain("not the letters");
  });

  it("a second time within a week is staff's to allow", () => {
    const host = held();
    host.bring(press(NOON + HOUR));
    host.bring(type(NOON + HOUR + 1, lettersFrom(token)));
    expect(verbs(bringAll(host, [{ text: NITRO, after: 2 * HOUR }]))).toContain("member.timeout");
    expect(said(host.bring(press(NOON + 3 * HOUR)))).toContain("staff only");
  });

  it.each([
    ["somebody who is not held", () => open(), NOON],
    ["somebody whose time-out is over", held, NOON + 25 * HOUR],
  ])("%s is told that there is nothing to end", (_name, host, at) => {
    expect(said(host().bring(press(at)))).toContain("nothing to end");
  });

  it("other agents' buttons are none of its business", () => {
    const other = use(NOON, { kind: "button.pressed", customId: "v1:raids:off", messageId: "1" });
    expect(held().bring(other)).toEqual([]);
  });
});

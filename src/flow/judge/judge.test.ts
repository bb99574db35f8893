import type { Action, ProposedAction } from "#core";
import { describe, expect, test } from "vitest";
import {
  administrator,
  BOT,
  directory,
  member,
  moderator,
  OWNER,
  patron,
  policy,
  regular,
} from "../../../test/kit/guild.ts";
import { judge, type Facts } from "./judge.ts";

const timeout = (target = member("50", regular)): Action => ({ verb: "member.timeout", member: target, until: 0 });
const ban = (target = member("50", regular)): Action => ({ verb: "member.ban", member: target, deleteSeconds: 0 });
const removal = (channelId: string, author = member("50", regular)): Action => ({
  verb: "message.delete",
  channelId,
  messageId: "9",
  author,
});

const proposal = (action: Action, confidence = 1): ProposedAction => ({
  action,
  rule: "test-rule",
  why: "because",
  confidence,
});

const choice: Action = { verb: "policy.choose", document: "", basedOn: 0, by: "discord:60" };

const MANY = { measures: 100, perSeconds: 600 };
const QUOTAS = { perRule: MANY, perModerator: MANY, perGuild: { measures: 4, perSeconds: 600 } };
const facts = (overrides: Partial<Facts> = {}): Facts => ({
  mode: "live",
  policy: policy(),
  directory,
  at: 1_760_000_000_000,
  remembered: () => undefined,
  continued: false,
  sameDone: false,
  measuresOfRule: 0,
  measuresOfGuild: 0,
  measuresOfModerator: 0,
  approved: false,
  ...overrides,
});

const byModerator = { moderator: { member: member("60", moderator), permissions: moderator.permissions } };
const byOwner = { moderator: { member: member(OWNER), permissions: "8" } };

describe("the judge", () => {
  const table: [name: string, ProposedAction, Facts, ruling: string, ground: string][] = [
    ["lets nobody but a person choose what holds", proposal(choice), facts(), "drop", "moderator-lacks-permission"],
    ["lets no moderator choose it", proposal(choice), facts(byModerator), "drop", "moderator-lacks-permission"],
    ["lets the owner choose it", proposal(choice), facts(byOwner), "run", "clear"],
    [
      "asks a second human where the guild wants that",
      proposal(choice),
      facts({ ...byOwner, policy: policy({ approval: { verbs: ["policy.choose"], expireAfterSeconds: 60 } }) }),
      "ask",
      "needs-approval",
    ],
    ["lets a clear measure run", proposal(timeout()), facts(), "run", "clear"],
    ["drops everything of an agent that is off", proposal(timeout()), facts({ mode: "off" }), "drop", "mode-off"],
    ["drops in shadow", proposal(timeout()), facts({ mode: "shadow" }), "drop", "shadow"],
    ["never touches the owner", proposal(timeout(member(OWNER))), facts(), "drop", "immune-owner"],
    [
      "never touches the owner for a moderator either",
      proposal(timeout(member(OWNER))),
      facts(byModerator),
      "drop",
      "immune-owner",
    ],
    ["never touches itself", proposal(timeout(member(BOT))), facts(), "drop", "immune-self"],
    ["never touches whoever may moderate", proposal(timeout(member("60", moderator))), facts(), "drop", "immune-staff"],
    [
      "never touches the guild's staff roles",
      proposal(timeout()),
      facts({ policy: policy({ staffRoleIds: [regular.id] }) }),
      "drop",
      "immune-staff",
    ],
    [
      "never deletes staff's messages",
      proposal(removal("20", member("60", moderator))),
      facts(),
      "drop",
      "immune-staff",
    ],
    ["sees who outranks the bot", proposal(timeout(member("51", patron))), facts(), "drop", "outranks-bot"],
    [
      "holds a moderator to their rank",
      proposal(timeout(member("61", moderator))),
      facts(byModerator),
      "drop",
      "outranks-moderator",
    ],
    [
      "holds a moderator to their permissions",
      proposal({ verb: "member.kick", member: member("50") }),
      facts(byModerator),
      "drop",
      "moderator-lacks-permission",
    ],
    ["lets the owner act on staff", proposal(timeout(member("60", moderator))), facts(byOwner), "run", "clear"],
    [
      "knows that administrators can't be timed out",
      proposal(timeout(member("62", administrator))),
      facts(byOwner),
      "drop",
      "bot-lacks-permission",
    ],
    ["minds a channel's overwrites", proposal(removal("21")), facts(), "drop", "bot-lacks-permission"],
    [
      "asks for nothing in an unknown guild",
      proposal(timeout()),
      facts({ directory: undefined }),
      "drop",
      "bot-lacks-permission",
    ],
    [
      "keeps roles above the bot out of reach",
      proposal({ verb: "role.add", member: member("50"), roleId: patron.id }),
      facts(),
      "drop",
      "bot-lacks-permission",
    ],
    [
      "gives a role below the bot",
      proposal({ verb: "role.add", member: member("50"), roleId: regular.id }),
      facts(),
      "run",
      "clear",
    ],
    ["drops what was ruled a moment ago", proposal(timeout()), facts({ sameDone: true }), "drop", "duplicate"],
    ["stops a rule at its quota", proposal(timeout()), facts({ measuresOfRule: 5 }), "drop", "quota"],
    [
      "does not count deletions against the quota",
      proposal(removal("20")),
      facts({ measuresOfRule: 5 }),
      "run",
      "clear",
    ],
    [
      "stops a moderator at theirs",
      proposal(timeout()),
      facts({ ...byModerator, measuresOfModerator: 3 }),
      "drop",
      "quota",
    ],
    [
      "stops the whole house at the guild's",
      proposal(timeout()),
      facts({ policy: { ...facts().policy, quota: QUOTAS }, measuresOfGuild: 4 }),
      "drop",
      "quota",
    ],
    ["puts a ban to a human", proposal(ban()), facts(), "ask", "needs-approval"],
    ["carries an approved ban out", proposal(ban()), facts({ approved: true }), "run", "clear"],
    [
      "does not count against what was allowed that it was asked",
      proposal(ban()),
      facts({ approved: true, measuresOfRule: 5 }),
      "run",
      "clear",
    ],
    [
      "stops what was allowed where more was done meanwhile than the quota lets through",
      proposal(ban()),
      facts({ approved: true, measuresOfRule: 6 }),
      "drop",
      "quota",
    ],
    [
      "does not ban staff even when approved",
      proposal(ban(member("60", moderator))),
      facts({ approved: true }),
      "drop",
      "immune-staff",
    ],
    ["asks where it is unsure", proposal(timeout(), 0.5), facts(), "ask", "low-confidence"],
    [
      "looks at the quota before it takes a human's time",
      proposal(ban()),
      facts({ measuresOfRule: 5 }),
      "drop",
      "quota",
    ],
  ];

  test.each(table)("%s", (_name, given, known, ruling, ground) => {
    expect(judge(given, known)).toMatchObject({ ruling, ground });
  });

  test("says in shadow what it would have done", () => {
    expect(judge(proposal(ban()), facts({ mode: "shadow" })).because).toContain("would have been put to a human");
    expect(judge(proposal(timeout(member(OWNER))), facts({ mode: "shadow" })).because).toContain(
      "would have been dropped",
    );
  });
});

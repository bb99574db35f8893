import { expect, it } from "vitest";
import { member, policy } from "../../test/kit/guild.ts";
import type { Mode } from "./rulings.ts";
import { heavyRules, isHit } from "./rehearsal.ts";

const keeping = (mode: Mode, hash: string, confirmAbove?: number) =>
  policy({ agents: { keeper: { mode, config: {}, hash } }, ...(confirmAbove !== undefined && { confirmAbove }) });
const live = keeping("live", "before");

it.each([
  ["below the threshold", live, keeping("live", "after"), 100, 2, false],
  ["above it", live, keeping("live", "after"), 100, 3, true],
  ["above that of the choices in force", keeping("live", "before", 0.5), keeping("live", "after", 0), 100, 3, false],
  ["what is in force already", live, live, 100, 90, false],
  ["what has only watched so far", keeping("shadow", "before"), live, 100, 3, true],
  ["what will only watch", live, keeping("shadow", "after"), 100, 90, false],
  ["what will be off", live, keeping("off", "after"), 100, 90, false],
])("%s", (_name, before, after, messages, hit, asks) => {
  const hits = [{ agent: "keeper", rule: "flood", messages: hit }];
  const expected = asks ? [{ agent: "keeper", rule: "flood", messages: hit, share: hit / messages }] : [];
  expect(heavyRules({ messages, hits }, before, after)).toEqual(expected);
});

const reasons = { rule: "flood", why: "many", confidence: 1 };
const removal = { verb: "message.delete", channelId: "20", messageId: "1", author: member("50") } as const;
const reply = { verb: "message.send", channelId: "20", words: { text: "Hello" } } as const;

it.each([
  ["a deletion", removal, "clear", true],
  ["one the quota holds back", removal, "quota", true],
  ["one that would wait for a human", removal, "needs-approval", true],
  ["staff's own message", removal, "immune-staff", false],
  ["an answer to a member", reply, "clear", false],
] as const)("%s is a hit or none", (_name, action, ground, expected) => {
  expect(isHit({ proposal: { action, ...reasons }, ground })).toBe(expected);
});

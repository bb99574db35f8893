import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { gistsOf, invitesIn, leadsTo, linksIn, maskedIn, textOf, wordMatcher } from "./index.ts";

const hosts = (text: string): string[] => linksIn(text).flatMap((link) => leadsTo(link).map(({ host }) => host));

describe("leadsTo", () => {
  it.each([
    ["https://discord.com@evil.example/x", "evil.example"],
    ["https://www.google.com/url?q=https://evil.example/a&sa=D", "evil.example"],
    ["https://t.example/?to=https%3A%2F%2Fevil.example%2Fb", "evil.example"],
    ["https://a.example/r?u=https://b.example/r?u=https://evil.example", "evil.example"],
    ["https://evil.example\\@discord.com", "evil.example"],
    ["hxxps://evil[.]example", "evil.example"],
  ])("%s also leads to %s", (text, host) => {
    expect(hosts(text)).toContain(host);
  });

  it.each(["https://example.org/a/b?c=d", "https://example.org/?q=what+is+http"])("%s leads to itself only", (text) => {
    expect(hosts(text)).toEqual(["example.org"]);
  });

  it("ends, whatever is nested in what", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 200 }), (tail) => {
        for (const link of linksIn(`https://a.example/?u=https%3A//${tail}`))
          expect(leadsTo(link).length).toBeLessThan(8);
      }),
    );
  });
});

describe("maskedIn", () => {
  it.each([
    ["[https://discord.com/gifts](https://evil.example/x)", { shown: "discord.com", leads: "evil.example" }],
    ["[steamcommunity.com](<https://evil.example>)", { shown: "steamcommunity.com", leads: "evil.example" }],
    ["[our rules](https://example.org/rules)", undefined],
    ["[docs.example.org](https://example.org/docs)", undefined],
    ["array[0](x)", undefined],
  ])("%s", (text, expected) => {
    expect(maskedIn(text)).toEqual(expected);
  });
});

describe("invitesIn", () => {
  it.each([
    ["discord.gg/Lantern", ["Lantern"]],
    ["https://discord.com/invite/abc-d?event=1", ["abc-d"]],
    ["discordapp.com/invite/abc", ["abc"]],
    ["discord[.]gg/abc", ["abc"]],
    ["d\u200biscord.gg/abc", ["abc"]],
    ["https://ptb.discord.com/invite/abc", ["abc"]],
    ["https://discord.com/channels/1/2/3", []],
    ["https://discord.com/invite", []],
    ["discord.gg", []],
  ])("%s", (text, codes) => {
    expect(invitesIn(linksIn(text))).toEqual(codes);
  });
});

describe("gistsOf", () => {
  const near = (one: string, other: string): boolean => {
    const [a, b] = [one, other].map((text) => gistsOf(textOf({ text }).normalised));
    return a!.some((print) => b!.includes(print));
  };
  it.each([
    ["Buy the best lamps here 42", "buy the best LAMPS here 7!!!"],
    ["hello @ada take your reward now https://a.example/1", "hello @bob take your reward now https://b.example/2"],
    ["take your frее reward now", "take your free reward now"],
    [
      "the moonlight market opens tonight at the old harbour and everybody gets a lamp for nothing, xkq",
      "the moonlight market opens tonight at the old harbour and everybody gets a lamp for nothing, pwz vv",
    ],
    [
      "dear ada, the moonlight market opens tonight at the old harbour and everybody gets a lamp for nothing",
      "dear bob, the moonlight market opens tonight at the old harbour and everybody gets a lamp for nothing",
    ],
  ])("%j and %j are alike", (one, other) => {
    expect(near(one, other)).toBe(true);
  });
  it.each([
    ["good morning everybody in here", "good evening everybody in here"],
    ["what a day", "what a day"],
    ["", ""],
  ])("%j and %j are not, or are too short to tell", (one, other) => {
    expect(near(one, other)).toBe(false);
  });
});

describe("wordMatcher", () => {
  it("finds words inside of others, or letter for letter, where it is told to", () => {
    expect(wordMatcher(["ass"], { anywhere: true })("first class")).toBe("ass");
    expect(wordMatcher(["ass"])("first class")).toBeUndefined();
    const exact = wordMatcher(["IRA"], { as: (word) => word });
    expect([exact("my IRA account"), exact("my ira account")]).toEqual(["IRA", undefined]);
  });
});

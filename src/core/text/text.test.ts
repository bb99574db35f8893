import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { excerpt, fingerprint, hostOf, linksIn, listedDomain, normalise, textOf, wordMatcher } from "./index.ts";

const anyText = fc.string({ unit: "binary", maxLength: 400 });

describe("normalise", () => {
  it.each([
    ["already plain, 100 %", "already plain, 100 %"],
    ["  Two   SPACES\n\tand lines ", "two spaces and lines"],
    ["fr\u200bee ni\u2060tro", "free nitro"],
    ["𝐅𝐫𝐞𝐞 ｎｉｔｒｏ", "free nitro"],
    ["ﬁne", "fine"],
    ["Straße ÄÖ", "straße äö"],
    ["\u212aelvin", "kelvin"],
    ["a\u00a0b", "a b"],
    ["", ""],
  ])("%j reads %j", (text, expected) => {
    expect(normalise(text)).toBe(expected);
  });

  it("changes nothing the second time", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(normalise(normalise(text))).toBe(normalise(text));
      }),
      { numRuns: 2_000 },
    );
  });
});

describe("fingerprint", () => {
  it("is the same for ever", () => {
    expect(fingerprint("")).toBe("1pv1h50i6b6");
    expect(fingerprint("the same words")).toBe("1l6bkbxepjp");
  });

  it("tells texts apart", () => {
    const texts = Array.from({ length: 50_000 }, (_, index) => `message number ${index}`);
    expect(new Set(texts.map(fingerprint)).size).toBe(texts.length);
  });

  it("is text of at most 53 bits", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(Number.isSafeInteger(Number.parseInt(fingerprint(text), 36))).toBe(true);
      }),
    );
  });
});

describe("wordMatcher", () => {
  const words = ["ass", "Free Nitro", "c++", "坏话", "дурак", "assembly line"];
  const match = wordMatcher(words);
  it.each([
    ["what an ass!", "ass"],
    ["first class", undefined],
    ["assess this", undefined],
    ["get free nitro here", "Free Nitro"],
    ["free  nitro", "Free Nitro"],
    ["free nitrogen", undefined],
    ["i write c++ daily", "c++"],
    ["这是坏话吗", "坏话"],
    ["ты дурак", "дурак"],
    ["дурака", undefined],
    ["an assembly line", "assembly line"],
    ["an_ass", undefined],
    ["", undefined],
  ])("in %j finds %j", (text, expected) => {
    expect(match(normalise(text))).toBe(expected);
  });

  it("finds nothing with an empty list or blank words", () => {
    expect(wordMatcher([])("anything")).toBeUndefined();
    expect(wordMatcher(["", "  "])("any thing")).toBeUndefined();
  });

  it("finds every listed word between spaces", () => {
    const word = fc.string({ minLength: 1, maxLength: 12 }).filter((text) => normalise(text) !== "");
    fc.assert(
      fc.property(fc.array(word, { minLength: 1, maxLength: 20 }), fc.nat(), (list, at) => {
        const wanted = list[at % list.length]!;
        expect(wordMatcher(list)(normalise(`before ${wanted} after`))).toBeDefined();
      }),
    );
  });

  it("reads 800,000 characters for 5,000 words within a second", () => {
    const many = wordMatcher(Array.from({ length: 5_000 }, (_, index) => `blocked${index}x`));
    const before = performance.now();
    expect(many("blocked ".repeat(100_000))).toBeUndefined();
    expect(performance.now() - before).toBeLessThan(1_000);
  });
});

describe("linksIn", () => {
  it.each([
    ["no link. At all.", []],
    ["see https://Docs.Example.co.uk/Path?q=1", ["docs.example.co.uk"]],
    ["bare free-nitro.gift works", ["free-nitro.gift"]],
    ["reserved one: evil.example", ["evil.example"]],
    ["open notes.txt, e.g. now", []],
    ["hxxps://evil[.]example/login", ["evil.example"]],
    ["evil (dot) example", ["evil.example"]],
    ["hxxp[:]//a.evil{.}example", ["a.evil.example"]],
    ["||https://evil.example||", ["evil.example"]],
    ["`evil.example`", ["evil.example"]],
    ["[good.example](https://evil.example/x)", ["good.example", "evil.example"]],
    ["https://discord.example@evil.example/x", ["evil.example"]],
    ["ev\u200bil.exa\u200bmple", ["evil.example"]],
    ["ｅｖｉｌ．ｅｘａｍｐｌｅ", ["evil.example"]],
    ["evil。example", ["evil.example"]],
    ["http://203.0.113.7:8080/a", ["203.0.113.7"]],
    ["пример.рф", ["xn--e1afmkfd.xn--p1ai"]],
    ["version 1.2.3 at 10.30", []],
    ["someone@mail.example", []],
    ["wait...what", []],
  ])("in %j finds %j", (text, hosts) => {
    expect(linksIn(text).map((link) => link.host)).toEqual(hosts);
  });

  it("names what was registered", () => {
    expect(linksIn("https://a.b.example.co.uk/")[0]).toEqual({
      url: "https://a.b.example.co.uk/",
      host: "a.b.example.co.uk",
      domain: "example.co.uk",
    });
  });

  it("never throws, whatever is written", () => {
    fc.assert(
      fc.property(anyText, (text) => {
        expect(Array.isArray(linksIn(`${text}.example http://${text}`))).toBe(true);
      }),
    );
  });
});

describe("listedDomain", () => {
  const listed = new Set(["evil.example", "xn--e1afmkfd.xn--p1ai"]);
  it.each([
    ["evil.example", "evil.example"],
    ["login.evil.example", "evil.example"],
    ["notevil.example", undefined],
    ["evil.example.org", undefined],
    ["example", undefined],
  ])("%s is under %s", (host, expected) => {
    expect(listedDomain(host, listed)).toBe(expected);
  });

  it("reads list entries as links are read", () => {
    expect(hostOf(" HTTPS://Evil.Example/path ")).toBe("evil.example");
    expect(hostOf("Пример.рф")).toBe("xn--e1afmkfd.xn--p1ai");
  });
});

describe("excerpt", () => {
  it.each([
    ["short", 10, "short"],
    ["exactly ten", 11, "exactly ten"],
    ["a longer text", 9, "a longer…"],
    ["ab😀cd", 4, "ab…"],
    ["ab😀cd", 5, "ab😀…"],
  ])("%j in %i is %j", (text, length, expected) => {
    expect(excerpt(text, length)).toBe(expected);
  });

  it("is well-formed and short enough", () => {
    fc.assert(
      fc.property(fc.string({ unit: "grapheme", maxLength: 60 }), fc.integer({ min: 2, max: 30 }), (text, length) => {
        const cut = excerpt(text, length);
        expect(cut.length).toBeLessThanOrEqual(length);
        // A lone half of a pair does not survive the way through UTF-8.
        expect(new TextDecoder().decode(new TextEncoder().encode(cut))).toBe(cut);
      }),
    );
  });
});

describe("textOf", () => {
  it("works each fact out once per event", () => {
    const event = { text: "Look: https://evil.example" };
    expect(textOf(event)).toBe(textOf(event));
    expect(textOf(event).links).toBe(textOf(event).links);
    expect(textOf(event).fingerprint).toBe(fingerprint("look: https://evil.example"));
  });
});

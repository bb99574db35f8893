import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { languageOf } from "./language.ts";
import { lookalikeOf, reveal } from "./index.ts";
import { distance } from "./lookalike.ts";

describe("reveal", () => {
  it.each([
    ["distributiοn of discοrd nitrο from steаm", "distribution of discord nitro from steam"],
    ["z̸͔a̷l̶g̸o̵ text", "zalgo text"],
    ["f.r.e.e nitro", "free nitro"],
    ["f r e e stuff", "free stuff"],
    ["tr4sh a$$hole", "trash asshole"],
    ["🇫🇷🇪🇪 stuff", "free stuff"],
    ["𝐅𝐫𝐞𝐞 ｎｉｔｒｏ", "free nitro"],
    ["зaрaботок", "заработок"],
    ["n\u200bitro", "nitro"],
    ["ԁіѕсоrd", "discord"],
  ])("%j reads %j", (text, read) => {
    expect(reveal(text)).toBe(read);
  });

  it.each([
    "привет как дела",
    "ünïcode ñandú",
    "b4 gr8 m8",
    "covid19",
    "i.e. this",
    "ελληνικά",
    "मैं हिन्दी",
    "https://a.example/a1b",
  ])("leaves %j alone", (text) => {
    expect(reveal(text)).toBe(text);
  });

  it("never throws", () => {
    fc.assert(
      fc.property(fc.string({ unit: "binary", maxLength: 300 }), (text) => {
        expect(typeof reveal(text)).toBe("string");
      }),
    );
  });
});

describe("lookalikeOf", () => {
  it.each([
    ["dlscord.com", "discord"],
    ["discorcl.gift", "discord"],
    ["discord-nitro.gift", "discord"],
    ["steamcommunlty.com", "steam"],
    ["staemcommunity.com", "steamcommunity"],
    ["free-nitro.xyz", "nitro"],
  ])("%s imitates %s", (domain, of) => {
    expect(lookalikeOf({ domain })?.of).toBe(of);
  });

  it.each([
    "discord.com",
    "discord.gg",
    "steampowered.com",
    "github.io",
    "stream.org",
    "example.com",
    "disco.org",
    "team.net",
  ])("%s is itself", (domain) => {
    expect(lookalikeOf({ domain })).toBeUndefined();
  });

  it("counts what has to be changed", () => {
    expect(distance("discord", "dicsord", 2)).toBe(1);
    expect(distance("discord", "discrd", 2)).toBe(1);
    expect(distance("abc", "xyz", 1)).toBe(2);
  });
});

describe("languageOf", () => {
  it.each([
    ["How can I change the address of my order?", "en"],
    ["Wie kann ich die Adresse meiner Bestellung ändern?", "de"],
    ["Jeg lurer på hva slags betaling dere tar imot, og hvorfor jeg ikke får svar", "nb"],
    ["Як я можу змінити адресу свого замовлення?", "uk"],
    ["Как мне изменить адрес моего заказа?", "ru"],
    ["Како могу да променим адресу своје поруџбине?", "sr"],
    ["注文の住所を変更するにはどうすればよいですか", "ja"],
    ["如何更改我的订单地址", "zh"],
    ["Bagaimana saya bisa mengubah alamat pesanan karena pindah kantor?", "id"],
  ])("%j is %s", (text, code) => {
    expect(languageOf(text)?.code).toBe(code);
  });

  it("is sure of sentences, not of a word", () => {
    expect(languageOf("Wie kann ich die Adresse meiner Bestellung ändern?")?.isSure).toBe(true);
    expect(languageOf("die")?.isSure).toBe(false);
    expect(languageOf("12:30 !!!")).toBeUndefined();
  });
});

describe("plain texts that hide nothing", () => {
  const pieces = fc.constantFrom("a", "b", "e", "0", "3", "!", "$", " ", ".", "-", "_", "f r e e", "fr33", "x|y", ", ");
  it("come out as the slow way would read them", () => {
    fc.assert(
      fc.property(fc.array(pieces, { maxLength: 12 }), (parts) => {
        const text = parts.join("");
        // Before a sign that is not plain the quick way is not taken.
        expect(reveal(`${text} §`).replace(/ ?§$/, "")).toBe(reveal(text));
      }),
    );
  });
});

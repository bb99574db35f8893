import { createCanvas } from "@napi-rs/canvas";
import { describe, expect, it, vi } from "vitest";
import { until } from "../../discord/house.ts";
import type { ModeratedHouse } from "./house.ts";
import type { SayOptions } from "./place.ts";
import { shows } from "./shown.ts";

/** A picture of blots, the same for the same name, in any size and format. */
export function drawing(name: string, side = 120, format: "image/png" | "image/jpeg" = "image/png"): Buffer {
  const canvas = createCanvas(side, side);
  const context = canvas.getContext("2d");
  context.fillStyle = "#dde";
  context.fillRect(0, 0, side, side);
  for (let index = 0; index < 24; index += 1) {
    const part = (step: number): number => ((name.charCodeAt(index % name.length) * (index + 3) * step) % 97) / 97;
    context.fillStyle = `rgb(${Math.round(part(7) * 255)}, ${Math.round(part(13) * 255)}, 80)`;
    context.fillRect(part(17) * side, part(29) * side, (0.1 + part(5) / 3) * side, (0.1 + part(11) / 3) * side);
  }
  return format === "image/png" ? canvas.toBuffer(format) : canvas.toBuffer(format, 60);
}

const file = (name: string, contentType = "application/octet-stream", bytes: Buffer = Buffer.from("x")) => ({
  ...{ name, contentType, bytes },
});
const attached = (...attachments: readonly ReturnType<typeof file>[]): SayOptions => ({ attachments });
const inLibrary = { in: "library" } as const;

type Row = [what: string, rule: string, text: string, options?: SayOptions];

const TAKEN: Row[] = [
  ["when.words.list", "word", "what a GRUMBLEWORT"],
  ["when.words.disguises", "word", "what a gru\u200bmblew0rt"],
  ["when.words.disguises", "word", "what a g.r.u.m.b.l.e.w.o.r.t"],
  ["when.words.match=word", "word", "what a grumblеwоrt"],
  ["when.words.match=part", "part", "unsnarfable"],
  ["when.words.match=exact", "exact", "the ACME company"],
  ["when.patterns.list", "pattern", "Selling   accounts? no: selling accounts"],
  ["when.patterns.disguises", "hidden-pattern", "get f.r.e.e c0ins here"],
  ["when.links.domains", "link", "see hxxps://login.evil[.]example"],
  ["when.links.domains", "link", "https://www.google.com/url?q=https%3A%2F%2Fevil.example"],
  ["when.links.lookalikes", "link", "https://dlscord.com/gift"],
  ["when.links.masked", "link", "[discord.com](https://else.example)"],
  ["when.links.lists", "listed", "log in at hxxps://login.free-skins.example.net/now"],
  ["when.links.others", "only-ours", "see https://magpies.example", inLibrary],
  ["when.mentions.everyone", "mentions", "hey @everyone"],
  ["when.capitals.share", "capitals", "WHY DOES NOBODY ANSWER ME"],
  ["when.emoji.count", "emoji", "🎉🎉🎉🎉🎉"],
  ["when.length.characters", "length", "x ".repeat(500)],
  ["when.length.lines", "length", `${"a\n".repeat(12)}b`],
  ["when.attachments.extensions", "files", "look", attached(file("game.exe"))],
  ["when.attachments.types", "files", "look", attached(file("clip.bin", "video/mp4"))],
  ["when.attachments.doubleEndings", "files", "look", attached(file("holiday.jpg.scr"))],
  ["when.attachments.allowedExtensions", "papers", "look", { ...inLibrary, ...attached(file("notes.odt")) }],
  [
    "when.attachments.megabytes",
    "papers",
    "look",
    { ...inLibrary, ...attached(file("long.pdf", "application/pdf", Buffer.alloc(1_500))) },
  ],
  [
    "when.attachments.count",
    "papers",
    "look",
    { ...inLibrary, ...attached(file("1.txt"), file("2.txt"), file("3.txt")) },
  ],
];

/** What is nearly so, and nobody's offence; it shows the other side of a setting. */
const LEFT: [what: string, text: string, options?: SayOptions][] = [
  ["when.words.match=word", "grumbleworts are a plant"],
  ["when.words.match=exact", "the acme of taste"],
  ["when.words.disguises", "a p.l.a.i.n.w.o.r.d is not looked behind"],
  ["enabled", "an offword"],
  ["when.patterns.list", "who buys an account here?"],
  ["when.links.domains", "see https://example.org and https://discord.com/channels/1/2"],
  ["when.links.allowed", "see https://nest.owls.example", inLibrary],
  ["when.invites.allowed", "come to discord.gg/partner"],
  ["when.capitals.minimumLength", "NASA is fine"],
  ["when.capitals.share", "Mostly SMALL letters are NOT shouting"],
  ["when.emoji.count", "🎉🎉🎉🎉"],
  ["when.attachments.extensions", "look", attached(file("notes.tar.gz"))],
  ["when.attachments.allowedExtensions", "look", { ...inLibrary, ...attached(file("notes.pdf")) }],
  ["unless", "a grumblewort walks into a bar", { in: "jokes" }],
  ["exemptChannelIds", "a grumblewort in the attic", { in: "attic" }],
];

/** What each kind of file begins with. */
const BEGINNINGS: Readonly<Record<string, readonly [name: string, bytes: string]>> = {
  program: ["tool.bin", "\x7fELF and more"],
  script: ["tool.sh", "#!/bin/sh"],
  archive: ["nest.zip", "PK\x05\x06 and more"],
  page: ["nest.html", "<!doctype html><p>"],
  document: ["nest.pdf", "%PDF-1.7 and more"],
  picture: ["nest.gif", "GIF89a and more"],
  video: ["nest.mp4", "\0\0\0\x18ftypisom and more"],
  sound: ["nest.mp3", "ID3\x03 and more"],
};

export function triggerTrips(house: () => ModeratedHouse): void {
  const here = () => house().owlery;

  describe("triggers", () => {
    it.each<Row>(TAKEN)("%s: %s (row %#) is taken away", async (what, rule, text, options) => {
      const { say, heard, arrive, isThere } = here();
      const messageId = say(arrive(), text, options);
      expect((await heard(messageId)).at(0)).toBe(`message.delete ${rule}`);
      await until("the message to be gone", () => !isThere(messageId, options?.in));
      shows(what);
    });

    it.each<[string, string, SayOptions?]>(LEFT)("%s: %j stays", async (what, text, options) => {
      const { say, heard, arrive, isThere } = here();
      const messageId = say(arrive(), text, options);
      expect(await heard(messageId)).toEqual([]);
      expect(isThere(messageId, options?.in)).toBe(true);
      shows(what);
    });

    it("naming many members", async () => {
      const { say, heard, arrive } = here();
      const names = [arrive(), arrive(), arrive()].map((id) => `<@${id}>`).join(" ");
      expect(await heard(say(arrive(), `hi ${names}`))).toEqual(["message.delete mentions"]);
      shows("when.mentions.names");
    });

    it("many messages at once", async () => {
      const { say, heard, arrive } = here();
      const userId = arrive();
      const ids = Array.from({ length: 5 }, (_, index) => say(userId, `line number ${index}`));
      expect(await heard(ids[3]!)).toEqual([]);
      expect(await heard(ids[4]!)).toEqual(["message.delete flood"]);
      shows("when.flood.messages", "when.flood.seconds=10");
    });

    it("a few messages within a minute, where that is asked for", async () => {
      const { say, heard, arrive } = here();
      const userId = arrive();
      const [first, second] = [40_000, 20_000].map((ageMs) => say(userId, `${ageMs} ago`, { ageMs, ...inLibrary }));
      expect([...(await heard(first!)), ...(await heard(second!))]).toEqual([]);
      expect(await heard(say(userId, "now", inLibrary))).toEqual(["message.delete trickle"]);
      shows("when.flood.seconds=60");
    });

    it("near copies, by one member and in two channels", async () => {
      const { say, heard, arrive } = here();
      const userId = arrive();
      const text = (gift: number): string => `Dear friend ${gift}, your gift number ${gift} waits for you here`;
      await heard(say(userId, text(1)));
      expect(await heard(say(userId, text(2)))).toEqual([]);
      expect(await heard(say(userId, text(3)))).toEqual(["message.delete copies"]);
      const other = arrive();
      await heard(say(other, "I sell the very best lamps in town"));
      const elsewhere = say(other, "I sell the very best lamps in town!!", { in: "market" });
      expect(await heard(elsewhere)).toEqual(["message.delete copies"]);
      const short = arrive();
      for (let times = 0; times < 3; times += 1) expect(await heard(say(short, "yes, I do"))).toEqual([]);
      const kinds = ["copies", "channels", "alike", "minimumLength"];
      shows(...kinds.map((kind) => `when.duplicates.${kind}`));
    });

    it("the same by several members", async () => {
      const { say, heard, arrive } = here();
      const wave = () => say(arrive(), "we all say the very same", inLibrary);
      expect([...(await heard(wave())), ...(await heard(wave()))]).toEqual([]);
      expect(await heard(wave())).toEqual(["message.delete wave"]);
      shows("when.duplicates.members");
    });

    it("an edit", async () => {
      const { say, heard, arrive, isThere, control, channel } = here();
      const messageId = say(arrive(), "what a day");
      await heard(messageId);
      control.editMessage(channel("general"), messageId, "what a grumblewort");
      await until("the edited message to be gone", () => !isThere(messageId));
      shows("reads=messages", "reads=edits");
    });

    it("a nickname, which is replaced", async () => {
      const { arrive, control, guildId, told } = here();
      const userId = arrive();
      control.setNick(guildId, userId, "Grumblewort");
      await until("the nickname to be replaced", () => control.member(guildId, userId)?.nick === "Member");
      await until("a warning", () => told(userId).includes("Kind words only"));
      shows("reads=names");
    });

    it("a title of a forum's post: message, title and thread go together, an honest one stays", async () => {
      const { arrive, control, guildId, channel, heard, told } = here();
      const userId = arrive();
      const post = control.openPost(guildId, channel("questions"), userId, "What a grumblewort", "hello everybody");
      expect(await heard(post)).toEqual(["message.delete word", "thread.edit word", "member.warn word"]);
      const thread = () => control.channels(guildId).find(({ id }) => id === post);
      await until("the post to be closed", () => JSON.stringify(thread()).includes('"locked":true'));
      expect(thread()).toMatchObject({ name: "(title removed)", thread_metadata: { archived: true } });
      await until("a warning", () => told(userId).includes("What a grumblewort"));
      const honest = control.openPost(guildId, channel("questions"), arrive(), "How do owls sleep?", "I wonder");
      expect(await heard(honest)).toEqual([]);
      shows("reads=threads");
    });
  });

  describe("invitations", () => {
    it("elsewhere are taken away; a new one of this server's is welcome, unless a rule says otherwise", async () => {
      const { say, heard, arrive, control, guildId, channel } = here();
      expect(await heard(say(arrive(), "come to discord.gg/elsewhere"))).toEqual(["message.delete invite"]);
      const code = control.createInvite(guildId, channel("general"));
      expect(await heard(say(arrive(), `discord.gg/${code}`))).toEqual([]);
      expect(await heard(say(arrive(), `discord.gg/${code}`, inLibrary))).toEqual(["message.delete no-invite"]);
      shows("when.invites.own", "when.invites.allowed");
    });

    it("from before the house came are welcome until they are withdrawn, and so is the server's short address", async () => {
      const { say, heard, arrive, control, store } = here();
      const { olderInvite } = house();
      const known = () => store.records([{ record: "ownInvites", key: "listed" }]);
      await vi.waitFor(async () => expect(await known()).toEqual([{ codes: [olderInvite, "hoot"] }]));
      for (const code of [olderInvite, "hoot"]) expect(await heard(say(arrive(), `discord.gg/${code}`))).toEqual([]);
      control.deleteInvite(olderInvite);
      await vi.waitFor(async () => expect(await known()).toEqual([{ codes: ["hoot"] }]));
      expect(await heard(say(arrive(), `discord.gg/${olderInvite}`))).toEqual(["message.delete invite"]);
      expect(await heard(say(arrive(), "https://discord.com/invite/hoot"))).toEqual([]);
    });
  });

  describe("what files hold", () => {
    it.each([
      ["a program called a picture", "holiday.png", "MZ\x90\0 and more"],
      ["a page called a picture", "cat.jpg", "<!doctype html><script>"],
      ["a script under its own name", "setup.sh", "#!/bin/sh\nrm -rf /"],
    ])("%s is taken away", async (_name, name, bytes) => {
      const { say, pondered, arrive, isThere } = here();
      const files = [file("notes.txt"), file(name, "image/png", Buffer.from(bytes, "latin1"))];
      const messageId = say(arrive(), "look", attached(...files));
      expect(await pondered(messageId)).toEqual(["message.delete poses"]);
      await until("the message to be gone", () => !isThere(messageId));
      shows("when.attachments.posing");
    });

    it.each(Object.entries(BEGINNINGS))("%s is known by its first bytes", async (kind, [name, bytes]) => {
      const { say, pondered, arrive } = here();
      const upload = attached(file(name, "application/octet-stream", Buffer.from(bytes, "latin1")));
      const messageId = say(arrive(), "look", { in: "workshop", ...upload });
      expect(await pondered(messageId)).toEqual([kind === "script" ? "message.delete poses" : "message.delete kinds"]);
      shows(`when.attachments.contents=${kind}`);
    });

    it("what is what it says stays", async () => {
      const { say, pondered, arrive, isThere } = here();
      const messageId = say(arrive(), "look", attached(file("cat.png", "image/png", drawing("sunrise"))));
      expect(await pondered(messageId)).toEqual([]);
      expect(isThere(messageId)).toBe(true);
    });
  });

  describe("known pictures", () => {
    const picture = (name: string, side?: number, format?: "image/jpeg") =>
      attached(
        file(`other.${format === undefined ? "png" : "jpg"}`, format ?? "image/png", drawing(name, side, format)),
      );
    const inGallery = { in: "gallery" } as const;

    it("that a moderator has blocked are known in another size and format, until they are allowed again", async () => {
      const { say, pondered, arrive, control, guildId, channel, who, answered, store } = here();
      const first = say(arrive(), "look", picture("owl"));
      await pondered(first);
      const used = control.useMenu(guildId, channel("general"), who("hugo"), "Block this picture", first);
      const button = /v1:moderation:allow-picture:\w+/.exec(await answered(used, /1 picture is blocked/))![0];
      // Once more is not one more.
      await answered(
        control.useMenu(guildId, channel("general"), who("hugo"), "Block this picture", first),
        /1 picture is blocked/,
      );
      const [pictures] = await store.records([{ record: "pictures", key: "blocked" }]);
      expect(pictures).toMatchObject({ blocked: [{ byUserId: who("hugo") }] });
      expect(await pondered(say(arrive(), "look", picture("owl", 300, "image/jpeg")))).toEqual([
        "message.delete picture",
      ]);
      expect(await pondered(say(arrive(), "look", picture("sunrise")))).toEqual([]);
      // In the gallery only pictures count that the settings name.
      expect(await pondered(say(arrive(), "look", { ...inGallery, ...picture("owl") }))).toEqual([]);
      const { messageId } = control.interaction(used);
      control.pressButton(guildId, channel("general"), who("hugo"), messageId!, button);
      await answered(used, /allowed again/);
      expect(await pondered(say(arrive(), "look", picture("owl", 300, "image/jpeg")))).toEqual([]);
      shows("/Block this picture", "moderation button allow-picture", "when.pictures.blocked");
    });

    it("that the settings name are known, as exactly as they say", async () => {
      const { say, pondered, arrive } = here();
      const same = say(arrive(), "look", { ...inGallery, ...picture("magpie") });
      expect(await pondered(same)).toEqual(["message.delete shown"]);
      // Packed small and badly a few of its bits differ, and this rule allows for none.
      const alike = say(arrive(), "look", { ...inGallery, ...picture("magpie", 40, "image/jpeg") });
      expect(await pondered(alike)).toEqual([]);
      shows("when.pictures.known", "when.pictures.distance");
    });

    it("a message without a picture has none to block", async () => {
      const { say, arrive, control, guildId, channel, who, answered } = here();
      const plain = say(arrive(), "nothing to see");
      const used = control.useMenu(guildId, channel("general"), who("hugo"), "Block this picture", plain);
      await answered(used, /No picture can be had/);
    });
  });

  it("what is pushed down stands in Discord's own AutoMod, once, and goes with its rule", async () => {
    const { control, guildId, role } = here();
    const byHouse = (place: string) => control.automodRules(place).filter(({ creator_id: by }) => by === control.botId);
    await until("the rule to be there", () => byHouse(guildId).length > 0);
    expect(byHouse(guildId)).toMatchObject([
      {
        ...{ name: "guildhall: pushed", trigger_metadata: { keyword_filter: ["pushword"] } },
        exempt_roles: [role("guest of honour"), role("regular")],
      },
    ]);
    const { loft, post } = house();
    const chosen = async (rules: object, times: number) => {
      const document = JSON.stringify({ agents: { moderation: { mode: "live", config: { rules } } } });
      const body = { document, basedOn: (await loft.store.policies(1))[0]?.version ?? 0, confirmed: true };
      const { status } = await post(`/api/guilds/${loft.guildId}/policy`, body, "PUT");
      expect(status).toBe(202);
      await until("the rules to be so many", () => byHouse(loft.guildId).length === times);
    };
    await chosen({ pushed: { when: { words: { list: ["pushword"] } }, pushDown: true } }, 1);
    await chosen({}, 0);
    shows("pushDown");
  });
}

import { describe, expect, it } from "vitest";
import type {
  ActionOf,
  CommitEntry,
  GuildEvent,
  MessageFacts,
  Order,
  ThreadMessage,
  ThreadReader,
  Ticket,
} from "#core";
import { createMemoryBlobs } from "../../adapters/memory/blobs.ts";
import { createMemoryStore } from "../../adapters/memory/store/index.ts";
import type { Transcript } from "./document.ts";
import {
  createTranscriber,
  eraseFromTranscripts,
  htmlOf,
  jsonOf,
  markdownOf,
  readTranscript,
  wrongPage,
} from "./index.ts";

const START = 1_790_000_000_000;
const GUILD = "900000000000000100";
const ADA = { userId: "900000000000000050", name: "Ada" };
const HUGO = { userId: "900000000000000051", name: "Hugo" };
const clock = { now: () => START + 5_000 };

const ticket: Ticket = {
  ...{ number: 7, status: "closed", typeId: "help", ...ADA, said: { title: "My badge", text: "It is gone" } },
  ...{ parentId: "20", threadId: "700", at: START, priority: "normal", waitsFor: "staff", lastAt: START, reminders: 0 },
  closed: { at: START + 4_000, how: "asked" },
};
const action: ActionOf<"transcript.make"> = {
  ...{ verb: "transcript.make", number: 7, about: "Help", at: START, keepUntil: START + 9_000_000, mostBytes: 10 },
  locale: "en",
};
const order = (attempt = 1): Order => ({
  ...{ id: "p#0", guildId: GUILD, proposalId: "p", eventId: "e", agent: "tickets", step: 0, attempt, attemptedAt: 0 },
  ...{ status: "leased", priority: "medium", onFailure: "stop", reason: "r", action },
});
const said = (text: string, changes: Partial<ThreadMessage> = {}): ThreadMessage => ({
  ...{ messageId: "1", at: START + 1_000, author: ADA, text, attachments: [], ...changes },
});
const file = (name: string, size: number) => ({
  id: name,
  name,
  size,
  contentType: "image/png",
  url: `https://x/${name}`,
});

async function house(reader: Partial<ThreadReader>, events: readonly GuildEvent[] = []) {
  const store = createMemoryStore();
  const blobs = createMemoryBlobs(clock);
  const entry = (event: GuildEvent, writes: CommitEntry["writes"] = []): CommitEntry => ({
    ...{ event, receivedAt: event.at, silent: [], decisions: [], tallies: [], writes, house: [], rollups: [] },
  });
  const put = { write: "record.put", record: "ticket", key: "7", value: ticket } as const;
  const first: GuildEvent = {
    id: "t",
    guildId: GUILD,
    at: START,
    kind: "clock.struck",
    timer: "",
    owner: "",
    payload: 0,
  };
  const entries = [entry(first, [{ owner: "tickets", change: put }]), ...events.map((event) => entry(event))];
  await store.commit({ leases: [], entries, checkpoints: [] });
  const whole = { read: () => Promise.resolve(undefined), file: () => Promise.reject(new Error("gone")), ...reader };
  const make = createTranscriber({ store, blobs, reader: () => whole, clock });
  return { blobs, make: (attempt = 1) => make(order(attempt), action, new AbortController().signal) };
}

const thread = (...messages: readonly ThreadMessage[]) => ({ read: async () => ({ messages, isCut: false }) });

describe("a transcript", () => {
  it("holds what was said and attached, in three forms, and says what did not fit", async () => {
    const files = { attachments: [file("a.png", 6), file("b.png", 6), file("lost.png", 3)] };
    const { blobs, make } = await house({
      ...thread(said("Look", files), said("Thanks, <@900000000000000050>", { messageId: "2", author: HUGO })),
      file: async (url) => (url.endsWith("a.png") ? new Uint8Array([1, 2, 3, 4, 5, 6]) : Promise.reject(new Error())),
    });
    const made = { number: 7, messages: 2, keptUntil: action.keepUntil };
    expect(await make()).toEqual({ kind: "done", result: { transcript: made } });
    const kept = (await readTranscript(blobs, GUILD, 7))!;
    expect(kept.messages[0]!.files).toMatchObject([{ base64: "AQIDBAUG" }, { left: "large" }, { left: "gone" }]);
    const html = htmlOf(kept);
    expect(html).toContain('<img src="data:image/png;base64,AQIDBAUG" alt="a.png">');
    expect(html).toContain("not copied: it would have gone beyond 10 B");
    expect(html).toContain("up to 10 B in all were copied");
    expect(html).toContain("Thanks, @Ada");
    expect(markdownOf(kept)).toMatch(/# Ticket #7: My badge\n[^]*\*\*Hugo\*\* · .*\n\n> Thanks, \\@Ada/);
    expect(JSON.parse(jsonOf(kept))).toEqual(kept);
  });

  it("is made of the journal where the thread is gone: as it was last edited, without what was deleted", async () => {
    const facts = (messageId: string, text: string): MessageFacts => ({
      ...{ channelId: "700", messageId, author: { ...ADA, roleIds: [] }, text },
      ...{ mentionedUserIds: [], mentionedRoleIds: [], attachments: [] },
    });
    const event = (id: string, at: number) => ({ id, guildId: GUILD, at: START + at });
    const { blobs, make } = await house({}, [
      { ...event("m:1", 100), kind: "message.created", ...facts("1", "Frist") },
      { ...event("m:2", 200), kind: "message.created", ...facts("2", "Nothing to see") },
      { ...event("m:3", 300), kind: "message.created", ...facts("3", "Elsewhere"), channelId: "701" },
      { ...event("e:1", 400), kind: "message.edited", ...facts("1", "First") },
      { ...event("d:2", 500), kind: "message.deleted", channelId: "700", messageIds: ["2"] },
    ]);
    expect(await make()).toMatchObject({ kind: "done" });
    const kept = (await readTranscript(blobs, GUILD, 7))!;
    expect(kept.messages.map(({ text, editedAt }) => [text, editedAt])).toEqual([["First", START + 400]]);
    expect(htmlOf(kept)).toContain("The thread could not be read any more");
  });

  it("waits for a Discord that does not answer, and takes the journal's word in the end", async () => {
    const { blobs, make } = await house({ read: () => Promise.reject(new Error("no answer")) });
    expect(await make(1)).toMatchObject({ kind: "later" });
    expect(await make(2)).toMatchObject({ kind: "later" });
    expect(await make(3)).toMatchObject({ kind: "done" });
    expect(await readTranscript(blobs, GUILD, 7)).toMatchObject({ source: "journal", messages: [] });
  });
});

const HOSTILE = `"><script>alert(1)</script><img src=https://evil.example onerror=x> & 'quoted' [a](https://evil.example) \u202egnp`;
const hostile: Transcript = {
  ...{ version: 1, guild: HOSTILE, number: 7, about: HOSTILE, title: HOSTILE, opener: { ...ADA, name: HOSTILE } },
  ...{ openedAt: START, madeAt: START, locale: "en", source: "thread", mostBytes: 10 },
  messages: [
    {
      ...{ messageId: "1", at: START, author: { ...ADA, name: HOSTILE }, text: HOSTILE },
      files: [
        { name: HOSTILE, size: 1, contentType: "text/html", base64: "AA==" },
        { name: HOSTILE, size: 1, contentType: 'image/png" onerror="x', base64: "AA==" },
        { name: HOSTILE, size: 1, contentType: "image/svg+xml", base64: "AA==" },
        { name: HOSTILE, size: 1, left: "gone" },
      ],
    },
  ],
};

describe("members' words in a transcript", () => {
  it("are text and nothing else: no element, no attribute and no address comes of them", () => {
    const html = htmlOf(hostile);
    const tags = new Set([...html.matchAll(/<([a-z0-9!]+)/gi)].map(([, tag]) => tag!.toLowerCase()));
    const own = [
      "!doctype",
      "html",
      "head",
      "meta",
      "title",
      "style",
      "body",
      "h1",
      "dl",
      "dt",
      "dd",
      "bdi",
      "p",
      "main",
    ];
    const inMessages = ["article", "b", "time", "div", "ul", "li", "a", "small"];
    expect([...tags].sort()).toEqual([...own, ...inMessages].sort());
    const addresses = [...html.matchAll(/\s(?:src|href|srcset|action|data)\s*=\s*"([^"]*)"/g)].map(([, to]) => to);
    expect(addresses).toHaveLength(3);
    for (const address of addresses) expect(address).toMatch(/^data:application\/octet-stream;base64,/);
    expect(html).not.toMatch(/\son\w+\s*=\s*"/);
    expect(html).toContain("default-src 'none'");
    expect(html.indexOf("content-security-policy")).toBeLessThan(html.indexOf("&lt;script"));
  });

  it("are no markup in Markdown", () => {
    expect(markdownOf(hostile)).not.toMatch(/(?<!\\)<script|(?<!\\)\[a\]\(/);
  });

  it("do not come into the page that has nothing to show", () => {
    expect(wrongPage("expired", "de")).toContain("Dieser Link ist abgelaufen");
    expect(wrongPage("forged", "tlh")).toContain("not one of ours");
  });
});

describe("erasing a member", () => {
  const kept = async () => {
    const opened = await house(thread(said("My secret"), said("I, Hugo, see <@900000000000000050>", { author: HUGO })));
    await opened.make();
    return opened.blobs;
  };

  it("removes the transcripts of their own tickets", async () => {
    const blobs = await kept();
    expect(await eraseFromTranscripts(blobs, GUILD, ADA.userId)).toBe(1);
    expect(await readTranscript(blobs, GUILD, 7)).toBeUndefined();
  });

  it("takes their words, name and id out of others', which are kept as long as before", async () => {
    const blobs = await kept();
    const before = await blobs.guild(GUILD).stat("ticket/7");
    expect(await eraseFromTranscripts(blobs, GUILD, HUGO.userId)).toBe(1);
    const text = jsonOf((await readTranscript(blobs, GUILD, 7))!);
    expect(text).not.toMatch(/Hugo|900000000000000051/);
    expect(text).toContain("My secret");
    expect((await blobs.guild(GUILD).stat("ticket/7"))!.expiresAt).toBe(before!.expiresAt);
    expect(await eraseFromTranscripts(blobs, GUILD, HUGO.userId)).toBe(0);
  });

  it("touches no other guild's", async () => {
    const blobs = await kept();
    expect(await eraseFromTranscripts(blobs, "900000000000000101", ADA.userId)).toBe(0);
    expect(await readTranscript(blobs, GUILD, 7)).toBeDefined();
  });
});

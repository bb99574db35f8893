import { afterEach, describe, expect, test } from "vitest";
import { scriptedLlm } from "../../src/adapters/memory/llm.ts";
import { createMemoryStore } from "../../src/adapters/memory/store/index.ts";
import { FACTS, FORUM, GUILD, member, openFaq, POST, START, taught, type FaqHouse, type FaqOptions } from "./house.ts";

let house: FaqHouse;
const open = async (options: FaqOptions = {}): Promise<void> => {
  house = await openFaq(options);
};
afterEach(() => house.stop());

const sent = () => house.said("message.send").map(({ words }) => words.text);
const edits = () => house.said("message.edit").map(({ messageId, words }) => [messageId, words.text.split("\n")[0]]);
const buttons = () =>
  [...house.said("message.send"), ...house.said("interaction.reply")].flatMap(({ words }) =>
    (words.components ?? []).flat().flatMap((one) => ("customId" in one ? [one.customId] : [])),
  );
const button = (name: string) => buttons().findLast((id) => id.startsWith(`v1:faq:${name}:`))!;
const known = () => house.store.guild(GUILD).passages({ of: "knowledge", limit: 99 });
const gaps = () => house.store.guild(GUILD).passages({ of: "questions", limit: 99 });

describe("/ask", () => {
  test("is answered word for word with its source, also after a restart, and abstains where the guild knows nothing", async () => {
    const store = createMemoryStore();
    await open({ store });
    await taught(house);
    await house.stop();
    await open({ store });
    const answer = await house.command("ask", { question: "how can i reset the password" });
    expect(answer).toContain(FACTS[0]![1]);
    expect(answer).toContain("How do I reset my password?");
    expect(await house.command("ask", { question: "who won the football match yesterday" })).toMatch(/no answer/);
    expect((await gaps()).map(({ asks }) => asks[0])).toEqual(["who won the football match yesterday"]);
  });

  test.each([
    [
      "de",
      "Wie bekomme ich einen Schlüssel für die Werkstatt?",
      "Am Empfang, gegen Unterschrift.",
      "Wo bekomme ich denn den Schlüssel zur Werkstatt her?",
      "Quelle",
    ],
    [
      "es",
      "¿Cómo puedo cambiar mi apodo en el servidor?",
      "Abre tu perfil y elige «Apodo».",
      "hola, quiero cambiar mi apodo en este servidor, ¿cómo puedo hacerlo?",
      "Fuente",
    ],
    [
      "fr",
      "Comment puis-je m'inscrire au tournoi du samedi ?",
      "Écris ton nom dans la liste.",
      "comment fait-on pour s'inscrire au tournoi de samedi prochain ?",
      "Source",
    ],
    [
      "pt",
      "Como posso trocar a minha senha da conta?",
      "Abra a página da conta.",
      "olá, como é que eu troco a senha da minha conta?",
      "Fonte",
    ],
    ["en", FACTS[0]![0], FACTS[0]![1], "hello everybody, how can I reset my password please?", "Source"],
  ])("answers in %s what is asked in it", async (_language, question, answer, asked, source) => {
    await open();
    await taught(house, [...FACTS.slice(1), [question, answer]]);
    const said = await house.command("ask", { question: asked });
    expect(said).toContain(answer);
    expect(said).toContain(`${source}`);
  });

  test("points to the ticket desk or a human where there is one", async () => {
    await open({ config: { ticketCommand: "ticket open", staffChannelId: "21" } });
    expect(await house.command("ask", { question: "where is the lost umbrella" })).toContain("/ticket open");
    expect(await house.press(button("human"))).toMatch(/told/);
    expect(house.said("message.send").map(({ channelId }) => channelId)).toEqual(["21"]);
  });
});

describe("where tickets are to be had", () => {
  test("the form of the right kind is one press away, under an answer and where there is none", async () => {
    await open({ config: { ticketTypeId: "badges" } });
    await taught(house);
    const buttons = () => JSON.stringify(house.said("interaction.reply").at(-1)!.words.components);
    await house.command("ask", { question: "where is the lost umbrella" });
    expect(buttons()).toContain('"customId":"v1:tickets:open:badges"');
    await house.command("ask", { question: "how do I reset my password?" });
    expect(buttons()).toContain('"customId":"v1:tickets:open:badges"');
  });
});

describe("questions put to everybody", () => {
  const config = { answerIn: ["20", FORUM] };

  test.each<readonly [string, string, object, boolean]>([
    ["a question", "hi, how do I reset my password?", {}, true],
    ["talk", "I reset my password yesterday and all was fine", {}, false],
    ["a reply to somebody", "how do I reset my password?", { replyToMessageId: "7" }, false],
    ["a question to somebody", "how do I reset my password?", { mentionedUserIds: ["77"] }, false],
    ["a question elsewhere", "how do I reset my password?", { channelId: "21" }, false],
    ["a new post of a forum", "how can I reset the password", { channelId: POST, messageId: POST }, true],
    ["a bot", "how do I reset my password?", { author: { ...member("9"), bot: true } }, false],
  ])("%s", async (_name, text, rest, isAnswered) => {
    await open({ config });
    await taught(house);
    const event = await house.says(text, rest);
    expect(sent().filter((said) => said.includes(FACTS[0]![1]))).toHaveLength(isAnswered ? 1 : 0);
    if (isAnswered)
      expect(house.said("message.send")[0]).toMatchObject({
        channelId: event.channelId,
        replyToMessageId: event.messageId,
      });
  });

  test("a member and a channel have their share", async () => {
    await open({ config: { ...config, perMemberPerMinute: 2 } });
    await taught(house);
    for (let times = 0; times < 4; times++) await house.says("how do I reset my password?");
    expect(sent()).toHaveLength(2);
  });

  test("in shadow nothing is said, and what staff taught is there on the day it goes live", async () => {
    const store = createMemoryStore();
    await open({ store, mode: "shadow", config });
    await taught(house);
    const event = await house.says("how do I reset my password?");
    expect(house.world.performed.filter(({ action }) => action.verb !== "interaction.reply")).toEqual([]);
    const story = await store.guild(GUILD).story(event.id);
    expect(story?.decisions.at(-1)?.verdicts[0]).toMatchObject({
      ground: "shadow",
      proposal: { rule: "question-answered" },
    });
    await house.stop();
    await open({ store, config });
    await house.says("how do I reset my password?");
    expect(sent()).toHaveLength(1);
  });

  test("suggestions go to staff, who send them", async () => {
    await open({ config: { ...config, suggestTo: "21" } });
    await taught(house);
    const event = await house.says("how do I reset my password?");
    expect(house.said("message.send").map(({ channelId }) => channelId)).toEqual(["21"]);
    expect(await house.press(button("send"))).toBe("Sent.");
    expect(house.said("message.send")[1]).toMatchObject({ channelId: "20", replyToMessageId: event.messageId });
    expect(sent()[1]).toContain(FACTS[0]![1]);
  });
});

describe("a source that changes", () => {
  test("corrects the answers that cite it, and withdraws them when it goes; also after a restart", async () => {
    const store = createMemoryStore();
    await open({ store, config: { answerIn: ["20"] } });
    await taught(house);
    await house.says("how do I reset my password?");
    const [entry] = (await known()).filter(({ asks }) => asks[0] === FACTS[0]![0]);
    expect(await house.command("faq edit", { entry: entry!.source.id, answer: "Ask the caretaker." })).toMatch(
      /^Changed/,
    );
    const [messageId] = edits()[0]!;
    expect(edits()).toEqual([[messageId, "Ask the caretaker."]]);
    expect((await known()).find(({ source }) => source.id === entry!.source.id)).toMatchObject({
      version: 2,
      asks: entry!.asks,
    });
    await house.stop();
    await open({ store, config: { answerIn: ["20"] } });
    expect(await house.command("faq remove", { entry: entry!.source.id })).toMatch(/^Removed/);
    expect(edits()).toEqual([[messageId, expect.stringContaining("withdrawn")]]);
    expect(await known()).toHaveLength(2);
  });

  test.each<readonly [string, number, readonly string[]]>([
    ["is changed while Discord allows it", 60_000, ["Ask the caretaker."]],
    ["is left as it is once it cannot be changed", 900_000, []],
  ])("an answer that one person saw %s", async (_what, later, changed) => {
    await open();
    await taught(house);
    await house.command("ask", { question: "how do I reset my password?" });
    const [entry] = (await known()).filter(({ asks }) => asks[0] === FACTS[0]![0]);
    const { interaction } = house.said("interaction.reply").at(-1)!;
    await house.command(
      "faq edit",
      { entry: entry!.source.id, answer: "Ask the caretaker." },
      { at: house.now() + later },
    );
    const replies = house.said("interaction.reply").filter((reply) => reply.interaction.id === interaction.id);
    expect(replies.slice(1).map(({ words }) => words.text.split("\n")[0])).toEqual(changed);
  });

  test("an answer to one person whose source goes while it is on its way is withdrawn where it arrives", async () => {
    await open();
    await taught(house);
    const [entry] = (await known()).filter(({ asks }) => asks[0] === FACTS[0]![0]);
    const usual = house.world.answer;
    let arrive = (): void => undefined;
    const way = new Promise<void>((resolve) => (arrive = resolve));
    const isOnItsWay = new Promise<void>((resolve) => {
      house.world.answer = async (order) => {
        const isAnswer = order.action.verb === "interaction.reply" && order.action.words.text.startsWith(FACTS[0]![1]);
        if (isAnswer) resolve();
        if (isAnswer) await way;
        return usual(order);
      };
    });
    const asking = house.command("ask", { question: "how do I reset my password?" });
    await isOnItsWay;
    const goes = { id: "gone:1", guildId: GUILD, at: house.now(), kind: "knowledge.withdrawn" } as const;
    await house.happens({ ...goes, sourceIds: [entry!.source.id], by: "terminal:mia" });
    const before = house.said("interaction.reply").length;
    arrive();
    expect(await asking).toContain("withdrawn");
    expect(house.said("interaction.reply")).toHaveLength(before + 1);
  });

  const channel = { channelIds: ["21"] };
  const wrote = "# When is the library open?\nFrom nine to five, except on Sundays when it is closed.";

  async function libraryAnswer() {
    await open({ config: { answerIn: ["20"], knowledge: channel } });
    await house.says(wrote, { channelId: "21", author: member("70") });
    expect(await known()).toEqual([]);
    await house.command("consent give", {}, { by: member("70") });
    const source = await house.says(wrote, { channelId: "21", author: member("70") });
    await house.says("when is the library open?");
    expect(sent()[0]).toContain(`https://discord.com/channels/${GUILD}/21/${source.messageId}`);
    return source;
  }

  test.each([
    [
      "is deleted",
      async (messageId: string) =>
        house.happens({
          id: `d:${messageId}`,
          guildId: GUILD,
          at: house.now(),
          kind: "message.deleted",
          channelId: "21",
          messageIds: [messageId],
        }),
    ],
    ["loses its author's consent", async () => void (await house.command("consent revoke", {}, { by: member("70") }))],
    [
      "is erased with its author",
      async () =>
        house.happens({
          id: "erase",
          guildId: GUILD,
          at: house.now(),
          kind: "member.erased",
          userId: "70",
          by: "terminal:mia",
        }),
    ],
  ])("a message that %s takes its answers with it", async (_how, goes) => {
    const source = await libraryAnswer();
    await goes(source.messageId);
    expect(edits().map(([, text]) => text)).toEqual([expect.stringContaining("withdrawn")]);
    expect(await known()).toEqual([]);
  });

  test("a message that is edited is answered as it stands now", async () => {
    const source = await libraryAnswer();
    const text = "# When is the library open?\nFrom ten to six.";
    await house.happens({ ...source, id: "e:1", kind: "message.edited", text });
    expect(edits().map(([, said]) => said)).toEqual(["From ten to six."]);
    expect(await house.command("ask", { question: "when is the library open" })).toContain("From ten to six.");
  });
});

describe("what members wrote", () => {
  test("is taken where somebody points at it, once its author agrees, and nobody else can agree", async () => {
    await open();
    const said = await house.says("The spare key hangs behind the door of the shed.", { author: member("70") });
    const value = { messageId: said.messageId, channelId: "20", author: said.author, text: said.text };
    expect(await house.command("Use in FAQ", { message: value })).toMatch(/asked now/);
    expect(await house.command("Use in FAQ", { message: value })).toMatch(/not agreed/);
    expect(sent()).toHaveLength(1);
    expect(await house.press(button("agree"), { by: member("71") })).toMatch(/Only whoever/);
    expect(await known()).toEqual([]);
    await house.press(button("agree"), { by: member("70") });
    expect((await known()).map(({ text, source }) => [text, source.authorId])).toEqual([[said.text, "70"]]);
    expect(await house.command("consent show", {}, { by: member("70") })).toMatch(/1 message/);
  });

  test("pins and solved posts are knowledge, and an unpinned one is none", async () => {
    await open({ config: { knowledge: { pins: true, solvedTagIds: ["99"] } } });
    await house.command("consent give", {}, { by: member("70") });
    const rule = await house.says("Shoes stay outside of the tent at all times.", { author: member("70") });
    const pin = (id: string, action: number) =>
      ({
        id,
        guildId: GUILD,
        at: house.now(),
        kind: "audit.logged",
        entryId: id,
        action,
        byUserId: "60",
        channelId: "20",
        messageId: rule.messageId,
        changes: [],
      }) as const;
    await house.happens(pin("a:1", 74));
    expect((await known()).map(({ text }) => text)).toEqual([rule.text]);
    await house.happens(pin("a:2", 75));
    expect(await known()).toEqual([]);

    const solution = await house.says("Turn it twice, then push.", { author: member("70"), channelId: POST });
    const reaction = (id: string, userId: string) =>
      ({
        id,
        guildId: GUILD,
        at: house.now(),
        kind: "reaction.added",
        channelId: POST,
        messageId: solution.messageId,
        userId,
        emoji: "✅",
      }) as const;
    const post = {
      id: POST,
      name: "Key does not fit",
      type: 11,
      parentId: FORUM,
      overwrites: [],
      thread: { ownerId: "50", tagIds: ["99"] },
    };
    await house.happens(reaction("r:1", "51"));
    await house.happens(reaction("r:2", "50"));
    expect(await known()).toEqual([]);
    await house.happens({ id: "t:1", guildId: GUILD, at: house.now(), kind: "thread.updated", thread: post });
    expect((await known()).map(({ asks, text }) => [asks, text])).toEqual([[[post.name], solution.text]]);
  });
});

describe("staff", () => {
  test.each([
    ["taken as it was read", { drafted: true, text: "Dogs stay on the lead.", used: [1] }, true],
    ["none where the sources do not say it", { drafted: false, text: "", used: [] }, false],
    ["none that rests on nothing", { drafted: true, text: "Surely.", used: [] }, false],
    ["none with a link from nowhere", { drafted: true, text: "See https://evil.test/", used: [1] }, false],
    ["none that calls everybody", { drafted: true, text: "@everyone dogs", used: [1] }, false],
    ["none that names a deed", { drafted: true, text: "Yes.", used: [1], verb: "member.ban" }, false],
    ["none where no model answers", undefined, false],
  ])("get a model's draft: %s", async (_name, said, isDrafted) => {
    const asked: unknown[] = [];
    const llm = scriptedLlm(({ prompt, variables }) => {
      if (prompt === "faq/draft") asked.push(variables);
      return prompt === "faq/draft" ? said : undefined;
    });
    await open({ llm, config: { knowledge: { channelIds: ["21"] } } });
    await taught(house, [["What are the rules for dogs and cats in the house?", "Pets are kept on a lead."]]);
    await house.command("consent give", {}, { by: member("70") });
    await house.says("# Which dog is mine?\nThe brown dog, secretly.", { channelId: "21", author: member("70") });
    await house.command("ask", { question: "can somebody borrow my dog along with the sledge" });
    const [gap] = await gaps();
    const shown = await house.choose("v1:faq:gap", gap!.source.title!);
    expect(shown.includes("A model would answer")).toBe(isDrafted);
    expect(JSON.stringify(asked)).toContain("on a lead");
    expect(JSON.stringify(asked)).not.toContain("brown dog");
    expect(buttons().some((id) => id.startsWith("v1:faq:take:"))).toBe(isDrafted);
    if (!isDrafted) return;
    expect(await house.press(button("take"))).toMatch(/Added/);
    expect((await known()).map(({ text }) => text)).toContain("Dogs stay on the lead.");
    expect(await gaps()).toEqual([]);
    expect(await house.press(button("take"))).toMatch(/already/);
  });

  test("see what was asked and not answered, wordings of one question together, and answer it", async () => {
    await open();
    await taught(house);
    for (const question of ["can I bring my dog along?", "may I bring my dog along", "is the pool heated in winter"])
      await house.command("ask", { question });
    const list = await house.command("faq gaps");
    expect(list).toMatch(/bring my dog along\?? \(2×\)/);
    const [topic] = (await gaps()).filter(({ asks }) => asks[0]!.includes("dog")).map(({ source }) => source.title!);
    expect(await house.choose("v1:faq:gap", topic!)).toMatch(/2 times/);
    await house.submit(button("fill"), { answer: "Dogs are welcome in the garden." });
    expect(await house.command("ask", { question: "may I bring my dog" })).toContain("Dogs are welcome");
    expect((await gaps()).map(({ asks }) => asks[0])).toEqual(["is the pool heated in winter"]);
    await house.choose("v1:faq:gap", (await gaps())[0]!.source.title!);
    expect(await house.press(button("dismiss"))).toBe("Dismissed.");
    expect(await house.command("faq gaps")).toMatch(/Nothing is waiting/);
  });

  test("import a file: good rows go in, bad ones are told by their lines, and a new version replaces the old", async () => {
    const first = 'question,answer\nHow do I win?,Play well\nWho?,\n"open,quote\nWhere is it?,Here\n';
    await open({ files: { "https://files/1": first, "https://files/2": "question,answer\nWhere is it?,There\n" } });
    const file = (url: string, name = "faq.csv", size = 90) => ({ file: { id: "1", name, size, url } });
    const report = await house.command("faq import", file("https://files/1"));
    expect(report.split("\n")).toEqual([
      "2 answers taken from faq.csv.",
      "• Line 3: there is no answer",
      "• Line 4: a quotation mark is never closed",
    ]);
    await house.command("faq import", file("https://files/2"));
    expect((await known()).map(({ text, version }) => [text, version])).toEqual([["There", 2]]);
    expect(await house.command("faq import", file("https://files/3"))).toMatch(/could not be fetched/);
    expect(await house.command("faq import", file("https://files/1", "faq.exe"))).toMatch(/Only Markdown/);
    expect(await house.command("faq import", file("https://files/1", "a.md", 300_000))).toMatch(/at most 256 KiB/);
    expect(house.said("file.read")).toHaveLength(3);
  });

  test("list and page what is known", async () => {
    await open();
    expect(await house.command("faq list")).toMatch(/Nothing is known/);
    const facts = Array.from({ length: 12 }, (_, index) => [`What is rule number ${index}?`, `Rule ${index}`] as const);
    await taught(house, facts);
    expect((await house.command("faq list")).split("\n")).toHaveLength(11);
    const page = await house.press("v1:faq:page:1:next");
    expect(page).toMatch(/page 2 of 2/);
    expect(page.split("\n")).toHaveLength(3);
    expect(await house.command("faq list", { search: "rule number 7" })).toContain("rule number 7");
  });

  test("an answer is judged once by each member, and one that did not help is a gap", async () => {
    await open({ config: { answerIn: ["20"] } });
    await taught(house);
    await house.says("how do I reset my password?");
    expect(await house.press(button("unhelpful"), { by: member("70") })).toMatch(/Thank you/);
    expect(await house.press(button("helpful"), { by: member("70") })).toMatch(/already/);
    await house.press(button("helpful"), { by: member("71") });
    const totals = await house.store.guild(GUILD).allTotals();
    expect(totals.map(({ total, value }) => [total, value])).toEqual([["helpful", 1], ["unhelpful", 1]]); // prettier-ignore
    expect(await gaps()).toHaveLength(1);
  });

  test("a file by a door is knowledge like any other", async () => {
    await open();
    const passages = [{ asks: ["How long is the bridge?"], text: "Forty metres." }];
    await house.happens({
      id: "cli:1",
      guildId: GUILD,
      at: START,
      kind: "knowledge.given",
      name: "bridge.md",
      passages,
      by: "terminal:mia",
    });
    expect(await house.command("ask", { question: "how long is the bridge" })).toContain("Forty metres.");
  });
});

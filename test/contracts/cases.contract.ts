import { expect, it } from "vitest";
import type { CaseEntry, CaseFile, Write } from "#core";
import { caseOpen, entry, NOW, type Desk } from "./store.kit.ts";

const DAY = 86_400_000;

/** What is promised of cases once they are open: their history only grows, and what they rest on has its own time. */
export function caseHistoryPromises(given: () => Desk): void {
  const note = (text: string): CaseEntry => ({ kind: "note", byUserId: "moderator-7", name: "Mo", at: NOW, text });
  const add = (number: number, text: string): Write => ({ write: "case.add", number, entry: note(text) });
  const written = (desk: Desk, ...changes: readonly Write[]) =>
    desk.committed(entry(desk.message(), { writes: changes.map((change) => ({ owner: "casework", change })) }));

  async function opened(desk: Desk, proposal: string, text = "the whole of what was said", keepUntil = NOW + 5 * DAY) {
    const event = desk.message();
    const { draft } = caseOpen(event, proposal);
    const evidence = { seen: { text, at: NOW, messageId: "77" }, keepUntil };
    const until = NOW + DAY;
    await desk.committed(entry(event, { house: [{ write: "case.open", draft: { ...draft, until, evidence } }] }));
  }
  const told = (file: CaseFile | undefined) => file?.entries.map(({ text }) => text);

  it("adds to a case in order, also in the group that opens it, and to no other", async () => {
    const desk = given();
    await opened(desk, "p1");
    const second = desk.message();
    const writes = [add(2, "early"), add(1, "one"), add(9, "nowhere")].map((change) => ({ owner: "casework", change }));
    await desk.committed(entry(second, { house: [caseOpen(second, "p2")] }), entry(desk.message(), { writes }));
    await written(desk, add(1, "two"));
    const guild = desk.store.guild(desk.guildId);
    expect(told(await guild.case(1))).toEqual(["one", "two"]);
    expect((await guild.cases({ limit: 9 })).map(told)).toEqual([["early"], ["one", "two"]]);
    expect((await guild.caseFor("p1"))?.entries).toEqual([note("one"), note("two")]);
    expect(await guild.caseFor("p3")).toBeUndefined();
    expect(await guild.case(9)).toBeUndefined();
  });

  it("tells what one case rests on and how long it holds, and lists without the words", async () => {
    const desk = given();
    await opened(desk, "p1");
    const guild = desk.store.guild(desk.guildId);
    const facts = { number: 1, until: NOW + DAY, evidenceUntil: NOW + 5 * DAY };
    const seen = { text: "the whole of what was said", at: NOW, messageId: "77" };
    expect(await guild.case(1)).toMatchObject({ ...facts, evidence: seen });
    const [listed] = await guild.cases({ limit: 1 });
    expect(listed).toMatchObject(facts);
    expect(listed).not.toHaveProperty("evidence");
  });

  it("forgets the words when their time is over, unless they are kept longer", async () => {
    const desk = given();
    await opened(desk, "p1", "soon gone");
    await opened(desk, "p2", "kept for teaching");
    await written(desk, { write: "case.keep", number: 2, until: NOW + 50 * DAY });
    await desk.store.maintain(NOW + 20 * DAY);
    const guild = desk.store.guild(desk.guildId);
    expect(await guild.case(1)).not.toHaveProperty("evidence");
    expect(await guild.case(2)).toMatchObject({
      evidence: { text: "kept for teaching" },
      evidenceUntil: NOW + 50 * DAY,
    });
  });

  it("forgets with a member what was said about them", async () => {
    const desk = given();
    await opened(desk, "p1", "their own words");
    await written(desk, add(1, "keeps coming back to it"));
    const guild = desk.store.guild(desk.guildId);
    await guild.erase("member-1");
    expect(JSON.stringify(await guild.case(1))).not.toMatch(/their own words|keeps coming back|member-1|Ada/);
    expect(await guild.case(1)).toMatchObject({ number: 1, verb: "member.timeout", entries: [{ kind: "note" }] });
  });

  it("forgets a moderator and keeps the case", async () => {
    const desk = given();
    await opened(desk, "p1");
    await written(desk, add(1, "seen before"));
    const guild = desk.store.guild(desk.guildId);
    await guild.erase("moderator-7");
    expect(await guild.case(1)).toMatchObject({
      userName: "Ada",
      entries: [{ text: "seen before", byUserId: "erased", name: "erased" }],
    });
  });
}

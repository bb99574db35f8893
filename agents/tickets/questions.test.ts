import { describe, expect, it } from "vitest";
import { ada, done, form, openDesk, texts, ticketOf } from "../../test/kit/tickets.ts";
import { configSchema } from "./config.ts";
import tickets from "./index.ts";

const AT = 1_790_000_000_000;
const questions = [
  { id: "order", label: "Which *order*?", placeholder: "a number", min: 3, max: 20 },
  { id: "what", label: "What happened?", about: "As it was", long: true },
  { id: "else", label: "Anything else?", long: true, required: false },
];
const types = [{ id: "billing", label: "Billing", questions }, { id: "other" }];
const config = configSchema.parse({ types });

/** What stands first in the thread of a ticket whose form was filled in like this. */
function card(fields: Record<string, string>, of = types as readonly object[]): string {
  const host = openDesk({ types: of });
  const asked = { ...form(AT, ada), fields };
  host.bring(asked);
  const [posted] = host.bring(done(asked, AT, { threadId: "701", channelId: "701" }));
  return texts([posted!]);
}

describe("a guild's own questions", () => {
  it("are the fields of the form of their type, and of no other", () => {
    const fields = (form: string, ...args: string[]) => tickets.fields!({ agent: "tickets", form, args }, config);
    expect(fields("form", "billing")).toEqual([
      {
        ...{ field: "short", name: "order", label: "Which *order*?", required: true, placeholder: "a number" },
        ...{ minLength: 3, maxLength: 20 },
      },
      {
        ...{ field: "paragraph", name: "what", label: "What happened?", description: "As it was", required: true },
        maxLength: 1_000,
      },
      { field: "paragraph", name: "else", label: "Anything else?", required: false, maxLength: 1_000 },
    ]);
    expect([fields("form", "other"), fields("form", "gone"), fields("form"), fields("rate", "billing")]).toEqual(
      Array.from({ length: 4 }, () => undefined),
    );
  });

  it("stand over their answers in the ticket, members' words as words, and what nobody answered is left out", () => {
    const text = card({ order: "A42", what: "It was <@1>\n**broken**", else: " " });
    expect(text).toContain(
      "**Which \\*order\\*?**\n> A42\n**What happened?**\n> It was \\<\\@1\\>\n> \\*\\*broken\\*\\*\n\n",
    );
    expect(text).not.toContain("Anything else?");
  });

  it("that are answered at length leave room for the rest of the card", () => {
    const many = Array.from({ length: 5 }, (_, index) => ({ id: `q${index}`, label: `Question ${index}`, long: true }));
    const fields = Object.fromEntries(many.map(({ id }) => [id, "*".repeat(1_000)]));
    const text = card(fields, [{ id: "billing", questions: many, intro: "i".repeat(1_000) }]);
    expect(text.length).toBeLessThanOrEqual(4_096);
    for (const { label } of many) expect(text).toContain(label);
  });

  it.each<[string, Record<string, string>, string, string]>([
    ["changed while the form was open", { before: "was asked before" }, "was asked before", "> was asked before"],
    ["begun while the form was open", { subject: "Badge", details: "It is lost" }, "Badge", "> It is lost"],
    ["with nothing in it", {}, "Billing", "Billing"],
  ])("%s lose nothing that was written", (_name, fields, title, text) => {
    const host = openDesk({ types });
    host.bring({ ...form(AT), fields });
    expect(ticketOf(host).said.title).toBe(title);
    if (Object.keys(fields).length > 0) expect(card(fields)).toContain(text);
  });

  it("name the thread by the first answer", () => {
    const host = openDesk({ types });
    const [thread] = host.bring({ ...form(AT), fields: { order: "A42", what: "broken" } });
    expect(thread!.action).toMatchObject({ verb: "thread.open", name: "#1 · A42" });
  });

  it.each<[string, readonly object[], RegExp]>([
    ["six of them", Array.from({ length: 6 }, (_, index) => ({ id: `q${index}`, label: "?" })), /<=5/],
    ["none", [], />=1/],
    ["two of one name", [questions[0]!, questions[0]!], /two questions are called order/],
    ["a label Discord does not take", [{ id: "a", label: "x".repeat(46) }], /<=45/],
    ["more at least than at most", [{ id: "a", label: "a", min: 30, max: 20 }], /min must not be more than max/],
    ["more at least than a short answer has", [{ id: "a", label: "a", min: 300 }], /min must not be more than max/],
    ["a word of ours misspelt", [{ id: "a", label: "a", optional: true }], /optional/],
  ])("%s is refused in the settings", (_name, wrong, expected) => {
    const found = configSchema.safeParse({ types: [{ id: "billing", questions: wrong }] });
    expect(JSON.stringify(found.error?.issues)).toMatch(expected);
  });
});

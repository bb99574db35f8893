import { describe, expect, it } from "vitest";
import { demoCommands } from "./commands.ts";
import { formOf, partsOf } from "./parts.ts";

const offers = {
  members: [{ value: "1", label: "Ada" }],
  roles: [{ value: "2", label: "regular" }],
  channels: [{ value: "3", label: "help" }],
};

describe("commands, as one types them", () => {
  const declared = [
    {
      ...{ type: 1, name: "ticket", description: "Tickets" },
      options: [
        { type: 1, name: "open", description: "Ask", options: [{ type: 7, name: "in", description: "Where" }] },
        { type: 2, name: "reply", description: "Texts", options: [{ type: 1, name: "add", description: "Keep one" }] },
      ],
    },
    {
      ...{ type: 1, name: "rank", description: "Level" },
      options: [
        { type: 6, name: "member", description: "Whose", required: true },
        { type: 4, name: "days", description: "How many", choices: [{ name: "a week", value: 7 }] },
      ],
    },
    { type: 2, name: "Moderate user" },
  ];
  const commands = demoCommands(declared as never, offers);

  it("have a subcommand in their name, and entries of menus are none", () => {
    expect(commands.map(({ name }) => name)).toEqual(["ticket open", "ticket reply add", "rank"]);
  });

  it("offer what an option takes", () => {
    expect(commands[0]!.options).toEqual([
      { name: "in", description: "Where", type: "text", required: false, choices: offers.channels },
    ]);
    expect(commands[2]!.options).toEqual([
      { name: "member", description: "Whose", type: "member", required: true },
      {
        name: "days",
        description: "How many",
        type: "number",
        required: false,
        choices: [{ label: "a week", value: "7" }],
      },
    ]);
  });
});

describe("what stands under a message", () => {
  it("is found in rows, sections and containers", () => {
    const button = (style: number, more: object) => ({ type: 2, style, label: "Go", ...more });
    const components = [
      { type: 1, components: [button(1, { custom_id: "a" }), button(4, { custom_id: "b", disabled: true })] },
      {
        type: 17,
        components: [
          { type: 10, content: "x" },
          { type: 9, components: [], accessory: button(5, { url: "https://x.example" }) },
        ],
      },
    ];
    expect(partsOf(components, offers)).toEqual([
      { kind: "button", customId: "a", label: "Go", look: "main" },
      { kind: "button", customId: "b", label: "Go", look: "danger", disabled: true },
      { kind: "link", url: "https://x.example", label: "Go" },
    ]);
  });

  it.each([
    [3, { options: [{ label: "One", value: "1", default: true }] }, [{ label: "One", value: "1" }]],
    [5, {}, offers.members],
    [6, {}, offers.roles],
    [7, {}, [...offers.members, ...offers.roles]],
    [8, {}, offers.channels],
  ])("a menu of kind %i offers what belongs into it", (type, more, choices) => {
    const row = { type: 1, components: [{ type, custom_id: "m", placeholder: "Whom?", max_values: 2, ...more }] };
    expect(partsOf([row], offers)).toEqual([{ kind: "menu", customId: "m", label: "Whom?", atMost: 2, choices }]);
  });
});

describe("a form", () => {
  it("has its fields under labels, or in rows as forms used to be", () => {
    const modal = {
      title: "Why?",
      components: [
        {
          type: 18,
          label: "Words",
          description: "Briefly",
          component: { type: 4, custom_id: "w", style: 2, max_length: 9 },
        },
        { type: 1, components: [{ type: 4, custom_id: "t", label: "Title", style: 1, required: false, value: "x" }] },
        { type: 18, label: "Who", component: { type: 5, custom_id: "m" } },
      ],
    };
    expect(formOf(modal, offers)).toEqual({
      title: "Why?",
      fields: [
        { name: "w", label: "Words", about: "Briefly", kind: "text", required: true, longest: 9 },
        { name: "t", label: "Title", kind: "line", required: false, value: "x" },
        { name: "m", label: "Who", kind: "choice", required: true, atMost: 1, choices: offers.members },
      ],
    });
    expect(formOf(undefined, offers)).toBeUndefined();
  });
});

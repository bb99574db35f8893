import { Command } from "commander";
import { type Context, leaf, type LeafFlags, print, printList, run } from "../context.ts";
import { EXIT, type ModelProbe } from "../house-commands.ts";
import { table } from "../table.ts";

/** models list, models test: which models are asked, and whether they answer. */
export function modelCommand(context: Context): Command {
  const models = new Command("models").description("the models this house may ask");
  models.addCommand(
    leaf("list", "which are asked, in their order").action(run(context, (flags: LeafFlags) => list(context, flags))),
  );
  models.addCommand(
    leaf("test", "ask each of them one small question; it costs what it says").action(
      run(context, (flags: LeafFlags) => test(context, flags)),
    ),
  );
  return models;
}

async function list(context: Context, flags: LeafFlags): Promise<number> {
  const chains = await context.house.listModels();
  const line = (names: readonly string[], without = "by rules alone"): string =>
    names.length === 0 ? `none: ${without}` : names.join(", ");
  print(context, flags, chains, () =>
    [
      `small    ${line(chains.small)}`,
      `large    ${line(chains.large)}`,
      `witness  ${line(chains.witnesses)}`,
      `vectors  ${line(chains.embeddings, "search by words")}`,
      ...chains.missing.map(({ provider, variable }) => `without  ${provider}: ${variable} is not set`),
      "",
    ].join("\n"),
  );
  return EXIT.ok;
}

const COLUMNS = [
  { title: "MODEL", cell: (row: ModelProbe) => row.model },
  { title: "MS", cell: (row: ModelProbe) => String(Math.round(row.milliseconds)), right: true },
  { title: "TOKENS", cell: (row: ModelProbe) => `${row.tokensIn}+${row.tokensOut}`, right: true },
  { title: "COST", cell: (row: ModelProbe) => costOf(row), right: true },
  { title: "VERDICT", cell: (row: ModelProbe) => row.verdict, shrinks: true },
];

/** 4 where some answered and some did not, 1 where none did. */
async function test(context: Context, flags: LeafFlags): Promise<number> {
  const probes = await context.house.testModels((model) => {
    if (flags.json !== true) context.terminal.err(`asking ${model} …\n`);
  });
  printList(context, flags, probes, {
    none: "No model is configured: set a provider's key, for example ANTHROPIC_API_KEY. Until then rules decide alone.",
    some: () => table(context.terminal, COLUMNS, probes),
  });
  const answered = probes.filter((probe) => probe.answered).length;
  if (answered === probes.length) return EXIT.ok;
  return answered === 0 ? EXIT.failed : EXIT.partly;
}

function costOf({ dollars }: ModelProbe): string {
  return dollars === undefined ? "no price" : `$${dollars.toFixed(6)}`;
}

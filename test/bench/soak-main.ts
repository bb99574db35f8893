import { parseArgs } from "node:util";
import { buildRoles } from "./build.ts";
import { complaintsOf, soak } from "./soak.ts";

/** `npm run soak [-- --messages 100000 --guilds 50 --legs 10 --violating 0.002 --database-url …] [--json]` */
const { values } = parseArgs({
  options: {
    json: { type: "boolean", default: false },
    messages: { type: "string", default: "100000" },
    guilds: { type: "string", default: "50" },
    legs: { type: "string", default: "10" },
    violating: { type: "string", default: "0.002" },
    "database-url": { type: "string" },
  },
});

const result = await soak({
  roles: await buildRoles(),
  databaseUrl: values["database-url"],
  messages: Number(values.messages),
  guilds: Number(values.guilds),
  violating: Number(values.violating),
  legs: Math.max(2, Number(values.legs)),
  tell: (line) => process.stderr.write(`${line}\n`),
});
const complaints = complaintsOf(result);
process.stdout.write(
  values.json
    ? `${JSON.stringify({ ...result, complaints })}\n`
    : `${result.journaled} messages over ${result.guilds} guilds in ${result.seconds} s, memory ${result.mb.join(" ")} MB (second half ×${result.growth}), ${result.deleted} of ${result.violating} violations deleted\n`,
);
for (const line of complaints) process.stderr.write(`soak: ${line}\n`);
process.exitCode = complaints.length === 0 ? 0 : 1;

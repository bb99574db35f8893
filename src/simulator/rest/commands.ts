import type { APIApplicationCommand } from "discord-api-types/v10";
import { z } from "zod";
import { APPLICATION_COMMANDS, CHOICES } from "../limits.ts";
import { refuse } from "../world/refusal.ts";
import { findGuild } from "./find.ts";
import { form } from "./form.ts";
import { type Call, created, noContent, ok, type Reply, route } from "./route.ts";

const name = z
  .string()
  .min(1)
  .max(32)
  .regex(/^[-_'\p{L}\p{N}\p{sc=Deva}\p{sc=Thai}]+$/u, "Command name is invalid");
const optionSchema = z.looseObject({
  type: z.number().int().min(1).max(11),
  name,
  description: z.string().min(1).max(100),
  choices: z
    .array(z.looseObject({ name: z.string(), value: z.union([z.string(), z.number()]) }))
    .max(CHOICES)
    .optional(),
});
const commandSchema = z.looseObject({
  name: z.string().min(1).max(32),
  type: z.number().int().min(1).max(4).default(1),
  description: z.string().max(100).default(""),
  options: z.array(optionSchema).max(25).optional(),
  default_member_permissions: z.string().nullish(),
});
type CommandBody = z.infer<typeof commandSchema>;

function shelf(call: Call): Map<string, APIApplicationCommand> {
  if (call.id("applicationId") !== call.world.applicationId) throw refuse(50001);
  return call.part("guildId") === "" ? call.world.commands : findGuild(call).commands;
}

/** Registering a name again replaces the command and keeps its id. */
function keep(call: Call, body: CommandBody, id?: string): APIApplicationCommand {
  const known = [...shelf(call).values()].find(
    (one) => one.id === id || (one.name === body.name && one.type === body.type),
  );
  const command = {
    ...known,
    ...body,
    id: known?.id ?? call.world.ids.next(),
    application_id: call.world.applicationId,
    version: call.world.ids.next(),
    default_member_permissions: body.default_member_permissions ?? null,
    ...(call.part("guildId") === "" ? {} : { guild_id: call.part("guildId") }),
  } as unknown as APIApplicationCommand;
  if (known === undefined && shelf(call).size >= APPLICATION_COMMANDS) throw refuse(30032);
  shelf(call).set(command.id, command);
  return command;
}

function find(call: Call): APIApplicationCommand {
  const command = shelf(call).get(call.id("commandId"));
  if (command === undefined) throw refuse(10063);
  return command;
}

function create(call: Call): Reply {
  const body = form(call, commandSchema);
  const before = shelf(call).size;
  const command = keep(call, body);
  return shelf(call).size > before ? created(command) : ok(command);
}

function overwrite(call: Call): Reply {
  const wanted = form(call, z.array(commandSchema).max(APPLICATION_COMMANDS));
  const kept = wanted.map((body) => keep(call, body).id);
  for (const id of shelf(call).keys()) if (!kept.includes(id)) shelf(call).delete(id);
  return ok([...shelf(call).values()]);
}

function change(call: Call): Reply {
  const command = find(call);
  const body = form(call, commandSchema.partial());
  return ok(keep(call, commandSchema.parse({ ...command, ...body }), command.id));
}

function remove(call: Call): Reply {
  shelf(call).delete(find(call).id);
  return noContent;
}

export const commandRoutes = [
  "/applications/:applicationId/commands",
  "/applications/:applicationId/guilds/:guildId/commands",
].flatMap((path) => [
  route("GET", path, (call) => ok([...shelf(call).values()])),
  route("POST", path, create),
  route("PUT", path, overwrite),
  route("GET", `${path}/:commandId`, (call) => ok(find(call))),
  route("PATCH", `${path}/:commandId`, change),
  route("DELETE", `${path}/:commandId`, remove),
]);

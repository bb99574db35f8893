import { z } from "zod";
import { directChannel } from "../world/channels.ts";
import { guildPermissions } from "../world/permissions.ts";
import { channelPayload, userById, userPayload } from "../world/payloads.ts";
import { refuse } from "../world/refusal.ts";
import { form, snowflake } from "./form.ts";
import { type Call, noContent, ok, type Reply, route } from "./route.ts";
import { removeMember } from "../world/members.ts";
import { findGuild } from "./find.ts";

const me = (call: Call) => ({
  ...userPayload(userById(call.world, call.world.botId)),
  verified: true,
  mfa_enabled: true,
  locale: "en-US",
  email: null,
});

/** Opening a channel always works where the user exists; whether they may be written to shows on writing. */
function openDirect(call: Call): Reply {
  const { recipient_id: userId } = form(call, z.looseObject({ recipient_id: snowflake }));
  if (!call.world.users.has(userId)) throw refuse(10013);
  if (userId === call.world.botId) throw refuse(50007);
  return ok(channelPayload(call.world, directChannel(call.world, userId)));
}

function myGuilds(call: Call): Reply {
  const mine = [...call.world.guilds.values()].filter((guild) => guild.members.has(call.world.botId));
  return ok(
    mine.map((guild) => ({
      id: guild.id,
      name: guild.name,
      icon: null,
      owner: guild.ownerId === call.world.botId,
      permissions: guildPermissions(call.world, guild, call.world.botId).toString(),
      features: ["COMMUNITY"],
    })),
  );
}

function leaveGuild(call: Call): Reply {
  removeMember(call.world, findGuild(call), call.world.botId);
  return noContent;
}

export const userRoutes = [
  route("GET", "/users/@me", (call) => ok(me(call))),
  route("GET", "/users/@me/guilds", myGuilds),
  route("DELETE", "/users/@me/guilds/:guildId", leaveGuild),
  route("POST", "/users/@me/channels", openDirect),
  route("GET", "/users/:userId", (call) => {
    const user = call.world.users.get(call.id("userId"));
    if (user === undefined) throw refuse(10013);
    return ok(userPayload(user));
  }),
];

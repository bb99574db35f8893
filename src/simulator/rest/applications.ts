import { ApplicationFlags } from "discord-api-types/v10";
import { IDENTIFIES_PER_DAY, MAX_CONCURRENCY } from "../limits.ts";
import { userById, userPayload } from "../world/payloads.ts";
import { type Call, ok, route, type Route } from "./route.ts";

export interface GatewayFacts {
  url(): string;
  identifiesLeft(): number;
  shards(): number;
  /** Which privileged intents are switched on for the application. */
  allowed(): { readonly content: boolean; readonly members: boolean; readonly presences: boolean };
}

const DAY_MS = 86_400_000;

/** The application as its owner sees it: `doctor` reads the switched-on intents from its flags. */
function applicationPayload(call: Call, facts: GatewayFacts) {
  const { world } = call;
  const { content, members, presences } = facts.allowed();
  const flags =
    (content ? ApplicationFlags.GatewayMessageContentLimited : 0) |
    (members ? ApplicationFlags.GatewayGuildMembersLimited : 0) |
    (presences ? ApplicationFlags.GatewayPresenceLimited : 0);
  return {
    id: world.applicationId,
    name: "Guildhall",
    icon: null,
    description: "",
    bot_public: false,
    bot_require_code_grant: false,
    verify_key: world.ids.secret("verify", world.applicationId),
    flags,
    team: null,
    owner: { ...userPayload(userById(world, world.botId)), bot: false },
    bot: userPayload(userById(world, world.botId)),
    approximate_guild_count: world.guilds.size,
  };
}

export function applicationRoutes(facts: GatewayFacts): Route[] {
  const gatewayBot = () => ({
    url: facts.url(),
    shards: facts.shards(),
    session_start_limit: {
      total: IDENTIFIES_PER_DAY,
      remaining: facts.identifiesLeft(),
      reset_after: DAY_MS,
      max_concurrency: MAX_CONCURRENCY,
    },
  });
  return [
    route("GET", "/gateway", () => ok({ url: facts.url() }), { anonymous: true }),
    route("GET", "/gateway/bot", () => ok(gatewayBot())),
    route("GET", "/applications/@me", (call) => ok(applicationPayload(call, facts))),
    route("GET", "/oauth2/applications/@me", (call) => ok(applicationPayload(call, facts))),
  ];
}

import { GatewayCloseCodes, GatewayDispatchEvents, GatewayIntentBits, GatewayOpcodes } from "discord-api-types/v10";
import { MEMBER_REQUEST_PAUSE_MS } from "../limits.ts";
import { guildCreatePayload } from "../world/guilds.ts";
import { userById, userPayload } from "../world/payloads.ts";
import { forgetStale, invalidate, type Hub } from "./hub.ts";
import { readIdentify, readResume } from "./identify.ts";
import { isFullRequest, memberChunks, readMemberRequest } from "./member-request.ts";
import { belongsTo, canResume, deliver, replay, type ClientFrame, type Connection, type Session } from "./session.ts";

/** What clients may say that needs no session, and what does. */
export function handleFrame(hub: Hub, connection: Connection, frame: ClientFrame): void {
  switch (frame.op as GatewayOpcodes) {
    case GatewayOpcodes.Identify:
      return identify(hub, connection, frame.d);
    case GatewayOpcodes.Resume:
      return resume(hub, connection, frame.d);
    case GatewayOpcodes.RequestGuildMembers:
      return withSession(connection, (session) => requestMembers(hub, session, frame.d));
    case GatewayOpcodes.PresenceUpdate:
    case GatewayOpcodes.VoiceStateUpdate:
      return withSession(connection, () => undefined);
    default:
      return connection.close(GatewayCloseCodes.UnknownOpcode, "Unknown opcode.");
  }
}

function withSession(connection: Connection, then: (session: Session) => void): void {
  if (connection.session === undefined)
    return connection.close(GatewayCloseCodes.NotAuthenticated, "Not authenticated.");
  then(connection.session);
}

function identify(hub: Hub, connection: Connection, data: unknown): void {
  if (connection.session !== undefined)
    return connection.close(GatewayCloseCodes.AlreadyAuthenticated, "Already authenticated.");
  const identity = readIdentify(data, hub.expected);
  if ("close" in identity) return connection.close(identity.close, identity.reason);
  if (hub.identifiesLeft <= 0)
    return connection.close(GatewayCloseCodes.AuthenticationFailed, "The token was reset: too many identifies.");
  hub.identifiesLeft -= 1;
  forgetStale(hub);
  hub.counts.identified += 1;
  const session: Session = {
    id: hub.world.ids.secret("session", String(hub.counts.identified)).slice(0, 32),
    ...identity,
    sequence: 0,
    buffer: [],
    lostUpTo: 0,
    connection,
    detachedAt: undefined,
  };
  connection.session = session;
  welcome(hub, session);
  hub.sessions.set(session.id, session);
}

/** READY first, with every guild unavailable, then each guild as it comes. */
function welcome(hub: Hub, session: Session): void {
  const { world } = hub;
  const guilds = [...world.guilds.values()].filter(
    (guild) => belongsTo(session.shard, guild.id) && guild.members.has(world.botId),
  );
  const ready = {
    v: 10,
    user: { ...userPayload(userById(world, world.botId)), verified: true, mfa_enabled: true, email: null },
    guilds: guilds.map((guild) => ({ id: guild.id, unavailable: true })),
    session_id: session.id,
    resume_gateway_url: hub.url,
    shard: session.shard,
    application: { id: world.applicationId, flags: 0 },
    private_channels: [],
    _trace: ["simulator"],
  };
  deliver(session, GatewayDispatchEvents.Ready, JSON.stringify(ready), hub.capacity());
  if ((session.intents & GatewayIntentBits.Guilds) === 0) return;
  const everybody = (session.intents & GatewayIntentBits.GuildPresences) !== 0;
  for (const guild of guilds) {
    const text = JSON.stringify(guildCreatePayload(world, guild, everybody));
    deliver(session, GatewayDispatchEvents.GuildCreate, text, hub.capacity());
  }
}

/** Exactly what was missed, in order, then RESUMED, which is numbered like any dispatch. */
function resume(hub: Hub, connection: Connection, data: unknown): void {
  if (connection.session !== undefined)
    return connection.close(GatewayCloseCodes.AlreadyAuthenticated, "Already authenticated.");
  const wish = readResume(data, hub.expected);
  if ("close" in wish) return connection.close(wish.close, wish.reason);
  forgetStale(hub);
  const session = hub.sessions.get(wish.sessionId);
  if (session === undefined) return invalidate(hub, connection, false);
  if (wish.sequence > session.sequence) return connection.close(GatewayCloseCodes.InvalidSeq, "Invalid seq.");
  if (!canResume(session, wish.sequence)) {
    hub.sessions.delete(session.id);
    return invalidate(hub, connection, false);
  }
  session.connection?.close(GatewayCloseCodes.UnknownError, "Resumed elsewhere.");
  session.connection = connection;
  session.detachedAt = undefined;
  connection.session = session;
  hub.counts.resumed += 1;
  replay(session, wish.sequence);
  deliver(session, GatewayDispatchEvents.Resumed, JSON.stringify({ _trace: ["simulator"] }), hub.capacity());
}

function requestMembers(hub: Hub, session: Session, data: unknown): void {
  const request = readMemberRequest(data);
  const guild = request === undefined ? undefined : hub.world.guilds.get(request.guild_id);
  if (request === undefined || guild === undefined || !belongsTo(session.shard, guild.id)) return;
  if (isFullRequest(request)) {
    if ((session.intents & GatewayIntentBits.GuildMembers) === 0)
      return session.connection?.close(GatewayCloseCodes.DisallowedIntents, "Disallowed intent(s).");
    const last = hub.memberRequests.get(guild.id);
    const now = performance.now();
    if (last !== undefined && now - last < MEMBER_REQUEST_PAUSE_MS)
      return refuseMembers(hub, session, guild.id, last, now);
    hub.memberRequests.set(guild.id, now);
  }
  for (const chunk of memberChunks(hub.world, guild, request))
    deliver(session, GatewayDispatchEvents.GuildMembersChunk, JSON.stringify(chunk), hub.capacity());
}

function refuseMembers(hub: Hub, session: Session, guildId: string, last: number, now: number): void {
  const refused = {
    opcode: GatewayOpcodes.RequestGuildMembers,
    retry_after: (MEMBER_REQUEST_PAUSE_MS - (now - last)) / 1_000,
    meta: { guild_id: guildId },
  };
  deliver(session, GatewayDispatchEvents.RateLimited, JSON.stringify(refused), hub.capacity());
}

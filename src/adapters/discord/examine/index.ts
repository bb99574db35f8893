import { DefaultRestOptions } from "@discordjs/rest";
import { Routes } from "discord-api-types/v10";
import { type Agent, broken, type Clock, ConfigurationError, type Directory, fine, type Finding } from "#core";
import { type GuildPolicy, type Log, type Metrics, weaker, whatNoLongerWorks } from "#core";
import { commandChanges, type CommandChanges } from "../commands/registrar.ts";
import { completed } from "../gateway/information.ts";
import { askWho, checkToken, identityOf, isPerson } from "../identity.ts";
import { isTokenRefused } from "../outcome.ts";
import { isPassing } from "../patience.ts";
import { directoryFrom } from "../normalise/guild.ts";
import { asNumber, isId, type Raw } from "../normalise/raw.ts";
import { cleanText } from "../normalise/text.ts";
import { type Caller, createRest } from "../rest.ts";
import { budgetFinding, clockFinding, hasContentIntent, intentFindings } from "./application.ts";
import { channelFindings } from "./channel.ts";

export interface ExamineOptions {
  readonly token: string;
  readonly apiUrl?: string;
  readonly log: Log;
  readonly metrics: Metrics;
  readonly clock: Clock;
  readonly agents: readonly Agent[];
  readonly policyFor: (guildId: string) => Promise<GuildPolicy>;
  /** Only this guild; and of one of its channels why what is said there may be missing. */
  readonly guildId?: string;
  readonly channelId?: string;
  /** Where the commands are looked for: the demo has them in its one guild, and writes them when it starts. */
  readonly demoGuildId?: string;
}

/** More guilds than this are looked at one by one on demand: each costs three requests. */
const MOST_GUILDS = 25;
const ANSWER_WITHIN_MS = 10_000;

/** Looks at Discord as the bot sees it, beside a house that may be running. Reads only, opens no session. */
export async function examineDiscord(options: ExamineOptions): Promise<readonly Finding[]> {
  try {
    checkToken(options.token);
  } catch (error) {
    if (!(error instanceof ConfigurationError)) throw error;
    return [broken("token", error.message, "copy it from the developer portal under Bot")];
  }
  const rest = createRest(options);
  try {
    return await examine(options, rest.call);
  } catch (error) {
    return [unreachable(error)];
  } finally {
    rest.close();
  }
}

function unreachable(error: unknown): Finding {
  if (isTokenRefused(error))
    return broken(
      "token",
      "Discord does not accept it",
      "reset it in the developer portal and put the new one into DISCORD_TOKEN",
    );
  if (!isPassing(error)) throw error;
  return broken("discord", "it cannot be reached", "look at the network, at DISCORD_API_URL and at discordstatus.com");
}

type Look = <T>(route: `/${string}`, query?: Readonly<Record<string, string>>) => Promise<T>;

async function examine(options: ExamineOptions, call: Caller): Promise<readonly Finding[]> {
  const look: Look = (route, query) =>
    call({
      method: "GET",
      route,
      signal: AbortSignal.timeout(ANSWER_WITHIN_MS),
      ...(query !== undefined && { query }),
    });
  const told = await askWho(look);
  if (isPerson(told))
    return [broken("token", "it belongs to a person, and Discord forbids to automate those", "use a bot's token")];
  const { botUserId, applicationId } = identityOf(told);
  const flags = asNumber(told.application?.["flags"]) ?? 0;
  return [
    fine("token", `accepted: ${cleanText(told.user?.["username"])} (${botUserId})`),
    ...intentFindings(flags),
    budgetFinding(completed(await look<Raw>(Routes.gatewayBot()))),
    ...(await clockFindings(options)),
    ...(await commandFindings(options, call, applicationId)),
    ...(await guildFindings(options, look, botUserId, hasContentIntent(flags))),
  ];
}

/** Any answer carries the time; this one needs no token and counts against no limit of ours. */
async function clockFindings({ apiUrl, clock }: ExamineOptions): Promise<readonly Finding[]> {
  const url = `${(apiUrl ?? DefaultRestOptions.api).replace(/\/+$/, "")}/v${DefaultRestOptions.version}/gateway`;
  const response = await fetch(url, { signal: AbortSignal.timeout(ANSWER_WITHIN_MS) }).catch(() => undefined);
  await response?.arrayBuffer();
  const theirs = Date.parse(response?.headers.get("date") ?? "");
  return Number.isNaN(theirs) ? [] : [clockFinding(theirs, clock.now())];
}

async function commandFindings(
  options: ExamineOptions,
  call: Caller,
  applicationId: string,
): Promise<readonly Finding[]> {
  const { agents, demoGuildId: guildId } = options;
  const commands = agents.flatMap(({ commands: own = [] }) => own);
  const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
  const changes = await commandChanges(call, { applicationId, guildId }, commands, signal);
  const differing = differences(changes);
  if (differing === "") return [fine("commands", `${changes.unchanged.length} are as agents declare them`)];
  if (guildId !== undefined) return [fine("commands", "the demo writes them when it starts")];
  return [
    weaker(
      "commands",
      `Discord does not know them as agents declare them: ${differing}`,
      "start the house: it brings them up to date",
    ),
  ];
}

function differences({ missing, different, superfluous }: CommandChanges): string {
  const named = (what: string, names: readonly string[]): string[] =>
    names.length === 0 ? [] : [`${what} ${names.join(", ")}`];
  return [
    ...named(
      "missing",
      missing.map(({ name }) => name),
    ),
    ...named(
      "different",
      different.map(({ body }) => body.name),
    ),
    ...named(
      "declared by nobody",
      superfluous.map(({ name }) => name),
    ),
  ].join("; ");
}

async function guildFindings(
  options: ExamineOptions,
  look: Look,
  botUserId: string,
  hasContent: boolean,
): Promise<readonly Finding[]> {
  const channel =
    options.channelId === undefined ? undefined : await orRefused(look<Raw>(Routes.channel(options.channelId)));
  if (options.channelId !== undefined && !isId(channel?.["guild_id"])) {
    const what = `${options.channelId} does not exist in any guild, or the bot cannot see it`;
    return [broken("channel", what, `check the id, and that the bot's role has "View Channels" there`)];
  }
  const only = (channel?.["guild_id"] as string | undefined) ?? options.guildId;
  const all = only === undefined ? await ownGuilds(look) : [only];
  if (all.length === 0) return [weaker("guilds", "the bot is in none", "run `guildhall invite` and open the link")];
  const findings: Finding[] = [];
  for (const guildId of all.slice(0, MOST_GUILDS)) {
    const directory = await directoryOf(guildId, look, botUserId, channel);
    if (directory === undefined)
      findings.push(broken(guildId, "the bot is not in this guild", "run `guildhall invite` and open the link"));
    else findings.push(...(await examineGuild(directory, options, hasContent)));
  }
  const more = all.length - MOST_GUILDS;
  if (more > 0) findings.push(weaker("guilds", `${more} more were not looked at`, "name one with --guild"));
  return findings;
}

async function examineGuild(
  directory: Directory,
  { agents, policyFor, channelId, clock }: ExamineOptions,
  hasContent: boolean,
): Promise<readonly Finding[]> {
  const { guildId, name } = directory;
  const policy = await policyFor(guildId);
  const at = clock.now();
  const lacks = whatNoLongerWorks(directory, policy, agents, at);
  const standing =
    lacks.length === 0
      ? [fine(name, "the bot can do all that is switched on here")]
      : lacks.map(({ what, fix }) => broken(name, what, fix));
  const context = { policy, agents, hasContent, at };
  const channel = channelId === undefined ? [] : channelFindings(channelId, directory, context);
  return [...standing, ...channel].map((finding) => ({ ...finding, guildId }));
}

/** Undefined for what Discord does not show this bot. */
async function orRefused<T>(answer: Promise<T>): Promise<T | undefined> {
  try {
    return await answer;
  } catch (error) {
    if (isTokenRefused(error) || isPassing(error)) throw error;
    return undefined;
  }
}

const PAGE = 200;

async function ownGuilds(look: Look): Promise<readonly string[]> {
  const ids: string[] = [];
  for (let after = "0"; ;) {
    const page = await look<readonly { id: string }[]>(Routes.userGuilds(), { limit: String(PAGE), after });
    ids.push(...page.map(({ id }) => id));
    const last = page.at(-1)?.id;
    if (page.length < PAGE || last === undefined || last === after) return ids;
    after = last;
  }
}

/** Three requests. Undefined where the bot is not in it. Threads are no part of a guild's channels: one asked about is added. */
async function directoryOf(
  guildId: string,
  look: Look,
  botUserId: string,
  asked: Raw | undefined,
): Promise<Directory | undefined> {
  const guild = await orRefused(look<Raw>(Routes.guild(guildId)));
  const listed = await orRefused(look<readonly Raw[]>(Routes.guildChannels(guildId)));
  const me = await orRefused(look<Raw>(Routes.guildMember(guildId, botUserId)));
  if (guild === undefined || listed === undefined || me === undefined) return undefined;
  const channels = asked === undefined ? listed : [...listed, asked];
  return directoryFrom({ ...guild, channels, members: [me] }, botUserId);
}

/** Who the bot is to Discord: what an invitation needs. */
export async function applicationIdOf(
  options: Pick<ExamineOptions, "token" | "apiUrl" | "log" | "metrics">,
): Promise<string> {
  checkToken(options.token);
  const rest = createRest(options);
  try {
    const signal = AbortSignal.timeout(ANSWER_WITHIN_MS);
    return identityOf(await askWho((route) => rest.call({ method: "GET", route, signal }))).applicationId;
  } catch (error) {
    if (error instanceof ConfigurationError) throw error;
    const { what, fix } = unreachable(error);
    throw new ConfigurationError(`${what}: ${fix}`, { cause: error });
  } finally {
    rest.close();
  }
}

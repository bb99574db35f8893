import { GuildhallError } from "#core";

/** Why Discord says no: the status and the error JSON of the answer. */
export class Refusal extends GuildhallError {
  readonly status: number;
  readonly discordCode: number;
  readonly errors: unknown;

  constructor(status: number, discordCode: number, message: string, errors?: unknown) {
    super(`discord.${discordCode}`, message);
    this.name = "Refusal";
    this.status = status;
    this.discordCode = discordCode;
    this.errors = errors;
  }
}

/** Every refusal the simulator knows, by Discord's code. */
const REFUSALS = {
  10003: [404, "Unknown Channel"],
  10004: [404, "Unknown Guild"],
  10006: [404, "Unknown Invite"],
  10007: [404, "Unknown Member"],
  10008: [404, "Unknown Message"],
  10011: [404, "Unknown Role"],
  10013: [404, "Unknown User"],
  10014: [404, "Unknown Emoji"],
  10015: [404, "Unknown Webhook"],
  10026: [404, "Unknown Ban"],
  10062: [404, "Unknown interaction"],
  10063: [404, "Unknown application command"],
  10066: [404, "Unknown application command permissions"],
  10065: [404, "Unknown Voice State"],
  10070: [404, "Unknown Guild Scheduled Event"],
  10109: [404, "Unknown Auto Moderation Rule"],
  20028: [429, "The write action you are performing on the channel has hit the write rate limit"],
  30003: [400, "Maximum number of pins reached for the channel (250)"],
  30005: [400, "Maximum number of guild roles reached (250)"],
  30007: [400, "Maximum number of webhooks reached (15)"],
  30010: [400, "Maximum number of reactions reached (20)"],
  30013: [400, "Maximum number of guild channels reached (500)"],
  30032: [400, "Maximum number of application commands reached (100)"],
  30038: [400, "Maximum number of scheduled events reached (100)"],
  40007: [403, "The user is banned from this guild"],
  40033: [400, "This message has already been crossposted."],
  40032: [400, "Target user is not connected to voice."],
  40060: [400, "Interaction has already been acknowledged"],
  40333: [403, "internal network error"],
  50001: [403, "Missing Access"],
  50003: [403, "Cannot execute action on a DM channel"],
  50005: [403, "Cannot edit a message authored by another user"],
  50006: [400, "Cannot send an empty message"],
  50007: [403, "Cannot send messages to this user"],
  50013: [403, "Missing Permissions"],
  50024: [400, "Cannot execute action on this channel type"],
  50027: [401, "Invalid Webhook Token"],
  50028: [400, "Invalid role"],
  50034: [400, "You can only bulk delete messages that are under 14 days old."],
  50035: [400, "Invalid Form Body"],
  50074: [400, "Cannot delete a channel required for Community guilds"],
  50083: [400, "Thread is archived"],
  50109: [400, "The request body contains invalid JSON."],
  50278: [400, "Cannot send messages to this user due to having no mutual guilds"],
  160004: [400, "A thread has already been created for this message"],
  160005: [400, "Thread is locked"],
  160006: [400, "Maximum number of active threads reached"],
  500000: [400, "Failed to ban users"],
} as const satisfies Readonly<Record<number, readonly [number, string]>>;

export type RefusalCode = keyof typeof REFUSALS;

export function refuse(code: RefusalCode): Refusal {
  const [status, message] = REFUSALS[code];
  return new Refusal(status, code, message);
}

/** 50035 with the field it is about, nested the way Discord nests it: `{field: {_errors: [{code, message}]}}`. */
export function invalidForm(path: readonly PropertyKey[], message: string, code = "BASE_TYPE_BAD"): Refusal {
  const errors = [...path].reduceRight<unknown>((inner, key) => ({ [String(key)]: inner }), {
    _errors: [{ code, message }],
  });
  return new Refusal(400, 50035, "Invalid Form Body", errors);
}

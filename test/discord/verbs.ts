import { type Action, type AutomodRule, type Card, type Member, Permission, type Verb } from "#core";
import type { Control } from "../../src/simulator/index.ts";

/** A fresh guild: nothing that one test does can matter to another. */
export interface Place {
  readonly control: Control;
  readonly guildId: string;
  readonly channelId: string;
  readonly voiceId: string;
  readonly forumId: string;
  readonly owner: string;
  readonly member: Member;
  readonly others: readonly Member[];
  readonly roleId: string;
  readonly messageId: string;
  readonly secondMessageId: string;
  /** Does something first, by the same hands. */
  readonly made: (action: Action) => Promise<Readonly<Record<string, string>>>;
}

export const UNTIL = Math.floor(Date.now() / 1_000) * 1_000 + 3_600_000;
export const words = { text: "Be kind to each other." };

export interface Deed {
  readonly action: (place: Place) => Action | Promise<Action>;
  /** How often it has happened, read from the world itself: 0 before, 1 after. */
  readonly times: (place: Place) => number;
  readonly method: string;
  readonly route: RegExp;
  /** Whether the audit log takes a reason. */
  readonly hasReason: boolean;
  /** How looking tells: *sees* it · *repeats* it, because once more is the same as once · *cannot* tell, so it is done at most once. */
  readonly looking: "sees" | "repeats" | "cannot";
}

type Shape = Pick<Deed, "method" | "route" | "hasReason" | "looking">;
const shape = (method: string, route: RegExp, looking: Deed["looking"] = "sees", hasReason = true): Shape => ({
  ...{ method, route, looking, hasReason },
});
const count = (holds: boolean): number => (holds ? 1 : 0);

function createPlaceIn(control: Control): Omit<Place, "made"> {
  const guild = control.createGuild({
    name: "Owlery",
    roles: [{ name: "Reader" }],
    channels: [{ name: "general" }, { name: "Voice", type: 2 }, { name: "ideas", type: 15 }],
    members: [{ name: "ada" }, { name: "bo" }, { name: "cy" }, { name: "di" }],
  });
  const [channelId = "", voiceId = "", forumId = ""] = control.channels(guild.id).map(({ id }) => id);
  const [bo, cy, di] = ["bo", "cy", "di"].map((name): Member => {
    const found = control.members(guild.id).find((one) => one.user.username === name)!;
    return { userId: found.user.id, name, roleIds: [], joinedAt: Date.parse(found.joined_at!) };
  });
  return {
    ...{
      control,
      guildId: guild.id,
      channelId,
      voiceId,
      forumId,
      owner: guild.ownerId,
      member: bo!,
      others: [cy!, di!],
    },
    roleId: control.roles(guild.id).find((role) => role.name === "Reader")!.id,
    messageId: control.say(guild.id, channelId, bo!.userId, "look here"),
    secondMessageId: control.say(guild.id, channelId, bo!.userId, "and here"),
  };
}

export function createPlace(control: Control, made: (guildId: string, action: Action) => Promise<unknown>): Place {
  const place = createPlaceIn(control);
  return { ...place, made: async (action) => (await made(place.guildId, action)) as Record<string, string> };
}

const bo = ({ control, guildId, member }: Place) => control.member(guildId, member.userId);
const own = ({ control }: Place, channelId: string) =>
  control.messages(channelId).filter((message) => message.author.id === control.botId);
const channel = ({ control, guildId }: Place, id: string) =>
  control.channels(guildId).find((one) => one.id === id) as
    | {
        name: string;
        topic?: string | null;
        rate_limit_per_user?: number;
        permission_overwrites?: { id: string; deny: string }[];
        thread_metadata?: { archived: boolean; locked: boolean };
      }
    | undefined;
const threads = ({ control, guildId }: Place, type: number) =>
  control.channels(guildId).filter((one) => one.type === type);
const reactions = ({ control, channelId, messageId }: Place) =>
  control.reactions(channelId, messageId)["👀"]?.length ?? 0;
const at = ({ channelId, messageId }: Place) => ({ channelId, messageId });
const voice = ({ control, guildId, member }: Place) => control.voice(guildId, member.userId);
const connected = (place: Place): Place => {
  place.control.connectToVoice(place.guildId, place.member.userId, place.voiceId);
  return place;
};

/** The last thread that was opened: a place knows only what it was made with. */
async function threadOf(place: Place): Promise<string> {
  const { channelId } = await place.made({
    ...{ verb: "thread.open", channelId: place.channelId, name: "ticket-42", isPrivate: true },
  });
  return channelId!;
}

const overwrite = (place: Place) => ({
  ...{ id: place.roleId, type: "role" as const, allow: "0", deny: Permission.SEND_MESSAGES.toString() },
});
const denied = (place: Place) =>
  channel(place, place.channelId)?.permission_overwrites?.some(({ id, deny }) => id === place.roleId && deny !== "0") ??
  false;

const messageDeeds = {
  "message.send": {
    action: ({ channelId }) => ({ verb: "message.send", channelId, words }),
    times: (place) => own(place, place.channelId).length,
    ...shape("POST", /messages$/, "sees", false),
  },
  "message.edit": {
    action: async ({ channelId, made }) => {
      const { messageId } = await made({ verb: "message.send", channelId, words });
      return { verb: "message.edit", channelId, messageId: messageId!, words: { text: "Changed." } };
    },
    times: (place) =>
      own(place, place.channelId).filter((message) => message.embeds[0]?.description === "Changed.").length,
    ...shape("PATCH", /messages\/\d+$/, "sees", false),
  },
  "message.delete": {
    action: (place) => ({ verb: "message.delete", ...at(place), author: place.member }),
    times: ({ control, channelId, messageId }) =>
      count(control.messages(channelId).every((message) => message.id !== messageId)),
    ...shape("DELETE", /messages\/\d+$/),
  },
  "message.bulk-delete": {
    action: ({ channelId, messageId, secondMessageId }) => ({
      ...{ verb: "message.bulk-delete", channelId, messageIds: [messageId, secondMessageId] },
    }),
    times: ({ control, channelId }) => count(control.messages(channelId).length === 0),
    ...shape("POST", /bulk-delete$/, "repeats"),
  },
  "message.pin": {
    action: (place) => ({ verb: "message.pin", ...at(place) }),
    times: ({ control, channelId }) => control.pinned(channelId).length,
    ...shape("PUT", /pins\/\d+$/),
  },
  "message.unpin": {
    action: async (place) => {
      await place.made({ verb: "message.pin", ...at(place) });
      return { verb: "message.unpin", ...at(place) };
    },
    times: ({ control, channelId }) => 1 - control.pinned(channelId).length,
    ...shape("DELETE", /pins\/\d+$/),
  },
  "message.crosspost": {
    action: async ({ control, guildId, made }) => {
      const { id: channelId } = control.createChannel(guildId, { name: "news", type: 5 });
      const { messageId } = await made({ verb: "message.send", channelId, words });
      return { verb: "message.crosspost", channelId, messageId: messageId! };
    },
    times: (place) =>
      count(threads(place, 5).some(({ id }) => own(place, id).some(({ flags }) => ((flags ?? 0) & 1) === 1))),
    ...shape("POST", /crosspost$/, "sees", false),
  },
  "reaction.add": {
    action: (place) => ({ verb: "reaction.add", ...at(place), emoji: "👀" }),
    times: reactions,
    ...shape("PUT", /@me$/, "repeats", false),
  },
  "reaction.remove": {
    action: (place) => {
      place.control.react(place.channelId, place.messageId, place.member.userId, "👀");
      return { verb: "reaction.remove", ...at(place), emoji: "👀", userId: place.member.userId };
    },
    times: (place) => 1 - reactions(place),
    ...shape("DELETE", /👀\/\d+$|%F0%9F%91%80\/\d+$/, "repeats", false),
  },
  "reaction.clear": {
    action: (place) => {
      place.control.react(place.channelId, place.messageId, place.member.userId, "👀");
      return { verb: "reaction.clear", ...at(place) };
    },
    times: (place) => 1 - reactions(place),
    ...shape("DELETE", /reactions$/, "repeats", false),
  },
  "dm.open": {
    action: ({ member }) => ({ verb: "dm.open", userId: member.userId }),
    times: ({ control, member }) => control.directChannels(member.userId),
    ...shape("POST", /users\/@me\/channels$/, "repeats", false),
  },
} satisfies Partial<Record<Verb, Deed>>;

const memberDeeds = {
  "member.timeout": {
    action: ({ member }) => ({ verb: "member.timeout", member, until: UNTIL }),
    times: (place) => count(Date.parse(bo(place)?.communication_disabled_until ?? "") === UNTIL),
    ...shape("PATCH", /members\/\d+$/),
  },
  "member.untimeout": {
    action: ({ control, guildId, owner, member }) => {
      control.timeoutByHand(guildId, owner, member.userId, 60_000);
      return { verb: "member.untimeout", member };
    },
    times: (place) => count((bo(place)?.communication_disabled_until ?? null) === null),
    ...shape("PATCH", /members\/\d+$/),
  },
  "member.kick": {
    action: ({ member }) => ({ verb: "member.kick", member }),
    times: (place) => count(bo(place) === undefined),
    ...shape("DELETE", /members\/\d+$/),
  },
  "member.ban": {
    action: ({ member }) => ({ verb: "member.ban", member, deleteSeconds: 0 }),
    times: ({ control, guildId }) => control.bans(guildId).length,
    ...shape("PUT", /bans\/\d+$/),
  },
  "member.unban": {
    action: ({ control, guildId, owner, member }) => {
      control.banByHand(guildId, owner, member.userId);
      return { verb: "member.unban", userId: member.userId };
    },
    times: ({ control, guildId }) => 1 - control.bans(guildId).length,
    ...shape("DELETE", /bans\/\d+$/),
  },
  "members.bulk-ban": {
    action: ({ others }) => ({ verb: "members.bulk-ban", members: others, deleteSeconds: 0 }),
    times: ({ control, guildId, others }) => control.bans(guildId).length / others.length,
    ...shape("POST", /bulk-ban$/),
  },
  "role.create": {
    action: () => ({ verb: "role.create", name: "Owl keeper", permissions: "0" }),
    times: ({ control, guildId }) => control.roles(guildId).filter(({ name }) => name === "Owl keeper").length,
    ...shape("POST", /roles$/),
  },
  "member.look": {
    action: ({ member }) => ({ verb: "member.look", userId: member.userId }),
    times: ({ control, guildId, member }) => {
      const path = `/guilds/${guildId}/members/${member.userId}`;
      const asked = control.requests().filter((one) => one.method === "GET" && one.path === path && one.status !== 429);
      return count(asked.length > 0);
    },
    ...shape("GET", /members\/\d+$/, "repeats", false),
  },
  "role.add": {
    action: ({ member, roleId }) => ({ verb: "role.add", member, roleId }),
    times: (place) => count(bo(place)?.roles.includes(place.roleId) === true),
    ...shape("PUT", /roles\/\d+$/),
  },
  "role.remove": {
    action: ({ control, guildId, member, roleId }) => {
      control.setRoles(guildId, member.userId, [roleId]);
      return { verb: "role.remove", member, roleId };
    },
    times: (place) => count(bo(place)?.roles.includes(place.roleId) !== true),
    ...shape("DELETE", /roles\/\d+$/),
  },
  "member.nickname": {
    action: ({ member }) => ({ verb: "member.nickname", member, nickname: "Bo the Kind" }),
    times: (place) => count(bo(place)?.nick === "Bo the Kind"),
    ...shape("PATCH", /members\/\d+$/),
  },
  "voice.mute": {
    action: (place) => ({ verb: "voice.mute", member: connected(place).member, muted: true }),
    times: (place) => count(voice(place)?.mute === true),
    ...shape("PATCH", /members\/\d+$/),
  },
  "voice.deafen": {
    action: (place) => ({ verb: "voice.deafen", member: connected(place).member, deafened: true }),
    times: (place) => count(voice(place)?.deaf === true),
    ...shape("PATCH", /members\/\d+$/),
  },
  "voice.move": {
    action: (place) => {
      const { id } = place.control.createChannel(place.guildId, { name: "Elsewhere", type: 2 });
      return { verb: "voice.move", member: connected(place).member, channelId: id };
    },
    times: (place) => count(![null, place.voiceId].includes(voice(place)?.channelId ?? null)),
    ...shape("PATCH", /members\/\d+$/),
  },
  "voice.disconnect": {
    action: (place) => ({ verb: "voice.disconnect", member: connected(place).member }),
    times: (place) => count(voice(place)?.channelId === null),
    ...shape("PATCH", /members\/\d+$/),
  },
} satisfies Partial<Record<Verb, Deed>>;

const channelDeeds = {
  "channel.slowmode": {
    action: ({ channelId }) => ({ verb: "channel.slowmode", channelId, seconds: 30 }),
    times: (place) => count(channel(place, place.channelId)?.rate_limit_per_user === 30),
    ...shape("PATCH", /channels\/\d+$/),
  },
  "channel.overwrite": {
    action: (place) => ({ verb: "channel.overwrite", channelId: place.channelId, overwrite: overwrite(place) }),
    times: (place) => count(denied(place)),
    ...shape("PUT", /permissions\/\d+$/),
  },
  "channel.overwrite-clear": {
    action: async (place) => {
      const { channelId, roleId } = place;
      await place.made({ verb: "channel.overwrite", channelId, overwrite: overwrite(place) });
      return { verb: "channel.overwrite-clear", channelId, overwriteId: roleId };
    },
    times: (place) => count(!denied(place)),
    ...shape("DELETE", /permissions\/\d+$/),
  },
  "channel.create": {
    action: () => ({ verb: "channel.create", name: "annex", type: 0 }),
    times: ({ control, guildId }) => control.channels(guildId).filter((one) => one.name === "annex").length,
    ...shape("POST", /channels$/),
  },
  "channel.edit": {
    action: ({ channelId }) => ({ verb: "channel.edit", channelId, topic: "Owls only" }),
    times: (place) => count(channel(place, place.channelId)?.topic === "Owls only"),
    ...shape("PATCH", /channels\/\d+$/),
  },
  "channel.delete": {
    action: ({ channelId }) => ({ verb: "channel.delete", channelId }),
    times: (place) => count(channel(place, place.channelId) === undefined),
    ...shape("DELETE", /channels\/\d+$/),
  },
  "thread.open": {
    action: ({ channelId }) => ({ verb: "thread.open", channelId, name: "ticket-42", isPrivate: true }),
    times: (place) => threads(place, 12).length,
    ...shape("POST", /threads$/),
  },
  "thread.post": {
    action: ({ forumId }) => ({ verb: "thread.post", channelId: forumId, name: "An idea", words }),
    times: (place) => threads(place, 11).length,
    ...shape("POST", /threads$/),
  },
  "thread.edit": {
    action: async (place) => ({ verb: "thread.edit", channelId: await threadOf(place), locked: true, archived: true }),
    times: (place) =>
      threads(place, 12).filter((one) => {
        const metadata = channel(place, one.id)?.thread_metadata;
        return metadata?.archived === true && metadata.locked;
      }).length,
    ...shape("PATCH", /channels\/\d+$/),
  },
  "thread.add-member": {
    action: async (place) => {
      return { verb: "thread.add-member", channelId: await threadOf(place), userId: place.member.userId };
    },
    times: (place) =>
      threads(place, 12).filter((one) => place.control.threadMembers(one.id).includes(place.member.userId)).length,
    ...shape("PUT", /thread-members\/\d+$/, "sees", false),
  },
  "thread.remove-member": {
    action: async (place) => {
      const channelId = await threadOf(place);
      await place.made({ verb: "thread.add-member", channelId, userId: place.member.userId });
      return { verb: "thread.remove-member", channelId, userId: place.member.userId };
    },
    times: (place) =>
      threads(place, 12).filter((one) => !place.control.threadMembers(one.id).includes(place.member.userId)).length,
    ...shape("DELETE", /thread-members\/\d+$/, "sees", false),
  },
} satisfies Partial<Record<Verb, Deed>>;

const owlEvent = {
  ...{ name: "Owl watch", startsAt: UNTIL, endsAt: UNTIL + 3_600_000 },
  place: { kind: "elsewhere", location: "The old tower" },
} as const;
const owlRule: AutomodRule = {
  name: "No mice",
  enabled: true,
  trigger: { kind: "keywords", words: ["mouse"] },
  response: { block: true },
};
const events = ({ control, guildId }: Place) => control.scheduledEvents(guildId);

const guildDeeds = {
  "guild.verification": {
    action: () => ({ verb: "guild.verification", level: 3 }),
    times: ({ control, guildId }) => count(control.verificationLevel(guildId) === 3),
    ...shape("PATCH", /guilds\/\d+$/),
  },
  "guild.incidents": {
    action: () => ({ verb: "guild.incidents", invitesOffUntil: UNTIL, messagesOffUntil: null }),
    times: ({ control, guildId }) =>
      count(Date.parse(control.incidents(guildId)?.invites_disabled_until ?? "") === UNTIL),
    ...shape("PUT", /incident-actions$/),
  },
  "scheduled-event.create": {
    action: () => ({ verb: "scheduled-event.create", ...owlEvent }),
    times: (place) => events(place).length,
    ...shape("POST", /scheduled-events$/),
  },
  "scheduled-event.edit": {
    action: async ({ made }) => {
      const { scheduledEventId } = await made({ verb: "scheduled-event.create", ...owlEvent });
      return { verb: "scheduled-event.edit", scheduledEventId: scheduledEventId!, name: "Owl walk" };
    },
    times: (place) => events(place).filter(({ name }) => name === "Owl walk").length,
    ...shape("PATCH", /scheduled-events\/\d+$/),
  },
  "scheduled-event.cancel": {
    action: async ({ made }) => {
      const { scheduledEventId } = await made({ verb: "scheduled-event.create", ...owlEvent });
      return { verb: "scheduled-event.cancel", scheduledEventId: scheduledEventId! };
    },
    times: (place) => events(place).filter(({ status }) => (status as number) === 4).length,
    ...shape("PATCH", /scheduled-events\/\d+$/),
  },
  "automod-rule.put": {
    action: () => ({ verb: "automod-rule.put", rule: owlRule }),
    times: ({ control, guildId }) => control.automodRules(guildId).length,
    ...shape("POST", /auto-moderation\/rules$/),
  },
  "automod-rule.delete": {
    action: async ({ made }) => {
      const { ruleId } = await made({ verb: "automod-rule.put", rule: owlRule });
      return { verb: "automod-rule.delete", ruleId: ruleId! };
    },
    times: ({ control, guildId }) => 1 - control.automodRules(guildId).length,
    ...shape("DELETE", /auto-moderation\/rules\/\d+$/),
  },
  "webhook.create": {
    action: ({ channelId }) => ({ verb: "webhook.create", channelId, name: "Owl post" }),
    times: ({ control, guildId }) => control.webhooks(guildId).length,
    ...shape("POST", /webhooks$/),
  },
  "webhook.send": {
    action: async ({ channelId, made }) => {
      const { webhookId, sealedToken } = await made({ verb: "webhook.create", channelId, name: "Owl post" });
      return { verb: "webhook.send", webhookId: webhookId!, sealedToken: sealedToken!, words };
    },
    times: ({ control, channelId }) =>
      control.messages(channelId).filter((message) => message.webhook_id !== undefined).length,
    ...shape("POST", /webhooks\/\d+\/[\w-]+$/, "cannot", false),
  },
  "webhook.delete": {
    action: async ({ channelId, made }) => {
      const { webhookId } = await made({ verb: "webhook.create", channelId, name: "Owl post" });
      return { verb: "webhook.delete", webhookId: webhookId! };
    },
    times: ({ control, guildId }) => 1 - control.webhooks(guildId).length,
    ...shape("DELETE", /webhooks\/\d+$/),
  },
  "invite.delete": {
    action: ({ control, guildId, channelId }) => ({
      verb: "invite.delete",
      code: control.createInvite(guildId, channelId),
    }),
    times: ({ control, guildId }) => 1 - control.invites(guildId).length,
    ...shape("DELETE", /invites\/\w+$/, "repeats"),
  },
} satisfies Partial<Record<Verb, Deed>>;

const card = (title: string): Card => ({
  ...{ title, fields: [{ label: "Reason", value: "*loud*" }], evidence: [] },
  buttons: [[{ label: "Approve", press: "a.123456", look: "main" }]],
});
const shownCards = (place: Place, title: string) =>
  own(place, place.channelId).filter((message) => JSON.stringify(message.components).includes(`### ${title}`)).length;

const cardDeeds = {
  "card.show": {
    action: ({ channelId }) => ({
      ...{ verb: "card.show", place: { face: "discord", channelId }, card: card("Ask"), approvalId: "a".repeat(20) },
    }),
    times: (place) => shownCards(place, "Ask"),
    ...shape("POST", /messages$/, "sees", false),
  },
  "card.update": {
    action: async ({ channelId, made }) => {
      const where = { place: { face: "discord" as const, channelId }, approvalId: "a".repeat(20) };
      const { messageId } = await made({ verb: "card.show", ...where, card: card("Ask") });
      return { verb: "card.update", ...where, messageId: messageId!, card: card("Told") };
    },
    times: (place) => shownCards(place, "Told"),
    ...shape("PATCH", /messages\/\d+$/, "sees", false),
  },
} satisfies Partial<Record<Verb, Deed>>;

type Planned = ToMembers | "channel.lock" | "channel.unlock" | "guild.pause" | "guild.resume" | Elsewhere;
type ToMembers = "member.warn" | "member.tell" | "members.bulk-unban";
type Elsewhere = "tap.answer" | "policy.choose" | "transcript.make";

/** Every verb a hand carries out, interactions aside: they have a test of their own. A verb without an entry does not compile. */
export const DEEDS: Readonly<Record<Exclude<Verb, Planned | "interaction.reply" | "file.read">, Deed>> = {
  ...cardDeeds,
  ...messageDeeds,
  ...memberDeeds,
  ...channelDeeds,
  ...guildDeeds,
};

import type { CaseFile, GuildStore, Store } from "#core";
import type { Control } from "../../../src/simulator/index.ts";
import { until } from "../../discord/house.ts";

export type SayOptions = Parameters<Control["say"]>[4] & { readonly in?: string };

/** One guild of a house on the simulator, by names instead of ids, and what came of what was said there. */
export interface Place {
  readonly guildId: string;
  readonly control: Control;
  readonly store: GuildStore;
  readonly channel: (name: string) => string;
  readonly role: (name: string) => string;
  readonly who: (name: string) => string;
  /** Somebody new with these roles, and an account that is old unless said. */
  readonly arrive: (roles?: readonly string[], accountAgeMs?: number) => string;
  readonly say: (userId: string, text: string, options?: SayOptions) => string;
  /** What moderation made of a message, once the house has made up its mind: verbs and rules, those that ran. */
  readonly heard: (messageId: string) => Promise<string[]>;
  readonly verdicts: (eventId: string) => Promise<string[]>;
  /** The same once the slow half has thought, too. */
  readonly pondered: (messageId: string) => Promise<string[]>;
  readonly isThere: (messageId: string, place?: string) => boolean;
  readonly told: (userId: string) => string;
  readonly lines: (place: string) => string;
  /** Resolves with how an interaction was answered, once that fits. */
  readonly answered: (interactionId: string, expected: RegExp) => Promise<string>;
  /** Resolves with the newest case of a member, once it is as expected. */
  readonly caseOf: (userId: string, isIt?: (file: CaseFile) => boolean) => Promise<CaseFile>;
}

const AN_OLD_ACCOUNT = 99 * 86_400_000;
let newcomers = 0;

export function placeOn(control: Control, allOf: Store, guildId: string): Place {
  const store = allOf.guild(guildId);
  const named = <T>(all: readonly T[], nameIn: (one: T) => string | null | undefined, name: string): T => {
    const found = all.find((one) => nameIn(one) === name);
    if (found === undefined) throw new Error(`the guild has no ${name}`);
    return found;
  };
  const channel = (name: string) => named(control.channels(guildId), (one) => one.name, name).id;
  const role = (name: string) => named(control.roles(guildId), (one) => one.name, name).id;
  const shownIn = ({ content, embeds }: { readonly content: string; readonly embeds: readonly unknown[] }) =>
    content + JSON.stringify(embeds);

  async function holds(what: string, isIt: () => Promise<boolean>): Promise<void> {
    let done = false;
    await until(what, () => done || (void isIt().then((found) => (done ||= found)), false));
  }

  async function verdicts(eventId: string): Promise<string[]> {
    await holds(`${eventId} to be in the journal`, async () => (await store.event(eventId)) !== undefined);
    const story = await store.story(eventId);
    const said = story?.decisions.filter(({ agent }) => agent === "moderation") ?? [];
    return said.flatMap((one) =>
      one.verdicts.map(({ proposal, ruling }) =>
        ruling === "run" ? `${proposal.action.verb} ${proposal.rule}` : `${ruling} ${proposal.action.verb}`,
      ),
    );
  }

  return {
    ...{ guildId, control, store, channel, role, verdicts },
    who: (name) => named(control.members(guildId), (one) => one.user.username, name).user.id,
    arrive(roles = [], accountAgeMs = AN_OLD_ACCOUNT) {
      const userId = control.join(guildId, { name: `guest${++newcomers}`, accountAgeMs });
      if (roles.length > 0) control.setRoles(guildId, userId, roles.map(role));
      return userId;
    },
    say: (userId, text, { in: place = "general", ...options } = {}) =>
      control.say(guildId, channel(place), userId, text, options),
    heard: (messageId) => verdicts(`m:${messageId}`),
    async pondered(messageId) {
      const isThought = async () =>
        (await store.story(`m:${messageId}`))?.decisions.some(({ phase }) => phase === "slow") === true;
      await holds("the slow half", isThought);
      return verdicts(`m:${messageId}`);
    },
    isThere: (messageId, place = "general") => control.messages(channel(place)).some(({ id }) => id === messageId),
    told: (userId) => control.dms(userId).map(shownIn).join("\n"),
    lines: (place) => control.messages(channel(place)).map(shownIn).join("\n"),
    async answered(interactionId, expected) {
      const text = () => {
        const { embeds, components, content, followUps } = control.interaction(interactionId);
        return [content ?? "", JSON.stringify([embeds, components, followUps])].join("\n");
      };
      await until(`${String(expected)}`, () => expected.test(text())).catch((cause: unknown) => {
        throw new Error(`answered ${text()}`, { cause });
      });
      return text();
    },
    async caseOf(userId, isIt = () => true) {
      let found: CaseFile | undefined;
      await holds(`a case of ${userId}`, async () => {
        const [newest] = await store.cases({ userId, limit: 1 });
        if (newest !== undefined && isIt(newest)) found = newest;
        return found !== undefined;
      });
      return found!;
    },
  };
}

import type { Place } from "./place.ts";

/** What holds for every guild of this house: nothing is asked of anybody, and nobody runs into a quota. */
export const EVERYWHERE = {
  usesPerMinute: 600,
  quota: { perRule: { measures: 1_000, per: "10m" }, perModerator: { measures: 1_000, per: "10m" } },
  approval: { verbs: [] },
  lists: { phishing: { from: "phishing.txt" } },
  models: { small: ["openai:gpt-5-mini"], large: ["openai:gpt-5-mini"] },
};

const mild = { atLeast: "delete" };
const words = (...list: readonly string[]) => ({ words: { list } });
/** Rules that would meet too much elsewhere hold in one room only. */
const inRoom = (place: Place, room: string) => ({ only: { channels: [place.channel(room)] }, then: mild });

/** Rules of every kind, by what they look for. */
function rules(place: Place, knownPicture: string) {
  return {
    word: {
      about: "Kind words only",
      when: words("grumblewort"),
      unless: { channels: [place.channel("jokes")] },
      reads: ["messages", "edits", "threads", "names"],
    },
    "kept-word": { when: words("slowpoke"), then: { deletes: false } },
    listed: { when: { links: { lists: ["phishing"] } }, then: mild },
    part: { when: { words: { list: ["snarf"], match: "part" } }, then: mild },
    exact: { when: { words: { list: ["ACME"], match: "exact" } }, then: mild },
    plain: { when: { words: { list: ["plainword"], disguises: false } }, then: mild },
    pattern: { when: { patterns: { list: ["\\bsell(ing)? accounts?\\b"] } }, then: mild },
    "hidden-pattern": { when: { patterns: { list: ["free\\s+coins"], disguises: true } }, then: mild },
    link: { when: { links: { domains: ["evil.example"], lookalikes: true, masked: true } }, then: mild },
    "only-ours": {
      when: { links: { others: true, allowed: ["owls.example", "discord.gg"] } },
      ...inRoom(place, "library"),
    },
    invite: { when: { invites: { allowed: ["partner"] } }, then: mild },
    "no-invite": { when: { invites: { own: false } }, ...inRoom(place, "library") },
    mentions: { when: { mentions: { names: 3, everyone: true } }, then: mild },
    capitals: { when: { capitals: { share: 0.8, minimumLength: 12 } }, then: mild },
    emoji: { when: { emoji: { count: 5 } }, then: mild },
    length: { when: { length: { characters: 900, lines: 12 } }, then: mild },
    flood: { when: { flood: { messages: 5 } }, then: mild },
    trickle: { when: { flood: { messages: 3, seconds: 60 } }, ...inRoom(place, "library") },
    copies: {
      when: { duplicates: { copies: 3, channels: 2, alike: true, minimumLength: 20 } },
      unless: { channels: [place.channel("library")] },
      then: mild,
    },
    wave: { when: { duplicates: { members: 3 } }, ...inRoom(place, "library") },
    poses: { when: { attachments: { posing: true, contents: ["script"] } }, then: mild },
    kinds: {
      when: {
        attachments: {
          contents: ["program", "script", "archive", "page", "document", "picture", "video", "sound"],
        },
      },
      ...inRoom(place, "workshop"),
    },
    papers: {
      when: { attachments: { allowedExtensions: ["pdf", "txt"], megabytes: 0.001, count: 3 } },
      ...inRoom(place, "library"),
    },
    picture: { when: { pictures: {} }, unless: { channels: [place.channel("gallery")] }, then: mild },
    shown: {
      when: { pictures: { known: [knownPicture], blocked: false, distance: 0 } },
      ...inRoom(place, "gallery"),
    },
    files: { when: { attachments: { extensions: ["exe"], types: ["video/*"], doubleEndings: true } }, then: mild },
    off: { enabled: false, when: words("offword"), then: mild },
  };
}

/** Rules that meet one word each, by whom they hold for and what is done. */
function measures(place: Place) {
  const regular = place.role("regular");
  const only = (word: string, condition: object) => ({ when: words(word), only: condition, then: mild });
  return {
    timed: { when: words("timeword"), then: { atLeast: "timeout" } },
    "timed-longer": { when: words("longword"), then: { atLeast: "timeout", timeoutMinutes: 90 } },
    kicked: { when: words("kickword"), then: { atLeast: "kick" } },
    banned: { when: words("banword"), then: { atLeast: "ban" } },
    reported: { when: words("oddword"), then: { atLeast: "report" } },
    told: { when: words("loudword"), then: { atLeast: "delete", tellsModerators: true } },
    bounded: { when: words("mildword"), then: { points: 4, atMost: "warn" } },
    newcomers: only("hello there", { all: [{ accountYoungerThanDays: 1 }, { not: { roles: [regular] } }] }),
    "for-regulars": only("roleword", { roles: [regular] }),
    "for-a-room": only("roomword", { channels: [place.channel("market")] }),
    // Less than a second and a half: whoever came with the guild has been there longer.
    "for-the-new": only("newword", { memberForLessThanDays: 1.5 / 86_400 }),
    "for-offenders": only("pointword", { pointsAtLeast: 1 }),
    "for-the-known": only("caseword", { casesAtLeast: 1 }),
    "for-either": only("eitherword", { any: [{ roles: [regular] }, { channels: [place.channel("market")] }] }),
    pushed: { when: words("pushword"), pushDown: true, unless: { roles: [regular] }, then: mild },
    two: { when: words("twoword"), then: { points: 2 } },
    three: { when: words("threeword"), then: { points: 3 } },
    four: { when: words("fourword"), then: { points: 4 } },
  };
}

/** The guild with a rule of every kind. */
export const owlery = (place: Place, knownPicture: string) => ({
  staffRoleIds: [place.role("helper")],
  agents: {
    casework: { mode: "live", config: { staffChannelId: place.channel("staff") } },
    moderation: {
      mode: "live",
      config: {
        exemptChannelIds: [place.channel("attic")],
        exemptRoleIds: [place.role("guest of honour")],
        reportChannelId: place.channel("staff"),
        rules: { ...rules(place, knownPicture), ...measures(place) },
        ladder: {
          steps: [
            { points: 1, measure: "warn" },
            { points: 2, measure: "timeout", minutes: 5 },
            { points: 3, measure: "kick" },
            { points: 4, measure: "ban" },
          ],
          timeoutMinutes: 45,
          forgetAfterDays: 20,
          sameIncidentSeconds: 0,
          exceptions: [{ roles: [place.role("regular")], atMost: "warn" }],
          appeal: "Write to the owls.",
        },
      },
    },
  },
});

/** Another with its own words and a lenient ladder, where the house's own scorer judges, and what Discord holds back is warned of. */
export const rookery = (place: Place) => ({
  agents: {
    moderation: {
      mode: "live",
      config: {
        nativeHits: "warn",
        reportChannelId: place.channel("staff"),
        rules: {
          banned: { about: "No banwords", when: words("banword"), then: { atLeast: "ban" } },
          kicked: { when: words("kickword"), then: { atLeast: "kick" } },
          timed: { when: words("timeword"), then: { atLeast: "timeout", timeoutMinutes: 7 } },
        },
        ladder: {
          steps: [
            { points: 1, measure: "warn" },
            { points: 5, measure: "kick" },
          ],
          firstOffenceAtMost: "warn",
          sameIncidentSeconds: 60,
          wording: {
            warn: "A word of warning from {guild}: {rule}.",
            timeout: "Quiet for {minutes}, please.",
            kick: "Out for now: {why}.",
            ban: "Farewell. You said: {quote}",
          },
        },
        judgement: {
          by: "scorer",
          actFrom: { spam: 0.9, insult: 0.9, hate: 0.9, harm: 0.9 },
          atMost: "warn",
          points: 5,
        },
      },
    },
  },
});

/** The third leaves what no rule meets to a model, and what Discord does to Discord. */
export const aviary = (place: Place) => ({
  agents: {
    moderation: {
      mode: "live",
      config: {
        nativeHits: "ignore",
        reportChannelId: place.channel("staff"),
        ladder: { sameIncidentSeconds: 0 },
        judgement: {
          by: "model",
          rules: "1. No feathers indoors.",
          culture: "We squawk at each other.",
          considerFrom: { spam: 0.9, insult: 0.9, hate: 0.9, harm: 0.9 },
          atMost: "ban",
        },
      },
    },
  },
});

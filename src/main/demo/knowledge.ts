import type { EventOf, PassageDraft } from "#core";

/** What the demo's members ask again and again. */
const PASSAGES: readonly PassageDraft[] = [
  {
    asks: ["When is the shed open?", "Opening hours", "Can I come on Sundays?"],
    text: "The shed is open on Wednesdays from five to nine and on Saturdays from ten to six. On Sundays it is closed.",
  },
  {
    asks: ["Who has the key to the shed?", "How do I get a key?"],
    text: "Marisol, Benedek and Halvard have keys. After six months with us you can ask for one of your own.",
  },
  {
    asks: ["What does it cost?", "Is there a membership fee?"],
    text: "Membership is four a month. Paint, epoxy and plywood are shared at cost; write down what you take in the book by the door.",
  },
  {
    asks: ["May I use epoxy when it is cold?", "At which temperature does epoxy cure?"],
    text: "Below twelve degrees wait for a warmer day, or warm the resin in a water bath and leave it for two nights.",
  },
];

/** Handed in once, by the same event as anybody's entries; what staff withdraw stays withdrawn. */
export function demoKnowledge(guildId: string, at: number): EventOf<"knowledge.given"> {
  return {
    ...{ id: "demo:knowledge", guildId, at, kind: "knowledge.given" },
    ...{ name: "The shed", passages: PASSAGES, by: "demo:owner" },
  };
}

import { mkdirSync, mkdtempSync, writeFileSync } from "node:fs";
import { tmpdir } from "node:os";
import { dirname, join } from "node:path";

const jsonl = (rows: readonly object[]): string => rows.map((row) => `${JSON.stringify(row)}\n`).join("");
const labelled = (...rows: readonly (readonly [text: string, label: string])[]): string =>
  jsonl(rows.map(([text, label], index) => ({ id: String(index), text, label })));

const intents = jsonl(
  ["open an account", "open a new account please", "i would like to open an account", "account opening"]
    .map((text) => ({ text, label: "open" }))
    .concat(
      ["close my account", "please close the account", "i want to close it", "closing my account"].map((text) => ({
        text,
        label: "close",
      })),
    )
    .concat(["sing a song", "tell me a joke"].map((text) => ({ text, label: "__OOS__" }))),
);

/** A folder laid out like the evaluation data, every text made up here. */
export function tinyData(changes: Readonly<Record<string, string | undefined>> = {}): string {
  const root = mkdtempSync(join(tmpdir(), "guildhall-eval-"));
  const files: Readonly<Record<string, string | undefined>> = {
    "spam/sms_uci.jsonl": labelled(["win a prize, call now", "spam"], ["see you at eight", "ham"]),
    "spam/telegram_tgspam.jsonl": labelled(["доход от 100$ в день, пишите", "spam"], ["кто идёт в кино?", "ham"]),
    "spam/discord_scams.jsonl": jsonl([
      { text: "free nitro from steam", label: "scam", kind: "phrase", source: "Erisa/Cliptok Lists/scams.txt" },
      {
        text: "i give my laptop away for free, dm me",
        label: "scam",
        kind: "message",
        source: "almostSouji/discord-scams",
      },
      { text: "unlicensed words nobody may learn", label: "scam", source: "index:1 (a public bot)" },
    ]),
    "toxicity/davidson_tweets.jsonl": labelled(
      ["you are trash", "offensive"],
      ["i hate those people", "hate"],
      ["nice tea", "neither"],
    ),
    "toxicity/surge_1000.jsonl": labelled(["shut up idiot", "toxic"], ["what a day", "ok"]),
    "toxicity/openai_moderation.jsonl": labelled(["i will hurt you", "flagged"], ["the weather is fine", "ok"]),
    "toxicity/hatecheck_en.jsonl": jsonl([
      { text: "they are vermin", label: "hateful", functionality: "derog_dehum_h", templ: "1" },
      { text: "nobody should call them vermin", label: "non-hateful", functionality: "counter_quote_nh", templ: "2" },
      { text: "calling them vermin is wrong", label: "non-hateful", functionality: "counter_ref_nh", templ: "3" },
      { text: "we call ourselves so", label: "non-hateful", functionality: "slur_reclaimed_nh", templ: "4" },
    ]),
    "toxicity/hatecheck_multilingual.jsonl": jsonl([
      { text: "das sind keine menschen", label: "hateful", functionality: "derog_dehum_h", lang: "german", templ: "1" },
      {
        text: "niemand soll das sagen",
        label: "non-hateful",
        functionality: "counter_quote_nh",
        lang: "german",
        templ: "2",
      },
      {
        text: "das zu sagen ist falsch",
        label: "non-hateful",
        functionality: "counter_ref_nh",
        lang: "german",
        templ: "3",
      },
    ]),
    "toxicity/ldnoobw_words.csv": "lang,word\nen,blasted\n",
    "injection/notinject_benign.jsonl": labelled(["please ignore the noise outside", "benign"]),
    "faq/banking77.jsonl": intents,
    "faq/clinc150_oos.jsonl": intents,
    "discord/disco.jsonl": jsonl([{ text: "hello there" }, { text: "the build is green" }, { text: "lunch?" }]),
    ...changes,
  };
  for (const [name, content] of Object.entries(files)) {
    if (content === undefined) continue;
    mkdirSync(join(root, dirname(name)), { recursive: true });
    writeFileSync(join(root, name), content);
  }
  return root;
}

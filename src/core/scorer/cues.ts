import { linksIn, lookalikeOf, type Link } from "../text/index.ts";
import { CONCEPTS, conceptsOf } from "./concepts.ts";
import type { Grams } from "./grams.ts";

/** What a text looks like, apart from its words: each is there or not. Append only: the order is part of the weights. */
const SHAPES = [
  ["link", "has a link"],
  ["links", "has several links"],
  ["lookalike-link", "links to a name that imitates another"],
  ["cheap-link", "links to an ending that is cheap to register"],
  ["short-link", "links through a shortener"],
  ["invite", "invites to another server"],
  ["messenger-link", "links to Telegram or WhatsApp"],
  ["everyone", "calls everyone"],
  ["mention", "mentions a member"],
  ["handle", "names an account elsewhere"],
  ["sum", "names a sum of money"],
  ["large-sum", "names a large sum of money"],
  ["percent", "names a percentage"],
  ["duration", "names a number of hours or days"],
  ["phone", "has a telephone number"],
  ["short-code", "has a short code or number to call"],
  ["hash", "has a long code"],
  ["loud", "is mostly in capitals"],
  ["exclaims", "exclaims"],
  ["exclaims-much", "exclaims a lot"],
  ["asks", "asks a question"],
  ["some-emoji", "has several emoji"],
  ["many-emoji", "has many emoji"],
  ["styled", "is set in letters that imitate a font"],
  ["invisible", "has invisible characters"],
  ["lines", "has several lines"],
  ["many-lines", "has many lines"],
  ["code", "has code"],
  ["tiny", "is very short"],
  ["short", "is short"],
  ["middling", "is one or two sentences long"],
  ["long", "is long"],
  ["very-long", "is very long"],
  ["one-code-word", "is one word of letters and digits"],
  ["markdown-link", "hides a link behind words"],
  ["call-to-pay", "has a price for a call or text"],
  ["account-name", "is one name of several words joined"],
  ["placeholder-link", "begins a link at its end"],
  ["known-link", "links to a well-known place"],
  ["machine", "quotes logs, code or codes"],
  ["custom-emoji", "has a server's own emoji"],
  ["only-link", "is nothing but a link"],
  ["reference", "points to a channel or message"],
  ["mixed-scripts", "mixes letters of several alphabets in one word"],
] as const;

export type Shape = (typeof SHAPES)[number][0];

const SHAPE_AT = new Map<Shape, number>(SHAPES.map(([name], index) => [name, index]));
/** Shapes that mean more together with another, or with a concept. */
const PARTNERS: readonly Shape[] = [
  "link",
  "lookalike-link",
  "everyone",
  "sum",
  "percent",
  "duration",
  "handle",
  "phone",
  "short-code",
  "loud",
  "exclaims",
  "some-emoji",
  "asks",
  "tiny",
  "mention",
];
const SIGNALS = PARTNERS.length + CONCEPTS.length;

/** First the shapes, then the concepts, then each pair of signals. */
export const CUES = SHAPES.length + CONCEPTS.length + (SIGNALS * (SIGNALS - 1)) / 2;

export interface Cues {
  readonly places: Uint16Array;
  count: number;
}

const cues: Cues = { places: new Uint16Array(CUES), count: 0 };
const signals = new Uint8Array(SIGNALS);

/** The cues of a text, in one buffer for all calls. */
export function cuesOf(text: string, grams: Grams, links: readonly Link[] = linksIn(text)): Cues {
  cues.count = 0;
  let signal = 0;
  const has = (shape: Shape): void => {
    cues.places[cues.count++] = SHAPE_AT.get(shape)!;
    const partner = PARTNERS.indexOf(shape);
    if (partner !== -1) signals[signal++] = partner;
  };
  linkShapes(text, links, has);
  letterShapes(text, has);
  let concepts = 0;
  for (let word = 0; word < grams.words; word++) {
    concepts |= conceptsOf(grams.text.slice(grams.wordFrom[word], grams.wordTo[word]));
  }
  for (let concept = 0; concept < CONCEPTS.length; concept++) {
    if ((concepts & (1 << concept)) === 0) continue;
    cues.places[cues.count++] = SHAPES.length + concept;
    signals[signal++] = PARTNERS.length + concept;
  }
  putPairs(signal);
  return cues;
}

function putPairs(count: number): void {
  const first = SHAPES.length + CONCEPTS.length;
  for (let left = 0; left < count; left++) {
    for (let right = left + 1; right < count; right++) {
      const low = Math.min(signals[left]!, signals[right]!);
      const high = Math.max(signals[left]!, signals[right]!);
      if (low !== high) cues.places[cues.count++] = first + (high * (high - 1)) / 2 + low;
    }
  }
}

const SHORTENERS =
  /^(?:bit\.ly|tinyurl\.com|cutt\.us|cutt\.ly|t\.co|is\.gd|goo\.gl|rb\.gy|shorturl\.at|s\.id|tiny\.cc|clck\.ru|vk\.cc|linktr\.ee|adf\.ly|ow\.ly|rebrand\.ly|v\.gd)$/;
const CHEAP =
  /\.(?:xyz|top|click|gift|site|online|live|ru\.com|shop|store|icu|club|fun|space|website|link|cfd|sbs|rest|bond|lol|pw|tk|ml|ga|cf|gq|buzz|monster|vip|win|bid)$/;
const INVITE = /discord(?:app)?\.(?:gg|com\/invite|io|me|link)\b|\bdsc\.gg\//i;
const MESSENGER = /^(?:t\.me|telegram\.me|wa\.me|telegram\.dog|api\.whatsapp\.com|chat\.whatsapp\.com)$/;

function linkShapes(text: string, links: readonly Link[], has: (shape: Shape) => void): void {
  if (links.length > 0) {
    const unknown = links.filter((link) => !isKnown(link));
    if (unknown.length > 0) has("link");
    if (unknown.length < links.length) has("known-link");
    if (links.length === 1 && !/\s/.test(text.trim())) has("only-link");
    if (links.length > 1) has("links");
    if (links.some((link) => lookalikeOf(link) !== undefined)) has("lookalike-link");
    if (links.some((link) => CHEAP.test(link.domain))) has("cheap-link");
    if (links.some((link) => SHORTENERS.test(link.domain))) has("short-link");
    if (links.some((link) => MESSENGER.test(link.host))) has("messenger-link");
    if (INVITE.test(text)) has("invite");
    if (/\]\(https?:/i.test(text)) has("markdown-link");
  } else if (/(?:https?|htt|hxxp)s?:?\/{0,2}$|\[\s*$/i.test(text.slice(-12))) has("placeholder-link");
}

const KNOWN =
  /^(?:github\.(?:com|io)|githubusercontent\.com|gitlab\.com|bitbucket\.org|youtube\.com|youtu\.be|twitter\.com|x\.com|reddit\.com|redd\.it|imgur\.com|tenor\.com|giphy\.com|wikipedia\.org|stackoverflow\.com|stackexchange\.com|medium\.com|google\.com|discord\.com|discordapp\.com|discordapp\.net|discord\.media|zoom\.us|twitch\.tv|spotify\.com|imdb\.com|npmjs\.com|pypi\.org|crates\.io|docs\.rs|readthedocs\.io|mozilla\.org|microsoft\.com|apple\.com|amazon\.com|arxiv\.org|huggingface\.co|pastebin\.com|prnt\.sc|gyazo\.com|ibb\.co|notion\.so|figma\.com|linkedin\.com|bbc\.co\.uk|nytimes\.com|theguardian\.com|steamcommunity\.com|steampowered\.com|fandom\.com|archive\.org|python\.org|nodejs\.org|rust-lang\.org|debian\.org|ubuntu\.com|docker\.com|cloudflare\.com|ethereum\.org|etherscan\.io|bsky\.app|mastodon\.social|soundcloud\.com|worldtimebuddy\.com|hackmd\.io|eventbrite\.com|meetup\.com)$/;

function isKnown(link: Link): boolean {
  return KNOWN.test(link.domain) || /\.(?:edu|gov|ac\.uk)$/.test(link.domain);
}

const SUM = /[$£€₽₹¥]\s?\d|\d[\d.,]*\s?[km]?\s?(?:[$£€₽₹¥]|usd|eur|usdt|euro|dollar|pound|bucks|руб|р\b|долл)/i;
const LARGE_SUM = /[$£€₽₹]\s?\d+(?:[.,]?\d{3}|\s?k\b)|\d+(?:[.,]?\d{3}|\s?k)\s?(?:[$£€₽₹]|usd|eur|usdt|dollar|руб)/i;
const PERCENT = /\d\s?%/;
const DURATION = /\d\s?(?:hours?|hrs?|days?|weeks?|months?|час|дн|недел|месяц|stunden|tage|días|jours|h\b)/i;
const PHONE = /(?:\+|00)?\d[\d\s().\-\u2011]{8,16}\d/;
const SHORT_CODE = /\b\d{5,6}\b/;
const HASH = /\b(?:[a-z]+\d|\d+[a-z])[a-z0-9]{10,}\b/i;
const HANDLE = /(?:^|\s)@[a-z][a-z0-9_]{3,}/i;
const CALL_PRICE = /\d+\s?p(?:pm|\/min|\/msg| per|\b)|£\d[\d.]*\s?\/?(?:per|wk|min|msg|txt)/i;
const MACHINE = /```|[\da-f]{24,}|\w=\S|[{}]|(?:^|\s)\.?\/\w+\/|\d+\.\d+\.\d+|\d{1,2}:\d\d:\d\d|"\s*:/i;
const EVERYONE = /@(?:everyone|here)\b/i;
const MENTION = /<@[!&]?\d+>|@user\b/i;
const ONE_CODE_WORD = /^(?=\S*\d)(?=\S*[a-z])[a-z0-9_.#-]{5,24}$/i;
const ACCOUNT_NAME = /^(?:[A-Z][a-z]+|[a-z]+)[_.]?(?:[A-Z][a-z]+|[a-z]+)?[_.]?\d{0,4}$/;
const INVISIBLE = /[\u200b-\u200f\u2060-\u2064\ufeff\u00ad]/;
const MIXED = /[a-z][\u0370-\u03ff\u0400-\u052f]|[\u0370-\u03ff\u0400-\u052f][a-z]/i;
const STYLED = /[\u{1d400}-\u{1d7ff}\u{1f130}-\u{1f189}\uff21-\uff5a\u24b6-\u24e9]/u;

function numberShapes(text: string, has: (shape: Shape) => void): void {
  if (SUM.test(text)) {
    has("sum");
    if (LARGE_SUM.test(text)) has("large-sum");
  }
  if (PERCENT.test(text)) has("percent");
  if (DURATION.test(text)) has("duration");
  if (PHONE.test(text)) has("phone");
  if (SHORT_CODE.test(text)) has("short-code");
  if (HASH.test(text)) has("hash");
  if (CALL_PRICE.test(text)) has("call-to-pay");
}

interface Counts {
  lower: number;
  upper: number;
  digits: number;
  foreign: number;
  halves: number;
  exclamations: number;
  questions: number;
  lines: number;
  spaces: number;
  at: number;
  ticks: number;
  symbols: number;
}

const counts: Counts = {
  lower: 0,
  upper: 0,
  digits: 0,
  foreign: 0,
  halves: 0,
  exclamations: 0,
  questions: 0,
  lines: 0,
  spaces: 0,
  at: 0,
  ticks: 0,
  symbols: 0,
};

function count(text: string): Counts {
  let lower = 0, upper = 0, digits = 0, foreign = 0, halves = 0, exclamations = 0; // prettier-ignore
  let questions = 0, lines = 0, spaces = 0, at = 0, ticks = 0, symbols = 0; // prettier-ignore
  for (let index = 0; index < text.length; index++) {
    const unit = text.charCodeAt(index);
    if (unit >= 97 && unit <= 122) lower++;
    else if (unit === 32) spaces++;
    else if (unit >= 65 && unit <= 90) upper++;
    else if (unit >= 48 && unit <= 57) digits++;
    else if (unit >= 0xd800 && unit <= 0xdbff) halves++;
    else if (unit > 127) {
      if (unit >= 0x2600 && unit <= 0x27bf) halves++;
      else foreign++;
    } else if (unit === 33) exclamations++;
    else if (unit === 63) questions++;
    else if (unit === 10) lines++;
    else if (unit === 64) at++;
    else if (unit === 96) ticks++;
    else symbols++;
  }
  return Object.assign(counts, { lower, upper, digits, foreign, halves, exclamations, questions, lines, spaces, at, ticks, symbols }); // prettier-ignore
}

/** What a text looks like shows at its beginning; patterns over all of a long log would cost more than they tell. */
const LOOKED_AT = 600;

function letterShapes(whole: string, has: (shape: Shape) => void): void {
  const text = whole.length > LOOKED_AT ? whole.slice(0, LOOKED_AT) : whole;
  const { lower, upper, digits, foreign, halves, exclamations, questions, lines, spaces, at, ticks } = count(whole);
  if (digits > 0) numberShapes(text, has);
  if (at > 0) {
    if (EVERYONE.test(text)) has("everyone");
    else if (HANDLE.test(text)) has("handle");
    if (MENTION.test(text)) has("mention");
  }
  if (upper >= 8 && upper > lower) has("loud");
  if (exclamations > 0) has(exclamations > 2 ? "exclaims-much" : "exclaims");
  if (questions > 0) has("asks");
  if (halves > 2) has(halves > 7 ? "many-emoji" : "some-emoji");
  if (halves + foreign > 0) {
    if (STYLED.test(text)) has("styled");
    if (INVISIBLE.test(text)) has("invisible");
    if (foreign > 0 && MIXED.test(text)) has("mixed-scripts");
  }
  if (lines > 1) has(lines > 5 ? "many-lines" : "lines");
  if (ticks > 1) has("code");
  if (/<a?:\w+:\d+>/.test(text)) has("custom-emoji");
  if (/<#\d+>|channels\/\d/.test(text)) has("reference");
  if (digits + ticks > 5 && MACHINE.test(text)) has("machine");
  has(lengthShape(whole.length));
  if (spaces === 0 && lines === 0 && text.length < 30) {
    if (ONE_CODE_WORD.test(text)) has("one-code-word");
    else if (upper > 1 && ACCOUNT_NAME.test(text)) has("account-name");
  }
}

function lengthShape(length: number): Shape {
  if (length <= 16) return "tiny";
  if (length <= 45) return "short";
  if (length <= 160) return "middling";
  return length <= 500 ? "long" : "very-long";
}

/** A cue in words a moderator reads, or `undefined` where it is a pair of others. */
export function cueText(place: number): string | undefined {
  if (place < SHAPES.length) return SHAPES[place]![1];
  if (place < SHAPES.length + CONCEPTS.length) return CONCEPTS[place - SHAPES.length]!.says;
  const [left, right] = pairAt(place - SHAPES.length - CONCEPTS.length);
  return `${signalText(left)} and ${signalText(right)}`;
}

function pairAt(index: number): readonly [number, number] {
  let high = 1;
  while (((high + 1) * high) / 2 <= index) high++;
  return [index - (high * (high - 1)) / 2, high];
}

function signalText(signal: number): string {
  if (signal < PARTNERS.length) return SHAPES[SHAPE_AT.get(PARTNERS[signal]!)!]![1];
  return CONCEPTS[signal - PARTNERS.length]!.says;
}

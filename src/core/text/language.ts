import { eld } from "eld/large";
import { normalise } from "./normalise.ts";

export interface Language {
  /** ISO 639-1; "nb" for Norwegian Bokmål. */
  readonly code: string;
  /** Whether the text is long and clear enough to act on it. */
  readonly isSure: boolean;
}

const LETTERS = /\p{L}/gu;
/** Below this many letters a guess is a guess: "no", "ok" and "die" belong to too many languages. */
const ENOUGH_LETTERS = 24;

interface Correction {
  /** Guesses that are doubted. */
  readonly among: readonly string[];
  readonly has: RegExp;
  readonly lacks?: RegExp;
  readonly code: string;
}

const CYRILLIC = ["ru", "uk", "be", "bg", "sr", "mk", ""];
const ARABIC = ["ar", "fa", "ur", "ps", "ku", ""];
const KANA = /[\u3040-\u30ff]/u;

/**
 * Near relatives are told apart by letters and small words that only one of them writes: our own list, where the detector has too
 * few n-grams to go by, or does not know the language at all (Indonesian). The first that fits decides.
 */
const CORRECTIONS: readonly Correction[] = [
  { among: ["ja", "zh", "ko", ""], has: KANA, code: "ja" },
  { among: ["ja", "zh", "ko", ""], has: /\p{Script=Hangul}/u, code: "ko" },
  { among: ["ja", "zh", ""], has: /\p{Script=Han}/u, lacks: KANA, code: "zh" },
  { among: CYRILLIC, has: /[ђјљњћџ]/u, lacks: /[ќѓѕ]/u, code: "sr" },
  { among: CYRILLIC, has: /[їєґ]|і(?!\p{L}*ў)/u, lacks: /[ыўэ]/u, code: "uk" },
  { among: CYRILLIC, has: /[ыэё]/u, lacks: /[ўі]/u, code: "ru" },
  { among: ["ru", "uk", "sr", "mk", "be"], has: /\p{L}ъ[бвгджзклмнпрстфхцчшщ]/u, lacks: /[ыэёії]/u, code: "bg" },
  { among: ARABIC, has: /[ٹڈڑںےھہ]/u, code: "ur" },
  {
    among: ["ur"],
    has: /(?:^|\s)(?:است|این|های|برای|می|را|که|شود|شد|بود)(?=\s|$)|ژ|.{25}/u,
    lacks: /[ٹڈڑںےھہ]/u,
    code: "fa",
  },
  { among: ["ar", "ps", "ku"], has: /[پچژگکی]/u, lacks: /[ٹڈڑںےھہ]/u, code: "fa" },
  {
    among: ["mr", "ne"],
    has: /\p{Script=Devanagari}/u,
    lacks: /(?:^|\s)(?:आहे|आणि|आहेत|होते|नाही|मध्ये|छ|छन्|हो)(?=\s|$)|ळ|च्या/u,
    code: "hi",
  },
  { among: ["cs", "sl", "hr", "pl", "hu"], has: /[ľĺŕ]|ô|ä(?=\p{L})/u, lacks: /[ěřůőűß]/u, code: "sk" },
  { among: ["sk", "sl", "hr", "pl"], has: /[ěřů]/u, code: "cs" },
  { among: ["sl", "cs", "sk", "sq"], has: /[ćđ]/u, lacks: /[łąęěřů]/u, code: "hr" },
  {
    among: ["es", "pt", "fr", "it"],
    has: /l·l|\b(?:amb|els|però|més|això|dels|ha estat)\b|ny\b/u,
    lacks: /[ñãõ]/u,
    code: "ca",
  },
  { among: ["ca", "pt", "it", "gl", "fr"], has: /[ñ¿¡]/u, code: "es" },
  { among: ["ca", "es", "it", "fr", "gl"], has: /ã|õ|lh[aeo]/u, lacks: /[ñ¿¡]/u, code: "pt" },
  { among: ["fi", "et", "de"], has: /å/u, lacks: /[æøõüß]/u, code: "sv" },
  {
    among: ["ms"],
    has: /\b(?:bahawa|kerana|kerajaan|ialah|polis|syarikat|boleh|awak|sahaja|daripada|beliau|wang|kereta|ketika itu|mesyuarat)\b/u,
    code: "ms",
  },
  {
    among: ["ms"],
    has: /\b(?:bahwa|karena|pemerintah\w*|adalah|bisa|tersebut|perusahaan|uang|saat|polisi|anda|kalau|gak|dapat|sebesar|kantor|mobil|tetapi|namun|hanya|maupun|secara|sejumlah|sedangkan|sehingga|jakarta|indonesia|rupiah|rp|merupakan|berbagai|selain|lainnya|menurut|mengatakan|ungkap|kata dia|seorang|harus|sebuah|melalui|masyarakat|warga|sekitar|kemudian|hingga|pun|jika|soal|serta|korban|selama|kali|agar|bagi|dinilai|pihak|sekolah|tim|rumah sakit|provinsi|kabupaten|kota|juta|miliar)\b|(?:isasi|itas|nomi|ologi)\b/u,
    code: "id",
  },
];

/** The language of a text, or `undefined` where it has no letters. */
export function languageOf(text: string): Language | undefined {
  const letters = text.match(LETTERS)?.length ?? 0;
  if (letters === 0) return undefined;
  const plain = normalise(text);
  const guess = eld.detect(plain);
  const better = CORRECTIONS.find(
    ({ among, has, lacks }) => among.includes(guess.language) && has.test(plain) && lacks?.test(plain) !== true,
  );
  const code = better?.code ?? guess.language;
  if (code === "") return undefined;
  return { code: code === "no" ? "nb" : code, isSure: letters >= ENOUGH_LETTERS && guess.isReliable() };
}

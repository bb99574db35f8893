/**
 * Letters that are drawn to be read as another one and that compatibility decomposition (NFKC) leaves alone: as pairs of a Latin
 * letter and what is taken for it. Our own list: what somebody would type to get past a word list, not everything Unicode holds.
 */
const LATIN_LOOKALIKES: Readonly<Record<string, string>> = {
  a: "аαɑᴀ∂ⱥ🅐🅰🄰ӓ",
  b: "ƅЬʙɓ🅑🅱",
  c: "сϲᴄⅽȼ¢🅒🅲",
  d: "ԁɗᴅ🅓🅳",
  e: "еҽεєɛᴇ€ɘә🅔🅴",
  f: "ϝƒꜰ🅕🅵",
  g: "ɡցɢ🅖🅶ɠ",
  h: "һհʜ🅗🅷ɦ",
  i: "іιɩıɪ🅘🅸",
  j: "јʝᴊ🅙🅹",
  k: "κкᴋ🅚🅺",
  l: "ӏⅼʟ🅛🅻",
  m: "мᴍ🅜🅼ɱ",
  n: "ոηпɴ🅝🅽ɲ",
  o: "оοօσᴏ🅞🅾ө",
  p: "рρᴘ🅟🅿ƿ",
  q: "ԛզ🅠🆀",
  r: "гʀᴦ🅡🆁ɾ",
  s: "ѕꜱʂ🅢🆂",
  t: "тτᴛ🅣🆃ŧ",
  u: "υսᴜ🅤🆄ц",
  v: "νѵᴠ🅥🆅",
  w: "ѡԝωᴡ🅦🆆ш",
  x: "хχ×🅧🆇",
  y: "уүγʏ🅨🆈",
  z: "ᴢ🅩🆉ʐ",
};

/** The other way round, for a Latin letter put into a Russian word. Only those that look the same in print. */
const CYRILLIC_LOOKALIKES = "aаeеoоpрcсyуxхiіkкmмhнtтbвnп";

export const LATIN_FOR: ReadonlyMap<string, string> = new Map(
  Object.entries(LATIN_LOOKALIKES).flatMap(([latin, others]) => [...others].map((other) => [other, latin] as const)),
);

export const CYRILLIC_FOR: ReadonlyMap<string, string> = new Map(
  [...CYRILLIC_LOOKALIKES].flatMap((letter, index, all) =>
    index % 2 === 0 ? [[letter, all[index + 1]!] as const] : [],
  ),
);

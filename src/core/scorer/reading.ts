/** What is no speech: marks of Discord, addresses, and what machines wrote. Without any of these a text is read as it is. */
const MARKED = /[<`_=\\{}[\]|@]|:\/\/|\d{3}|\d[a-z]|[a-z]\d|\w\.\w|\/\w/i;
const FENCE = /```(?:[a-z]{1,10}\n)?([\s\S]*?)(?:```|$)/gi;
const EMOJI = /<a?:\w+:\d+>|:[a-z_0-9]{2,}:/gi;
const MENTION = /<[@#][!&]?\d+>|<t:\d+(?::\w)?>|<\/[\w ]+:\d+>/g;
const HANDLE = /(?<![\w@])@(?!everyone\b|here\b)[\w.]{2,}(?:#\d{4})?/g;
const ADDRESS = /\b(?:https?|hxxps?|ftp|wss?):\/\/([^\s/<>()[\]"'`|]+)[^\s<>]*/gi;
const TOKEN = /\S+/g;
const MACHINE =
  /^(?=.*\d)(?=.*[a-z])[\w.:+/-]{10,}$|[\w.-]+=[\w./-]+|^--?[a-z][\w-]+|[{}\\]|^"?[\w-]+"?:["\d]|^\.{0,2}\/[\w./-]+|\w+\/\w+\/\w+|^0x[\da-f]+|\w_\w+_\w|\d{9,}|\d+\.\d{4,}|\d+(?:\.\d+){2,}|->|>>|^[\d:.,\-/[\]()]{6,}$/i;

const ONE_TOKEN = /^(?!.*:\/\/)[^\s<`]{1,40}$/;

/**
 * The part of a text that is said to people: marks, addresses' paths, logs, hashes and code left out, since they say nothing of
 * what is meant and would drown what does. Hosts stay. A text that is nothing else is kept as it is.
 */
export function reading(text: string): string {
  if (!MARKED.test(text)) return text;
  const words = text
    .replace(FENCE, (_block, inside: string) => (isSpeech(inside) ? ` ${inside} ` : " "))
    .replace(EMOJI, " ")
    .replace(MENTION, " ")
    .replace(ADDRESS, " ")
    .replace(HANDLE, " ")
    .replace(TOKEN, (token) => (MACHINE.test(token) && !token.startsWith("+") ? " " : token));
  // A message that is one code or number: that it is nothing else is all there is to know, and is kept.
  return words.trim() === "" && ONE_TOKEN.test(text) ? text : words;
}

/** Whether a block of code is words in disguise: mostly letters and spaces, few of the signs code is made of. */
function isSpeech(text: string): boolean {
  const signs = text.match(/[{}()[\]=<>;:\\/_$#|"\d]/g)?.length ?? 0;
  return signs * 12 < text.length;
}

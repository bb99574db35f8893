import { normalise } from "#core/text/index";

const SHORTEST_WORDS = 3;
const LONGEST = 800;
const WORD = /[\p{L}\p{N}']+/gu;

/** Words a question begins with, in the languages the house speaks. A greeting or a name may stand before them. */
const ASKING =
  /^(?:(?:hi|hey|hello|hallo|hola|salut|bonjour|olá|oi|moin|guys|all|everyone|everybody|folks|there|leute|zusammen|todos|todas|tous|toutes|pessoal|gente|please|bitte|sorry|also|und|and|so|ok|y|et|e)[\s,!.:-]+){0,4}(?:who|what|when|where|why|how|which|whose|is there|are there|can i|can we|can you|can someone|can anyone|could (?:i|you|someone|anyone)|do i|do we|do you|does|did|should i|may i|am i|anyone know|any way|was ist|wer|wie|wann|wo|warum|wieso|weshalb|welche[rsmn]?|woher|wohin|wofür|gibt es|gibt's|kann ich|kann man|können wir|darf ich|muss ich|soll ich|qué|quién|cuándo|cómo|dónde|por qué|cuál(?:es)?|cuánto|hay (?:algún|alguna|una|un)|puedo|se puede|qui|quoi|quand|comment|où|pourquoi|combien|quel(?:le)?s?|est-ce|y a-t-il|puis-je|peut-on|quem|quando|como|onde|por que|porque|qual|quais|quanto|há|existe|posso|dá para|tem como)(?=[^\p{L}]|$)/u;

/** Asked of everybody, wherever it stands in the text. */
const WONDERING =
  /(?:does|do) any(?:one|body) know|any(?:one|body) (?:know|here who)|i (?:can't|cannot|don't) (?:find|figure|understand|know) (?:out )?(?:how|where|why|what)|wondering (?:how|if|whether|what|where)|wei(?:ß|ss) (?:jemand|wer|einer)|kann mir (?:jemand|wer|einer)|hat jemand|ich (?:frage mich|weiß nicht),? (?:wie|wo|warum|was|ob)|alguien sabe|me pueden decir|no sé (?:cómo|dónde|por qué)|quelqu'un sait|savez-vous|je ne sais pas (?:comment|où|pourquoi)|alguém sabe|não sei (?:como|onde|por ?que)/u;

/** Whether somebody asks something that could be answered: by how it is put, never by what it is about. */
export function isQuestion(text: string): boolean {
  if (text.length > LONGEST) return false;
  const plain = normalise(withoutQuotes(text)).replaceAll("’", "'");
  if ((plain.match(WORD)?.length ?? 0) < SHORTEST_WORDS) return false;
  return /[\p{L}\p{N})"'»”]\s*[?？](?:\s|$|[!.)?])/u.test(plain) || ASKING.test(plain) || WONDERING.test(plain);
}

/** What is quoted, code or an address is nobody's question. */
function withoutQuotes(text: string): string {
  return text
    .replace(/```[\s\S]*?(?:```|$)|`[^`\n]*`/g, " ")
    .replace(/^>.*$/gm, " ")
    .replace(/https?:\/\/\S+/g, " ")
    .replace(/<[@#:a][^>]*>/g, " ");
}

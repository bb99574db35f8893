/**
 * The local scorer: spam, insult, hate, harm and words to a model, without a model and without a network. Small linear models over
 * hashed n-grams and named cues; `npm run train` makes their weights, `npm run eval` says how good they are (docs/quality.md).
 */
export { explain, type Reason } from "./explain.ts";
export { HEADS, type Head } from "./heads.ts";
export { SCORER_HASH } from "./model.ts";
export { scoreOf, scoreText, type Scores } from "./score.ts";

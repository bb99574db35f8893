/** Which of a bank's entries does a question ask for? Pure: neither a model nor a network nor a database. */
export { type Entry, type Found, type Match, type QuestionMatcher, questionMatcher } from "./matcher.ts";
export { stemsOf, type Word } from "./stems.ts";

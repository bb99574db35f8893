/**
 * The words of the house. Read them in this order:
 *
 * *event*     something happened, in the past tense: `member.joined`                      → events.ts
 * *look*      what an agent may read; every read is recorded                              → agent.ts
 * *effect*    what an agent answers: a tally, a write, a proposal, or a wish to consider   → effects.ts
 * *tally*     a count of the agent's own, over a window it declares                        → effects.ts
 * *write*     a change of our own records, applied inside the commit                       → effects.ts
 * *proposal*  an action on the world, with its rule, its reason and its confidence         → effects.ts
 * *action*    what could be done to the world, imperative: `member.timeout`                → actions.ts, verbs.ts
 * *ruling*    what the judge says of a proposal: run, ask or drop                          → rulings.ts
 * *order*     one step of a ruled action, stored in the outbox until a hand carries it out → orders.ts
 * *outcome*   what came of an order                                                        → orders.ts
 * *case*      the numbered record that moderators see                                      → cases.ts
 * *record*    what is kept of a guild, by name and key                                    → records/
 * *ranking*   who has most of a total, and where one member stands                        → ranking.ts
 * *board*     a total of one stretch of time that members are compared by                 → boards.ts
 * *approval*  what waits for a human, its card on every face, votes and answers            → approvals.ts
 * *directory* what we know of a guild: roles, channels, owner, the bot's own roles         → directory.ts
 * *commit*    what one transaction remembers, and why it may refuse                       → commit.ts
 * *blob*      a large thing of one guild, sealed, with an end: a transcript                → blobs.ts
 * *share*     which guilds are one process's own                                            → share.ts
 * *store*     everything that lasts, read guild by guild                                  → store.ts
 * *standing*  what of a guild's choices the bot cannot carry out, and how to mend it       → standing.ts
 * *raid*      one raid: its steps, its members, and what has to be put back                → raids.ts
 * *ticket*    something a member wants from staff, in a thread of its own                  → tickets.ts
 * *gathering* what members come together for, who comes, and how it repeats               → gatherings.ts
 * *policy*    what a guild chose: modes, rules, quotas, approvals                          → policy.ts
 * *knowledge* what the house may answer from: sources and their passages                   → knowledge/
 * *command*   what members can use, press and fill in, and how each is answered            → commands.ts
 * *question*  what a model may be asked, what a witness finds, and what came of it         → questions.ts
 * *catalogue* texts in every language the house speaks                                     → catalogue.ts
 * *calendar*  zones, dates as people write them, recurrences: `#core/calendar/index`       → calendar/
 */
export * from "./erasure.ts";
export * from "./errors.ts";
export * from "./findings.ts";
export * from "./canonical.ts";
export * from "./share.ts";
export * from "./snowflake.ts";
export * from "./permissions.ts";
export * from "./directory.ts";
export * from "./events.ts";
export * from "./about-events.ts";
export * from "./following.ts";
export * from "./voice.ts";
export * from "./words.ts";
export * from "./guild-features.ts";
export * from "./actions.ts";
export * from "./verbs.ts";
export * from "./permits.ts";
export * from "./harmless-roles.ts";
export * from "./approvals.ts";
export * from "./card-text.ts";
export * from "./cards.ts";
export * from "./presses.ts";
export * from "./effects.ts";
export * from "./ranking.ts";
export * from "./curve.ts";
export * from "./boards.ts";
export * from "./web-board.ts";
export * from "./raids.ts";
export * from "./spree.ts";
export * from "./tickets.ts";
export * from "./gatherings.ts";
export * from "./postings.ts";
export * from "./transcripts.ts";
export * from "./ticket-stats.ts";
export * from "./log-lines.ts";
export * from "./records/index.ts";
export * from "./cases.ts";
export * from "./conduct.ts";
export * from "./lists.ts";
export * from "./looked-files.ts";
export * from "./pins.ts";
export * from "./knowledge/index.ts";
export * from "./rulings.ts";
export * from "./orders.ts";
export * from "./policy.ts";
export * from "./rehearsal.ts";
export * from "./standing.ts";
export * from "./language.ts";
export * from "./catalogue.ts";
export * from "./nearest.ts";
export * from "./placeholders.ts";
export * from "./house-words.ts";
export * from "./components.ts";
export * from "./letters.ts";
export * from "./appeals.ts";
export * from "./commands.ts";
export * from "./questions.ts";
export * from "./agent.ts";
export * from "./blank-look.ts";
export * from "./command-mistakes.ts";
export * from "./commit.ts";
export * from "./store.ts";
export * from "./ports.ts";
export * from "./blobs.ts";

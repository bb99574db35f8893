import type { Look } from "#core";
import { hostOf, invitesIn, leadsTo, listedDomain, lookalikeOf, maskedIn, type Link } from "#core/text/index";
import type { Triggers } from "../config.ts";
import { EXACT, GUESSED, type Hit, type Writing } from "../findings.ts";
import { isOwnInvite } from "../invites.ts";

/** Unlike other triggers these look things up, and only where there is a link at all. */
export type LookingTrigger = (writing: Writing, look: Look) => Hit | undefined;

const hosts = (entries: readonly string[]): ReadonlySet<string> =>
  new Set(entries.map((entry) => hostOf(entry) ?? entry));

export function linkTrigger(choices: NonNullable<Triggers["links"]>): LookingTrigger {
  const [denied, allowed] = [hosts(choices.domains), hosts(choices.allowed)];
  const meant = (link: Link, look: Look): Hit | undefined => {
    const listed = listedDomain(link.host, denied);
    if (listed !== undefined) return to("link", listed, EXACT);
    if (listedDomain(link.host, allowed) !== undefined) return undefined;
    for (const list of choices.lists) {
      const { entry } = look.listed(list, link.host);
      if (entry !== undefined) return { reason: "link-listed", facts: { domain: entry, list }, confidence: EXACT };
    }
    const like = choices.lookalikes ? lookalikeOf(link) : undefined;
    if (like !== undefined)
      return { reason: "link-lookalike", facts: { domain: link.domain, like: like.of }, confidence: GUESSED };
    return choices.others ? to("link-other", link.domain, EXACT) : undefined;
  };
  return ({ text, facts }, look) => {
    if (facts.links.length === 0) return undefined;
    for (const link of facts.links.flatMap(leadsTo)) {
      const hit = meant(link, look);
      if (hit !== undefined) return hit;
    }
    const mask = choices.masked ? maskedIn(text) : undefined;
    if (mask === undefined) return undefined;
    return { reason: "link-masked", facts: { shown: mask.shown, domain: mask.leads }, confidence: EXACT };
  };
}

function to(reason: string, domain: string, confidence: number): Hit {
  return { reason, facts: { domain }, confidence };
}

export function inviteTrigger({ allowed, own }: NonNullable<Triggers["invites"]>): LookingTrigger {
  const welcome = new Set(allowed.map((entry) => entry.slice(entry.lastIndexOf("/") + 1)));
  return ({ facts }, look) => {
    if (facts.links.length === 0) return undefined;
    const code = invitesIn(facts.links.flatMap(leadsTo)).find(
      (one) => !welcome.has(one) && !(own && isOwnInvite(one, look)),
    );
    return code === undefined ? undefined : { reason: "invite", facts: { code }, confidence: EXACT };
  };
}

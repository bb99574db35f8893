import type { Link } from "./links.ts";

/** Discord's own addresses for invitations; other shorteners are links like any other. */
const SHORT_HOSTS: ReadonlySet<string> = new Set(["discord.gg", "www.discord.gg"]);
const LONG_HOSTS = /^(?:www\.|ptb\.|canary\.)?discord(?:app)?\.com$/;
const SHORT_PATH = /^(?:invite\/)?([\w-]{2,100})/i;
const LONG_PATH = /^invite\/([\w-]{2,100})/i;

/** The codes of the invitations among a text's links. */
export function invitesIn(links: readonly Link[]): readonly string[] {
  return links.flatMap(({ url, host }) => {
    const shape = SHORT_HOSTS.has(host) ? SHORT_PATH : LONG_HOSTS.test(host) ? LONG_PATH : undefined;
    const code = shape?.exec(pathOf(url))?.[1];
    return code === undefined ? [] : [code];
  });
}

function pathOf(url: string): string {
  const path = /^[^/\\]*[/\\]+(.*)$/.exec(url.replace(/^[a-z]+:\/\//i, ""));
  return path?.[1] ?? "";
}

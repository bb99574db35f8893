import { createHash, createHmac, timingSafeEqual } from "node:crypto";
import { isIP } from "node:net";
import type { FastifyInstance, FastifyReply, FastifyRequest } from "fastify";
import { APPEAL_ROUTE } from "./appeal-link.ts";
import { Refusal } from "./problems.ts";
import { CALENDAR_ROUTE } from "./routes/calendars.ts";
import { LEADERBOARD_ROUTE } from "./routes/leaderboard.ts";

export interface GuardOptions {
  readonly token: string;
  readonly allowedHosts: readonly string[];
}

/** Answered to anybody under any name: they say nothing but "up", or only what the signature in the address is for. */
const OPEN = new Set(["/healthz", "/readyz", APPEAL_ROUTE, LEADERBOARD_ROUTE]);
/** Opened by the secret in the address, which calendars outside have instead of a login. */
const BY_SECRET = new Set([CALENDAR_ROUTE]);
/** The page itself, which holds nothing of the house. */
const PAGE = new Set(["/", "/*"]);
const READING = new Set(["GET", "HEAD", "OPTIONS"]);
/** What opens for whoever has a link that was signed for them, under any name: neither token nor cookie has a part in it. */
const SIGNED = /^\/transcripts\/:pass(\/|$)/;

/**
 * Who gets in. A bearer token is enough by itself: no web page of somebody else's can send it. The cookie is believed only
 * under a host name of ours (a name rebound to this address brings its own), and changes things only from our own page.
 */
export function guard(app: FastifyInstance, options: GuardOptions): void {
  app.addHook("onRequest", async (request, reply) => {
    secureHeaders(reply);
    const route = routeOf(request) ?? "";
    const opensItself = OPEN.has(route) || SIGNED.test(route) || BY_SECRET.has(route);
    if (opensItself || sameSecret(bearerOf(request), options.token)) return;
    if (!trustedHost(request.headers.host, options.allowedHosts)) {
      throw new Refusal(
        421,
        "unknown-host",
        "this name is not known here; open the page by its address or as localhost",
      );
    }
    if (!needsToken(request)) return;
    if (!sameSecret(cookieOf(request, options.token), sessionOf(options.token))) {
      throw new Refusal(
        401,
        "not-signed-in",
        "open the link printed at start, or send the token as `Authorization: Bearer …`",
      );
    }
    if (!READING.has(request.method) && !fromOurPage(request)) {
      throw new Refusal(403, "foreign-origin", "this change came from another site and was not made");
    }
  });
}

/** `GET /?token=…`: the token leaves the address bar at once and lives on as a cookie that scripts cannot read. */
export function signIn(app: FastifyInstance, options: GuardOptions): void {
  app.addHook("preHandler", async (request, reply) => {
    const { token } = (request.query ?? {}) as { token?: unknown };
    if (!PAGE.has(routeOf(request) ?? "") || typeof token !== "string") return;
    if (!sameSecret(token, options.token)) return reply.redirect("/?sign-in=refused", 303);
    const cookie = `${cookieName(options.token)}=${sessionOf(options.token)}; HttpOnly; SameSite=Strict; Path=/; Max-Age=2592000`;
    return reply.header("set-cookie", cookie).redirect("/", 303);
  });
}

/** Decided by the route that was found, not by how the address is spelled: `/%61pi/house` is `/api/house` too. */
function needsToken(request: FastifyRequest): boolean {
  const route = routeOf(request);
  return route === undefined || !PAGE.has(route) || request.url.startsWith("/api");
}

function routeOf(request: FastifyRequest): string | undefined {
  return request.routeOptions.url;
}

function bearerOf(request: FastifyRequest): string | undefined {
  return /^Bearer +(\S+)$/i.exec(request.headers.authorization ?? "")?.[1];
}

/** The cookie proves that one had the token, and is not the token. */
function sessionOf(token: string): string {
  return createHmac("sha256", token).update("guildhall session").digest("base64url");
}

/** Cookies ignore ports: the name keeps two houses on one machine apart. */
function cookieName(token: string): string {
  return `guildhall-${createHash("sha256").update(`name ${token}`).digest("hex").slice(0, 8)}`;
}

function cookieOf(request: FastifyRequest, token: string): string | undefined {
  const name = `${cookieName(token)}=`;
  const pairs = (request.headers.cookie ?? "").split(";").map((pair) => pair.trim());
  return pairs.find((pair) => pair.startsWith(name))?.slice(name.length);
}

/** Takes the same time wherever two secrets begin to differ, and however long they are. */
function sameSecret(given: string | undefined, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash("sha256").update(text).digest();
  return given !== undefined && timingSafeEqual(digest(given), digest(wanted));
}

/** A plain address cannot be rebound to another one; a name can, so only known names pass. */
function trustedHost(host: string | undefined, allowed: readonly string[]): boolean {
  const name = (host ?? "")
    .replace(/:\d+$/, "")
    .replace(/^\[(.*)\]$/, "$1")
    .toLowerCase();
  return name === "localhost" || isIP(name) !== 0 || allowed.includes(name);
}

function fromOurPage(request: FastifyRequest): boolean {
  const { origin, host } = request.headers;
  if (origin === undefined) return request.headers["sec-fetch-site"] === "same-origin";
  return origin === `http://${host}` || origin === `https://${host}`;
}

/** Inline styles are allowed because dialogs set them to lock scrolling; scripts come from our own files only. */
const CONTENT_POLICY = [
  "default-src 'self'",
  "style-src 'self' 'unsafe-inline'",
  "img-src 'self' data:",
  "object-src 'none'",
  "base-uri 'none'",
  "form-action 'self'",
  "frame-ancestors 'none'",
].join("; ");

function secureHeaders(reply: FastifyReply): void {
  reply.headers({
    "content-security-policy": CONTENT_POLICY,
    "x-content-type-options": "nosniff",
    "x-frame-options": "DENY",
    "referrer-policy": "no-referrer",
    "cross-origin-opener-policy": "same-origin",
    "cross-origin-resource-policy": "same-origin",
    "permissions-policy": "camera=(), microphone=(), geolocation=()",
    "cache-control": "no-store",
  });
}

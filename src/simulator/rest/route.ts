import type { Actor } from "../world/audit.ts";
import { invalidForm } from "../world/refusal.ts";
import type { World } from "../world/world.ts";

export interface UploadedFile {
  /** The number in `files[n]`, by which the body's `attachments` speak of it. */
  readonly index: string;
  readonly name: string;
  readonly contentType: string;
  readonly bytes: Buffer;
}

/** One request as handlers see it. */
export interface Call {
  readonly world: World;
  readonly query: URLSearchParams;
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
  /** The bot, with the reason it gave. */
  readonly actor: Actor;
  /** A part of the path. */
  part(name: string): string;
  /** A part of the path that must be a snowflake. */
  id(name: string): string;
}

export interface Reply {
  readonly status: number;
  readonly body?: unknown;
  /** Instead of JSON: a stored file. */
  readonly file?: { readonly contentType: string; readonly bytes: Buffer };
}

export type Handler = (call: Call) => Reply;
export type Method = "GET" | "POST" | "PUT" | "PATCH" | "DELETE";

export interface Route {
  readonly method: Method;
  /** `/channels/:channelId/messages`: what requests are counted and matched by. */
  readonly template: string;
  readonly pattern: RegExp;
  readonly handler: Handler;
  /** Carries its own token, or none: no bot token is asked for. */
  readonly anonymous: boolean;
  /** Interaction endpoints do not count against the global limit. */
  readonly exempt: boolean;
}

export function route(
  method: Method,
  template: string,
  handler: Handler,
  options: { readonly anonymous?: boolean; readonly exempt?: boolean } = {},
): Route {
  const source = template.replace(/[.*+?^${}()|[\]\\@]/g, "\\$&").replace(/:(\w+)/g, "(?<$1>[^/]+)");
  return {
    method,
    template,
    pattern: new RegExp(`^${source}$`),
    handler,
    anonymous: options.anonymous ?? false,
    exempt: options.exempt ?? false,
  };
}

export const ok = (body: unknown): Reply => ({ status: 200, body });
export const created = (body: unknown): Reply => ({ status: 201, body });
export const noContent: Reply = { status: 204 };

export function callOf(parts: Readonly<Record<string, string>>, rest: Omit<Call, "part" | "id">): Call {
  const part = (name: string): string => decodeURIComponent(parts[name] ?? "");
  return {
    ...rest,
    part,
    id(name) {
      const value = part(name);
      if (!/^\d{5,20}$/.test(value))
        throw invalidForm(
          [name.replace(/([A-Z])/g, "_$1").toLowerCase()],
          `Value "${value}" is not snowflake.`,
          "NUMBER_TYPE_COERCE",
        );
      return value;
    },
  };
}

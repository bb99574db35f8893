import createClient from "openapi-fetch";
import type { components, paths } from "./api-types.ts";

export type Schema = components["schemas"];
export type Activity = Schema["Activity"];
export type Approval = Schema["Approval"];
export type Case = Schema["Case"];
export type Deed = Schema["Deed"];
export type Member = Schema["DemoWorld"]["members"][number];
export type Channel = Schema["DemoWorld"]["channels"][number];
export type Command = Schema["DemoWorld"]["commands"][number];
export type Message = Schema["DemoMessages"]["messages"][number];
export type Use = Schema["DemoUse"];
export type Why = Schema["Why"];

export const api = createClient<paths>({ baseUrl: window.location.origin });

/** The house refused, and says in one line why. */
export class Refused extends Error {}
export class NotSignedIn extends Refused {}

interface Answered<T> {
  readonly data?: T | undefined;
  readonly error?: unknown;
  readonly response: Response;
}

/** The data, or what the house says against it. */
export async function answerOf<T>(call: Promise<Answered<T>>): Promise<T> {
  const { data, error, response } = await call;
  if (response.ok && data !== undefined) return data;
  const detail = (error as { detail?: string } | undefined)?.detail ?? "the house did not answer";
  throw response.status === 401 ? new NotSignedIn(detail) : new Refused(detail);
}

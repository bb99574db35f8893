import type { Simulator } from "../../src/simulator/index.ts";

export interface Answer {
  readonly status: number;
  readonly body: { readonly code?: number; readonly id?: string; readonly [key: string]: unknown };
  readonly headers: Headers;
}

export type Ask = (method: string, path: string, body?: unknown, headers?: Record<string, string>) => Promise<Answer>;

/** Plain requests, as any client would send them. */
export function asker({ apiUrl, token }: Simulator): Ask {
  return async (method, path, body, headers = {}) => {
    const response = await fetch(`${apiUrl}/v10${path}`, {
      method,
      headers: {
        authorization: `Bot ${token}`,
        ...(body === undefined || body instanceof FormData ? {} : { "content-type": "application/json" }),
        ...headers,
      },
      ...(body === undefined ? {} : { body: body instanceof FormData ? body : JSON.stringify(body) }),
    });
    const text = await response.text();
    return {
      status: response.status,
      body: text === "" ? {} : (JSON.parse(text) as Answer["body"]),
      headers: response.headers,
    };
  };
}

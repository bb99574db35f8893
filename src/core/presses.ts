import type { ApprovalAnswer } from "./events.ts";

/** What a button of a card says. */
export interface Press {
  readonly answer: ApprovalAnswer | "as-asked";
  /** The beginning of the digest of what was seen. */
  readonly seen?: string;
  /** The n-th of the closed list. */
  readonly option?: number;
}

const PLAIN: Readonly<Record<string, Press["answer"]>> = {
  r: "reject",
  m: "options",
  e: "evidence",
  b: "back",
  d: "as-asked",
};

/** The same short words on every face, because Telegram gives a button 64 bytes. */
export function readPress(press: string): Press | undefined {
  const approve = /^a\.([\w-]{6})$/.exec(press)?.[1];
  if (approve !== undefined) return { answer: "approve", seen: approve };
  const option = /^o\.(\d)$/.exec(press)?.[1];
  if (option !== undefined) return { answer: "modify", option: Number(option) };
  const answer = PLAIN[press];
  return answer === undefined ? undefined : { answer };
}

/** Where a command speaks: data to `out`, everything said about the work to `err`. */
export interface Terminal {
  out(text: string): void;
  err(text: string): void;
  /** How wide a table may be; endless where nobody looks at it (a pipe, a file). */
  readonly columns: number;
  readonly colour: boolean;
  /** Whether `err` is a screen where a line may be written over. */
  readonly progress: boolean;
  /** Who sits there, for the record. */
  readonly user: string;
}

export function processTerminal(user: string): Terminal {
  const { stdout, stderr, env } = process;
  stdout.on("error", endQuietlyWhereNobodyReads);
  return {
    out: (text) => void stdout.write(text),
    err: (text) => void stderr.write(text),
    columns: stdout.isTTY ? stdout.columns : Number.POSITIVE_INFINITY,
    colour: stdout.isTTY === true && (env["NO_COLOR"] ?? "") === "" && env["TERM"] !== "dumb",
    progress: stderr.isTTY === true,
    user,
  };
}

/** `guildhall activity | head` closes the pipe: the reader has what it wanted. */
function endQuietlyWhereNobodyReads(error: NodeJS.ErrnoException): void {
  if (error.code === "EPIPE") process.exit(0);
  throw error;
}

/** Members choose their names and texts; none of them may move the cursor or turn a line around. */
export function clean(text: string): string {
  return text.replace(/\p{Cc}+/gu, " ").replace(/[\u061c\u200e\u200f\u202a-\u202e\u2066-\u2069]/g, "");
}

export function bold(terminal: Terminal, text: string): string {
  return terminal.colour ? `\u001b[1m${text}\u001b[22m` : text;
}

const COLOURS = { red: 31, green: 32, yellow: 33 } as const;

/** The word says it, too: colour is never the only sign. */
export function colourOf(terminal: Terminal, colour: keyof typeof COLOURS, text: string): string {
  return terminal.colour ? `\u001b[${COLOURS[colour]}m${text}\u001b[39m` : text;
}

export function faint(terminal: Terminal, text: string): string {
  return terminal.colour ? `\u001b[2m${text}\u001b[22m` : text;
}

import { spawn } from "node:child_process";
import { readFileSync } from "node:fs";

/** Whom a child runs as; absent where it runs as we do. */
export interface Account {
  readonly uid: number;
  readonly gid: number;
}

export interface Ran {
  readonly code: number | null;
  readonly output: string;
}

/** Runs a program to its end. A program that cannot be started is an outcome like any other, never an unhandled event. */
export function runProgram(
  command: string,
  args: readonly string[],
  options: { readonly account?: Account | undefined; readonly input?: string } = {},
): Promise<Ran> {
  return new Promise((resolve) => {
    const child = spawn(command, args, {
      ...options.account,
      cwd: "/",
      env: { PATH: process.env["PATH"] ?? "", LC_ALL: "C", ...systemRoot() },
      stdio: ["ignore", "pipe", "pipe"],
      windowsHide: true,
    });
    let output = "";
    const hear = (chunk: Buffer) => (output = (output + chunk.toString()).slice(-4000));
    child.stdout.on("data", hear);
    child.stderr.on("data", hear);
    child.on("error", (error: NodeJS.ErrnoException) => resolve({ code: null, output: error.code ?? error.message }));
    child.on("close", (code) => resolve({ code, output }));
  });
}

function systemRoot(): NodeJS.ProcessEnv {
  const root = process.env["SystemRoot"];
  return root === undefined ? {} : { SystemRoot: root };
}

export function isAlive(pid: number): boolean {
  try {
    process.kill(pid, 0);
    return true;
  } catch (error) {
    return (error as NodeJS.ErrnoException).code === "EPERM";
  }
}

/**
 * Which process had this number: after a restart of a container or a machine another one has it. Where /proc does not tell when a
 * process began, the number alone must do.
 */
export function birthOf(pid: number): string {
  try {
    const stat = readFileSync(`/proc/${pid}/stat`, "latin1");
    const boot = readFileSync("/proc/sys/kernel/random/boot_id", "latin1").trim();
    // The name in parentheses may hold spaces; the 20th field behind it is the start in clock ticks.
    return `${boot}:${stat.slice(stat.lastIndexOf(")") + 2).split(" ")[19]}`;
  } catch {
    return "";
  }
}

/** The command line of a process, where the system tells. */
export function commandOf(pid: number): string | undefined {
  try {
    return readFileSync(`/proc/${pid}/cmdline`, "utf8").replaceAll("\0", " ");
  } catch {
    return undefined;
  }
}

import { InvalidArgumentError } from "commander";

export function caseNumber(text: string): number {
  const number = Number(text.replace(/^#/, ""));
  if (!Number.isSafeInteger(number) || number < 1) throw new InvalidArgumentError("A case has a number, like 12.");
  return number;
}

const MARK = "…";

/** At most `length` UTF-16 units, with a mark where something was cut; never half of a character. */
export function excerpt(text: string, length = 280): string {
  if (text.length <= length) return text;
  const end = length - MARK.length;
  const splitsPair = isLeadingHalf(text.charCodeAt(end - 1));
  return text.slice(0, splitsPair ? end - 1 : end).trimEnd() + MARK;
}

function isLeadingHalf(unit: number): boolean {
  return unit >= 0xd800 && unit <= 0xdbff;
}

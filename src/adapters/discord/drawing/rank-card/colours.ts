export const PAPER = 0x1d1f27;
const LEGIBLE = 4.5;
const STEP = 0.1;

const channels = (colour: number) => [(colour >> 16) & 255, (colour >> 8) & 255, colour & 255] as const;

/** How bright it is to the eye, from 0 to 1 (WCAG's relative luminance). */
function brightness(colour: number): number {
  const [red, green, blue] = channels(colour).map((channel) => {
    const share = channel / 255;
    return share <= 0.04045 ? share / 12.92 : ((share + 0.055) / 1.055) ** 2.4;
  }) as [number, number, number];
  return 0.2126 * red + 0.7152 * green + 0.0722 * blue;
}

export function contrast(one: number, other: number): number {
  const [dark, bright] = [brightness(one), brightness(other)].sort((a, b) => a - b) as [number, number];
  return (bright + 0.05) / (dark + 0.05);
}

/** The colour a guild chose, as much nearer to white as it takes to be read on the card. */
export function legible(colour: number): number {
  let chosen = colour;
  while (contrast(chosen, PAPER) < LEGIBLE) {
    const [red, green, blue] = channels(chosen).map((channel) => Math.ceil(channel + (255 - channel) * STEP));
    chosen = (red! << 16) | (green! << 8) | blue!;
  }
  return chosen;
}

export const css = (colour: number): string => `#${colour.toString(16).padStart(6, "0")}`;

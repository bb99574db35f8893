import type { RankCard } from "#core";
import { canvasLibrary, type CanvasLibrary } from "./canvas.ts";
import { css, legible, PAPER } from "./colours.ts";
import { canWrite, FAMILY, loadFontsFor } from "./fonts.ts";
import { cutToFit, directionOf, initialsOf, readable, writableName } from "./names.ts";

const WIDTH = 840;
const HEIGHT = 230;
const EDGE = 36;
const PICTURE = HEIGHT - 2 * EDGE;
const LEFT = EDGE + PICTURE + 32;
const RIGHT = WIDTH - EDGE;
const BAR = { top: 128, height: 26 };
const INK = "#f4f4f8";
const QUIET = "#b4b8c6";
const GROOVE = "#383b48";

type Context = ReturnType<ReturnType<CanvasLibrary["createCanvas"]>["getContext"]>;

/** A member's card as a PNG. `picture` is what their avatar's file holds; one that cannot be read counts as none. */
export async function drawRankCard(card: RankCard, picture?: Buffer): Promise<Buffer> {
  const library = await canvasLibrary();
  await loadFontsFor([card.name, card.username, card.level, card.points, card.place].join(" "), library);
  const canvas = library.createCanvas(WIDTH, HEIGHT);
  const context = canvas.getContext("2d");
  const accent = css(legible(card.accent ?? 0xffffff));
  const name = writableName(card, (sign) => canWrite(sign, library));
  paper(context);
  await portrait(context, name, accent, picture, library);
  const room = heading(context, card, accent);
  write(context, name, { x: LEFT, y: 88, size: 38, weight: 700, room: room - 24 });
  bar(context, card.share, accent);
  const foot = BAR.top + BAR.height + 34;
  const right = card.progress === undefined ? 0 : width(context, card.progress, 22, 400);
  write(context, card.points, { x: LEFT, y: foot, size: 22, weight: 400, room: RIGHT - LEFT - right - 24, ink: QUIET });
  if (card.progress !== undefined) atRight(context, card.progress, { y: foot, size: 22, weight: 400, ink: QUIET });
  // Off the event loop: compressing is the longest part.
  return canvas.encode("png");
}

/** Draws a card for nobody, and throws what a house would meet that draws one. */
export async function tryDrawing(): Promise<void> {
  const words = { level: "1", points: "1", caption: "", alt: "" };
  await drawRankCard({ userId: "1", name: "A", share: 0.5, ...words });
}

function paper(context: Context): void {
  context.fillStyle = css(PAPER);
  context.beginPath();
  context.roundRect(0, 0, WIDTH, HEIGHT, 24);
  context.fill();
}

/** Level and place at the right; how much room that leaves for the name. */
function heading(context: Context, card: RankCard, accent: string): number {
  atRight(context, card.level, { y: 88, size: 32, weight: 700, ink: accent });
  if (card.place !== undefined) atRight(context, card.place, { y: 46, size: 20, weight: 400, ink: QUIET });
  const widest = Math.max(width(context, card.level, 32, 700), width(context, card.place ?? "", 20, 400));
  return RIGHT - LEFT - widest;
}

async function portrait(
  context: Context,
  name: string,
  accent: string,
  picture: Buffer | undefined,
  library: CanvasLibrary,
): Promise<void> {
  const middle = EDGE + PICTURE / 2;
  const image = picture === undefined ? undefined : await library.loadImage(picture).catch(() => undefined);
  context.save();
  context.beginPath();
  context.arc(middle, middle, PICTURE / 2, 0, Math.PI * 2);
  context.clip();
  context.fillStyle = GROOVE;
  context.fillRect(EDGE, EDGE, PICTURE, PICTURE);
  if (image !== undefined) context.drawImage(image, EDGE, EDGE, PICTURE, PICTURE);
  else initials(context, initialsOf(name), middle, accent);
  context.restore();
}

function initials(context: Context, letters: string, middle: number, accent: string): void {
  context.font = fontOf(64, 700);
  context.fillStyle = accent;
  context.textAlign = "center";
  context.textBaseline = "middle";
  context.fillText(letters, middle, middle);
  context.textBaseline = "alphabetic";
}

function bar(context: Context, share: number, accent: string): void {
  const [width, { top, height }] = [RIGHT - LEFT, BAR];
  context.fillStyle = GROOVE;
  context.beginPath();
  context.roundRect(LEFT, top, width, height, height / 2);
  context.fill();
  const full = Math.min(1, Math.max(0, share)) * width;
  if (full < 1) return;
  context.fillStyle = accent;
  context.beginPath();
  // Never narrower than it is high: it would not be round.
  context.roundRect(LEFT, top, Math.max(full, height), height, height / 2);
  context.fill();
}

interface Style {
  readonly y: number;
  readonly size: number;
  readonly weight: 400 | 700;
  readonly ink?: string;
}

function write(context: Context, text: string, style: Style & { readonly x: number; readonly room: number }): void {
  context.font = fontOf(style.size, style.weight);
  context.fillStyle = style.ink ?? INK;
  context.textAlign = "left";
  context.direction = directionOf(text);
  const shown = cutToFit(text, (part) => context.measureText(part).width <= style.room);
  context.fillText(shown, style.x, style.y);
  context.direction = "ltr";
}

function atRight(context: Context, text: string, style: Style): void {
  context.font = fontOf(style.size, style.weight);
  context.fillStyle = style.ink ?? INK;
  context.textAlign = "right";
  context.fillText(readable(text), RIGHT, style.y);
}

function width(context: Context, text: string, size: number, weight: 400 | 700): number {
  context.font = fontOf(size, weight);
  return context.measureText(text).width;
}

const fontOf = (size: number, weight: 400 | 700): string => `${weight} ${size}px ${FAMILY}`;

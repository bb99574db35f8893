import { randomInt } from "node:crypto";
import { greyPng } from "./png.ts";
import { GLYPHS } from "./glyphs.ts";

const WIDTH = 320;
const HEIGHT = 110;
const MARGIN = 24;
const INK = 40;
const PAPER = 236;

interface Point {
  readonly x: number;
  readonly y: number;
}

type Line = readonly [from: Point, to: Point, thickness: number];

/**
 * Letters for somebody to read who is no machine: turned, stretched, moved, and crossed by curves, each time in another way. A PNG
 * of a few kilobytes; drawing it takes some milliseconds and nothing but this process.
 */
export function drawLetters(letters: string): Buffer {
  const lines = [...letters].flatMap((letter, index) => letterLines(letter, index, letters.length));
  const crossing = Array.from({ length: 3 }, () => curve()).flat();
  return greyPng(WIDTH, HEIGHT, painted([...lines, ...crossing]));
}

const between = (least: number, most: number): number => least + (randomInt(10_001) / 10_000) * (most - least);

function letterLines(letter: string, index: number, count: number): readonly Line[] {
  const room = (WIDTH - 2 * MARGIN) / count;
  const [wide, high] = [between(0.5, 0.68) * room, between(46, 60)];
  const angle = between(-0.38, 0.38);
  const slant = between(-0.2, 0.2);
  const middle = { x: MARGIN + room * (index + 0.5) + between(-4, 4), y: HEIGHT / 2 + between(-9, 9) };
  const thickness = between(2, 3);
  const placed = ([column, row]: readonly [number, number]): Point => {
    const [x, y] = [(column / 4 - 0.5) * wide, (row / 6 - 0.5) * high];
    const leant = x - y * slant;
    return {
      x: middle.x + leant * Math.cos(angle) - y * Math.sin(angle),
      y: middle.y + leant * Math.sin(angle) + y * Math.cos(angle),
    };
  };
  return (GLYPHS[letter] ?? []).flatMap((stroke) => joined(stroke.map(placed), thickness));
}

/** From edge to edge, as thick as letters are: what is a letter and what is not must not be told by its breadth. */
function curve(): readonly Line[] {
  const [height, swing, turns, shift] = [between(25, HEIGHT - 25), between(6, 22), between(1, 2.5), between(0, 6.3)];
  const points = Array.from({ length: 33 }, (_, step): Point => {
    const x = (step / 32) * WIDTH;
    return { x, y: height + swing * Math.sin((x / WIDTH) * turns * 2 * Math.PI + shift) };
  });
  return joined(points, between(1, 1.8));
}

function joined(points: readonly Point[], thickness: number): readonly Line[] {
  return points.slice(1).map((point, index): Line => [points[index]!, point, thickness]);
}

/** Each line darkens what lies near it; paper and ink are uneven. */
function painted(lines: readonly Line[]): Uint8Array {
  const pixels = Uint8Array.from({ length: WIDTH * HEIGHT }, () => PAPER - randomInt(28));
  for (const line of lines) paint(line, pixels);
  return pixels;
}

function paint([from, to, thickness]: Line, pixels: Uint8Array): void {
  const reach = thickness + 1;
  const [left, right] = [Math.min(from.x, to.x) - reach, Math.max(from.x, to.x) + reach].map(Math.floor) as [
    number,
    number,
  ];
  const [top, bottom] = [Math.min(from.y, to.y) - reach, Math.max(from.y, to.y) + reach].map(Math.floor) as [
    number,
    number,
  ];
  for (let y = Math.max(0, top); y <= Math.min(HEIGHT - 1, bottom); y++)
    for (let x = Math.max(0, left); x <= Math.min(WIDTH - 1, right); x++)
      if (distance({ x, y }, from, to) < thickness) pixels[y * WIDTH + x] = INK + randomInt(40);
}

function distance({ x, y }: Point, from: Point, to: Point): number {
  const [dx, dy] = [to.x - from.x, to.y - from.y];
  const length = dx * dx + dy * dy;
  const along = length === 0 ? 0 : Math.max(0, Math.min(1, ((x - from.x) * dx + (y - from.y) * dy) / length));
  return Math.hypot(x - from.x - along * dx, y - from.y - along * dy);
}

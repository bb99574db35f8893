import { PICTURE_GRID } from "#core/files/index";

/** Scaled down to so many points a cell first, and averaged from there: scaled at once, only a few points of each cell would count. */
const POINTS = 16;
const SIDE = PICTURE_GRID * POINTS;

/**
 * A picture as nine by nine cells of grey, an animated one by its first frame; `undefined` where it cannot be unpacked. What
 * unpacks it is large, and loaded with the first picture.
 */
export async function greyGrid(bytes: Uint8Array): Promise<readonly number[] | undefined> {
  const { createCanvas, loadImage } = await import("@napi-rs/canvas");
  const image = await loadImage(Buffer.from(bytes)).catch(() => undefined);
  if (image === undefined || image.width < 1 || image.height < 1) return undefined;
  const context = createCanvas(SIDE, SIDE).getContext("2d");
  // What is transparent counts as white, as it is mostly shown.
  context.fillStyle = "white";
  context.fillRect(0, 0, SIDE, SIDE);
  context.imageSmoothingEnabled = true;
  context.imageSmoothingQuality = "high";
  context.drawImage(image, 0, 0, SIDE, SIDE);
  const { data } = context.getImageData(0, 0, SIDE, SIDE);
  const sums = new Float64Array(PICTURE_GRID * PICTURE_GRID);
  for (let point = 0; point < SIDE * SIDE; point++) {
    const row = Math.floor(point / SIDE / POINTS);
    const column = Math.floor((point % SIDE) / POINTS);
    const at = point * 4;
    sums[row * PICTURE_GRID + column]! += 0.299 * data[at]! + 0.587 * data[at + 1]! + 0.114 * data[at + 2]!;
  }
  return Array.from(sums, (sum) => sum / (POINTS * POINTS));
}

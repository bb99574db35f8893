import type * as Canvas from "@napi-rs/canvas";
import { GuildhallError } from "#core";

export type CanvasLibrary = typeof Canvas;

let loading: Promise<CanvasLibrary> | undefined;

/**
 * The drawing library, when something is first to be drawn: it takes memory that most houses never need, and has a binary that not every
 * platform has. Where it cannot be loaded, the house goes on in text.
 */
export function canvasLibrary(): Promise<CanvasLibrary> {
  loading ??= import("@napi-rs/canvas").catch((cause: unknown) => {
    throw new GuildhallError("drawing.unavailable", "pictures cannot be drawn here", { cause });
  });
  return loading;
}

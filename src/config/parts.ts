import { z } from "zod";
import { duration } from "./duration.ts";

export const id = z.string().regex(/^\d{17,20}$/, "an id of 17 to 20 digits, in quotes");

const whole = duration
  .refine((milliseconds) => milliseconds >= 1_000, "a duration of at least 1s")
  .transform((milliseconds) => Math.floor(milliseconds / 1_000));

export const seconds = (fallback: string) => whole.prefault(fallback);

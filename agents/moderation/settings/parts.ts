import { z } from "zod";
import { hostOf } from "#core/text/index";

/** From the mildest to the harshest. `report` only tells the moderators; `delete` takes the message and nothing else. */
export const RUNGS = ["report", "delete", "warn", "timeout", "kick", "ban"] as const;
export type Rung = (typeof RUNGS)[number];

export const rung = z.enum(RUNGS);

export const id = z.string().regex(/^\d{1,20}$/, "an id, in quotes");

export const count = (fallback: number, what: string, least = 2) =>
  z.number().int().min(least).max(10_000).default(fallback).describe(what);

export const most = (what: string, least = 1) => z.number().int().min(least).max(100_000).optional().describe(what);

export const share = (fallback: number, what: string) => z.number().min(0).max(1).default(fallback).describe(what);

const domain = z
  .string()
  .min(1)
  .max(253)
  .refine((entry) => hostOf(entry) !== undefined, "a domain such as example.com");

export const domains = (what: string) => z.array(domain).max(20_000).default([]).describe(what);

export const RULE_NAME = /^[a-z][a-z0-9]*(?:-[a-z0-9]+)*$/;

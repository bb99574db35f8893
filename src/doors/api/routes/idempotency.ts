import { z } from "zod";

const Key = z.string().regex(/^[\x21-\x7e]{1,200}$/, "must be 1 to 200 visible ASCII characters");

/** What is asked again under the same key, because its answer was lost, is done once. */
export const IdempotencyHeaders = z.object({ "idempotency-key": Key.optional() });

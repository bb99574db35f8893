import { z } from "zod";

export const Time = z.number().describe("Milliseconds since 1970, UTC.");

import { existsSync } from "node:fs";
import { join } from "node:path";
import fastifyStatic from "@fastify/static";
import type { FastifyInstance } from "fastify";

/** The built page: its assets carry a hash in their names and are kept for ever, the page itself is asked for each time. */
export async function servePage(app: FastifyInstance, directory: string): Promise<void> {
  if (!existsSync(join(directory, "index.html"))) {
    app.get("/", { schema: { hide: true } }, (_request, reply) =>
      reply.type("text/plain; charset=utf-8").send("The page has not been built. The API is at /api/openapi.json.\n"),
    );
    return;
  }
  await app.register(fastifyStatic, {
    root: directory,
    cacheControl: false,
    schemaHide: true,
    setHeaders: (response, path) => {
      const kept = path.startsWith(join(directory, "assets"));
      response.setHeader("cache-control", kept ? "public, max-age=31536000, immutable" : "no-cache");
    },
  });
}

import type { IncomingMessage } from "node:http";
import { BODY_BYTES } from "../limits.ts";
import { Refusal, refuse } from "../world/refusal.ts";
import type { UploadedFile } from "./route.ts";

export interface ReadBody {
  readonly body: unknown;
  readonly files: readonly UploadedFile[];
}

export async function readBody(request: IncomingMessage): Promise<ReadBody> {
  const chunks: Buffer[] = [];
  let size = 0;
  for await (const chunk of request as AsyncIterable<Buffer>) {
    size += chunk.length;
    if (size > BODY_BYTES) throw new Refusal(413, 40005, "Request entity too large");
    chunks.push(chunk);
  }
  const bytes = Buffer.concat(chunks);
  const type = request.headers["content-type"] ?? "";
  if (bytes.length === 0) return { body: undefined, files: [] };
  return type.startsWith("multipart/form-data")
    ? readMultipart(bytes, type)
    : { body: readJson(bytes.toString()), files: [] };
}

function readJson(text: string): unknown {
  try {
    return JSON.parse(text) as unknown;
  } catch {
    // Discord tells no more than this either.
    throw refuse(50109);
  }
}

async function readMultipart(bytes: Buffer, type: string): Promise<ReadBody> {
  const parts = await new Response(bytes, { headers: { "content-type": type } }).formData();
  const files: UploadedFile[] = [];
  const fields: Record<string, unknown> = {};
  for (const [name, value] of parts) {
    if (typeof value === "string") fields[name] = value;
    else
      files.push({
        index: /\[(\d+)\]/.exec(name)?.[1] ?? String(files.length),
        name: value.name,
        contentType: value.type || "application/octet-stream",
        bytes: Buffer.from(await value.arrayBuffer()),
      });
  }
  const json = fields["payload_json"];
  return { body: typeof json === "string" ? readJson(json) : fields, files };
}

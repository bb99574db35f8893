import type { APIAttachment } from "discord-api-types/v10";
import { MESSAGE_ATTACHMENTS } from "../limits.ts";
import { invalidForm } from "../world/refusal.ts";
import type { World } from "../world/world.ts";
import type { MessageBody } from "./message-body.ts";
import { type Call, route, type UploadedFile } from "./route.ts";

/** Stored attachments are served like Discord's: under a signed-looking address that says when it expires. */
const EXPIRES_MS = 24 * 3_600_000;

export function storeFiles(
  world: World,
  channelId: string,
  files: readonly UploadedFile[],
  told: MessageBody["attachments"] = [],
): APIAttachment[] {
  if (files.length > MESSAGE_ATTACHMENTS)
    throw invalidForm(["files"], "Must be 10 or fewer in length.", "BASE_TYPE_MAX_LENGTH");
  return files.map((file) => {
    const description = told?.find((one) => one.id === file.index)?.["description"];
    const id = storeFile(world, file);
    const attachment = attachmentPayload(world, id, channelId)!;
    return { ...attachment, ...(typeof description === "string" && { description }) };
  });
}

/** Kept, and known by its id. */
export function storeFile(world: World, file: Pick<UploadedFile, "name" | "contentType" | "bytes">): string {
  const id = world.ids.next();
  world.files.set(id, { name: file.name, contentType: file.contentType, bytes: file.bytes });
  return id;
}

/** A stored file as messages and commands carry it. */
export function attachmentPayload(world: World, id: string, channelId = "0"): APIAttachment | undefined {
  const file = world.files.get(id);
  if (file === undefined) return undefined;
  const expires = Math.floor((world.clock.now() + EXPIRES_MS) / 1_000).toString(16);
  const url = `${world.baseUrl}/attachments/${channelId}/${id}/${encodeURIComponent(file.name)}?ex=${expires}`;
  const { name: filename, contentType: content_type } = file;
  return { id, filename, size: file.bytes.length, url, proxy_url: url, content_type };
}

function serve(call: Call) {
  const file = call.world.files.get(call.part("fileId"));
  const expires = Number.parseInt(call.query.get("ex") ?? "", 16) * 1_000;
  if (file === undefined || !(expires > call.world.clock.now()))
    return { status: 404, body: "This content is no longer available." };
  return { status: 200, file };
}

/** A user's picture lies under its hash. */
function serveAvatar(call: Call) {
  const hash = call.world.users.get(call.part("userId"))?.avatar;
  const file =
    hash !== undefined && hash !== null && call.part("name") === `${hash}.png` ? call.world.files.get(hash) : undefined;
  return file === undefined ? { status: 404, body: "" } : { status: 200, file };
}

export const attachmentRoutes = [
  route("GET", "/avatars/:userId/:name", serveAvatar, { anonymous: true, exempt: true }),
  route("GET", "/attachments/:channelId/:fileId/:name", serve, { anonymous: true, exempt: true }),
];

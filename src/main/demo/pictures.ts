import { createHash } from "node:crypto";
import type { APIMessage } from "discord-api-types/v10";
import type { DemoMessage } from "../../doors/api/demo.ts";

type Picture = NonNullable<DemoMessage["pictures"]>[number];

interface Holder {
  readonly embeds: APIMessage["embeds"];
  readonly attachments?: APIMessage["attachments"];
}

const MOST = 200;

/** Pictures lie on the simulated Discord, another address than the page's own: the page asks its house for them. */
export function createPictures() {
  const addresses = new Map<string, string>();

  function known(address: string, description: string): Picture {
    const id = createHash("sha256").update(address).digest("base64url").slice(0, 24);
    addresses.set(id, address);
    for (const oldest of addresses.keys()) {
      if (addresses.size <= MOST) break;
      addresses.delete(oldest);
    }
    return { id, description };
  }

  return {
    of(holder: Holder | undefined): readonly Picture[] {
      if (holder === undefined) return [];
      const attached = (holder.attachments ?? []).filter(
        ({ content_type: type }) => type?.startsWith("image/") === true,
      );
      return [
        ...attached.map(({ url, description, filename }) => known(url, description ?? filename)),
        ...holder.embeds.flatMap(({ image, title }) =>
          image !== undefined && image.url.startsWith("http") ? [known(image.url, title ?? "")] : [],
        ),
      ];
    },
    async picture(id: string): Promise<{ readonly type: string; readonly bytes: Buffer } | undefined> {
      const address = addresses.get(id);
      if (address === undefined) return undefined;
      const answer = await fetch(address);
      if (!answer.ok) return undefined;
      const type = answer.headers.get("content-type") ?? "application/octet-stream";
      return { type, bytes: Buffer.from(await answer.arrayBuffer()) };
    },
  };
}

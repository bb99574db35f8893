import { writtenIn, type Attachment, type Look, type Starred, type Words } from "#core";
import { excerpt, plain } from "#core/text/index";
import type { Config } from "./config.ts";
import { shownEmoji } from "./places.ts";
import { words } from "./words.ts";

interface Place {
  readonly guildId: string;
  readonly messageId: string;
}

/** What the board says of a message: how many stars, whose it is and where, its text as it was written, its picture, the way to it. */
export function postOf(starred: Starred, { guildId, messageId }: Place, look: Look, config: Config): Words {
  const { locale } = look.guild();
  const said = starred.edited ?? look.said(writtenIn(messageId));
  const author = starred.authorId === undefined ? "" : ` · <@${starred.authorId}>`;
  const head = `${shownEmoji(config.emoji)} **${starred.userIds.length}** · <#${starred.channelId}>${author}`;
  const text = said === undefined ? "" : plain(excerpt(said.text, config.excerptLength));
  const picture = pictureIn(said?.attachments ?? []);
  const url = `https://discord.com/channels/${guildId}/${starred.channelId}/${messageId}`;
  return {
    text: text === "" ? head : `${head}\n\n${text}`,
    ...(picture !== undefined && { picture }),
    components: [[{ component: "link", url, label: words.say(locale, "post.jump") }]],
  };
}

/** One that its author did not cover. */
function pictureIn(attachments: readonly Attachment[]): string | undefined {
  const isOpenPicture = ({ contentType, name }: Attachment): boolean =>
    contentType?.startsWith("image/") === true && !name.startsWith("SPOILER_");
  return attachments.find((one) => isOpenPicture(one) && one.url !== undefined)?.url;
}

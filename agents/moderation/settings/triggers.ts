import { z } from "zod";
import { FILE_FAMILIES, isPictureHash } from "#core/files/index";
import { patternMistake } from "#core/text/index";
import { count, domains, most, share } from "./parts.ts";

const words = z.strictObject({
  list: z.array(z.string().min(1).max(100)).max(20_000).default([]).describe("Words and phrases."),
  match: z
    .enum(["exact", "word", "part"])
    .default("word")
    .describe(
      "word: whole words, in any case. part: inside of longer words as well. exact: whole words, letter for letter as they stand here.",
    ),
  disguises: z
    .boolean()
    .default(true)
    .describe("Find them behind look-alike letters, piled marks, digits for letters and spaces between letters, too."),
});

const patterns = z.strictObject({
  list: z
    .array(z.string().superRefine(patternCheck))
    .max(50)
    .default([])
    .describe("Regular expressions of the RE2 kind; capitals make no difference unless one begins with (?-i)."),
  disguises: z.boolean().default(false).describe("Read the text with its disguises undone as well."),
});

function patternCheck(source: string, context: z.RefinementCtx<string>): void {
  const mistake = patternMistake(source);
  if (mistake !== undefined) context.addIssue({ code: "custom", message: mistake });
}

const links = z.strictObject({
  domains: domains("Nobody may link there; subdomains are meant as well."),
  lists: z
    .array(z.string().min(1).max(32))
    .max(10)
    .default([])
    .describe(
      "Lists of domains that the house keeps up to date (lists in default.yaml); subdomains are meant as well.",
    ),
  allowed: domains("Never meant, whatever else is said here; subdomains neither."),
  others: z.boolean().default(false).describe("Every link that does not lead to an allowed domain is meant."),
  lookalikes: z.boolean().default(false).describe("Domains that imitate a well-known name, or lure with one."),
  masked: z.boolean().default(false).describe("Links that show one address and lead to another."),
});

const invites = z.strictObject({
  allowed: z
    .array(z.string().min(1).max(100))
    .default([])
    .describe("Codes of invitations that are welcome, such as that of a partner."),
  own: z
    .boolean()
    .default(true)
    .describe("Invitations to this server, as far as they were seen being made, are welcome."),
});

const mentions = z.strictObject({
  names: count(6, "So many different members and roles named in one message are too many.", 1),
  everyone: z.boolean().default(false).describe("@everyone and @here are meant, whether they would ring or not."),
});

const capitals = z.strictObject({
  share: share(0.8, "From 0 to 1: so much of a text's letters in capitals is too much."),
  minimumLength: count(16, "Shorter texts are never taken for shouting.", 1),
});

const emoji = z.strictObject({ count: count(12, "So many emoji in one message are too many.", 1) });

const length = z.strictObject({
  characters: most("So many characters are too many."),
  lines: most("So many lines are too many."),
});

const flood = z.strictObject({
  messages: count(8, "So many messages of one member within the time are too many."),
  seconds: z
    .union([z.literal(10), z.literal(60)])
    .default(10)
    .describe("Within how long: 10 or 60 seconds."),
});

const duplicates = z.strictObject({
  copies: most("The same text so often by one member within 2 minutes is too often.", 2),
  members: most("The same text by so many different members within 2 minutes is a wave.", 2),
  channels: most("The same text by one member in so many channels within 2 minutes is too much.", 2),
  minimumLength: count(8, "Shorter texts are never taken for copies.", 1),
  alike: z
    .boolean()
    .default(false)
    .describe("Texts that differ in a name, a number, a link or another small part are copies as well."),
});

const extension = z.string().regex(/^[a-z0-9]{1,12}$/, "an ending without its dot, in small letters, such as exe");

const attachments = z.strictObject({
  extensions: z.array(extension).default([]).describe("Files with these endings are not posted here."),
  allowedExtensions: z
    .array(extension)
    .default([])
    .describe("Where any stands here, files with all other endings are meant."),
  types: z
    .array(z.string().regex(/^[a-z]+\/[\w.+*-]+$/, "a kind such as image/png or video/*"))
    .default([])
    .describe("Kinds of file as Discord tells them, such as application/zip or video/*."),
  doubleEndings: z.boolean().default(false).describe("Programs that pose as something else: holiday.jpg.exe."),
  contents: z
    .array(z.enum(FILE_FAMILIES))
    .default([])
    .describe("Kinds of file by their first bytes, whatever they are called: program, script, archive, page, …"),
  posing: z
    .boolean()
    .default(false)
    .describe("Files whose bytes are of another kind than their name says: a program called holiday.png."),
  megabytes: z.number().positive().max(1_000).optional().describe("Larger files are too large."),
  count: most("So many files in one message are too many."),
});

const pictures = z.strictObject({
  known: z
    .array(z.string().refine(isPictureHash, "a picture's hash, 32 of 0-9 and a-f"))
    .max(5_000)
    .default([])
    .describe("Hashes of pictures that are not posted here."),
  blocked: z
    .boolean()
    .default(true)
    .describe("Pictures that moderators have blocked (the menu of a message: Block this picture)."),
  distance: z
    .number()
    .int()
    .min(0)
    .max(24)
    .default(10)
    .describe("So many of a hash's 128 bits may differ: another size or quality changes a few."),
});

const TRIGGERS = {
  words,
  patterns,
  links,
  invites,
  mentions,
  capitals,
  emoji,
  length,
  flood,
  duplicates,
  attachments,
  pictures,
};

/** A rule meets a message where any of its triggers does. */
export const triggers = z
  .strictObject({
    words: words.optional().describe("Words and phrases that are not said here."),
    patterns: patterns.optional().describe("Texts of a certain shape."),
    links: links.optional().describe("Links, hidden ones (hxxp, [.]) and those inside of other links included."),
    invites: invites.optional().describe("Invitations to other servers."),
    mentions: mentions.optional().describe("Naming many, or all."),
    capitals: capitals.optional().describe("SHOUTING."),
    emoji: emoji.optional().describe("Texts full of emoji."),
    length: length.optional().describe("Walls of text."),
    flood: flood.optional().describe("Many messages at once."),
    duplicates: duplicates.optional().describe("The same text again and again."),
    attachments: attachments.optional().describe("Files."),
    pictures: pictures.optional().describe("Pictures that are known, in another size or quality too."),
  })
  .refine((value) => Object.keys(value).length > 0, {
    error: `at least one trigger: ${Object.keys(TRIGGERS).join(", ")}`,
    // A name nobody knows is said already.
    when: ({ issues }) => issues.length === 0,
  });

export type Triggers = z.infer<typeof triggers>;

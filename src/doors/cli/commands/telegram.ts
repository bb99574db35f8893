import { randomUUID } from "node:crypto";
import { Command } from "commander";
import { CODE_LIVES_MS, hashOfCode, makeCode } from "../../../adapters/telegram/index.ts";
import { type Context, type GuildFlags, guildLeaf, print, run, withGuild } from "../context.ts";
import { EXIT } from "../house-commands.ts";

export function telegramCommand(context: Context): Command {
  const link = guildLeaf("link", "make a code that links a Telegram chat to a guild, once").action(
    run(context, (flags: GuildFlags) => makeLink(context, flags)),
  );
  return new Command("telegram").description("approvals on Telegram").addCommand(link);
}

/** Only the code's hash is stored; whoever has the code may link a chat, and answer from there. */
async function makeLink(context: Context, flags: GuildFlags): Promise<number> {
  return withGuild(context, flags, async ({ guildId }, store) => {
    const code = makeCode(guildId);
    const at = context.house.clock.now();
    const expiresAt = at + CODE_LIVES_MS;
    const codeHash = hashOfCode(code);
    await store.inbox.put({ id: `cli:${randomUUID()}`, guildId, at, kind: "chat.invited", codeHash, expiresAt });
    print(context, flags, { code, expiresAt }, () => `/link ${code}\n`);
    context.terminal.err(
      "Send this line to the bot, in the chat that is to answer, within 15 minutes. It is good once.\n",
    );
    return EXIT.ok;
  });
}

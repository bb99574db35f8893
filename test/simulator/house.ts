import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { startSimulator, type Simulator, type SimulatorOptions } from "../../src/simulator/index.ts";

/** A small guild every test can read at a glance: an owner, a moderator above the bot, ordinary members below it. */
export async function openHouse(options: SimulatorOptions = {}) {
  const simulator = await startSimulator(options);
  return { simulator, ...furnish(simulator) };
}

export function furnish({ control }: Simulator, name = "Lantern Street") {
  const guild = control.createGuild({
    name,
    roles: [
      { name: "newcomer" },
      { name: "regular", mentionable: true },
      { name: "warden", permissions: Bit.Administrator },
      { name: "elder", permissions: Bit.BanMembers | Bit.KickMembers | Bit.ModerateMembers | Bit.ManageMessages },
    ],
    botRole: { above: "warden" },
    channels: [{ name: "porch" }, { name: "kitchen" }, { name: "attic" }],
    members: [
      { name: "odile" },
      { name: "elias", roles: ["elder"] },
      { name: "wanda", roles: ["warden"] },
      { name: "rufus", roles: ["regular"] },
      { name: "nessa", roles: ["newcomer"] },
      { name: "shy", dmClosed: true },
    ],
  });
  const userId = (wanted: string): string =>
    control.members(guild.id).find((one) => one.user.username === wanted)?.user.id ?? "";
  const channelId = (wanted: string): string => control.channels(guild.id).find((one) => one.name === wanted)?.id ?? "";
  const roleId = (wanted: string): string => control.roles(guild.id).find((one) => one.name === wanted)?.id ?? "";
  return { control, guildId: guild.id, userId, channelId, roleId };
}

export type House = Awaited<ReturnType<typeof openHouse>>;

/** Waits for something that is on its way; fails by name when it does not come. */
export async function until<T>(what: string, look: () => T | undefined | false): Promise<T> {
  const deadline = performance.now() + 10_000;
  for (;;) {
    const found = look();
    if (found !== undefined && found !== false) return found;
    if (performance.now() > deadline) throw new Error(`never happened: ${what}`);
    await new Promise((resolve) => setImmediate(resolve));
  }
}

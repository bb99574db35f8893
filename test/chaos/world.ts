import { PermissionFlagsBits as Bit } from "discord-api-types/v10";
import { manualClock, startSimulator, type ManualClock, type Simulator } from "../../src/simulator/index.ts";
import { CITIZENS, MODERATORS } from "./script.ts";

export interface ChaosWorld {
  readonly simulator: Simulator;
  readonly clock: ManualClock;
  readonly guildId: string;
  readonly channelId: string;
  readonly idOf: (name: string) => string | undefined;
  readonly nameOf: (userId: string | null) => string;
}

/** The same community for every run: a clock that the script moves, so that times in ids never depend on the machine. */
export async function openChaosWorld(): Promise<ChaosWorld> {
  // It starts with ours and only runs ahead: what was just attempted is never older than what it made.
  const clock = manualClock(Date.now());
  const simulator = await startSimulator({ clock, rateLimits: "off", seed: 7 });
  const { control } = simulator;
  const guild = control.createGuild({
    name: "The Long Table",
    roles: [{ name: "warden", permissions: Bit.ModerateMembers | Bit.BanMembers | Bit.KickMembers }],
    botRole: { permissions: Bit.Administrator },
    channels: [{ name: "hall" }],
    members: [
      { name: "founder" },
      ...MODERATORS.map((name) => ({ name, roles: ["warden"] })),
      ...CITIZENS.map((name) => ({ name })),
    ],
  });
  const guildId = guild.id;
  const names = new Map<string, string>();
  const note = (): void => {
    for (const { user } of control.members(guildId)) names.set(user.id, user.username);
  };
  note();
  return {
    simulator,
    clock,
    guildId,
    channelId: control.channels(guildId).find(({ name }) => name === "hall")!.id,
    idOf: (name) => control.members(guildId).find(({ user }) => user.username === name)?.user.id,
    nameOf: (userId) => {
      if (userId !== null && !names.has(userId)) note();
      return names.get(userId ?? "") ?? String(userId);
    },
  };
}

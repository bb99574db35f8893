import type { Action, EventOf } from "#core";
import { FIRST_PROGRESS, targetsOf } from "#core";
import type { HouseLook } from "../decide/look.ts";
import { NOTHING, type HouseSays } from "../house/says.ts";
import { cardOf } from "./card.ts";
import { change, placesOf, show } from "./faces.ts";
import { quietUntil } from "./quiet.ts";

/** The card is made from what is known at asking, and ordered on every face; in quiet hours it arrives without a sound. */
export function shown(approvalId: string, event: EventOf<"clock.struck">, look: HouseLook): HouseSays {
  const approval = look.approval(approvalId);
  if (approval?.guildId !== event.guildId || approval.progress?.card !== undefined) return NOTHING;
  const choices = look.read("choices");
  const [target] = targetsOf(approval.verdict.proposal.action);
  const dossier = look.read("dossier", approval.eventId, target?.userId ?? "");
  const about = nameOf(approval.verdict.proposal.action, look);
  const card = cardOf(approval, { guild: look.guild(), dossier, choices, ...(about !== undefined && { about }) });
  const made = { ...approval, progress: { ...(approval.progress ?? FIRST_PROGRESS), card } };
  if (approval.status !== "pending") return { ...NOTHING, house: [change(approval, made.progress)] };
  const silent = quietUntil(event.at, choices.quietHours) !== undefined;
  const places = placesOf(choices, look.record("chat", "telegram"), silent);
  const { progress, house } = show(made, places, event);
  return { ...NOTHING, house: [change(approval, progress), ...house] };
}

function nameOf(action: Action, look: HouseLook): string | undefined {
  if (action.verb === "role.add") return look.role(action.roleId)?.name;
  return action.verb === "channel.lock" ? look.channel(action.channelId)?.name : undefined;
}

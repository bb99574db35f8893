import {
  type Channel,
  channelPermissions,
  type Directory,
  type Finding,
  missingPermissions,
  permissionTitle,
  weaker,
} from "#core";

const CATEGORY = 4;
/** Discord's own limit. */
const MOST_IN_CATEGORY = 50;
const NEARLY = 45;

interface Wish {
  readonly place?: string;
  readonly categoryIds?: readonly string[];
}
interface Config extends Wish {
  readonly types?: readonly (Wish & { readonly id: string; readonly staffRoleIds?: readonly string[] })[];
  readonly closedCategoryId?: string;
}

/**
 * Where channels of tickets are made, and whether there is room for them. A category that is gone is found with all other settings
 * that name what is gone.
 */
export function placeFindings(directory: Directory, config: unknown): readonly Finding[] {
  const chosen = (config ?? {}) as Config;
  const channels = (chosen.types ?? []).filter((type) => (type.place ?? chosen.place) === "channel");
  if (channels.length === 0) return [];
  const ids = new Set(channels.flatMap((type) => type.categoryIds ?? chosen.categoryIds ?? []));
  if (chosen.closedCategoryId !== undefined) ids.add(chosen.closedCategoryId);
  const about = directory.name;
  return [
    ...[...ids].flatMap((id) => {
      const found = directory.channels[id];
      return found === undefined ? [] : categoryFinding(found, directory);
    }),
    ...channels
      .filter(({ staffRoleIds = [] }) => staffRoleIds.length === 0)
      .map(({ id }) => {
        const what = `the channels of the tickets called ${id} are seen by administrators alone: no role answers them`;
        return weaker(about, what, "name who does: staffRoleIds, in the settings of tickets");
      }),
  ];
}

function categoryFinding(category: Channel, directory: Directory): readonly Finding[] {
  const { id, name, type } = category;
  const about = directory.name;
  if (type !== CATEGORY)
    return [weaker(about, `#${name} is no category: no ticket's channel can be made in it`, "name a category instead")];
  const { botUserId, botRoleIds } = directory;
  const lacking = missingPermissions(channelPermissions(directory, id, botUserId, botRoleIds), [
    "VIEW_CHANNEL",
    "MANAGE_CHANNELS",
  ]).map((permission) => `"${permissionTitle(permission)}"`);
  const inIt = Object.values(directory.channels).filter(({ parentId }) => parentId === id).length;
  const room =
    inIt >= MOST_IN_CATEGORY
      ? `the category ${name} for tickets is full: ${inIt} channels`
      : `the category ${name} for tickets is nearly full: ${inIt} of ${MOST_IN_CATEGORY} channels`;
  return [
    ...(lacking.length === 0
      ? []
      : [
          weaker(
            about,
            `no ticket's channel can be made in the category ${name}: the bot lacks ${lacking.join(", ")} there`,
            "allow it to the bot's role in the category's settings",
          ),
        ]),
    ...(inIt < NEARLY
      ? []
      : [weaker(about, room, "delete channels of closed tickets (deleteClosedAfterHours), or name one more category")]),
  ];
}

import type { RolePanel } from "#core";

export interface Change {
  readonly add: readonly string[];
  readonly remove: readonly string[];
}

/** *keep-one* the last one of a panel of exactly one · *too-many* more than the panel allows */
export type Refused = { readonly refused: "keep-one" | "too-many" };

type Rules = Pick<RolePanel, "roleIds" | "rule" | "most">;

/** One role is pressed: on, or off again. Of a panel of exactly one, another takes its place. */
export function pressed(panel: Rules, held: readonly string[], roleId: string): Change | Refused {
  const own = panel.roleIds.filter((id) => held.includes(id));
  if (own.includes(roleId))
    return panel.rule === "one" && own.length === 1 ? { refused: "keep-one" } : { add: [], remove: [roleId] };
  if (panel.rule === "one") return { add: [roleId], remove: own };
  if (panel.rule === "most" && own.length >= (panel.most ?? 1)) return { refused: "too-many" };
  return { add: [roleId], remove: [] };
}

/** A whole choice at once: exactly these, of those the panel has. */
export function chosen(panel: Rules, held: readonly string[], wanted: readonly string[]): Change | Refused {
  const wished = panel.roleIds.filter((id) => wanted.includes(id));
  if (panel.rule === "one" && wished.length === 0) return { refused: "keep-one" };
  const most = panel.rule === "one" ? 1 : panel.rule === "most" ? (panel.most ?? 1) : Infinity;
  if (wished.length > most) return { refused: "too-many" };
  const own = panel.roleIds.filter((id) => held.includes(id));
  return {
    add: wished.filter((id) => !own.includes(id)),
    remove: own.filter((id) => !wished.includes(id)),
  };
}

type Needs = Pick<RolePanel, "number" | "roleIds" | "requiredRoleId">;

/**
 * Panels that need a role which only they can give, in a ring: nobody could ever begin. Gives the numbers of the ring that the new
 * one closes, itself first.
 */
export function ringClosedBy(panel: Needs, others: readonly Needs[]): readonly number[] | undefined {
  const all = [...others, panel];
  const walk = (at: Needs, path: readonly number[]): readonly number[] | undefined => {
    if (at.requiredRoleId === undefined) return undefined;
    const givers = all.filter((one) => one.roleIds.includes(at.requiredRoleId!));
    // With one way in that leads nowhere back, somebody can begin.
    const rings = givers.map((giver) =>
      giver.number === panel.number ? path : path.includes(giver.number) ? [] : walk(giver, [...path, giver.number]),
    );
    if (rings.length === 0 || rings.some((ring) => ring === undefined)) return undefined;
    return rings.find((ring) => ring !== undefined && ring.length > 0);
  };
  return walk(panel, [panel.number]);
}

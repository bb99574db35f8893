import { describe, expect, it } from "vitest";
import { createShelf } from "./shelf.ts";

describe("what was made lately", () => {
  const shelfOf = () => {
    const made: string[] = [];
    const shelf = createShelf<string>({ keptMs: 1_000, most: 2 });
    const get = (group: string, key: string, now: number) =>
      shelf.get(group, key, now, () => {
        made.push(`${group}/${key}`);
        return key === "broken" ? Promise.reject(new Error("broken")) : Promise.resolve(`${key} at ${now}`);
      });
    return { made, get };
  };

  it("is made once, however many ask at once, and anew when it is old", async () => {
    const { made, get } = shelfOf();
    expect(await Promise.all([get("a", "x", 0), get("a", "x", 0), get("a", "x", 999)])).toEqual(
      Array(3).fill("x at 0"),
    );
    expect(await get("a", "x", 1_000)).toBe("x at 1000");
    expect(made).toEqual(["a/x", "a/x"]);
  });

  it("is no more than so much for one group, and another group has its own", async () => {
    const { made, get } = shelfOf();
    await Promise.all([get("a", "x", 0), get("a", "y", 0)]);
    expect(get("a", "z", 500)).toBeUndefined();
    expect(await get("a", "y", 500)).toBe("y at 0");
    expect(await get("b", "z", 500)).toBe("z at 500");
    expect(await get("a", "z", 1_000)).toBe("z at 1000");
    expect(made).toEqual(["a/x", "a/y", "b/z", "a/z"]);
  });

  it("is not kept where making it failed, and counts all the same", async () => {
    const { made, get } = shelfOf();
    await expect(get("a", "broken", 0)).rejects.toThrow("broken");
    await expect(get("a", "broken", 0)).rejects.toThrow("broken");
    expect(get("a", "broken", 0)).toBeUndefined();
    expect(made).toHaveLength(2);
  });
});

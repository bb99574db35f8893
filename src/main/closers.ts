import { errorFields, type Log } from "#core";

/** Closes in the opposite order of opening, every one of them, once. */
export function createClosers(log: Log) {
  const closers: { readonly name: string; readonly close: () => Promise<void> }[] = [];
  let closing: Promise<void> | undefined;

  async function closeInTurn(): Promise<void> {
    for (const { name, close } of closers.reverse()) {
      try {
        await close();
      } catch (error) {
        log.warn({ part: name, ...errorFields(error) }, "a part of the house did not close cleanly");
      }
    }
  }

  return {
    add(name: string, close: () => Promise<void>): void {
      closers.push({ name, close });
    },
    closeAll: () => (closing ??= closeInTurn()),
  };
}

import type { Order } from "#core";
import { type HandsPlace, openHands } from "./process.ts";

/** A process that does one thing and is killed over it: it carries out the order it is sent, and waits for its end. */
process.once("message", ({ place, order }: { place: HandsPlace; order: Order }) => {
  void openHands(place).executor.perform(order, new AbortController().signal);
});
process.on("disconnect", () => process.kill(process.pid, "SIGKILL"));
process.send!("ready");

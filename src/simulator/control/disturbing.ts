import { GatewayOpcodes } from "discord-api-types/v10";
import type { Hub } from "../gateway/hub.ts";
import { invalidate } from "../gateway/hub.ts";
import type { PrivilegedIntent } from "../gateway/intents.ts";
import { deliver } from "../gateway/session.ts";
import type { Fault, Faults } from "../rest/faults.ts";

/** Everything that goes wrong on purpose. */
export function disturbingControl(hub: Hub, faults: Faults) {
  return {
    fault: (fault: Fault) => faults.add(fault),
    clearFaults: () => faults.clear(),
    /** The wires are cut: no close frame. Sessions stay and go on buffering. Returns how many. */
    cutSockets(): number {
      const cut = [...hub.connections];
      for (const connection of cut) connection.cut();
      return cut.length;
    },
    /** The wires go dead and nobody is told: heartbeats are not answered any more. Returns how many. */
    freezeSockets(): number {
      for (const connection of hub.connections) connection.freeze();
      return hub.connections.size;
    },
    /** Discord asks every client to come back elsewhere (op 7). */
    reconnectAll(): void {
      for (const connection of hub.connections) connection.sendOperation(GatewayOpcodes.Reconnect, null);
    },
    /** Op 9. Not resumable: the sessions are gone, those without a socket too. */
    invalidateSessions(resumable: boolean): void {
      if (!resumable) hub.sessions.clear();
      for (const connection of hub.connections) {
        if (!resumable) connection.session = undefined;
        invalidate(hub, connection, resumable);
      }
    },
    /** The next frame of this event goes missing on the wire; its number is used, and RESUME would bring it. */
    dropNextFrame: (event: string) => void hub.drops.push(event),
    /** Text goes out as it is; an object that is a dispatch is numbered and remembered like any other. */
    sendRaw: (frame: unknown) => sendRaw(hub, frame),
    /** Closes every connection with this code, as Discord would. */
    closeAll(code: number, reason = ""): void {
      for (const connection of hub.connections) connection.close(code, reason);
    },
    /** Switches a privileged intent of the application on or off: 4014 for whoever identifies with it. */
    allowIntent(intent: PrivilegedIntent, allowed: boolean): void {
      if (allowed) hub.expected.disallowed.delete(intent);
      else hub.expected.disallowed.add(intent);
    },
  };
}

function sendRaw(hub: Hub, frame: unknown): void {
  if (isDispatch(frame)) {
    for (const session of hub.sessions.values())
      deliver(session, frame.t, JSON.stringify(frame.d ?? null), hub.capacity());
    return;
  }
  const text = typeof frame === "string" ? frame : JSON.stringify(frame);
  for (const connection of hub.connections) connection.send(text);
}

function isDispatch(frame: unknown): frame is { t: string; d: unknown } {
  return (
    typeof frame === "object" &&
    frame !== null &&
    "op" in frame &&
    frame.op === 0 &&
    "t" in frame &&
    typeof frame.t === "string"
  );
}

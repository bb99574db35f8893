import { GatewayCloseCodes } from "discord-api-types/v10";
import { ConfigurationError, type GuildhallError } from "#core";
import { refusedToken } from "../identity.ts";

/** Closes after which trying again would only be refused again. */
export function fatalClose(code: number): GuildhallError | undefined {
  switch (code as GatewayCloseCodes) {
    case GatewayCloseCodes.AuthenticationFailed:
      return refusedToken(undefined);
    case GatewayCloseCodes.DisallowedIntents:
      return new ConfigurationError(
        "Discord does not grant the server members intent: switch it on in the developer portal",
      );
    case GatewayCloseCodes.InvalidShard:
    case GatewayCloseCodes.ShardingRequired:
      return new ConfigurationError(
        `Discord refuses this number of shards (close code ${code}): let it be chosen automatically`,
      );
    case GatewayCloseCodes.InvalidAPIVersion:
    case GatewayCloseCodes.InvalidIntents:
      return new ConfigurationError(
        `Discord no longer speaks this version's protocol (close code ${code}): update Guildhall`,
      );
    default:
      return undefined;
  }
}

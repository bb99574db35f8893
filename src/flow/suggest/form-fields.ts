import { type Agent, type Clock, errorFields, type FormOpening, type Log, type ModalField } from "#core";
import type { Guilds } from "../commit/guilds.ts";

export interface FormFieldsParts {
  readonly agents: readonly Agent[];
  readonly guilds: Pick<Guilds, "loaded" | "read">;
  readonly clock: Clock;
  readonly log: Log;
}

/** Undefined where the fields are those the agent declares. Never rejects: a form that is opened late is not opened at all. */
export type FormFields = (guildId: string, opening: FormOpening) => Promise<readonly ModalField[] | undefined>;

/** The fields a guild chose for a form. Only the first form after a start, in a guild nothing has come from yet, costs a query. */
export function createFormFields({ agents, guilds, clock, log }: FormFieldsParts): FormFields {
  const owners = new Map(agents.map((agent) => [agent.name, agent]));
  return async (guildId, opening) => {
    const agent = owners.get(opening.agent);
    if (agent?.fields === undefined) return undefined;
    try {
      const { policy } = guilds.loaded(guildId) ?? (await guilds.read(guildId, clock.now()));
      const own = policy.agents[agent.name];
      return own === undefined || own.mode === "off" ? undefined : agent.fields(opening, own.config);
    } catch (error) {
      log.warn({ agent: agent.name, form: opening.form, ...errorFields(error) }, "a guild's own form could not be had");
      return undefined;
    }
  };
}

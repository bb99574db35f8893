import { useId, useState } from "react";
import { Refused, type Schema } from "../api.ts";
import { Button, Time, Trouble } from "../parts/small.tsx";
import { useChoose, usePolicy, usePolicyHistory, usePresets, useTrial } from "../policy-queries.ts";
import { Trial } from "./policy-trial.tsx";
import { presetIn, spokenHere, withPreset } from "./policy-text.ts";

/** What the guild chose: tried on the last day, then chosen, and every version kept. */
export function Policy({ guildId }: { guildId: string }) {
  const { data, error } = usePolicy(guildId);
  if (error !== null) return <Trouble error={error} />;
  if (data === undefined) return null;
  // Another version begins a new draft.
  return <Editor key={`${guildId}/${data.version}`} guildId={guildId} policy={data} />;
}

function Editor({ guildId, policy }: { guildId: string; policy: Schema["Policy"] }) {
  const [document, setDocument] = useState(policy.document);
  const isFiled = policy.keptIn === "file";
  const trial = useTrial(guildId);
  const write = (text: string): void => {
    setDocument(text);
    trial.reset();
  };
  return (
    <div className="space-y-4 px-5 py-4 text-sm">
      <Standing policy={policy} />
      {!isFiled && (
        <>
          <Presets document={document} onWrite={write} />
          <Document document={document} onWrite={write} />
          <Decide guildId={guildId} document={document} basedOn={policy.version} trial={trial} />
          <History guildId={guildId} current={policy.version} onLoad={write} />
        </>
      )}
    </div>
  );
}

function Standing({ policy: { keptIn, version, by, at, problem } }: { policy: Schema["Policy"] }) {
  if (keptIn === "file")
    return <p>A file in config/guilds says what holds in this guild. Change it there, or remove it to choose here.</p>;
  return (
    <div className="space-y-2">
      <p className="text-muted">
        {version === 0 ? (
          "Nothing was chosen yet: what default.yaml says holds."
        ) : (
          <>
            Version {version}, chosen by {by} {at !== undefined && <Time at={at} />}
          </>
        )}
      </p>
      {problem !== undefined && <Trouble error={new Error(`these choices cannot be read any more: ${problem}`)} />}
    </div>
  );
}

interface Writing {
  readonly document: string;
  readonly onWrite: (document: string) => void;
}

function Presets({ document, onWrite }: Writing) {
  const presets = usePresets().data?.presets ?? [];
  const chosen = presetIn(document);
  const all = [
    { name: undefined, title: "As it comes", about: "What default.yaml says, and nothing else." },
    ...presets,
  ];
  return (
    <fieldset>
      <legend className="mb-2 font-serif text-lg leading-none">Start from</legend>
      <div className="grid gap-2 sm:grid-cols-2">
        {all.map(({ name, title, about }) => (
          <button
            key={name ?? ""}
            type="button"
            aria-pressed={chosen === name}
            onClick={() => onWrite(withPreset(document, name))}
            className={`${chosen === name ? "border-accent bg-accent-wash" : "border-line hover:bg-paper"} flex flex-col rounded-xl border p-3 text-left`}
          >
            <span className="block font-semibold">{spokenHere(title)}</span>
            <span className="block text-xs text-muted">{spokenHere(about)}</span>
          </button>
        ))}
      </div>
    </fieldset>
  );
}

const ROWS = 10;

function Document({ document, onWrite }: Writing) {
  const id = useId();
  return (
    <div>
      <label htmlFor={id} className="font-serif text-lg leading-none">
        The guild&rsquo;s own choices
      </label>
      <p className="mt-1 mb-2 text-xs text-muted">YAML; only what differs has to be here.</p>
      <textarea
        id={id}
        value={document}
        rows={ROWS}
        spellCheck={false}
        onChange={(event) => onWrite(event.target.value)}
        className="block w-full rounded-xl border border-line bg-paper p-3 font-mono text-xs leading-5"
      />
    </div>
  );
}

interface Deciding {
  readonly guildId: string;
  readonly document: string;
  readonly basedOn: number;
  readonly trial: ReturnType<typeof useTrial>;
}

/** A rule that meets many messages is chosen knowingly: the house refuses first, with the figure. */
function Decide({ guildId, document, basedOn, trial }: Deciding) {
  const choose = useChoose(guildId);
  const isHeavy = (trial.data?.heavy.length ?? 0) > 0;
  const label = isHeavy ? "Choose all the same" : "Choose";
  // Refused for a figure nobody has seen yet: here it is.
  const look = (error: Error): void => {
    if (error instanceof Refused && !isHeavy) trial.mutate(document);
  };
  return (
    <div className="space-y-3">
      <div className="flex flex-wrap gap-2">
        <Button disabled={trial.isPending} onClick={() => trial.mutate(document)}>
          {trial.isPending ? "Trying…" : "Try on the last 24 hours"}
        </Button>
        <Button
          look={isHeavy ? "danger" : "main"}
          disabled={choose.isPending}
          onClick={() => choose.mutate({ document, basedOn, confirmed: isHeavy }, { onError: look })}
        >
          {label}
        </Button>
      </div>
      <div aria-live="polite" className="space-y-3">
        <Trouble error={trial.error ?? choose.error} />
        {trial.data !== undefined && <Trial found={trial.data} />}
      </div>
    </div>
  );
}

interface Past {
  readonly guildId: string;
  readonly current: number;
  readonly onLoad: (document: string) => void;
}

function History({ guildId, current, onLoad }: Past) {
  const versions = usePolicyHistory(guildId).data?.versions ?? [];
  if (versions.length < 2) return null;
  return (
    <section aria-labelledby="history">
      <h3 id="history" className="font-serif text-lg leading-none">
        Earlier
      </h3>
      <ol className="mt-2 divide-y divide-line">
        {versions.map(({ version, by, at, document }) => (
          <li key={version} className="flex items-center gap-2 py-2">
            <span className="min-w-0 grow break-words">
              Version {version} <span className="text-muted">by {by}</span>
            </span>
            <Time at={at} className="text-xs text-muted" />
            <Button disabled={version === current} onClick={() => onLoad(document)}>
              Take up again
            </Button>
          </li>
        ))}
      </ol>
    </section>
  );
}

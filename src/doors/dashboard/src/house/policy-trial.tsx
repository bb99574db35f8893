import type { Schema } from "../api.ts";
import { Chip } from "../parts/small.tsx";

type Found = Schema["Rehearsed"];

/** What the choices would have done, in figures. */
export function Trial({ found }: { found: Found }) {
  const { messages, hits, heavy, textExpired } = found;
  if (messages === 0) return <p role="status">Nothing was said in the last 24 hours: there is nothing to try it on.</p>;
  if (hits.length === 0)
    return <p role="status">None of the {messages} messages of the last 24 hours would have been touched.</p>;
  const isHeavy = (hit: Found["hits"][number]): boolean =>
    heavy.some(({ agent, rule }) => agent === hit.agent && rule === hit.rule);
  return (
    <table className="w-full text-left">
      <caption className="pb-2 text-left">
        Of {messages} messages of the last 24 hours, so many would have been met
        {heavy.length > 0 && "; what meets many is more often a mistake than meant"}.
        {textExpired > 0 && ` Of ${textExpired} events the text is gone.`}
      </caption>
      <thead className="text-xs text-muted">
        <tr>
          <th className="py-1 font-medium">Rule</th>
          <th className="py-1 text-right font-medium">Messages</th>
          <th className="py-1 text-right font-medium">Share</th>
        </tr>
      </thead>
      <tbody className="divide-y divide-line">
        {hits.map((hit) => (
          <tr key={`${hit.agent}/${hit.rule}`}>
            <td className="py-1.5 break-words">
              {hit.agent}/{hit.rule} {isHeavy(hit) && <Chip tone="amber">many</Chip>}
            </td>
            <td className="py-1.5 text-right tabular-nums">{hit.messages}</td>
            <td className="py-1.5 text-right tabular-nums">{((hit.messages / messages) * 100).toFixed(1)} %</td>
          </tr>
        ))}
      </tbody>
    </table>
  );
}

import { Fragment, type ReactNode } from "react";

/** The little of Discord's markdown that the house writes: quotes, small print, headings, bold and code. */
export function Said({ text }: { text: string }) {
  return text.split("\n").map((line, index) => (
    // Lines have no name of their own, and never change places.
    <Fragment key={index}>
      {index > 0 && "\n"}
      <Line text={line} />
    </Fragment>
  ));
}

function Line({ text }: { text: string }) {
  const [, mark = "", rest = ""] = /^(-# |> |#{1,3} )?(.*)$/.exec(text) ?? [];
  const words = spans(rest);
  if (mark === "-# ") return <span className="text-xs text-muted">{words}</span>;
  if (mark === "> ") return <span className="border-l-4 border-line pl-2">{words}</span>;
  return mark === "" ? words : <span className="font-semibold">{words}</span>;
}

function spans(text: string): ReactNode {
  return text.split(/(\*\*[^*]+\*\*|`[^`]+`)/).map((part, index) => {
    if (part.startsWith("**") && part.endsWith("**")) return <strong key={index}>{part.slice(2, -2)}</strong>;
    const isCode = part.length > 2 && part.startsWith("`") && part.endsWith("`");
    return isCode ? (
      <code key={index} className="rounded bg-sunk px-1 text-sm">
        {part.slice(1, -1)}
      </code>
    ) : (
      part
    );
  });
}

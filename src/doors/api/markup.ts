const MEANT: Readonly<Record<string, string>> = {
  ...{ "&": "&amp;", "<": "&lt;", ">": "&gt;", '"': "&quot;", "'": "&#39;" },
};

/** Members' words are never markup. */
export function safe(text: string): string {
  return text.replace(/[&<>"']/g, (one) => MEANT[one]!);
}

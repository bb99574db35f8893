import { AUDIT_REASON_LENGTH } from "../limits.ts";
import { invalidForm } from "../world/refusal.ts";

/** X-Audit-Log-Reason comes URL-encoded, as headers are ASCII; what is stored is what was meant. */
export function readReason(header: string | undefined): string | undefined {
  if (header === undefined || header === "") return undefined;
  const reason = decode(header);
  if (reason.length > AUDIT_REASON_LENGTH)
    throw invalidForm(["reason"], `Must be ${AUDIT_REASON_LENGTH} or fewer in length.`, "BASE_TYPE_MAX_LENGTH");
  return reason;
}

function decode(header: string): string {
  try {
    return decodeURIComponent(header);
  } catch {
    // A lone percent sign: Discord takes the header as it is.
    return header;
  }
}

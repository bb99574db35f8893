import { writtenIn, type LogLine, type Look } from "#core";

/**
 * Lines with what the journal and the audit log know besides. They are looked up only when they are posted: a message that is
 * deleted as soon as it is written is in the journal by then, and the audit log had its time. One read for each message.
 */
export function recalled(lines: readonly LogLine[], look: Look): readonly LogLine[] {
  return withMoves(lines.flatMap((line) => withWords(line, look)).reduce<readonly LogLine[]>(withLine, []));
}

/** The audit log does not say who was moved or disconnected. Where only one member can be meant, it was that one. */
function withMoves(lines: readonly LogLine[]): readonly LogLine[] {
  const untold = lines.findIndex((line) => isMove(line) && line.isAudit === true && meant(line, lines).length === 1);
  if (untold === -1) return lines;
  const told = lines[untold]!;
  const [seen] = meant(told, lines);
  const known = lines.map((line) => (line === seen ? merged(line, told) : line));
  return withMoves(known.filter((_line, index) => index !== untold));
}

const isMove = ({ what }: LogLine): boolean => what === "voice-moved" || what === "voice-left";

function meant(told: LogLine, lines: readonly LogLine[]): readonly LogLine[] {
  return lines.filter(
    (line) =>
      line.what === told.what &&
      line.isAudit !== true &&
      line.byUserId === undefined &&
      (told.channelId === undefined || line.channelId === told.channelId),
  );
}

function withWords(line: LogLine, look: Look): readonly LogLine[] {
  if (line.messageId === undefined) return [line];
  const said = look.said(writtenIn(line.messageId));
  if (line.what === "edited") {
    if (said === undefined) return [line];
    return said.text === line.text ? [] : [{ ...line, was: { text: said.text } }];
  }
  // Our own messages have no writer in the journal.
  if (said === undefined || said.author.bot === true) return [];
  const { author, text, attachments } = said;
  const files = attachments.length === 0 ? {} : { count: attachments.length };
  return [{ ...line, userId: author.userId, name: author.name, text, ...files }];
}

/** What the audit log and an event of its own tell of one thing becomes one line, whichever came first. */
function withLine(lines: readonly LogLine[], line: LogLine): readonly LogLine[] {
  const same = lines.findLastIndex((one) => tellsSame(one, line));
  return same === -1 ? [...lines, line] : lines.with(same, merged(lines[same]!, line));
}

function tellsSame(one: LogLine, other: LogLine): boolean {
  const fromBoth = (one.isAudit === true) !== (other.isAudit === true);
  const isOpen = one.isAudit === true || one.byUserId === undefined;
  if (isMove(one)) return false;
  const isThere = one.code !== undefined ? one.code === other.code : one.channelId === other.channelId;
  return fromBoth && isOpen && isThere && one.what === other.what && one.userId === other.userId;
}

function merged(one: LogLine, other: LogLine): LogLine {
  const [seen, told] = one.isAudit === true ? [other, one] : [one, other];
  return told.byUserId === undefined ? seen : { ...seen, byUserId: told.byUserId };
}

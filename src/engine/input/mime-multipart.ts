/** The parts of a MIME multipart body (RFC 2046 §5.1.1), as ranges of the body. */
import type { Budget } from '../bytes/budget.ts';
import { readHeaderBlock, type HeaderBlock } from '../attachments/mime-headers.ts';

/** The parts of a multipart body (RFC 2046 §5.1). */
export interface Multipart {
  readonly parts: readonly BodyPart[];
  /**
   * Offsets of lines that begin as a delimiter and go on as none (`--BBx` where the boundary is `BB`): a reader that
   * compares the beginning only takes them for one.
   */
  readonly lookalikes: readonly number[];
}

/** One part: its fields, and where its content stands. */
export interface BodyPart {
  readonly block: HeaderBlock;
  /** Where its header begins. */
  readonly headStart: number;
  /** The content's range, without the line end that belongs to the next delimiter. */
  readonly start: number;
  readonly end: number;
}

const DASH = 0x2d;
const SPACE = 0x20;
const TAB = 0x09;
const CR = 0x0d;
const LF = 0x0a;

/** A body cut off before its closing delimiter still gives its parts. @throws {BudgetExceeded} on too many parts. */
export function splitMultipart(octets: Uint8Array, from: number, boundary: string, budget: Budget): Multipart {
  const delimiter = Uint8Array.from([
    DASH,
    DASH,
    ...Array.from(boundary, (character) => character.charCodeAt(0) & 0xff),
  ]);
  const parts: BodyPart[] = [];
  const lookalikes: number[] = [];
  let open = -1;
  let at = nextDelimiter(octets, from, delimiter);
  // In a message of CRLF a bare line feed ends no line.
  const withCr = at >= 0 && isCrlf(octets, octets.indexOf(LF, at + delimiter.length));
  while (at >= 0) {
    const after = at + delimiter.length;
    const closes = octets[after] === DASH && octets[after + 1] === DASH;
    const bare = withCr && open >= 0 && !isCrlf(octets, at - 1) && !isCrlf(octets, octets.indexOf(LF, after));
    if (bare || (!closes && !endsLine(octets, after))) {
      lookalikes.push(at);
      at = nextLineWith(octets, after, delimiter);
      continue;
    }
    if (open >= 0) addPart(octets, open, at, parts, budget);
    if (closes) return { parts, lookalikes };
    const lineEnd = octets.indexOf(LF, after);
    if (lineEnd < 0) return { parts, lookalikes };
    open = lineEnd + 1;
    at = nextDelimiter(octets, open, delimiter);
  }
  if (open >= 0) addPart(octets, open, octets.length, parts, budget);
  return { parts, lookalikes };
}

/** Whether the line feed at `at` follows a carriage return; so does the end of the octets. */
function isCrlf(octets: Uint8Array, at: number): boolean {
  return at < 0 || octets[at - 1] === CR;
}

/** Only blanks up to the line's end: transport padding (RFC 2046 §5.1.1). */
function endsLine(octets: Uint8Array, from: number): boolean {
  let at = from;
  while (octets[at] === SPACE || octets[at] === TAB) at++;
  return at >= octets.length || octets[at] === LF || (octets[at] === CR && octets[at + 1] === LF);
}

function nextLineWith(octets: Uint8Array, after: number, delimiter: Uint8Array): number {
  const lineEnd = octets.indexOf(LF, after);
  return lineEnd < 0 ? -1 : nextDelimiter(octets, lineEnd + 1, delimiter);
}

function addPart(octets: Uint8Array, start: number, delimiterAt: number, parts: BodyPart[], budget: Budget): void {
  budget.spend('mimeParts', 1, start);
  let end = delimiterAt;
  if (delimiterAt < octets.length && octets[end - 1] === 0x0a) end--;
  if (delimiterAt < octets.length && octets[end - 1] === 0x0d) end--;
  const block: HeaderBlock | null =
    octets[start] === 0x0a
      ? { headers: new Map(), fields: [], bodyStart: start + 1 }
      : octets[start] === 0x0d && octets[start + 1] === 0x0a
        ? { headers: new Map(), fields: [], bodyStart: start + 2 }
        : readHeaderBlock(octets, start, false);
  if (block === null || block.bodyStart > end) return;
  parts.push({ block, headStart: start, start: block.bodyStart, end });
}

/** The next delimiter at the start of a line, or -1. */
function nextDelimiter(octets: Uint8Array, from: number, delimiter: Uint8Array): number {
  let at = from;
  while (at + delimiter.length <= octets.length) {
    let same = 0;
    while (same < delimiter.length && octets[at + same] === delimiter[same]) same++;
    if (same === delimiter.length) return at;
    const lineEnd = octets.indexOf(0x0a, at);
    if (lineEnd < 0) return -1;
    at = lineEnd + 1;
  }
  return -1;
}

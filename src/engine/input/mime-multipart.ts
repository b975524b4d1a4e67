/** The parts of a MIME multipart body (RFC 2046 §5.1.1), as ranges of the body. */
import type { Budget } from '../bytes/budget.ts';
import { readHeaderBlock, type HeaderBlock } from '../attachments/mime-headers.ts';

export interface BodyPart {
  readonly block: HeaderBlock;
  /** The content's range, without the line end that belongs to the next delimiter. */
  readonly start: number;
  readonly end: number;
}

const DASH = 0x2d;

/** A body cut off before its closing delimiter still gives its parts. @throws {BudgetExceeded} on too many parts. */
export function splitMultipart(
  octets: Uint8Array,
  from: number,
  boundary: string,
  budget: Budget,
): readonly BodyPart[] {
  const delimiter = Uint8Array.from([
    DASH,
    DASH,
    ...Array.from(boundary, (character) => character.charCodeAt(0) & 0xff),
  ]);
  const parts: BodyPart[] = [];
  let open = -1;
  let at = nextDelimiter(octets, from, delimiter);
  while (at >= 0) {
    if (open >= 0) addPart(octets, open, at, parts, budget);
    const after = at + delimiter.length;
    if (octets[after] === DASH && octets[after + 1] === DASH) return parts;
    const lineEnd = octets.indexOf(0x0a, after);
    if (lineEnd < 0) return parts;
    open = lineEnd + 1;
    at = nextDelimiter(octets, open, delimiter);
  }
  if (open >= 0) addPart(octets, open, octets.length, parts, budget);
  return parts;
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
  parts.push({ block, start: block.bodyStart, end });
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

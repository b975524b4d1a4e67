/** The parts beside the root, each under the one name by which it can be referenced. */
import type { Attachment, Attachments } from '../attachments/attachment.ts';
import { contentIdOf, type HeaderBlock } from '../attachments/mime-headers.ts';

/** A part and its place in the multipart. */
export interface FoundPart {
  readonly block: HeaderBlock;
  readonly index: number;
  /** Decoded and as they travelled. */
  readonly octets: Uint8Array;
  readonly encoded: Uint8Array;
}

/**
 * By content id; a part without one by its content location, else `part-N`. An id wins its name over a location that
 * is written the same, wherever the two stand: `cid:` names ids only (RFC 2392 §2).
 */
export function partsByName(parts: readonly FoundPart[]): Attachments {
  const named = new Map<string, Attachment>();
  const add = ({ block, octets, encoded }: FoundPart, name: string) => {
    // Of two with one name the first; a content id that stands twice is told where it is read.
    if (!named.has(name)) named.set(name, { name, octets, encoded, fields: block.fields });
  };
  const withoutId: FoundPart[] = [];
  for (const part of parts) {
    const id = contentIdOf(part.block);
    if (id === null) withoutId.push(part);
    else add(part, id);
  }
  for (const part of withoutId) {
    const location = part.block.headers.get('content-location');
    add(part, location === undefined || named.has(location) ? `part-${part.index}` : location);
  }
  return named;
}

/**
 * A message in which some encrypted parts stand decrypted: octets copied from where they were, parsed again, each place
 * still known (XML Encryption 1.1 §4.4).
 */
import type { Budget } from '../bytes/budget.ts';
import { joinOctets } from '../bytes/octets.ts';
import { OriginBuilder, type OriginMap } from '../bytes/origin-map.ts';
import { firstIndex } from '../bytes/sorted.ts';
import type { SourceRange, SpaceId } from '../bytes/source-range.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { elementAt } from '../xml/node-at.ts';
import { parseXml } from '../xml/parse.ts';

/** The message as it arrived, as a container of encrypted parts. */
export const ROOT = -1;

/** An encrypted part that was opened and can stand in its place. */
export interface OpenedPart {
  /** Index in the list of parts. */
  readonly index: number;
  /** The part whose plaintext it stands in, or {@link ROOT}. */
  readonly container: number;
  /** The octets of the container that the plaintext takes the place of. */
  readonly start: number;
  readonly end: number;
  /** The space that its ranges are told in: the octets that were decrypted. */
  readonly space: SpaceId;
  /**
   * What stands in the place: the octets that were decrypted, parts of an MTOM message in the place of their
   * xop:Include.
   */
  readonly plaintext: Uint8Array;
  /** A range of `plaintext` in its space; null where they are the same octets. */
  readonly toSpace: ((start: number, end: number) => readonly [number, number]) | null;
  /** Octets of `plaintext` left out at its start: a byte order mark, an XML declaration. */
  readonly skip: number;
  /** The Id of its EncryptedData, by which lists name it. */
  readonly id: string | null;
}

/** Where an octet stands: in the message or in a part's plaintext. */
export interface Place {
  readonly container: number;
  readonly offset: number;
}

/** The parts in whose plaintext a place is, from the nearest outwards; none for a place in the message itself. */
export function holdersOf({ container }: Place, parts: readonly OpenedPart[]): readonly OpenedPart[] {
  const holders: OpenedPart[] = [];
  for (let part = parts[container]; part !== undefined; part = parts[part.container]) holders.push(part);
  return holders;
}

interface Segment {
  readonly start: number;
  readonly end: number;
  readonly container: number;
  readonly sourceStart: number;
}

/**
 * A message with plaintext in the place of what was encrypted, parsed again; each place is told by the space that it
 * came from.
 */
export class ComposedDocument {
  readonly document: XmlDocument;
  readonly octets: Uint8Array;
  readonly wellFormed: boolean;
  readonly #root: XmlDocument;
  readonly #parts: readonly OpenedPart[];
  readonly #segments: readonly Segment[];
  readonly #byContainer = new Map<number, Segment[]>();

  /** @param included which of the parts stand decrypted; those in a part that does not are left out with it */
  constructor(
    root: XmlDocument,
    parts: readonly OpenedPart[],
    included: (part: OpenedPart) => boolean,
    space: SpaceId,
    budget: Budget,
  ) {
    this.#root = root;
    this.#parts = parts;
    this.#segments = segmentsOf(root, parts, included);
    for (const segment of this.#segments) {
      const others = this.#byContainer.get(segment.container);
      if (others === undefined) this.#byContainer.set(segment.container, [segment]);
      else others.push(segment);
    }
    if (this.#segments.every(({ container, end, start }) => container === ROOT && end - start === root.octets.length)) {
      this.document = root;
      this.octets = root.octets;
      this.wellFormed = true;
      return;
    }
    this.octets = joinOctets(
      this.#segments.map(({ container, start, end, sourceStart }) =>
        this.#octetsOf(container).subarray(sourceStart, sourceStart + end - start),
      ),
    );
    // The octets are UTF-8 now, whatever the declaration says.
    const parsed = parseXml(this.octets, { budget, space, externalEncoding: 'UTF-8' });
    this.wellFormed = parsed.wellFormed;
    this.document = { ...parsed.document, range: (start, end) => this.#range(start, end) };
  }

  #octetsOf(container: number): Uint8Array {
    return container === ROOT ? this.#root.octets : this.#part(container).plaintext;
  }

  #part(container: number): OpenedPart {
    const part = this.#parts[container];
    if (part === undefined) throw new Error('a place in a part that is not listed');
    return part;
  }

  /** Where the octet at `offset` came from. */
  placeOf(offset: number): Place {
    const segment = lastFrom(this.#segments, offset, (one) => one.start) ?? NOTHING;
    return { container: segment.container, offset: segment.sourceStart + offset - segment.start };
  }

  /** Where an octet stands here, or null where a decrypted part took its place. */
  offsetOf(place: Place): number | null {
    // Segments of one container stand in the order of their source.
    const segments = this.#byContainer.get(place.container) ?? [];
    const segment = lastFrom(segments, place.offset, (one) => one.sourceStart);
    if (
      segment === undefined ||
      place.offset < segment.sourceStart ||
      place.offset >= segment.sourceStart + segment.end - segment.start
    ) {
      return null;
    }
    return segment.start + place.offset - segment.sourceStart;
  }

  /** As {@link offsetOf}; where the place is inside a part that stands encrypted here, where that part begins. */
  offsetOfHolder(place: Place): number | null {
    for (let at = place; ;) {
      const offset = this.offsetOf(at);
      if (offset !== null || at.container === ROOT) return offset;
      const part = this.#part(at.container);
      at = { container: part.container, offset: part.start };
    }
  }

  /** The range in the octets that arrived, or in the plaintext that holds all of it. */
  #range(start: number, end: number): SourceRange {
    let from = this.placeOf(start);
    const last = this.placeOf(Math.max(start, end - 1));
    let to = { container: last.container, offset: end > start ? last.offset + 1 : from.offset };
    // Both ends are lifted to the innermost container that has them in it.
    while (from.container !== to.container) {
      if (this.#depth(from.container) >= this.#depth(to.container)) {
        const { container, start: offset } = this.#part(from.container);
        from = { container, offset };
      } else {
        const { container, end: offset } = this.#part(to.container);
        to = { container, offset };
      }
    }
    const stop = Math.max(from.offset, to.offset);
    if (from.container === ROOT) return this.#root.range(from.offset, stop);
    const { space, toSpace } = this.#part(from.container);
    const [first, past] = toSpace?.(from.offset, stop) ?? [from.offset, stop];
    return { space, start: first, end: past };
  }

  #depth(container: number): number {
    let depth = 0;
    for (let at = container; at !== ROOT; at = this.#part(at).container) depth++;
    return depth;
  }

  /** The map to the octets that arrived: decrypted stretches are rewritten from the ciphertext that held them. */
  origin(source: SpaceId): OriginMap {
    const origin = new OriginBuilder();
    for (const { start, end, container, sourceStart } of this.#segments) {
      const part = container === ROOT ? null : this.#outermost(container);
      const range =
        part === null
          ? this.#root.range(sourceStart, sourceStart + end - start)
          : this.#root.range(part.start, part.end);
      if (part === null && range.end - range.start === end - start) origin.copy(range.start, range.end);
      else origin.rewrite(end - start, range.start, range.end);
    }
    return { source, segments: origin.segments };
  }

  /** The part of the message that holds a container. */
  #outermost(container: number): OpenedPart {
    let part = this.#part(container);
    while (part.container !== ROOT) part = this.#part(part.container);
    return part;
  }

  /** The element whose start tag begins at `offset`, or `NO_NODE`. */
  elementAt(offset: number): NodeIndex {
    return elementAt(this.document, offset);
  }
}

/** The last segment that begins at or before `offset`, by the starts that `startOf` reads. */
function lastFrom(
  segments: readonly Segment[],
  offset: number,
  startOf: (segment: Segment) => number,
): Segment | undefined {
  return segments[firstIndex(1, segments.length, (index) => startOf(segments[index]!) > offset) - 1];
}

/** Stands for a message of no octets. */
const NOTHING: Segment = { start: 0, end: 0, container: ROOT, sourceStart: 0 };

function segmentsOf(
  root: XmlDocument,
  parts: readonly OpenedPart[],
  included: (part: OpenedPart) => boolean,
): readonly Segment[] {
  const children = new Map<number, OpenedPart[]>();
  for (const part of parts) {
    if (!included(part)) continue;
    const others = children.get(part.container);
    if (others === undefined) children.set(part.container, [part]);
    else others.push(part);
  }
  for (const list of children.values()) list.sort((a, b) => a.start - b.start || b.end - a.end);
  const segments: Segment[] = [];
  let length = 0;
  const copy = (container: number, start: number, end: number) => {
    if (end <= start) return;
    segments.push({ start: length, end: length + end - start, container, sourceStart: start });
    length += end - start;
  };
  // A stack instead of recursion: [container, next child, next octet].
  const open: { container: number; child: number; at: number }[] = [{ container: ROOT, child: 0, at: 0 }];
  for (let frame = open.at(-1); frame !== undefined; frame = open.at(-1)) {
    const part = children.get(frame.container)?.[frame.child];
    if (part === undefined) {
      copy(frame.container, frame.at, (parts[frame.container]?.plaintext ?? root.octets).length);
      open.pop();
      continue;
    }
    frame.child++;
    // A part inside one that was replaced is gone with it.
    if (part.start < frame.at) continue;
    copy(frame.container, frame.at, part.start);
    frame.at = part.end;
    open.push({ container: part.index, child: 0, at: part.skip });
  }
  return segments;
}

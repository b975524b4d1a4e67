/**
 * A strict, bounded reader and a small writer for ASN.1 DER (X.690 §8 and §10); BER's lengths on request, for key
 * files.
 */
import { joinOctets } from './octets.ts';

/** Identifier octets of universal types (X.690 §8.1.2), the constructed bit set where DER sets it. */
export const DerTag = {
  boolean: 0x01,
  integer: 0x02,
  bitString: 0x03,
  octetString: 0x04,
  null: 0x05,
  oid: 0x06,
  enumerated: 0x0a,
  utf8String: 0x0c,
  sequence: 0x30,
  set: 0x31,
  numericString: 0x12,
  printableString: 0x13,
  t61String: 0x14,
  ia5String: 0x16,
  utcTime: 0x17,
  generalizedTime: 0x18,
  visibleString: 0x1a,
  universalString: 0x1c,
  bmpString: 0x1e,
} as const;

/** One element. Offsets are in `source`; `children` is empty for primitive elements. */
export interface DerElement {
  readonly source: Uint8Array;
  /** The identifier octet: class bits 0xc0, constructed bit 0x20, number 0x1f. High tag numbers are refused. */
  readonly tag: number;
  readonly start: number;
  readonly contentStart: number;
  readonly contentEnd: number;
  /** One past the element's last octet (past the end-of-contents of an indefinite length). */
  readonly end: number;
  readonly children: readonly DerElement[];
}

/** What is wrong with octets that are not DER. */
export type DerProblemCode =
  | 'der-truncated'
  | 'der-length-not-minimal'
  | 'der-length-indefinite'
  | 'der-length-too-long'
  | 'der-tag-high'
  | 'der-too-deep'
  | 'der-too-many-elements'
  | 'der-trailing-octets'
  | 'der-child-overruns'
  | 'der-empty';

/** Why octets are not DER, and where. */
export interface DerProblem {
  readonly code: DerProblemCode;
  readonly offset: number;
}

/** The element, or why there is none. */
export type DerResult =
  | { readonly ok: true; readonly element: DerElement }
  | { readonly ok: false; readonly problem: DerProblem };

/** What a reader lets pass, and its bounds. */
export interface DerOptions {
  /** Accept BER's indefinite and non-minimal lengths, as some PKCS#12 and PKCS#7 writers use them. Default false. */
  readonly ber?: boolean;
  /** Accept octets after the element. Default false. */
  readonly trailing?: boolean;
  /** Nesting allowed, default 32. */
  readonly depth?: number;
  /** Elements allowed, default 100,000. */
  readonly elements?: number;
}

interface OpenElement {
  source: Uint8Array;
  tag: number;
  start: number;
  contentStart: number;
  contentEnd: number;
  end: number;
  children: DerElement[];
  indefinite: boolean;
}

interface Header {
  readonly tag: number;
  readonly contentStart: number;
  /** -1 for an indefinite length */ readonly length: number;
}

function readHeader(source: Uint8Array, offset: number, limit: number, ber: boolean): Header | DerProblem {
  const tag = source[offset];
  const first = source[offset + 1];
  if (tag === undefined || first === undefined || offset + 2 > limit) return { code: 'der-truncated', offset };
  if ((tag & 0x1f) === 0x1f) return { code: 'der-tag-high', offset };
  if (first < 0x80) return { tag, contentStart: offset + 2, length: first };
  if (first === 0x80) {
    if (!ber || (tag & 0x20) === 0) return { code: 'der-length-indefinite', offset };
    return { tag, contentStart: offset + 2, length: -1 };
  }
  const count = first & 0x7f;
  if (offset + 2 + count > limit) return { code: 'der-truncated', offset };
  let length = 0;
  for (let at = offset + 2; at < offset + 2 + count; at++) {
    length = length * 256 + (source[at] ?? 0);
    if (length > 0x7fffffff) return { code: 'der-length-too-long', offset };
  }
  if (!ber && (length < 0x80 || source[offset + 2] === 0)) return { code: 'der-length-not-minimal', offset };
  return { tag, contentStart: offset + 2 + count, length };
}

/** The element that begins at `offset` and ends by `limit`; an indefinite one is taken to end there until it does. */
function readElement(
  source: Uint8Array,
  offset: number,
  parent: OpenElement | undefined,
  ber: boolean,
): OpenElement | DerProblem {
  const limit = parent === undefined ? source.length : parent.contentEnd;
  const header = readHeader(source, offset, limit, ber);
  if ('code' in header) return header;
  const { tag, contentStart } = header;
  const indefinite = header.length < 0;
  const end = indefinite ? limit : contentStart + header.length;
  if (end > limit) return { code: parent === undefined ? 'der-truncated' : 'der-child-overruns', offset };
  return { source, tag, start: offset, contentStart, contentEnd: end, end, children: [], indefinite };
}

/** Whether the innermost open element ends at `offset`; one of indefinite length is given its end. */
function endsAt(element: OpenElement, offset: number): boolean {
  if (!element.indefinite) return offset === element.contentEnd;
  const { source } = element;
  if (source[offset] !== 0 || source[offset + 1] !== 0 || offset + 2 > element.contentEnd) return false;
  element.contentEnd = offset;
  element.end = offset + 2;
  return true;
}

/**
 * Reads one element with everything in it, without recursion. Contents of OCTET STRING and BIT STRING are not
 * entered: call again with {@link derContent}.
 */
export function readDer(source: Uint8Array, options: DerOptions = {}): DerResult {
  const { ber = false, trailing = false, depth = 32, elements = 100_000 } = options;
  const failed = (code: DerProblemCode, offset: number): DerResult => ({ ok: false, problem: { code, offset } });
  if (source.length === 0) return failed('der-empty', 0);
  const open: OpenElement[] = [];
  let offset = 0;
  let count = 0;
  for (;;) {
    const top = open.at(-1);
    let complete: OpenElement;
    if (top !== undefined && endsAt(top, offset)) {
      open.pop();
      complete = top;
    } else {
      const element = readElement(source, offset, top, ber);
      if ('code' in element) return { ok: false, problem: element };
      if (++count > elements) return failed('der-too-many-elements', offset);
      top?.children.push(element);
      if ((element.tag & 0x20) !== 0) {
        if (open.length >= depth) return failed('der-too-deep', offset);
        open.push(element);
        offset = element.contentStart;
        continue;
      }
      complete = element;
    }
    offset = complete.end;
    if (open.length === 0) return finish(complete, trailing);
  }
}

function finish(element: DerElement, trailing: boolean): DerResult {
  if (!trailing && element.end !== element.source.length) {
    return { ok: false, problem: { code: 'der-trailing-octets', offset: element.end } };
  }
  return { ok: true, element };
}

/** The whole element, tag and length included. A view, not a copy. */
export function derOctets(element: DerElement): Uint8Array {
  return element.source.subarray(element.start, element.end);
}

/** The element's content without tag and length. A view, not a copy. */
export function derContent(element: DerElement): Uint8Array {
  return element.source.subarray(element.contentStart, element.contentEnd);
}

/** An INTEGER's value, or null where the element is none or is not minimal (X.690 §8.3.2). */
export function derInteger(element: DerElement | undefined): bigint | null {
  if (element?.tag !== DerTag.integer) return null;
  const content = derContent(element);
  const [first, second] = content;
  if (first === undefined) return null;
  if (second !== undefined && ((first === 0 && second < 0x80) || (first === 0xff && second >= 0x80))) return null;
  const magnitude = bigIntFromOctets(content);
  return first < 0x80 ? magnitude : magnitude - (1n << BigInt(8 * content.length));
}

/** An OBJECT IDENTIFIER in dotted form, or null where the element is none or is malformed. At most 128 octets. */
export function derOid(element: DerElement | undefined): string | null {
  return element?.tag === DerTag.oid ? oidFromOctets(derContent(element)) : null;
}

/** The dotted form of an OBJECT IDENTIFIER's content octets, or null. */
function oidFromOctets(content: Uint8Array): string | null {
  if (content.length === 0 || content.length > 128 || (content[content.length - 1] ?? 0) >= 0x80) return null;
  const arcs: bigint[] = [];
  let arc = 0n;
  let fresh = true;
  for (const octet of content) {
    if (fresh && octet === 0x80) return null;
    arc = (arc << 7n) | BigInt(octet & 0x7f);
    fresh = octet < 0x80;
    if (!fresh) continue;
    if (arcs.length === 0) {
      const top = arc < 40n ? 0n : arc < 80n ? 1n : 2n;
      arcs.push(top, arc - 40n * top);
    } else arcs.push(arc);
    arc = 0n;
  }
  return arcs.join('.');
}

/** A BIT STRING's octets where it has no unused bits, else null. */
export function derBitString(element: DerElement | undefined): Uint8Array | null {
  if (
    element?.tag !== DerTag.bitString ||
    element.source[element.contentStart] !== 0 ||
    element.contentEnd === element.contentStart
  ) {
    return null;
  }
  return element.source.subarray(element.contentStart + 1, element.contentEnd);
}

/** An OCTET STRING's octets, the pieces of a constructed one (BER) joined; null where the element is none. */
export function derOctetString(element: DerElement | undefined): Uint8Array | null {
  if (element?.tag === DerTag.octetString) return derContent(element);
  if (element?.tag !== (DerTag.octetString | 0x20)) return null;
  const pieces: Uint8Array[] = [];
  for (const child of element.children) {
    if (child.tag !== DerTag.octetString) return null;
    pieces.push(derContent(child));
  }
  return joinOctets(pieces);
}

/** A big-endian unsigned number; 0 for no octets. */
export function bigIntFromOctets(octets: Uint8Array): bigint {
  if (octets.length === 0) return 0n;
  const digits: string[] = [];
  for (const octet of octets) digits.push(octet < 16 ? `0${octet.toString(16)}` : octet.toString(16));
  return BigInt(`0x${digits.join('')}`);
}

/**
 * Big-endian octets of a number ≥ 0, padded at the left to `length` (I2OSP, RFC 8017 §4.1), or null where it does not
 * fit. Without `length`: the fewest, at least one.
 */
export function octetsFromBigInt(value: bigint, length?: number): Uint8Array | null {
  if (value < 0n) return null;
  const hex = value.toString(16);
  const needed = (hex.length + 1) >> 1;
  const size = length ?? needed;
  if (needed > size && value !== 0n) return null;
  const octets = new Uint8Array(size);
  for (let at = size - 1, end = hex.length; at >= 0 && end > 0; at--, end -= 2) {
    octets[at] = Number.parseInt(hex.slice(Math.max(0, end - 2), end), 16);
  }
  return octets;
}

/** Encodes one element from its identifier octet and the pieces of its content. */
export function encodeDer(tag: number, ...content: readonly Uint8Array[]): Uint8Array {
  const length = content.reduce((sum, piece) => sum + piece.length, 0);
  const header = [tag];
  if (length < 0x80) header.push(length);
  else {
    const octets = octetsFromBigInt(BigInt(length)) ?? new Uint8Array();
    header.push(0x80 | octets.length, ...octets);
  }
  return joinOctets([Uint8Array.from(header), ...content]);
}

/** Encodes an INTEGER ≥ 0. @throws {RangeError} on a negative number: the caller's defect. */
export function encodeDerInteger(value: bigint): Uint8Array {
  const octets = octetsFromBigInt(value);
  if (octets === null) throw new RangeError('negative INTEGER');
  return (octets[0] ?? 0) >= 0x80
    ? encodeDer(DerTag.integer, Uint8Array.of(0), octets)
    : encodeDer(DerTag.integer, octets);
}

/** Encodes a dotted OBJECT IDENTIFIER. */
export function encodeDerOid(oid: string): Uint8Array {
  const arcs = oid.split('.').map(BigInt);
  const combined = [(arcs[0] ?? 0n) * 40n + (arcs[1] ?? 0n), ...arcs.slice(2)];
  const octets: number[] = [];
  for (const arc of combined) {
    const base128 = [Number(arc & 0x7fn)];
    for (let rest = arc >> 7n; rest > 0n; rest >>= 7n) base128.unshift(0x80 | Number(rest & 0x7fn));
    octets.push(...base128);
  }
  return encodeDer(DerTag.oid, Uint8Array.from(octets));
}

/** Encodes a BIT STRING of whole octets. */
export function encodeDerBitString(octets: Uint8Array): Uint8Array {
  return encodeDer(DerTag.bitString, Uint8Array.of(0), octets);
}

/**
 * From what arrived to the octets of one XML document: raw XML, an HTTP dump, a MIME multipart (RFC 2046, RFC 2387),
 * base64, deflated under base64 (SAML 2.0 Bindings §3.4.4.1).
 */
import type { Told } from '../trace/finding-data.ts';
import { octetsByName, type Attachment, type Attachments } from '../attachments/attachment.ts';
import type { Budget } from '../bytes/budget.ts';
import { inflateRaw } from './inflate.ts';
import { copiedOrigin, OriginBuilder, type OriginSegment } from '../bytes/origin-map.ts';
import { decodeBase64Pieces, isolatedBase64 } from './input-base64.ts';
import { ascii, composed, inputOffset, slice, type Piece } from './input-piece.ts';
import { parameterOf, readHeaderBlock, type HeaderBlock } from '../attachments/mime-headers.ts';
import { splitMultipart } from './mime-multipart.ts';
import { decodeQuotedPrintable, joinChunks } from './transfer-coding.ts';

/** A kind of wrapping taken off, outermost first. */
export type Wrapping = 'http' | 'chunked' | 'multipart' | 'base64' | 'deflate' | 'quoted-printable' | 'mime-part';

/** What could not be opened, or is worth a word; `at` is an octet offset in the input. */
export type InputProblem = Told<InputCode> & { readonly severity: 'error' | 'warning'; readonly at: number };

export type InputCode =
  | 'input-compressed'
  | 'multipart-without-parts'
  | 'multipart-content-id-repeated'
  | 'multipart-root-not-found';

export interface OpenedInput {
  /** The document's octets, as they will be parsed. */
  readonly octets: Uint8Array;
  readonly wrappings: readonly Wrapping[];
  /**
   * Where `octets` came from in the input. One `copied` segment where they are a slice of it; then every range of the
   * document is a range of the input.
   */
  readonly segments: readonly OriginSegment[];
  /** The other parts of a multipart, by content id without angle brackets, else by content location, else `part-N`. */
  readonly attachments: ReadonlyMap<string, Uint8Array>;
  /** The same parts with their header fields and as they travelled. */
  readonly parts: Attachments;
  /** The charset that the transport declared for the document, or null. */
  readonly charset: string | null;
  readonly problems: readonly InputProblem[];
}

const HTTP_START = /^(?:(?:GET|POST|PUT|PATCH|DELETE|HEAD|OPTIONS) [^\r\n]* HTTP\/\d|HTTP\/\d)/;
/** Any field may come first; that it is a header, its Content-Type says. */
const HEADER_START = /^[A-Za-z][A-Za-z0-9-]{1,60}[ \t]*:[^\r\n]*\r?\n/;
const BOUNDARY_START = /^--[^\r\n]{1,200}\r?\n[A-Za-z0-9-]+:/;

export function openInput(input: Uint8Array, budget: Budget): OpenedInput {
  budget.check('inputOctets', input.length);
  const state: State = { wrappings: [], problems: [], parts: new Map(), charset: null, budget };
  let piece: Piece = { octets: input, segments: copiedOrigin(input.length) };
  // Each round takes one wrapping off; none can make the octets longer, and a message has few.
  for (let round = 0; round < 6; round++) {
    const inner = unwrap(piece, state);
    if (inner === null) break;
    piece = inner;
  }
  return {
    octets: piece.octets,
    wrappings: state.wrappings,
    segments: piece.segments,
    attachments: octetsByName(state.parts),
    parts: state.parts,
    charset: state.charset,
    problems: state.problems,
  };
}

interface State {
  readonly wrappings: Wrapping[];
  readonly problems: InputProblem[];
  readonly parts: Map<string, Attachment>;
  charset: string | null;
  readonly budget: Budget;
}

function unwrap(piece: Piece, state: State): Piece | null {
  const { octets } = piece;
  if (octets[0] === 0x1f && octets[1] === 0x8b) {
    state.problems.push({ code: 'input-compressed', severity: 'error', at: 0, data: { format: 'gzip' } });
    return null;
  }
  const start = skipSpace(octets);
  const first = octets[start];
  // `<` in UTF-8 or UTF-16, a BOM, or nothing at all: the parser's business.
  if (first === undefined || first === 0x3c || first === 0 || first >= 0xef) return null;
  const head = ascii(octets, start, Math.min(octets.length, start + 400));
  const http = HTTP_START.test(head);
  const headed = http || HEADER_START.test(head) ? unwrapHeaders(piece, start, http, state) : null;
  if (headed !== null) return headed;
  if (BOUNDARY_START.test(head)) return unwrapMultipart(piece, start, boundaryOf(head), null, state);
  if (isolatedBase64(octets, start)) return unwrapBase64(piece, start, state);
  return null;
}

/** An HTTP message, or MIME headers saved in front of a body. */
function unwrapHeaders(piece: Piece, start: number, http: boolean, state: State): Piece | null {
  const block = readHeaderBlock(piece.octets, start, http);
  if (
    block === null ||
    (!http &&
      !['content-type', 'content-id', 'content-transfer-encoding', 'soapaction', 'mime-version'].some((name) =>
        block.headers.has(name),
      ))
  ) {
    return null;
  }
  state.wrappings.push(http ? 'http' : 'mime-part');
  let body = slice(piece, block.bodyStart, piece.octets.length);
  if (block.headers.get('transfer-encoding')?.toLowerCase().includes('chunked') === true) {
    const joined = joinChunks(body);
    if (joined !== null) {
      state.wrappings.push('chunked');
      body = joined;
    }
  }
  return unwrapBody(body, block, state);
}

function unwrapBody(body: Piece, block: HeaderBlock, state: State): Piece {
  const contentEncoding = block.headers.get('content-encoding')?.toLowerCase() ?? 'identity';
  if (contentEncoding !== 'identity' && contentEncoding !== '') {
    state.problems.push({
      code: 'input-compressed',
      severity: 'error',
      at: inputOffset(body, 0),
      data: { format: contentEncoding },
    });
    return body;
  }
  const type = block.headers.get('content-type') ?? '';
  const boundary = /^multipart\//i.test(type) ? parameterOf(type, 'boundary') : null;
  if (boundary !== null) return unwrapMultipart(body, 0, boundary, parameterOf(type, 'start'), state);
  state.charset = parameterOf(type, 'charset') ?? state.charset;
  return transferDecoded(body, block, state);
}

function unwrapMultipart(piece: Piece, start: number, boundary: string, rootId: string | null, state: State): Piece {
  const parts = splitMultipart(piece.octets, start, boundary, state.budget);
  if (parts.length === 0) {
    state.problems.push({
      code: 'multipart-without-parts',
      severity: 'error',
      at: inputOffset(piece, start),
      data: { boundary },
    });
    return piece;
  }
  state.wrappings.push('multipart');
  const ids = new Set<string>();
  for (const part of parts) {
    const id = contentId(part.block);
    // One reader takes the first of them, another the last (RFC 2392: a content id is unique).
    if (id !== null && ids.has(id)) {
      state.problems.push({
        code: 'multipart-content-id-repeated',
        severity: 'error',
        at: inputOffset(piece, part.start),
        data: { id },
      });
    }
    if (id !== null) ids.add(id);
  }
  const wanted = rootId === null ? -1 : parts.findIndex((part) => contentId(part.block) === bare(rootId));
  if (rootId !== null && wanted < 0) {
    state.problems.push({
      code: 'multipart-root-not-found',
      severity: 'warning',
      at: inputOffset(piece, start),
      data: { start: rootId },
    });
  }
  const rootIndex = Math.max(0, wanted);
  let root: Piece = piece;
  parts.forEach((part, index) => {
    const body = slice(piece, part.start, part.end);
    if (index === rootIndex) {
      root = transferDecoded(body, part.block, state);
      state.charset = parameterOf(part.block.headers.get('content-type') ?? '', 'charset') ?? state.charset;
      return;
    }
    const decoded = transferDecoded(body, part.block, null);
    const id = contentId(part.block) ?? part.block.headers.get('content-location') ?? `part-${index}`;
    // Of two with one name the first; a content id that stands twice is told above.
    if (!state.parts.has(id)) {
      state.parts.set(id, { name: id, octets: decoded.octets, encoded: body.octets, fields: part.block.fields });
    }
  });
  return root;
}

function transferDecoded(body: Piece, block: HeaderBlock, state: State | null): Piece {
  const encoding = block.headers.get('content-transfer-encoding')?.trim().toLowerCase() ?? '';
  if (encoding === 'base64') {
    state?.wrappings.push('base64');
    return composed(body, decodeBase64Pieces(body.octets, 0));
  }
  if (encoding === 'quoted-printable') {
    state?.wrappings.push('quoted-printable');
    return composed(body, decodeQuotedPrintable(body.octets));
  }
  return body;
}

function unwrapBase64(piece: Piece, start: number, state: State): Piece | null {
  const decoded = decodeBase64Pieces(piece.octets, start);
  const first = decoded.octets[skipSpace(decoded.octets)];
  if (first === 0x3c || first === 0xef || first === 0xfe || first === 0xff) {
    state.wrappings.push('base64');
    return composed(piece, decoded);
  }
  const longest = state.budget.limits.inputOctets;
  const inflated = inflateRaw(decoded.octets, longest);
  if (!inflated.ok && inflated.reason === 'too-long') state.budget.check('inputOctets', longest + 1);
  if (!inflated.ok || inflated.octets[skipSpace(inflated.octets)] !== 0x3c) return null;
  state.wrappings.push('base64', 'deflate');
  const origin = new OriginBuilder();
  origin.rewrite(inflated.octets.length, 0, piece.octets.length);
  return composed(piece, { octets: inflated.octets, segments: origin.segments });
}

function contentId(block: HeaderBlock): string | null {
  const id = block.headers.get('content-id');
  return id === undefined ? null : bare(id);
}

function bare(id: string): string {
  return id.trim().replace(/^<|>$/g, '');
}

function boundaryOf(head: string): string {
  return head.slice(2, head.indexOf('\n')).trimEnd();
}

function skipSpace(octets: Uint8Array): number {
  let at = 0;
  while (
    at < octets.length &&
    (octets[at] === 0x20 || octets[at] === 0x09 || octets[at] === 0x0a || octets[at] === 0x0d)
  ) {
    at++;
  }
  return at;
}

/**
 * From what arrived to the octets of one XML document: raw XML, an HTTP dump, a MIME multipart (RFC 2046, RFC 2387),
 * base64, deflated under base64 (SAML 2.0 Bindings §3.4.4.1), a container of signatures (EN 319 162-1, RFC 7848).
 */
import { octetsByName, type Attachments } from '../attachments/attachment.ts';
import type { Budget } from '../bytes/budget.ts';
import { copiedOrigin, OriginBuilder, type OriginSegment } from '../bytes/origin-map.ts';
import { parameterOf, readHeaderBlock, type HeaderBlock } from '../attachments/mime-headers.ts';
import { decodeBase64Pieces, isolatedBase64 } from './input-base64.ts';
import { ascii, composed, inputOffset, slice, type Piece } from './input-piece.ts';
import type { ContainerOpener, InputProblem, InputState, Openers, Wrapping } from './input-state.ts';
import { openSignedMark } from './signed-mark.ts';
import { joinChunks } from './transfer-coding.ts';
import { tellRepeatedFields, tellRepeatedParameter } from './two-readings.ts';
import { transferDecoded, unwrapMultipart } from './unwrap-multipart.ts';

/** The document that the input holds, and the way back to the input. */
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

/** Octets at whose beginning a ZIP archive may stand, bare or behind the header of HTTP. */
const ZIP_HEAD = 8192;

/** What opens the wrappings that an input may have. */
export async function openersFor(input: Uint8Array): Promise<Openers> {
  const bare = input[skipSpace(input)] === MARKUP;
  return {
    container: await containerOpener(input),
    inflate: bare ? null : (await import('./inflate.ts')).inflateRaw,
  };
}

const MARKUP = 0x3c;
const NO_OPENERS: Openers = { container: null, inflate: null };

/** What opens the archive that an input may be; null where it is none. */
async function containerOpener(input: Uint8Array): Promise<ContainerOpener | null> {
  for (let at = input.indexOf(0x50); at >= 0 && at < ZIP_HEAD; at = input.indexOf(0x50, at + 1)) {
    if (isZip(input, at)) return (await import('./signed-container.ts')).openContainer;
  }
  return null;
}

function isZip(octets: Uint8Array, at: number): boolean {
  return octets[at] === 0x50 && octets[at + 1] === 0x4b && octets[at + 2] === 3 && octets[at + 3] === 4;
}

/**
 * Takes off what wraps the message: HTTP, MIME, base64, chunks, an archive.
 * @param openers of {@link openersFor}; without them an archive stays one, and what is deflated deflated
 * @throws {BudgetExceeded}
 */
export function openInput(input: Uint8Array, budget: Budget, openers: Openers = NO_OPENERS): OpenedInput {
  budget.check('inputOctets', input.length);
  const state: InputState = { wrappings: [], problems: [], parts: new Map(), charset: null, budget, openers };
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

function unwrap(piece: Piece, state: InputState): Piece | null {
  const { octets } = piece;
  if (octets[0] === 0x1f && octets[1] === 0x8b) {
    state.problems.push({ code: 'input-compressed', severity: 'error', at: 0, data: { format: 'gzip' } });
    return null;
  }
  if (state.openers.container !== null && isZip(octets, 0)) {
    const container = state.openers.container(piece, state.budget);
    state.problems.push(...container.problems);
    for (const [name, file] of container.files) if (!state.parts.has(name)) state.parts.set(name, file);
    if (container.inner !== null) state.wrappings.push('zip');
    return container.inner;
  }
  const start = skipMark(octets);
  const first = octets[start];
  // `<` in UTF-8 or UTF-16, a BOM, or nothing at all: the parser's business.
  if (first === undefined || first === 0x3c || first === 0 || first >= 0xef) return null;
  const mark = openSignedMark(piece);
  if (mark !== null) {
    state.wrappings.push('signed-mark');
    return mark;
  }
  const head = ascii(octets, start, Math.min(octets.length, start + 400));
  const http = HTTP_START.test(head);
  const headed = http || HEADER_START.test(head) ? unwrapHeaders(piece, start, http, state) : null;
  if (headed !== null) return headed;
  if (BOUNDARY_START.test(head)) return unwrapMultipart(piece, start, boundaryOf(head), null, state);
  if (isolatedBase64(octets, start)) return unwrapBase64(piece, start, state);
  return null;
}

/** An HTTP message, or MIME headers saved in front of a body. */
function unwrapHeaders(piece: Piece, start: number, http: boolean, state: InputState): Piece | null {
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
  tellRepeatedFields(block, inputOffset(piece, start), state);
  let body = slice(piece, block.bodyStart, piece.octets.length);
  if (http) tellLength(block, body, state);
  if (block.headers.get('transfer-encoding')?.toLowerCase().includes('chunked') === true) {
    const joined = joinChunks(body);
    if (joined !== null) {
      state.wrappings.push('chunked');
      body = joined;
    }
  }
  return unwrapBody(body, block, state);
}

/**
 * Content-Length that ends before the body does, or beside Transfer-Encoding: what one receiver takes for the message
 * another takes for a shorter one and the beginning of the next (RFC 9112 §6.3).
 */
function tellLength(block: HeaderBlock, body: Piece, state: InputState): void {
  const written = block.headers.get('content-length') ?? '';
  if (!/^\d{1,15}$/.test(written)) return;
  const declared = Number(written);
  const octets = body.octets.length;
  const chunked = block.headers.has('transfer-encoding');
  if (!chunked && skipSpace(body.octets, declared) >= octets) return;
  state.problems.push({
    code: 'http-length-differs',
    severity: 'warning',
    at: inputOffset(body, 0),
    data: { declared, octets, chunked },
  });
}

function unwrapBody(body: Piece, block: HeaderBlock, state: InputState): Piece {
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
  tellRepeatedParameter(type, inputOffset(body, 0), state);
  const boundary = /^multipart\//i.test(type) ? parameterOf(type, 'boundary') : null;
  if (boundary !== null) return unwrapMultipart(body, 0, boundary, parameterOf(type, 'start'), state);
  state.charset = parameterOf(type, 'charset') ?? state.charset;
  return transferDecoded(body, block, state);
}

function unwrapBase64(piece: Piece, start: number, state: InputState): Piece | null {
  const decoded = decodeBase64Pieces(piece.octets, start);
  const first = decoded.octets[skipSpace(decoded.octets)];
  if (first === 0x3c || first === 0xef || first === 0xfe || first === 0xff) {
    state.wrappings.push('base64');
    return composed(piece, decoded);
  }
  const { inflate } = state.openers;
  if (inflate === null) return null;
  const longest = state.budget.limits.inputOctets;
  const inflated = inflate(decoded.octets, longest);
  if (!inflated.ok && inflated.reason === 'too-long') state.budget.check('inputOctets', longest + 1);
  if (!inflated.ok || inflated.octets[skipSpace(inflated.octets)] !== 0x3c) return null;
  state.wrappings.push('base64', 'deflate');
  const origin = new OriginBuilder();
  origin.rewrite(inflated.octets.length, 0, piece.octets.length);
  return composed(piece, { octets: inflated.octets, segments: origin.segments });
}

function boundaryOf(head: string): string {
  return head.slice(2, head.indexOf('\n')).trimEnd();
}

/**
 * Blanks and a UTF-8 byte order mark before MIME or base64 are an editor's; before XML they are the parser's business.
 */
function skipMark(octets: Uint8Array): number {
  const start = skipSpace(octets);
  const marked = octets[start] === 0xef && octets[start + 1] === 0xbb && octets[start + 2] === 0xbf;
  return marked ? skipSpace(octets, start + 3) : start;
}

function skipSpace(octets: Uint8Array, from = 0): number {
  let at = from;
  while (
    at < octets.length &&
    (octets[at] === 0x20 || octets[at] === 0x09 || octets[at] === 0x0a || octets[at] === 0x0d)
  ) {
    at++;
  }
  return at;
}

/**
 * From what arrived to the octets of one XML document: raw XML, an HTTP dump, a MIME multipart (RFC 2046, RFC 2387),
 * base64, deflated under base64 (SAML 2.0 Bindings §3.4.4.1), a container of signatures (EN 319 162-1, RFC 7848).
 */
import type { Told } from '../trace/finding-data.ts';
import { octetsByName, type Attachment, type Attachments } from '../attachments/attachment.ts';
import { Budget } from '../bytes/budget.ts';
import type { Inflated } from './inflate.ts';
import { copiedOrigin, OriginBuilder, type OriginSegment } from '../bytes/origin-map.ts';
import { decodeBase64Pieces, isolatedBase64 } from './input-base64.ts';
import { ascii, composed, inputOffset, slice, type Piece } from './input-piece.ts';
import {
  bareContentId,
  comparableIds,
  contentIdOf,
  parameterOf,
  readHeaderBlock,
  repeatedParameter,
  type HeaderBlock,
} from '../attachments/mime-headers.ts';
import type { ContainerCode, OpenedContainer } from './signed-container.ts';
import { openSignedMark } from './signed-mark.ts';
import { partsByName } from './mime-parts.ts';
import { splitMultipart, type BodyPart } from './mime-multipart.ts';
import { decodeQuotedPrintable, joinChunks } from './transfer-coding.ts';

/** A kind of wrapping taken off, outermost first. */
export type Wrapping =
  | 'http'
  | 'chunked'
  | 'multipart'
  | 'base64'
  | 'deflate'
  | 'quoted-printable'
  | 'mime-part'
  | 'zip'
  | 'signed-mark';

/** What could not be opened, or is worth a word; `at` is an octet offset in the input. */
export type InputProblem = Told<InputCode> & {
  readonly severity: 'error' | 'warning' | 'note';
  readonly at: number;
};

/** What is wrong with the way a message is wrapped. */
export type InputCode =
  | ContainerCode
  | 'input-compressed'
  | 'multipart-without-parts'
  | 'multipart-content-id-repeated'
  | 'multipart-root-not-found'
  | 'mime-field-repeated'
  | 'mime-encoding-unknown'
  | 'mime-delimiter-lookalike'
  | 'http-length-differs';

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

/** Opens a ZIP archive: a chunk of its own, for few messages come in one. */
export type ContainerOpener = (piece: Piece, budget: Budget) => OpenedContainer;

/** Octets at whose beginning a ZIP archive may stand, bare or behind the header of HTTP. */
const ZIP_HEAD = 8192;

/** What few inputs need: chunks of their own. */
export interface Openers {
  /** Null where the input is no archive. */
  readonly container: ContainerOpener | null;
  /** Raw DEFLATE in base64; null where the input is markup as it stands. */
  readonly inflate: ((input: Uint8Array, longest: number) => Inflated) | null;
}

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
  const state: State = { wrappings: [], problems: [], parts: new Map(), charset: null, budget, openers };
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
  readonly openers: Openers;
}

function unwrap(piece: Piece, state: State): Piece | null {
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
function tellLength(block: HeaderBlock, body: Piece, state: State): void {
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
  tellRepeatedParameter(type, inputOffset(body, 0), state);
  const boundary = /^multipart\//i.test(type) ? parameterOf(type, 'boundary') : null;
  if (boundary !== null) return unwrapMultipart(body, 0, boundary, parameterOf(type, 'start'), state);
  state.charset = parameterOf(type, 'charset') ?? state.charset;
  return transferDecoded(body, block, state);
}

function unwrapMultipart(piece: Piece, start: number, boundary: string, rootId: string | null, state: State): Piece {
  // Without a boundary every line of two hyphens would be one.
  const { parts, lookalikes } =
    boundary === '' ? { parts: [], lookalikes: [] } : splitMultipart(piece.octets, start, boundary, state.budget);
  tellTrimmed(piece, start, boundary, parts, state);
  const place = inputOffset(piece, start);
  for (const at of lookalikes.slice(0, 1)) {
    state.problems.push({
      code: 'mime-delimiter-lookalike',
      severity: 'error',
      at: inputOffset(piece, at),
      data: { boundary, count: lookalikes.length },
    });
  }
  if (parts.length === 0) {
    state.problems.push({ code: 'multipart-without-parts', severity: 'error', at: place, data: { boundary } });
    return piece;
  }
  state.wrappings.push('multipart');
  for (const part of parts) {
    const at = inputOffset(piece, part.headStart);
    tellRepeatedFields(part.block, at, state);
    const encoding = part.block.headers.get('content-transfer-encoding')?.trim().toLowerCase() ?? 'binary';
    if (!ENCODINGS.has(encoding)) {
      state.problems.push({ code: 'mime-encoding-unknown', severity: 'error', at, data: { encoding } });
    }
  }
  tellRepeatedIds(piece, parts, state);
  const wanted = rootId === null ? 0 : parts.findIndex((part) => contentIdOf(part.block) === bareContentId(rootId));
  if (rootId !== null && wanted < 0) {
    // Of one part no other can be meant; of several one reader takes the first and another refuses.
    const severity = parts.length === 1 ? 'warning' : 'error';
    state.problems.push({ code: 'multipart-root-not-found', severity, at: place, data: { start: rootId } });
  }
  const root = parts[Math.max(0, wanted)] as BodyPart;
  tellRepeatedParameter(root.block.headers.get('content-type') ?? '', inputOffset(piece, root.headStart), state);
  const others = parts.flatMap((part, index) => {
    if (part === root) return [];
    const body = slice(piece, part.start, part.end);
    return [{ block: part.block, index, encoded: body.octets, octets: transferDecoded(body, part.block, null).octets }];
  });
  for (const [name, attachment] of partsByName(others)) {
    if (!state.parts.has(name)) state.parts.set(name, attachment);
  }
  state.charset = parameterOf(root.block.headers.get('content-type') ?? '', 'charset') ?? state.charset;
  return transferDecoded(slice(piece, root.start, root.end), root.block, state);
}

/** A boundary ends with no blank (RFC 2046 §5.1.1): readers that leave it out may find delimiters in other places. */
function tellTrimmed(piece: Piece, start: number, boundary: string, parts: readonly BodyPart[], state: State): void {
  const trimmed = boundary.trimEnd();
  if (trimmed === boundary || trimmed === '') return;
  const others = splitMultipart(piece.octets, start, trimmed, new Budget(state.budget.limits)).parts;
  const other = others.find((one, index) => one.start !== parts[index]?.start || one.end !== parts[index]?.end);
  if (other === undefined && others.length === parts.length) return;
  const at = inputOffset(piece, other?.headStart ?? start);
  const data = { boundary: trimmed, count: Math.abs(others.length - parts.length) || 1 };
  state.problems.push({ code: 'mime-delimiter-lookalike', severity: 'error', at, data });
}

/** Content-Transfer-Encodings that every reader knows (RFC 2045 §6.1). */
const ENCODINGS: ReadonlySet<string> = new Set(['', '7bit', '8bit', 'binary', 'base64', 'quoted-printable']);

/** A content id names one part (RFC 2392): one reader takes the first of two, another the last. */
function tellRepeatedIds(piece: Piece, parts: readonly BodyPart[], state: State): void {
  const ids = new Set<string>();
  for (const part of parts) {
    const own = comparableIds(part.block);
    const id = own.find((one) => ids.has(one));
    if (id !== undefined) {
      const at = inputOffset(piece, part.headStart);
      state.problems.push({ code: 'multipart-content-id-repeated', severity: 'error', at, data: { id } });
    }
    for (const one of own) ids.add(one);
  }
}

/** Fields that say what a part is and how it is read: two with different values are two readings (RFC 2045 §3). */
const READ_FIELDS: ReadonlySet<string> = new Set([
  'content-type',
  'content-id',
  'content-location',
  'content-transfer-encoding',
  'content-encoding',
  'content-length',
  'transfer-encoding',
]);

function tellRepeatedFields(block: HeaderBlock, at: number, state: State): void {
  const first = new Map<string, string>();
  for (const { name, value } of block.fields) {
    const key = name.toLowerCase();
    if (!READ_FIELDS.has(key)) continue;
    const before = first.get(key);
    if (before === undefined) first.set(key, value);
    else if (before !== value) {
      const data = { field: name, first: before, second: value };
      state.problems.push({ code: 'mime-field-repeated', severity: 'error', at, data });
    }
  }
}

/** Parameters that say where parts begin and what is the message: two values are two readings (RFC 2045 §5.1). */
const READ_PARAMETERS = ['boundary', 'start', 'charset'] as const;

function tellRepeatedParameter(type: string, at: number, state: State): void {
  const repeated = repeatedParameter(type, READ_PARAMETERS);
  if (repeated === null) return;
  const { name, first, second } = repeated;
  const data = { field: `Content-Type; ${name}`, first, second };
  state.problems.push({ code: 'mime-field-repeated', severity: 'error', at, data });
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

/** Blanks and a UTF-8 byte order mark before MIME or base64 are an editor's; before XML they are the parser's business. */
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

/**
 * Character data in canonical form: text, CDATA sections, attribute values, comments and PIs (Canonical XML 1.0 §2.3).
 */
import { encodeUtf8 } from '../bytes/utf8.ts';
import { NodeFlag, NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { readReference, referenceEnd } from '../xml/references.ts';
import type { CanonicalWriter } from './canonical-writer.ts';

const TAB = 0x09;
const LF = 0x0a;
const CR = 0x0d;
const SPACE = 0x20;
const QUOTE = 0x22;
const AMP = 0x26;
const LT = 0x3c;
const GT = 0x3e;

const ESCAPED_TAB = encodeUtf8('&#x9;');
const ESCAPED_LF = encodeUtf8('&#xA;');
const ESCAPED_CR = encodeUtf8('&#xD;');
const ESCAPED_QUOTE = encodeUtf8('&quot;');
const ESCAPED_AMP = encodeUtf8('&amp;');
const ESCAPED_LT = encodeUtf8('&lt;');
const ESCAPED_GT = encodeUtf8('&gt;');

/** Octets at which each kind of content stops being its own canonical form. */
const TEXT_STOPS = stops(AMP, GT, CR);
const CDATA_STOPS = stops(AMP, LT, GT, CR);
const VALUE_STOPS = stops(AMP, QUOTE, TAB, LF, CR);

function stops(...octets: number[]): Uint8Array {
  const table = new Uint8Array(256);
  for (const octet of octets) table[octet] = 1;
  return table;
}

/** What canonical form writes for a character of text (§2.3, text nodes), or null where it writes the character. */
function textEscape(character: number): Uint8Array | null {
  switch (character) {
    case AMP:
      return ESCAPED_AMP;
    case LT:
      return ESCAPED_LT;
    case GT:
      return ESCAPED_GT;
    case CR:
      return ESCAPED_CR;
    default:
      return null;
  }
}

/** The same for a character of an attribute's normalized value (§2.3, attribute nodes). */
function valueEscape(character: number): Uint8Array | null {
  switch (character) {
    case AMP:
      return ESCAPED_AMP;
    case LT:
      return ESCAPED_LT;
    case QUOTE:
      return ESCAPED_QUOTE;
    case TAB:
      return ESCAPED_TAB;
    case LF:
      return ESCAPED_LF;
    case CR:
      return ESCAPED_CR;
    default:
      return null;
  }
}

/** How characters of one kind of content are written. */
interface CharacterForm {
  /** 1 for the octets that are not copied as they stand. */
  readonly stop: Uint8Array;
  readonly escape: (character: number) => Uint8Array | null;
  /** Whether `&` begins a reference. */
  readonly references: boolean;
}

const CDATA: CharacterForm = { stop: CDATA_STOPS, escape: textEscape, references: false };
const TEXT: CharacterForm = { stop: TEXT_STOPS, escape: textEscape, references: true };
const VALUE: CharacterForm = { stop: VALUE_STOPS, escape: valueEscape, references: true };

/** Writes a text node or CDATA section. */
export function writeTextNode(writer: CanonicalWriter, document: XmlDocument, node: NodeIndex): void {
  const start = document.contentStart[node]!;
  const end = document.contentEnd[node]!;
  if (document.kind[node] === NodeKind.cdata) writeCharacters(writer, start, end, CDATA);
  else if ((document.nodeFlags[node]! & NodeFlag.needsRewriting) === 0) writer.copy(start, end);
  else writeCharacters(writer, start, end, TEXT);
}

/** Writes the value between the quotes of an attribute, `source[start, end)`, whatever quotes it stood in. */
export function writeAttributeValue(writer: CanonicalWriter, start: number, end: number): void {
  writeCharacters(writer, start, end, VALUE);
}

/** Writes a value that stands in place of `source[from, to)` (a joined xml:base, Canonical XML 1.1 §2.4). */
export function writeSynthesizedValue(writer: CanonicalWriter, value: string, from: number, to: number): void {
  for (const octet of encodeUtf8(value)) {
    const escaped = valueEscape(octet);
    if (escaped === null) writer.octet(octet, from, to, 'rewritten');
    else writer.literal(escaped, from, to, 'rewritten');
  }
}

/**
 * In text, line ends become LF; in a value every literal white space becomes a space: the stop for LF tells them apart.
 */
function writeCharacters(
  writer: CanonicalWriter,
  start: number,
  end: number,
  { stop, escape, references }: CharacterForm,
): void {
  const source = writer.source;
  const whiteSpace = stop[LF] === 1 ? SPACE : LF;
  let run = start;
  let at = start;
  while (at < end) {
    const octet = source[at]!;
    if (stop[octet] === 0) {
      at++;
      continue;
    }
    if (run < at) writer.copy(run, at);
    let after = at + 1;
    if (octet === CR || octet === LF || octet === TAB) {
      if (octet === CR && after < end && source[after] === LF) after++;
      writer.octet(whiteSpace, at, after, 'rewritten');
    } else if (octet === AMP && references) {
      after = writeReference(writer, at, end, escape);
    } else {
      writer.literal(escape(octet)!, at, after, 'rewritten');
    }
    run = at = after;
  }
  if (run < end) writer.copy(run, end);
}

/** Returns the offset after the reference. */
function writeReference(
  writer: CanonicalWriter,
  start: number,
  end: number,
  escape: (character: number) => Uint8Array | null,
): number {
  const source = writer.source;
  const found = referenceEnd(source, start, end);
  const character = found === -1 ? -1 : readReference(source, start, found);
  if (character < 0) {
    // Only where a document that is not well-formed is shown anyway.
    writer.literal(ESCAPED_AMP, start, start + 1, 'rewritten');
    return start + 1;
  }
  const escaped = escape(character);
  if (escaped === null) {
    if (character < 0x80) writer.octet(character, start, found, 'rewritten');
    else writer.literal(encodeUtf8(String.fromCodePoint(character)), start, found, 'rewritten');
  } else if (matches(source, start, found, escaped)) writer.copy(start, found);
  else writer.literal(escaped, start, found, 'rewritten');
  return found;
}

function matches(source: Uint8Array, start: number, end: number, octets: Uint8Array): boolean {
  if (end - start !== octets.length) return false;
  for (let i = 0; i < octets.length; i++) if (source[start + i] !== octets[i]) return false;
  return true;
}

/** Writes a comment or PI, with the LF that keeps it apart from the document element when it stands outside (§2.3). */
export function writeOutlier(writer: CanonicalWriter, document: XmlDocument, node: NodeIndex): void {
  const outside = document.parent[node] === 0;
  const beforeRoot = outside && (document.root < 0 || node < document.root);
  const start = document.start[node]!;
  const end = document.end[node]!;
  if (outside && !beforeRoot) writer.octet(LF, start, start, 'added');
  const contentStart = document.contentStart[node]!;
  const contentEnd = document.contentEnd[node]!;
  if (document.kind[node] === NodeKind.processingInstruction) {
    const name = document.name[node]!;
    const targetEnd = start + 2 + document.names.end[name]! - document.names.start[name]!;
    writer.copy(start, targetEnd);
    if (contentStart < contentEnd) {
      // Any white space between target and data is one space.
      if (contentStart === targetEnd + 1 && writer.source[targetEnd] === SPACE) writer.copy(targetEnd, contentStart);
      else writer.octet(SPACE, targetEnd, contentStart, 'rewritten');
    }
  } else writer.copy(start, contentStart);
  writeLineEndsNormalized(writer, contentStart, contentEnd);
  writer.copy(contentEnd, end);
  if (beforeRoot) writer.octet(LF, end, end, 'added');
}

function writeLineEndsNormalized(writer: CanonicalWriter, start: number, end: number): void {
  const source = writer.source;
  let run = start;
  for (let at = start; at < end; at++) {
    if (source[at] !== CR) continue;
    if (run < at) writer.copy(run, at);
    const after = at + 1 < end && source[at + 1] === LF ? at + 2 : at + 1;
    writer.octet(LF, at, after, 'rewritten');
    run = after;
    at = after - 1;
  }
  if (run < end) writer.copy(run, end);
}

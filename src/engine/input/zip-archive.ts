/**
 * The entries of a ZIP archive (APPNOTE.TXT §4.3), as its central directory lists them and its local headers repeat
 * them. An archive in which a reader of the one finds other content than a reader of the other is refused.
 */
import type { Budget } from '../bytes/budget.ts';
import { equalOctets } from '../bytes/octets.ts';
import { decodeUtf8, firstInvalidUtf8 } from '../bytes/utf8.ts';
import { inflateRaw } from './inflate.ts';

/** One file of an archive. */
export interface ZipEntry {
  readonly name: string;
  /** Its data, stored or deflated, as a range of the archive. */
  readonly start: number;
  readonly end: number;
  readonly stored: boolean;
  /** Octets when unpacked, as stated. */
  readonly size: number;
  readonly crc: number;
}

/**
 * Why an archive is not opened. Ambiguous: `name-twice`, `headers-differ`, `unlisted-entry`, `overlap`,
 * `directory-twice`. Unreadable: `cut`, `zip64`, `encrypted`, `method`.
 */
export type ZipProblem =
  | { readonly ambiguous: true; readonly reason: AmbiguousZip; readonly entry: string | null; readonly at: number }
  | { readonly ambiguous: false; readonly reason: UnreadableZip; readonly entry: string | null; readonly at: number };

/** Readers find different content. */
export type AmbiguousZip = 'name-twice' | 'headers-differ' | 'unlisted-entry' | 'overlap' | 'directory-twice';
/** Nobody here can read it. */
export type UnreadableZip = 'cut' | 'zip64' | 'encrypted' | 'method';

/** The entries, or why there are none. */
export type ZipResult =
  | { readonly ok: true; readonly entries: readonly ZipEntry[] }
  | { readonly ok: false; readonly problem: ZipProblem };

const LOCAL = 0x04034b50;
const CENTRAL = 0x02014b50;
const END = 0x06054b50;
/** Octets of each without what is of variable length. */
const LOCAL_SIZE = 30;
const CENTRAL_SIZE = 46;
const END_SIZE = 22;
const LONGEST_COMMENT = 0xffff;
const ENCRYPTED = 1;
/** Sizes and CRC stand behind the data. */
const DESCRIPTOR = 8;

class Problem {
  readonly problem: ZipProblem;

  constructor(problem: ZipProblem) {
    this.problem = problem;
  }
}

const unreadable = (reason: UnreadableZip, at: number, entry: string | null = null) =>
  new Problem({ ambiguous: false, reason, entry, at });
const ambiguous = (reason: AmbiguousZip, at: number, entry: string | null = null) =>
  new Problem({ ambiguous: true, reason, entry, at });

/** @throws {BudgetExceeded} on too many entries */
export function readZip(octets: Uint8Array, budget: Budget): ZipResult {
  const view = new DataView(octets.buffer, octets.byteOffset, octets.length);
  const directory = findDirectory(view);
  if (directory instanceof Problem) return { ok: false, problem: directory.problem };
  const entries: (ZipEntry & { readonly local: number; readonly past: number })[] = [];
  const names = new Set<string>();
  let at = directory.start;
  while (at < directory.end) {
    budget.spend('mimeParts', 1, at);
    const read = readEntry(octets, view, at, directory);
    if (read instanceof Problem) return { ok: false, problem: read.problem };
    const key = read.name.replaceAll('\\', '/').replace(/^(?:\.?\/)+/, '');
    if (names.has(key)) return { ok: false, problem: ambiguous('name-twice', at, read.name).problem };
    names.add(key);
    entries.push(read);
    at = read.next;
  }
  const gap = findGap(view, entries, directory.start);
  return gap === null ? { ok: true, entries } : { ok: false, problem: gap.problem };
}

interface Directory {
  readonly start: number;
  readonly end: number;
}

/** The end record is the one whose comment reaches to the end of the archive (§4.3.16). */
function findDirectory(view: DataView): Directory | Problem {
  const size = view.byteLength;
  const found: number[] = [];
  for (let at = size - END_SIZE; at >= Math.max(0, size - END_SIZE - LONGEST_COMMENT); at--) {
    if (view.getUint32(at, true) === END && at + END_SIZE + view.getUint16(at + 20, true) === size) found.push(at);
  }
  const [end, other] = found;
  if (end === undefined) return unreadable('cut', size);
  if (other !== undefined) return ambiguous('directory-twice', other);
  const [length, start] = [view.getUint32(end + 12, true), view.getUint32(end + 16, true)];
  if (length === 0xffffffff || start === 0xffffffff || view.getUint16(end + 10, true) === 0xffff) {
    return unreadable('zip64', end);
  }
  return start + length === end ? { start, end } : unreadable('cut', end);
}

function readEntry(octets: Uint8Array, view: DataView, at: number, directory: Directory) {
  if (at + CENTRAL_SIZE > directory.end || view.getUint32(at, true) !== CENTRAL) return unreadable('cut', at);
  const nameLength = view.getUint16(at + 28, true);
  const next = at + CENTRAL_SIZE + nameLength + view.getUint16(at + 30, true) + view.getUint16(at + 32, true);
  if (next > directory.end) return unreadable('cut', at);
  const written = octets.subarray(at + CENTRAL_SIZE, at + CENTRAL_SIZE + nameLength);
  const name = nameOf(written);
  const [flags, method, crc] = [
    view.getUint16(at + 8, true),
    view.getUint16(at + 10, true),
    view.getUint32(at + 16, true),
  ];
  const [packed, size, local] = [20, 24, 42].map((field) => view.getUint32(at + field, true)) as [
    number,
    number,
    number,
  ];
  if ([packed, size, local].includes(0xffffffff)) return unreadable('zip64', at, name);
  if (local + LOCAL_SIZE > directory.start || view.getUint32(local, true) !== LOCAL) return unreadable('cut', at, name);
  const localName = view.getUint16(local + 26, true);
  const start = local + LOCAL_SIZE + localName + view.getUint16(local + 28, true);
  const end = start + packed;
  if (end > directory.start) return unreadable('cut', local, name);
  const own = octets.subarray(local + LOCAL_SIZE, local + LOCAL_SIZE + localName);
  const sizes = [view.getUint32(local + 14, true), view.getUint32(local + 18, true), view.getUint32(local + 22, true)];
  const behind = (flags & DESCRIPTOR) !== 0;
  const same = sizes.every((value, index) => value === [crc, packed, size][index] || (behind && value === 0));
  if (!same || !equalOctets(own, written) || view.getUint16(local + 8, true) !== method) {
    return ambiguous('headers-differ', local, name);
  }
  if ((flags & ENCRYPTED) !== 0) return unreadable('encrypted', local, name);
  if (method !== 0 && method !== 8) return unreadable('method', local, name);
  if (method === 0 && packed !== size) return ambiguous('headers-differ', local, name);
  return {
    name,
    start,
    end,
    stored: method === 0,
    size,
    crc,
    local,
    past: behind ? pastDescriptor(view, end) : end,
    next,
  };
}

/** UTF-8 where it reads as such; else an octet a character. */
function nameOf(octets: Uint8Array): string {
  return firstInvalidUtf8(octets) < 0 ? decodeUtf8(octets) : String.fromCharCode(...octets);
}

/** Behind a data descriptor, with its signature or without (§4.3.9). */
function pastDescriptor(view: DataView, end: number): number {
  const signed = end + 4 <= view.byteLength && view.getUint32(end, true) === 0x08074b50;
  return end + (signed ? 16 : 12);
}

/** Entries stand one behind the other up to the directory: what lies between, a reader of local headers may take. */
function findGap(
  view: DataView,
  entries: readonly (ZipEntry & { readonly local: number; readonly past: number })[],
  directory: number,
): Problem | null {
  let at = 0;
  for (const { local, past, name } of entries.toSorted((a, b) => a.local - b.local)) {
    if (local < at) return ambiguous('overlap', local, name);
    if (holdsHeader(view, at, local)) return ambiguous('unlisted-entry', at);
    at = past;
  }
  return holdsHeader(view, at, directory) ? ambiguous('unlisted-entry', at) : null;
}

function holdsHeader(view: DataView, from: number, to: number): boolean {
  for (let at = from; at + 4 <= to; at++) if (view.getUint32(at, true) === LOCAL) return true;
  return false;
}

/** Why one entry cannot be unpacked. */
export type UnpackProblem = 'malformed' | 'size-differs' | 'checksum-differs';

/**
 * The octets of an entry, or why there are none.
 * @param longest the most octets that may come out
 */
export function unpack(archive: Uint8Array, entry: ZipEntry, longest: number): Uint8Array | UnpackProblem {
  const packed = archive.subarray(entry.start, entry.end);
  if (entry.size > longest) return 'size-differs';
  const inflated = entry.stored ? ({ ok: true, octets: packed } as const) : inflateRaw(packed, entry.size);
  if (!inflated.ok) return inflated.reason === 'too-long' ? 'size-differs' : 'malformed';
  if (inflated.octets.length !== entry.size) return 'size-differs';
  return crc32(inflated.octets) === entry.crc ? inflated.octets : 'checksum-differs';
}

const CRC = Int32Array.from({ length: 256 }, (_, index) => {
  let value = index;
  for (let bit = 0; bit < 8; bit++) value = (value & 1) === 0 ? value >>> 1 : (value >>> 1) ^ 0xedb88320;
  return value;
});

/** CRC-32 (§4.4.7). */
function crc32(octets: Uint8Array): number {
  let value = -1;
  for (const octet of octets) value = (value >>> 8) ^ (CRC[(value ^ octet) & 0xff] ?? 0);
  return (value ^ -1) >>> 0;
}

/**
 * The characters that octets of a document stand for: line ends (XML 1.0 §2.11), references (§4.1), attribute values
 * (§3.3.3).
 */
import type { OctetWriter } from '../bytes/octet-writer.ts';
import { readReference, referenceEnd } from './references.ts';

const CR = 0x0d;
const LF = 0x0a;
const SPACE = 0x20;
const AMP = 0x26;

/** Writes character data: references replaced, CR and CR LF read as LF. The octets must be well-formed. */
export function writeText(out: OctetWriter, octets: Uint8Array, start: number, end: number): void {
  let copied = start;
  for (let i = start; i < end;) {
    const octet = octets[i]!;
    if (octet !== CR && octet !== AMP) {
      i++;
      continue;
    }
    out.slice(octets, copied, i);
    if (octet === AMP) {
      i = writeReference(out, octets, i, end);
    } else {
      if (octets[i + 1] !== LF || i + 1 >= end) out.octet(LF);
      i++;
    }
    copied = i;
  }
  out.slice(octets, copied, end);
}

/** Writes the content of a CDATA section, comment or PI: only line ends are normalized. */
export function writeVerbatim(out: OctetWriter, octets: Uint8Array, start: number, end: number): void {
  let copied = start;
  for (let i = octets.indexOf(CR, start); i >= 0 && i < end; i = octets.indexOf(CR, i + 1)) {
    out.slice(octets, copied, i);
    if (octets[i + 1] !== LF || i + 1 >= end) out.octet(LF);
    copied = i + 1;
  }
  out.slice(octets, copied, end);
}

/**
 * Writes the normalized value of a CDATA-type attribute: white space octets become a space, one for CR LF; references
 * stay what they name.
 */
export function writeAttributeValue(out: OctetWriter, octets: Uint8Array, start: number, end: number): void {
  for (let i = start; i < end;) {
    const octet = octets[i]!;
    if (octet === AMP) {
      i = writeReference(out, octets, i, end);
      continue;
    }
    if (octet === CR || octet === LF || octet === 0x09) {
      if (octet !== CR || octets[i + 1] !== LF || i + 1 >= end) out.octet(SPACE);
    } else {
      out.octet(octet);
    }
    i++;
  }
}

function writeReference(out: OctetWriter, octets: Uint8Array, start: number, end: number): number {
  const after = referenceEnd(octets, start, end);
  const value = after < 0 ? -1 : readReference(octets, start, after);
  if (value < 0) {
    // Only in the unfinished part of a broken document: shown as it stands.
    out.octet(AMP);
    return start + 1;
  }
  out.codePoint(value);
  return after;
}

/** Character references and the five predefined entities (XML 1.0 §4.1, §4.6). */
import { isXmlChar } from './characters.ts';

/** What stood after an `&`. Values below 0 of {@link readReference} say what is wrong. */
export const ReferenceFault = {
  /** Not `&name;`, `&#n;` or `&#xh;`. */
  syntax: -1,
  /** WFC: Legal Character. */
  illegalCharacter: -2,
  /** WFC: Entity Declared. */
  undeclaredEntity: -3,
} as const;

const LT = 0x3c;
const GT = 0x3e;
const AMP = 0x26;
const SEMICOLON = 0x3b;

/** The entities of §4.6. */
const PREDEFINED: readonly { readonly name: string; readonly codePoint: number }[] = [
  { name: 'amp', codePoint: AMP },
  { name: 'lt', codePoint: LT },
  { name: 'gt', codePoint: GT },
  { name: 'quot', codePoint: 0x22 },
  { name: 'apos', codePoint: 0x27 },
];

/** One past the `;` of the reference at `start`, or -1 where no `;` ends it before `limit`. */
export function referenceEnd(octets: Uint8Array, start: number, limit: number): number {
  for (let i = start + 1; i < limit; i++) {
    const octet = octets[i]!;
    if (octet === SEMICOLON) return i + 1;
    // White space and markup cannot stand in a reference, so a stray `&` costs no search to the end.
    if (octet <= 0x20 || octet === LT || octet === AMP || octet === GT || octet === 0x22 || octet === 0x27) return -1;
  }
  return -1;
}

/**
 * The code point that the reference `octets[start, end)` stands for, `&` and `;` included, or a {@link ReferenceFault}.
 */
export function readReference(octets: Uint8Array, start: number, end: number): number {
  if (octets[start + 1] !== 0x23) return readEntity(octets, start + 1, end - 1);
  const hexadecimal = octets[start + 2] === 0x78;
  const first = start + (hexadecimal ? 3 : 2);
  const last = end - 1;
  if (first >= last) return ReferenceFault.syntax;
  let value = 0;
  for (let i = first; i < last; i++) {
    const digit = digitValue(octets[i]!, hexadecimal);
    if (digit < 0) return ReferenceFault.syntax;
    // Kept just above the last code point, so that any number of digits cannot overflow.
    if (value <= 0x10ffff) value = value * (hexadecimal ? 16 : 10) + digit;
  }
  return isXmlChar(value) ? value : ReferenceFault.illegalCharacter;
}

function digitValue(octet: number, hexadecimal: boolean): number {
  if (octet >= 0x30 && octet <= 0x39) return octet - 0x30;
  if (!hexadecimal) return -1;
  const lower = octet | 0x20;
  return lower >= 0x61 && lower <= 0x66 ? lower - 0x57 : -1;
}

function readEntity(octets: Uint8Array, start: number, end: number): number {
  const size = end - start;
  if (size === 0) return ReferenceFault.syntax;
  for (const { name, codePoint } of PREDEFINED) {
    let i = 0;
    while (i < size && octets[start + i] === name.charCodeAt(i)) i++;
    if (i === size && i === name.length) return codePoint;
  }
  return ReferenceFault.undeclaredEntity;
}

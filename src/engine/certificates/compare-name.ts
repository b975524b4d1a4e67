/**
 * Comparison of names and serial numbers: certificate with certificate (RFC 5280 §7.1) and ds:X509IssuerSerial with
 * certificate (XMLDSIG §4.5.4.1).
 */
import { equalOctets } from '../bytes/octets.ts';
import { asn1Text } from './asn1-text.ts';
import type { DistinguishedName, NameAttribute } from './certificate.ts';
import { NAME_STYLES, printName, type NameStyle } from './distinguished-name.ts';
import { parseName, type ParsedAttribute, type ParsedName } from './parse-name.ts';

/**
 * How a written name relates to a certificate's. Equal: `exact` (the RFC 4514 text), `rfc4514` (the same by its rules),
 * `keyword` (other keywords, as `E` or `S`), `quoting`, `unescaped` (a separator in a value without escape), `case`,
 * `whitespace`,
 * `normalization` (Unicode), `string-type` (same text, other ASN.1 type). Not equal by the rules, though plainly meant:
 * `reversed-order`, `slash-form` (OpenSSL's `/C=…`). Else `unparsable`, `differs`.
 */
export type NameRelation =
  | 'exact'
  | 'rfc4514'
  | 'keyword'
  | 'quoting'
  | 'unescaped'
  | 'case'
  | 'whitespace'
  | 'normalization'
  | 'string-type'
  | 'reversed-order'
  | 'slash-form'
  | 'unparsable'
  | 'differs';

/** How a written name stands to the one in a certificate. */
export interface NameComparison {
  /** Equal by RFC 4514 and RFC 5280 §7.1, whatever the writing. */
  readonly equal: boolean;
  readonly how: NameRelation;
  /** Equal, or plainly meant: what a receiver that is lenient about order would take. */
  readonly meant: boolean;
  /** The writer whose output this is to the letter, where there is one. */
  readonly style: NameStyle | null;
  /** Every relation seen, the gravest first. */
  readonly differences: readonly NameRelation[];
  /** For `differs`: the first attribute of the certificate's name that was not found, as `type=value`. */
  readonly missing: string | null;
}

const squeeze = (text: string): string => text.trim().replace(/\s+/g, ' ');
const fold = (text: string): string => squeeze(text.normalize('NFKC')).toLowerCase();

/** How two values relate, or null where they differ. */
function relateText(written: string, value: string): NameRelation | 'same' | null {
  if (written === value) return 'same';
  if (squeeze(written) === squeeze(value)) return 'whitespace';
  if (squeeze(written).toLowerCase() === squeeze(value).toLowerCase()) return 'case';
  return fold(written) === fold(value) ? 'normalization' : null;
}

function relateAttribute(written: ParsedAttribute, attribute: NameAttribute): NameRelation | 'same' | null {
  if (written.oid !== attribute.oid) return null;
  if (written.der !== null && equalOctets(written.der, attribute.der)) return 'same';
  const relation = relateText(written.value, attribute.value);
  return relation === 'same' && written.der !== null ? 'string-type' : relation;
}

/** Attributes in one RDN beyond which it is not compared. */
const LARGEST_RDN = 32;

/** Relations of all attributes, or the first attribute that was not found. */
function relateRdns(
  written: readonly (readonly ParsedAttribute[])[],
  name: DistinguishedName,
): readonly (NameRelation | 'same')[] | NameAttribute | null {
  const relations: (NameRelation | 'same')[] = [];
  for (const [at, rdn] of name.entries()) {
    const other = written[at] ?? [];
    if (rdn.length > LARGEST_RDN) return rdn[0] ?? null;
    const left = [...other];
    for (const attribute of rdn) {
      const found = left.findIndex((candidate) => relateAttribute(candidate, attribute) !== null);
      const match = left[found];
      if (match === undefined) return attribute;
      relations.push(relateAttribute(match, attribute) ?? 'same');
      left.splice(found, 1);
    }
    if (left.length > 0) return rdn[0] ?? null;
  }
  return written.length === name.length ? relations : null;
}

const GRAVEST: readonly NameRelation[] = [
  'string-type',
  'normalization',
  'case',
  'whitespace',
  'unescaped',
  'quoting',
  'keyword',
];
const RFC_KEYWORDS = /^(?:CN|L|ST|O|OU|C|STREET|DC|UID|[0-2](?:\.\d+)+)$/i;

function isRelations(
  value: readonly (NameRelation | 'same')[] | NameAttribute | null,
): value is readonly (NameRelation | 'same')[] {
  return Array.isArray(value);
}

/** What the writing of a name differs in, the gravest first; `relations` are those of its attributes. */
function differencesOf(relations: readonly (NameRelation | 'same')[], { rdns }: ParsedName): readonly NameRelation[] {
  const attributes = rdns.flat();
  const seen = new Set<NameRelation | 'same'>(relations);
  if (attributes.some((attribute) => attribute.unescaped)) seen.add('unescaped');
  if (attributes.some((attribute) => attribute.quoted)) seen.add('quoting');
  if (attributes.some((attribute) => !RFC_KEYWORDS.test(attribute.type))) seen.add('keyword');
  return GRAVEST.filter((relation) => seen.has(relation));
}

/** A name that does not have the certificate's attributes in either order; `unmet` is the first that is missing. */
function notThatName(style: NameStyle | null, unmet: NameAttribute | null): NameComparison {
  // .NET escapes no backslash inside quotes, so its text cannot always be read back; it is still that name's.
  if (style === 'dotnet' || style === 'java-toString') {
    return { equal: true, how: 'quoting', meant: true, style, differences: ['quoting'], missing: null };
  }
  const missing = unmet === null ? null : printName([[unmet]], 'openssl');
  return { equal: false, how: 'differs', meant: false, style: null, differences: ['differs'], missing };
}

/** Compares a written name (ds:X509IssuerName, ds:X509SubjectName) with a name in DER. */
export function compareName(text: string, name: DistinguishedName): NameComparison {
  const trimmed = text.trim();
  const style = NAME_STYLES.find((candidate) => printName(name, candidate) === trimmed) ?? null;
  const parsed = parseName(text);
  if (parsed === null) {
    const meant = style !== null;
    return { equal: false, how: 'unparsable', meant, style, differences: ['unparsable'], missing: null };
  }
  const slashes = parsed.form === 'slashes';
  const straight = relateRdns(slashes ? parsed.rdns : parsed.rdns.toReversed(), name);
  const reversed = isRelations(straight) || slashes ? null : relateRdns(parsed.rdns, name);
  const relations = isRelations(straight) ? straight : isRelations(reversed) ? reversed : null;
  if (relations === null) return notThatName(style, isRelations(straight) ? null : straight);
  const differences = differencesOf(relations, parsed);
  const meantOnly = slashes ? 'slash-form' : isRelations(straight) ? null : 'reversed-order';
  if (meantOnly !== null) {
    const all = [meantOnly, ...differences] as const;
    return { equal: false, how: meantOnly, meant: true, style, differences: all, missing: null };
  }
  const how = text === printName(name, 'rfc4514') ? 'exact' : (differences[0] ?? 'rfc4514');
  return { equal: true, how, meant: true, style, differences, missing: null };
}

/** RFC 5280 §7.1: equal octets, or equal text without regard to case, runs of white space and string type. */
export function namesEqual(a: DistinguishedName, b: DistinguishedName): boolean {
  return a.length === b.length && nameIsWithin(a, b);
}

/** Whether `name` begins with all RDNs of `base` (RFC 5280 §4.2.1.10, directoryName subtrees). */
export function nameIsWithin(name: DistinguishedName, base: DistinguishedName): boolean {
  if (base.length > name.length) return false;
  return base.every((rdn, at) => {
    const left = [...(name[at] ?? [])];
    if (left.length !== rdn.length || rdn.length > LARGEST_RDN) return false;
    return rdn.every((attribute) => {
      const found = left.findIndex(
        (other) =>
          other.oid === attribute.oid &&
          (equalOctets(other.der, attribute.der) ||
            (asn1Text(other.der[0] ?? 0, new Uint8Array()) !== null && fold(other.value) === fold(attribute.value))),
      );
      if (found < 0) return false;
      left.splice(found, 1);
      return true;
    });
  });
}

/**
 * How a written ds:X509SerialNumber (xs:integer) relates to a certificate's: `exact`; `equal` by value (white space,
 * sign, leading zeros);
 * `hex`; `twos-complement` (the DER octets read with or without sign against the rules); `low-64-bits`; `low-32-bits`;
 * `byte-reversed`
 * (.NET's GetSerialNumber); `differs`. Only the first two are right.
 */
export interface SerialComparison {
  readonly equal: boolean;
  readonly how:
    | 'exact'
    | 'equal'
    | 'hex'
    | 'twos-complement'
    | 'low-64-bits'
    | 'low-32-bits'
    | 'byte-reversed'
    | 'differs';
}

/** Serial numbers longer than this many digits are not read: RFC 5280 allows 20 octets, 49 digits. */
const LONGEST_SERIAL = 200;

/** Compares a written serial number with a certificate's. */
export function compareSerial(text: string, serial: bigint): SerialComparison {
  const trimmed = text.trim();
  if (trimmed === serial.toString()) return { equal: true, how: trimmed === text ? 'exact' : 'equal' };
  if (trimmed.length > LONGEST_SERIAL) return { equal: false, how: 'differs' };
  const decimal = /^[+-]?\d+$/.test(trimmed)
    ? BigInt(trimmed.replace(/^[+-]/, '')) * (trimmed.startsWith('-') ? -1n : 1n)
    : null;
  if (decimal === serial) return { equal: true, how: 'equal' };
  const octets = Math.max(1, Math.ceil((serial < 0n ? -serial : serial).toString(16).length / 2));
  const readings: { readonly how: SerialComparison['how']; readonly value: bigint }[] = [];
  const unsigned = BigInt.asUintN(8 * octets, serial);
  readings.push(
    { how: 'twos-complement', value: unsigned },
    { how: 'twos-complement', value: BigInt.asIntN(8 * octets, serial) },
  );
  if (octets > 8) {
    readings.push(
      { how: 'low-64-bits', value: BigInt.asIntN(64, serial) },
      { how: 'low-64-bits', value: BigInt.asUintN(64, serial) },
    );
  }
  if (octets > 4) {
    readings.push(
      { how: 'low-32-bits', value: BigInt.asIntN(32, serial) },
      { how: 'low-32-bits', value: BigInt.asUintN(32, serial) },
    );
  }
  const pairs =
    unsigned
      .toString(16)
      .padStart(2 * octets, '0')
      .match(/../g) ?? [];
  const backwards = BigInt(`0x${pairs.toReversed().join('')}`);
  readings.push({ how: 'byte-reversed', value: backwards });
  const signed = readings.find((reading) => reading.value === decimal);
  if (signed !== undefined) return { equal: false, how: signed.how };
  const hex = trimmed.replace(/^0x/i, '').replace(/[\s:-]/g, '');
  if (/^[0-9A-Fa-f]+$/.test(hex)) {
    const value = BigInt(`0x${hex}`);
    if (value === serial || value === unsigned) return { equal: false, how: 'hex' };
    if (value === backwards) return { equal: false, how: 'byte-reversed' };
  }
  return { equal: false, how: 'differs' };
}

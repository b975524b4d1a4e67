/** SubjectPublicKeyInfo to keys and back (RFC 5280 §4.1.2.7, RFC 3279, RFC 5480, RFC 4055, RFC 8410). */
import {
  type DerElement,
  DerTag,
  bigIntFromOctets,
  derBitString,
  derContent,
  derInteger,
  derOctetString,
  derOid,
  encodeDer,
  encodeDerBitString,
  encodeDerInteger,
  encodeDerOid,
  octetsFromBigInt,
  readDer,
} from '../bytes/der.ts';
import { equalOctets } from '../bytes/octets.ts';
import { coordinateLength, curveByOid, curveByParameters, isOnCurve, namedCurve, type NamedCurve } from './curves.ts';
import type { CurveName, IrregularInteger, PublicKey, RsaPublicKey } from './keys.ts';
import { bitLength, modSqrt } from './modular.ts';

/** Object identifiers of public key algorithms, as X.509 and PKCS#8 name them. */
export const KeyOid = {
  rsaEncryption: '1.2.840.113549.1.1.1',
  rsaesOaep: '1.2.840.113549.1.1.7',
  rsassaPss: '1.2.840.113549.1.1.10',
  ecPublicKey: '1.2.840.10045.2.1',
  dsa: '1.2.840.10040.4.1',
  dsaOiw: '1.3.14.3.2.12',
  dhX942: '1.2.840.10046.2.1',
  dhPkcs3: '1.2.840.113549.1.3.1',
  x25519: '1.3.101.110',
  x448: '1.3.101.111',
  ed25519: '1.3.101.112',
  ed448: '1.3.101.113',
} as const;

const MONTGOMERY_EDWARDS: Readonly<
  Record<string, { readonly kind: 'Ed25519' | 'Ed448' | 'X25519' | 'X448'; readonly length: number }>
> = {
  [KeyOid.ed25519]: { kind: 'Ed25519', length: 32 },
  [KeyOid.ed448]: { kind: 'Ed448', length: 57 },
  [KeyOid.x25519]: { kind: 'X25519', length: 32 },
  [KeyOid.x448]: { kind: 'X448', length: 56 },
};

/**
 * Why a key could not be read: `spki-not-der`, `spki-malformed`, `key-malformed` (numbers or octets out of shape),
 * `point-not-on-curve`, `point-encoding`. Unknown algorithms and curves are keys of kind `unknown` and `EC-unknown`,
 * not problems.
 */
export interface SpkiProblem {
  readonly code: 'spki-not-der' | 'spki-malformed' | 'key-malformed' | 'point-not-on-curve' | 'point-encoding';
}
/** The key, or why the octets are none. */
export type SpkiResult =
  | { readonly ok: true; readonly key: PublicKey }
  | { readonly ok: false; readonly problem: SpkiProblem };

const problem = (code: SpkiProblem['code']): SpkiResult => ({ ok: false, problem: { code } });
const success = (key: PublicKey): SpkiResult => ({ ok: true, key });

/** The three things that a SubjectPublicKeyInfo says. */
interface SpkiParts {
  /** The algorithm. */
  readonly oid: string;
  readonly parameters: DerElement | undefined;
  /** The key itself, as the algorithm writes it. */
  readonly bits: Uint8Array;
}

function spkiParts(octets: Uint8Array): SpkiParts | SpkiProblem {
  const read = readDer(octets);
  if (!read.ok) return { code: 'spki-not-der' };
  const { tag, children } = read.element;
  const [algorithm, subjectPublicKey] = children;
  const oid = derOid(algorithm?.children[0]);
  const bits = derBitString(subjectPublicKey);
  if (tag !== DerTag.sequence || children.length !== 2 || algorithm?.tag !== DerTag.sequence) {
    return { code: 'spki-malformed' };
  }
  return oid === null || bits === null ? { code: 'spki-malformed' } : { oid, parameters: algorithm.children[1], bits };
}

/** Reads a SubjectPublicKeyInfo. The key's `spki` is a copy of the octets given. */
export function parseSpki(octets: Uint8Array): SpkiResult {
  const parts = spkiParts(octets);
  if ('code' in parts) return problem(parts.code);
  const { oid, parameters, bits } = parts;
  const spki = octets.slice();
  switch (oid) {
    case KeyOid.rsaEncryption:
    case KeyOid.rsaesOaep:
    case KeyOid.rsassaPss:
      return parseRsa(spki, bits, oid === KeyOid.rsassaPss);
    case KeyOid.ecPublicKey:
      return parseEc(spki, bits, parameters);
    case KeyOid.dsa:
    case KeyOid.dsaOiw:
      return parseDsa(spki, bits, parameters);
    case KeyOid.dhX942:
    case KeyOid.dhPkcs3:
      return parseDh(spki, bits, parameters, oid === KeyOid.dhX942);
    default:
      return parseRaw(spki, bits, oid);
  }
}

/**
 * As {@link parseSpki}; what cannot be read is a key of kind `unknown`, with the algorithm's OID where that much was
 * readable.
 */
export function readSpki(octets: Uint8Array): PublicKey {
  const parsed = parseSpki(octets);
  if (parsed.ok) return parsed.key;
  const read = readDer(octets);
  return {
    kind: 'unknown',
    spki: octets.slice(),
    oid: (read.ok ? derOid(read.element.children[0]?.children[0]) : null) ?? '',
  };
}

function integerIn(octets: Uint8Array): bigint | null {
  const read = readDer(octets);
  return read.ok ? derInteger(read.element) : null;
}

function parseRsa(spki: Uint8Array, bits: Uint8Array, pssOnly: boolean): SpkiResult {
  const read = readDer(bits);
  if (!read.ok || read.element.tag !== DerTag.sequence) return problem('key-malformed');
  const [n, e] = [positiveInteger(read.element.children[0]), positiveInteger(read.element.children[1])];
  if (n === null || e === null) return problem('key-malformed');
  const irregular = n.irregular ?? e.irregular;
  // By its numbers it is the same key wherever else it is written as it should be.
  if (irregular !== null) return success({ ...rsaKey(n.value, e.value), pssOnly, irregular });
  return success({ kind: 'RSA', spki, n: n.value, e: e.value, bits: bitLength(n.value), pssOnly });
}

/**
 * A number above 0, also where its sign or its length is not as DER has it (X.690 §8.3.2): old cards left out the octet
 * 00 before a number whose first bit is set, and OpenSSL reads it as meant. Null where it is none.
 */
function positiveInteger(
  element: DerElement | undefined,
): { readonly value: bigint; readonly irregular: IrregularInteger | null } | null {
  const strict = derInteger(element);
  if (strict !== null && strict > 0n) return { value: strict, irregular: null };
  if (element?.tag !== DerTag.integer) return null;
  const value = bigIntFromOctets(derContent(element));
  if (strict !== null) return strict < 0n ? { value, irregular: 'negative' } : null;
  // Ones in front, more than a sign needs: no reader takes that for a positive number.
  return value > 0n && derContent(element)[0] === 0 ? { value, irregular: 'over-long' } : null;
}

function parseDsa(spki: Uint8Array, bits: Uint8Array, parameters: DerElement | undefined): SpkiResult {
  const [p, q, g] = [0, 1, 2].map((index) => derInteger(parameters?.children[index]) ?? 0n);
  const y = integerIn(bits) ?? 0n;
  // Inherited parameters (RFC 3279 §2.3.2) are not supported: such a key has no p, q, g of its own.
  if (p === undefined || q === undefined || g === undefined || p <= 0n || q <= 0n || g <= 0n || y <= 0n) {
    return problem('key-malformed');
  }
  return success({ kind: 'DSA', spki, p, q, g, y });
}

/** X9.42: p, g, q; PKCS #3: p, g, length. The first two agree. */
function parseDh(
  spki: Uint8Array,
  bits: Uint8Array,
  parameters: DerElement | undefined,
  namesOrder: boolean,
): SpkiResult {
  const [p, g, y] = [derInteger(parameters?.children[0]), derInteger(parameters?.children[1]), integerIn(bits)];
  const q = namesOrder ? derInteger(parameters?.children[2]) : null;
  if (p === null || g === null || y === null || p <= 0n || g <= 0n || y <= 0n) return problem('key-malformed');
  return success({ kind: 'DH', spki, p, q: q !== null && q > 1n ? q : null, g, y });
}

/** A key that is its octets (RFC 8410), or one of an algorithm that is not known. */
function parseRaw(spki: Uint8Array, bits: Uint8Array, oid: string): SpkiResult {
  const raw = MONTGOMERY_EDWARDS[oid];
  if (raw === undefined) return success({ kind: 'unknown', spki, oid });
  return bits.length === raw.length ? success({ kind: raw.kind, spki, raw: bits.slice() }) : problem('key-malformed');
}

function parseEc(spki: Uint8Array, bits: Uint8Array, parameters: DerElement | undefined): SpkiResult {
  const oid = derOid(parameters);
  const curve = oid === null ? explicitCurve(parameters) : curveByOid(oid);
  if (curve === null) return success({ kind: 'EC-unknown', spki, oid: oid ?? '' });
  const point = decodePoint(curve, bits);
  return 'code' in point ? problem(point.code) : success({ kind: 'EC', spki, curve: curve.name, point: point.octets });
}

/** Recognises X9.62 SpecifiedECDomain (RFC 3279 §2.3.5) where it spells out a named curve. */
function explicitCurve(parameters: DerElement | undefined): NamedCurve | null {
  if (parameters?.tag !== DerTag.sequence) return null;
  const [, field, curve, basePoint, order, cofactor] = parameters.children;
  if (derOid(field?.children[0]) !== '1.2.840.10045.1.1') return null;
  const [p, n] = [derInteger(field?.children[1]), derInteger(order)];
  const [a, b, base] = [
    derOctetString(curve?.children[0]),
    derOctetString(curve?.children[1]),
    derOctetString(basePoint),
  ];
  if (p === null || a === null || b === null || base === null || n === null) return null;
  return curveByParameters({
    p,
    a: bigIntFromOctets(a),
    b: bigIntFromOctets(b),
    base,
    n,
    cofactor: cofactor === undefined ? 1n : (derInteger(cofactor) ?? 0n),
  });
}

/** Decodes a point (SEC 1 §2.3.4), compressed or not, to its uncompressed octets; checks that it is on the curve. */
function decodePoint(curve: NamedCurve, octets: Uint8Array): { readonly octets: Uint8Array } | SpkiProblem {
  const length = coordinateLength(curve);
  const lead = octets[0];
  const x = bigIntFromOctets(octets.subarray(1, 1 + length));
  let y: bigint;
  if (lead === 4 && octets.length === 1 + 2 * length) y = bigIntFromOctets(octets.subarray(1 + length));
  else if ((lead === 2 || lead === 3) && octets.length === 1 + length) {
    const root = modSqrt((x * x + curve.a) * x + curve.b, curve.p);
    if (root === null) return { code: 'point-not-on-curve' };
    y = Number(root & 1n) === (lead & 1) ? root : curve.p - root;
  } else return { code: 'point-encoding' };
  if (!isOnCurve(curve, x, y)) return { code: 'point-not-on-curve' };
  return { octets: uncompressedPoint(curve, x, y) };
}

/** 0x04 ‖ X ‖ Y; the coordinates must be below the field's prime. */
export function uncompressedPoint(curve: NamedCurve, x: bigint, y: bigint): Uint8Array {
  const length = coordinateLength(curve);
  const octets = new Uint8Array(1 + 2 * length);
  octets[0] = 4;
  octets.set(octetsFromBigInt(x, length) ?? [], 1);
  octets.set(octetsFromBigInt(y, length) ?? [], 1 + length);
  return octets;
}

const DER_NULL = Uint8Array.of(DerTag.null, 0);

function encodeSpki(oid: string, parameters: readonly Uint8Array[], bits: Uint8Array): Uint8Array {
  return encodeDer(
    DerTag.sequence,
    encodeDer(DerTag.sequence, encodeDerOid(oid), ...parameters),
    encodeDerBitString(bits),
  );
}

/** An RSA key from its numbers, both > 0; `bits` is the modulus's length. */
export function rsaKey(n: bigint, e: bigint): RsaPublicKey {
  const spki = encodeSpki(
    KeyOid.rsaEncryption,
    [DER_NULL],
    encodeDer(DerTag.sequence, encodeDerInteger(n), encodeDerInteger(e)),
  );
  return { kind: 'RSA', spki, n, e, bits: bitLength(n), pssOnly: false };
}

/** A key on a named curve from an encoded point, or what is wrong with the point. */
export function ecKey(name: CurveName, octets: Uint8Array): SpkiResult {
  const curve = namedCurve(name);
  const point = decodePoint(curve, octets);
  if ('code' in point) return problem(point.code);
  const spki = encodeSpki(KeyOid.ecPublicKey, [encodeDerOid(curve.oid)], point.octets);
  return success({ kind: 'EC', spki, curve: name, point: point.octets });
}

/** A DSA key from its numbers, all > 0. */
export function dsaKey(p: bigint, q: bigint, g: bigint, y: bigint): PublicKey {
  const parameters = encodeDer(DerTag.sequence, encodeDerInteger(p), encodeDerInteger(q), encodeDerInteger(g));
  return { kind: 'DSA', spki: encodeSpki(KeyOid.dsa, [parameters], encodeDerInteger(y)), p, q, g, y };
}

/** A Diffie-Hellman key from its numbers, all > 0: X9.42 (RFC 3279 §2.3.3) where the order q is known, else PKCS #3. */
export function dhKey(p: bigint, q: bigint | null, g: bigint, y: bigint): PublicKey {
  const numbers = q === null ? [p, g] : [p, g, q];
  const parameters = encodeDer(DerTag.sequence, ...numbers.map(encodeDerInteger));
  return {
    kind: 'DH',
    spki: encodeSpki(q === null ? KeyOid.dhPkcs3 : KeyOid.dhX942, [parameters], encodeDerInteger(y)),
    p,
    q,
    g,
    y,
  };
}

/** Whether two keys are one: a Diffie-Hellman key may be written with the order of its group or without. */
export function samePublicKey(a: PublicKey, b: PublicKey): boolean {
  if (a.kind === 'DH' && b.kind === 'DH') return a.y === b.y && a.p === b.p && a.g === b.g;
  return equalOctets(a.spki, b.spki);
}

/** An Edwards or Montgomery key from its octets (RFC 8410), or `key-malformed` for a wrong length. */
export function rawKey(kind: 'Ed25519' | 'Ed448' | 'X25519' | 'X448', raw: Uint8Array): SpkiResult {
  const found = Object.entries(MONTGOMERY_EDWARDS).find(([, entry]) => entry.kind === kind);
  if (found === undefined || found[1].length !== raw.length) return problem('key-malformed');
  return success({ kind, spki: encodeSpki(found[0], [], raw), raw: raw.slice() });
}

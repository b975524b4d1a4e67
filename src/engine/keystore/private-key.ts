/**
 * Private keys in every ASN.1 dress as PKCS#8 with the public key derived (RFC 5958, RFC 8017 §A.1.2, RFC 5915, RFC
 * 8410).
 */
import { ed448, x448 } from '@noble/curves/ed448.js';
import { ed25519, x25519 } from '@noble/curves/ed25519.js';
import { weierstrass } from '@noble/curves/abstract/weierstrass.js';
import {
  type DerElement,
  DerTag,
  bigIntFromOctets,
  derBitString,
  derInteger,
  derOctetString,
  derOctets,
  derOid,
  encodeDer,
  encodeDerBitString,
  encodeDerInteger,
  encodeDerOid,
  readDer,
} from '../bytes/der.ts';
import { curveByOid, namedCurve } from '../crypto/curves.ts';
import type { CurveName, PrivateKey, PublicKey } from '../crypto/keys.ts';
import { dhGroupDefect } from '../crypto/legacy/diffie-hellman.ts';
import { modPow } from '../crypto/modular.ts';
import { dsaKey, KeyOid, parseSpki, rawKey, rsaKey } from '../crypto/spki.ts';

/** The key, or why the octets give none. */
export type PrivateKeyResult =
  | { readonly ok: true; readonly key: PrivateKey }
  | { readonly ok: false; readonly code: 'key-file-damaged' | 'key-algorithm-unknown'; readonly what: string };

const damaged = (what: string): PrivateKeyResult => ({ ok: false, code: 'key-file-damaged', what });
const NULL = Uint8Array.of(DerTag.null, 0);

/** Wraps an algorithm's own private key in a PrivateKeyInfo. */
export function wrapPkcs8(algorithm: Uint8Array, privateKey: Uint8Array): Uint8Array {
  return encodeDer(DerTag.sequence, encodeDerInteger(0n), algorithm, encodeDer(DerTag.octetString, privateKey));
}

function algorithmIdentifier(oid: string, ...parameters: readonly Uint8Array[]): Uint8Array {
  return encodeDer(DerTag.sequence, encodeDerOid(oid), ...parameters);
}

/** d·G on a named curve, uncompressed, or null where d is out of range. Key loading only: not on any signing path. */
function curvePoint(name: CurveName, d: bigint): Uint8Array | null {
  const { p, a, b, gx, gy, n } = namedCurve(name);
  if (d <= 0n || d >= n) return null;
  return weierstrass({ p, a, b, n, h: 1n, Gx: gx, Gy: gy }).BASE.multiply(d).toBytes(false);
}

function ecPublicKey(sec1: DerElement, algorithm: DerElement): PublicKey | null {
  const parameters = algorithm.children[1];
  if (parameters === undefined) return null;
  const stored = derBitString(sec1.children.find((child) => child.tag === 0xa1)?.children[0]);
  const spki = (point: Uint8Array): PublicKey | null => {
    const read = parseSpki(
      encodeDer(
        DerTag.sequence,
        algorithmIdentifier(KeyOid.ecPublicKey, derOctets(parameters)),
        encodeDerBitString(point),
      ),
    );
    return read.ok ? read.key : null;
  };
  if (stored !== null) return spki(stored);
  const curve = curveByOid(derOid(parameters) ?? '');
  const d = derOctetString(sec1.children[1]);
  const point = curve === null || d === null ? null : curvePoint(curve.name, bigIntFromOctets(d));
  return point === null ? null : spki(point);
}

/** Edwards and Montgomery curves: octets of a seed, and what makes its public key. */
const EDWARDS = {
  [KeyOid.ed25519]: { kind: 'Ed25519', length: 32, of: ed25519.getPublicKey },
  [KeyOid.ed448]: { kind: 'Ed448', length: 57, of: ed448.getPublicKey },
  [KeyOid.x25519]: { kind: 'X25519', length: 32, of: x25519.getPublicKey },
  [KeyOid.x448]: { kind: 'X448', length: 56, of: x448.getPublicKey },
} as const;

function edwardsPublicKey(oid: keyof typeof EDWARDS, seed: Uint8Array): PublicKey | null {
  const curve = EDWARDS[oid];
  if (seed.length !== curve.length) return null;
  const read = rawKey(curve.kind, curve.of(seed));
  return read.ok ? read.key : null;
}

function rsaPublicKey(pkcs1: DerElement, pssParameters: Uint8Array | null): PublicKey | null {
  const [n, e] = [derInteger(pkcs1.children[1]), derInteger(pkcs1.children[2])];
  if (pkcs1.children.length < 9 || n === null || e === null || n <= 0n || e <= 0n) return null;
  const key = rsaKey(n, e);
  if (pssParameters === null) return key;
  const read = parseSpki(
    encodeDer(
      DerTag.sequence,
      pssParameters,
      encodeDerBitString(encodeDer(DerTag.sequence, encodeDerInteger(n), encodeDerInteger(e))),
    ),
  );
  return read.ok ? read.key : key;
}

/** y = g^x mod p of a DSA key; null where the numbers are none of a key. */
function dsaPublicKey(privateKey: DerElement, algorithm: DerElement): PublicKey | null {
  const parameters = algorithm.children[1];
  const [p, q, g] = [0, 1, 2].map((at) => derInteger(parameters?.children[at]) ?? 0n);
  const x = derInteger(privateKey);
  if (x === null || !p || !q || !g || p <= 1n || x <= 0n) return null;
  // No number of such a size is a key: raising to its power would take minutes.
  if (dhGroupDefect(p, g) === 'dh-prime-too-large' || x >= p) return null;
  return dsaKey(p, q, g, modPow(g, x, p));
}

/** y = g^x mod p of a Diffie-Hellman key, in the group that its algorithm names. */
function dhPublicKey(privateKey: DerElement, algorithm: DerElement): PublicKey | null {
  const parameters = algorithm.children[1];
  const [p, g] = [derInteger(parameters?.children[0]) ?? 0n, derInteger(parameters?.children[1]) ?? 0n];
  const x = derInteger(privateKey);
  if (x === null || x <= 0n || x >= p || dhGroupDefect(p, g) !== null) return null;
  const read = parseSpki(
    encodeDer(DerTag.sequence, derOctets(algorithm), encodeDerBitString(encodeDerInteger(modPow(g, x, p)))),
  );
  return read.ok ? read.key : null;
}

type PublicKeyReader = (privateKey: DerElement, algorithm: DerElement) => PublicKey | null;

const fromSeed =
  (oid: keyof typeof EDWARDS): PublicKeyReader =>
  (privateKey) => {
    const seed = derOctetString(privateKey);
    return seed === null ? null : edwardsPublicKey(oid, seed);
  };

/** The public key of a private one by its algorithm; null where it is malformed. */
const PUBLIC_KEYS: ReadonlyMap<string, PublicKeyReader> = new Map<string, PublicKeyReader>([
  [KeyOid.rsaEncryption, (privateKey) => rsaPublicKey(privateKey, null)],
  [KeyOid.rsassaPss, (privateKey, algorithm) => rsaPublicKey(privateKey, derOctets(algorithm))],
  [KeyOid.ecPublicKey, ecPublicKey],
  [KeyOid.ed25519, fromSeed(KeyOid.ed25519)],
  [KeyOid.ed448, fromSeed(KeyOid.ed448)],
  [KeyOid.x25519, fromSeed(KeyOid.x25519)],
  [KeyOid.x448, fromSeed(KeyOid.x448)],
  [KeyOid.dsa, dsaPublicKey],
  [KeyOid.dhPkcs3, dhPublicKey],
  [KeyOid.dhX942, dhPublicKey],
]);

/** Reads a PrivateKeyInfo (PKCS#8) or OneAsymmetricKey. */
export function readPkcs8(octets: Uint8Array): PrivateKeyResult {
  const root = readDer(octets, { ber: true, trailing: true });
  if (!root.ok) return damaged(root.problem.code);
  const [version, algorithm, wrapped] = root.element.children;
  const oid = derOid(algorithm?.children[0]);
  const inner = derOctetString(wrapped);
  if (derInteger(version) === null || algorithm === undefined || oid === null || inner === null) {
    return damaged('PrivateKeyInfo');
  }
  const publicKeyOf = PUBLIC_KEYS.get(oid);
  if (publicKeyOf === undefined) return { ok: false, code: 'key-algorithm-unknown', what: oid };
  const key = readDer(inner, { ber: true, trailing: true });
  const publicKey = key.ok ? publicKeyOf(key.element, algorithm) : null;
  return publicKey === null
    ? damaged('privateKey')
    : { ok: true, key: { pkcs8: octets.slice(root.element.start, root.element.end), publicKey } };
}

/**
 * Reads an RSAPrivateKey (PKCS#1), ECPrivateKey (SEC 1) or OpenSSL's DSA key; null where the element is none of these.
 */
export function readTraditionalKey(element: DerElement): PrivateKeyResult | null {
  const numbers = element.children.map(derInteger);
  const octets = derOctets(element);
  if (element.tag !== DerTag.sequence) return null;
  if (numbers.length >= 9 && numbers.every((number, at) => number !== null || at > 8)) {
    return readPkcs8(wrapPkcs8(algorithmIdentifier(KeyOid.rsaEncryption, NULL), octets));
  }
  if (numbers.length === 6 && numbers.every((number) => number !== null)) {
    const [, p, q, g, , x] = element.children;
    if (p === undefined || q === undefined || g === undefined || x === undefined) return null;
    const parameters = encodeDer(DerTag.sequence, derOctets(p), derOctets(q), derOctets(g));
    return readPkcs8(wrapPkcs8(algorithmIdentifier(KeyOid.dsa, parameters), derOctets(x)));
  }
  if (numbers[0] === 1n && element.children[1]?.tag === DerTag.octetString) {
    const parameters = element.children.find((child) => child.tag === 0xa0)?.children[0];
    // A named curve, or one written out: anything else is no ECParameters (SEC 1 §C.2).
    const curve = parameters !== undefined && (derOid(parameters) !== null || parameters.tag === DerTag.sequence);
    return !curve
      ? damaged('ECPrivateKey parameters')
      : readPkcs8(wrapPkcs8(algorithmIdentifier(KeyOid.ecPublicKey, derOctets(parameters)), octets));
  }
  return null;
}

/** An RSA key in PKCS#8 from n, e, d, p, q, dP, dQ, qInv (RFC 8017 §A.1.2). */
export function rsaPkcs8(parts: readonly bigint[]): Uint8Array {
  const pkcs1 = encodeDer(DerTag.sequence, encodeDerInteger(0n), ...parts.map(encodeDerInteger));
  return wrapPkcs8(algorithmIdentifier(KeyOid.rsaEncryption, NULL), pkcs1);
}

/** A DSA key in PKCS#8 from p, q, g, x. */
export function dsaPkcs8(p: bigint, q: bigint, g: bigint, x: bigint): Uint8Array {
  return wrapPkcs8(
    algorithmIdentifier(
      KeyOid.dsa,
      encodeDer(DerTag.sequence, encodeDerInteger(p), encodeDerInteger(q), encodeDerInteger(g)),
    ),
    encodeDerInteger(x),
  );
}

/** An EC key in PKCS#8 from the curve's OID, d and, where known, the point. */
export function ecPkcs8(curveOid: string, d: Uint8Array, point: Uint8Array | null): Uint8Array {
  const stored = point === null ? [] : [encodeDer(0xa1, encodeDerBitString(point))];
  const sec1 = encodeDer(DerTag.sequence, encodeDerInteger(1n), encodeDer(DerTag.octetString, d), ...stored);
  return wrapPkcs8(algorithmIdentifier(KeyOid.ecPublicKey, encodeDerOid(curveOid)), sec1);
}

/** An Edwards or Montgomery key in PKCS#8 (RFC 8410 §7). */
export function edwardsPkcs8(oid: string, seed: Uint8Array): Uint8Array {
  return wrapPkcs8(algorithmIdentifier(oid), encodeDer(DerTag.octetString, seed));
}

/** The numbers inside a PKCS#8 private key (RFC 5958, RFC 8017 §A.1.2, RFC 5915 §3, RFC 8410 §7, PKCS #3 §9). */
import { type DerElement, bigIntFromOctets, derInteger, derOctetString, derOid, readDer } from '../bytes/der.ts';
import type { PrivateKey } from './keys.ts';
import { modInverse } from './modular.ts';
import { KeyOid } from './spki.ts';

/** What decryption needs of a private key, by its kind. */
export type PrivateParts =
  | {
      readonly kind: 'RSA';
      readonly n: bigint;
      readonly e: bigint;
      readonly d: bigint;
      readonly p: bigint;
      readonly q: bigint;
      readonly dp: bigint;
      readonly dq: bigint;
      readonly inverse: bigint;
    }
  | { readonly kind: 'EC'; readonly d: bigint }
  | { readonly kind: 'DH'; readonly x: bigint }
  | { readonly kind: 'X25519' | 'X448'; readonly scalar: Uint8Array };

/** Forgotten with their keys. */
const known = new WeakMap<PrivateKey, PrivateParts | null>();

/** The parts, or null where the octets hold none that decryption can use. */
export function privateParts(key: PrivateKey): PrivateParts | null {
  const before = known.get(key);
  if (before !== undefined) return before;
  const parts = readParts(key);
  known.set(key, parts);
  return parts;
}

/** An RSAPrivateKey's numbers; null where they are no key. */
function rsaParts(rsaPrivateKey: DerElement): PrivateParts | null {
  const [, n, e, d, p, q] = rsaPrivateKey.children.map(derInteger);
  if (!n || !e || !d || !p || !q || n <= 0n || e <= 0n || d <= 0n || p <= 1n || q <= 1n || p * q !== n) return null;
  // Recomputed: stored CRT values may be wrong, and then every decryption would fail for no visible reason.
  const inverse = modInverse(q, p);
  return inverse === null ? null : { kind: 'RSA', n, e, d, p, q, dp: d % (p - 1n), dq: d % (q - 1n), inverse };
}

function readParts(key: PrivateKey): PrivateParts | null {
  const read = readDer(key.pkcs8, { ber: true });
  if (!read.ok) return null;
  const [, algorithm, wrapped] = read.element.children;
  const oid = derOid(algorithm?.children[0]);
  const octets = derOctetString(wrapped);
  const inner = octets === null ? null : readDer(octets, { ber: true });
  if (inner === null || !inner.ok) return null;
  switch (oid) {
    case KeyOid.rsaEncryption:
    case KeyOid.rsaesOaep:
    case KeyOid.rsassaPss:
      return rsaParts(inner.element);
    case KeyOid.ecPublicKey: {
      const scalar = derOctetString(inner.element.children[1]);
      return scalar === null ? null : { kind: 'EC', d: bigIntFromOctets(scalar) };
    }
    case KeyOid.dhPkcs3:
    case KeyOid.dhX942: {
      const x = derInteger(inner.element);
      return x === null || x <= 0n ? null : { kind: 'DH', x };
    }
    case KeyOid.x25519:
    case KeyOid.x448: {
      const scalar = derOctetString(inner.element);
      return scalar === null ? null : { kind: oid === KeyOid.x25519 ? 'X25519' : 'X448', scalar };
    }
    default:
      return null;
  }
}

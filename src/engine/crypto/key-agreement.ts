/**
 * Shared secrets of ECDH-ES, X25519, X448 and Diffie-Hellman (XML Encryption 1.1 §5.6.2 and §5.6.4, RFC 7748 §6, RFC
 * 9231 §2.6.9).
 */
import { x25519 } from '@noble/curves/ed25519.js';
import { x448 } from '@noble/curves/ed448.js';
import { namedCurve } from './curves.ts';
import { fail, plaintext, unusable } from './decryption-outcomes.ts';
import type { DecryptOutcome } from './decryption-provider.ts';
import { curveArithmetic } from './ecdsa.ts';
import type { PrivateKey, PublicKey } from './keys.ts';
import { agreeInFiniteField } from './legacy/diffie-hellman.ts';
import { privateParts } from './private-key-parts.ts';

/**
 * Z as octets: the x coordinate, the Montgomery u coordinate, or the power mod p. A public point was checked to be on
 * the curve when it was read.
 */
export function agreeOnSecret(
  scheme: 'ecdh-es' | 'x25519' | 'x448' | 'dh' | 'dh-es',
  key: PrivateKey,
  other: PublicKey,
): DecryptOutcome {
  const parts = privateParts(key);
  if (parts === null) return unusable('key-kind');
  if (scheme === 'ecdh-es') {
    const own = key.publicKey;
    if (parts.kind !== 'EC' || own.kind !== 'EC' || other.kind !== 'EC') return unusable('key-kind');
    if (own.curve !== other.curve) return unusable('curves-differ');
    if (parts.d <= 0n || parts.d >= namedCurve(own.curve).n) return unusable('ec-scalar-invalid');
    try {
      const shared = curveArithmetic(own.curve).Point.fromBytes(other.point).multiply(parts.d).toBytes(false);
      return plaintext(shared.slice(1, 1 + (shared.length - 1) / 2));
    } catch {
      return unusable('ec-point-invalid');
    }
  }
  if (scheme === 'dh' || scheme === 'dh-es') {
    return parts.kind === 'DH' && key.publicKey.kind === 'DH' && other.kind === 'DH'
      ? agreeInFiniteField(key.publicKey, parts.x, other)
      : unusable('key-kind');
  }
  const kind = scheme === 'x25519' ? 'X25519' : 'X448';
  if (parts.kind !== kind || other.kind !== kind) return unusable('key-kind');
  try {
    return plaintext((kind === 'X25519' ? x25519 : x448).getSharedSecret(parts.scalar, other.raw));
  } catch {
    // RFC 7748 §6: an all-zero result comes from a point of small order and is no secret.
    return fail('agreement-zero');
  }
}

/** PasswordDigest, recomputed as written and in the ways it is known to be made wrong (UTP 1.1 §3.1). */
import { Digest } from '../algorithms/identifiers.ts';
import { concatOctets, equalOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { createdVariants, nonceVariants, passwordVariants, type PartVariant } from './password-variants.ts';

export interface DigestParts {
  /** The Nonce as written, white space removed; empty where there is none. */
  readonly nonceText: string;
  /** What it decodes to; null where it is not base64 or there is none. */
  readonly nonce: Uint8Array | null;
  /** wsu:Created as written; empty where there is none. */
  readonly created: string;
  /** Other moments of the message that a sender may have hashed instead. */
  readonly otherMoments: readonly string[];
}

/** A wrong recipe that yields the stated digest: proof of what the sender did. */
export interface DigestExplanation {
  /** An id of docs/faults.md. */
  readonly code: string;
  /** The parts that differ, `nonce:base64-text`. */
  readonly how: readonly string[];
}

/** SHA-1(nonce ‖ created ‖ password); absent parts count as empty. */
export function passwordDigest(parts: DigestParts, password: string, crypto: CryptoProvider): Uint8Array | null {
  return crypto.digestNow(
    Digest.sha1,
    concatOctets(parts.nonce ?? new Uint8Array(0), encodeUtf8(parts.created), encodeUtf8(password)),
  );
}

const ORDERS: readonly (readonly [string, readonly [number, number, number]])[] = [
  ['nonce-password-created', [0, 2, 1]],
  ['created-nonce-password', [1, 0, 2]],
  ['created-password-nonce', [1, 2, 0]],
  ['password-nonce-created', [2, 0, 1]],
  ['password-created-nonce', [2, 1, 0]],
];

interface Variant extends PartVariant {
  readonly part: 'nonce' | 'created' | 'password';
}

/** Which fault a set of deviations is: the most particular one names it. */
function codeOf(how: readonly string[]): string {
  if (how.some((one) => one.startsWith('encoding:'))) return 'pwd-digest-hex';
  if (how.some((one) => one.endsWith(':absent') || one.startsWith('order:'))) return 'pwd-digest-order-or-missing-part';
  if (how.some((one) => one.startsWith('nonce:'))) return 'pwd-digest-nonce-not-decoded';
  if (how.some((one) => one.startsWith('created:'))) return 'pwd-digest-created-mismatch';
  return 'pwd-digest-hashed-or-encoded-password';
}

/**
 * Looks for one deviation, then for two, that yield `stated` (the decoded digest, or the hash it hides in hex).
 * About two thousand hashes of short strings at most; every hit is a proof.
 */
export function explainDigest(
  stated: Uint8Array,
  encoding: string | null,
  parts: DigestParts,
  password: string,
  crypto: CryptoProvider,
): DigestExplanation | null {
  const algorithm = stated.length === 32 ? Digest.sha256 : stated.length === 64 ? Digest.sha512 : Digest.sha1;
  const base: string[] = [];
  if (encoding) base.push(`encoding:${encoding}`);
  if (algorithm !== Digest.sha1) base.push(`digest:${algorithm === Digest.sha256 ? 'sha256' : 'sha512'}`);
  const right = [parts.nonce ?? encodeUtf8(parts.nonceText), encodeUtf8(parts.created), encodeUtf8(password)] as const;
  const matches = (octets: readonly Uint8Array[]): boolean => {
    const digest = crypto.digestNow(algorithm, concatOctets(...octets));
    return digest !== null && equalOctets(digest, stated);
  };
  const found = (how: string[]): DigestExplanation => ({ code: codeOf([...base, ...how]), how: [...base, ...how] });
  if (base.length > 0 && matches(right)) return found([]);

  const index = { nonce: 0, created: 1, password: 2 } as const;
  const variants: Variant[] = [
    ...nonceVariants(parts.nonceText, parts.nonce).map((one) => ({ ...one, part: 'nonce' as const })),
    ...createdVariants(parts.created, parts.otherMoments).map((one) => ({ ...one, part: 'created' as const })),
    ...passwordVariants(password, crypto).map((one) => ({ ...one, part: 'password' as const })),
  ];
  const withVariants = (...chosen: readonly Variant[]): Uint8Array[] => {
    const octets: Uint8Array[] = [...right];
    for (const one of chosen) octets[index[one.part]] = one.octets;
    return octets;
  };
  const ordered = (octets: readonly Uint8Array[], order: readonly [number, number, number]) =>
    order.map((at) => octets[at] ?? new Uint8Array(0));
  const name = (one: Variant) => `${one.part}:${one.how}`;

  for (const one of variants) if (matches(withVariants(one))) return found([name(one)]);
  for (const [label, order] of ORDERS) if (matches(ordered(right, order))) return found([`order:${label}`]);
  const common = variants.filter((one) => one.how !== 'other-zone' && one.how !== 'other-second');
  for (const [i, one] of common.entries()) {
    for (const [label, order] of ORDERS) {
      if (matches(ordered(withVariants(one), order))) return found([`order:${label}`, name(one)]);
    }
    for (const other of common.slice(i + 1)) {
      if (
        other.part !== one.part &&
        !(one.how === 'absent' && other.how === 'absent') &&
        matches(withVariants(one, other))
      ) {
        return found([name(one), name(other)]);
      }
    }
  }
  return null;
}

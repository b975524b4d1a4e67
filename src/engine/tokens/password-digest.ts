/** PasswordDigest, recomputed as written and in the ways it is known to be made wrong (UTP 1.1 §3.1). */
import type { PasswordDigestCode } from '../trace/finding-data/tokens.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { concatOctets, equalOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { createdVariants, nonceVariants, passwordVariants, type PartVariant } from './password-variants.ts';

/** A digest that a token states. */
export interface StatedDigest {
  /** Decoded; the hash itself, where it hides in hexadecimal text. */
  readonly octets: Uint8Array;
  /** `hex-text` or `base64-of-hex` where it hid. */
  readonly encoding: string | null;
}

/** What is hashed beside the password. */
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
  readonly code: PasswordDigestCode;
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

/** A name, and which part stands first, second and third. */
type Order = readonly [string, readonly [number, number, number]];

const ORDERS: readonly Order[] = [
  ['nonce-password-created', [0, 2, 1]],
  ['created-nonce-password', [1, 0, 2]],
  ['created-password-nonce', [1, 2, 0]],
  ['password-nonce-created', [2, 0, 1]],
  ['password-created-nonce', [2, 1, 0]],
];

/** Where each part stands in the right order. */
const INDEX = { nonce: 0, created: 1, password: 2 } as const;

interface Variant extends PartVariant {
  readonly part: 'nonce' | 'created' | 'password';
}

/** Which fault a set of deviations is: the most particular one names it. */
function codeOf(how: readonly string[]): PasswordDigestCode {
  if (how.some((one) => one.startsWith('encoding:'))) return 'pwd-digest-hex';
  if (how.some((one) => one.endsWith(':absent') || one.startsWith('order:'))) return 'pwd-digest-order-or-missing-part';
  if (how.some((one) => one.startsWith('nonce:'))) return 'pwd-digest-nonce-not-decoded';
  if (how.some((one) => one.startsWith('created:'))) return 'pwd-digest-created-mismatch';
  return 'pwd-digest-hashed-or-encoded-password';
}

/** Makes digests with deviations until one is the stated one. */
class DigestSearch {
  readonly #crypto: CryptoProvider;
  readonly #stated: Uint8Array;
  readonly #algorithm: string;
  readonly #right: readonly Uint8Array[];
  /** Deviations that the stated digest shows by itself: its encoding, its length. */
  readonly #base: readonly string[];

  constructor(stated: StatedDigest, parts: DigestParts, password: string, crypto: CryptoProvider) {
    this.#crypto = crypto;
    this.#stated = stated.octets;
    const { length } = stated.octets;
    this.#algorithm = length === 32 ? Digest.sha256 : length === 64 ? Digest.sha512 : Digest.sha1;
    this.#right = [parts.nonce ?? encodeUtf8(parts.nonceText), encodeUtf8(parts.created), encodeUtf8(password)];
    const base: string[] = [];
    if (stated.encoding) base.push(`encoding:${stated.encoding}`);
    if (this.#algorithm !== Digest.sha1) base.push(`digest:${length === 32 ? 'sha256' : 'sha512'}`);
    this.#base = base;
  }

  /** The explanation, where these parts in this order give the stated digest. */
  try(variants: readonly Variant[], order: Order | null): DigestExplanation | null {
    const octets = [...this.#right];
    for (const one of variants) octets[INDEX[one.part]] = one.octets;
    const chosen = order === null ? octets : order[1].map((at) => octets[at] ?? new Uint8Array(0));
    const digest = this.#crypto.digestNow(this.#algorithm, concatOctets(...chosen));
    if (digest === null || !equalOctets(digest, this.#stated)) return null;
    const how = [
      ...this.#base,
      ...(order === null ? [] : [`order:${order[0]}`]),
      ...variants.map((one) => `${one.part}:${one.how}`),
    ];
    return how.length === 0 ? null : { code: codeOf(how), how };
  }
}

/**
 * Looks for one deviation, then for two, that yield the stated digest. About two thousand hashes of short strings at
 * most; every hit is a proof.
 */
export function explainDigest(
  stated: StatedDigest,
  parts: DigestParts,
  password: string,
  crypto: CryptoProvider,
): DigestExplanation | null {
  const search = new DigestSearch(stated, parts, password, crypto);
  const variants: Variant[] = [
    ...nonceVariants(parts.nonceText, parts.nonce).map((one) => ({ ...one, part: 'nonce' as const })),
    ...createdVariants(parts.created, parts.otherMoments).map((one) => ({ ...one, part: 'created' as const })),
    ...passwordVariants(password, crypto).map((one) => ({ ...one, part: 'password' as const })),
  ];
  for (const [chosen, order] of deviations(variants)) {
    const found = search.try(chosen, order);
    if (found !== null) return found;
  }
  return null;
}

/** None, one and two at a time, the likeliest first. */
function* deviations(variants: readonly Variant[]): Iterable<readonly [readonly Variant[], Order | null]> {
  yield [[], null];
  for (const one of variants) yield [[one], null];
  for (const order of ORDERS) yield [[], order];
  const common = variants.filter((one) => one.how !== 'other-zone' && one.how !== 'other-second');
  for (const [i, one] of common.entries()) {
    for (const order of ORDERS) yield [[one], order];
    for (const other of common.slice(i + 1)) {
      const bothAbsent = one.how === 'absent' && other.how === 'absent';
      if (other.part !== one.part && !bothAbsent) yield [[one, other], null];
    }
  }
}

/**
 * What SignedInfo's octets have to be for a signature value to hold: by the recovered PKCS#1 block where there is one,
 * else by verifying (RFC 8017 §8.2; XML Signature §3.2.2).
 */
import { algorithmByUri } from '../../algorithms/algorithm-table.ts';
import { Digest } from '../../algorithms/identifiers.ts';
import { equalOctets } from '../../bytes/octets.ts';
import type { CryptoProvider, SignatureParameters } from '../../crypto/provider.ts';
import { digestMethod } from '../../crypto/digests.ts';
import { recoverRsaBlock, type RecoveredRsaBlock } from '../../crypto/rsa.ts';
import type { PublicKey } from '../../crypto/keys.ts';
import { digestOf } from '../reference/digest-target.ts';
import type { Target } from '../hypothesis.ts';
import { WORK, type TrialAccount } from '../trial-account.ts';

/** The named algorithm of a ds:SignatureMethod. */
export interface NamedMethod {
  readonly uri: string;
  readonly parameters: SignatureParameters;
}

/** What an RSA value holds when its public key is applied. */
export interface RecoveredValue {
  readonly block: RecoveredRsaBlock;
  /** Digest algorithm in DigestInfo, or for a bare hash the one of its length. */
  readonly digest: string | null;
}

/** What the value holds under an RSA key, or null where it holds nothing to read. */
export function recovered(key: PublicKey, value: Uint8Array, maxBits: number): RecoveredValue | null {
  const block = recoverRsaBlock(key, value, maxBits);
  if ('failed' in block) return null;
  if (block.padding === 'pkcs1') return { block, digest: block.digestAlgorithm };
  if (block.padding !== 'pkcs1-bare' || block.digest === null) return { block, digest: null };
  const length = block.digest.length;
  return {
    block,
    digest:
      [Digest.sha1, Digest.sha256, Digest.sha512, Digest.sha384, Digest.sha224, Digest.md5].find(
        (uri) => digestMethod(uri)?.length === length,
      ) ?? null,
  };
}

/** A target by comparing digests: as cheap as a hash. */
export function recoveredTarget(crypto: CryptoProvider, value: RecoveredValue, named: NamedMethod): Target | null {
  const { digest, block } = value;
  const hash = block.digest;
  if (digest === null || hash === null) return null;
  const label = algorithmByUri(named.uri)?.digest ?? null;
  const data = digest === label ? {} : { digestUsed: digest };
  return {
    async matches(octets) {
      const made = await digestOf(crypto, digest, octets);
      return made !== null && equalOctets(made, hash) ? data : null;
    },
  };
}

/** Whether the platform verifies with this kind of key. */
export function isFast(key: PublicKey): boolean {
  return (
    key.kind === 'RSA' ||
    (key.kind === 'EC' && (key.curve === 'P-256' || key.curve === 'P-384' || key.curve === 'P-521'))
  );
}

const relativeSize = (key: PublicKey): number =>
  key.kind === 'RSA' ? Math.max(1, (key.bits / 2048) ** 2 * (key.e.toString(16).length / 5)) : 1;

/** Digests that platforms verify ECDSA with. */
const PLATFORM_DIGESTS: ReadonlySet<string> = new Set([Digest.sha1, Digest.sha256, Digest.sha384, Digest.sha512]);

/** Work of one verification, in units of the account. */
export function verificationWork(key: PublicKey, uri: string): number {
  const digest = algorithmByUri(uri)?.digest ?? null;
  const slow = !isFast(key) || (key.kind === 'EC' && digest !== null && !PLATFORM_DIGESTS.has(digest));
  return slow ? WORK.slowVerification : WORK.verification * relativeSize(key);
}

/** Work of reading what a value holds. */
export function recoveryWork(key: PublicKey): number {
  return key.kind === 'RSA' ? WORK.recovery * relativeSize(key) : 0;
}

/** A target by verifying with a public key; each trial costs a verification, so that they are counted on their own. */
export function verifyingTarget(
  crypto: CryptoProvider,
  named: NamedMethod,
  key: PublicKey,
  value: Uint8Array,
  verifications: TrialAccount,
): Target {
  return {
    async matches(octets) {
      if (!verifications.take(0, verificationWork(key, named.uri))) return null;
      return (await crypto.verify(named.uri, named.parameters, key, octets, value)).result === 'pass' ? {} : null;
    },
  };
}

/** A target by computing the MAC. */
export function macTarget(crypto: CryptoProvider, named: NamedMethod, secret: Uint8Array, value: Uint8Array): Target {
  return {
    matches: async (octets) =>
      (await crypto.verifyMac(named.uri, named.parameters, secret, octets, value)).result === 'pass' ? {} : null,
  };
}

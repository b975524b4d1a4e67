/**
 * What counts as weak: the one table behind the headline `valid-weak` (docs/command.md; NIST SP 800-131A, RFC 6194, RFC
 * 6151, XML Signature 1.1 §6.3.1).
 */
import type { FindingDraft } from '../trace/recorder.ts';
import type { SpecCitation } from '../trace/trace.ts';
import { algorithmByUri } from './algorithm-table.ts';
import { Digest } from './identifiers.ts';

/**
 * The thresholds. Bits.
 * Below a key minimum a message is still verified and is at best `valid-weak`; an HMAC output below the floor is
 * refused.
 */
const STRENGTH_POLICY = {
  /** 112-bit security: NIST SP 800-131A r2 §3, tables 2 and 3. */
  rsaModulusMinimum: 2048,
  dsaModulusMinimum: 2048,
  dhModulusMinimum: 2048,
  ecFieldMinimum: 224,
  hmacSecretMinimum: 112,
  /** XML Signature 1.1 §6.3.1 (CVE-2009-0217): refused below max(80, half the digest). */
  hmacOutputFloor: 80,
  /** Smaller exponents are legal and make sloppy verifiers forgeable (CVE-2006-4339): a note. */
  rsaExponentUsual: 65537n,
} as const;

/**
 * A weakness as the finding it becomes: severity `warning` makes `valid-weak`, `note` does not, `error` is for what is
 * refused.
 */
export type Weakness = FindingDraft & {
  readonly code: WeaknessCode;
  readonly data: Readonly<Record<string, string | number>>;
};
/** Findings about an algorithm, a key or a length that falls short. */
export type WeaknessCode =
  | 'weak-algorithm'
  | 'legacy-algorithm'
  | 'weak-key'
  | 'small-rsa-exponent'
  | 'hmac-truncated'
  | 'hmac-truncated-below-floor'
  | 'hmac-output-length-invalid';

/** Why an algorithm is weak: the words hang on it. */
function reasonFor(uri: string, digest: string | null): string {
  const hash = digest ?? uri;
  if (hash === Digest.sha1) return 'sha1-collisions';
  if (hash === Digest.md5) return 'md5-collisions';
  if (hash === Digest.ripemd160) return 'ripemd160-short';
  if (uri.includes('tripledes') || uri.endsWith('des-cbc')) return 'block-of-64-bits';
  if (uri.endsWith('rsa-1_5')) return 'rsa15-oracle';
  if (uri.endsWith('-cbc')) return 'cbc-malleable';
  return 'retired';
}

/**
 * What the table says against an algorithm: a warning for `weak`, a note for `legacy`, null for the rest and for
 * unknown URIs.
 */
export function algorithmWeakness(uri: string): Weakness | null {
  const algorithm = algorithmByUri(uri);
  if (algorithm === null || (algorithm.strength !== 'weak' && algorithm.strength !== 'legacy')) return null;
  const weak = algorithm.strength === 'weak';
  return {
    code: weak ? 'weak-algorithm' : 'legacy-algorithm',
    severity: weak ? 'warning' : 'note',
    citations: [algorithm.citation],
    data: { algorithm: uri, name: algorithm.name, kind: algorithm.kind, reason: reasonFor(uri, algorithm.digest) },
  };
}

const SP800_131A: SpecCitation = { spec: 'SP800-131A', section: '3' };

/** What the table says against a key of this size. `exponent` for RSA only. */
export function keyWeaknesses(
  kind: 'RSA' | 'DSA' | 'DH' | 'EC',
  bits: number,
  exponent: bigint | null = null,
): readonly Weakness[] {
  const minimum = {
    RSA: STRENGTH_POLICY.rsaModulusMinimum,
    DSA: STRENGTH_POLICY.dsaModulusMinimum,
    DH: STRENGTH_POLICY.dhModulusMinimum,
    EC: STRENGTH_POLICY.ecFieldMinimum,
  }[kind];
  const found: Weakness[] = [];
  if (bits < minimum) {
    found.push({ code: 'weak-key', severity: 'warning', citations: [SP800_131A], data: { kind, bits, minimum } });
  }
  if (exponent !== null && exponent < STRENGTH_POLICY.rsaExponentUsual) {
    found.push({
      code: 'small-rsa-exponent',
      severity: 'note',
      citations: [{ spec: 'RFC8017', section: '3.1' }],
      data: { kind, exponent: exponent.toString() },
    });
  }
  return found;
}

const HMAC_OUTPUT: SpecCitation = { spec: 'XMLDSIG', section: '6.3.1' };

/**
 * What the table says against a MAC: its truncation (`outputBits` of ds:HMACOutputLength, or null) and its secret's
 * length.
 */
export function macWeaknesses(
  uri: string,
  outputBits: number | null,
  secretOctets: number | null,
): readonly Weakness[] {
  const digestBits = algorithmByUri(algorithmByUri(uri)?.digest ?? '')?.bits ?? null;
  const found: Weakness[] = [];
  if (digestBits !== null && outputBits !== null) {
    const floor = Math.max(STRENGTH_POLICY.hmacOutputFloor, digestBits / 2);
    const data = { algorithm: uri, bits: outputBits, floor, digestBits };
    if (!Number.isInteger(outputBits) || outputBits % 8 !== 0 || outputBits > digestBits || outputBits < 0) {
      found.push({ code: 'hmac-output-length-invalid', severity: 'error', citations: [HMAC_OUTPUT], data });
    } else if (outputBits < floor) {
      found.push({ code: 'hmac-truncated-below-floor', severity: 'error', citations: [HMAC_OUTPUT], data });
    } else if (outputBits < digestBits) {
      found.push({ code: 'hmac-truncated', severity: 'warning', citations: [HMAC_OUTPUT], data });
    }
  }
  const bits = secretOctets === null ? null : 8 * secretOctets;
  if (bits !== null && bits < STRENGTH_POLICY.hmacSecretMinimum) {
    found.push({
      code: 'weak-key',
      severity: 'warning',
      citations: [SP800_131A],
      data: { kind: 'HMAC', bits, minimum: STRENGTH_POLICY.hmacSecretMinimum },
    });
  }
  return found;
}

/** Whether a key that verified is long enough (NIST SP 800-131A; security.md KEY-06, KEY-07). */
import type { PublicKey } from '../crypto/keys.ts';
import type { KeyCandidate } from '../key-resolution/key-resolution-types.ts';
import type { OpenStep } from '../trace/recorder.ts';

/** Bits below which a signature key falls short. */
const LEAST_RSA = 2048;
const LEAST_DSA = 2048;
const LEAST_CURVE = 224;
const LEAST_SECRET = 112;

/** Records the finding. @returns whether the key falls short */
export function judgeKeyStrength(key: KeyCandidate, step: OpenStep): boolean {
  const bits = key.publicKey === null ? (key.secret?.length ?? 0) * 8 : bitsOf(key.publicKey);
  const least = key.publicKey === null ? LEAST_SECRET : leastFor(key.publicKey);
  if (bits === null || bits >= least) return false;
  step.finding({ code: 'KEY-06', severity: 'warning', data: { kind: key.publicKey?.kind ?? 'secret', bits, least } });
  return true;
}

function leastFor(key: PublicKey): number {
  if (key.kind === 'RSA') return LEAST_RSA;
  return key.kind === 'DSA' ? LEAST_DSA : LEAST_CURVE;
}

/** Security-relevant length of a public key in bits; null where the kind has one length only. */
export function bitsOf(key: PublicKey): number | null {
  switch (key.kind) {
    case 'RSA': return key.bits;
    case 'DSA': return key.p.toString(2).length;
    case 'EC': return Number(/\d{3}/.exec(key.curve)?.[0] ?? 256);
    default: return null;
  }
}

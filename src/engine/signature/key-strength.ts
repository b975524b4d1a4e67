/**
 * Whether a key that verified is long enough: the strength policy applied to the key used (docs/attacks.md KEY-06,
 * KEY-07).
 */
import { keyWeaknesses, macWeaknesses } from '../algorithms/strength-policy.ts';
import { namedCurve } from '../crypto/curves.ts';
import type { PublicKey } from '../crypto/keys.ts';
import type { KeyCandidate } from '../key-resolution/key-resolution-types.ts';
import type { OpenStep } from '../trace/recorder.ts';

/** Records what the policy says. @returns whether the key falls short */
export function judgeKeyStrength(key: KeyCandidate, method: string, step: OpenStep): boolean {
  const weaknesses =
    key.publicKey === null ? macWeaknesses(method, null, key.secret?.length ?? null) : weaknessesOf(key.publicKey);
  for (const weakness of weaknesses) step.finding(weakness);
  if (key.publicKey?.kind === 'RSA' && key.publicKey.irregular !== undefined) {
    const { irregular: form } = key.publicKey;
    const subject = key.certificate?.subjectText ?? null;
    step.finding({ code: 'key-integer-not-der', severity: 'note', data: { form, subject } });
  }
  return weaknesses.some((weakness) => weakness.severity === 'warning');
}

function weaknessesOf(key: PublicKey) {
  switch (key.kind) {
    case 'RSA':
      return keyWeaknesses('RSA', key.bits, key.e);
    case 'DSA':
      return keyWeaknesses('DSA', key.p.toString(2).length);
    case 'EC':
      return keyWeaknesses('EC', namedCurve(key.curve).p.toString(2).length);
    default:
      return [];
  }
}

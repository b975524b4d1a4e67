/** What to say of a ds:SignatureValue that no key verified, or that several keys could have made. */
import type { Algorithm } from '../algorithms/algorithm.ts';
import { equalOctets } from '../bytes/octets.ts';
import type { VerifyOutcome } from '../crypto/provider.ts';
import type { KeyCandidate, KeyResolution } from '../key-resolution/key-resolution-types.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import { nodeRange } from '../xml/navigate.ts';
import { readEncodedValue } from './digest-value.ts';
import type { Obstacle } from './judged-signature.ts';
import type { SignatureParts } from './read-signature.ts';
import type { SignatureContext } from './signature-context.ts';

/** What came of a value, apart from its method. */
export interface ValueOutcome {
  readonly value: 'pass' | 'fail' | 'unknown';
  /** Why it could not be judged, or must not be. */
  readonly obstacle: Obstacle | null;
  readonly used: KeyCandidate | null;
  /** The method or the key falls short. */
  readonly weak: boolean;
}

/** A key that does not verify the value, with what trying it gave. */
export interface FailedKey {
  readonly key: KeyCandidate;
  readonly outcome: Exclude<VerifyOutcome, { result: 'pass' }>;
}

/** The value, and the method that it was made by. */
interface JudgedTask {
  readonly algorithm: Algorithm;
  readonly value: Uint8Array;
  readonly weak: boolean;
}

/** What a key says that does not verify the value. */
export function notVerified(
  { key, outcome }: FailedKey,
  { algorithm, value, weak }: JudgedTask,
  step: OpenStep,
): ValueOutcome {
  if (outcome.result === 'unsupported') {
    step.finding({
      code: 'algorithm-unsupported',
      severity: 'error',
      data: { algorithm: algorithm.uri, what: outcome.what },
    });
    return { value: 'unknown', obstacle: 'unsupported', used: key, weak };
  }
  if (outcome.result === 'unusable') {
    // The certificate that the message itself names cannot have made such a value.
    const code =
      key.certificate !== null && outcome.what !== 'rsa-pss-only-key' ? 'sig-wrong-key-for-cert' : 'alg-suite-mismatch';
    step.finding({
      code,
      severity: 'error',
      data: {
        algorithm: algorithm.uri,
        key: key.publicKey?.kind ?? 'secret',
        what: outcome.what,
        subject: key.certificate?.subjectText ?? null,
      },
    });
  } else reportMismatch(algorithm, value, key, outcome.reason, step);
  return { value: 'fail', obstacle: null, used: key, weak };
}

/** The message names a key inside itself that is not there. */
const DANGLING: ReadonlySet<string> = new Set([
  'bst-reference-broken',
  'id-not-found',
  'encryptedkey-missing',
  'reference-to-reference',
]);
/** An external URI, or the SHA-1 of a key that may be the request's (SMS 1.1 §7.7): nothing that is missing inside. */
const standsElsewhere = ({ reason, value }: Data): boolean => reason === 'external' || typeof value === 'string';

/** The key is there and cannot be decoded. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'bst-content-malformed',
  'key-value-malformed',
  'x509-certificate-malformed',
  'derived-key-malformed',
  'derived-key-without-reference',
]);

/** A key that we were not given leaves the value open; one that the message itself gets wrong nobody can supply. */
export function withoutKey(
  mac: boolean,
  resolution: KeyResolution,
  context: SignatureContext,
  nothing: ValueOutcome,
  step: OpenStep,
): ValueOutcome {
  const other = resolution.candidates.find((candidate) =>
    mac ? candidate.publicKey !== null && candidate.secret === null : candidate.secret !== null,
  );
  // A certificate's public octets used as a MAC secret is how RSA signatures are forged where both are accepted.
  if (mac && other !== undefined) {
    step.finding({
      code: 'KEY-03',
      severity: 'error',
      data: { key: other.publicKey?.kind ?? null, subject: other.certificate?.subjectText ?? null },
    });
    return { ...nothing, value: 'fail', used: other };
  }
  if (resolution.unsupported !== null) return { ...nothing, obstacle: 'unsupported' };
  const { missing } = resolution;
  if (missing?.code === 'dup-id') return { ...nothing, obstacle: 'refused' };
  if (missing !== null && DANGLING.has(missing.code) && !standsElsewhere(missing.data)) {
    return context.undecrypted.length > 0 ? { ...nothing, obstacle: 'undecrypted' } : { ...nothing, value: 'fail' };
  }
  if (missing !== null && UNREADABLE.has(missing.code)) return { ...nothing, value: 'fail', obstacle: 'malformed' };
  return { ...nothing, obstacle: 'no-key' };
}

/**
 * All of a KeyInfo's children must lead to one key (XML Signature §4.5): of two, one reader trusts the one and verifies
 * with the other. Such a message is refused (docs/attacks.md KEY-04): that the value verifies with either says nothing
 * of what its receiver would take.
 * @returns whether they do not
 */
export function reportConflict(
  used: KeyCandidate,
  usable: readonly KeyCandidate[],
  parts: SignatureParts,
  context: SignatureContext,
  step: OpenStep,
): boolean {
  if (used.publicKey === null) return false;
  const { spki } = used.publicKey;
  const others = usable.filter(
    (key) => key.from === 'message' && key.publicKey !== null && !equalOctets(key.publicKey.spki, spki),
  );
  const [other] = others;
  if (other === undefined) return false;
  step.finding({
    code: 'KEY-04',
    severity: 'error',
    ranges: [nodeRange(context.document, parts.keyInfo ?? parts.signatureValue)],
    data: {
      how: used.how,
      subject: used.certificate?.subjectText ?? null,
      other: other.how,
      otherSubject: other.certificate?.subjectText ?? null,
      count: others.length,
    },
  });
  return true;
}

/** What a value decodes to that is base64 itself; null where it is none. */
export function encodedTwice(value: Uint8Array): Uint8Array | null {
  if (value.length < 40 || value.some((octet) => octet >= 0x80)) return null;
  const again = readEncodedValue(String.fromCharCode(...value.subarray(0, 20_000)), null);
  return again.form === 'base64' ? again.octets : null;
}

function reportMismatch(
  algorithm: Algorithm,
  value: Uint8Array,
  key: KeyCandidate,
  reason: string,
  step: OpenStep,
): void {
  const inner = encodedTwice(value);
  if (inner !== null) {
    step.finding({
      code: 'sigvalue-base64-damaged',
      severity: 'error',
      confidence: 'proven',
      data: { form: 'double', octets: inner.length },
    });
    return;
  }
  step.finding({
    code: 'signature-mismatch-unproven',
    severity: 'error',
    confidence: 'certain',
    fault: 'wsse:FailedCheck',
    data: { algorithm: algorithm.uri, reason, subject: key.certificate?.subjectText ?? null, how: key.how },
  });
}

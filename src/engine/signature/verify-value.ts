/**
 * Judges ds:SignatureValue over the canonical SignedInfo with each key that may be the signer's (XML Signature §3.2.2).
 */
import type { Algorithm } from '../algorithms/algorithm.ts';
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import { didYouMean } from '../algorithms/near-miss.ts';
import { algorithmWeakness, macWeaknesses } from '../algorithms/strength-policy.ts';
import { equalOctets } from '../bytes/octets.ts';
import type { SignatureParameters, VerifyOutcome } from '../crypto/provider.ts';
import type { KeyCandidate, KeyResolution } from '../key-resolution/key-resolution-types.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { attributeValue, childElements, nodeRange, textContent } from '../xml/navigate.ts';
import { readEncodedValue } from './digest-value.ts';
import { judgeKeyStrength } from './key-strength.ts';
import type { Obstacle } from './judged-signature.ts';
import type { SignatureParts } from './read-signature.ts';
import type { SignatureContext } from './signature-context.ts';
import { readOutputLength, readPssParameters } from './signature-parameters.ts';
import type { SignedInfo } from './signed-info.ts';

export interface JudgedValue {
  readonly method: string;
  readonly value: 'pass' | 'fail' | 'unknown';
  readonly obstacle: Obstacle | null;
  readonly used: KeyCandidate | null;
  readonly resolution: KeyResolution | null;
  readonly weak: boolean;
}

export async function verifyValue(
  parts: SignatureParts,
  signedInfo: SignedInfo,
  context: SignatureContext,
  parent: OpenStep,
): Promise<JudgedValue> {
  const { document } = context;
  const uri = attributeValue(document, parts.signatureMethod, '', 'Algorithm') ?? '';
  const algorithm = algorithmByUri(uri);
  if (
    algorithm === null ||
    (algorithm.kind !== 'signature' && algorithm.kind !== 'mac') ||
    algorithm.support.verdict === 'no'
  ) {
    return unsupportedMethod(uri, algorithm, parts, context, parent);
  }
  const mac = algorithm.kind === 'mac';
  const resolution = await context.resolveKey(parts.keyInfo, mac ? 'mac' : 'verify', parent);
  const step = parent.child('verify-value', {
    range: nodeRange(document, parts.signatureValue),
    data: { algorithm: uri },
    citation: { spec: 'XMLDSIG', section: '3.2.2' },
  });
  const result = await judge(algorithm, parts, signedInfo, resolution, context, step);
  step.end(
    result.value === 'unknown'
      ? result.obstacle === 'unsupported'
        ? 'unsupported'
        : 'unknown'
      : result.value === 'fail'
        ? 'failed'
        : undefined,
    result.value === 'unknown' && result.obstacle === 'no-key' ? resolution.step : undefined,
  );
  return { method: uri, resolution, ...result };
}

type Outcome = Pick<JudgedValue, 'value' | 'obstacle' | 'used' | 'weak'>;

async function judge(
  algorithm: Algorithm,
  parts: SignatureParts,
  signedInfo: SignedInfo,
  resolution: KeyResolution,
  context: SignatureContext,
  step: OpenStep,
): Promise<Outcome> {
  const { document } = context;
  const mac = algorithm.kind === 'mac';
  const nothing: Outcome = { value: 'unknown', obstacle: null, used: null, weak: false };
  let weak = judgeMethodStrength(algorithm, step);
  const parameters: { -readonly [K in keyof SignatureParameters]: SignatureParameters[K] } = {};
  const length = readOutputLength(document, parts.signatureMethod);
  if (length !== null && !mac) {
    step.finding({ code: 'hmac-output-length-misplaced', severity: 'warning', data: { length: length.text } });
  }
  if (length !== null && mac) {
    const judged = macWeaknesses(algorithm.uri, length.bits, null);
    const tooShort = judged.some((one) => one.severity === 'error');
    for (const weakness of judged) {
      step.finding(
        weakness.severity === 'error'
          ? { ...weakness, code: 'SIG-07', data: { ...weakness.data, length: length.text } }
          : weakness,
      );
    }
    // However few octets are sent, and whether they match or not: anybody could have guessed them (CVE-2009-0217).
    if (tooShort) return { ...nothing, value: 'fail', obstacle: 'refused', used: resolution.keys[0] ?? null };
    weak ||= judged.length > 0;
    parameters.hmacOutputLength = length.bits;
  }
  if (algorithm.scheme === 'rsa-pss-parameters') parameters.pss = readPssParameters(document, parts.signatureMethod);

  const text = textContent(document, parts.signatureValue);
  const value = readEncodedValue(text, null);
  const ranges = [nodeRange(document, parts.signatureValue)];
  if (value.form === 'empty') {
    step.finding({ code: 'signature-template-empty', severity: 'error', ranges });
    return { ...nothing, value: 'fail', used: resolution.keys[0] ?? null, weak };
  }
  const children = childElements(document, parts.signatureValue).length > 0;
  if (!('octets' in value) || value.form !== 'base64' || children) {
    const form = children ? 'elements' : value.form;
    step.finding({ code: 'sigvalue-base64-damaged', severity: 'error', ranges, data: { form } });
    return { ...nothing, value: 'fail', obstacle: 'malformed', used: resolution.keys[0] ?? null, weak };
  }
  step.data({ valueOctets: value.octets.length });
  if (signedInfo.octets === null) return { ...nothing, obstacle: signedInfo.obstacle, weak };
  step.input({ type: 'octets', label: 'SignedInfo', space: signedInfo.step });

  const usable = resolution.keys.filter((key) => (mac ? key.secret !== null : key.publicKey !== null));
  // All keys that the user gave are tried, and no more of a message's own than it may hold certificates.
  context.budget.check(
    'certificatesInMessage',
    usable.filter((key) => key.from === 'message').length,
    document.start[parts.keyInfo ?? parts.signatureValue],
  );
  if (usable.length === 0) return withoutKey(mac, resolution, context, { ...nothing, weak }, step);
  let failed: { key: KeyCandidate; outcome: VerifyOutcome } | null = null;
  for (const key of usable) {
    const outcome = mac
      ? await context.crypto.verifyMac(algorithm.uri, parameters, key.secret!, signedInfo.octets, value.octets)
      : await context.crypto.verify(algorithm.uri, parameters, key.publicKey!, signedInfo.octets, value.octets);
    if (outcome.result === 'pass') {
      step.data({ how: key.how });
      const refused = reportConflict(key, usable, parts, context, step);
      // One that was cut off to fit a tree that says otherwise never gets here: such a SignedInfo is malformed.
      return {
        value: signedInfo.obstacle === 'malformed' ? 'fail' : 'pass',
        obstacle: signedInfo.obstacle ?? (refused ? 'refused' : null),
        used: key,
        weak: judgeKeyStrength(key, algorithm.uri, step) || weak,
      };
    }
    if (failed === null || (failed.outcome.result !== 'fail' && outcome.result === 'fail')) failed = { key, outcome };
  }
  const { key, outcome } = failed!;
  if (outcome.result === 'unsupported') {
    step.finding({
      code: 'algorithm-unsupported',
      severity: 'error',
      data: { algorithm: algorithm.uri, what: outcome.what },
    });
    return { ...nothing, obstacle: 'unsupported', used: key, weak };
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
    return { ...nothing, value: 'fail', used: key, weak };
  }
  reportMismatch(algorithm, value.octets, key, outcome.result === 'fail' ? outcome.reason : '', step);
  return { ...nothing, value: 'fail', used: key, weak };
}

/** The message names a key inside itself that is not there. */
const DANGLING: ReadonlySet<string> = new Set([
  'bst-reference-broken',
  'id-not-found',
  'encryptedkey-missing',
  'reference-to-reference',
]);
/** The key is there and cannot be decoded. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'bst-content-malformed',
  'key-value-malformed',
  'x509-certificate-malformed',
  'derived-key-malformed',
  'derived-key-without-reference',
]);

/** A key that we were not given leaves the value open; one that the message itself gets wrong nobody can supply. */
function withoutKey(
  mac: boolean,
  resolution: KeyResolution,
  context: SignatureContext,
  nothing: Outcome,
  step: OpenStep,
): Outcome {
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
  if (missing !== null && DANGLING.has(missing.code) && missing.data['reason'] !== 'external') {
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
function reportConflict(
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
  if (others.length === 0) return false;
  step.finding({
    code: 'KEY-04',
    severity: 'error',
    ranges: [nodeRange(context.document, parts.keyInfo ?? parts.signatureValue)],
    data: {
      how: used.how,
      subject: used.certificate?.subjectText ?? null,
      other: others[0]!.how,
      otherSubject: others[0]!.certificate?.subjectText ?? null,
      count: others.length,
    },
  });
  return true;
}

function reportMismatch(
  algorithm: Algorithm,
  value: Uint8Array,
  key: KeyCandidate,
  reason: string,
  step: OpenStep,
): void {
  const again = value.every((octet) => octet < 0x80)
    ? readEncodedValue(String.fromCharCode(...value.subarray(0, 20_000)), null)
    : null;
  if (again !== null && again.form === 'base64' && value.length >= 40) {
    step.finding({
      code: 'sigvalue-base64-damaged',
      severity: 'error',
      confidence: 'proven',
      data: { form: 'double', octets: again.octets.length },
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

/** @returns whether the method's strength falls short */
function judgeMethodStrength(algorithm: Algorithm, step: OpenStep): boolean {
  const weakness = algorithmWeakness(algorithm.uri);
  if (weakness !== null) step.finding(weakness);
  return weakness?.severity === 'warning';
}

function unsupportedMethod(
  uri: string,
  algorithm: Algorithm | null,
  parts: SignatureParts,
  context: SignatureContext,
  parent: OpenStep,
): JudgedValue {
  const step = parent.child('verify-value', {
    range: nodeRange(context.document, parts.signatureMethod),
    data: { algorithm: uri },
    citation: { spec: 'XMLDSIG', section: '4.4.2' },
  });
  const near = algorithm === null ? (didYouMean(uri, 'signature')[0] ?? didYouMean(uri, 'mac')[0]) : undefined;
  step.finding({
    code: near === undefined ? 'algorithm-unsupported' : 'digestmethod-uri-invalid',
    severity: 'error',
    ranges: [nodeRange(context.document, parts.signatureMethod)],
    data: {
      algorithm: uri,
      kind: 'signature',
      meant: near?.uri ?? null,
      reason: near?.reason ?? null,
      why: algorithm?.support.why ?? null,
    },
  });
  step.end('unsupported');
  return { method: uri, value: 'unknown', obstacle: 'unsupported', used: null, resolution: null, weak: false };
}

/**
 * Judges ds:SignatureValue over the canonical SignedInfo with each key that may be the signer's (XML Signature §3.2.2).
 */
import type { Algorithm } from '../algorithms/algorithm.ts';
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import type { SignatureParameters, VerifyOutcome } from '../crypto/provider.ts';
import type { KeyCandidate, KeyResolution } from '../key-resolution/key-resolution-types.ts';
import type { CertificateNamed } from '../trace/finding-data/key-resolution.ts';
import { findingOf, type OpenStep } from '../trace/recorder.ts';
import { attributeValue, childElements, nodeRange, startOf, textContent } from '../xml/navigate.ts';
import { decodeHex } from '../bytes/hex.ts';
import { trimXml } from '../xml/characters.ts';
import { readEncodedValue } from './digest-value.ts';
import { judgeKeyStrength } from './key-strength.ts';
import { readReference, type SignatureParts } from './read-signature.ts';
import type { SignatureContext } from './signature-context.ts';
import { readMethod, unsupportedMethod } from './signature-method.ts';
import type { SignedInfo } from './signed-info.ts';
import {
  encodedTwice,
  notVerified,
  reportConflict,
  withoutKey,
  type FailedKey,
  type ValueOutcome,
} from './value-outcomes.ts';

/** What came of a ds:SignatureValue. */
export interface JudgedValue extends ValueOutcome {
  readonly method: string;
  readonly resolution: KeyResolution | null;
}

/** Finds the key and verifies ds:SignatureValue over the octets of SignedInfo, key after key until one fits. */
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
    unsupportedMethod(uri, algorithm, parts, context, parent);
    return { method: uri, value: 'unknown', obstacle: 'unsupported', used: null, resolution: null, weak: false };
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

/** A value that was read, under a method that was read. */
interface ValueTask {
  readonly algorithm: Algorithm;
  readonly parameters: SignatureParameters;
  readonly parts: SignatureParts;
  readonly resolution: KeyResolution;
  /** Canonical SignedInfo. */
  readonly octets: Uint8Array;
  readonly value: Uint8Array;
  /** It was changed on the way from the tree, so that it can never pass. */
  readonly malformed: boolean;
  /** The method falls short. */
  readonly weak: boolean;
}

async function judge(
  algorithm: Algorithm,
  parts: SignatureParts,
  signedInfo: SignedInfo,
  resolution: KeyResolution,
  context: SignatureContext,
  step: OpenStep,
): Promise<ValueOutcome> {
  const { document } = context;
  const used = resolution.keys[0] ?? null;
  const { parameters, weak, tooShort } = readMethod(algorithm, parts, context, step);
  // However few octets are sent, and whether they match or not: anybody could have guessed them (CVE-2009-0217).
  if (tooShort) return { value: 'fail', obstacle: 'refused', used, weak: false };
  const value = readEncodedValue(textContent(document, parts.signatureValue), null);
  const ranges = [nodeRange(document, parts.signatureValue)];
  if (value.form === 'empty') {
    step.finding({ code: 'signature-template-empty', severity: 'error', ranges });
    return { value: 'fail', obstacle: null, used, weak };
  }
  if (value.form === 'masked') {
    const data = { where: 'SignatureValue', mark: value.mark };
    step.finding({ code: 'captured-not-wire', severity: 'error', confidence: 'likely', ranges, data });
    return { value: 'unknown', obstacle: 'missing-octets', used: null, weak };
  }
  const children = childElements(document, parts.signatureValue).length > 0;
  if (value.form !== 'base64' || children) {
    const form = children ? 'elements' : value.form;
    step.finding({ code: 'sigvalue-base64-damaged', severity: 'error', ranges, data: { form } });
    return { value: 'fail', obstacle: 'malformed', used, weak };
  }
  step.data({ valueOctets: value.octets.length });
  const { octets, obstacle } = signedInfo;
  if (octets === null) return { value: 'unknown', obstacle, used: null, weak };
  step.input({ type: 'octets', label: 'SignedInfo', space: signedInfo.step });
  const malformed = obstacle === 'malformed';
  return tryKeys(
    { algorithm, parameters, parts, resolution, octets, value: value.octets, malformed, weak },
    context,
    step,
  );
}

async function tryKeys(task: ValueTask, context: SignatureContext, step: OpenStep): Promise<ValueOutcome> {
  const { algorithm, parts, resolution, weak } = task;
  const mac = algorithm.kind === 'mac';
  const usable = resolution.keys.filter((key) => (mac ? key.secret !== null : key.publicKey !== null));
  // All keys that the user gave are tried, and no more of a message's own than it may hold certificates.
  context.budget.check(
    'certificatesInMessage',
    usable.filter((key) => key.from === 'message').length,
    startOf(context.document, parts.keyInfo ?? parts.signatureValue),
  );
  const failures: FailedKey[] = [];
  if (usable.length === 0) {
    const unnamed = await tryUnnamed(task, context, step);
    if (unnamed !== null) return unnamed;
  }
  for (const key of usable) {
    const outcome = await tryKey(key, task, context);
    if (outcome === null) continue;
    if (outcome.result !== 'pass') {
      failures.push({ key, outcome });
      continue;
    }
    step.data({ how: key.how });
    if (key.how === 'only-key') softenNaming(resolution.step, 'warning', context);
    const refused = reportConflict(key, usable, parts, context, step);
    // One that was cut off to fit a tree that says otherwise never gets here: such a SignedInfo is malformed.
    return {
      value: task.malformed ? 'fail' : 'pass',
      obstacle: task.malformed ? 'malformed' : refused ? 'refused' : null,
      used: key,
      weak: judgeKeyStrength(key, algorithm.uri, step) || weak,
    };
  }
  return noneVerified(usable, failures, task, context, step);
}

/** What it means that no key verifies. */
function noneVerified(
  usable: readonly KeyCandidate[],
  failures: readonly FailedKey[],
  task: ValueTask,
  context: SignatureContext,
  step: OpenStep,
): ValueOutcome {
  const { algorithm, parts, resolution, weak } = task;
  // Nothing in the message says that it is one of these. Without KeyInfo the one key that is given is the one agreed
  // upon (XML Signature §4.5).
  const [one, other] = usable;
  // One that cannot have made such a value at all is not it.
  const text = trimXml(textContent(context.document, parts.signatureValue));
  const fits = decodeHex(text) !== null || failures.some((failure) => canHaveMade(failure, task.value));
  const agreed = other === undefined && parts.keyInfo === null && fits;
  const guessed = one !== undefined && !agreed && usable.every((key) => key.how === 'only-key');
  if (guessed && !task.malformed && encodedTwice(task.value) === null) {
    return { value: 'unknown', obstacle: 'no-key', used: null, weak };
  }
  // One that could be computed tells more than one that could not.
  const failed = failures.find(({ outcome }) => outcome.result === 'fail') ?? failures[0];
  const nothing: ValueOutcome = { value: 'unknown', obstacle: null, used: null, weak };
  // What was signed is not here any more: the reference says so.
  if (failed !== undefined && holdsMark(parts, context)) return { ...nothing, obstacle: 'missing-octets' };
  return failed === undefined
    ? withoutKey(algorithm.kind === 'mac', resolution, context, nothing, step)
    : notVerified(failed, task, step);
}

/** Octets by which a value is too short where leading zeros were dropped, and too long where some were added. */
const ZEROS = 2;

/** Whether a value is of a length that such a key makes. */
function canHaveMade({ key: { publicKey }, outcome }: FailedKey, value: Uint8Array): boolean {
  if (outcome.result !== 'fail') return false;
  return publicKey?.kind !== 'RSA' || Math.abs(((publicKey.bits + 7) >> 3) - value.length) <= ZEROS;
}

/** Whether a log's mark stands in SignedInfo in the place of a digest. */
function holdsMark({ references }: SignatureParts, { document }: SignatureContext): boolean {
  return references.some(
    (reference) => readEncodedValue(readReference(document, reference).digestValue, null).form === 'masked',
  );
}

/** Key information that leads nowhere is no error of a message that verifies all the same; a receiver may mind. */
const LEADS_NOWHERE = [
  'signer-certificate-not-found',
  'keyinfo-missing-or-empty',
  'bst-reference-broken',
  'bst-content-malformed',
  'x509-certificate-malformed',
  'key-value-malformed',
  'id-not-found',
  'encryptedkey-missing',
  'encryptedkeysha1-wrong',
  'secret-not-given',
  'retrieval-method-external',
] as const;

/**
 * Tries the given keys that the message does not name, where it leads to none.
 * @returns null where none of them verifies, which says nothing
 */
async function tryUnnamed(task: ValueTask, context: SignatureContext, step: OpenStep): Promise<ValueOutcome | null> {
  const { algorithm, resolution, weak } = task;
  if (task.malformed) return null;
  for (const key of resolution.unnamed) {
    const outcome = await tryKey(key, task, context);
    if (outcome?.result !== 'pass') continue;
    step.data({ how: key.how });
    const { missing } = resolution;
    const signer = key.certificate?.subjectText ?? null;
    // A hash tells nothing of the certificate that it is of, which may be a renewed one.
    const hashed = missing?.code === 'signer-certificate-not-found' && HASHES.has(String(missing.data['form']));
    softenNaming(resolution.step, hashed ? 'note' : 'warning', context);
    step.finding(
      hashed
        ? findingOf(
            'cert-renewed-same-key',
            'warning',
            { ...(missing.data as unknown as CertificateNamed), signer },
            PROVEN,
          )
        : findingOf('key-not-named', 'note', { signer, missing: missing?.code ?? null }, PROVEN),
    );
    return { value: 'pass', obstacle: null, used: key, weak: judgeKeyStrength(key, algorithm.uri, step) || weak };
  }
  return null;
}

/** Forms of an identifier that are hashes of a certificate or its key. */
const HASHES: ReadonlySet<string> = new Set(['ski', 'thumbprint', 'x509-digest']);

function softenNaming(step: string, severity: 'warning' | 'note', { recorder }: SignatureContext): void {
  for (const code of LEADS_NOWHERE) {
    recorder.restate(step, code, { code, severity }, severity === 'warning' ? 'warned' : 'passed');
  }
}

const PROVEN = { confidence: 'proven' } as const;

/** Null where it is no key of the method's kind. */
function tryKey(
  { secret, publicKey }: KeyCandidate,
  { algorithm, parameters, octets, value }: ValueTask,
  { crypto }: SignatureContext,
): Promise<VerifyOutcome> | null {
  if (algorithm.kind === 'mac') {
    return secret === null ? null : crypto.verifyMac(algorithm.uri, parameters, secret, octets, value);
  }
  return publicKey === null ? null : crypto.verify(algorithm.uri, parameters, publicKey, octets, value);
}

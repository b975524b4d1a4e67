/** What each axis rests on, in the few words of its chip. */
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { AxisName, Trace } from '../engine/trace/trace.ts';
import { said } from './findings/catalogue.ts';
import { commonName } from './names.ts';
import { inTimeWords, outOfTimeWords } from './time-words.ts';

/** What an axis rests on, in a few words for its chip. */
export function axisDetail(trace: Trace, axis: AxisName): string {
  return DETAILS[axis](trace, trace.verdict.axes[axis]);
}

const counted = (count: number, noun: string): string => `${count} ${noun}${count === 1 ? '' : 's'}`;

const DETAILS: Readonly<Record<AxisName, (trace: Trace, value: string) => string>> = {
  structure: (_trace, value) => (value === 'fail' ? 'not readable' : ''),
  signature,
  decryption(trace, value) {
    if (value === 'absent') return 'none';
    if (value === 'unknown') return notDecrypted(trace);
    if (value === 'fail') return 'does not open';
    return counted(trace.encrypted.filter((part) => part.result === 'pass').length, 'part');
  },
  coverage,
  authentication(trace, value) {
    if (value === 'absent') return 'none';
    const { data } = trace.verdict.evidence.authentication;
    const user = said(data['user'] ?? data['username'] ?? data['subject']);
    return user === '' && value === 'unknown' ? 'not judged' : user;
  },
  trust(trace, value) {
    if (value === 'absent') return 'none';
    if (value === 'fail') return 'no path to an anchor';
    if (value === 'unknown') {
      return trace.certificates.some((certificate) => certificate.trusted) ? 'not judged' : 'no anchors given';
    }
    const path = trace.paths.find((candidate) => candidate.status === 'pass');
    const certificate = indexTrace(trace).certificate(path?.certificates.at(-1)?.certificate);
    return certificate ? commonName(certificate.subject) : '';
  },
  freshness(trace, value) {
    if (value === 'absent') return 'no Timestamp';
    return value === 'pass' ? inTimeWords(trace) : outOfTimeWords(trace);
  },
  policy: (_trace, value) => (value === 'absent' ? 'none given' : value === 'fail' ? 'falls short' : ''),
};

function signature(trace: Trace, value: string): string {
  const references = trace.signatures.flatMap((one) => one.references);
  const wrong = references.filter((reference) => reference.digest === 'fail').length;
  if (value === 'absent') return 'none';
  if (value === 'pass') return counted(references.length, 'reference');
  if (wrong > 0) return `${wrong} of ${counted(references.length, 'reference')} wrong`;
  if (trace.signatures.some((one) => one.value === 'fail')) return 'value';
  return value === 'unknown' ? 'not judged' : '';
}

function coverage(trace: Trace, value: string): string {
  if (value === 'full') return 'all that counts';
  if (value === 'absent') return 'none';
  const required = trace.coverage.filter((entry) => entry.required && entry.signed !== 'full');
  if (required.length === 0) return value;
  const state = STATES.find(([signed]) => required.some((entry) => entry.signed === signed));
  const names = required
    .filter((entry) => entry.signed === state?.[0])
    .map((entry) => localOf(entry.target.path, entry.role));
  const more = names.length > 2 ? ` and ${names.length - 2} more` : '';
  return `${names.slice(0, 2).join(', ')}${more} ${state?.[1] ?? ''}`;
}

/** What is told of elements that are not signed in full: of several states the first. */
const STATES = [
  ['broken', 'not verified'],
  ['none', 'not signed'],
  ['partial', 'signed in part'],
  ['unknown', 'not judged'],
] as const;

/** `Body` of `/soap:Envelope/soap:Body[2]`. */
function localOf(path: string, role: string): string {
  const last =
    path
      .split('/')
      .at(-1)
      ?.replace(/\[\d+\]$/, '') ?? '';
  return last.slice(last.indexOf(':') + 1) || role;
}

/** Findings that say why a part was not opened: its key is not at hand. */
const KEY_MISSING: ReadonlySet<string> = new Set([
  'private-key-not-found',
  'secret-not-given',
  'encryptedkey-missing',
  'encryptedkeysha1-wrong',
  'encrypted-key-not-opened',
  'originator-key-missing',
  'keyinfo-missing-or-empty',
  'key-name-unknown',
]);

/** Why it is not known whether a part opens: the reason, for `unknown` alone does not say it. */
function notDecrypted(trace: Trace): string {
  if (trace.verdict.axes.structure === 'fail') return 'not judged';
  const index = indexTrace(trace);
  const steps = trace.encrypted.filter((part) => part.result === 'unknown').map((part) => part.step);
  if (steps.some((id) => index.step(id)?.status === 'unsupported')) return 'not supported';
  const reasons = steps.flatMap((id) =>
    index.findingsOf(id).map((finding) => said(finding.data['missing'], finding.code)),
  );
  if (reasons.includes('attachment-cid-not-found')) return 'attachment not given';
  return reasons.some((code) => KEY_MISSING.has(code)) ? 'no key' : 'not judged';
}

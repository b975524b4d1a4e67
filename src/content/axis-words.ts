/** What each axis rests on, in the few words of its chip. */
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { AxisName, Trace } from '../engine/trace/trace.ts';
import { said } from './findings/catalogue.ts';
import { commonName } from './names.ts';

/** What an axis rests on, in a few words for its chip. */
export function axisDetail(trace: Trace, axis: AxisName): string {
  const value = trace.verdict.axes[axis];
  const { data } = trace.verdict.evidence[axis];
  switch (axis) {
    case 'structure':
      return value === 'fail' ? 'not readable' : '';
    case 'signature': {
      const references = trace.signatures.flatMap((signature) => signature.references);
      const wrong = references.filter((reference) => reference.digest === 'fail').length;
      if (value === 'absent') return 'none';
      if (value === 'pass') return references.length === 1 ? '1 reference' : `${references.length} references`;
      if (wrong > 0) return `${wrong} of ${references.length} ${references.length === 1 ? 'reference' : 'references'}`;
      return trace.signatures.some((signature) => signature.value === 'fail')
        ? 'value'
        : value === 'unknown'
          ? 'not judged'
          : '';
    }
    case 'decryption': {
      if (value === 'absent') return 'none';
      if (value === 'unknown') return notDecrypted(trace);
      const opened = trace.encrypted.filter((part) => part.result === 'pass').length;
      return value === 'pass' ? (opened === 1 ? '1 part' : `${opened} parts`) : 'does not open';
    }
    case 'coverage': {
      if (value === 'full') return 'all that counts';
      if (value === 'absent') return 'none';
      const open = trace.coverage
        .filter((entry) => entry.required && entry.signed !== 'full')
        .map((entry) => localOf(entry.target.path, entry.role));
      const broken = trace.coverage.some((entry) => entry.required && entry.signed === 'broken');
      return open.length === 0
        ? value
        : `${open.slice(0, 2).join(', ')}${open.length > 2 ? ` and ${open.length - 2} more` : ''} ` +
            `${broken ? 'not verified' : 'not signed'}`;
    }
    case 'authentication': {
      const user = said(data['user'] ?? data['username'] ?? data['subject']);
      return value === 'absent' ? 'none' : user !== '' ? user : value === 'unknown' ? 'not judged' : '';
    }
    case 'trust': {
      if (value === 'pass') {
        const path = trace.paths.find((candidate) => candidate.status === 'pass');
        const anchor = path?.certificates.at(-1)?.certificate;
        const certificate = indexTrace(trace).certificate(anchor);
        return certificate ? commonName(certificate.subject) : '';
      }
      return value === 'absent'
        ? 'none'
        : value === 'unknown'
          ? trace.certificates.some((certificate) => certificate.trusted)
            ? 'not judged'
            : 'no anchors given'
          : 'no path to an anchor';
    }
    case 'freshness':
      return value === 'absent' ? 'no Timestamp' : value === 'pass' ? timeLeft(trace) : 'outside its lifetime';
    case 'policy':
      return value === 'absent' ? 'none given' : value === 'fail' ? 'falls short' : '';
  }
}

/** `Body` of `/soap:Envelope/soap:Body[2]`. */
function localOf(path: string, role: string): string {
  const last =
    path
      .split('/')
      .at(-1)
      ?.replace(/\[\d+\]$/, '') ?? '';
  return last.slice(last.indexOf(':') + 1) || role;
}

/** How long the message is still current at the judged time. */
function timeLeft(trace: Trace): string {
  for (const token of trace.tokens) {
    const expires = Date.parse(said(token.data['expires']));
    if (token.kind !== 'Timestamp' || Number.isNaN(expires)) continue;
    const minutes = Math.floor((expires - Date.parse(trace.options.at)) / 60_000);
    if (minutes < 0) return '';
    if (minutes < 120) return `${minutes} min left`;
    const days = Math.floor(minutes / 1_440);
    return days < 2
      ? `${Math.floor(minutes / 60)} h left`
      : days < 800
        ? `${days} days left`
        : `${Math.floor(days / 365)} years left`;
  }
  return '';
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

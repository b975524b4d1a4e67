/** The words for one run, asked of `src/content`: lines of steps, findings, axes and the verdict. */
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { AxisName, Data, Finding, Step, Trace } from '../engine/trace/trace.ts';
import { algorithmName, STEPS, STATUS_WORDS } from '../content/steps.ts';
import { HEADLINES, verdictSentence } from '../content/verdicts.ts';
import { commonName } from '../state/panes/notes.ts';
import { shortAlgorithm } from '../content/short-algorithm.ts';
import { findingWords } from '../state/finding-words.ts';

export function findingTitle(finding: Finding): string {
  return findingWords(finding).title;
}

export function findingMessage(finding: Finding): string {
  return findingWords(finding).message;
}

/** `digest-mismatch` as words. */
export function codeWords(code: string): string {
  return code
    .replaceAll(/([a-z])([A-Z])/g, '$1 $2')
    .replaceAll('-', ' ')
    .toLowerCase();
}

/** Whose act a fix is: a party, or the software that makes the mistake. */
export function partyWords(party: string): string {
  return party === 'any' ? 'any software' : party;
}

/** Data as name and value pairs for people; empty ones left out. */
export function dataWords(data: Data): readonly (readonly [string, string])[] {
  return Object.entries(data).flatMap(([name, value]) => {
    if (value === null || value === '' || (Array.isArray(value) && value.length === 0)) return [];
    const shown = Array.isArray(value)
      ? value.join(', ')
      : value === true
        ? 'yes'
        : value === false
          ? 'no'
          : String(value);
    return [[codeWords(name), shown] as const];
  });
}

export interface StepLine {
  readonly title: string;
  readonly code: string;
  readonly detail: string;
}

const text = (value: Data[string] | undefined): string =>
  value === undefined || value === null ? '' : Array.isArray(value) ? value.join(', ') : String(value);

/** One line for a step: what it is, which one, and what it came to. */
export function stepWords(trace: Trace, step: Step): StepLine {
  const { data } = step;
  const words = STEPS[step.kind];
  // Where an earlier step is the reason, the line names that step instead.
  const status =
    step.because === null && (step.status === 'unknown' || step.status === 'unsupported')
      ? STATUS_WORDS[step.status]
      : '';
  const with_ = (...parts: readonly string[]) => [...parts, status].filter((part) => part !== '').join(' · ');
  switch (step.kind) {
    case 'reference': {
      const report = indexTrace(trace).referenceOf(step.id);
      const uri = report ? report.uri : (data['uri'] as string | null | undefined);
      const target = report?.target ? (report.target.path.split('/').at(-1) ?? '') : '';
      return {
        title: 'Reference',
        code: uri === '' ? '""' : (uri ?? ''),
        detail: with_(uri === '' ? 'the whole document' : target),
      };
    }
    case 'signature': {
      const report = indexTrace(trace).signatureOf(step.id);
      return {
        title: 'Signature',
        code: report?.id ?? '',
        detail: with_(
          report ? shortAlgorithm(report.method) : '',
          report?.canonicalization ? shortAlgorithm(report.canonicalization) : '',
        ),
      };
    }
    case 'digest': {
      const detail =
        step.status === 'failed'
          ? 'computed differs from DigestValue'
          : step.status === 'passed'
            ? 'equals DigestValue'
            : '';
      return { title: algorithmName(data['algorithm']), code: '', detail: with_(detail) };
    }
    case 'canonicalize':
    case 'transform':
      return {
        title: algorithmName(data['algorithm']),
        code: '',
        detail: with_(text(data['prefixList']) ? `prefixes ${text(data['prefixList'])}` : ''),
      };
    case 'dereference':
      return {
        title: 'Dereference',
        code: '',
        detail: with_(text(data['target']) === '' ? 'nothing has this Id' : text(data['target'])),
      };
    case 'resolve-key': {
      const report = indexTrace(trace).signatureOf(step.parent);
      return {
        title: 'Key',
        code: '',
        detail: with_(
          step.status === 'failed'
            ? 'not found'
            : step.status === 'skipped'
              ? 'another recipient’s'
              : codeWords(report?.key?.how ?? text(data['how'] ?? data['form'])),
          report?.key?.subject ? commonName(report.key.subject) : '',
        ),
      };
    }
    case 'encrypted-key':
    case 'encrypted-data':
      return {
        title: words.name,
        code: text(data['id']),
        detail: with_(algorithmName(data['method']), step.status === 'skipped' ? 'for another recipient' : ''),
      };
    case 'index-ids':
      return {
        title: 'Ids',
        code: '',
        detail: with_(
          text(data['duplicates']) === '0' || text(data['duplicates']) === ''
            ? 'none stands twice'
            : `${text(data['duplicates'])} stand twice`,
        ),
      };
    case 'build-path': {
      const index = indexTrace(trace);
      const path = index.pathOf(step.id);
      const names =
        path?.certificates
          .map((entry) => commonName(index.certificate(entry.certificate)?.subject ?? ''))
          .filter(Boolean) ?? [];
      return { title: 'Certificate path', code: '', detail: with_(names.join(' ← ')) };
    }
    default: {
      const line = words.line(data);
      const colon = line.indexOf(': ');
      if (colon > 0 && colon < 40) {
        return { title: line.slice(0, colon), code: '', detail: with_(line.slice(colon + 2)) };
      }
      return { title: line, code: '', detail: with_('') };
    }
  }
}

export interface VerdictWords {
  readonly word: string;
  readonly sentence: string;
  readonly detail: string;
}

export function verdictWords(trace: Trace): VerdictWords {
  const { headline } = trace.verdict;
  const known = HEADLINES[headline];
  const all = verdictSentence(trace.verdict);
  const also = all.startsWith(`${known.sentence}.`) ? all.slice(known.sentence.length + 1).trim() : '';
  const references = trace.signatures.reduce((sum, signature) => sum + signature.references.length, 0);
  const facts =
    trace.signatures.length === 0
      ? ''
      : `${trace.signatures.length === 1 ? '1 signature' : `${trace.signatures.length} signatures`} over ` +
        `${references === 1 ? '1 reference' : `${references} references`}${signer(trace)}.`;
  return { word: known.label, sentence: `${known.sentence}.`, detail: [facts, also].filter(Boolean).join(' ') };
}

function signer(trace: Trace): string {
  const subject = trace.signatures[0]?.key?.subject;
  return subject ? `, made by ${commonName(subject)}` : '';
}

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
      const opened = trace.encrypted.filter((part) => part.result === 'pass').length;
      if (value === 'unknown') return trace.verdict.axes.structure === 'fail' ? 'not judged' : 'no key';
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
      const user = text(data['user'] ?? data['username'] ?? data['subject']);
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
    const expires = Date.parse(text(token.data['expires']));
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

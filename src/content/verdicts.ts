/** Words for the verdict: headlines, axes and their values (docs/command.md). */
import type { AxisName, Headline, Trace, Verdict } from '../engine/trace/trace.ts';
import { commonName } from './names.ts';

/** A headline as people read it. */
export interface HeadlineWords {
  /** One or two words for a chip. */
  readonly label: string;
  /** A sentence without a full stop. */
  readonly sentence: string;
  readonly tone: 'pass' | 'warn' | 'fail' | 'neutral';
}

/** By headline. */
export const HEADLINES: Readonly<Record<Headline, HeadlineWords>> = {
  valid: {
    label: 'Valid',
    sentence: 'Everything a receiver acts on is signed by a trusted key, and in time',
    tone: 'pass',
  },
  'valid-weak': {
    label: 'Valid, weak',
    sentence: 'The signatures verify, but an algorithm, a key or a form used falls short of what is safe today',
    tone: 'warn',
  },
  'valid-untrusted': {
    label: 'Valid, untrusted',
    sentence: 'The signatures verify, but you have not marked the signer as trusted',
    tone: 'warn',
  },
  'valid-partial': {
    label: 'Valid in part',
    sentence: 'What is protected is intact, but not everything a receiver acts on is signed',
    tone: 'warn',
  },
  'valid-stale': {
    label: 'Valid, stale',
    sentence: 'The signatures verify, but the message is not current at the judged time',
    tone: 'warn',
  },
  wrapped: {
    label: 'Wrapped',
    sentence:
      'The signatures verify, but over an element that the receiver does not read: the one it reads was put in ' +
      'its place',
    tone: 'fail',
  },
  unsecured: {
    label: 'Unsecured',
    sentence: 'Nothing in this message protects it: no token, no signature, no encryption',
    tone: 'neutral',
  },
  incomplete: {
    label: 'Incomplete',
    sentence: 'A key, a secret, a password or a part is missing to judge the rest',
    tone: 'warn',
  },
  unsupported: {
    label: 'Unsupported',
    sentence: 'The message uses something that this program does not have',
    tone: 'warn',
  },
  invalid: { label: 'Invalid', sentence: 'What was signed, encrypted or proven does not hold', tone: 'fail' },
  refused: { label: 'Refused', sentence: 'The message holds a construct that must not be evaluated', tone: 'fail' },
  limit: { label: 'Limit', sentence: 'The message passes a bound on size or work, and was left there', tone: 'fail' },
  malformed: {
    label: 'Malformed',
    sentence: 'The message cannot be read as XML, or a part of it cannot be decoded',
    tone: 'fail',
  },
};

/** Only encryption, or only a password: what is protected need not be intact, since nothing says who wrote it. */
const UNSIGNED: HeadlineWords = {
  label: 'Unsigned',
  sentence: 'What was checked holds, but no signature protects the message: anybody on the way can change it',
  tone: 'warn',
};

/** The headline's words, by what the axes say of it. */
export function headlineWords({ headline, axes }: Pick<Verdict, 'headline' | 'axes'>): HeadlineWords {
  return headline === 'valid-partial' && axes.signature === 'absent' ? UNSIGNED : HEADLINES[headline];
}

/** The eight axes in the order in which they are shown. */
export const AXES: readonly { readonly axis: AxisName; readonly label: string; readonly question: string }[] = [
  { axis: 'structure', label: 'Structure', question: 'Is it well-formed, and can every part be decoded?' },
  { axis: 'signature', label: 'Signature', question: 'Do the signature values and the digests match?' },
  { axis: 'decryption', label: 'Decryption', question: 'Did every part encrypted for us open?' },
  { axis: 'coverage', label: 'Coverage', question: 'Is what a receiver acts on inside verified octets?' },
  { axis: 'authentication', label: 'Authentication', question: 'Do passwords and subject confirmations hold?' },
  { axis: 'trust', label: 'Trust', question: 'Does the signing key lead to an anchor you trust?' },
  { axis: 'freshness', label: 'Freshness', question: 'Is it current at the judged time?' },
  { axis: 'policy', label: 'Policy', question: 'Does it satisfy the policy given?' },
];

/** How an axis is marked. */
export type AxisTone = 'pass' | 'fail' | 'warn' | 'absent';

const TONES: Readonly<Record<string, AxisTone>> = {
  pass: 'pass',
  full: 'pass',
  fail: 'fail',
  none: 'fail',
  partial: 'warn',
  unknown: 'warn',
  absent: 'absent',
};

/** How loudly an axis's value speaks. */
export function axisTone(value: string): AxisTone {
  return TONES[value] ?? 'absent';
}

const ALSO: Readonly<Partial<Record<Headline, string>>> = {
  refused: 'a construct was refused',
  invalid: 'something does not verify',
  wrapped: 'an element was wrapped',
  unsupported: 'something is not supported',
  incomplete: 'something could not be judged',
  unsecured: 'nothing is secured',
  'valid-stale': 'it is not current',
  'valid-partial': 'not all of it is signed',
  'valid-untrusted': 'the signer is not trusted',
  'valid-weak': 'something used is weak',
  limit: 'a bound was passed',
  malformed: 'it is malformed',
};

/** `The signatures verify, but …. Also: it is not current; the signer is not trusted.` */
export function verdictSentence(verdict: Pick<Verdict, 'headline' | 'also' | 'axes'>): string {
  const others = verdict.also.map((headline) => ALSO[headline]).filter((words) => words !== undefined);
  const sentence = `${headlineWords(verdict).sentence}.`;
  return others.length === 0 ? sentence : `${sentence} Also: ${others.join('; ')}.`;
}

/** The sentences of a verdict. */
export interface VerdictWords {
  readonly word: string;
  readonly sentence: string;
  readonly detail: string;
}

/** The headline in words, with what it rests on. */
export function verdictWords(trace: Trace): VerdictWords {
  const known = headlineWords(trace.verdict);
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

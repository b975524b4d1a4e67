/** The quiet notes of the secured pane: for an element of the message, what the run found out about it. */
import { NOTE } from '../../content/pane-words.ts';
import { octets } from '../../content/page/figures.ts';
import { commonName } from '../../content/names.ts';
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import type { ReferenceReport, Trace } from '../../engine/trace/trace.ts';
import type { OutlineNode } from '../../worker/page/protocol.ts';
import { shortAlgorithm } from '../../content/short-algorithm.ts';
import type { NoteTone } from './pane-model.ts';
import { signatureName } from './protection.ts';

/** A short remark on an element. */
export interface Note {
  readonly text: string;
  readonly tone: NoteTone;
  readonly step: string | null;
}

function referenceNote(reference: ReferenceReport): Note {
  const canonical = reference.transforms.findLast((uri) => /c14n/i.test(uri));
  const head = canonical ? `${shortAlgorithm(canonical)} · ` : '';
  const digest = shortAlgorithm(reference.digestMethod);
  if (reference.digest === 'pass') return { text: `${head}${digest} =`, tone: 'pass', step: reference.step };
  if (reference.digest === 'fail') {
    return {
      text: `${head}${digest} ${reference.computed === null ? NOTE.notComputed : '≠'}`,
      tone: 'fail',
      step: reference.step,
    };
  }
  return { text: `${head}${digest} ${NOTE.notJudged}`, tone: 'plain', step: reference.step };
}

type Placed = Note & { readonly space: string; readonly at: number };

/** Notes by the octet that an element starts with. */
export function collectNotes(trace: Trace): ReadonlyMap<number, readonly Note[]> {
  const notes = new Map<number, Note[]>();
  const all = [
    ...headerNotes(trace),
    ...tokenNotes(trace),
    ...signatureNotes(trace),
    ...encryptionNotes(trace),
    ...coverageNotes(trace),
  ];
  for (const { space, at, ...note } of all) {
    if (space !== INPUT_SPACE) continue;
    const list = notes.get(at);
    if (list) list.push(note);
    else notes.set(at, [note]);
  }
  return notes;
}

function headerNotes({ headers }: Trace): readonly Placed[] {
  return headers.map(({ range, actor, ours }) => ({
    space: range.space,
    at: range.start,
    text: actor ? NOTE.actor(shortAlgorithm(actor), ours) : NOTE.ultimateReceiver,
    tone: 'plain',
    step: null,
  }));
}

/** Whose certificate or name a token carries, and what it signs. */
function* tokenNotes(trace: Trace): Generator<Placed> {
  const subjects = new Map(trace.certificates.map((certificate) => [certificate.id, commonName(certificate.subject)]));
  const signers = new Map<string, string[]>();
  for (const [index, signature] of trace.signatures.entries()) {
    const id = signature.key?.certificate ?? signature.key?.sha256;
    if (id) signers.set(id, [...(signers.get(id) ?? []), signatureName(trace, index)]);
  }
  for (const { range, certificates, data, kind, step } of trace.tokens) {
    const place = { space: range.space, at: range.start, tone: 'plain', step } as const;
    const leaf = certificates?.[0];
    if (leaf) {
      const signs = signers.get(leaf) ?? [];
      yield { ...place, text: NOTE.certificate(subjects.get(leaf), signs) };
    }
    const user = data['username'] ?? data['user'];
    if (kind === 'UsernameToken' && typeof user === 'string') yield { ...place, text: user };
  }
}

const VALUES = {
  pass: { words: NOTE.value.pass, tone: 'pass' },
  fail: { words: NOTE.value.fail, tone: 'fail' },
  unknown: { words: NOTE.value.unknown, tone: 'plain' },
} as const;

function* signatureNotes(trace: Trace): Generator<Placed> {
  for (const [index, signature] of trace.signatures.entries()) {
    const { words, tone } =
      VALUES[signature.value === 'pass' || signature.value === 'fail' ? signature.value : 'unknown'];
    const { range, method, step } = signature;
    yield { space: range.space, at: range.start, text: `${shortAlgorithm(method)} · ${words}`, tone, step };
    for (const reference of signature.references) {
      yield { space: reference.range.space, at: reference.range.start, ...referenceNote(reference) };
      const { target } = reference;
      if (target) yield { space: target.space, at: target.start, ...targetNote(trace, index, reference) };
    }
  }
}

/** At what is signed: by which signature, and whether that holds. */
function targetNote(trace: Trace, index: number, reference: ReferenceReport): Note {
  const value = trace.signatures[index]?.value;
  const broken = reference.digest === 'fail' || value === 'fail';
  const sound = reference.digest === 'pass' && value === 'pass';
  const size = reference.octets === null ? '' : ` · ${octets(reference.octets)}`;
  return {
    text: `${sound ? '✓' : broken ? '✕' : '?'} ${signatureName(trace, index)}${size}`,
    tone: sound ? 'pass' : broken ? 'fail' : 'plain',
    step: reference.step,
  };
}

function encryptionNotes({ encrypted }: Trace): readonly Placed[] {
  return encrypted.map(({ target, method, result, step }) => ({
    space: target.space,
    at: target.start,
    text: `${shortAlgorithm(method)}${NOTE.opened[result]}`,
    tone: result === 'fail' ? 'fail' : 'encrypted',
    step,
  }));
}

function coverageNotes({ coverage }: Trace): readonly Placed[] {
  return coverage
    .filter((entry) => entry.required && entry.signed === 'none')
    .map(({ target, encrypted }) => ({
      space: target.space,
      at: target.start,
      text: NOTE.unprotected(encrypted),
      tone: 'none',
      step: null,
    }));
}

/** Encrypted elements say what they are even where the run says nothing about them. */
export function defaultNote(node: OutlineNode): Note | null {
  if (node.local === 'EncryptedData' || node.local === 'EncryptedKey') {
    return { text: NOTE.encrypted, tone: 'encrypted', step: null };
  }
  return null;
}

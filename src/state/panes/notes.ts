/** The quiet notes of the secured pane: for an element of the message, what the run found out about it. */
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import type { ReferenceReport, Trace } from '../../engine/trace/trace.ts';
import type { OutlineNode } from '../../worker/page/protocol.ts';
import { shortAlgorithm } from '../../content/short-algorithm.ts';
import type { NoteTone } from './pane-model.ts';
import { signatureName } from './protection.ts';

export interface Note {
  readonly text: string;
  readonly tone: NoteTone;
  readonly step: string | null;
}

/** Made once: it costs more than what it does. */
const NUMBERS = new Intl.NumberFormat('en');

const octets = (count: number) => `${NUMBERS.format(count)} octets`;

/** The common name of a distinguished name, or the name itself. */
export function commonName(name: string): string {
  return /(?:^|,)\s*CN=((?:\\.|[^,+\\])+)/i.exec(name)?.[1]?.trim() ?? name;
}

function referenceNote(reference: ReferenceReport): Note {
  const canonical = reference.transforms.findLast((uri) => /c14n/i.test(uri));
  const head = canonical ? `${shortAlgorithm(canonical)} · ` : '';
  const digest = shortAlgorithm(reference.digestMethod);
  if (reference.digest === 'pass') return { text: `${head}${digest} =`, tone: 'pass', step: reference.step };
  if (reference.digest === 'fail') {
    return {
      text: `${head}${digest} ${reference.computed === null ? 'not computed' : '≠'}`,
      tone: 'fail',
      step: reference.step,
    };
  }
  return { text: `${head}${digest} not judged`, tone: 'plain', step: reference.step };
}

/** Notes by the octet that an element starts with. */
export function collectNotes(trace: Trace): ReadonlyMap<number, readonly Note[]> {
  const notes = new Map<number, Note[]>();
  const add = (space: string, start: number, note: Note) => {
    if (space !== INPUT_SPACE) return;
    const list = notes.get(start);
    if (list) list.push(note);
    else notes.set(start, [note]);
  };
  for (const header of trace.headers) {
    add(header.range.space, header.range.start, {
      text: header.actor
        ? `actor ${shortAlgorithm(header.actor)}${header.ours ? ', ours' : ', not ours'}`
        : 'ultimate receiver',
      tone: 'plain',
      step: null,
    });
  }
  const subjects = new Map(trace.certificates.map((certificate) => [certificate.id, commonName(certificate.subject)]));
  const signers = new Map<string, string[]>();
  for (const [index, signature] of trace.signatures.entries()) {
    const id = signature.key?.certificate ?? signature.key?.sha256;
    if (id) signers.set(id, [...(signers.get(id) ?? []), signatureName(trace, index)]);
  }
  for (const token of trace.tokens) {
    const leaf = token.certificates?.[0];
    if (leaf) {
      const signs = signers.get(leaf);
      add(token.range.space, token.range.start, {
        text: `CN=${subjects.get(leaf) ?? '?'}${signs ? ` · signs ${signs.join(', ')}` : ''}`,
        tone: 'plain',
        step: token.step,
      });
    }
    const user = token.data['username'] ?? token.data['user'];
    if (token.kind === 'UsernameToken' && typeof user === 'string') {
      add(token.range.space, token.range.start, { text: user, tone: 'plain', step: token.step });
    }
  }
  for (const [index, signature] of trace.signatures.entries()) {
    const mark = signature.value === 'pass' ? 'value ✓' : signature.value === 'fail' ? 'value ✕' : 'value not judged';
    add(signature.range.space, signature.range.start, {
      text: `${shortAlgorithm(signature.method)} · ${mark}`,
      tone: signature.value === 'fail' ? 'fail' : signature.value === 'pass' ? 'pass' : 'plain',
      step: signature.step,
    });
    for (const reference of signature.references) {
      add(reference.range.space, reference.range.start, referenceNote(reference));
      const { target } = reference;
      if (!target) continue;
      const broken = reference.digest === 'fail' || signature.value === 'fail';
      const sound = reference.digest === 'pass' && signature.value === 'pass';
      const size = reference.octets === null ? '' : ` · ${octets(reference.octets)}`;
      add(target.space, target.start, {
        text: `${sound ? '✓' : broken ? '✕' : '?'} ${signatureName(trace, index)}${size}`,
        tone: sound ? 'pass' : broken ? 'fail' : 'plain',
        step: reference.step,
      });
    }
  }
  for (const part of trace.encrypted) {
    const text = `${shortAlgorithm(part.method)}${part.result === 'pass' ? ' · opened' : part.result === 'fail' ? ' · does not open' : ''}`;
    add(part.target.space, part.target.start, {
      text,
      tone: part.result === 'fail' ? 'fail' : 'encrypted',
      step: part.step,
    });
  }
  for (const entry of trace.coverage) {
    if (!entry.required || entry.signed !== 'none') continue;
    add(entry.target.space, entry.target.start, {
      text: entry.encrypted ? 'encrypted, not signed' : 'unprotected',
      tone: 'none',
      step: null,
    });
  }
  return notes;
}

/** Encrypted elements say what they are even where the run says nothing about them. */
export function defaultNote(node: OutlineNode): Note | null {
  if (node.local === 'EncryptedData' || node.local === 'EncryptedKey') {
    return { text: 'encrypted', tone: 'encrypted', step: null };
  }
  return null;
}

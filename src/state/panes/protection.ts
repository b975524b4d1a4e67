/**
 * What protects what: the ranges of the input that references, encryption and findings speak of. One list for all
 * panes.
 */
import { ENCRYPTED, protectionWords } from '../../content/pane-words.ts';
import { INPUT_SPACE } from '../../engine/bytes/source-range.ts';
import { withManifests } from '../../engine/trace/trace-index.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import type { Meaning } from './pane-model.ts';

/** Octets of the input that something is said of: half-open. */
export interface Protection {
  readonly start: number;
  readonly end: number;
  readonly meaning: Meaning;
  readonly form: 'strip' | 'underline' | 'fill';
  readonly label: string;
  readonly step: string | null;
  readonly finding: string | null;
}

/** A signature's name for people: its Id, or its place. */
export function signatureName(trace: Trace, index: number): string {
  const id = trace.signatures[index]?.id;
  if (id && id.length <= 16) return id;
  return trace.signatures.length > 1 ? `signature ${index + 1}` : 'signature';
}

function referenceMeaning(digest: string, value: string, name: string): Pick<Protection, 'meaning' | 'label'> {
  if (digest === 'fail' || value === 'fail') return { meaning: 'broken', label: protectionWords('broken', name) };
  return digest === 'pass' && value === 'pass'
    ? { meaning: 'signed', label: protectionWords('signed', name) }
    : { meaning: 'unknown', label: protectionWords('unknown', name) };
}

/** Protections in octets of the input, wide ones first. A wrong SignatureValue breaks every reference under it. */
export function protections(
  trace: Trace,
  titles: (finding: Trace['findings'][number]) => string,
): readonly Protection[] {
  const list: Protection[] = [];
  for (const [index, signature] of trace.signatures.entries()) {
    const name = signatureName(trace, index);
    for (const reference of withManifests(signature.references)) {
      const { target } = reference;
      if (!target || target.space !== INPUT_SPACE) continue;
      const { meaning, label } = referenceMeaning(reference.digest, signature.value, name);
      list.push({
        start: target.start,
        end: target.end,
        meaning,
        form: 'strip',
        label,
        step: reference.step,
        finding: null,
      });
    }
  }
  for (const part of trace.encrypted) {
    if (part.target.space !== INPUT_SPACE) continue;
    list.push({
      start: part.target.start,
      end: part.target.end,
      meaning: 'encrypted',
      form: 'strip',
      label: ENCRYPTED.sealed,
      step: part.step,
      finding: null,
    });
  }
  for (const finding of trace.findings) {
    for (const range of finding.ranges) {
      if (range.space !== INPUT_SPACE) continue;
      list.push({
        start: range.start,
        end: Math.max(range.end, range.start + 1),
        meaning: finding.severity,
        form: 'underline',
        label: titles(finding),
        step: finding.step,
        finding: finding.id,
      });
    }
  }
  return list.toSorted((a, b) => a.start - b.start || b.end - a.end);
}

/**
 * Which protections an element has: strips that it lies in, underlines and fills that begin with it, in the order of
 * the list. To be asked in document order.
 */
export function protectionsByElement(
  list: readonly Protection[],
): (start: number, end: number) => readonly Protection[] {
  const strips: number[] = [];
  const beginning = new Map<number, number[]>();
  for (const [index, { form, start }] of list.entries()) {
    if (form === 'strip') strips.push(index);
    else {
      const here = beginning.get(start);
      if (here) here.push(index);
      else beginning.set(start, [index]);
    }
  }
  let next = 0;
  let around: number[] = [];
  const at = (index: number | undefined): Protection | undefined => (index === undefined ? undefined : list[index]);
  return (start, end) => {
    around = around.filter((index) => (at(index)?.end ?? 0) > start);
    for (let strip = at(strips[next]); strip && strip.start <= start; strip = at(strips[++next])) {
      if (strip.end > start) around.push(strips[next] ?? 0);
    }
    return [...around.filter((index) => (at(index)?.end ?? 0) >= end), ...(beginning.get(start) ?? [])]
      .toSorted((a, b) => a - b)
      .flatMap((index) => at(index) ?? []);
  };
}

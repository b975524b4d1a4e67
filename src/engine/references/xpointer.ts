/**
 * XPointers of the forms in use: `xpointer(…)` with an id, with steps to children or with both, `element(…)`, each behind
 * any number of `xmlns(…)` (XPointer Framework §3; xmlns() scheme; element() scheme; XPointer xpointer() scheme §3).
 */
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { childElements, isElement, namespaceUri } from '../xml/navigate.ts';

/** One step to a child element. */
type Step =
  /** `n`: the n-th that has the name, null for all; the name's URI null where any is meant. */
  | { readonly kind: 'named'; readonly uri: string | null; readonly local: string | null; readonly n: number | null }
  /** The n-th element child, whatever its name. */
  | { readonly kind: 'counted'; readonly n: number };

/** Where to begin, and which way to go. */
export interface Pointer {
  /** The element to begin with, by its id; null for the document. */
  readonly id: string | null;
  readonly steps: readonly Step[];
}

/** A name begins with a letter: `.` and `..` are steps of another kind. */
const NCNAME = String.raw`[\p{L}_][\p{L}\p{N}\p{M}_.·-]*`;
const STEP = new RegExp(String.raw`^/(?:child::)?(?:(${NCNAME}):)?(${NCNAME}|\*)(?:\[\s*([1-9]\d{0,8})\s*\])?`, 'u');
const ID = /^id\(\s*(?:"([^"]*)"|'([^']*)')\s*\)/;
/** More steps than a document is deep. */
const MOST_STEPS = 256;

/** The pointer that a fragment holds; null for another form. */
export function readXPointer(fragment: string): Pointer | null {
  const bound = new Map<string, string>();
  for (const { scheme, data } of parts(fragment)) {
    if (scheme === 'xmlns') {
      const [, prefix, uri] = /^\s*([^\s=]+)\s*=\s*([^]*)$/.exec(data) ?? [];
      if (prefix !== undefined && uri !== undefined) bound.set(prefix, uri);
      continue;
    }
    const read =
      scheme === 'xpointer' ? readExpression(data.trim(), bound) : scheme === 'element' ? readElement(data) : null;
    if (read !== null) return read;
    // What is not read here a reader of more would take.
    if (scheme === 'xpointer' || scheme === 'element') return null;
  }
  return null;
}

/** Scheme and data of each part, escapes undone (§3.1: `^(`, `^)` and `^^`). */
function parts(fragment: string): readonly { readonly scheme: string; readonly data: string }[] {
  const out: { scheme: string; data: string }[] = [];
  let at = 0;
  while (at < fragment.length) {
    const [whole, scheme] = /^\s*([A-Za-z][\w.:-]*)\(/.exec(fragment.slice(at)) ?? [];
    if (whole === undefined || scheme === undefined) return [];
    let data = '';
    let depth = 1;
    for (at += whole.length; at < fragment.length; at++) {
      const character = fragment.charAt(at);
      if (character === '(') depth += 1;
      if (character === ')' && --depth === 0) break;
      if (character === '^' && '()^'.includes(fragment.charAt(at + 1))) at += 1;
      data += fragment.charAt(at);
    }
    if (depth > 0) return [];
    at += 1;
    out.push({ scheme, data });
  }
  return out;
}

function readExpression(expression: string, bound: ReadonlyMap<string, string>): Pointer | null {
  if (expression === '/') return { id: null, steps: [] };
  const byId = ID.exec(expression);
  const steps: Step[] = [];
  let rest = byId === null ? expression : expression.slice(byId[0].length);
  if (byId === null && rest === '') return null;
  while (rest !== '') {
    const found = STEP.exec(rest);
    if (found === null || steps.length >= MOST_STEPS) return null;
    const [whole, prefix, name, n] = found;
    const uri = prefix === undefined ? (name === '*' ? null : '') : bound.get(prefix);
    if (uri === undefined) return null;
    const local = name === '*' || name === undefined ? null : name;
    steps.push({ kind: 'named', uri, local, n: n === undefined ? null : Number(n) });
    rest = rest.slice(whole.length).trimStart();
  }
  return { id: byId === null ? null : (byId[1] ?? byId[2] ?? ''), steps };
}

/** `id`, `id/1/2` or `/1/2`. */
function readElement(data: string): Pointer | null {
  const found = /^([^\s/()]*)((?:\/[1-9]\d{0,8})*)$/.exec(data);
  if (found === null || data === '') return null;
  const [, id = '', sequence = ''] = found;
  const steps = sequence.split('/').slice(1);
  if (steps.length > MOST_STEPS) return null;
  return { id: id === '' ? null : id, steps: steps.map((n) => ({ kind: 'counted', n: Number(n) })) };
}

/** The elements that the steps lead to. @param from an element, or 0 for the document */
export function followSteps(document: XmlDocument, from: NodeIndex, steps: Pointer['steps']): readonly NodeIndex[] {
  let nodes: readonly NodeIndex[] = [from];
  for (const step of steps) {
    nodes = nodes.flatMap((node) => {
      const children = childElements(document, node);
      if (step.kind === 'counted') return children.slice(step.n - 1, step.n);
      const named = children.filter((child) =>
        step.local === null
          ? step.uri === null || namespaceUri(document, child) === step.uri
          : isElement(document, child, step.uri, step.local),
      );
      return step.n === null ? named : named.slice(step.n - 1, step.n);
    });
  }
  return nodes;
}

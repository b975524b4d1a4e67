/** The ways to write an element that names a canonicalization, in the place of one that stands there. */
import { EXCLUSIVE_C14N } from '../../algorithms/identifiers.ts';
import { decodeUtf8 } from '../../bytes/utf8.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { NO_NODE, type NodeIndex } from '../../xml/document.ts';
import { findAttribute, firstChildElement, qualifiedName } from '../../xml/navigate.ts';
import { attributeValueSpan, contentSpan, nodeSpan, startTagSpan } from '../../xml/node-spans.ts';
import type { TextSplice } from '../signer/signer-source.ts';
import type { TextSubject } from '../text-subject.ts';

/**
 * The spellings of `element` where it names `method` instead.
 *
 * @param element a ds:CanonicalizationMethod or ds:Transform
 */
export function* methodSpellings(
  subject: TextSubject,
  element: NodeIndex,
  method: CanonicalizationMethod,
): Generator<TextSplice> {
  const { document } = subject;
  const algorithm = findAttribute(document, element, '', 'Algorithm');
  if (algorithm < 0) return;
  const whole = nodeSpan(document, element);
  const written = attributeValueSpan(document, algorithm);
  const text = (start: number, end: number) => decodeUtf8(document.octets, start, end);
  const open =
    text(whole.start, written.start) +
    method.uri +
    text(written.end, startTagSpan(document, element).end).replace(/\s*\/?>$/, '>');
  const close = `</${qualifiedName(document, element)}>`;
  const inside = contentSpan(document, element);
  const content = text(inside.start, inside.end);
  const spelt = (inner: string): TextSplice => ({ start: whole.start, end: whole.end, text: open + inner + close });
  if (method.inclusivePrefixes.length === 0 || method.family !== 'exclusive-1.0') {
    yield spelt('');
    // What stands inside the element may have stood there before as well.
    if (content !== '') yield spelt(content);
    return;
  }
  const list = firstChildElement(document, element, EXCLUSIVE_C14N, 'InclusiveNamespaces');
  const listed = list === NO_NODE ? -1 : findAttribute(document, list, '', 'PrefixList');
  const [before, after] = blankAround(content);
  const names = [
    ...new Set([...(subject.names.prefixes.get(EXCLUSIVE_C14N) ?? []), 'ec', '', 'xc14n', 'c14nEx', 'exc-c14n']),
  ].slice(0, 5);
  for (const ordered of orders(method.inclusivePrefixes)) {
    const prefixes = ordered.map((one) => (one === '' ? '#default' : one)).join(' ');
    if (listed >= 0) {
      const value = attributeValueSpan(document, listed);
      yield spelt(text(inside.start, value.start) + prefixes + text(value.end, inside.end));
    }
    for (const prefix of names) {
      const name = prefix === '' ? 'InclusiveNamespaces xmlns' : `${prefix}:InclusiveNamespaces xmlns:${prefix}`;
      yield spelt(`${before}<${name}="${EXCLUSIVE_C14N}" PrefixList="${prefixes}"/>${after}`);
    }
  }
}

/** White space around the element that was taken out stays behind. */
function blankAround(content: string): readonly [string, string] {
  const blank = content.trim() === '' && content.length <= 64 ? content : '';
  const middle = blank.includes('\n') && blank.length > 1 ? Math.max(1, blank.length >> 1) : 0;
  return [blank.slice(0, middle), blank.slice(middle)];
}

/** A PrefixList in the orders that writers use. */
function orders(prefixes: readonly string[]): readonly (readonly string[])[] {
  if (prefixes.length <= 1) return [prefixes];
  if (prefixes.length === 2) return [prefixes, [...prefixes].reverse()];
  if (prefixes.length === 3) {
    const [a, b, c] = prefixes as [string, string, string];
    return [
      [a, b, c],
      [a, c, b],
      [b, a, c],
      [b, c, a],
      [c, a, b],
      [c, b, a],
    ];
  }
  return [prefixes, [...prefixes].sort(), [...prefixes].reverse(), [...prefixes].sort().reverse()];
}

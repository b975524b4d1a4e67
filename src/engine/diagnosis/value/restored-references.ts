/** A reference put back that was taken out of SignedInfo (docs/command.md: signedinfo-edited). */
import { EXCLUSIVE_C14N } from '../../algorithms/identifiers.ts';
import { encodeBase64 } from '../../bytes/base64.ts';
import { decodeUtf8 } from '../../bytes/utf8.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { knownMethod } from '../../canonicalization/methods.ts';
import { DS } from '../../xml/namespaces.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../../xml/document.ts';
import { attributeValue, descendantElements, findAttribute, firstChildElement } from '../../xml/navigate.ts';
import { attributeValueSpan, contentSpan, nodeSpan } from '../../xml/node-spans.ts';
import { transformElements, type SignedInfoView, type Undone } from './undone.ts';

/** Ids that a reference taken away may have named. */
const MOST_RESTORED = 24;
/** Work of one such digest besides its canonical octets, which the budget counts. */
const RESTORING = 2_000;
/** Work of a digest that does not wait for the platform, an octet. */
const DIGEST_NOW = 4;

/** Written like a reference that is there, for each element with an Id that none names. */
export function* referencesRestored(view: SignedInfoView): Generator<Undone> {
  const { subject, parts, ids } = view;
  const { document } = subject;
  const named = new Set(parts.references.map((reference) => attributeValue(document, reference, '', 'URI')));
  const places = [
    ...parts.references.slice(0, 1).map((first) => nodeSpan(document, first).start),
    ...parts.references.map((reference) => nodeSpan(document, reference).end),
  ];
  let count = 0;
  for (const element of descendantElements(document, 0)) {
    const id = ids.idOf(element);
    if (id === null || named.has(`#${id}`)) continue;
    if (++count > MOST_RESTORED) return;
    for (const model of parts.references) {
      const text = writtenLike(view, model, id, element);
      if (text === null) continue;
      for (const at of places) {
        yield {
          code: 'signedinfo-edited',
          how: 'reference-removed',
          data: { uri: `#${id}` },
          splices: [{ start: at, end: at, text }],
        };
      }
    }
  }
}

/** The reference as it would stand; null where the model cannot serve, or nothing pays for its digest. */
function writtenLike(
  { subject, crypto, budget }: SignedInfoView,
  model: NodeIndex,
  id: string,
  element: NodeIndex,
): string | null {
  const { document, account } = subject;
  const uri = findAttribute(document, model, '', 'URI');
  const value = firstChildElement(document, model, DS, 'DigestValue');
  const digestMethod = firstChildElement(document, model, DS, 'DigestMethod');
  const method = lastMethod(document, model);
  if (uri < 0 || value === NO_NODE || digestMethod === NO_NODE || method === null || !account.spend(RESTORING)) {
    return null;
  }
  const set = { type: 'subtree', document, apex: element, comments: false, excluded: [] } as const;
  const { octets } = canonicalize(set, method, budget);
  account.spend(octets.length * DIGEST_NOW);
  const digest = crypto.digestNow(attributeValue(document, digestMethod, '', 'Algorithm') ?? '', octets);
  if (digest === null) return null;
  const whole = nodeSpan(document, model);
  const named = attributeValueSpan(document, uri);
  const held = contentSpan(document, value);
  const text = (start: number, end: number) => decodeUtf8(document.octets, start, end);
  return (
    text(whole.start, named.start) +
    `#${id}` +
    text(named.end, held.start) +
    encodeBase64(digest) +
    text(held.end, whole.end)
  );
}

/** The canonicalization that ends the reference's transforms; null where none does. */
function lastMethod(document: XmlDocument, reference: NodeIndex): CanonicalizationMethod | null {
  const transform = transformElements(document, reference).at(-1);
  if (transform === undefined) return null;
  const known = knownMethod(attributeValue(document, transform, '', 'Algorithm') ?? '');
  return known === null ? null : { ...known, inclusivePrefixes: listOf(document, transform) };
}

function listOf(document: XmlDocument, transform: NodeIndex): readonly string[] {
  const list = firstChildElement(document, transform, EXCLUSIVE_C14N, 'InclusiveNamespaces');
  const text = list === NO_NODE ? '' : (attributeValue(document, list, '', 'PrefixList') ?? '');
  return text
    .split(/\s+/)
    .filter((token) => token !== '')
    .map((token) => (token === '#default' ? '' : token));
}

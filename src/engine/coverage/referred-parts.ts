/**
 * What a signed element refers to and no signature holds: an attachment by a `cid:` URI (SWA 1.1 §5; WS-I Attachments
 * Profile 1.0 §4.4), an element elsewhere by `href="#id"` (SOAP 1.1 §5.4.1). The reference is signed, what it stands for
 * is anybody's.
 */
import { octetsByName, type Attachments } from '../attachments/attachment.ts';
import { supplied } from '../references/dereference.ts';
import type { IdIndex } from '../references/id-index.ts';
import { allReferences, isVerified, type JudgedSignature } from '../signature/judged-signature.ts';
import { covers } from '../signature/node-coverage.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import { NodeKind, type AttributeIndex, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributeLocalName,
  attributeNamespaceUri,
  attributeText,
  attributeValueRange,
  elementPath,
  isWithin,
  namespaceUri,
  nextOf,
  nodeRange,
  ownerOf,
  textContent,
} from '../xml/navigate.ts';
import { attributeValueSpan, contentSpan } from '../xml/node-spans.ts';
import { XENC, XOP } from '../xml/namespaces.ts';
import type { CoveredElement } from './judge-coverage.ts';

/** What such references are looked for in and among. */
export interface ReferredPartsInput {
  readonly document: XmlDocument;
  readonly ids: IdIndex;
  readonly signatures: readonly JudgedSignature[];
  /** The parts that travelled with the envelope. */
  readonly parts: Attachments;
}

/** Findings that a list of them is worth. */
const SHOWN = 20;

/** One finding for each thing referred to, of the elements that are signed in full. */
export function referredParts(input: ReferredPartsInput, consumed: readonly CoveredElement[]): readonly FindingDraft[] {
  const signed = consumed.filter(({ required, entry }) => required && entry.signed === 'full');
  const found = new Map<string, FindingDraft>();
  for (const { node } of signed) {
    for (const draft of [...fromAttributes(node, input), ...fromTexts(node, input)]) {
      const { uri } = draft.data;
      if (found.size < SHOWN && !found.has(uri)) found.set(uri, draft);
    }
  }
  return [...found.values()];
}

type Referred = FindingDraft<'referred-part-not-signed'>;

function* fromAttributes(element: NodeIndex, input: ReferredPartsInput): Generator<Referred> {
  const { document } = input;
  for (let attribute = 0; attribute < document.attributeTotal; attribute++) {
    const owner = ownerOf(document, attribute);
    if (!isWithin(document, owner, element) || !beginsAsReference(document, attribute)) continue;
    // Ciphertext is opened or not, and an xop:Include is its part: both are judged as that.
    if ([XENC, XOP].includes(namespaceUri(document, owner))) continue;
    const uri = attributeText(document, attribute);
    const kind = kindOf(uri, isHref(document, attribute), input);
    if (kind !== null) yield told(uri, kind, owner, attributeValueRange(document, attribute), document);
  }
}

/** Of the type ref:swaRef: an element whose text is the URI. */
function* fromTexts(element: NodeIndex, input: ReferredPartsInput): Generator<Referred> {
  const { document, parts } = input;
  if (parts.size === 0) return;
  for (let node = element; node < nextOf(document, element); node++) {
    if (document.kind[node] !== NodeKind.text || !holdsScheme(document, node)) continue;
    const uri = textContent(document, node).trim();
    const owner = document.parent[node] ?? element;
    if (kindOf(uri, false, input) !== 'attachment') continue;
    yield told(uri, 'attachment', owner, nodeRange(document, node), document);
  }
}

function told(
  uri: string,
  kind: Referred['data']['kind'],
  owner: NodeIndex,
  range: NonNullable<Referred['ranges']>[number],
  document: XmlDocument,
): Referred {
  return {
    code: 'referred-part-not-signed',
    severity: 'warning',
    ranges: [range],
    data: { uri, kind, path: elementPath(document, owner) },
  };
}

const HASH = 0x23;

/** Looked at in octets: a Body may have a hundred thousand attributes, and none that refers to anything. */
function beginsAsReference(document: XmlDocument, attribute: AttributeIndex): boolean {
  if (document.declaredUri[attribute] !== -1) return false;
  const { start } = attributeValueSpan(document, attribute);
  return document.octets[start] === HASH || isScheme(document.octets, start);
}

function holdsScheme(document: XmlDocument, node: NodeIndex): boolean {
  const { start, end } = contentSpan(document, node);
  let at = start;
  while (at < end && (document.octets[at] ?? 0) <= 0x20) at++;
  return isScheme(document.octets, at);
}

/** `cid:` in any case. */
function isScheme(octets: Uint8Array, at: number): boolean {
  return [...'cid:'].every((letter, index) => String.fromCharCode(octets[at + index] ?? 0).toLowerCase() === letter);
}

/** SOAP 1.1 writes `href` without a namespace. */
function isHref(document: XmlDocument, attribute: AttributeIndex): boolean {
  return attributeLocalName(document, attribute) === 'href' && attributeNamespaceUri(document, attribute) === '';
}

/** Null where the URI leads to nothing here, or to what is signed. */
function kindOf(uri: string, href: boolean, input: ReferredPartsInput): Referred['data']['kind'] | null {
  if (!uri.startsWith('#')) return attachmentIsUnsigned(uri, input) ? 'attachment' : null;
  if (!href) return null;
  const { ids, signatures } = input;
  const unsigned = ids.lookup(uri.slice(1)).some(({ element }) => !signatures.some((one) => covers(one, element)));
  return unsigned ? 'element' : null;
}

function attachmentIsUnsigned(uri: string, { parts, signatures }: ReferredPartsInput): boolean {
  const part = supplied(uri, octetsByName(parts));
  if (part === null) return false;
  return !signatures.some(
    (signature) =>
      isVerified(signature) &&
      allReferences(signature).some(
        ({ report, processed }) =>
          report.digest === 'pass' && processed.status === 'octets' && processed.attachment?.name === part.name,
      ),
  );
}

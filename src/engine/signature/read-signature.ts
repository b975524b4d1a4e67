/** The parts of a ds:Signature, in the schema's order and number (XML Signature §4.2, §4.4). */
import { DS } from '../xml/namespaces.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  firstChildElement,
  isElement,
  localName,
  textContent,
} from '../xml/navigate.ts';

/** The parts of a ds:Signature that verification reads (XML Signature 1.1 §4.2). */
export interface SignatureParts {
  readonly signedInfo: NodeIndex;
  readonly canonicalizationMethod: NodeIndex;
  readonly signatureMethod: NodeIndex;
  readonly references: readonly NodeIndex[];
  readonly signatureValue: NodeIndex;
  readonly keyInfo: NodeIndex | null;
  /** Children that the schema has no place for; they are left alone. */
  readonly foreign: readonly NodeIndex[];
}

/** The parts, or what keeps the element from being a signature. */
export type ReadSignature =
  | { readonly ok: true; readonly parts: SignatureParts }
  /** `SIG-01` where something stands twice or out of order, `signature-incomplete` where it is missing. */
  | {
      readonly ok: false;
      readonly code: 'SIG-01' | 'signature-incomplete';
      readonly at: NodeIndex;
      readonly element: string;
    };

const CHILDREN = ['SignedInfo', 'SignatureValue', 'KeyInfo', 'Object'] as const;

/** Finds the parts of a ds:Signature, each in its place and once. */
export function readSignature(document: XmlDocument, signature: NodeIndex): ReadSignature {
  const all = childElements(document, signature);
  const children = all.filter((child) => isElement(document, child, DS, localName(document, child)));
  const top = orderly(document, signature, children, ['SignedInfo', 'SignatureValue'], 'KeyInfo');
  if (!top.ok) return top;
  const [signedInfo, signatureValue] = top.found as [NodeIndex, NodeIndex];
  const inner = childElements(document, signedInfo);
  const head = orderly(document, signedInfo, inner, ['CanonicalizationMethod', 'SignatureMethod'], null);
  if (!head.ok) return head;
  const [canonicalizationMethod, signatureMethod] = head.found as [NodeIndex, NodeIndex];
  const references = inner.filter((child) => isElement(document, child, DS, 'Reference'));
  const keyInfo = firstChildElement(document, signature, DS, 'KeyInfo');
  const foreign = all.filter((child) => !CHILDREN.some((name) => isElement(document, child, DS, name)));
  return {
    ok: true,
    parts: {
      signedInfo,
      canonicalizationMethod,
      signatureMethod,
      references,
      signatureValue,
      keyInfo: keyInfo === NO_NODE ? null : keyInfo,
      foreign,
    },
  };
}

type Orderly = { readonly ok: true; readonly found: readonly NodeIndex[] } | Extract<ReadSignature, { ok: false }>;

/** Each of `once` exactly once and first, in that order; `atMostOnce` not twice. */
function orderly(
  document: XmlDocument,
  owner: NodeIndex,
  children: readonly NodeIndex[],
  once: readonly string[],
  atMostOnce: string | null,
): Orderly {
  for (const name of once) {
    const same = children.filter((child) => isElement(document, child, DS, name));
    const [first, second] = same;
    if (first === undefined) return { ok: false, code: 'signature-incomplete', at: owner, element: name };
    if (second !== undefined) return { ok: false, code: 'SIG-01', at: second, element: name };
  }
  if (atMostOnce !== null) {
    const [, second] = children.filter((child) => isElement(document, child, DS, atMostOnce));
    if (second !== undefined) return { ok: false, code: 'SIG-01', at: second, element: atMostOnce };
  }
  const found = children.slice(0, once.length);
  const misplaced = found.find((child, index) => !isElement(document, child, DS, once[index] ?? ''));
  return misplaced === undefined
    ? { ok: true, found }
    : { ok: false, code: 'SIG-01', at: misplaced, element: localName(document, misplaced) };
}

/** What a ds:Reference says, read apart from where its target is. */
export interface ReferenceFields {
  readonly uri: string | null;
  readonly type: string | null;
  readonly transforms: readonly string[];
  readonly digestMethod: string;
  /** Text of ds:DigestValue as it stands. */
  readonly digestValue: string;
  /** Elements stand in ds:DigestValue: one reader takes the text around them, another refuses. */
  readonly digestHoldsElements: boolean;
}

/** Reads the fields of a ds:Reference from the tree. */
export function readReference(document: XmlDocument, reference: NodeIndex): ReferenceFields {
  const transforms = firstChildElement(document, reference, DS, 'Transforms');
  const method = firstChildElement(document, reference, DS, 'DigestMethod');
  const value = firstChildElement(document, reference, DS, 'DigestValue');
  return {
    uri: attributeValue(document, reference, '', 'URI'),
    type: attributeValue(document, reference, '', 'Type'),
    transforms:
      transforms === NO_NODE
        ? []
        : childElements(document, transforms).map(
            (transform) => attributeValue(document, transform, '', 'Algorithm') ?? '',
          ),
    digestMethod: method === NO_NODE ? '' : (attributeValue(document, method, '', 'Algorithm') ?? ''),
    digestValue: value === NO_NODE ? '' : textContent(document, value),
    digestHoldsElements: value !== NO_NODE && childElements(document, value).length > 0,
  };
}

/**
 * The measured defects of xmldsigjs 2.8.8 (D1 to D21) by the construct in a message that triggers each: why a second
 * opinion may differ.
 */
import { C14N_10, C14N_10_COMMENTS, XPATH_TRANSFORM } from '../engine/algorithms/identifiers.ts';
import { algorithmByUri } from '../engine/algorithms/algorithm-table.ts';
import type { SourceRange } from '../engine/bytes/source-range.ts';
import { NO_NODE, NodeKind, type AttributeIndex, type NodeIndex, type XmlDocument } from '../engine/xml/document.ts';
import { DS, EC, MORE01, MORE07, XENC, XML } from '../engine/xml/namespaces.ts';
import {
  ancestors,
  attributeLocalName,
  attributeNamespaceUri,
  attributeQualifiedName,
  attributeRange,
  attributes,
  attributeText,
  attributeValue,
  childElements,
  childNodes,
  declaredPrefix,
  descendantElementsNamed,
  firstChildElement,
  isElement,
  isNamespaceDeclaration,
  localName,
  namespaceUri,
  startTagRange,
} from '../engine/xml/navigate.ts';

/** A measured defect of the library, or a reason of its own to stop that is none. */
export type DefectCode =
  | 'D1'
  | 'D2'
  | 'D3'
  | 'D4'
  | 'D5'
  | 'D6'
  | 'D7'
  | 'D8'
  | 'D9'
  | 'D10'
  | 'D11'
  | 'D12'
  | 'D13'
  | 'D14'
  | 'D15'
  | 'D16'
  | 'D18'
  | 'D21'
  /** xmldom's own: U+0085 and U+2028 become line feeds, as XML 1.1 has it. */
  | 'xmldom-line-ends'
  /** An algorithm that the library does not have; no defect. */
  | 'not-implemented'
  /** It was given no key and reads none from ds:KeyInfo; no defect. */
  | 'no-key';

/** A construct of the message that is known to make the library go wrong. */
export interface Trigger {
  readonly code: DefectCode;
  readonly range: SourceRange;
  /** A URI, prefix or name that says more. */
  readonly detail: string;
}

const ENVELOPED = `${DS}enveloped-signature`;
/** The library recurses; a stack overflow was measured at 5000, none at 2000 in Node. A browser's stack is smaller. */
const RECURSION_DEPTH = 1_000;

/** What the library can do; everything else makes it stop. */
const IMPLEMENTED: ReadonlySet<string> = new Set([
  ENVELOPED,
  `${DS}base64`,
  XPATH_TRANSFORM,
  C14N_10,
  C14N_10_COMMENTS,
  EC,
  `${EC}WithComments`,
  `${DS}sha1`,
  `${XENC}sha256`,
  `${MORE01}sha384`,
  `${XENC}sha512`,
  `${DS}rsa-sha1`,
  `${MORE01}rsa-sha256`,
  `${MORE01}rsa-sha384`,
  `${MORE01}rsa-sha512`,
  `${MORE07}rsa-pss`,
  `${MORE07}sha1-rsa-MGF1`,
  `${MORE07}sha256-rsa-MGF1`,
  `${MORE07}sha384-rsa-MGF1`,
  `${MORE07}sha512-rsa-MGF1`,
  `${MORE01}ecdsa-sha1`,
  `${MORE01}ecdsa-sha256`,
  `${MORE01}ecdsa-sha384`,
  `${MORE01}ecdsa-sha512`,
  `${DS}hmac-sha1`,
  `${MORE01}hmac-sha256`,
  `${MORE01}hmac-sha384`,
  `${MORE01}hmac-sha512`,
]);

const isInclusive = (uri: string | null) => uri !== null && uri.startsWith(C14N_10);
const isCanonicalization = (uri: string) => algorithmByUri(uri)?.kind === 'canonicalization';

/**
 * Every construct that is known to lead the library astray for one ds:Signature; `elementById` finds what a fragment
 * names.
 */
export function knownTriggers(
  document: XmlDocument,
  signature: NodeIndex,
  elementById: (id: string) => NodeIndex,
): readonly Trigger[] {
  const found: Trigger[] = [];
  const add = (code: DefectCode, node: NodeIndex, detail = '') =>
    found.push({ code, range: startTagRange(document, node), detail });
  const signedInfo = firstChildElement(document, signature, DS, 'SignedInfo');
  if (signedInfo === NO_NODE) return found;
  for (const [element, uri] of algorithmsIn(document, signedInfo)) {
    if (!IMPLEMENTED.has(uri)) add('not-implemented', element, uri);
  }

  for (const keyValue of descendantElementsNamed(document, signature, DS, 'KeyValue')) {
    for (const form of childElements(document, keyValue)) {
      if (!isElement(document, form, DS, 'RSAKeyValue') && !isElement(document, form, MORE01, 'ECDSAKeyValue')) {
        add('not-implemented', form, `${namespaceUri(document, form)} ${localName(document, form)}`);
      }
    }
  }
  const method = firstChildElement(document, signedInfo, DS, 'CanonicalizationMethod');
  if (method !== NO_NODE) {
    if (firstChildElement(document, method, EC, 'InclusiveNamespaces') !== NO_NODE) add('D6', method);
    if (
      isInclusive(attributeValue(document, method, '', 'Algorithm')) &&
      inclusiveContextMatters(document, signedInfo)
    ) {
      add('D8', signedInfo);
    }
  }
  for (const element of descendantElementsNamed(document, signature, DS, 'HMACOutputLength')) add('D18', element);
  for (const element of descendantElementsNamed(document, signedInfo, EC, 'InclusiveNamespaces')) {
    const list = attributeValue(document, element, '', 'PrefixList') ?? '';
    if (/(^|\s)#default(\s|$)|\s\s|^\s|\s$/.test(list)) add('D7', element, list);
  }
  for (const reference of descendantElementsNamed(document, signedInfo, DS, 'Reference')) {
    referenceTriggers(viewReference(document, signature, reference, elementById), add);
  }
  contentTriggers(document, found);
  return found;
}

function* algorithmsIn(document: XmlDocument, signedInfo: NodeIndex): Generator<readonly [NodeIndex, string]> {
  for (const local of ['CanonicalizationMethod', 'SignatureMethod', 'Transform', 'DigestMethod']) {
    for (const element of descendantElementsNamed(document, signedInfo, DS, local)) {
      yield [element, attributeValue(document, element, '', 'Algorithm') ?? ''];
    }
  }
}

/**
 * Canonical XML 1.0 inherits xml: attributes and all namespaces: whether ancestors or rebound prefixes make that
 * visible.
 */
function inclusiveContextMatters(document: XmlDocument, apex: NodeIndex): boolean {
  for (let at = document.parent[apex] ?? NO_NODE; at > 0; at = document.parent[at] ?? NO_NODE) {
    for (const attribute of attributes(document, at)) {
      if (attributeNamespaceUri(document, attribute) === XML) return true;
    }
  }
  const seen = new Map<string, string>();
  for (let at = apex; at > 0; at = document.parent[at] ?? NO_NODE) {
    for (const attribute of attributes(document, at)) {
      if (!isNamespaceDeclaration(document, attribute)) continue;
      const [prefix, uri] = [declaredPrefix(document, attribute), attributeText(document, attribute)];
      if (seen.has(prefix) && seen.get(prefix) !== uri) return true;
      seen.set(prefix, uri);
    }
  }
  for (let at = apex + 1; at < (document.next[apex] ?? 0); at++) {
    if (
      document.kind[at] === NodeKind.element &&
      attributes(document, at).some((attribute) => isNamespaceDeclaration(document, attribute))
    ) {
      return true;
    }
  }
  return false;
}

type Add = (code: DefectCode, node: NodeIndex, detail?: string) => void;

/** A ds:Reference, with what its defects are looked for in. */
interface ReferenceView {
  readonly document: XmlDocument;
  readonly signature: NodeIndex;
  readonly reference: NodeIndex;
  readonly uri: string | null;
  /** What follows `#`; empty where nothing does. */
  readonly fragment: string;
  /** The id that the fragment names. */
  readonly id: string;
  readonly target: NodeIndex;
  /** URIs of its transforms. */
  readonly transforms: readonly string[];
}

function viewReference(
  document: XmlDocument,
  signature: NodeIndex,
  reference: NodeIndex,
  elementById: (id: string) => NodeIndex,
): ReferenceView {
  const uri = attributeValue(document, reference, '', 'URI');
  const list = firstChildElement(document, reference, DS, 'Transforms');
  const transforms = list === NO_NODE ? [] : childElements(document, list);
  const fragment = uri?.startsWith('#') === true ? uri.slice(1) : '';
  const id = /^xpointer\(id\(['"]([^'"]*)['"]\)\)$/.exec(fragment)?.[1] ?? fragment;
  const whole = uri === '' || fragment === 'xpointer(/)';
  return {
    document,
    signature,
    reference,
    uri,
    fragment,
    id,
    target: whole ? document.root : fragment === '' ? NO_NODE : elementById(id),
    transforms: transforms.map((element) => attributeValue(document, element, '', 'Algorithm') ?? ''),
  };
}

function referenceTriggers(view: ReferenceView, add: Add): void {
  transformTriggers(view, add);
  if (view.uri !== null && view.uri !== '' && !view.uri.startsWith('#')) add('D12', view.reference, view.uri);
  if (view.uri === '') wholeDocumentTriggers(view, add);
  if (view.target !== NO_NODE) targetTriggers(view, add);
}

function transformTriggers({ reference, transforms }: ReferenceView, add: Add): void {
  if (transforms.includes(XPATH_TRANSFORM)) add('D4', reference);
  const others = transforms.filter((transform) => !isCanonicalization(transform));
  const first = transforms.findIndex(isCanonicalization);
  if ((first >= 0 && first < transforms.length - 1) || others.length > 1) add('D16', reference, transforms.join(' '));
}

function wholeDocumentTriggers({ document, signature, reference, transforms }: ReferenceView, add: Add): void {
  const outside = [...childNodes(document, 0)].some(
    (node) => node !== document.root && document.kind[node] !== NodeKind.text,
  );
  if (outside) add('D3', reference);
  if (transforms.includes(ENVELOPED) && document.parent[signature] !== document.root) add('D14', signature);
}

function targetTriggers({ document, signature, target, fragment, id, transforms }: ReferenceView, add: Add): void {
  const inside = childElements(document, target).filter((child) => isElement(document, child, DS, 'Signature'));
  if (transforms.includes(ENVELOPED) && inside.length > 1) add('D2', target);
  if (fragment !== '' && !hasPlainId(document, target, id)) add('D5', target, id);
  const comments = transforms.some((transform) => transform.endsWith('#WithComments'));
  if (fragment !== '' && comments && hasComment(document, target)) add('D13', target);
  const foreign = [target, ...ancestors(document, target)].some(
    (at) => at !== signature && isElement(document, at, DS, 'Signature'),
  );
  if (foreign) add('D15', target);
  const inclusive = transforms.some(isInclusive) || !transforms.some(isCanonicalization);
  if (inclusive && inclusiveContextMatters(document, target)) add('D8', target);
}

/** The library looks at Id, ID and id without a namespace only. */
function hasPlainId(document: XmlDocument, node: NodeIndex, id: string): boolean {
  return ['Id', 'ID', 'id'].some((name) => attributeValue(document, node, '', name) === id);
}

function hasComment(document: XmlDocument, node: NodeIndex): boolean {
  for (let at = node; at < (document.next[node] ?? 0); at++) if (document.kind[at] === NodeKind.comment) return true;
  return false;
}

/**
 * Constructs anywhere in the document that its canonicalizer or xmldom get wrong; the first place of each is enough.
 */
function contentTriggers(document: XmlDocument, found: Trigger[]): void {
  const seen = new Set<DefectCode>();
  const add: AddRange = (code, range, detail) => {
    if (!seen.has(code)) found.push({ code, range, detail });
    seen.add(code);
  };
  const ends: number[] = [];
  for (let node = 1; node < document.nodeCount; node++) {
    if (document.kind[node] !== NodeKind.element) continue;
    while (ends.length > 0 && node >= (ends.at(-1) ?? 0)) ends.pop();
    ends.push(document.next[node] ?? 0);
    if (ends.length > RECURSION_DEPTH) add('D21', startTagRange(document, node), String(ends.length));
    attributeTriggers(document, node, add);
  }
  lineEndTriggers(document, add);
}

type AddRange = (code: DefectCode, range: SourceRange, detail: string) => void;

function attributeTriggers(document: XmlDocument, node: NodeIndex, add: AddRange): void {
  const namespaces: string[] = [];
  for (const attribute of attributes(document, node)) {
    if (isNamespaceDeclaration(document, attribute)) {
      declarationTriggers(document, attribute, add);
      continue;
    }
    const name = attributeQualifiedName(document, attribute);
    const range = attributeRange(document, attribute);
    if (/xmlns:/.test(name)) add('D1', range, name);
    const uri = attributeNamespaceUri(document, attribute);
    const surrogate = /[\ud800-\udfff]/.test(attributeLocalName(document, attribute));
    if (surrogate || namespaces.some((other) => isPartOf(other, uri))) add('D10', range, name);
    namespaces.push(uri);
  }
}

/** Whether one of two different names begins with the other: then it compares what does not belong together. */
function isPartOf(a: string, b: string): boolean {
  return a !== b && a !== '' && b !== '' && (a.startsWith(b) || b.startsWith(a));
}

function declarationTriggers(document: XmlDocument, declaration: AttributeIndex, add: AddRange): void {
  const name = attributeQualifiedName(document, declaration);
  const range = attributeRange(document, declaration);
  const value = attributeText(document, declaration);
  if (name === 'xmlns' && value === '') add('D9', range, name);
  if (/[&<"\t\n\r]/.test(value)) add('D11', range, value);
  if (/[^\x20-\x7e]/.test(declaredPrefix(document, declaration))) add('D11', range, name);
}

/** NEL, LINE SEPARATOR and PARAGRAPH SEPARATOR in UTF-8: xmldom takes them for line ends. */
function lineEndTriggers(document: XmlDocument, add: AddRange): void {
  for (let at = 0; at + 1 < document.octets.length; at++) {
    const [a, b, c] = [document.octets[at], document.octets[at + 1], document.octets[at + 2]];
    if ((a === 0xc2 && b === 0x85) || (a === 0xe2 && b === 0x80 && (c === 0xa8 || c === 0xa9))) {
      add('xmldom-line-ends', document.range(at, at + 2), '');
      return;
    }
  }
}

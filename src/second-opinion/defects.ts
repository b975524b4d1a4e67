/**
 * The measured defects of xmldsigjs 2.8.8 (D1 to D21) by the construct in a message that triggers each: why a second
 * opinion may differ.
 */
import { C14N_10, C14N_10_COMMENTS, XPATH_TRANSFORM } from '../engine/algorithms/identifiers.ts';
import { algorithmByUri } from '../engine/algorithms/algorithm-table.ts';
import type { SourceRange } from '../engine/bytes/source-range.ts';
import { NO_NODE, NodeKind, type NodeIndex, type XmlDocument } from '../engine/xml/document.ts';
import { DS, EC, MORE01, MORE07, XENC, XML } from '../engine/xml/namespaces.ts';
import {
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
    referenceTriggers(document, signature, reference, elementById, add);
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

function referenceTriggers(
  document: XmlDocument,
  signature: NodeIndex,
  reference: NodeIndex,
  elementById: (id: string) => NodeIndex,
  add: Add,
): void {
  const uri = attributeValue(document, reference, '', 'URI');
  const list = firstChildElement(document, reference, DS, 'Transforms');
  const transforms =
    list === NO_NODE
      ? []
      : childElements(document, list).map((element) => attributeValue(document, element, '', 'Algorithm') ?? '');
  const enveloped = transforms.includes(ENVELOPED);
  if (transforms.includes(XPATH_TRANSFORM)) add('D4', reference);
  const others = transforms.filter((transform) => !isCanonicalization(transform));
  const canonicalizationFirst =
    transforms.findIndex(isCanonicalization) >= 0 && transforms.findIndex(isCanonicalization) < transforms.length - 1;
  if (canonicalizationFirst || others.length > 1) add('D16', reference, transforms.join(' '));
  if (uri !== null && uri !== '' && !uri.startsWith('#')) add('D12', reference, uri);
  const fragment = uri?.startsWith('#') ? uri.slice(1) : '';
  const id = /^xpointer\(id\(['"]([^'"]*)['"]\)\)$/.exec(fragment)?.[1] ?? fragment;
  const target = uri === '' || fragment === 'xpointer(/)' ? document.root : fragment === '' ? NO_NODE : elementById(id);
  if (uri === '') {
    const outside = [...childNodes(document, 0)].find(
      (node) => node !== document.root && document.kind[node] !== NodeKind.text,
    );
    if (outside !== undefined) add('D3', reference);
    if (enveloped && document.parent[signature] !== document.root) add('D14', signature);
  }
  if (target === NO_NODE) return;
  if (
    enveloped &&
    childElements(document, target).filter((child) => isElement(document, child, DS, 'Signature')).length > 1
  ) {
    add('D2', target);
  }
  if (fragment !== '' && !hasPlainId(document, target, id)) add('D5', target, id);
  if (
    fragment !== '' &&
    transforms.some((transform) => transform.endsWith('#WithComments')) &&
    hasComment(document, target)
  ) {
    add('D13', target);
  }
  for (let at = target; at > 0; at = document.parent[at] ?? NO_NODE) {
    if (isElement(document, at, DS, 'Signature') && at !== signature) {
      add('D15', target);
      break;
    }
  }
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
  const add = (code: DefectCode, range: SourceRange, detail: string) => {
    if (!seen.has(code)) found.push({ code, range, detail });
    seen.add(code);
  };
  const ends: number[] = [];
  for (let node = 1; node < document.nodeCount; node++) {
    if (document.kind[node] !== NodeKind.element) continue;
    while (ends.length > 0 && node >= (ends.at(-1) ?? 0)) ends.pop();
    ends.push(document.next[node] ?? 0);
    if (ends.length > RECURSION_DEPTH) add('D21', startTagRange(document, node), String(ends.length));
    const foreign: string[] = [];
    for (const attribute of attributes(document, node)) {
      const name = attributeQualifiedName(document, attribute);
      const range = attributeRange(document, attribute);
      if (isNamespaceDeclaration(document, attribute)) {
        const value = attributeText(document, attribute);
        if (name === 'xmlns' && value === '') add('D9', range, name);
        if (/[&<"\t\n\r]/.test(value)) add('D11', range, value);
        if (/[^\x20-\x7e]/.test(declaredPrefix(document, attribute))) add('D11', range, name);
        continue;
      }
      if (/xmlns:/.test(name)) add('D1', range, name);
      if (/[\ud800-\udfff]/.test(attributeLocalName(document, attribute))) add('D10', range, name);
      const uri = attributeNamespaceUri(document, attribute);
      if (
        foreign.some(
          (other) => other !== uri && uri !== '' && other !== '' && (other.startsWith(uri) || uri.startsWith(other)),
        )
      ) {
        add('D10', range, name);
      }
      foreign.push(uri);
    }
  }
  for (let at = 0; at + 1 < document.octets.length; at++) {
    const [a, b, c] = [document.octets[at], document.octets[at + 1], document.octets[at + 2]];
    if ((a === 0xc2 && b === 0x85) || (a === 0xe2 && b === 0x80 && (c === 0xa8 || c === 0xa9))) {
      add('xmldom-line-ends', document.range(at, at + 2), '');
      break;
    }
  }
}

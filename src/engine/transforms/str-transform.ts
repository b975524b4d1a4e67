/**
 * The STR-Transform: replaces a wsse:SecurityTokenReference by the token it stands for (SMS §8.3). Where the
 * specification leaves a choice, the octets are those of WSS4J, the one that the field signs with.
 */
import { encodeBase64 } from '../bytes/base64.ts';
import type { OriginMap } from '../bytes/origin-map.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { canonicalize } from '../canonicalization/canonicalize.ts';
import { readCanonicalizationMethod } from '../canonicalization/parse-canonicalization-method.ts';
import type { CanonicalizationMethod } from '../canonicalization/canonicalize-types.ts';
import type { IdIndex } from '../references/id-index.ts';
import { spliceOctets, splicedMap } from '../splice/octet-splice.ts';
import { type NodeIndex, type XmlDocument, NO_NODE, NodeKind } from '../xml/document.ts';
import {
  attributes,
  attributeValue,
  childElements,
  declaredPrefix,
  elementPath,
  firstChildElement,
  isElement,
  isNamespaceDeclaration,
  nodeRange,
  textContent,
  declaredNamespace,
  parentOf,
} from '../xml/navigate.ts';
import { DS, SAML_PROFILE_10, SAML_PROFILE_11, WSSE, X509_PROFILE } from '../xml/namespaces.ts';
import { subtreeSet } from './node-sets.ts';
import type { DereferencedToken, TransformContext, TransformValue } from './transform-types.ts';
import { canonicalizationNotRun, stopped, type TransformOutcome } from './transform-outcome.ts';

const X509V3 = `${X509_PROFILE}#X509v3`;
const SAML_KEY_IDENTIFIERS: ReadonlySet<string> = new Set([
  `${SAML_PROFILE_10}#SAMLAssertionID`,
  `${SAML_PROFILE_11}#SAMLID`,
]);

/** Canonical octets with `xmlns=""` in the apex's start tag where no default namespace is declared there. */
export interface TokenOctets {
  readonly octets: Uint8Array;
  origin(): OriginMap;
}

/** STR-Transform over a node-set (SMS §8.3). */
export function strTransform(
  input: TransformValue & { readonly type: 'nodes' },
  element: NodeIndex,
  context: TransformContext,
): TransformOutcome {
  const { set } = input;
  const str = set.type === 'subtree' ? set.apex : NO_NODE;
  if (str === NO_NODE || !isElement(set.document, str, WSSE, 'SecurityTokenReference')) {
    return stopped('failed', 'str-transform-not-on-reference', {
      element: str === NO_NODE ? '' : elementPath(set.document, str),
    });
  }
  const method = transformationMethod(element, context);
  if ('status' in method) return method;
  if (set.document !== context.document) {
    return stopped('unsupported', 'str-transform-not-on-reference', { element: elementPath(set.document, str) });
  }

  const token = tokenOf(str, context);
  if (token.type === 'refused') {
    return stopped(
      'refused',
      'dup-id',
      { uri: `#${token.id}`, id: token.id, count: token.ranges.length },
      token.ranges,
    );
  }
  if (token.type === 'missing') {
    return stopped(
      'missing',
      'str-token-not-found',
      { reason: token.reason, reference: elementPath(set.document, str) },
      [nodeRange(set.document, str)],
    );
  }
  if (token.type === 'certificate') {
    const octets = synthesisedToken(context.document, str, token.der, token.valueType);
    context.budget.spend('derivedOctets', octets.length);
    return { status: 'done', value: { type: 'octets', octets, space: null, origin: null }, replaces: true };
  }
  const { octets, origin } = tokenOctets(token.document, token.node, method, context);
  return {
    status: 'done',
    value: { type: 'octets', octets, space: null, origin },
    replaces: true,
    covers: token.document === context.document ? [token.node] : [],
  };
}

/** wsse:TransformationParameters/ds:CanonicalizationMethod, which must be there (SMS §8.3, BSP R3065). */
function transformationMethod(
  element: NodeIndex,
  context: TransformContext,
): CanonicalizationMethod | TransformOutcome {
  const { document } = context;
  const parameters = firstChildElement(document, element, WSSE, 'TransformationParameters');
  const method =
    parameters === NO_NODE ? NO_NODE : firstChildElement(document, parameters, DS, 'CanonicalizationMethod');
  if (method === NO_NODE) {
    return stopped('failed', 'str-transform-parameters-missing', {}, [nodeRange(document, element)]);
  }
  const parsed = readCanonicalizationMethod(document, method, context.budget);
  return parsed.problem === null ? parsed.method : canonicalizationNotRun(parsed.problem);
}

type TokenFound =
  | DereferencedToken
  | { readonly type: 'refused'; readonly id: string; readonly ranges: ReturnType<typeof nodeRange>[] };

/**
 * Forms that name a token in the document are followed here; key identifiers and issuer-serial need keys and go to the
 * rooms above.
 */
function tokenOf(str: NodeIndex, context: TransformContext): TokenFound {
  const { document, ids } = context;
  const reference = firstChildElement(document, str, WSSE, 'Reference');
  if (reference !== NO_NODE) {
    const uri = attributeValue(document, reference, '', 'URI') ?? '';
    const found = uri.startsWith('#') ? byId(document, ids, uri.slice(1)) : null;
    if (found !== null) return found;
  }
  const embedded = firstChildElement(document, str, WSSE, 'Embedded');
  if (embedded !== NO_NODE) {
    const [token] = childElements(document, embedded);
    if (token !== undefined) return { type: 'node', document, node: token };
  }
  const identifier = firstChildElement(document, str, WSSE, 'KeyIdentifier');
  if (identifier !== NO_NODE && SAML_KEY_IDENTIFIERS.has(attributeValue(document, identifier, '', 'ValueType') ?? '')) {
    const found = byId(document, ids, textContent(document, identifier).trim());
    if (found !== null) return found;
  }
  return context.dereferenceToken(str);
}

function byId(document: XmlDocument, ids: IdIndex, id: string): TokenFound | null {
  const entries = ids.lookup(id);
  const [first] = entries;
  if (first === undefined) return null;
  if (entries.length > 1) {
    return { type: 'refused', id, ranges: entries.slice(0, 10).map((entry) => nodeRange(document, entry.element)) };
  }
  return { type: 'node', document, node: first.element };
}

/**
 * The canonical octets of a token in a document. The apex always declares a default namespace, `xmlns=""` if none is
 * in scope; under exclusive canonicalization one in scope is written too, as WSS4J does with `#default`.
 */
function tokenOctets(
  document: XmlDocument,
  token: NodeIndex,
  method: CanonicalizationMethod,
  context: Pick<TransformContext, 'budget'>,
): TokenOctets {
  const inclusivePrefixes =
    method.family === 'exclusive-1.0' && !method.inclusivePrefixes.includes('')
      ? ['', ...method.inclusivePrefixes]
      : method.inclusivePrefixes;
  const canonical = canonicalize(subtreeSet(document, token, true), { ...method, inclusivePrefixes }, context.budget);
  const nameEnd = startTagNameEnd(canonical.octets);
  const declared = encodeUtf8(' xmlns="');
  if (nameEnd < 0 || declared.every((octet, index) => canonical.octets[nameEnd + index] === octet)) return canonical;
  const splices = [{ start: nameEnd, end: nameEnd, octets: encodeUtf8(' xmlns=""') }];
  return {
    octets: spliceOctets(canonical.octets, splices),
    origin: () => splicedMap(canonical.origin(), canonical.octets.length, splices),
  };
}

/** A canonical start tag's name ends at a space or at `>`; a default namespace declaration follows it directly. */
function startTagNameEnd(octets: Uint8Array): number {
  if (octets[0] !== 0x3c) return -1;
  let at = 1;
  while (at < octets.length && octets[at] !== 0x20 && octets[at] !== 0x3e) at += 1;
  return at < octets.length ? at : -1;
}

/**
 * The wsse:BinarySecurityToken that stands for a certificate named by identifier, in canonical form: the prefix that
 * the reference's context has for the namespace (`wsse` where there is none), base64 without line breaks, ValueType and
 * no EncodingType.
 */
function synthesisedToken(document: XmlDocument, str: NodeIndex, der: Uint8Array, valueType: string): Uint8Array {
  const prefix = nearestPrefix(document, str, WSSE) ?? 'wsse';
  const type = valueType.startsWith(X509_PROFILE) && !valueType.endsWith('SubjectKeyIdentifier') ? valueType : X509V3;
  return encodeUtf8(
    `<${prefix}:BinarySecurityToken xmlns="" xmlns:${prefix}="${WSSE}" ` +
      `ValueType="${type}">${encodeBase64(der)}</${prefix}:BinarySecurityToken>`,
  );
}

/** The prefix declared for `uri` on the nearest element; the first by name where one element declares several. */
function nearestPrefix(document: XmlDocument, node: NodeIndex, uri: string): string | null {
  for (let at = node; at > 0 && document.kind[at] === NodeKind.element; at = parentOf(document, at)) {
    const prefixes = attributes(document, at)
      .filter(
        (attribute) => isNamespaceDeclaration(document, attribute) && declaredNamespace(document, attribute) === uri,
      )
      .map((attribute) => declaredPrefix(document, attribute))
      .filter((prefix) => prefix !== '');
    const [first] = prefixes.sort();
    if (first !== undefined) return first;
  }
  return null;
}

/** wsse:SecurityTokenReference: direct, by key identifier, embedded, by issuer and serial, by name (SMS 1.1 §7). */
import type { BspRule } from '../bsp/rules.ts';
import { trimXml } from '../xml/characters.ts';
import {
  DS,
  KERBEROS_PROFILE,
  SAML1,
  SAML2,
  SAML_PROFILE_10,
  SAML_PROFILE_11,
  SMS11,
  WSSE,
  WSSE11,
  WSSE_DRAFTS,
  X509_PROFILE,
  XENC,
} from '../xml/namespaces.ts';
import { tokenKind } from '../tokens/read-tokens.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  descendantElementsNamed,
  isElement,
  localName,
  namespaceUri,
  nodeRange,
  textContent,
} from '../xml/navigate.ts';
import { identifierOctets, type CertificateIdentifier } from './certificate-identifier.ts';
import { addBinaryCertificate, searchCertificate } from './certificate-search.ts';
import type { KeySearch } from './key-search.ts';
import type { KeyResolutionContext } from './key-resolution-types.ts';
import { nearMisses } from '../references/near-misses.ts';
import { deriveImplied, impliedDerivation } from './implied-derived-key.ts';
import { addKerberosKey, kerberosTokenOf } from './kerberos-key.ts';
import { addByEncryptedKeySha1, addSecretsNamed } from './secrets.ts';

/** One key identifier by what its ValueType says. */
export type KeyIdentifier =
  | { readonly kind: 'certificate'; readonly how: string; readonly identifier: CertificateIdentifier }
  | { readonly kind: 'encrypted-key-sha1'; readonly text: string }
  | { readonly kind: 'saml'; readonly id: string }
  | { readonly kind: 'kerberos'; readonly text: string }
  | { readonly kind: 'unknown'; readonly valueType: string | null; readonly text: string };

/** What the profiles define, letter for letter, and WSS4J's identifier that is the certificate itself. */
const IDENTIFIER_TYPES: ReadonlySet<string> = new Set([
  `${X509_PROFILE}#X509SubjectKeyIdentifier`,
  `${X509_PROFILE}#X509v3`,
  `${X509_PROFILE}#X509v1`,
  `${SMS11}#ThumbprintSHA1`,
  `${SMS11}#EncryptedKeySHA1`,
  `${SAML_PROFILE_10}#SAMLAssertionID`,
  `${SAML_PROFILE_11}#SAMLID`,
]);

/**
 * Reads a wsse:KeyIdentifier by the last part of its ValueType, so that a misspelt one is still read. A missing
 * ValueType is guessed from the length: 20 octets are an SKI, more are a certificate.
 */
export function readKeyIdentifier(document: XmlDocument, node: NodeIndex): KeyIdentifier {
  const valueType = attributeValue(document, node, '', 'ValueType');
  const text = trimXml(textContent(document, node));
  const octets = identifierOctets(text);
  const last = valueType === null ? '' : valueType.slice(valueType.lastIndexOf('#') + 1).trim();
  switch (last) {
    case 'X509SubjectKeyIdentifier':
      return { kind: 'certificate', how: 'ski', identifier: { form: 'ski', text, octets } };
    case 'ThumbprintSHA1':
      return { kind: 'certificate', how: 'thumbprint', identifier: { form: 'thumbprint', text, octets } };
    case 'X509v3':
    case 'X509v1':
      return { kind: 'certificate', how: 'x509-keyid', identifier: { form: 'certificate', text, octets } };
    case 'EncryptedKeySHA1':
      return { kind: 'encrypted-key-sha1', text };
    case 'SAMLAssertionID':
    case 'SAMLID':
      return { kind: 'saml', id: text };
    default:
  }
  if (valueType?.startsWith(KERBEROS_PROFILE) || /APREQ/i.test(last)) return { kind: 'kerberos', text };
  if (valueType === null && octets !== null && octets.length === 20) {
    return { kind: 'certificate', how: 'ski', identifier: { form: 'ski', text, octets } };
  }
  if (valueType === null && octets !== null && octets.length > 64) {
    return { kind: 'certificate', how: 'x509-keyid', identifier: { form: 'certificate', text, octets } };
  }
  return { kind: 'unknown', valueType, text };
}

/** The assertion with that id, by its own attribute. */
export function assertionById(document: XmlDocument, id: string): NodeIndex | null {
  for (const [uri, attribute] of [
    [SAML2, 'ID'],
    [SAML1, 'AssertionID'],
  ] as const) {
    for (const node of descendantElementsNamed(document, 0, uri, 'Assertion')) {
      if (attributeValue(document, node, '', attribute) === id) return node;
    }
  }
  return null;
}

/** What a same-document reference leads to. */
export type ReferenceTarget =
  | { readonly status: 'found'; readonly node: NodeIndex }
  | {
      readonly status: 'none';
      readonly reason: 'no-uri' | 'dangling' | 'duplicate' | 'missing-hash' | 'external';
      readonly near: NodeIndex | null;
      readonly nearKind: string | null;
    };

/** Follows the URI of a reference within the document. `near` is the element that was plainly meant. */
export function followReference(context: KeyResolutionContext, uri: string | null): ReferenceTarget {
  const none = (
    reason: 'no-uri' | 'dangling' | 'duplicate' | 'missing-hash' | 'external',
    near: NodeIndex | null = null,
    nearKind: string | null = null,
  ): ReferenceTarget => ({ status: 'none', reason, near, nearKind });
  if (uri === null || uri === '') return none('no-uri');
  if (!uri.startsWith('#')) {
    const entry = context.ids.lookup(uri)[0];
    return entry ? none('missing-hash', entry.element, 'missing-hash') : none('external');
  }
  const id = uri.slice(1);
  const entries = context.ids.lookup(id);
  if (entries.length > 1) return none('duplicate');
  const entry = entries[0];
  if (entry) return { status: 'found', node: entry.element };
  const near = nearMisses(id, context)[0];
  return none('dangling', near?.element ?? null, near?.kind ?? null);
}

/** ValueTypes that a Reference or TokenType may give for a token, by the last part of the URI. */
const TYPES_OF: Readonly<Record<string, readonly string[]>> = {
  UsernameToken: ['UsernameToken'],
  EncryptedKey: ['EncryptedKey'],
  DerivedKeyToken: ['dk'],
  SecurityContextToken: ['sct'],
  SAMLAssertion: ['SAMLV1.1', 'SAMLV2.0', 'SAMLAssertionID', 'SAMLID'],
};

function lastPart(uri: string): string {
  return uri.slice(Math.max(uri.lastIndexOf('#'), uri.lastIndexOf('/')) + 1);
}

function checkType(search: KeySearch, reference: NodeIndex, target: NodeIndex): void {
  const { document } = search.context;
  const stated = attributeValue(document, reference, '', 'ValueType');
  const kind = tokenKind(document, target);
  if (stated === null || kind === null) return;
  const actual = kind === 'BinarySecurityToken' ? attributeValue(document, target, '', 'ValueType') : null;
  // A token's own type is compared as it is written; the names of the other tokens have changed between versions of
  // their profiles.
  const same =
    kind === 'BinarySecurityToken'
      ? actual === null || actual === stated
      : (TYPES_OF[kind]?.includes(lastPart(stated)) ?? true);
  if (same) return;
  search.find('keyid-type-unexpected', 'warning', reference, {
    stated,
    actual: actual ?? kind,
    rule: 'R3058' satisfies BspRule,
  });
}

/** Goes on to a token; a reference to a reference is refused (BSP R3056, R3057), so that no chain can be long. */
function follow(search: KeySearch, from: NodeIndex, target: NodeIndex, rule: BspRule & ('R3056' | 'R3057')): void {
  if (tokenKind(search.context.document, target) === 'SecurityTokenReference') {
    search.find(rule, 'error', from, {}, 'wsse:InvalidSecurity');
    search.miss('reference-to-reference', {});
  } else search.visit(target);
}

/** The element of the request with that id; CXF leaves out the `#` before one of another message. */
function uniqueId({ ids }: KeyResolutionContext, uri: string): NodeIndex | null {
  const [entry, second] = ids.lookup(uri.startsWith('#') ? uri.slice(1) : uri);
  return entry === undefined || second !== undefined ? null : entry.element;
}

function resolveDirect(search: KeySearch, reference: NodeIndex, tokenType: string | null): void {
  const { context } = search;
  const uri = attributeValue(context.document, reference, '', 'URI');
  const valueType = attributeValue(context.document, reference, '', 'ValueType');
  const target = followReference(context, uri);
  if (target.status === 'found') {
    checkType(search, reference, target.node);
    follow(search, reference, target.node, 'R3057');
    return;
  }
  const meant = uri !== null && target.near === null;
  if (meant && search.visitRequest(reference, (request) => uniqueId(request, uri))) return;
  if (target.reason === 'external' && uri !== null) {
    resolveExternal(search, reference, uri, valueType);
    return;
  }
  if (target.reason === 'duplicate') {
    const entries = context.ids.lookup((uri ?? '').slice(1));
    search.findings.push({
      code: 'dup-id',
      severity: 'error',
      ranges: entries.map((entry) => nodeRange(context.document, entry.element)),
      data: { id: (uri ?? '').slice(1), count: entries.length },
      fault: 'wsse:InvalidSecurity',
    });
    search.miss('dup-id', { uri });
    return;
  }
  const aboutKey = /EncryptedKey/.test(`${valueType ?? ''}${tokenType ?? ''}`);
  const data = {
    reason: target.reason,
    uri,
    valueType,
    near: target.near === null ? null : localName(context.document, target.near),
    nearKind: target.nearKind,
  };
  if (aboutKey && target.near === null) {
    search.miss('encryptedkey-missing', data);
    search.find('encryptedkey-missing', 'error', reference, data, 'wsse:SecurityTokenUnavailable');
    return;
  }
  search.findings.push({
    code: 'bst-reference-broken',
    severity: 'error',
    data,
    fault: 'wsse:SecurityTokenUnavailable',
    ranges: [
      nodeRange(context.document, reference),
      ...(target.near === null ? [] : [nodeRange(context.document, target.near)]),
    ],
  });
  search.miss('bst-reference-broken', data);
  if (target.near !== null) leaveNear(search, target.near);
}

/** Lists the keys of the token that was plainly meant, without taking them: a receiver would not find them. */
function leaveNear(search: KeySearch, near: NodeIndex): void {
  const inner = search.nested(search.purpose, near);
  for (const one of inner.candidates) search.candidates.push({ ...one, taken: false, reason: 'reference-broken' });
}

/** A URI that names something outside the message: a security context, or a token that must be given. */
function resolveExternal(search: KeySearch, reference: NodeIndex, uri: string, valueType: string | null): void {
  const { context } = search;
  const context1 = context.tokens.find(
    (token) => token.kind === 'SecurityContextToken' && token.data['identifier'] === uri,
  );
  if (context1) {
    search.visit(context1.node);
    return;
  }
  const kept = context.answered?.secrets.get(uri);
  if (kept) {
    search.add({ from: 'request', how: 'security-context', secret: kept, taken: true, reason: 'known-from-request' });
    return;
  }
  if (search.purpose !== 'verify') {
    addSecretsNamed(search, [uri], 'security-context', reference);
    return;
  }
  const data = { reason: 'external', uri, valueType, near: null, nearKind: null };
  search.miss('bst-reference-broken', data);
  search.find('bst-reference-broken', 'error', reference, data, 'wsse:SecurityTokenUnavailable');
}

function resolveKeyIdentifier(search: KeySearch, node: NodeIndex): void {
  const { document } = search.context;
  const identifier = readKeyIdentifier(document, node);
  const valueType = attributeValue(document, node, '', 'ValueType');
  if (valueType === null) search.find('R3054' satisfies BspRule, 'error', node, {});
  else if (identifier.kind !== 'unknown' && identifier.kind !== 'kerberos' && !IDENTIFIER_TYPES.has(valueType)) {
    search.find(
      'keyid-type-unexpected',
      'error',
      node,
      { stated: valueType, actual: null },
      'wsse:UnsupportedSecurityToken',
    );
  }
  switch (identifier.kind) {
    case 'certificate':
      if (identifier.how === 'x509-keyid') resolveWholeCertificate(search, node, identifier.identifier);
      else searchCertificate(search, identifier.identifier, node, identifier.how);
      return;
    case 'encrypted-key-sha1':
      addByEncryptedKeySha1(search, identifier.text, node);
      return;
    case 'saml': {
      const assertion = assertionById(document, identifier.id);
      if (assertion !== null) {
        search.visit(assertion);
        return;
      }
      if (search.visitRequest(node, (request) => assertionById(request.document, identifier.id))) return;
      search.miss('id-not-found', { id: identifier.id });
      search.find(
        'id-not-found',
        'error',
        node,
        { id: identifier.id, of: 'Assertion' },
        'wsse:SecurityTokenUnavailable',
      );
      return;
    }
    case 'kerberos':
      addKerberosKey(search, node, kerberosTokenOf(search, identifier.text), [identifier.text]);
      return;
    case 'unknown': {
      // Some stacks name a secret by an identifier of their own; a given secret of that name answers.
      const named =
        search.purpose !== 'verify' &&
        search.context.keys.some((entry) => entry.secret !== null && entry.name === identifier.text);
      if (named) addSecretsNamed(search, [identifier.text], 'key-identifier', node);
      else {
        search.find(
          'keyid-type-unexpected',
          'error',
          node,
          { stated: identifier.valueType, actual: null },
          'wsse:UnsupportedSecurityToken',
        );
        search.miss('keyid-type-unexpected', { valueType: identifier.valueType });
      }
    }
  }
}

/** A KeyIdentifier that holds the whole certificate: WSS4J's X509KeyIdentifier, in no profile. */
function resolveWholeCertificate(search: KeySearch, node: NodeIndex, identifier: CertificateIdentifier): void {
  search.find('R5206' satisfies BspRule, 'note', node, {
    valueType: attributeValue(search.context.document, node, '', 'ValueType'),
  });
  addBinaryCertificate(search, node, identifier.form === 'certificate' ? identifier.octets : null, 'x509-keyid');
}

/** Resolves one wsse:SecurityTokenReference. */
export function resolveSecurityTokenReference(search: KeySearch, node: NodeIndex): void {
  const { document } = search.context;
  const children = childElements(document, node);
  const tokenType = attributeValue(document, node, WSSE11, 'TokenType');
  if (children.length === 0) {
    search.find(
      'keyinfo-missing-or-empty',
      'error',
      node,
      { element: 'SecurityTokenReference' },
      'wsse:InvalidSecurity',
    );
    search.miss('keyinfo-missing-or-empty', { element: 'SecurityTokenReference' });
    return;
  }
  if (children.length > 1) search.find('R3061' satisfies BspRule, 'warning', node, { count: children.length });
  const implied = search.purpose === 'verify' ? null : impliedDerivation(document, node);
  const first = search.candidates.length;
  for (const child of children) {
    const wsse = namespaceUri(document, child) === WSSE || WSSE_DRAFTS.has(namespaceUri(document, child));
    if (wsse && localName(document, child) === 'Reference') resolveDirect(search, child, tokenType);
    else if (wsse && localName(document, child) === 'KeyIdentifier') resolveKeyIdentifier(search, child);
    else if (wsse && localName(document, child) === 'Embedded') {
      for (const inner of childElements(document, child)) follow(search, child, inner, 'R3056');
    } else if (
      namespaceUri(document, child) === DS ||
      isElement(document, child, XENC, 'EncryptedKey') ||
      tokenKind(document, child) !== null
    ) {
      search.visit(child);
    } else search.find('keyid-type-unexpected', 'warning', child, { stated: localName(document, child), actual: null });
  }
  if (implied !== null) deriveImplied(search, node, implied, first);
}

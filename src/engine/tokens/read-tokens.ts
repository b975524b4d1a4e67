/** Reads every token of a Security header, or of a document without one, in document order (SMS 1.1 §6). */
import type { Budget } from '../bytes/budget.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import {
  DS,
  SAML1,
  SAML1P,
  SAML2,
  SAML2P,
  WSC_2005,
  WSC_2005_12,
  WSSE,
  WSSE11,
  WSSE_DRAFTS,
  WSU,
  XENC,
} from '../xml/namespaces.ts';
import type { IdIndex } from '../references/id-index.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import type { Certificate } from '../certificates/certificate.ts';
import type { CertificateMemory } from '../certificates/certificate-memory.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { childElements, isElement, localName, namespaceUri, nodeRange, qualifiedName } from '../xml/navigate.ts';
import { binarySecurityTokenData, readBinarySecurityToken } from './binary-security-token.ts';
import { derivedKeyTokenData, readDerivedKeyToken } from './derived-key-token.ts';
import { embeddedTokens } from './embedded-tokens.ts';
import { encryptedKeyData, readEncryptedKey } from './encrypted-key.ts';
import { isAssertion, readSamlAssertion, samlAssertionData } from './saml-assertion.ts';
import { readSecurityContextToken, securityContextTokenData } from './security-context-token.ts';
import { isSignatureConfirmation, readSignatureConfirmation } from './signature-confirmation.ts';
import { readTimestamp, timestampData } from './timestamp.ts';
import type { Token, TokenKind } from './token.ts';
import { readUsernameToken, usernameTokenData } from './username-token.ts';

/** Header children that are not tokens and are processed elsewhere. */
const NOT_TOKENS: ReadonlySet<string> = new Set([`${DS} Signature`, `${XENC} EncryptedData`, `${XENC} ReferenceList`]);

function isWsse(uri: string): boolean {
  return uri === WSSE || WSSE_DRAFTS.has(uri);
}

/** The kind of an element by its name, or null where it is no token. */
export function tokenKind(document: XmlDocument, node: NodeIndex): TokenKind | null {
  const uri = namespaceUri(document, node);
  const local = localName(document, node);
  if (uri === WSU && local === 'Timestamp') return 'Timestamp';
  if (
    isWsse(uri) &&
    (local === 'UsernameToken' || local === 'BinarySecurityToken' || local === 'SecurityTokenReference')
  ) {
    return local;
  }
  if (isAssertion(document, node) || ((uri === SAML2 || uri === SAML1) && local === 'EncryptedAssertion')) {
    return 'SAMLAssertion';
  }
  if ((uri === WSC_2005 || uri === WSC_2005_12) && (local === 'SecurityContextToken' || local === 'DerivedKeyToken')) {
    return local;
  }
  if (isSignatureConfirmation(document, node)) return 'SignatureConfirmation';
  if (uri === XENC && local === 'EncryptedKey') return 'EncryptedKey';
  return null;
}

/** What reading tokens needs of the run. */
export interface TokenPorts {
  readonly crypto: CryptoProvider;
  readonly certificates: CertificateMemory;
  readonly budget: Budget;
}

interface Reading {
  readonly valueType: string | null;
  readonly data: Data;
  readonly certificates?: readonly Certificate[];
  readonly problems?: readonly FindingDraft[];
  readonly id?: string | null;
}

function readByKind(
  kind: TokenKind,
  document: XmlDocument,
  node: NodeIndex,
  { crypto, certificates }: TokenPorts,
): Reading {
  switch (kind) {
    case 'Timestamp': {
      const timestamp = readTimestamp(document, node);
      return { valueType: null, data: timestampData(timestamp), problems: timestamp.problems };
    }
    case 'UsernameToken': {
      const token = readUsernameToken(document, node);
      return { valueType: token.passwordType, data: usernameTokenData(token), problems: token.problems };
    }
    case 'BinarySecurityToken': {
      const token = readBinarySecurityToken(document, node, certificates);
      return {
        valueType: token.valueType,
        data: binarySecurityTokenData(token),
        certificates: token.certificates,
        problems: token.problems,
      };
    }
    case 'SAMLAssertion': {
      if (localName(document, node) === 'EncryptedAssertion') {
        return { valueType: 'EncryptedAssertion', data: { encrypted: true } };
      }
      const assertion = readSamlAssertion(document, node);
      return {
        valueType: `SAML ${assertion.version}`,
        data: samlAssertionData(assertion),
        problems: assertion.problems,
        id: assertion.id,
      };
    }
    case 'SecurityContextToken':
      return {
        valueType: namespaceUri(document, node),
        data: securityContextTokenData(readSecurityContextToken(document, node)),
      };
    case 'DerivedKeyToken': {
      const token = readDerivedKeyToken(document, node);
      return { valueType: token.algorithm, data: derivedKeyTokenData(token), problems: token.problems };
    }
    case 'SignatureConfirmation':
      return { valueType: null, data: { value: readSignatureConfirmation(document, node).value } };
    case 'EncryptedKey': {
      const token = readEncryptedKey(document, node, crypto);
      return { valueType: token.method, data: encryptedKeyData(token) };
    }
    default:
      return {
        valueType: null,
        data: { element: qualifiedName(document, node), namespace: namespaceUri(document, node) },
      };
  }
}

/** Reads one element as the token it is; `unknown` for any other element. */
function readToken(
  document: XmlDocument,
  node: NodeIndex,
  header: NodeIndex | null,
  ids: IdIndex,
  ports: TokenPorts,
): Token {
  const kind = tokenKind(document, node) ?? 'unknown';
  const reading = readByKind(kind, document, node, ports);
  const certificates = reading.certificates ?? [];
  return {
    kind,
    node,
    id: reading.id ?? ids.idOf(node),
    valueType: reading.valueType,
    data: reading.data,
    certificates,
    header,
    problems: reading.problems ?? [],
  };
}

/** Elements that WS-Security knows, in a namespace that is not theirs: a draft's, none, or a misspelt one. */
function strayName(document: XmlDocument, node: NodeIndex): FindingDraft | null {
  const uri = namespaceUri(document, node);
  const expected: Readonly<Record<string, string>> = {
    Timestamp: WSU,
    UsernameToken: WSSE,
    BinarySecurityToken: WSSE,
    SecurityTokenReference: WSSE,
    Signature: DS,
    EncryptedKey: XENC,
    EncryptedData: XENC,
    ReferenceList: XENC,
    SignatureConfirmation: WSSE11,
    Assertion: SAML2,
  };
  const local = localName(document, node);
  const meant = Object.hasOwn(expected, local) ? expected[local] : undefined;
  if (meant === undefined || uri === meant) return null;
  return {
    code: 'signature-not-in-ds-namespace',
    severity: 'error',
    ranges: [nodeRange(document, node)],
    data: { element: local, namespace: uri, expected: meant, meant: WSSE_DRAFTS.get(uri) ?? 'unknown namespace' },
  };
}

/** Where tokens stand when there is no Security header: the root itself, or assertions in a SAML response. */
function documentTokens(document: XmlDocument): NodeIndex[] {
  const root = document.root;
  if (root === NO_NODE) return [];
  if (tokenKind(document, root) === 'SAMLAssertion') return [root];
  if (!isElement(document, root, SAML2P, 'Response') && !isElement(document, root, SAML1P, 'Response')) return [];
  return childElements(document, root).filter((child) => tokenKind(document, child) === 'SAMLAssertion');
}

/**
 * Every token that is a child of `header` or embedded in one, in document order; with `header` null those of a document without SOAP.
 * Unknown children are listed as `unknown`; signatures and encrypted data are not tokens and are left out.
 * @throws {BudgetExceeded} for more tokens or certificates than the run may have
 */
export function readTokens(document: XmlDocument, header: NodeIndex | null, ids: IdIndex, ports: TokenPorts): Token[] {
  const nodes =
    header === null
      ? documentTokens(document)
      : childElements(document, header).flatMap((child) => [child, ...embeddedTokens(document, child)]);
  const tokens: Token[] = [];
  for (const node of nodes) {
    if (NOT_TOKENS.has(`${namespaceUri(document, node)} ${localName(document, node)}`)) continue;
    const token = readToken(document, node, header, ids, ports);
    ports.budget.spend('tokens', 1, document.start[node] ?? -1);
    const count = token.certificates.length;
    if (count > 0) ports.budget.spend('certificatesInMessage', count, document.start[node] ?? -1);
    const stray = token.kind === 'unknown' ? strayName(document, node) : null;
    tokens.push(stray === null ? token : { ...token, problems: [...(token.problems ?? []), stray] });
  }
  return tokens;
}

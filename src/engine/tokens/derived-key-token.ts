/**
 * wsc:DerivedKeyToken: its parameters and the octets they cut from a secret (WS-SecureConversation 1.4 §7; 2005/02 §7).
 */
import { trimXml } from '../xml/characters.ts';
import { base64Octets } from '../bytes/base64.ts';
import { joinOctets } from '../bytes/octets.ts';
import type { Budget } from '../bytes/budget.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { WSSE } from '../xml/namespaces.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { Data } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, firstChildElement, namespaceUri, nodeRange, textContent } from '../xml/navigate.ts';
import { pSha1 } from './p-sha1.ts';

/** The Label where none is written, in both versions (§7.1). */
export const DEFAULT_LABEL = 'WS-SecureConversationWS-SecureConversation';
/** Octets where Length is absent. */
export const DEFAULT_LENGTH = 32;
/**
 * Whoever writes the message chooses the length: fewer than 80 bits, the floor of XML Signature 1.1 §6.3.1 for MACs,
 * anybody can guess.
 */
const SHORTEST = 10;
/** No algorithm takes a longer key; more is refused as malformed. */
const LONGEST = 65_536;

/** The element as it was read. */
export interface DerivedKeyToken {
  readonly node: NodeIndex;
  /** The SecurityTokenReference to the key that it is derived from; null: the context's implied one. */
  readonly reference: NodeIndex | null;
  readonly algorithm: string | null;
  readonly generation: number | null;
  readonly offset: number | null;
  readonly length: number;
  readonly label: string | null;
  readonly nonce: Uint8Array | null;
  readonly problems: readonly FindingDraft[];
}

/** Reads a wsc:DerivedKeyToken of either version; what is wrong with it stands among its problems. */
export function readDerivedKeyToken(document: XmlDocument, node: NodeIndex): DerivedKeyToken {
  const problems: FindingDraft[] = [];
  const uri = namespaceUri(document, node);
  const child = (local: string): NodeIndex | null => {
    const found = firstChildElement(document, node, uri, local);
    return found === NO_NODE ? null : found;
  };
  const malformed = (element: string, at: NodeIndex | null) => {
    problems.push({
      code: 'derived-key-malformed',
      severity: 'error',
      ranges: [nodeRange(document, at ?? node)],
      data: { element },
      fault: 'wsse:InvalidSecurityToken',
    });
  };
  const number = (local: string): number | null => {
    const at = child(local);
    if (at === null) return null;
    const digits = trimXml(textContent(document, at));
    if (/^\d{1,7}$/.test(digits) && Number(digits) <= LONGEST) return Number(digits);
    malformed(local, at);
    return null;
  };
  const algorithm = attributeValue(document, node, '', 'Algorithm');
  if (algorithm !== null && !algorithm.endsWith('/dk/p_sha1')) {
    problems.push({
      code: 'derived-key-algorithm-unknown',
      severity: 'warning',
      ranges: [nodeRange(document, node)],
      data: { algorithm },
    });
  }
  const reference = firstChildElement(document, node, WSSE, 'SecurityTokenReference');
  const generation = number('Generation');
  const offset = number('Offset');
  if (generation !== null && offset !== null) malformed('Generation', child('Generation'));
  const length = number('Length');
  if (length !== null && length < SHORTEST) malformed('Length', child('Length'));
  const labelNode = child('Label');
  const nonceNode = child('Nonce');
  const nonce = nonceNode === null ? null : base64Octets(textContent(document, nonceNode));
  if (nonceNode === null || nonce === null) malformed('Nonce', nonceNode);
  return {
    node,
    reference: reference === NO_NODE ? null : reference,
    algorithm,
    generation,
    offset,
    length: length ?? DEFAULT_LENGTH,
    label: labelNode === null ? null : textContent(document, labelNode),
    nonce,
    problems,
  };
}

/** Where the key starts in the P_SHA-1 stream: Offset, or Generation times Length. */
export function derivedKeyOffset(token: DerivedKeyToken): number {
  return token.offset ?? (token.generation ?? 0) * token.length;
}

/**
 * P_SHA-1(secret, Label ‖ Nonce), cut at Offset for Length octets; null where the token is malformed, its
 * algorithm is another, or the provider has no HMAC.
 * @throws {BudgetExceeded}
 */
export function deriveKey(
  token: DerivedKeyToken,
  secret: Uint8Array,
  crypto: CryptoProvider,
  budget: Budget,
): Uint8Array | null {
  if (token.problems.length > 0 || token.nonce === null || token.length === 0) return null;
  const offset = derivedKeyOffset(token);
  if (offset + token.length > LONGEST) return null;
  return pSha1(
    secret,
    joinOctets([encodeUtf8(token.label ?? DEFAULT_LABEL), token.nonce]),
    { offset, length: token.length },
    crypto,
    budget,
  );
}

/** What a report says of it. */
export function derivedKeyTokenData(token: DerivedKeyToken): Data {
  return {
    algorithm: token.algorithm,
    length: token.length,
    offset: token.offset,
    generation: token.generation,
    label: token.label ?? DEFAULT_LABEL,
    labelWritten: token.label !== null,
    nonceOctets: token.nonce?.length ?? null,
  };
}

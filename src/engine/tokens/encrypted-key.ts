/** xenc:EncryptedKey as a token: its name by EncryptedKeySHA1 (SMS 1.1 §7.3, §7.7). */
import { trimXml } from '../xml/characters.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { base64Octets, encodeBase64 } from '../bytes/base64.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { XENC } from '../xml/namespaces.ts';
import type { Data } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, firstChildElement, textContent } from '../xml/navigate.ts';

/** The element as it was read. */
export interface EncryptedKeyToken {
  readonly node: NodeIndex;
  readonly method: string | null;
  readonly cipherText: string | null;
  /** The decoded CipherValue; null where it is missing, elsewhere (CipherReference) or not base64. */
  readonly cipher: Uint8Array | null;
  /** Base64 of the SHA-1 of the decoded CipherValue. */
  readonly sha1: string | null;
  readonly keyName: string | null;
  readonly recipient: string | null;
}

/** Reads an xenc:EncryptedKey as others refer to it. */
export function readEncryptedKey(document: XmlDocument, node: NodeIndex, crypto: CryptoProvider): EncryptedKeyToken {
  const method = firstChildElement(document, node, XENC, 'EncryptionMethod');
  const data = firstChildElement(document, node, XENC, 'CipherData');
  const value = data === NO_NODE ? NO_NODE : firstChildElement(document, data, XENC, 'CipherValue');
  const cipherText = value === NO_NODE ? null : trimXml(textContent(document, value));
  const cipher = cipherText === null ? null : base64Octets(cipherText);
  const digest = cipher === null ? null : crypto.digestNow(Digest.sha1, cipher);
  const name = firstChildElement(document, node, XENC, 'CarriedKeyName');
  return {
    node,
    method: method === NO_NODE ? null : attributeValue(document, method, '', 'Algorithm'),
    cipherText,
    cipher,
    sha1: digest === null ? null : encodeBase64(digest),
    keyName: name === NO_NODE ? null : trimXml(textContent(document, name)),
    recipient: attributeValue(document, node, '', 'Recipient'),
  };
}

/** What a report says of it. */
export function encryptedKeyData(token: EncryptedKeyToken): Data {
  return {
    method: token.method,
    encryptedKeySha1: token.sha1,
    octets: token.cipher?.length ?? null,
    carriedKeyName: token.keyName,
    recipient: token.recipient,
  };
}

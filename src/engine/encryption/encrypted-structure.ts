/** Reads xenc:EncryptedData and xenc:EncryptedKey: method, key information, names (XML Encryption 1.1 §3.1 to §3.5). */
import { trimXml } from '../xml/characters.ts';
import { DS, MORE21, XENC, XENC11 } from '../xml/namespaces.ts';
import { decodeBase64 } from '../bytes/base64.ts';
import { decodeHexLenient } from '../bytes/hex.ts';
import type { CipherParameters } from '../crypto/decryption-provider.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, firstChildElement, isElement, textContent, textOctets } from '../xml/navigate.ts';

/** xenc:EncryptionMethod with the parameters of RSA-OAEP (§5.5.2). */
export interface EncryptionMethod {
  /** Empty where the attribute is missing. */
  readonly algorithm: string;
  /** URIs as written; null where absent. */
  readonly digest: string | null;
  readonly maskGeneration: string | null;
  /** xenc:OAEPparams decoded; null where absent or not base64. */
  readonly label: Uint8Array | null;
  /** xenc:OAEPparams as text; null where absent. */
  readonly labelText: string | null;
  /** Nonce, counter and associated data of the ChaCha20 family (RFC 9231 §2.6.7). */
  readonly parameters: CipherParameters;
}

/** An xenc:EncryptedData or xenc:EncryptedKey, read and not yet opened (XML Encryption 1.1 §3.1). */
export interface EncryptedStructure {
  readonly node: NodeIndex;
  readonly kind: 'EncryptedData' | 'EncryptedKey';
  readonly id: string | null;
  /** The Type attribute: `…#Element`, `…#Content` or another. */
  readonly type: string | null;
  readonly mimeType: string | null;
  /** Null where the receiver has to know the method. */
  readonly method: EncryptionMethod | null;
  readonly keyInfo: NodeIndex | null;
  readonly cipherData: NodeIndex | null;
  readonly carriedKeyName: string | null;
}

/** The URI of a part's CipherReference; null where its octets stand in it. */
export function cipherUri(document: XmlDocument, { cipherData }: EncryptedStructure): string | null {
  const reference = cipherData === null ? null : child(document, cipherData, XENC, 'CipherReference');
  return reference === null ? null : attributeValue(document, reference, '', 'URI');
}

/** Type of an encrypted element, tags included (§3.1). */
export const TYPE_ELEMENT = `${XENC}Element`;
/** Type of the encrypted content of an element (§3.1). */
export const TYPE_CONTENT = `${XENC}Content`;

/** Whether the part says that XML was encrypted: an element, or content of one. */
export function statesXml({ type }: EncryptedStructure): boolean {
  return type === TYPE_ELEMENT || type === TYPE_CONTENT;
}

function child(document: XmlDocument, node: NodeIndex, uri: string, local: string): NodeIndex | null {
  const found = firstChildElement(document, node, uri, local);
  return found === NO_NODE ? null : found;
}

function readMethod(document: XmlDocument, node: NodeIndex): EncryptionMethod {
  const digest = child(document, node, DS, 'DigestMethod');
  const mask = child(document, node, XENC11, 'MGF');
  const label = child(document, node, XENC, 'OAEPparams');
  const nonce = child(document, node, MORE21, 'Nonce');
  const counter = child(document, node, MORE21, 'Counter');
  const associated = child(document, node, MORE21, 'AAD');
  return {
    parameters: {
      nonce: nonce === null ? null : decodeHexLenient(trimXml(textContent(document, nonce))),
      counter: counter === null ? 0 : littleEndian(decodeHexLenient(trimXml(textContent(document, counter)))),
      associatedData: associated === null ? null : textOctets(document, associated),
    },
    algorithm: attributeValue(document, node, '', 'Algorithm') ?? '',
    digest: digest === null ? null : attributeValue(document, digest, '', 'Algorithm'),
    maskGeneration: mask === null ? null : attributeValue(document, mask, '', 'Algorithm'),
    label: label === null ? null : decodeBase64(textOctets(document, label)).octets,
    labelText: label === null ? null : trimXml(textContent(document, label)),
  };
}

/** A counter of four octets, as the cipher's state has it (RFC 8439 §2.3). */
function littleEndian(octets: Uint8Array | null): number {
  return octets?.length === 4 ? new DataView(octets.buffer, octets.byteOffset, 4).getUint32(0, true) : 0;
}

/** Reads the structure at `node`, which must be one of the two. */
export function readEncrypted(document: XmlDocument, node: NodeIndex): EncryptedStructure {
  const method = child(document, node, XENC, 'EncryptionMethod');
  const name = child(document, node, XENC, 'CarriedKeyName');
  return {
    node,
    kind: isElement(document, node, XENC, 'EncryptedKey') ? 'EncryptedKey' : 'EncryptedData',
    id: attributeValue(document, node, '', 'Id'),
    type: attributeValue(document, node, '', 'Type'),
    mimeType: attributeValue(document, node, '', 'MimeType'),
    method: method === null ? null : readMethod(document, method),
    keyInfo: child(document, node, DS, 'KeyInfo'),
    cipherData: child(document, node, XENC, 'CipherData'),
    carriedKeyName: name === null ? null : trimXml(textContent(document, name)),
  };
}

/** How a ds:KeyInfo names its key, as it is written, whether or not that leads to one (XML Signature §4.5; SMS §7). */
import type { Certificate } from '../certificates/certificate.ts';
import type { PublicKey } from '../crypto/keys.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  firstChildElement,
  isElement,
  localName,
  textContent,
} from '../xml/navigate.ts';
import { trimXml } from '../xml/characters.ts';
import { DS, DS11, WSSE, XENC } from '../xml/namespaces.ts';
import { impliedDerivation } from './implied-derived-key.ts';

/**
 * - `direct`: a Reference with a URI. `embedded`: the token stands in the reference.
 * - `key-identifier`: `identifier` says of which kind.
 * - `none`: there is no KeyInfo, or nothing in it.
 */
export type ReferenceForm =
  | 'direct'
  | 'embedded'
  | 'key-identifier'
  | 'issuer-serial'
  | 'x509-data'
  | 'key-value'
  | 'key-name'
  | 'encrypted-key'
  | 'other'
  | 'none';

/** What stands in a KeyInfo. */
export interface KeyNaming {
  readonly form: ReferenceForm;
  /** The last part of a KeyIdentifier's ValueType: `ThumbprintSHA1`, `X509SubjectKeyIdentifier`, ... */
  readonly identifier: string | null;
  /** A Reference's URI, or a KeyIdentifier's text. */
  readonly value: string | null;
  /** The key is derived by a nonce on the reference (WS-SecureConversation §7.4). */
  readonly implied: boolean;
}

/** A key that a name led to, as far as it may be told. */
export interface FoundKey {
  /** As in KeyCandidate. */
  readonly how: string;
  readonly publicKey: PublicKey | null;
  readonly certificate: Certificate | null;
  /** Length of a secret; null where there is none. */
  readonly secretBits: number | null;
}

const named = (form: ReferenceForm, value: string | null = null, identifier: string | null = null): KeyNaming => ({
  form,
  identifier,
  value,
  implied: false,
});

/** @param keyInfo a ds:KeyInfo or a wsse:SecurityTokenReference; null where there is none */
export function readKeyNaming(document: XmlDocument, keyInfo: NodeIndex | null): KeyNaming {
  if (keyInfo === null) return named('none');
  if (isElement(document, keyInfo, WSSE, 'SecurityTokenReference')) return tokenReference(document, keyInfo);
  const [first] = childElements(document, keyInfo);
  if (first === undefined) return named('none');
  if (isElement(document, first, WSSE, 'SecurityTokenReference')) return tokenReference(document, first);
  if (isElement(document, first, XENC, 'EncryptedKey')) return named('encrypted-key');
  if (isElement(document, first, DS, 'X509Data')) return x509Data(document, first);
  if (isElement(document, first, DS, 'KeyValue') || isElement(document, first, DS11, 'DEREncodedKeyValue')) {
    return named('key-value');
  }
  if (isElement(document, first, DS, 'KeyName')) return named('key-name', trimXml(textContent(document, first)));
  return named('other');
}

function tokenReference(document: XmlDocument, reference: NodeIndex): KeyNaming {
  const [first] = childElements(document, reference);
  if (first === undefined) return named('none');
  const implied = impliedDerivation(document, reference) !== null;
  return { ...referenceBy(document, first), implied };
}

function referenceBy(document: XmlDocument, node: NodeIndex): KeyNaming {
  if (isElement(document, node, WSSE, 'Reference')) return named('direct', attributeValue(document, node, '', 'URI'));
  if (isElement(document, node, WSSE, 'Embedded')) return named('embedded');
  if (isElement(document, node, DS, 'X509Data')) return x509Data(document, node);
  if (isElement(document, node, WSSE, 'KeyIdentifier')) {
    const type = attributeValue(document, node, '', 'ValueType') ?? '';
    return named('key-identifier', trimXml(textContent(document, node)), type.slice(type.lastIndexOf('#') + 1));
  }
  if (isElement(document, node, DS, 'KeyName')) return named('key-name', trimXml(textContent(document, node)));
  return named(localName(document, node) === 'KeyValue' ? 'key-value' : 'other');
}

function x509Data(document: XmlDocument, node: NodeIndex): KeyNaming {
  return named(firstChildElement(document, node, DS, 'X509IssuerSerial') === NO_NODE ? 'x509-data' : 'issuer-serial');
}

/**
 * xenc11:KeyDerivationMethod: ConcatKDF, PBKDF2 and HKDF with their parameters, and what Diffie-Hellman derived with
 * before (XML Encryption 1.1 §5.4, §5.6.2.2; RFC 9231 §2.6.5).
 */
import { trimXml } from '../xml/characters.ts';
import { HMAC_SHA1, HMAC_SHA256 } from '../algorithms/identifiers.ts';
import { decodeBase64 } from '../bytes/base64.ts';
import { decodeHexLenient, shownHex } from '../bytes/hex.ts';
import { DS, MORE21, XENC, XENC11 } from '../xml/namespaces.ts';
import type { KeyDerivation } from '../crypto/decryption-provider.ts';
import { concatKdfOtherInfo } from '../crypto/key-derivation.ts';
import type { Data } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, firstChildElement, parentOf, textContent, textOctets } from '../xml/navigate.ts';

/** A derivation with its parameters, or why it cannot be run. */
export type DerivationMethod =
  | {
      readonly ok: true;
      readonly derivation: KeyDerivation;
      /** Octets asked for by the parameters; null where the key's use decides. */ readonly length: number | null;
      readonly data: Data;
    }
  | { readonly ok: false; readonly reason: 'unsupported' | 'malformed'; readonly what: string };

const CONCAT_KDF = `${XENC11}ConcatKDF`;
const PBKDF2 = `${XENC11}pbkdf2`;
const HKDF = `${MORE21}hkdf`;
/** The HKDF namespace has the same URI as the algorithms'. */
const HKDF_NS = MORE21;

const malformed = (what: string): DerivationMethod => ({ ok: false, reason: 'malformed', what });

/** Reads an xenc11:KeyDerivationMethod (XML Encryption 1.1 §5.4). */
export function readDerivationMethod(document: XmlDocument, node: NodeIndex): DerivationMethod {
  const algorithm = attributeValue(document, node, '', 'Algorithm') ?? '';
  switch (algorithm) {
    case CONCAT_KDF:
      return concatKdf(document, node);
    case PBKDF2:
      return pbkdf2(document, node);
    case HKDF:
      return hkdf(document, node);
    default:
      return { ok: false, reason: 'unsupported', what: algorithm };
  }
}

/**
 * The derivation of `…xmlenc#dh`: an AgreementMethod has its parameters as children, and the key's algorithm is that of
 * the EncryptedData or EncryptedKey it stands in.
 */
export function readLegacyDhDerivation(document: XmlDocument, agreement: NodeIndex): DerivationMethod {
  const digestNode = firstChildElement(document, agreement, DS, 'DigestMethod');
  const digest = digestNode === NO_NODE ? null : attributeValue(document, digestNode, '', 'Algorithm');
  if (digest === null) return malformed('DigestMethod');
  const nonceNode = firstChildElement(document, agreement, XENC, 'KA-Nonce');
  const nonce = nonceNode === NO_NODE ? new Uint8Array(0) : decodeBase64(textOctets(document, nonceNode)).octets;
  if (nonce === null) return malformed('KA-Nonce');
  const holder = parentOf(document, parentOf(document, agreement));
  const method = holder > 0 ? firstChildElement(document, holder, XENC, 'EncryptionMethod') : NO_NODE;
  const encryption = method === NO_NODE ? null : attributeValue(document, method, '', 'Algorithm');
  if (encryption === null) return malformed('EncryptionMethod');
  return {
    ok: true,
    derivation: { method: 'dh-legacy', digest, encryption, nonce },
    length: null,
    data: { kdf: `${XENC}dh`, digest, encryption, nonceOctets: nonce.length },
  };
}

const FIELDS = ['AlgorithmID', 'PartyUInfo', 'PartyVInfo', 'SuppPubInfo', 'SuppPrivInfo'] as const;

function concatKdf(document: XmlDocument, node: NodeIndex): DerivationMethod {
  const params = firstChildElement(document, node, XENC11, 'ConcatKDFParams');
  if (params === NO_NODE) return malformed('ConcatKDFParams');
  const fields: Uint8Array[] = [];
  const data: Record<string, string> = {};
  for (const name of FIELDS) {
    const text = attributeValue(document, params, '', name);
    const octets = text === null ? new Uint8Array(0) : decodeHexLenient(trimXml(text));
    if (octets === null) return malformed(name);
    fields.push(octets);
    if (text !== null) data[name] = text;
  }
  const otherInfo = concatKdfOtherInfo(fields);
  if (otherInfo === null) return malformed('padding bits');
  const method = firstChildElement(document, params, DS, 'DigestMethod');
  const digest = method === NO_NODE ? null : attributeValue(document, method, '', 'Algorithm');
  if (digest === null) return malformed('DigestMethod');
  return {
    ok: true,
    derivation: { method: 'concat-kdf', digest, otherInfo },
    length: null,
    data: { kdf: CONCAT_KDF, digest, ...data },
  };
}

function number(document: XmlDocument, params: NodeIndex, uri: string, local: string): number | null | 'malformed' {
  const node = firstChildElement(document, params, uri, local);
  if (node === NO_NODE) return null;
  const text = trimXml(textContent(document, node));
  return /^[0-9]{1,9}$/.test(text) ? Number(text) : 'malformed';
}

function prfOf(document: XmlDocument, params: NodeIndex, uri: string): string | null {
  const prf = firstChildElement(document, params, uri, 'PRF');
  return prf === NO_NODE ? null : attributeValue(document, prf, '', 'Algorithm');
}

function pbkdf2(document: XmlDocument, node: NodeIndex): DerivationMethod {
  const params = firstChildElement(document, node, XENC11, 'PBKDF2-params');
  if (params === NO_NODE) return malformed('PBKDF2-params');
  const holder = firstChildElement(document, params, XENC11, 'Salt');
  const specified = holder === NO_NODE ? NO_NODE : firstChildElement(document, holder, XENC11, 'Specified');
  const salt = specified === NO_NODE ? null : decodeBase64(textOctets(document, specified)).octets;
  if (salt === null) return malformed('Salt');
  const iterations = number(document, params, XENC11, 'IterationCount');
  const length = number(document, params, XENC11, 'KeyLength');
  if (iterations === null || iterations === 'malformed' || iterations < 1) return malformed('IterationCount');
  if (length === 'malformed') return malformed('KeyLength');
  const prf = prfOf(document, params, XENC11) ?? HMAC_SHA1;
  return {
    ok: true,
    derivation: { method: 'pbkdf2', prf, salt, iterations },
    length,
    data: { kdf: PBKDF2, prf, salt: shownHex(salt), saltOctets: salt.length, iterations, keyLength: length },
  };
}

function hkdf(document: XmlDocument, node: NodeIndex): DerivationMethod {
  const params = firstChildElement(document, node, HKDF_NS, 'HKDFParams');
  if (params === NO_NODE) return malformed('HKDFParams');
  const octetsOf = (local: string): Uint8Array | null => {
    const found = firstChildElement(document, params, HKDF_NS, local);
    return found === NO_NODE ? new Uint8Array(0) : decodeBase64(textOctets(document, found)).octets;
  };
  const salt = octetsOf('Salt');
  const info = octetsOf('Info');
  if (salt === null || info === null) return malformed(salt === null ? 'Salt' : 'Info');
  const length = number(document, params, HKDF_NS, 'KeyLength');
  if (length === 'malformed') return malformed('KeyLength');
  const prf = prfOf(document, params, HKDF_NS) ?? HMAC_SHA256;
  return {
    ok: true,
    derivation: { method: 'hkdf', prf, salt, info },
    length,
    data: {
      kdf: HKDF,
      prf,
      salt: shownHex(salt),
      saltOctets: salt.length,
      info: shownHex(info),
      infoOctets: info.length,
      keyLength: length,
    },
  };
}

/**
 * Keys in XML: xmlsec's keys file (`Keys` of http://www.aleksey.com/xmlsec/2002), ds:KeyInfo, ds:KeyValue, and .NET's
 * RSAKeyValue with private parts.
 */
import { decodeBase64 } from '../bytes/base64.ts';
import { bigIntFromOctets } from '../bytes/der.ts';
import type { Budget } from '../bytes/budget.ts';
import type { Certificate } from '../certificates/certificate.ts';
import { readCertificate } from '../certificates/read-certificate.ts';
import { curveByOid } from '../crypto/curves.ts';
import type { PrivateKey, PublicKey } from '../crypto/keys.ts';
import { dsaKey, ecKey, parseSpki, rsaKey } from '../crypto/spki.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, childElements, localName, namespaceUri, textContent } from '../xml/navigate.ts';
import { parseXml } from '../xml/parse.ts';
import { foundProblem, NOTHING, type FoundInFile, type FoundKey, type FoundProblem } from './key-file-types.ts';
import { dsaPkcs8, readPkcs8, rsaPkcs8 } from './private-key.ts';

const XMLSEC = 'http://www.aleksey.com/xmlsec/2002';

/** What one KeyValue holds. */
type Value =
  | { readonly publicKey: PublicKey; readonly privateKey: PrivateKey | null }
  | { readonly secret: Uint8Array }
  | { readonly wrong: string }
  | { readonly unknown: string };

function child(document: XmlDocument, node: NodeIndex, name: string): NodeIndex {
  return childElements(document, node).find((element) => localName(document, element) === name) ?? NO_NODE;
}

function octets(document: XmlDocument, node: NodeIndex): Uint8Array | null {
  return node === NO_NODE ? null : decodeBase64(textContent(document, node)).octets;
}

function numbers(document: XmlDocument, node: NodeIndex, names: readonly string[]): readonly (bigint | null)[] {
  return names.map((name) => {
    const found = octets(document, child(document, node, name));
    return found === null ? null : bigIntFromOctets(found);
  });
}

function withPrivate(pkcs8: Uint8Array): Value {
  const read = readPkcs8(pkcs8);
  return read.ok ? { publicKey: read.key.publicKey, privateKey: read.key } : { wrong: read.what };
}

function readRsaValue(document: XmlDocument, value: NodeIndex, name: string): Value {
  const [n, e] = numbers(document, value, ['Modulus', 'Exponent']);
  if (!n || !e) return { wrong: name };
  const parts = numbers(document, value, ['D', 'P', 'Q', 'DP', 'DQ', 'InverseQ']).filter((part) => part !== null);
  return parts.length === 6 ? withPrivate(rsaPkcs8([n, e, ...parts])) : { publicKey: rsaKey(n, e), privateKey: null };
}

function readDsaValue(document: XmlDocument, value: NodeIndex, name: string): Value {
  const [p, q, g, y, x] = numbers(document, value, ['P', 'Q', 'G', 'Y', 'X']);
  if (!p || !q || !g) return { wrong: name };
  if (x && p > 1n) return withPrivate(dsaPkcs8(p, q, g, x));
  return y ? { publicKey: dsaKey(p, q, g, y), privateKey: null } : { wrong: name };
}

function readEcValue(document: XmlDocument, value: NodeIndex, name: string): Value {
  const uri = attributeValue(document, child(document, value, 'NamedCurve'), null, 'URI') ?? '';
  const curve = curveByOid(uri.replace(/^urn:oid:/i, ''));
  const point = octets(document, child(document, value, 'PublicKey'));
  if (curve === null) return { unknown: uri || name };
  const read = point === null ? null : ecKey(curve.name, point);
  return read?.ok ? { publicKey: read.key, privateKey: null } : { wrong: name };
}

/** HMACKeyValue, AESKeyValue, DESKeyValue, CamelliaKeyValue, ChaCha20KeyValue, ...: the secret itself. */
function readSecretValue(document: XmlDocument, value: NodeIndex, name: string): Value {
  const isSecret = namespaceUri(document, value) === XMLSEC && name.endsWith('KeyValue');
  const secret = isSecret ? octets(document, value) : null;
  return secret === null ? { unknown: name } : { secret };
}

function readValue(document: XmlDocument, value: NodeIndex): Value {
  const name = localName(document, value);
  switch (name) {
    case 'RSAKeyValue':
      return readRsaValue(document, value, name);
    case 'DSAKeyValue':
      return readDsaValue(document, value, name);
    case 'ECKeyValue':
      return readEcValue(document, value, name);
    default:
      return readSecretValue(document, value, name);
  }
}

function certificatesIn(document: XmlDocument, keyInfo: NodeIndex): readonly Certificate[] {
  const certificates: Certificate[] = [];
  for (const data of childElements(document, keyInfo)) {
    if (localName(document, data) !== 'X509Data') continue;
    for (const item of childElements(document, data)) {
      const der = localName(document, item) === 'X509Certificate' ? octets(document, item) : null;
      const read = der === null ? null : readCertificate(der);
      if (read?.ok) certificates.push(read.certificate);
    }
  }
  return certificates;
}

function readKeyInfo(document: XmlDocument, keyInfo: NodeIndex): FoundKey | FoundProblem {
  const nameNode = child(document, keyInfo, 'KeyName');
  const name = nameNode === NO_NODE ? null : textContent(document, nameNode).trim();
  const certificates = certificatesIn(document, keyInfo);
  const base = { ...NOTHING, alias: name, name, certificates };
  const holder = child(document, keyInfo, 'KeyValue');
  const value = holder === NO_NODE ? undefined : childElements(document, holder)[0];
  if (value === undefined) {
    const der = octets(document, child(document, keyInfo, 'DEREncodedKeyValue'));
    const read = der === null ? null : parseSpki(der);
    if (read?.ok) return { ...base, publicKey: read.key };
    return certificates[0] === undefined
      ? foundProblem('key-format-unknown', name, 'KeyInfo')
      : { ...base, publicKey: certificates[0].publicKey };
  }
  return fromValue(readValue(document, value), base);
}

function fromValue(read: Value, base: FoundKey): FoundKey | FoundProblem {
  if ('wrong' in read) return foundProblem('key-file-damaged', base.alias, read.wrong);
  if ('unknown' in read) return foundProblem('key-algorithm-unknown', base.alias, read.unknown);
  return 'secret' in read
    ? { ...base, secret: read.secret }
    : { ...base, publicKey: read.publicKey, privateKey: read.privateKey };
}

/**
 * Reads keys from XML. A file that is XML of another kind gives `key-format-unknown` with its root's name. @throws
 * {BudgetExceeded}
 */
export function readXmlKeys(file: Uint8Array, budget: Budget): FoundInFile {
  const { document, wellFormed, problems: xmlProblems } = parseXml(file, { budget });
  const failed = (problem: FoundProblem): FoundInFile => ({
    format: 'XML keys',
    keys: [],
    crls: [],
    problems: [problem],
  });
  const { root } = document;
  if (!wellFormed || root === NO_NODE) {
    return failed(
      foundProblem(
        'key-file-damaged',
        null,
        xmlProblems.find((problem) => problem.severity === 'error')?.code ?? 'XML',
      ),
    );
  }
  const name = localName(document, root);
  const isValue = name === 'RSAKeyValue' || name === 'DSAKeyValue' || name === 'ECKeyValue';
  const infos =
    name === 'Keys'
      ? childElements(document, root).filter((node) => localName(document, node) === 'KeyInfo')
      : name === 'KeyInfo'
        ? [root]
        : [];
  const valueNode = name === 'KeyValue' ? childElements(document, root)[0] : isValue ? root : undefined;
  if (infos.length === 0 && valueNode === undefined) return failed(foundProblem('key-format-unknown', null, name));
  const found =
    valueNode === undefined
      ? infos.map((info) => readKeyInfo(document, info))
      : [fromValue(readValue(document, valueNode), NOTHING)];
  return {
    format: name === 'Keys' ? 'xmlsec keys' : 'XML keys',
    keys: found.filter((item): item is FoundKey => !('code' in item)),
    crls: [],
    problems: found.filter((item): item is FoundProblem => 'code' in item),
  };
}

/**
 * Public keys written out in ds:KeyInfo: ds:KeyValue, dsig11:DEREncodedKeyValue, RFC 4050, xenc:DHKeyValue (XML
 * Signature 1.1 §4.5.2 and §4.5.9; XML Encryption 1.1 §5.6.1).
 */
import { decodeBase64 } from '../bytes/base64.ts';
import { bigIntFromOctets } from '../bytes/der.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { DS, DS11, MORE01, XENC } from '../xml/namespaces.ts';
import {
  attributeValue,
  childElements,
  firstChildElement,
  localName,
  namespaceUri,
  textContent,
} from '../xml/navigate.ts';
import { curveByOid, curveByParameters, isOnCurve, type NamedCurve } from './curves.ts';
import type { PublicKey } from './keys.ts';
import { dhKey, dsaKey, ecKey, parseSpki, rsaKey, uncompressedPoint, type SpkiProblem } from './spki.ts';

/** The forms a key value is written in. */
export type KeyValueForm =
  | 'RSAKeyValue'
  | 'DSAKeyValue'
  | 'ECKeyValue'
  | 'ECDSAKeyValue'
  | 'DEREncodedKeyValue'
  | 'DHKeyValue';

/** Why a key value gives no key; `node` is the element at fault. */
export interface KeyValueProblem {
  readonly code:
    | SpkiProblem['code']
    | 'key-value-missing-part'
    | 'key-value-not-base64'
    | 'key-value-too-large'
    | 'key-value-unknown-form'
    | 'key-value-unknown-curve'
    | 'key-value-empty';
  readonly node: NodeIndex;
  /** The form's local name, or the curve's OID, as far as known. */
  readonly detail: string;
}
/** The key and the form it was written in, or why there is none. */
export type KeyValueResult =
  | { readonly ok: true; readonly form: KeyValueForm; readonly key: PublicKey }
  | { readonly ok: false; readonly problem: KeyValueProblem };

/** Twice the largest modulus that the budget knows: no honest number is longer. */
const MAX_OCTETS = 4096;

/** Thrown and caught in this file only: the first part that cannot be read ends the reading. */
class Unreadable {
  readonly problem: KeyValueProblem;
  constructor(code: KeyValueProblem['code'], node: NodeIndex, detail = '') {
    this.problem = { code, node, detail };
  }
}

/** Reads a ds:KeyValue, a dsig11:DEREncodedKeyValue, or one of the key elements inside ds:KeyValue itself. */
export function readKeyValue(document: XmlDocument, node: NodeIndex): KeyValueResult {
  try {
    const inner = localName(document, node) === 'KeyValue' ? childElements(document, node)[0] : node;
    if (inner === undefined) throw new Unreadable('key-value-empty', node);
    return { ok: true, ...readForm(document, inner) };
  } catch (error) {
    if (error instanceof Unreadable) return { ok: false, problem: error.problem };
    throw error;
  }
}

function readForm(document: XmlDocument, node: NodeIndex): { readonly form: KeyValueForm; readonly key: PublicKey } {
  const name = `${namespaceUri(document, node)} ${localName(document, node)}`;
  switch (name) {
    case `${DS} RSAKeyValue`:
      return { form: 'RSAKeyValue', key: readRsaKeyValue(document, node) };
    case `${DS} DSAKeyValue`:
      return { form: 'DSAKeyValue', key: readDsaKeyValue(document, node) };
    case `${DS11} ECKeyValue`:
    // Some stacks leave the element in the ds namespace.
    case `${DS} ECKeyValue`:
      return { form: 'ECKeyValue', key: readEcKeyValue(document, node) };
    case `${MORE01} ECDSAKeyValue`:
      return { form: 'ECDSAKeyValue', key: readRfc4050(document, node) };
    case `${XENC} DHKeyValue`:
      return { form: 'DHKeyValue', key: readDhKeyValue(document, node) };
    case `${DS11} DEREncodedKeyValue`: {
      const parsed = parseSpki(octetsOf(document, node));
      if (!parsed.ok) throw new Unreadable(parsed.problem.code, node, 'DEREncodedKeyValue');
      return { form: 'DEREncodedKeyValue', key: parsed.key };
    }
    default:
      throw new Unreadable('key-value-unknown-form', node, localName(document, node));
  }
}

/**
 * The Public of an xenc:DHKeyValue that leaves its group to what both sides know (§5.6.1); null where it is whole or
 * has none.
 */
export function bareDhPublic(document: XmlDocument, node: NodeIndex): bigint | null {
  const inner = localName(document, node) === 'KeyValue' ? childElements(document, node)[0] : node;
  if (inner === undefined || namespaceUri(document, inner) !== XENC || localName(document, inner) !== 'DHKeyValue') {
    return null;
  }
  if (firstChildElement(document, inner, XENC, 'P') !== NO_NODE) return null;
  const value = firstChildElement(document, inner, XENC, 'Public');
  const octets = value === NO_NODE ? null : decodeBase64(textContent(document, value)).octets;
  return octets === null || octets.length === 0 || octets.length > MAX_OCTETS ? null : bigIntFromOctets(octets);
}

function part(document: XmlDocument, node: NodeIndex, uri: string, local: string): NodeIndex {
  const found = firstChildElement(document, node, uri, local);
  if (found === NO_NODE) throw new Unreadable('key-value-missing-part', node, local);
  return found;
}

function octetsOf(document: XmlDocument, node: NodeIndex): Uint8Array {
  const { octets } = decodeBase64(textContent(document, node));
  if (octets === null) throw new Unreadable('key-value-not-base64', node, localName(document, node));
  if (octets.length > MAX_OCTETS) throw new Unreadable('key-value-too-large', node, localName(document, node));
  return octets;
}

/** A ds:CryptoBinary. */
function number(document: XmlDocument, node: NodeIndex, uri: string, local: string): bigint {
  return bigIntFromOctets(octetsOf(document, part(document, node, uri, local)));
}

function readRsaKeyValue(document: XmlDocument, node: NodeIndex): PublicKey {
  const [n, e] = [number(document, node, DS, 'Modulus'), number(document, node, DS, 'Exponent')];
  if (n === 0n || e === 0n) throw new Unreadable('key-malformed', node, 'RSAKeyValue');
  return rsaKey(n, e);
}

function readDsaKeyValue(document: XmlDocument, node: NodeIndex): PublicKey {
  const [p, q, g, y] = [
    number(document, node, DS, 'P'),
    number(document, node, DS, 'Q'),
    number(document, node, DS, 'G'),
    number(document, node, DS, 'Y'),
  ];
  if (p === 0n || q === 0n || g === 0n || y === 0n) throw new Unreadable('key-malformed', node, 'DSAKeyValue');
  return dsaKey(p, q, g, y);
}

/** seed and pgenCounter show how P and Q were made; receivers need not check them. */
function readDhKeyValue(document: XmlDocument, node: NodeIndex): PublicKey {
  const order = firstChildElement(document, node, XENC, 'Q');
  const [p, g, y] = [
    number(document, node, XENC, 'P'),
    number(document, node, XENC, 'Generator'),
    number(document, node, XENC, 'Public'),
  ];
  const q = order === NO_NODE ? null : bigIntFromOctets(octetsOf(document, order));
  if (p === 0n || g === 0n || y === 0n) throw new Unreadable('key-malformed', node, 'DHKeyValue');
  return dhKey(p, q !== null && q > 1n ? q : null, g, y);
}

function namedByUrn(urn: string, node: NodeIndex): NamedCurve {
  const oid = /^urn:oid:([0-9.]{1,64})$/i.exec(urn.trim())?.[1] ?? '';
  const curve = curveByOid(oid);
  if (curve === null) throw new Unreadable('key-value-unknown-curve', node, oid === '' ? urn.slice(0, 80) : oid);
  return curve;
}

function ecKeyAt(curve: NamedCurve, point: Uint8Array, node: NodeIndex): PublicKey {
  const made = ecKey(curve.name, point);
  if (!made.ok) throw new Unreadable(made.problem.code, node, curve.name);
  return made.key;
}

function readEcKeyValue(document: XmlDocument, node: NodeIndex): PublicKey {
  const uri = namespaceUri(document, node);
  const named = firstChildElement(document, node, uri, 'NamedCurve');
  const curve =
    named === NO_NODE
      ? readEcParameters(document, part(document, node, uri, 'ECParameters'))
      : namedByUrn(attributeValue(document, named, '', 'URI') ?? '', named);
  const publicKey = part(document, node, uri, 'PublicKey');
  return ecKeyAt(curve, octetsOf(document, publicKey), publicKey);
}

function readEcParameters(document: XmlDocument, node: NodeIndex): NamedCurve {
  const uri = namespaceUri(document, node);
  const curve = part(document, node, uri, 'Curve');
  const prime = part(document, part(document, node, uri, 'FieldID'), uri, 'Prime');
  const cofactor = firstChildElement(document, node, uri, 'CoFactor');
  const found = curveByParameters({
    p: number(document, prime, uri, 'P'),
    a: number(document, curve, uri, 'A'),
    b: number(document, curve, uri, 'B'),
    base: octetsOf(document, part(document, node, uri, 'Base')),
    n: number(document, node, uri, 'Order'),
    cofactor: cofactor === NO_NODE ? 1n : decimal(cofactor, textContent(document, cofactor)),
  });
  if (found === null) throw new Unreadable('key-value-unknown-curve', node);
  return found;
}

/** A decimal number ≥ 0, of at most 400 digits: those of RFC 4050 have 155. */
function decimal(node: NodeIndex, text: string): bigint {
  const digits = text.trim();
  if (!/^[0-9]{1,400}$/.test(digits)) throw new Unreadable('key-malformed', node);
  return BigInt(digits);
}

function decimalValue(document: XmlDocument, node: NodeIndex, local: string): bigint {
  const found = part(document, node, MORE01, local);
  return decimal(found, attributeValue(document, found, '', 'Value') ?? textContent(document, found));
}

/** RFC 4050 §3: coordinates as decimal numbers in Value attributes. */
function readRfc4050(document: XmlDocument, node: NodeIndex): PublicKey {
  const domain = part(document, node, MORE01, 'DomainParameters');
  const named = firstChildElement(document, domain, MORE01, 'NamedCurve');
  const curve =
    named === NO_NODE
      ? readRfc4050Parameters(document, part(document, domain, MORE01, 'ExplicitParams'))
      : namedByUrn(
          attributeValue(document, named, '', 'URN') ?? attributeValue(document, named, '', 'URI') ?? '',
          named,
        );
  const publicKey = part(document, node, MORE01, 'PublicKey');
  const [x, y] = [decimalValue(document, publicKey, 'X'), decimalValue(document, publicKey, 'Y')];
  if (!isOnCurve(curve, x, y)) throw new Unreadable('point-not-on-curve', publicKey, curve.name);
  return ecKeyAt(curve, uncompressedPoint(curve, x, y), publicKey);
}

function readRfc4050Parameters(document: XmlDocument, node: NodeIndex): NamedCurve {
  const field = part(document, node, MORE01, 'FieldParams');
  const curve = part(document, node, MORE01, 'CurveParams');
  const basePoint = part(document, node, MORE01, 'BasePointParams');
  const base = part(document, basePoint, MORE01, 'BasePoint');
  const p = decimalValue(document, field, 'P');
  const length = (p.toString(16).length + 1) >> 1;
  const coordinates = [decimalValue(document, base, 'X'), decimalValue(document, base, 'Y')].map((value) =>
    value.toString(16).padStart(2 * length, '0'),
  );
  const cofactor = firstChildElement(document, basePoint, MORE01, 'Cofactor');
  const found = curveByParameters({
    p,
    a: decimalValue(document, curve, 'A'),
    b: decimalValue(document, curve, 'B'),
    base: Uint8Array.from(`04${coordinates.join('')}`.match(/../g) ?? [], (pair) => Number.parseInt(pair, 16)),
    n: decimalValue(document, basePoint, 'Order'),
    cofactor: cofactor === NO_NODE ? 1n : decimalValue(document, basePoint, 'Cofactor'),
  });
  if (found === null) throw new Unreadable('key-value-unknown-curve', node);
  return found;
}

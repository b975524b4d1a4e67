/**
 * Distinguished names: read from DER (RFC 5280 §4.1.2.4) and printed as RFC 4514, RFC 2253, Java, .NET and OpenSSL do.
 */
import { type DerElement, DerTag, derContent, derOctets, derOid } from '../bytes/der.ts';
import { encodeHex } from '../bytes/hex.ts';
import { asn1Text } from './asn1-text.ts';
import type { DistinguishedName, NameAttribute } from './certificate.ts';
import { NAME_KEYWORDS } from './name-keywords.ts';

/**
 * Reads a Name element; null where it is none. An attribute whose value is no character string has `#` and the hex of
 * its DER as text.
 */
export function readName(element: DerElement | undefined): DistinguishedName | null {
  if (element?.tag !== DerTag.sequence) return null;
  const name: NameAttribute[][] = [];
  for (const set of element.children) {
    if (set.tag !== DerTag.set || set.children.length === 0) return null;
    const rdn: NameAttribute[] = [];
    for (const pair of set.children) {
      const [type, value] = pair.children;
      const oid = derOid(type);
      if (pair.tag !== DerTag.sequence || oid === null || value === undefined || pair.children.length !== 2) {
        return null;
      }
      const der = derOctets(value);
      rdn.push({ oid, value: asn1Text(value.tag, derContent(value)) ?? `#${encodeHex(der)}`, der });
    }
    name.push(rdn);
  }
  return name;
}

/**
 * Who writes the name. `rfc4514`, `rfc2253` and `java` (`X500Principal.getName()`) print the last RDN first without
 * spaces;
 * `java-toString` (`X500Principal.toString()`) and `dotnet` (`X509Certificate2.Issuer`) put `, ` between and use quotes
 * (Java's getName also escapes `=` and `#` anywhere);
 * `openssl` is `-nameopt RFC2253` with OpenSSL's keywords, `openssl-oneline` the old `/C=DE/O=…`, `openssl-default` `C
 * = DE, O = …`;
 * `x500` is RFC 4514's syntax in DER's order.
 */
export type NameStyle =
  | 'rfc4514'
  | 'rfc2253'
  | 'java'
  | 'java-toString'
  | 'dotnet'
  | 'openssl'
  | 'openssl-oneline'
  | 'openssl-default'
  | 'x500';

/** Every style that a stack is known to write names in. */
export const NAME_STYLES: readonly NameStyle[] = [
  'rfc4514',
  'rfc2253',
  'java',
  'java-toString',
  'dotnet',
  'openssl',
  'openssl-oneline',
  'openssl-default',
  'x500',
];

function isText(attribute: NameAttribute): boolean {
  return asn1Text(attribute.der[0] ?? 0, new Uint8Array()) !== null;
}

/** Escapes a value as RFC 4514 §2.4 asks: `"+,;<>\`, a leading `#` or space, a trailing space, and NUL. */
function escapeValue(value: string): string {
  const escaped = value.replace(/["+,;<>\\]/g, (character) => `\\${character}`).replaceAll('\0', '\\00');
  const led = /^[ #]/.test(escaped) ? `\\${escaped}` : escaped;
  // A single space is both first and last: one backslash is enough.
  return led.endsWith(' ') && value.length > 1 ? `${led.slice(0, -1)}\\ ` : led;
}

function quoteValue(value: string, special: RegExp, quote: (text: string) => string): string {
  return special.test(value) || value === '' ? `"${quote(value)}"` : value;
}

function keyword(oid: string, style: NameStyle): string | null {
  const words = NAME_KEYWORDS[oid];
  switch (style) {
    case 'rfc4514':
    case 'rfc2253':
    case 'java':
    case 'x500':
      return words?.rfc4514 ?? null;
    case 'java-toString':
      return words?.java ?? null;
    case 'dotnet':
      return words?.dotnet ?? null;
    default:
      return words?.openssl ?? null;
  }
}

const backslashed = (text: string): string => text.replace(/["\\]/g, (character) => `\\${character}`);

/** Java's getName escapes `=` and `#` anywhere, besides what RFC 4514 asks. */
const escapedByJava = (value: string): string =>
  escapeValue(value).replace(/\\[\s\S]|[=#]/g, (found) => (found.length > 1 ? found : `\\${found}`));

/** The value as text between its quotes or with its escapes; the hex of its DER where it is no text. */
function printValue(attribute: NameAttribute, style: NameStyle): string {
  const { value } = attribute;
  if (style === 'openssl-oneline') return value;
  if (!isText(attribute)) return `#${encodeHex(attribute.der)}`;
  switch (style) {
    case 'dotnet':
      return quoteValue(value, /[,+="\n<>#;]|^\s|\s$/, (text) => text.replaceAll('"', '""'));
    case 'java-toString':
      return quoteValue(value, /[,+="\n<>#;\\]|^\s|\s$|\s\s/, backslashed);
    case 'openssl-default':
      return quoteValue(value, /[,+"<>;]|^[ #]|\s$/, backslashed);
    case 'java':
      return escapedByJava(value);
    default:
      return escapeValue(value);
  }
}

function printAttribute(attribute: NameAttribute, style: NameStyle): string {
  const word = keyword(attribute.oid, style);
  switch (style) {
    case 'dotnet':
    case 'java-toString':
      return `${word ?? `OID.${attribute.oid}`}=${printValue(attribute, style)}`;
    case 'openssl-oneline':
      return `/${word ?? attribute.oid}=${printValue(attribute, style)}`;
    case 'openssl-default':
      return `${word ?? attribute.oid} = ${printValue(attribute, style)}`;
    case 'openssl':
      return `${word ?? attribute.oid}=${printValue(attribute, style)}`;
    default:
      // RFC 4514 §2.4: a type without keyword has its value in hex.
      return word === null
        ? `${attribute.oid}=#${encodeHex(attribute.der)}`
        : `${word}=${printValue(attribute, style)}`;
  }
}

/** The name as text in one writer's style. */
export function printName(name: DistinguishedName, style: NameStyle = 'rfc4514'): string {
  const derOrder = style === 'x500' || style === 'openssl-oneline' || style === 'openssl-default';
  const rdns = derOrder ? name : name.toReversed();
  const plus = style === 'java-toString' || style === 'dotnet' || style === 'openssl-default' ? ' + ' : '+';
  const comma =
    style === 'openssl-oneline'
      ? ''
      : style === 'java-toString' || style === 'dotnet' || style === 'openssl-default'
        ? ', '
        : ',';
  return rdns
    .map((rdn) =>
      rdn.map((attribute) => printAttribute(attribute, style)).join(style === 'openssl-oneline' ? '' : plus),
    )
    .join(comma);
}

/**
 * A name for people: RFC 4514 with the widely known keywords (`emailAddress`, `serialNumber`, …) instead of dotted
 * types and hex.
 */
export function displayName(name: DistinguishedName): string {
  return printName(name, 'openssl');
}

/**
 * Extensions that @peculiar/x509 leaves as octets, put into words and registered with it, so that they stand in its
 * text form as its own do (RFC 5280 §4.2 and §5.2, RFC 3739 §3.2.6, RFC 7633).
 */
import { Extension, ExtensionFactory, TextObject } from '@peculiar/x509';
import { type DerElement, derContent, derInteger, derOid, readDer } from '../bytes/der.ts';
import { encodeHex } from '../bytes/hex.ts';
import { asn1Text, asn1Time, latin1Text } from './asn1-text.ts';
import { displayName } from './distinguished-name.ts';
import { ExtensionOid, readGeneralName, type GeneralName } from './extensions.ts';

/** Values by name, each on a line of its own; those without a name share a line. */
type Values = Readonly<Record<string, readonly string[]>>;

interface FurtherExtension {
  readonly oid: string;
  readonly name: string;
  /** Null where the value is not what the extension's clause says: its octets are shown then. */
  values(element: DerElement): Values | null;
}

const numbers = (element: DerElement, names: Readonly<Record<number, string>>): Values =>
  Object.fromEntries(
    element.children.flatMap((child) => {
      const name = names[child.tag];
      // Implicitly tagged: the content is the integer's.
      return name === undefined ? [] : [[name, [String(BigInt(`0x0${encodeHex(derContent(child))}`))]]];
    }),
  );
const single = (value: bigint | number | string | null): Values | null =>
  value === null ? null : { '': [String(value)] };
const text = (element: DerElement): string | null => asn1Text(element.tag, derContent(element));

const REASONS = [
  'unspecified',
  'keyCompromise',
  'cACompromise',
  'affiliationChanged',
  'superseded',
  'cessationOfOperation',
  'certificateHold',
  '',
  'removeFromCRL',
  'privilegeWithdrawn',
  'aACompromise',
];

const TLS_FEATURES: Readonly<Record<string, string>> = { '5': 'status_request', '17': 'status_request_v2' };

/** RFC 3739 §3.2.6 and ETSI EN 319 412-5 §4. */
const STATEMENTS: Readonly<Record<string, string>> = {
  '1.3.6.1.5.5.7.11.2': 'Semantics of the subject',
  '0.4.0.1862.1.1': 'EU qualified certificate',
  '0.4.0.1862.1.3': 'Retention period',
  '0.4.0.1862.1.4': 'Key in a qualified device',
  '0.4.0.1862.1.5': 'Disclosure statements',
  '0.4.0.1862.1.6': 'Type of certificate',
  '0.4.0.19495.2': 'Payment services',
};

const FURTHER: readonly FurtherExtension[] = [
  {
    oid: ExtensionOid.nameConstraints,
    name: 'Name Constraints',
    values: (element) => ({
      Permitted: namesBelow(element.children.find((list) => list.tag === 0xa0)),
      Excluded: namesBelow(element.children.find((list) => list.tag === 0xa1)),
    }),
  },
  {
    oid: ExtensionOid.policyConstraints,
    name: 'Policy Constraints',
    values: (element) => numbers(element, { 0x80: 'Require Explicit Policy', 0x81: 'Inhibit Policy Mapping' }),
  },
  {
    oid: ExtensionOid.policyMappings,
    name: 'Policy Mappings',
    values: (element) => ({
      Mapping: element.children.map((pair) => pair.children.map((oid) => derOid(oid) ?? '?').join(' to ')),
    }),
  },
  {
    oid: ExtensionOid.inhibitAnyPolicy,
    name: 'Inhibit Any Policy',
    values: (element) => single(derInteger(element)),
  },
  { oid: ExtensionOid.crlNumber, name: 'CRL Number', values: (element) => single(derInteger(element)) },
  {
    oid: ExtensionOid.deltaCrlIndicator,
    name: 'Delta CRL Indicator',
    values: (element) => single(derInteger(element)),
  },
  {
    oid: ExtensionOid.reasonCode,
    name: 'Reason',
    values: (element) => single(REASONS[derContent(element)[0] ?? 0] ?? null),
  },
  {
    oid: ExtensionOid.invalidityDate,
    name: 'Invalidity Date',
    values: (element) => {
      const time = asn1Time(element);
      return time === null ? null : single(new Date(time).toISOString());
    },
  },
  {
    oid: ExtensionOid.certificateIssuer,
    name: 'Certificate Issuer',
    values: (element) => ({ '': namesBelow(element) }),
  },
  {
    oid: ExtensionOid.issuingDistributionPoint,
    name: 'Issuing Distribution Point',
    values: (element) => ({ 'Distribution Point': namesBelow(element) }),
  },
  { oid: '2.5.29.46', name: 'Freshest CRL', values: (element) => ({ 'Distribution Point': namesBelow(element) }) },
  {
    oid: '2.5.29.16',
    name: 'Private Key Usage Period',
    values: (element) => ({
      'Not Before': element.children.filter((time) => time.tag === 0x80).map((time) => latin1Text(derContent(time))),
      'Not After': element.children.filter((time) => time.tag === 0x81).map((time) => latin1Text(derContent(time))),
    }),
  },
  {
    oid: '1.3.6.1.5.5.7.1.11',
    name: 'Subject Info Access',
    values: (element) => ({ '': namesBelow(element) }),
  },
  {
    oid: '1.3.6.1.5.5.7.1.24',
    name: 'TLS Features',
    values: (element) => ({
      '': element.children.map((feature) => {
        const number = String(derInteger(feature) ?? '?');
        return TLS_FEATURES[number] ?? number;
      }),
    }),
  },
  {
    oid: '1.3.6.1.5.5.7.1.3',
    name: 'Qualified Certificate Statements',
    values: (element) => ({
      Statement: element.children.map((statement) => {
        const oid = derOid(statement.children[0]) ?? '?';
        return STATEMENTS[oid] ?? oid;
      }),
    }),
  },
  { oid: '1.3.6.1.5.5.7.48.1.5', name: 'OCSP No Check', values: () => ({}) },
  { oid: '2.16.840.1.113730.1.13', name: 'Netscape Comment', values: (element) => single(text(element)) },
];

function address(octets: Uint8Array): string {
  if (octets.length === 4 || octets.length === 8) {
    const parts = [...octets].map(String);
    return octets.length === 4 ? parts.join('.') : `${parts.slice(0, 4).join('.')}/${parts.slice(4).join('.')}`;
  }
  return encodeHex(octets).replace(/(.{4})(?=.)/g, '$1:');
}

function generalNameText(name: GeneralName): string {
  switch (name.type) {
    case 'directoryName':
      return `DN: ${name.name === null ? '' : displayName(name.name)}`;
    case 'iPAddress':
      return `IP: ${address(name.octets)}`;
    case 'rfc822Name':
      return `Email: ${name.text}`;
    case 'dNSName':
      return `DNS: ${name.text}`;
    case 'uniformResourceIdentifier':
      return `URL: ${name.text}`;
    default:
      return `${name.type}: ${encodeHex(name.octets)}`;
  }
}

/** All GeneralNames anywhere below an element, in order; names inside names are not entered. */
function namesBelow(element: DerElement | undefined): readonly string[] {
  const found: string[] = [];
  const pending = element === undefined ? [] : [...element.children].toReversed();
  for (let next = pending.pop(); next !== undefined; next = pending.pop()) {
    const isWrapper = (next.tag & 0xe0) === 0xa0 && (next.tag !== 0xa4 || next.children[0]?.tag !== 0x30);
    const name = isWrapper ? null : readGeneralName(next);
    if (name !== null) found.push(generalNameText(name));
    else pending.push(...next.children.toReversed());
  }
  return found;
}

/** Tells the library's factory of them. Once is enough; again changes nothing. */
export function registerFurtherExtensions(): void {
  for (const { oid, name, values } of FURTHER) {
    ExtensionFactory.register(
      oid,
      class extends Extension {
        static override NAME = name;

        override toTextObject(): TextObject {
          const read = readDer(new Uint8Array(this.value), { ber: true });
          const told = read.ok ? values(read.element) : null;
          if (told === null) return super.toTextObject();
          const object = this.toTextObjectWithoutValue();
          for (const [label, lines] of Object.entries(told)) {
            if (lines.length === 0) continue;
            object[label] = label === '' ? lines.join(', ') : lines.map((line) => new TextObject('', {}, line));
          }
          return object;
        }
      },
    );
  }
}

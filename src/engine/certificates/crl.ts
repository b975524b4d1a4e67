/** Certificate revocation lists (RFC 5280 §5), read once and asked for serial numbers. */
import {
  type DerElement,
  DerTag,
  bigIntFromOctets,
  derBitString,
  derContent,
  derInteger,
  derOctets,
  derOid,
  readDer,
} from '../bytes/der.ts';
import { asn1Time } from './asn1-text.ts';
import type { DistinguishedName } from './certificate.ts';
import { readName } from './distinguished-name.ts';
import { ExtensionOid, extensionElement, readExtensions, readGeneralName, type Extension } from './extensions.ts';

/** One entry of a list; the list has it by serial number. */
export interface RevokedCertificate {
  /** UTC milliseconds since 1970. */
  readonly date: number;
  /** Name of RFC 5280 §5.3.1, `unspecified` where none is given. */
  readonly reason: string;
}

/** A revocation list that was read; its signature is judged elsewhere (RFC 5280 §5). */
export interface RevocationList {
  readonly der: Uint8Array;
  readonly issuer: DistinguishedName;
  readonly thisUpdate: number;
  /** Null where the list names none. */
  readonly nextUpdate: number | null;
  readonly tbs: Uint8Array;
  readonly algorithm: DerElement;
  readonly signature: Uint8Array;
  readonly extensions: readonly Extension[];
  /** By serial number; entries of another issuer (indirect lists) are left out. */
  readonly revoked: ReadonlyMap<bigint, RevokedCertificate>;
  /**
   * What keeps the list from showing that a certificate is not revoked: `delta`, `indirect`, `scope`,
   * `critical-extension`; null where nothing does.
   */
  readonly partial: string | null;
  /** issuingDistributionPoint: which certificates it is about. */
  readonly only: 'all' | 'user' | 'ca' | 'attribute';
}

/** A list, or what about the octets is none: they come from a file or a message and may be anything. */
export type RevocationListResult =
  | { readonly ok: true; readonly list: RevocationList }
  | { readonly ok: false; readonly what: string };

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
/** Elements of one list: about 300,000 revoked certificates. */
const LARGEST = 2_000_000;

function readReason(extensions: readonly Extension[]): string {
  const code = extensionElement(extensions, ExtensionOid.reasonCode);
  return (code === null ? undefined : REASONS[derContent(code)[0] ?? 0]) || 'unspecified';
}

function serialOf(element: DerElement): bigint {
  const content = derContent(element);
  return BigInt.asIntN(8 * content.length, bigIntFromOctets(content));
}

/** Entries of the list itself: once a certificateIssuer names another, what follows is another's (RFC 5280 §5.3.3). */
function readEntries(element: DerElement | undefined): {
  readonly revoked: Map<bigint, RevokedCertificate>;
  readonly indirect: boolean;
} {
  const revoked = new Map<bigint, RevokedCertificate>();
  for (const entry of element?.children ?? []) {
    const [serial, date, extra] = entry.children;
    const time = asn1Time(date);
    if (serial?.tag !== DerTag.integer || time === null) continue;
    const extensions = extra === undefined ? [] : (readExtensions(extra) ?? []);
    if (extensions.some((extension) => extension.oid === ExtensionOid.certificateIssuer)) {
      return { revoked, indirect: true };
    }
    revoked.set(serialOf(serial), { date: time, reason: readReason(extensions) });
  }
  return { revoked, indirect: false };
}

const KNOWN: ReadonlySet<string> = new Set([
  ExtensionOid.authorityKeyIdentifier,
  ExtensionOid.crlNumber,
  ExtensionOid.issuingDistributionPoint,
  ExtensionOid.issuerAltName,
  ExtensionOid.deltaCrlIndicator,
]);

function readScope(extensions: readonly Extension[]): {
  readonly partial: string | null;
  readonly only: RevocationList['only'];
} {
  const point = extensionElement(extensions, ExtensionOid.issuingDistributionPoint);
  const flag = (tag: number): boolean =>
    point?.children.some((child) => child.tag === tag && derContent(child)[0] !== 0) ?? false;
  const only = flag(0x81) ? 'user' : flag(0x82) ? 'ca' : flag(0x85) ? 'attribute' : 'all';
  const names =
    point?.children
      .find((child) => child.tag === 0xa0)
      ?.children.flatMap((child) => child.children.map(readGeneralName)) ?? [];
  const scoped = point?.children.some((child) => child.tag === 0x83 || child.tag === 0xa3) ?? false;
  const partial = extensions.some((extension) => extension.oid === ExtensionOid.deltaCrlIndicator)
    ? 'delta'
    : extensions.some((extension) => extension.critical && !KNOWN.has(extension.oid))
      ? 'critical-extension'
      : flag(0x84)
        ? 'indirect'
        : scoped
          ? 'scope'
          : names.length > 0 && only === 'attribute'
            ? 'scope'
            : null;
  return { partial, only };
}

const read = new WeakMap<Uint8Array, RevocationListResult>();

function readList(der: Uint8Array): RevocationListResult {
  const root = readDer(der, { ber: true, elements: LARGEST });
  if (!root.ok) return { ok: false, what: root.problem.code };
  const [tbs, algorithm, bits] = root.element.children;
  const signature = derBitString(bits);
  if (
    tbs === undefined ||
    algorithm?.tag !== DerTag.sequence ||
    derOid(algorithm.children[0]) === null ||
    signature === null
  ) {
    return { ok: false, what: 'CertificateList' };
  }
  const fields = [...tbs.children];
  if (derInteger(fields[0]) !== null) fields.shift();
  const [, issuerField, thisField, ...rest] = fields;
  const issuer = readName(issuerField);
  const thisUpdate = asn1Time(thisField);
  if (issuer === null || thisUpdate === null) return { ok: false, what: issuer === null ? 'issuer' : 'thisUpdate' };
  const nextUpdate = asn1Time(rest[0]);
  if (nextUpdate !== null) rest.shift();
  const entries = readEntries(rest[0]?.tag === DerTag.sequence ? rest[0] : undefined);
  const extensions = readExtensions(rest.find((field) => field.tag === 0xa0)?.children[0]) ?? [];
  const scope = readScope(extensions);
  return {
    ok: true,
    list: {
      der,
      issuer,
      thisUpdate,
      nextUpdate,
      tbs: derOctets(tbs),
      algorithm,
      signature,
      extensions,
      revoked: entries.revoked,
      only: scope.only,
      partial: scope.partial ?? (entries.indirect ? 'indirect' : null),
    },
  };
}

/** Reads a list; the result is kept with the octets, which must not change. */
export function readRevocationList(der: Uint8Array): RevocationListResult {
  const known = read.get(der);
  if (known !== undefined) return known;
  const result = readList(der);
  read.set(der, result);
  return result;
}

/**
 * A certificate, request or revocation list in full, by @peculiar/x509: every field and extension, the text form, PEM.
 * Loaded when somebody looks at one. Judging never comes here: it reads with our DER reader, which gives names in RFC
 * 4514, decimal serial numbers and reasons for refusing, at a third of the size.
 */
import 'reflect-metadata';
import {
  Pkcs10CertificateRequest,
  TextConverter,
  TextObject,
  X509Certificate,
  X509Crl,
  type Extension,
} from '@peculiar/x509';
import { encodeBase64 } from '../bytes/base64.ts';
import { encodeHex } from '../bytes/hex.ts';
import { registerFurtherExtensions } from './further-extensions.ts';

/** What a view is of; each has its PEM label (RFC 7468). */
export type ViewKind = 'certificate' | 'request' | 'revocation list';

/** A line of the text form with what stands below it. */
export interface ViewEntry {
  /** Empty where the line has a value only. */
  readonly name: string;
  readonly value: string;
  /** How many octets `value` is the lower-case hexadecimal of; null where it is text. */
  readonly octets: number | null;
  readonly entries: readonly ViewEntry[];
}

/** One extension with its values in words (RFC 5280 §4.2 and §5.2). */
export interface ExtensionView {
  readonly oid: string;
  /** The oid again where nobody here knows the extension. */
  readonly name: string;
  readonly critical: boolean;
  readonly entries: readonly ViewEntry[];
}

/** Everything that a certificate, request or list says, laid out for reading. */
export interface CertificateView {
  readonly kind: ViewKind;
  /** All fields but the extensions. */
  readonly fields: readonly ViewEntry[];
  readonly extensions: readonly ExtensionView[];
  /** The whole in lines, extensions and signature included. */
  readonly text: string;
  /** RFC 7468. */
  readonly pem: string;
}

/** Octets of the largest one that is shown. */
const LARGEST = 1024 * 1024;
/** Entries of a revocation list that are shown. */
const MOST_REVOKED = 1_000;

const LABELS: Readonly<Record<ViewKind, string>> = {
  certificate: 'CERTIFICATE',
  request: 'CERTIFICATE REQUEST',
  'revocation list': 'X509 CRL',
};

registerFurtherExtensions();

/**
 * What stands in `der`; null where the library cannot read it or it is larger than 1 MiB. Its text is the certificate's
 * own and may be hostile: show it as text.
 */
export function viewCertificate(der: Uint8Array, kind: ViewKind = 'certificate'): CertificateView | null {
  if (der.length > LARGEST) return null;
  try {
    const { text, extensions } = read(der.slice(), kind);
    keepLines(text);
    return {
      kind,
      fields: entriesOf(withoutExtensions(text)),
      extensions: extensions.map(viewExtension),
      text: `${TextConverter.serialize(text)}\n`,
      pem: pemOf(der, LABELS[kind]),
    };
  } catch {
    // The library throws at malformed input; that is data to us.
    return null;
  }
}

/** A line end in a name must not begin a line of the text form: control characters as RFC 4514 escapes them. */
function keepLines(text: TextObject): void {
  const escaped = (value: string) =>
    value.replace(/[\u0000-\u001f\u007f]/g, (control) => `\\${control.charCodeAt(0).toString(16).padStart(2, '0')}`);
  const value: string | undefined = text[TextObject.VALUE];
  if (value !== undefined) text[TextObject.VALUE] = escaped(value);
  for (const [name, item] of Object.entries(text)) {
    if (typeof item === 'string') text[name] = escaped(item);
    else if (item instanceof TextObject) keepLines(item);
    else if (Array.isArray(item)) for (const one of item) keepLines(one);
  }
}

interface Read {
  readonly text: TextObject;
  readonly extensions: readonly Extension[];
}

function read(der: Uint8Array<ArrayBuffer>, kind: ViewKind): Read {
  switch (kind) {
    case 'certificate': {
      const certificate = new X509Certificate(der);
      return { text: certificate.toTextObject(), extensions: certificate.extensions };
    }
    case 'request': {
      const request = new Pkcs10CertificateRequest(der);
      return { text: requestText(request), extensions: request.extensions };
    }
    case 'revocation list': {
      const list = new X509Crl(der);
      return { text: listText(list), extensions: list.extensions };
    }
  }
}

/** The library prints a request's attributes as octets; the extensions that it asks for are read by it all the same. */
function requestText(request: Pkcs10CertificateRequest): TextObject {
  return new TextObject('Certificate Request', {
    Data: new TextObject('', {
      Subject: request.subject,
      'Subject Public Key Info': request.publicKey,
      ...extensionsText('Requested Extensions', request.extensions),
    }),
    Signature: signatureText(request.signatureAlgorithm, request.signature),
  });
}

/** The library has no text form for lists. */
function listText(list: X509Crl): TextObject {
  const { entries } = list;
  const left = entries.length - MOST_REVOKED;
  return new TextObject('Certificate Revocation List', {
    Data: new TextObject('', {
      Issuer: list.issuer,
      'This Update': list.thisUpdate,
      ...(list.nextUpdate === undefined ? {} : { 'Next Update': list.nextUpdate }),
      ...extensionsText('Extensions', list.extensions),
      ...(entries.length === 0
        ? {}
        : {
            Revoked: entries.slice(0, MOST_REVOKED).map(
              (entry) =>
                new TextObject(
                  '',
                  {
                    'Revocation Date': entry.revocationDate,
                    ...extensionsText('Extensions', entry.extensions),
                  },
                  entry.serialNumber,
                ),
            ),
          }),
      ...(left > 0 ? { 'Further Revoked': left } : {}),
    }),
    Signature: signatureText(list.signatureAlgorithm, list.signature),
  });
}

function extensionsText(name: string, extensions: readonly Extension[]): Record<string, TextObject> {
  if (extensions.length === 0) return {};
  const texts = extensions.map((extension) => extension.toTextObject());
  return { [name]: new TextObject('', Object.fromEntries(texts.map((text) => [text[TextObject.NAME], text]))) };
}

/** WebCrypto's description of an algorithm, whose types the engine does without. */
interface NamedAlgorithm {
  readonly name?: string;
  readonly hash?: { readonly name?: string };
}

function signatureText(algorithm: NamedAlgorithm, octets: ArrayBuffer): TextObject {
  const { name = '', hash } = algorithm;
  return new TextObject('', { Algorithm: hash?.name === undefined ? name : `${name} with ${hash.name}`, '': octets });
}

/** The extensions are shown apart: with what each is for, and what is critical. */
function withoutExtensions(text: TextObject): TextObject {
  const data = text['Data'];
  if (!(data instanceof TextObject)) return text;
  const { Extensions: _, 'Requested Extensions': __, ...fields } = data;
  return new TextObject('', { ...fields, Signature: text['Signature'] ?? '' });
}

function viewExtension(extension: Extension): ExtensionView {
  const text = extension.toTextObject();
  return {
    oid: extension.type,
    name: text[TextObject.NAME],
    critical: extension.critical,
    entries: entriesOf(text),
  };
}

function entriesOf(text: TextObject): readonly ViewEntry[] {
  return Object.entries(text).flatMap(([name, item]): readonly ViewEntry[] => {
    if (Array.isArray(item)) return item.map((one) => entryOf(name, one));
    return [entryOf(name, item)];
  });
}

function entryOf(name: string, item: Exclude<TextObject[string], TextObject[]>): ViewEntry {
  const entry = (value: string, octets: number | null = null, entries: readonly ViewEntry[] = []) => ({
    name,
    value,
    octets,
    entries,
  });
  if (item instanceof TextObject) return entry(item[TextObject.VALUE] ?? '', null, entriesOf(item));
  if (item instanceof Date) return entry(item.toISOString());
  if (typeof item !== 'object') return entry(String(item));
  const octets = octetsOf(item);
  if (octets !== null) return entry(encodeHex(octets), octets.length);
  return entryOf(name, (item as { toTextObject(): TextObject }).toTextObject());
}

/** The library takes its own objects for octets where they have a buffer, an OCTET STRING's among them. */
function octetsOf(source: object): Uint8Array | null {
  if (source instanceof ArrayBuffer) return new Uint8Array(source);
  if (ArrayBuffer.isView(source)) return new Uint8Array(source.buffer, source.byteOffset, source.byteLength);
  return 'buffer' in source && source.buffer instanceof ArrayBuffer ? new Uint8Array(source.buffer) : null;
}

function pemOf(der: Uint8Array, label: string): string {
  const lines = encodeBase64(der).match(/.{1,64}/g) ?? [];
  return [`-----BEGIN ${label}-----`, ...lines, `-----END ${label}-----`, ''].join('\n');
}

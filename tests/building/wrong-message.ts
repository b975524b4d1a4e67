/**
 * Makes SOAP messages signed wrongly or changed after signing, with Node's own crypto over octets that are canonical as
 * written: independent of our canonicalizer.
 */
import {
  constants,
  createHash,
  createHmac,
  createPrivateKey,
  generateKeyPairSync,
  privateEncrypt,
  sign,
  type KeyObject,
} from 'node:crypto';

import { EXCLUSIVE, RSA_SHA256, SHA256, SOAP, WSSE, WSU } from './names.ts';
import { signatureXml, withoutDeclaration } from './signature.ts';

export const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const otherRsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const ec = generateKeyPairSync('ec', { namedCurve: 'P-256' });

export const pem = (pair: { publicKey: KeyObject }) => pair.publicKey.export({ type: 'spki', format: 'pem' }) as string;

/** Content of the Body, canonical as it stands. */
export const ORDER =
  '<app:Order xmlns:app="urn:app" number="7"><app:item>One &amp; ' +
  '"two"</app:item><app:price>1.50</app:price><app:made>2026-01-01T00:00:00.000Z</app:made><app:note>Zażółć ' +
  'café</app:note></app:Order>';

const DECLARATIONS = { soap: SOAP, wsu: WSU } as const;

/** The start tag of the Body with those inherited declarations, in canonical order. */
export function bodyTag(inherited: Readonly<Record<string, string>>, attributes = ' wsu:Id="body"'): string {
  return `<soap:Body${Object.entries(inherited)
    .sort(([a], [b]) => (a < b ? -1 : 1))
    .map(([prefix, uri]) => ` xmlns:${prefix}="${uri}"`)
    .join('')}${attributes}>`;
}

/** The Body as Exclusive C14N writes it. */
export function canonicalBody(content = ORDER): string {
  return `${bodyTag(DECLARATIONS)}${content}</soap:Body>`;
}

export interface Wrong {
  /** Content of the Body in the message that is signed. */
  readonly content?: string;
  /** Octets that the signer hashes for the Body; the canonical form by default. */
  readonly hashed?: (canonical: string) => string | Uint8Array;
  /** DigestValue made from the octets hashed; base64 of SHA-256 by default. */
  readonly digest?: (octets: Uint8Array) => string;
  /** More declarations on the Envelope. */
  readonly declarations?: Readonly<Record<string, string>>;
  readonly transform?: string;
  /** Children of the Transform, canonical. */
  readonly inTransform?: string;
  readonly transforms?: string;
  readonly digestMethod?: string;
  readonly method?: string;
  readonly canonicalization?: string;
  /** What the signer signs for SignedInfo. */
  readonly signedInfo?: (canonical: string) => string | Uint8Array;
  readonly signer?: (octets: Uint8Array) => Uint8Array;
  /** Text of SignatureValue. */
  readonly value?: (value: Uint8Array) => string;
  /** SignedInfo as written in the message. */
  readonly written?: (canonical: string) => string;
  /** The whole message, after signing. */
  readonly afterwards?: (message: string) => string;
  readonly uri?: string;
  /** Whole header blocks before wsse:Security. */
  readonly blocks?: string;
  readonly keyInfo?: string;
}

const bytes = (text: string | Uint8Array): Uint8Array => (typeof text === 'string' ? Buffer.from(text) : text);

export function message(wrong: Wrong = {}): string {
  const {
    content = ORDER,
    hashed = (text) => text,
    declarations = {},
    transform = EXCLUSIVE,
    inTransform = '',
    digestMethod = SHA256,
    method = RSA_SHA256,
    canonicalization = EXCLUSIVE,
    uri = '#body',
    blocks = '',
    keyInfo = '',
  } = wrong;
  const digestOf = wrong.digest ?? ((octets) => createHash('sha256').update(octets).digest('base64'));
  const transforms =
    wrong.transforms ??
    `<ds:Transforms><ds:Transform Algorithm="${transform}">${inTransform}</ds:Transform></ds:Transforms>`;
  const signature = signatureXml({
    references: [
      { uri, octets: '', digestMethod, digestValue: digestOf(bytes(hashed(canonicalBody(content)))), transforms },
    ],
    signer: {
      method,
      sign: (octets) => Buffer.from((wrong.signer ?? ((text) => sign('sha256', text, rsa.privateKey)))(octets)),
    },
    keyInfo: '',
    canonicalization,
    written: (canonical) => (wrong.written ?? ((text) => text))(withoutDeclaration(canonical)),
    objects: keyInfo,
    ...(wrong.signedInfo === undefined ? {} : { signedOctets: wrong.signedInfo }),
    ...(wrong.value === undefined ? {} : { valueText: wrong.value }),
  });
  const all = Object.entries({ ...DECLARATIONS, ...declarations })
    .map(([prefix, name]) => ` xmlns:${prefix}="${name}"`)
    .join('');
  const whole =
    `<soap:Envelope${all}><soap:Header>${blocks}<wsse:Security xmlns:wsse="${WSSE}">${signature}</wsse:Security>` +
    `</soap:Header><soap:Body wsu:Id="body">${content}</soap:Body></soap:Envelope>`;
  return (wrong.afterwards ?? ((text) => text))(whole);
}

export const sha256 = (octets: Uint8Array): string => createHash('sha256').update(octets).digest('base64');
export { constants, createHash, createHmac, createPrivateKey, privateEncrypt, sign };

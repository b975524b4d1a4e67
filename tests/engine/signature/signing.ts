/**
 * Signs with Node's own crypto over octets that are canonical as they are written: independent of our canonicalizer.
 */
import { createHash, createHmac, generateKeyPairSync, sign } from 'node:crypto';

export const DS = 'http://www.w3.org/2000/09/xmldsig#';
export const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
export const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';
export const RSA_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256';
export const HMAC_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256';

const pair = generateKeyPairSync('rsa', { modulusLength: 2048 });
export const PUBLIC_PEM = pair.publicKey.export({ type: 'spki', format: 'pem' }) as string;
export const SECRET = Buffer.from('an HMAC secret of thirty-two oct');

export interface SignOptions {
  /** Element content written as it is canonical: `<a xmlns="urn:a" Id="a">…</a>`. */
  readonly target: string;
  readonly uri?: string;
  readonly method?: string;
  /** Children of SignatureMethod. */
  readonly parameters?: string;
  readonly keyInfo?: string;
  /** Rewrites DigestValue's text before signing. */
  readonly digestText?: (base64: string) => string;
  /** Rewrites SignatureValue's text. */
  readonly valueText?: (base64: string) => string;
  /** Rewrites the whole Signature after signing. */
  readonly edit?: (signature: string) => string;
  readonly referenceType?: string;
  readonly hmacBits?: number;
}

/** A ds:Signature over `target`. */
export function signature(options: SignOptions): string {
  const {
    target,
    uri = '#a',
    method = RSA_SHA256,
    parameters = '',
    keyInfo = '',
    digestText = (text) => text,
    valueText = (text) => text,
    edit = (text) => text,
    referenceType,
  } = options;
  const digest = digestText(createHash('sha256').update(target).digest('base64'));
  const signedInfo = (namespace: string) =>
    `<ds:SignedInfo${namespace}><ds:CanonicalizationMethod ` +
    `Algorithm="${EXC}"></ds:CanonicalizationMethod><ds:SignatureMethod ` +
    `Algorithm="${method}">${parameters}</ds:SignatureMethod>` +
    (`<ds:Reference${referenceType === undefined ? '' : ` Type="${referenceType}"`} ` +
      `URI="${uri}"><ds:Transforms><ds:Transform ` +
      `Algorithm="${EXC}"></ds:Transform></ds:Transforms><ds:DigestMethod ` +
      `Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`);
  const octets = Buffer.from(signedInfo(` xmlns:ds="${DS}"`));
  const whole =
    method === HMAC_SHA256
      ? createHmac('sha256', SECRET).update(octets).digest()
      : sign('sha256', octets, pair.privateKey);
  const value = options.hmacBits === undefined ? whole : whole.subarray(0, options.hmacBits / 8);
  return edit(
    '<ds:Signature ' +
      `xmlns:ds="${DS}">${signedInfo('')}<ds:SignatureValue>${valueText(value.toString('base64'))}</ds:SignatureValue>${keyInfo}</ds:Signature>`,
  );
}

/** A document `<root>` that holds target and signature side by side. */
export function document(options: SignOptions): string {
  return `<root>${options.target}${signature(options)}</root>`;
}

export const TARGET = '<a xmlns="urn:a" Id="a"><b>text</b></a>';

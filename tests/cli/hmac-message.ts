/** Plain XML signatures by HMAC, made without the engine: their SignedInfo is written in canonical form already. */
import { createHash, createHmac } from 'node:crypto';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const EXCLUSIVE = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const SHA256 = 'http://www.w3.org/2001/04/xmlenc#sha256';

/** A document around one signature with one reference; `octets` are what the reference's digest is over. */
export function signedBySecret(options: {
  readonly uri: string;
  readonly octets: Uint8Array | string;
  readonly secret: string;
  readonly keyName: string;
  readonly transforms?: readonly string[];
  wrap(signature: string): string;
}): string {
  const transforms = (options.transforms ?? [])
    .map((uri) => `<ds:Transform Algorithm="${uri}"></ds:Transform>`)
    .join('');
  const digest = createHash('sha256').update(options.octets).digest('base64');
  const inner =
    `<ds:CanonicalizationMethod Algorithm="${EXCLUSIVE}"></ds:CanonicalizationMethod><ds:SignatureMethod ` +
    'Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"></ds:SignatureMethod><ds:Reference ' +
    `URI="${options.uri}">${transforms === '' ? '' : `<ds:Transforms>${transforms}</ds:Transforms>`}<ds:DigestMethod ` +
    `Algorithm="${SHA256}"></ds:DigestMethod><ds:DigestValue>${digest}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const value = createHmac('sha256', options.secret)
    .update(`<ds:SignedInfo xmlns:ds="${DS}">${inner}`)
    .digest('base64');
  return options.wrap(
    '<ds:Signature ' +
      `xmlns:ds="${DS}"><ds:SignedInfo>${inner}<ds:SignatureValue>${value}</ds:SignatureValue><ds:KeyInfo><ds:KeyName>${options.keyName}</ds:KeyName></ds:KeyInfo></ds:Signature>`,
  );
}

export { EXCLUSIVE };

/** Plain documents with one signature by a generated RSA key or a shared secret, wrong in one place where asked. */
import { generateKeyPairSync } from 'node:crypto';
import { HMAC_SHA256, RSA_SHA256 } from './names.ts';
import { digest, hmacSigner, rsaSigner, signatureXml, withoutDeclaration } from './signature.ts';

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
  const { target, uri = '#a', method = RSA_SHA256, parameters = '', keyInfo = '', referenceType } = options;
  const { digestText = (text) => text, valueText = (text) => text, edit = (text) => text } = options;
  const signer = method === HMAC_SHA256 ? hmacSigner(SECRET, method, options.hmacBits) : rsaSigner(pair.privateKey);
  const reference = {
    uri,
    octets: target,
    digestValue: digestText(digest(target)),
    ...(referenceType === undefined ? {} : { type: referenceType }),
  };
  return edit(
    signatureXml({
      references: [reference],
      signer: { ...signer, method },
      keyInfo: '',
      methodParameters: parameters,
      valueText: (value) => valueText(value.toString('base64')),
      // Where the Signature declares the prefix, SignedInfo need not.
      written: withoutDeclaration,
      objects: keyInfo,
    }),
  );
}

/** A document `<root>` that holds target and signature side by side. */
export function document(options: SignOptions): string {
  return `<root>${options.target}${signature(options)}</root>`;
}

export const TARGET = '<a xmlns="urn:a" Id="a"><b>text</b></a>';

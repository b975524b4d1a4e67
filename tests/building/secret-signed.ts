/** Plain XML signatures by a secret that is known by name. */
import { digest, hmacSigner, signatureXml, withoutDeclaration } from './signature.ts';

/** A document around one signature with one reference; `octets` are what the reference's digest is over. */
export function signedBySecret(options: {
  readonly uri: string;
  readonly octets: Uint8Array | string;
  readonly secret: string;
  readonly keyName: string;
  readonly transforms?: readonly string[];
  wrap(signature: string): string;
}): string {
  const octets = Buffer.from(options.octets);
  return options.wrap(
    signatureXml({
      references: [{ uri: options.uri, octets: '', digestValue: digest(octets), transforms: options.transforms ?? [] }],
      signer: hmacSigner(Buffer.from(options.secret)),
      keyInfo: `<ds:KeyName>${options.keyName}</ds:KeyName>`,
      written: withoutDeclaration,
    }),
  );
}

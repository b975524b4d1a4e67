/** What findings carry about the properties of XAdES, by code. */
import type { NoData } from './no-data.ts';

/** A digest that is a certificate's, though not as it should be made. */
export type CertDigestForm =
  | 'hex'
  | 'base64-of-hex'
  | 'base64-twice'
  | 'certificate-der'
  | 'certificate-base64'
  | 'certificate-pem'
  | 'other-method'
  | 'public-key';

/** The property that names the certificate, and the certificate of the key that verified. */
interface NamedSigner {
  /** `SigningCertificate` or `SigningCertificateV2`. */
  readonly property: string;
  readonly subject: string;
}

/** Data of findings about XAdES, by code. */
export interface XadesFindings {
  readonly 'xades-properties-not-signed': { readonly id: string | null };
  readonly 'xades-reference-type': {
    /** `missing` or another, though it leads to the properties; `enclosed`: none leads to them alone; `elsewhere`. */
    readonly how: 'missing' | 'other' | 'enclosed' | 'elsewhere';
    readonly uri: string | null;
    readonly type: string | null;
  };
  readonly 'xades-signingcertificate-missing': NoData;
  readonly 'xades-signingcertificate-unchecked': {
    readonly property: string;
    readonly reason: 'no-certificate' | 'digest-method';
    readonly method: string | null;
  };
  readonly 'xades-signingcertificate-other': NamedSigner & {
    /** Certificates that the property names. */
    readonly count: number;
    /** One of them has the signer's issuer and serial number. */
    readonly sameIssuerSerial: boolean;
    readonly stated: string;
    readonly computed: string;
  };
  readonly 'xades-certdigest-mismatch': NamedSigner & { readonly how: CertDigestForm; readonly method: string };
  readonly 'xades-issuerserial-differs': NamedSigner & {
    readonly reason: string;
    readonly issuer: string;
    readonly serial: string;
  };
  readonly 'xades-target-differs': { readonly target: string | null; readonly id: string | null };
  readonly 'xades-objectreference-dangling': { readonly uri: string };
  readonly 'xades-countersignature-other': { readonly outer: string | null };
  readonly 'xades-claims': {
    readonly signingTime: string | null;
    readonly policy: string | null;
    readonly roles: readonly string[];
  };
  readonly 'xades-unsigned-not-judged': { readonly names: readonly string[] };
}

/** What findings carry about the way from KeyInfo to a key, by code. */
import type { NoData } from './no-data.ts';

/** A reference to a token that leads nowhere. */
export interface ReferenceBroken {
  readonly reason: string;
  readonly uri: string | null;
  readonly valueType: string | null;
  readonly near: string | null;
  readonly nearKind: string | null;
}

/** How the message names the certificate that it means. */
export interface CertificateNamed {
  readonly form: string;
  readonly value?: string;
  readonly hex?: string | null;
  readonly issuer?: string;
  readonly serial?: string;
  readonly subject?: string;
  readonly certificateKnown?: boolean;
}

/** A key that was asked for and is not there. */
export interface KeyMissing extends Omit<CertificateNamed, 'form'> {
  readonly form?: string;
  readonly opens?: string | null;
  readonly opensSubject?: string | null;
  readonly how?: string;
  readonly algorithm?: string;
  /** Given private keys of which no certificate is known, so that they were tried and not compared. */
  readonly bare?: number;
}

/** An identifier that would lead to a known certificate if it were written as it should be. */
export interface WrittenWrongly {
  readonly how?: string;
  readonly style?: string | null;
  readonly written?: string;
  /** The property of XAdES in which it stands; it found no key there, it stands beside one. */
  readonly in?: string;
  /** Of the certificate that is meant. */
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
}

/** A reference to a key that is written against its rules and whose meaning is plain. */
export type WrittenWronglyCode =
  | 'issuer-dn-format'
  | 'issuer-is-subject'
  | 'serial-hex-or-sign'
  | 'thumbprint-wrong'
  | 'ski-computed-wrong';

/** Data of findings about the way to a key, by code. */
export interface KeyResolutionFindings {
  readonly 'signer-certificate-not-found': CertificateNamed;
  readonly 'cert-renewed-same-key': CertificateNamed & { readonly signer: string | null };
  readonly 'key-not-named': { readonly signer: string | null; readonly missing: string | null };
  readonly 'private-key-not-found': KeyMissing;
  readonly 'encrypted-for-another-recipient': KeyMissing;
  readonly 'secret-not-given': {
    readonly names: readonly string[];
  };
  readonly 'encryptedkey-missing':
    | (ReferenceBroken & { readonly value?: never })
    | { readonly value: string; readonly encryptedKeys: number; readonly reason?: string; readonly uri?: string };
  readonly 'encryptedkeysha1-wrong': { readonly how: string; readonly encryptedKeys?: number; readonly value: string };
  readonly 'issuer-dn-format': WrittenWrongly;
  readonly 'issuer-is-subject': WrittenWrongly;
  readonly 'serial-hex-or-sign': WrittenWrongly;
  readonly 'thumbprint-wrong': WrittenWrongly;
  readonly 'ski-computed-wrong': WrittenWrongly;
  readonly 'bst-reference-broken': ReferenceBroken;
  readonly 'keyid-type-unexpected': {
    readonly stated: string | null;
    readonly actual: string | null;
    readonly rule?: string;
  };
  readonly 'keyinfo-missing-or-empty': { readonly element: string; readonly tried?: number; readonly empty?: boolean };
  readonly 'key-name-unknown': {
    readonly name: string;
  };
  readonly 'key-reference-cycle': NoData;
  readonly 'reference-to-reference': NoData;
  readonly R3057: NoData;
  readonly R3056: NoData;
  readonly R3054: NoData;
  readonly R3061: {
    readonly count?: number;
  };
  readonly R5206: { readonly valueType: string | null };
  readonly 'key-value-malformed': {
    readonly detail?: string;
    readonly reason?: string;
  };
  readonly 'x509-certificate-malformed': {
    readonly reason?: string;
  };
  readonly 'username-key-guessable': { readonly reason: 'empty-password' | 'one-iteration' };
  readonly 'x509data-identifier-differs': { readonly certificates: readonly string[] };
  readonly 'retrieval-method-transforms': NoData;
  readonly 'retrieval-method-external': {
    readonly uri?: string;
  };
  readonly 'keyinfo-element-unknown': { readonly element: string; readonly namespace: string };
  readonly 'encrypted-key-not-opened': NoData;
  readonly 'derived-key-without-reference': NoData;
  readonly 'saml-assertion-encrypted': NoData;
  readonly 'token-type-unsupported': { readonly valueType: string | null; readonly reason?: string };
  readonly 'saml-without-key': {
    readonly methods?: readonly string[];
  };
  readonly 'saml-assertion-unsigned': {
    readonly issuer: string | null;
    readonly methods: readonly string[];
    readonly coveredByMessage: boolean;
  };
  readonly 'saml-subject-confirmation': {
    readonly method: string;
    readonly reason: string;
    readonly signatures: number;
  };
  readonly 'signature-confirmation-without-request': {
    readonly confirmations: number;
    /** What is missing to compare: `not-given`, or parts of its headers that stayed encrypted (`not-opened`). */
    readonly request: string;
  };
  readonly 'signature-confirmation-missing': {
    readonly requestSignatures: number;
  };
}

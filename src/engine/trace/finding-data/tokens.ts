/** What findings carry about the envelope, Security headers and tokens, by code. */
import type { NoData } from './no-data.ts';

/** The digest of a UsernameToken was made otherwise than the profile says; the password is right. */
export interface PasswordDigestMade {
  readonly username: string;
  /** `nonce:hex-text`, `order:created-nonce-password`, ... */
  readonly how: readonly string[];
}

/** Ways in which a password digest is made wrongly. */
export type PasswordDigestCode =
  | 'pwd-digest-nonce-not-decoded'
  | 'pwd-digest-created-mismatch'
  | 'pwd-digest-hex'
  | 'pwd-digest-order-or-missing-part'
  | 'pwd-digest-hashed-or-encoded-password';

/** Data of findings about tokens, by code. */
export interface TokenFindings {
  readonly 'soap-namespace-wrong': {
    readonly element: string;
    readonly namespace: string;
    readonly expected: string;
  };
  readonly 'soap-body-missing': NoData;
  readonly 'soap-several-headers': {
    readonly count: number;
  };
  readonly 'soap-header-after-body': NoData;
  readonly 'soap-attribute-namespace': {
    readonly block: string;
    readonly attribute: string;
    readonly namespace: string;
    readonly expected: string;
  };
  readonly 'mustunderstand-not-boolean': {
    readonly block: string;
    readonly value: string;
  };
  readonly 'wsa-mismatch': {
    readonly reason: string;
  };
  readonly 'wsa-duplicate-header': {
    readonly header: string;
    readonly count: number;
  };
  readonly 'XSW-14': {
    readonly actor: string | null;
    readonly count: number;
  };
  readonly R3206: {
    readonly actor: string | null;
    readonly count: number;
  };
  readonly R3210: {
    readonly actor: string | null;
    readonly count: number;
  };
  readonly 'actor-role-mismatch': {
    readonly wanted: string | null;
    readonly actors: readonly string[];
    readonly taken?: boolean;
  };
  readonly 'security-header-missing': {
    readonly element: string;
  };
  readonly 'signature-not-in-ds-namespace': {
    readonly element: string;
    readonly namespace: string;
    readonly expected: string;
    readonly meant: string;
  };
  readonly 'timestamp-malformed': {
    readonly reason: string;
    readonly element: string;
    readonly text?: string;
  };
  readonly 'ts-expired': {
    readonly expires: string;
    readonly at: string;
    readonly lateSeconds: number;
    readonly skewSeconds: number;
    readonly by: string;
  };
  readonly 'ts-created-in-future': {
    readonly created: string;
    readonly at: string;
    readonly aheadSeconds: number;
    readonly skewSeconds: number;
  };
  readonly 'ts-local-time-as-utc': {
    readonly hours: number;
    readonly created: string;
    readonly at: string;
    /** It is written with an offset, so that nothing is mistaken. */
    readonly offset?: boolean;
    /** `at` is the message's own time: either of the two may be the local one. */
    readonly own?: boolean;
  };
  readonly 'ts-missing-expires-or-order': {
    readonly reason: string;
    readonly created?: string;
    readonly expires?: string;
  };
  readonly 'ts-zone-missing': {
    readonly created: string;
  };
  readonly 'ts-device-clock-offset': {
    readonly created: string;
    readonly at: string;
    readonly offsetSeconds: number;
    readonly skewSeconds: number;
  };
  readonly R3227: {
    readonly count: number;
  };
  readonly 'user-unknown': { readonly username: string | null; readonly given: number };
  readonly 'password-not-given': { readonly username: string | null };
  readonly 'password-wrong': {
    readonly username: string;
    readonly octets: number;
    readonly sameButForCaseOrSpace: boolean;
  };
  readonly 'password-digest-wrong': {
    readonly username: string;
    readonly otherUser: string | null;
    readonly computed: string | null;
    /** Null where it does not look like a digest: it may be the password itself. */
    readonly stated: string | null;
    readonly decodable: boolean;
  };
  readonly 'pwd-digest-nonce-not-decoded': PasswordDigestMade;
  readonly 'pwd-digest-created-mismatch': PasswordDigestMade;
  readonly 'pwd-digest-hex': PasswordDigestMade;
  readonly 'pwd-digest-order-or-missing-part': PasswordDigestMade;
  readonly 'pwd-digest-hashed-or-encoded-password': PasswordDigestMade;
  readonly 'pwd-type-missing-or-wrong': {
    readonly reason: string;
    readonly type?: string | null;
    readonly username?: string;
  };
  readonly 'pwdtext-with-nonce': {
    readonly nonce: boolean;
    readonly created: boolean;
  };
  readonly 'nonce-encodingtype-missing': { readonly rule: string };
  readonly R4221: {
    readonly encodingType?: string;
  };
  readonly 'nonce-not-base64': NoData;
  readonly 'nonce-too-long-or-created-precision': {
    readonly fractionDigits: number;
    readonly nonceOctets: number | null;
  };
  readonly 'username-without-password': { readonly username: string | null };
  readonly 'usernametoken-without-username': NoData;
  readonly 'usernametoken-repeated-element': { readonly element: string; readonly count: number };
  readonly 'usernametoken-digest-without-nonce': { readonly nonce: boolean; readonly created: boolean };
  readonly 'salt-malformed': NoData;
  readonly 'iteration-malformed': {
    readonly text?: string;
  };
  readonly R4218: {
    readonly iterations?: number;
  };
  readonly 'bst-content-malformed': {
    readonly reason: string;
    readonly valueType?: string | null;
    readonly stated?: string | null;
    readonly actual?: string;
    readonly encodingType?: string;
    readonly what?: string;
    readonly offset?: number;
  };
  readonly R3029: NoData;
  readonly R3030: {
    readonly encodingType: string;
  };
  readonly R3031: NoData;
  readonly R3032: { readonly valueType: string; readonly certificates: number };
  readonly 'saml-conditions-expired': {
    readonly reason: string;
    readonly of: string;
    readonly at: string;
    readonly notOnOrAfter?: string | null;
    readonly lateSeconds?: number;
    readonly notBefore?: string | null;
    readonly earlySeconds?: number;
  };
  readonly 'saml-id-missing': {
    readonly attribute: string;
  };
  readonly 'derived-key-malformed': {
    readonly element: string;
  };
  readonly 'derived-key-algorithm-unknown': {
    readonly algorithm: string;
  };
  readonly 'signature-confirmation-mismatch': {
    readonly reason: string;
    readonly value: string;
  };
}

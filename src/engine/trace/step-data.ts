/**
 * What the steps of verification carry, by their kind. A step is given its data bit by bit while it goes on, and ends
 * wherever its message fails: every member may be missing. The recorder takes no other data for a kind, and the words
 * in `src/content/steps.ts` can ask for no other.
 */
import type { NoData } from './finding-data/no-data.ts';
import type { Data } from './run-log.ts';

/** What a step carries, by its kind. */
export interface StepData {
  readonly decode: {
    /** Octets of the input. */
    readonly size?: number;
    readonly encoding?: string;
    readonly bom?: boolean;
    readonly declared?: string | null;
    /** What was taken off, outermost first. */
    readonly wrappings?: readonly string[];
    /** MIME parts beside the envelope. */
    readonly parts?: number;
  };
  readonly parse: { readonly elements?: number; readonly attributes?: number };
  readonly 'locate-headers': {
    /** SOAP's version, or the namespace of an Envelope of none; null outside SOAP. */
    readonly envelope?: string | null;
    readonly headers?: number;
    /** Actor or role of our header. */
    readonly ours?: string | null;
    /** The message is not well-formed: only what stands before its error is listed. */
    readonly upToError?: boolean;
  };
  readonly header: {
    readonly actor?: string | null;
    readonly mustUnderstand?: boolean | null;
    readonly children?: number;
    /** No header: what only judged signatures can say of its tokens. */
    readonly confirmations?: boolean;
  };
  readonly 'index-ids': { readonly duplicates?: number };
  /** A token's own members beside these two. */
  readonly 'read-token': Data & { readonly token?: string; readonly id?: string | null };
  readonly 'check-time': { readonly created?: string | null; readonly expires?: string | null };
  readonly 'check-password': {
    readonly username?: string | null;
    readonly passwordKind?: string;
    readonly computed?: string | null;
    readonly stated?: string | null;
  };
  /** Every derivation has inputs of its own. */
  readonly 'derive-key': Data & KeyFingerprint;
  readonly 'resolve-key': {
    readonly purpose?: string;
    readonly element?: string | null;
    readonly how?: string | null;
    readonly subject?: string | null;
    readonly candidates?: number;
    readonly taken?: number;
    /** Code of what would help. */
    readonly missing?: string | null;
    readonly unsupported?: string | null;
  };
  readonly 'build-path': { readonly subject?: string | null; readonly anchors?: number; readonly key?: string };
  readonly signature: {
    readonly id?: string | null;
    readonly place?: string;
    readonly value?: string;
    readonly method?: string;
    readonly cut?: true;
  };
  readonly 'signed-info': { readonly algorithm?: string; readonly references?: number };
  readonly 'verify-value': {
    readonly algorithm?: string;
    readonly valueOctets?: number;
    /** How the key was found that verifies it. */
    readonly how?: string;
  };
  readonly reference: {
    readonly uri?: string | null;
    readonly type?: string | null;
    readonly inManifest?: boolean;
    readonly digest?: string;
    readonly digestMethod?: string;
    readonly cut?: true;
  };
  readonly dereference: {
    readonly uri?: string | null;
    readonly target?: string;
    readonly comments?: boolean;
    readonly attachment?: string;
    /** Media type of the attachment. */
    readonly type?: string | null;
  };
  readonly transform: {
    readonly algorithm?: string;
    /** It leaves content of the target out. */
    readonly discards?: boolean;
    readonly attachment?: string | null;
    readonly contentType?: string | null;
    readonly form?: string | null;
    readonly complete?: boolean;
    readonly prefixList?: readonly string[];
  };
  readonly canonicalize: {
    readonly algorithm?: string;
    readonly comments?: boolean;
    readonly prefixList?: readonly string[];
    /** None is named: the default is taken. */
    readonly implicit?: boolean;
  };
  readonly digest: { readonly algorithm?: string };
  readonly manifest: { readonly references?: number };
  readonly 'encrypted-key': KeyFingerprint & {
    readonly id?: string | null;
    readonly method?: string;
    readonly path?: string;
    readonly encryptedKeySha1?: string | null;
    readonly carriedKeyName?: string | null;
    readonly recipient?: string | null;
    readonly cipherOctets?: number;
    readonly cipherReference?: string | null;
    readonly result?: string;
  };
  readonly 'encrypted-data': {
    readonly id?: string | null;
    readonly method?: string;
    readonly type?: string | null;
    readonly mimeType?: string | null;
    readonly path?: string;
    readonly result?: string;
    readonly plaintextOctets?: number;
    readonly cipherReference?: string | null;
    /** xop:Include elements in the plaintext, and those with their part in place. */
    readonly includes?: number;
    readonly expanded?: number;
    readonly cut?: true;
  };
  readonly 'unwrap-key': {
    readonly algorithm?: string;
    readonly digest?: string | null;
    readonly mask?: string | null;
    readonly labelOctets?: number;
    /** Ids of the keys tried. */
    readonly keys?: readonly string[];
    /** Id of the key that opened it. */
    readonly key?: string;
    readonly keyOctets?: number;
    readonly cipherOctets?: number;
    readonly modulusBits?: number | null;
    readonly candidates?: number;
    readonly how?: string;
    readonly from?: string;
    readonly reason?: string;
  };
  readonly decrypt: {
    readonly algorithm?: string;
    readonly cipherOctets?: number;
    readonly candidates?: number;
    readonly ivOctets?: number;
    /** Hex. */
    readonly iv?: string;
    readonly tag?: string | null;
    readonly how?: string;
    readonly from?: string;
    readonly plaintextOctets?: number;
    readonly paddingOctets?: number | null;
    readonly reason?: string;
    /** In which order sender or receiver worked, and the step of the signature that tells it. */
    readonly order?: string;
    readonly signature?: string;
    readonly signedFirst?: number;
    readonly encryptedFirst?: number;
    readonly lists?: number;
    readonly dangling?: number;
    readonly unnamed?: number;
    readonly namedTwice?: number;
    /** Parts under one nonce. */
    readonly parts?: number;
    readonly stopped?: string;
    readonly bound?: string;
    readonly limit?: number;
  };
  readonly attachment: { readonly includes?: number; readonly expanded?: number; readonly missing?: number };
  readonly 'signature-confirmation': {
    readonly confirmations?: number;
    readonly requestSignatures?: number | null;
  };
  readonly 'saml-assertion': { readonly id?: string | null; readonly version?: string };
  readonly 'subject-confirmation': { readonly method?: string; readonly uri?: string | null };
  readonly xades: {
    /** Id of the signature whose properties they are. */
    readonly signature?: string | null;
    readonly counter?: boolean;
    /** As it stands. */
    readonly signingTime?: string | null;
    /** Its identifier, or `implied`. */
    readonly policy?: string | null;
    /** Name of the property that names the signer's certificate. */
    readonly property?: string | null;
  };
  readonly policy: NoData;
  readonly coverage: { readonly required?: number; readonly full?: number };
  /** Ended early: no verdict of its own. */
  readonly verdict: { readonly stopped?: 'limit' | 'cancelled' };
  readonly diagnosis: {
    /** The step whose cause is searched. */
    readonly about?: string;
    readonly what?: string;
    readonly uri?: string | null;
    readonly padding?: string | null;
    readonly madeBySigner?: boolean;
    readonly matches?: number;
    readonly trials?: number;
  };
}

/** What is said about a key that was opened or derived: nothing that gives it away. */
interface KeyFingerprint {
  readonly keyBits?: number;
  readonly fingerprint?: string;
}

/** The closed set of verification's step kinds. */
export type StepKind = keyof StepData;

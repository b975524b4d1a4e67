/**
 * What a judged message is, as plain data: what is signed and by whom, what is encrypted and for whom, with which
 * algorithms, in which order, in which layout. The ground on which a policy is judged and messages are compared
 * (WS-SecurityPolicy 1.3 §4 to §9).
 */
import type { ReferenceForm } from '../../key-resolution/key-naming.ts';
import type { ProtectionOrder } from '../../signature/judged-signature.ts';
import type { NodeIndex } from '../../xml/document.ts';

/** An element of the message as its application reads it: everything that opened stands in its place. */
export interface ElementFact {
  readonly node: NodeIndex;
  readonly uri: string;
  readonly local: string;
  readonly id: string | null;
  /** `/soap:Envelope/soap:Body`, with the document's own prefixes. */
  readonly path: string;
}

/** The key that signed, encrypted, or opened a key. */
export interface KeyFact {
  readonly form: ReferenceForm;
  /**
   * The last part of a KeyIdentifier's ValueType: `ThumbprintSHA1`, `X509SubjectKeyIdentifier`, ...; null otherwise.
   */
  readonly identifier: string | null;
  /** How it was found: `bst-direct`, `thumbprint`, `encrypted-key`, ...; null where it was not. */
  readonly how: string | null;
  /** `asymmetric` with a public key, `symmetric` with a secret; null where the key is not known. */
  readonly kind: 'asymmetric' | 'symmetric' | null;
  /** `RSA`, `EC`, ...; null for secrets and keys that are not known. */
  readonly type: string | null;
  /** Of an RSA modulus or a secret; null where the type of key has no such length. */
  readonly bits: number | null;
  /**
   * Index in {@link MessageFacts.tokens} of the token that holds it or that it is derived from; null: not in the
   * message.
   */
  readonly token: number | null;
  /** Subject and SHA-256 (lower-case hex) of its certificate. */
  readonly subject: string | null;
  readonly certificate: string | null;
  /** `explicit`: of a DerivedKeyToken. `implied`: of a nonce on the reference (WS-SecureConversation §7.4). */
  readonly derived: 'explicit' | 'implied' | null;
}

/** What stands under a signature's reference, as a policy asks for it. */
export type SignedRole = 'document' | 'Body' | 'header' | 'security' | 'attachment' | 'other';

/** One ds:Reference, those of a ds:Manifest behind the one to it. */
export interface ReferenceFact {
  readonly uri: string | null;
  readonly digestMethod: string;
  readonly transforms: readonly string[];
  readonly digest: 'pass' | 'fail' | 'unknown';
  /** `header`: a whole header block; `security`: a whole child of a Security header; `other`: a part of something. */
  readonly role: SignedRole;
  readonly element: ElementFact | null;
  /** Tokens that STR-Transform put in the place of their references. */
  readonly tokens: readonly ElementFact[];
  /** Name of the MIME part. */
  readonly attachment: string | null;
}

/** One ds:Signature. */
export interface SignatureFact {
  readonly element: ElementFact;
  /** Index in {@link MessageFacts.headers}; null outside Security headers. */
  readonly header: number | null;
  /** Whose signature it is: the message's, or a SAML assertion's own. */
  readonly place: 'security-header' | 'saml-assertion' | 'document' | 'elsewhere';
  readonly value: 'pass' | 'fail' | 'unknown';
  /** The value and every digest are right. */
  readonly sound: boolean;
  readonly method: string;
  readonly canonicalization: string;
  readonly key: KeyFact;
  readonly references: readonly ReferenceFact[];
  /** Indices of the signatures that it signs as a whole: it endorses them (WS-SecurityPolicy §8). */
  readonly endorses: readonly number[];
  /** It signs the token that its own key is of (`ProtectTokens`). */
  readonly protectsToken: boolean;
  /** Indices of the encryptions whose plaintext it stands in (`EncryptSignature`). */
  readonly encryptedBy: readonly number[];
  readonly order: ProtectionOrder | null;
}

/** One xenc:EncryptedKey. */
export interface EncryptedKeyFact {
  readonly id: string | null;
  /** Index in {@link MessageFacts.tokens} where it stands in a Security header; null within a KeyInfo. */
  readonly token: number | null;
  readonly method: string;
  /** Of RSA-OAEP, as written. */
  readonly digest: string | null;
  readonly maskGeneration: string | null;
  readonly result: 'opened' | 'failed' | 'missing' | 'unsupported';
  /** Whom it is for: the key named, and the one that opened it. */
  readonly recipient: KeyFact;
}

/** One xenc:EncryptedData. */
export interface EncryptionFact {
  readonly id: string | null;
  /**
   * `element`: {@link element} stood encrypted. `content`: only what is in it. `attachment`: a MIME part. `other`:
   * octets that stay beside the document.
   */
  readonly what: 'element' | 'content' | 'attachment' | 'other';
  /** Null where it did not open and an element was encrypted, and for what is no element. */
  readonly element: ElementFact | null;
  /** Name of the MIME part. */
  readonly attachment: string | null;
  readonly method: string;
  readonly result: 'pass' | 'fail' | 'unknown';
  /** Index in {@link MessageFacts.encryptedKeys} of the key that it is encrypted with or that its key is of. */
  readonly encryptedKey: number | null;
  readonly key: KeyFact;
}

/** A token of a Security header. */
export interface TokenFact {
  readonly kind: string;
  readonly element: ElementFact;
  readonly valueType: string | null;
  readonly header: number | null;
  /** What a report says of it: user, password kind, SAML version, ...; no secret. */
  readonly data: Readonly<Record<string, unknown>>;
  /** Index of the token that a DerivedKeyToken's key is derived from. */
  readonly derivedFrom: number | null;
  /** Indices of the signatures that hold it whole, and of the encryptions whose plaintext it stands in. */
  readonly signedBy: readonly number[];
  readonly encryptedBy: readonly number[];
  /** Indices of signatures and encryptions whose key is its, directly or by derivation. */
  readonly signs: readonly number[];
  readonly encrypts: readonly number[];
}

/** What protects a part of the message that a policy names: the Body, a header block, a MIME part. */
export interface PartFact {
  readonly role: 'Body' | 'header' | 'attachment';
  readonly element: ElementFact | null;
  readonly attachment: string | null;
  /** Indices of the sound references' signatures that hold it whole. */
  readonly signedBy: readonly number[];
  readonly encrypted: 'element' | 'content' | 'no';
  readonly encryptedBy: readonly number[];
}

/**
 * A break of the strict layout's rules (WS-SecurityPolicy §6.7.1):
 * - `token-after-use`: a token stands behind what uses it.
 * - `signed-after-signature`: a signed child of the header stands behind its signature.
 * - `list-after-data`: an encrypted child stands before the list that names it.
 * - `list-missing`: something is encrypted and no list stands at the header's top.
 */
export interface LayoutBreak {
  readonly rule: 'token-after-use' | 'signed-after-signature' | 'list-after-data' | 'list-missing';
  /** The child of the header that stands in the wrong place. */
  readonly element: ElementFact | null;
}

/** One wsse:Security header and the order of its children. */
export interface HeaderFact {
  readonly element: ElementFact;
  readonly actor: string | null;
  readonly mustUnderstand: boolean | null;
  readonly ours: boolean;
  /** Its children in document order: how a receiver works it off. */
  readonly children: readonly ElementFact[];
  /** Where the Timestamp stands among them; `only` where it is both first and last. */
  readonly timestamp: 'absent' | 'first' | 'last' | 'only' | 'between';
  /** Empty where the strict layout is kept. */
  readonly breaks: readonly LayoutBreak[];
}

/** URIs of every algorithm in use, by what it is for; each list sorted, without repetition. */
export interface SuiteFact {
  readonly canonicalization: readonly string[];
  readonly transforms: readonly string[];
  readonly digest: readonly string[];
  readonly signature: readonly string[];
  readonly encryption: readonly string[];
  readonly keyTransport: readonly string[];
  readonly keyWrap: readonly string[];
  readonly keyDerivation: readonly string[];
}

/** All of it. Lists refer to each other by index. */
export interface MessageFacts {
  readonly soap: '1.1' | '1.2' | null;
  readonly headers: readonly HeaderFact[];
  readonly tokens: readonly TokenFact[];
  readonly signatures: readonly SignatureFact[];
  readonly encryptedKeys: readonly EncryptedKeyFact[];
  readonly encryptions: readonly EncryptionFact[];
  readonly parts: readonly PartFact[];
  readonly suite: SuiteFact;
  /** Of all signatures together; null where none covers anything encrypted. */
  readonly order: ProtectionOrder | null;
}

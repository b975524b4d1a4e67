/**
 * What verifying one ds:Signature yields for the rooms above: the report, and the nodes and keys behind it (XML
 * Signature §3.2).
 */
import type { KeyCandidate, KeyResolution } from '../key-resolution/key-resolution-types.ts';
import type { ReferenceReport, SignatureReport } from '../trace/trace.ts';
import type { ProcessedReference } from '../transforms/transform-types.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';

/**
 * Why a value or digest could not be judged, or was not:
 * - `no-key`: no key was found or given.
 * - `missing-octets`: external octets, an attachment or a token that was not supplied.
 * - `undecrypted`: the content still holds EncryptedData.
 * - `unsupported`: an algorithm, transform or token that we do not have.
 * - `refused`: XSLT, an Id that stands twice, an HMAC truncated below its floor.
 * - `malformed`: base64 or structure that cannot be read.
 * - `foreign-child`: an element that ds:Signature has no place for, though it verifies.
 */
export type Obstacle =
  | 'no-key'
  | 'missing-octets'
  | 'undecrypted'
  | 'unsupported'
  | 'refused'
  | 'malformed'
  | 'foreign-child';

/** A ds:Reference with its verdict and the nodes that it stands for. */
export interface JudgedReference {
  readonly report: ReferenceReport;
  readonly processed: ProcessedReference;
  readonly obstacle: Obstacle | null;
  /** The references of the ds:Manifest it points to, each judged; empty otherwise. */
  readonly manifest: readonly JudgedReference[];
  /** Its digest method falls short. */
  readonly weak: boolean;
}

/** Where a ds:Signature stands; only `elsewhere` ones say nothing about the message itself. */
export type SignaturePlace = 'security-header' | 'saml-assertion' | 'document' | 'elsewhere';

/** A ds:Signature with its verdict and the references that it covers. */
export interface JudgedSignature {
  readonly node: NodeIndex;
  readonly document: XmlDocument;
  readonly place: SignaturePlace;
  readonly report: SignatureReport;
  readonly references: readonly JudgedReference[];
  /** Why `value` is not `pass`, where that is not simply a mismatch. */
  readonly obstacle: Obstacle | null;
  /** The candidate whose key verified the value, else the first that was tried. */
  readonly used: KeyCandidate | null;
  readonly resolution: KeyResolution | null;
  /** Null where it covers nothing encrypted, or does not hold. */
  readonly order: ProtectionOrder | null;
  readonly encrypted: SignedEncryption;
  /** An algorithm, key size or truncation that verifies but falls short, or a comment inside signed text. */
  readonly weak: boolean;
}

/** Of what a signature covers: signed and then encrypted, or signed as ciphertext (SMS §9.4). */
export type ProtectionOrder = 'sign-then-encrypt' | 'encrypt-then-sign' | 'both';

/** Opened parts that a signature which holds covers, by their indices, and in which form it was made over them. */
export interface SignedEncryption {
  readonly asPlaintext: readonly number[];
  readonly asCiphertext: readonly number[];
}

/** Of a signature over nothing encrypted, or one that does not hold. */
export const NOTHING_ENCRYPTED: SignedEncryption = { asPlaintext: [], asCiphertext: [] };

/** The value matched, so that the references are the signer's. */
export function isVerified(signature: JudgedSignature): boolean {
  return signature.report.value === 'pass';
}

/** Every reference with those of its Manifests behind it. */
export function allReferences(signature: JudgedSignature): readonly JudgedReference[] {
  return signature.references.flatMap((reference) => [reference, ...reference.manifest]);
}

/**
 * What a run works with. It is composed once, where the run begins, and grows with the message: what came beside it,
 * then one state of its tree. A room that needs less asks for that part.
 */
import type { Attachments } from '../attachments/attachment.ts';
import type { Budget } from '../bytes/budget.ts';
import type { CertificateMemory } from '../certificates/certificate-memory.ts';
import type { DecryptionProvider } from '../crypto/decryption-provider.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import type { IdIndex } from '../references/id-index.ts';
import type { Clock } from '../tokens/clock.ts';
import type { User } from '../tokens/judge-username-token.ts';
import type { Token } from '../tokens/token.ts';
import type { Recorder } from '../trace/recorder.ts';
import type { AsOf } from '../trace/trace.ts';
import type { SharedResults } from '../transforms/shared-results.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';

/** Log, bounds, providers, and what the receiver knows and accepts. */
export interface RunContext {
  /** A silent one where only the outcome counts. */
  readonly recorder: Recorder;
  readonly budget: Budget;
  readonly crypto: CryptoProvider;
  /** What references made before: one part may be named by many. */
  readonly shared: SharedResults;
  readonly certificates: CertificateMemory;
  /** Asked once something is encrypted. */
  readonly decryption: () => Promise<DecryptionProvider>;
  readonly clock: Clock;
  /** Whose time the clock shows before the message is read. */
  readonly asOf: AsOf;
  readonly keys: readonly KeyEntry[];
  readonly users: readonly User[];
  /** DER. */
  readonly crls: readonly Uint8Array[];
  readonly receiverActor: string | null;
  readonly idAttributes: readonly string[];
}

/** A run whose input is open: with the octets that came beside the envelope, or are known from before. */
export interface OpenRun extends RunContext {
  /** Octets for external URIs and content ids: the message's own parts and those given. */
  readonly external: ReadonlyMap<string, Uint8Array>;
  /** The parts behind `external`, with their header fields. */
  readonly attachments: Attachments;
  /** The request that the message answers; null where none was given, or none could be read. */
  readonly answered: AnsweredRequest | null;
}

/** What a response may refer to in the request it answers: its tokens, session keys and signature values. */
export interface AnsweredRequest extends MessageState {
  /** Session keys by base64 EncryptedKeySHA1: those that decrypting the request gave. */
  readonly secrets: ReadonlyMap<string, Uint8Array>;
  /** Normalized. */
  readonly signatureValues: readonly string[];
  /** Nothing encrypted is left in its Security headers, where a signature may stand. */
  readonly headersOpened: boolean;
}

/** The message at one moment, as keys are searched for in it: decryption makes a later one. */
export interface MessageState {
  readonly document: XmlDocument;
  readonly ids: IdIndex;
  readonly tokens: readonly Token[];
  /** Session keys known so far, by xenc:EncryptedKey of the document. */
  readonly encryptedKeySecrets: ReadonlyMap<NodeIndex, Uint8Array>;
}

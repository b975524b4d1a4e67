/** What decryption takes and gives, and what it knows of each part on the way (XML Encryption 1.1 §4.4). */
import type { BudgetExceeded } from '../bytes/budget.ts';
import type { DecryptionProvider } from '../crypto/decryption-provider.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import type { RunContext } from '../run/run-context.ts';
import type { Axes, EncryptedReport } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import type { ComposedDocument, OpenedPart, Place } from '../splice/composed-document.ts';
import type { OpenedData } from './opened-data.ts';
import type { OpenedKey } from './opened-key.ts';
import type { UnopenedPart } from './unopened-part.ts';

/** A message to decrypt, in a run. */
export interface DecryptionRequest {
  readonly document: XmlDocument;
  /** Security headers of `document` that other receivers process. */
  readonly foreign: readonly NodeIndex[];
  /** What keys are searched for in, for `document` and for later states of it. */
  readonly keysFor: (document: XmlDocument) => Omit<KeyResolutionContext, 'encryptedKeySecrets'>;
  readonly run: Pick<RunContext, 'recorder' | 'budget' | 'crypto' | 'keys'>;
  readonly provider: DecryptionProvider;
}

/** The message after decryption, and what became of each encrypted part. */
export interface DecryptedMessage {
  /** The document with everything that opened in its place. */
  readonly final: ComposedDocument;
  readonly parts: readonly OpenedPart[];
  readonly reports: readonly EncryptedReport[];
  /** Every xenc:EncryptedData that was come to, in the order of `reports`; every xenc:EncryptedKey. */
  readonly data: readonly KnownData[];
  readonly keys: readonly KnownKey[];
  readonly axis: Axes['decryption'];
  /** An algorithm or token that we do not have stood in the way. */
  readonly unsupported: boolean;
  /** A list names an Id that stands twice. */
  readonly refused: boolean;
  /** A weak algorithm carried a key or content that opened. */
  readonly weak: boolean;
  /** A bound ended the decryption; what had opened stands. */
  readonly stopped: BudgetExceeded | null;
  /** Parts that a key of ours should have opened, in the order tried. */
  readonly unopened: readonly UnopenedPart[];
  /** The document with only some parts decrypted. */
  stateWith(included: (part: OpenedPart) => boolean): ComposedDocument;
  /** Makes a state's octets a space of the trace, once. */
  register(state: ComposedDocument): Promise<void>;
  /** Session keys by EncryptedKey of a state's document. */
  sessionKeysOf(state: ComposedDocument): ReadonlyMap<NodeIndex, Uint8Array>;
}

/** An xenc:EncryptedKey, opened or not. */
export interface KnownKey {
  readonly place: Place;
  readonly opened: OpenedKey;
}

/** An xenc:EncryptedData, opened or not. */
export interface KnownData {
  readonly place: Place;
  readonly opened: OpenedData;
  readonly report: EncryptedReport;
  /** The EncryptedKey that carried its key. */
  readonly key: Place | null;
  /** It needs no list: it stands in a Security header or a SAML wrapper, where receivers look. */
  readonly listless: boolean;
  /** Index among the opened parts; null where its plaintext stands in no place. */
  readonly part: number | null;
}

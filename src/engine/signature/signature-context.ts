/** What verifying a signature needs from the run: the document as it stands now, keys, octets from outside. */
import type { KeyResolution } from '../key-resolution/key-resolution-types.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { TransformContext } from '../transforms/transform-types.ts';
import type { NodeIndex } from '../xml/document.ts';

/** What judging signatures needs of the run and of the message. */
export interface SignatureContext extends Omit<TransformContext, 'signature'> {
  resolveKey(keyInfo: NodeIndex | null, purpose: 'verify' | 'mac', parent: OpenStep): Promise<KeyResolution>;
  /** EncryptedData elements that are still there: content that a digest over plaintext cannot be checked on. */
  readonly undecrypted: readonly NodeIndex[];
  /** Attachments whose ciphertext should have been opened by now and was not. */
  readonly undecryptedAttachments?: ReadonlySet<string>;
  /** Comments and processing instructions of the document that stand between two pieces of text. */
  readonly textSplitters: readonly NodeIndex[];
}

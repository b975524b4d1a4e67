/** What decrypting one state of a message needs (XML Encryption 1.1 §4.4). */
import type { DecryptionProvider } from '../crypto/decryption-provider.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import type { NodeIndex } from '../xml/document.ts';
import type { ReferenceLists } from './reference-lists.ts';

/** What opening one part needs of the run and of the parts before it. */
export interface DecryptionContext extends KeyResolutionContext {
  readonly provider: DecryptionProvider;
  /** Filled while keys are opened. */
  readonly encryptedKeySecrets: Map<NodeIndex, Uint8Array>;
  readonly lists: ReferenceLists;
}

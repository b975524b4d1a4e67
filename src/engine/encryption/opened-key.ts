/** What became of one xenc:EncryptedKey (XML Encryption 1.1 §3.5). */
import type { FoundKey, KeyNaming } from '../key-resolution/key-naming.ts';
import type { NodeIndex } from '../xml/document.ts';
import type { EncryptedStructure } from './encrypted-structure.ts';
import type { UnopenedKey } from './unopened-part.ts';

/** What trying to open it came to. */
export type UnlockedKey =
  | { readonly result: 'opened'; readonly secret: Uint8Array; readonly by: FoundKey; readonly unopened: null }
  /**
   * `failed`: its recipient's key does not open it. `missing`: a key of ours is not there, or it is for another
   * recipient. `unsupported`: an algorithm or token that we do not have.
   */
  | {
      readonly result: 'failed' | 'missing' | 'unsupported';
      readonly secret: null;
      readonly by: null;
      /** Null where nothing is left to try. */
      readonly unopened: UnopenedKey | null;
    };

/** A key that did not open, and why. */
export function locked(result: 'failed' | 'missing' | 'unsupported', unopened: UnopenedKey | null = null): UnlockedKey {
  return { result, secret: null, by: null, unopened };
}

/** An xenc:EncryptedKey that was come to, and its octets where it opened. */
export type OpenedKey = UnlockedKey & {
  readonly node: NodeIndex;
  readonly structure: EncryptedStructure;
  /** Whom it is for, as its KeyInfo says. */
  readonly naming: KeyNaming;
  readonly method: string;
  readonly step: string;
  /** Its algorithm falls short. */
  readonly weak: boolean;
};

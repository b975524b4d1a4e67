/** What became of one xenc:EncryptedData (XML Encryption 1.1 §4.4). */
import type { SpaceId } from '../bytes/source-range.ts';
import type { FoundKey, KeyNaming } from '../key-resolution/key-naming.ts';
import type { NodeIndex } from '../xml/document.ts';
import type { EncryptedStructure } from './encrypted-structure.ts';
import type { PlacedPlaintext } from './plaintext-placement.ts';
import type { UnopenedData } from './unopened-part.ts';

interface MetData {
  readonly node: NodeIndex;
  readonly structure: EncryptedStructure;
  /** What it is encrypted with, as its KeyInfo says. */
  readonly naming: KeyNaming;
  /** The URI of the MIME part that its CipherReference names; null where it names none. */
  readonly cipherUri: string | null;
  readonly method: string;
  readonly step: string;
  /** The EncryptedKey that its key comes from, opened or not. */
  readonly encryptedKey: NodeIndex | null;
  /** Its algorithm falls short. */
  readonly weak: boolean;
  /** Null where it opened, or nothing is left to try. */
  readonly unopened: UnopenedData | null;
}

/** What a key gave. */
export interface OpenedContent {
  readonly plaintext: Uint8Array;
  readonly sha256: string;
  readonly space: SpaceId;
  /** The element whose place the plaintext takes; null where it stays beside the document. */
  readonly replaces: NodeIndex | null;
  /** What stands there instead: its xop:Include elements in place, or with declarations of the wrapper that went. */
  readonly placed: PlacedPlaintext | null;
  /** Octets at the plaintext's start that do not stand in the document. */
  readonly skip: number;
  /** Key and nonce of an authenticated mode, fingerprinted: two parts must not share them. Null for other modes. */
  readonly nonce: string | null;
}

/** A key opened it. `fail` where what came out is no content although it has to be. */
export interface DecryptedData extends MetData {
  readonly result: 'pass' | 'fail';
  readonly obstacle: null;
  readonly content: OpenedContent;
  /** The secret that opened it. */
  readonly by: FoundKey;
}

/** Nothing opened it. */
export interface ClosedData extends MetData {
  readonly result: 'fail' | 'unknown';
  /** What stands in the way, where it is not the message's own fault. */
  readonly obstacle: 'no-key' | 'missing-octets' | 'unsupported' | null;
  readonly content: null;
  readonly by: null;
}

/** An xenc:EncryptedData that was come to, opened or not. */
export type OpenedData = DecryptedData | ClosedData;

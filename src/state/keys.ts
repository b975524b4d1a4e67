/** The public side of the keys of the session; secrets live in the worker. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { OWN_KEYS, type KeyRing, type KeySet } from '../worker/page/protocol.ts';

export type {
  CertificateSummary,
  KeyDescription,
  KeyFileDescription,
  KeyRing,
  KeySet,
  UserDescription,
} from '../worker/page/protocol.ts';

/** What the page knows of the keys. */
export interface KeysState {
  readonly ring: KeyRing;
  /** Set when the worker was restarted and what it held is gone. */
  readonly lost: boolean;
  /** Number of the next key file: ids are never used twice. */
  readonly next: number;
}

/** The store of the keys' public side. */
export type KeysStore = StoreApi<KeysState>;

/** No key and no user. */
export const NO_KEYS: KeyRing = { files: [], users: [] };

/** A store without keys. */
export function createKeysStore(): KeysStore {
  return createStore<KeysState>(() => ({ ring: NO_KEYS, lost: false, next: 1 }));
}

/** The keys that came with the sample on a stand, and with nothing else. */
export function sampleKeys(stand: string): KeySet {
  return `sample:${stand}`;
}

/** The sets that a message on a stand is judged with: its sample's before the user's own. */
export function keySetsOf(stand: string): readonly KeySet[] {
  return [sampleKeys(stand), OWN_KEYS];
}

/** What of the keys there is for the message on a stand. */
export function keysFor(ring: KeyRing, stand: string): KeyRing {
  const sets = keySetsOf(stand);
  return {
    files: ring.files.filter((file) => sets.includes(file.set)),
    users: ring.users.filter((user) => sets.includes(user.set)),
  };
}

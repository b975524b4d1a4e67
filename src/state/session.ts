/**
 * The session: the message under test as octets, the public side of the keys, and what a receiver would be told.
 * Secrets live in the worker.
 */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { KeyRing } from '../worker/page/protocol.ts';

export interface MessageInput {
  /** The octets as they arrived; only an edit makes new ones. */
  readonly octets: Uint8Array;
  readonly name: string;
  readonly origin: 'sample' | 'file' | 'pasted' | 'edited';
}

/** Judge as of when: `now`, when the message was made (Timestamp or sample), or a time of the user's. */
export type ClockSetting =
  | { readonly mode: 'now' }
  | { readonly mode: 'generated'; readonly at: number }
  | { readonly mode: 'custom'; readonly at: number };

/** One such string of octets, as its user names it. */
export interface Attachment {
  readonly name: string;
  readonly octets: Uint8Array;
}

export interface SessionState {
  readonly message: MessageInput | null;
  /** The request that the message answers. */
  readonly request: MessageInput | null;
  /** Octets that the message refers to but does not hold: MIME parts and external references, by content id or URI. */
  readonly attachments: readonly Attachment[];
  readonly sample: string | null;
  readonly keys: KeyRing;
  readonly clock: ClockSetting;
  readonly skewSeconds: number;
  readonly ttlSeconds: number | null;
  readonly receiverActor: string | null;
  readonly idAttributes: readonly string[];
  /** Set when the worker was restarted and what it held is gone. */
  readonly keysLost: boolean;
}

export type SessionStore = StoreApi<SessionState>;

export const NO_KEYS: KeyRing = { files: [], users: [] };

export const EMPTY_SESSION: SessionState = {
  message: null,
  request: null,
  attachments: [],
  sample: null,
  keys: NO_KEYS,
  clock: { mode: 'now' },
  skewSeconds: 60,
  ttlSeconds: null,
  receiverActor: null,
  idAttributes: [],
  keysLost: false,
};

export function createSessionStore(initial: Partial<SessionState> = {}): SessionStore {
  return createStore<SessionState>(() => ({ ...EMPTY_SESSION, ...initial }));
}

/** The time to judge as of, in UTC milliseconds. */
export function judgedAt(clock: ClockSetting, now: number): number {
  return clock.mode === 'now' ? now : clock.at;
}

/** What a receiver of a message would be told besides keys: the time, its tolerance, its name, what came with it. */
import { createStore, type StoreApi } from 'zustand/vanilla';

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

/** What the receiver of the message knows or demands, keys apart. */
export interface ReceiverState {
  readonly clock: ClockSetting;
  readonly skewSeconds: number;
  readonly ttlSeconds: number | null;
  readonly receiverActor: string | null;
  readonly idAttributes: readonly string[];
  /** The request that the message answers. */
  readonly request: Attachment | null;
  /** Octets that the message refers to but does not hold: MIME parts and external references, by content id or URI. */
  readonly attachments: readonly Attachment[];
}

/** The store of one stand's receiver. */
export type ReceiverStore = StoreApi<ReceiverState>;

/** A receiver that judges as of now and demands nothing. */
export const PLAIN_RECEIVER: ReceiverState = {
  clock: { mode: 'now' },
  skewSeconds: 60,
  ttlSeconds: null,
  receiverActor: null,
  idAttributes: [],
  request: null,
  attachments: [],
};

/** A store with a receiver that demands nothing. */
export function createReceiverStore(): ReceiverStore {
  return createStore<ReceiverState>(() => PLAIN_RECEIVER);
}

/** The time to judge as of, in UTC milliseconds. */
export function judgedAt(clock: ClockSetting, now: number): number {
  return clock.mode === 'now' ? now : clock.at;
}

/** What a receiver of a message would be told besides keys: the time, its tolerance, its name, what came with it. */
import type { AsOf } from '../engine/trace/trace.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';

/** Judge as of when: the message was `made` by its own words, `now`, or a `given` time, the user's or a sample's. */
export type ClockSetting =
  | { readonly mode: 'made' | 'now' }
  | { readonly mode: 'given'; readonly at: number; readonly by: 'user' | 'sample' };

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

/** A receiver that judges as of when the message was made and demands nothing. */
export const PLAIN_RECEIVER: ReceiverState = {
  clock: { mode: 'made' },
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

/** The clock for the next message of the user's: what the user chose stays, a sample's time goes with the sample. */
export function keptClock(clock: ClockSetting): ClockSetting {
  return clock.mode === 'given' && clock.by === 'sample' ? PLAIN_RECEIVER.clock : clock;
}

/** The time to judge as of, in UTC milliseconds, and whose it is. */
export function judgedAt(clock: ClockSetting, now: number): { readonly at: number; readonly asOf: AsOf } {
  return { at: clock.mode === 'given' ? clock.at : now, asOf: clock.mode };
}

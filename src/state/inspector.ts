/**
 * What views ask of the worker about a run: octets and origins of its spaces, certificates, a key on its user's wish.
 */
import type { CertificateInFull, OriginSlice, RunId, SpaceSlice } from '../worker/page/protocol.ts';
import type { Bench } from './bench.ts';

export type { CertificateInFull, OriginSlice, RunId, SecondOpinionView } from '../worker/page/protocol.ts';

/** Each gives null where the worker does not know it, or not any more. */
export interface Inspector {
  octets(slice: SpaceSlice): Promise<Uint8Array | null>;
  /** Origin of the slice in the input. */
  origin(slice: SpaceSlice): Promise<OriginSlice | null>;
  /** The key that a step opened or derived: only on the user's explicit wish. */
  revealKey(run: RunId, step: string): Promise<Uint8Array | null>;
  /** A certificate of the run, with every field and extension. */
  certificate(run: RunId, id: string): Promise<CertificateInFull | null>;
}

/** The inspector that asks a bench's worker. */
export function inspectorOf({ ports: { client } }: Bench): Inspector {
  return {
    octets: (slice) => client.call('octets', slice).catch(() => null),
    origin: (slice) => client.call('origin', { ...slice, toInput: true }).catch(() => null),
    certificate: (run, id) => client.call('certificate', { run, id }).catch(() => null),
    revealKey: (run, step) => client.call('revealKey', { run, step }).catch(() => null),
  };
}

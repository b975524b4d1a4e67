/** The runs that the worker keeps, by handle: the newest few, bounded by their number and their octets. */
import { documentsOf, type Judged, type Run } from '../../engine/index.ts';
import type { KeptOctets } from '../../engine/trace/recorder.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import type { RunId } from '../page/protocol.ts';
import { Spaces } from './spaces.ts';

/** Enough for a message before and after each step of a recipe, and for the subjects beside it. */
const RUNS = 12;
/** Octets of all runs together; the newest is kept whatever its size. */
const RUN_OCTETS = 256 * 1024 * 1024;

/** What stays of one run: everything that the page may ask about it later. */
export interface KeptRun {
  /** With its explanation, once that was asked for. */
  readonly trace: Trace;
  /** What it was judged with, and what judging came to: explaining works on it. */
  readonly judged: Judged;
  readonly spaces: Spaces;
  /** Session and derived keys by step; one leaves the worker only when its user asks to see it. */
  readonly stepKeys: ReadonlyMap<string, Uint8Array>;
  /** Octets of memory that it holds. */
  readonly weight: number;
}

/** @param explained the same run with its explanation, where there is one */
export function keptRun(judged: Judged, explained: Run = judged): KeptRun {
  const { trace, octets, stepKeys } = explained;
  const documents = documentsOf(judged);
  const arrays =
    documents === null ? [] : [documents.arrived, documents.final].flatMap((document) => Object.values(document));
  return { trace, judged, spaces: new Spaces(octets), stepKeys, weight: weightOf(judged, octets, arrays) };
}

/** Octets of the buffers behind spaces and documents: what is a slice of another counts once. */
function weightOf({ request }: Judged, kept: ReadonlyMap<string, KeptOctets>, arrays: readonly unknown[]): number {
  const views = [request.octets, ...[...kept.values()].map((space) => space.octets), ...arrays];
  const buffers = new Set(views.flatMap((view) => (ArrayBuffer.isView(view) ? [view.buffer] : [])));
  let weight = 0;
  for (const buffer of buffers) weight += buffer.byteLength;
  return weight;
}

/** The newest runs by handle; older ones are forgotten. */
export class Runs {
  /** The one last kept or asked about stands last. */
  readonly #kept = new Map<RunId, KeptRun>();

  /** Keeps a run; older ones go, whose keys are overwritten. */
  keep(id: RunId, run: KeptRun): void {
    this.#kept.delete(id);
    this.#kept.set(id, run);
    let octets = 0;
    for (const held of this.#kept.values()) octets += held.weight;
    for (const [oldest, held] of this.#kept) {
      if (oldest === id || (this.#kept.size <= RUNS && octets <= RUN_OCTETS)) break;
      octets -= held.weight;
      this.#forget(oldest, held);
    }
  }

  /** Null where no such run is kept, or not any more. */
  get(id: RunId): KeptRun | null {
    const run = this.#kept.get(id);
    if (run === undefined) return null;
    this.#kept.delete(id);
    this.#kept.set(id, run);
    return run;
  }

  forget(id: RunId): void {
    const run = this.#kept.get(id);
    if (run !== undefined) this.#forget(id, run);
  }

  #forget(id: RunId, run: KeptRun): void {
    for (const key of run.stepKeys.values()) key.fill(0);
    this.#kept.delete(id);
  }

  /** Overwrites keys, messages and what was made of them. */
  wipe(): void {
    for (const [id, run] of this.#kept) {
      run.judged.request.octets.fill(0);
      run.spaces.wipe();
      this.#forget(id, run);
    }
  }
}

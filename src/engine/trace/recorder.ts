/**
 * Collects steps, findings and octet spaces while a run goes on. The only mutable thing that rooms share beside the
 * budget.
 */
import type { OriginMap } from '../bytes/origin-map.ts';
import type { SpaceId } from '../bytes/source-range.ts';
import {
  findingOn,
  RecordedStep,
  type AnyStep,
  type FindingDraft,
  type KindOf,
  type OpenStep,
  type StepDraft,
  type StepLog,
} from './open-step.ts';
import type { Finding, Space, Step, StepStatus } from './run-log.ts';
import type { StepData } from './step-data.ts';

export { findingOf, type FindingDraft, type OpenStep } from './open-step.ts';

/** Octets kept beside the trace for views, with their origin on demand. */
export interface KeptOctets {
  readonly octets: Uint8Array;
  readonly origin: (() => OriginMap) | null;
}

/** @typeParam Steps what each kind of step carries, of the activity that is recorded */
export class Recorder<Steps extends object = StepData> {
  readonly #steps: AnyStep<Steps>[] = [];
  readonly #findings: Finding[] = [];
  readonly #spaces: Space[] = [];
  readonly #kept = new Map<SpaceId, KeptOctets>();
  readonly #keys = new Map<string, Uint8Array>();
  readonly #fingerprints = new WeakMap<Uint8Array, string>();
  readonly #afforded = new Map<string, number>();
  #silent = false;
  readonly #sha256: (octets: Uint8Array) => string;
  readonly #log: StepLog<Steps> = {
    open: (kind, outer, draft) => this.#open(kind, outer, draft),
    keepKey: (step, octets) => {
      this.#keys.set(step, octets);
      return this.#sha256(octets);
    },
    keepFinding: (finding) => {
      const id = `f${this.#before.findings + this.#findings.length + 1}`;
      this.#findings.push({ id, ...finding });
      return id;
    },
  };
  readonly #before: { readonly steps: number; readonly findings: number };

  /**
   * @param sha256 synchronous SHA-256 as lower-case hex, for the spaces' fingerprints
   * @param before how many steps and findings a log has that this one goes on with: ids are counted from there
   */
  constructor(sha256: (octets: Uint8Array) => string, before = { steps: 0, findings: 0 }) {
    this.#sha256 = sha256;
    this.#before = before;
  }

  /** For work whose outcome alone is wanted: what is recorded is thrown away, so nothing is hashed for it. */
  static silent<Steps extends object = StepData>(): Recorder<Steps> {
    const recorder = new Recorder<Steps>(() => '');
    recorder.#silent = true;
    return recorder;
  }

  /**
   * Whether `what`, work that only serves to tell more, may be done once more: at most `most` times a run, and never
   * in silence.
   */
  affords(what: string, most: number): boolean {
    const done = this.#afforded.get(what) ?? 0;
    if (this.#silent || done >= most) return false;
    this.#afforded.set(what, done + 1);
    return true;
  }

  get steps(): readonly Step<KindOf<Steps>>[] {
    return this.#steps.map((step) => step.entry);
  }
  get findings(): readonly Finding[] {
    return this.#findings;
  }
  get spaces(): readonly Space[] {
    return this.#spaces;
  }
  get kept(): ReadonlyMap<SpaceId, KeptOctets> {
    return this.#kept;
  }

  /**
   * Keys that were opened or derived, by the step that did it: for whoever asks to see one, never part of the trace.
   */
  get keys(): ReadonlyMap<string, Uint8Array> {
    return this.#keys;
  }

  /**
   * Registers octets as a space. `id` is chosen by the caller so that it is stable: a step's id, an attachment's id.
   */
  space(
    id: SpaceId,
    kind: Space['kind'],
    label: string,
    octets: Uint8Array,
    parent: SpaceId | null = null,
    origin: (() => OriginMap) | null = null,
    sha256?: string,
  ): SpaceId {
    this.#spaces.push({ id, kind, label, size: octets.length, sha256: sha256 ?? this.#fingerprintOf(octets), parent });
    this.#kept.set(id, { octets, origin });
    return id;
  }

  /** Hashed once, however many spaces the same octets are. */
  #fingerprintOf(octets: Uint8Array): string {
    const known = this.#fingerprints.get(octets);
    if (known !== undefined) return known;
    const sha256 = this.#sha256(octets);
    this.#fingerprints.set(octets, sha256);
    return sha256;
  }

  /** Gives a space that was registered early its SHA-256, which took its time meanwhile. */
  fingerprint(id: SpaceId, sha256: string): void {
    for (const [index, space] of this.#spaces.entries()) {
      if (space.id === id) this.#spaces[index] = { ...space, sha256 };
    }
  }

  /** Says again what was found under a step and what it came to, when what came later put it in another light. */
  restate(step: string, code: string, anew: Pick<Finding, 'code' | 'severity'>, status: StepStatus): void {
    const below = new Set([step]);
    for (const { id, outer } of this.#steps) if (outer !== null && below.has(outer.id)) below.add(id);
    for (const [index, finding] of this.#findings.entries()) {
      if (finding.code !== code || finding.step === null || !below.has(finding.step)) continue;
      if (finding.severity === 'note') continue;
      this.#findings[index] = { ...finding, ...anew, fault: null };
      for (const one of this.#steps) if (one.id === step || one.id === finding.step) one.restate(status);
    }
  }

  /** Records a finding on a step that ended in the log that this one goes on with. Returns its id. */
  findingOn(step: Pick<Step, 'id' | 'range' | 'citation'>, draft: FindingDraft): string {
    return this.#log.keepFinding(findingOn(step, draft));
  }

  /** Opens a step without parent. */
  step<Kind extends KindOf<Steps>>(kind: Kind, draft: StepDraft<Steps[Kind]> = {}): OpenStep<Steps, Kind> {
    return this.#open(kind, null, draft);
  }

  #open<Kind extends KindOf<Steps>>(
    kind: Kind,
    outer: AnyStep<Steps> | null,
    draft: StepDraft<Steps[Kind]>,
  ): RecordedStep<Kind, Steps> {
    const id = `s${this.#before.steps + this.#steps.length + 1}`;
    const step = new RecordedStep<Kind, Steps>(id, kind, outer, draft, this.#log);
    this.#steps.push(step);
    return step;
  }
}

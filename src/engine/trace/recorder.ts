/**
 * Collects steps, findings and octet spaces while a run goes on. The only mutable thing that rooms share beside the
 * budget.
 */
import type { OriginMap } from '../bytes/origin-map.ts';
import type { SourceRange, SpaceId } from '../bytes/source-range.ts';
import type {
  Artifact,
  Confidence,
  Data,
  Finding,
  Severity,
  Space,
  SpecCitation,
  Step,
  StepKind,
  StepStatus,
} from './trace.ts';

/** What a room says when it finds something; the recorder adds id and step. */
export interface FindingDraft {
  readonly code: string;
  readonly severity: Severity;
  readonly confidence?: Confidence;
  readonly ranges?: readonly SourceRange[];
  readonly data?: Data;
  readonly evidence?: readonly Artifact[];
  readonly fixes?: readonly string[];
  readonly fault?: string;
  readonly citations?: readonly SpecCitation[];
}

export interface StepDraft {
  readonly data?: Data;
  readonly range?: SourceRange | null;
  readonly citation?: SpecCitation;
}

/** A step under way. Every method but `child` may be called any number of times before `end`. */
export interface OpenStep {
  readonly id: string;
  child(kind: StepKind, draft?: StepDraft): OpenStep;
  input(artifact: Artifact): void;
  output(artifact: Artifact): void;
  /** Merges into the step's data. */
  data(more: Data): void;
  /**
   * Keeps the octets of a key that this step found, beside the trace; the trace has their length and fingerprint only.
   */
  key(octets: Uint8Array): void;
  /** Returns the finding's id. */
  finding(draft: FindingDraft): string;
  /**
   * Ends the step. Without a status: `failed` if a child failed or an error was found in it, else `passed`. Returns the
   * status.
   */
  end(status?: StepStatus, because?: string): StepStatus;
}

/** Octets kept beside the trace for views, with their origin on demand. */
export interface KeptOctets {
  readonly octets: Uint8Array;
  readonly origin: (() => OriginMap) | null;
}

interface MutableStep {
  id: string;
  kind: StepKind;
  parent: string | null;
  status: StepStatus;
  because: string | null;
  data: Data;
  inputs: Artifact[];
  outputs: Artifact[];
  range: SourceRange | null;
  citation: SpecCitation | null;
  findings: string[];
  worst: StepStatus;
  ended: boolean;
}

/** Severity of a child's status for its parent; a skipped child says nothing. */
const WEIGHT: Readonly<Record<StepStatus, number>> = {
  passed: 0,
  skipped: 0,
  warned: 1,
  unknown: 2,
  unsupported: 3,
  failed: 4,
};

/** Hexadecimal digits of a key's SHA-256 that tell two keys apart and nothing of either. */
const FINGERPRINT = 16;

export class Recorder {
  readonly #steps: MutableStep[] = [];
  readonly #findings: Finding[] = [];
  readonly #spaces: Space[] = [];
  readonly #kept = new Map<SpaceId, KeptOctets>();
  readonly #keys = new Map<string, Uint8Array>();
  readonly #sha256: (octets: Uint8Array) => string;

  /** @param sha256 synchronous SHA-256 as lower-case hex, for the spaces' fingerprints */
  constructor(sha256: (octets: Uint8Array) => string) {
    this.#sha256 = sha256;
  }

  get steps(): readonly Step[] {
    return this.#steps.map(({ worst: _worst, ended: _ended, ...step }) => step);
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
    this.#spaces.push({ id, kind, label, size: octets.length, sha256: sha256 ?? this.#sha256(octets), parent });
    this.#kept.set(id, { octets, origin });
    return id;
  }

  /** Gives a space that was registered early its SHA-256, which took its time meanwhile. */
  fingerprint(id: SpaceId, sha256: string): void {
    const index = this.#spaces.findIndex((space) => space.id === id);
    this.#spaces[index] = { ...this.#spaces[index]!, sha256 };
  }

  /** Says anew what was found under a step and what it came to, when what came later put it in another light. */
  restate(step: string, code: string, anew: Pick<Finding, 'code' | 'severity'>, status: StepStatus): void {
    const below = new Set([step]);
    for (const one of this.#steps) if (one.parent !== null && below.has(one.parent)) below.add(one.id);
    for (const [index, finding] of this.#findings.entries()) {
      if (finding.code !== code || finding.step === null || !below.has(finding.step)) continue;
      this.#findings[index] = { ...finding, ...anew, fault: null };
      for (const one of this.#steps) if (one.id === step || one.id === finding.step) one.status = status;
    }
  }

  /** Opens a step without parent. */
  step(kind: StepKind, draft: StepDraft = {}): OpenStep {
    return this.#open(kind, null, draft);
  }

  #open(kind: StepKind, parent: MutableStep | null, draft: StepDraft): OpenStep {
    const step: MutableStep = {
      id: `s${this.#steps.length + 1}`,
      kind,
      parent: parent?.id ?? null,
      status: 'passed',
      because: null,
      data: draft.data ?? {},
      inputs: [],
      outputs: [],
      range: draft.range ?? null,
      citation: draft.citation ?? null,
      findings: [],
      worst: 'passed',
      ended: false,
    };
    this.#steps.push(step);
    const worsen = (status: StepStatus) => {
      if (WEIGHT[status] > WEIGHT[step.worst]) step.worst = status;
    };
    return {
      id: step.id,
      child: (childKind, childDraft = {}) => {
        const child = this.#open(childKind, step, childDraft);
        return {
          ...child,
          end: (status, because) => {
            const ended = child.end(status, because);
            worsen(ended);
            return ended;
          },
        };
      },
      input: (artifact) => {
        step.inputs.push(artifact);
      },
      output: (artifact) => {
        step.outputs.push(artifact);
      },
      data: (more) => {
        step.data = { ...step.data, ...more };
      },
      key: (octets) => {
        this.#keys.set(step.id, octets);
        step.data = {
          ...step.data,
          keyBits: 8 * octets.length,
          fingerprint: this.#sha256(octets).slice(0, FINGERPRINT),
        };
      },
      finding: (draft) => {
        const id = `f${this.#findings.length + 1}`;
        this.#findings.push({
          id,
          code: draft.code,
          severity: draft.severity,
          confidence: draft.confidence ?? 'certain',
          step: step.id,
          ranges: draft.ranges ?? (step.range ? [step.range] : []),
          data: draft.data ?? {},
          evidence: draft.evidence ?? [],
          fixes: draft.fixes ?? [],
          fault: draft.fault ?? null,
          citations: draft.citations ?? (step.citation ? [step.citation] : []),
        });
        step.findings.push(id);
        if (draft.severity === 'error') worsen('failed');
        else if (draft.severity === 'warning') worsen('warned');
        return id;
      },
      end: (status, because) => {
        step.status = status ?? step.worst;
        step.because = because ?? null;
        step.ended = true;
        return step.status;
      },
    };
  }
}

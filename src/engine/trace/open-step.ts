/** A step under way: what rooms say of it while it goes on, and what the log says of it afterwards. */
import type { SourceRange } from '../bytes/source-range.ts';
import type { FindingCode, FindingData } from './finding-data.ts';
import type { NoData } from './finding-data/no-data.ts';
import type { StepData } from './step-data.ts';
import type { Artifact, Confidence, Data, Finding, Severity, SpecCitation, Step, StepStatus } from './run-log.ts';

interface Circumstances {
  readonly severity: Severity;
  readonly confidence?: Confidence;
  readonly ranges?: readonly SourceRange[];
  readonly evidence?: readonly Artifact[];
  readonly fixes?: readonly string[];
  readonly fault?: string;
  readonly citations?: readonly SpecCitation[];
}

type Carried<Carries> = NoData extends Carries ? { readonly data?: Carries } : { readonly data: Carries };

/** One finding with a code of `Code`, and data that fits it. */
export type Draft<Code extends FindingCode> = Circumstances & { readonly code: Code } & Carried<FindingData[Code]>;

/** What a room says when it finds something; the recorder adds id and step. */
export type FindingDraft<Code extends FindingCode = FindingCode> = { readonly [One in Code]: Draft<One> }[Code];

/** A finding of a code that only the caller's caller knows. */
export function findingOf<Code extends FindingCode>(
  code: Code,
  severity: Severity,
  data: FindingData[Code],
  more: Omit<Circumstances, 'severity'> = {},
): FindingDraft {
  // A code of Code with the data of Code is one of the union, which the compiler can't see while Code is open.
  return { ...more, code, severity, data } as unknown as FindingDraft;
}

/** Kinds of step of an activity. */
export type KindOf<Steps> = keyof Steps & string;

/** @typeParam Carried the data of the step's kind */
export interface StepDraft<Carried = Data> {
  readonly data?: Carried;
  readonly range?: SourceRange | null;
  readonly citation?: SpecCitation;
}

/**
 * A step under way. Its methods may be called any number of times before `end`, and never after.
 * @typeParam Steps what each kind of the activity carries
 * @typeParam Kind the kind of this step; all of them where it is any
 */
export interface OpenStep<Steps extends object = StepData, Kind extends KindOf<Steps> = KindOf<Steps>> {
  readonly id: string;
  child<Inner extends KindOf<Steps>>(kind: Inner, draft?: StepDraft<Steps[Inner]>): OpenStep<Steps, Inner>;
  input(artifact: Artifact): void;
  output(artifact: Artifact): void;
  /** Merges into the step's data. */
  data(more: Steps[Kind]): void;
  /**
   * Keeps the octets of a key that this step found, beside the trace; the trace has their length and fingerprint only.
   */
  key(octets: Uint8Array): void;
  /** Returns the finding's id. */
  finding<Code extends FindingCode>(draft: Draft<Code>): string;
  /**
   * Ends the step. Without a status: `failed` if a child failed or an error was found in it, else `passed`. Returns the
   * status.
   */
  end(status?: StepStatus, because?: string): StepStatus;
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

/** What a step needs of the recorder that opened it. */
export interface StepLog<Steps extends object> {
  open<Kind extends KindOf<Steps>>(
    kind: Kind,
    outer: AnyStep<Steps>,
    draft: StepDraft<Steps[Kind]>,
  ): RecordedStep<Kind, Steps>;
  /** Keeps the octets of a key that the step found, and returns their SHA-256 as hex. */
  keepKey(step: string, octets: Uint8Array): string;
  /** Keeps a finding and returns its id. */
  keepFinding(finding: Omit<Finding, 'id'>): string;
}

/** A recorded step of any kind. */
export type AnyStep<Steps extends object> = RecordedStep<KindOf<Steps>, Steps>;

/** The finding that a draft makes on a step. */
export function findingOn<Code extends FindingCode>(
  step: Pick<Step, 'id' | 'range' | 'citation'>,
  draft: Draft<Code>,
): Omit<Finding, 'id'> {
  return {
    code: draft.code,
    severity: draft.severity,
    confidence: draft.confidence ?? 'certain',
    step: step.id,
    ranges: draft.ranges ?? (step.range ? [step.range] : []),
    data: (draft.data ?? {}) as Data,
    evidence: draft.evidence ?? [],
    fixes: draft.fixes ?? [],
    fault: draft.fault ?? null,
    citations: draft.citations ?? (step.citation ? [step.citation] : []),
  };
}

/** A step of one of the kinds, with the data of that kind. */
export class RecordedStep<Kind extends KindOf<Steps>, Steps extends object> implements OpenStep<Steps, Kind> {
  readonly id: string;
  /** The step in which this one stands. */
  readonly outer: AnyStep<Steps> | null;
  readonly #kind: Kind;
  readonly #range: SourceRange | null;
  readonly #citation: SpecCitation | null;
  readonly #log: StepLog<Steps>;
  readonly #inputs: Artifact[] = [];
  readonly #outputs: Artifact[] = [];
  readonly #findings: string[] = [];
  #data: Data;
  #status: StepStatus = 'passed';
  #because: string | null = null;
  #worst: StepStatus = 'passed';
  #ended = false;

  constructor(
    id: string,
    kind: Kind,
    outer: AnyStep<Steps> | null,
    draft: StepDraft<Steps[Kind]>,
    log: StepLog<Steps>,
  ) {
    this.id = id;
    this.outer = outer;
    this.#kind = kind;
    this.#range = draft.range ?? null;
    this.#citation = draft.citation ?? null;
    this.#data = draft.data ?? {};
    this.#log = log;
  }

  child<Inner extends KindOf<Steps>>(kind: Inner, draft: StepDraft<Steps[Inner]> = {}): OpenStep<Steps, Inner> {
    this.#underWay();
    return this.#log.open(kind, this, draft);
  }

  input(artifact: Artifact): void {
    this.#underWay();
    this.#inputs.push(artifact);
  }

  output(artifact: Artifact): void {
    this.#underWay();
    this.#outputs.push(artifact);
  }

  data(more: Steps[Kind]): void {
    this.#underWay();
    this.#merge(more as Data);
  }

  key(octets: Uint8Array): void {
    this.#underWay();
    const sha256 = this.#log.keepKey(this.id, octets);
    this.#merge({ keyBits: 8 * octets.length, fingerprint: sha256.slice(0, FINGERPRINT) });
  }

  #merge(more: Data): void {
    this.#data = { ...this.#data, ...more };
  }

  finding<Code extends FindingCode>(draft: Draft<Code>): string {
    this.#underWay();
    const id = this.#log.keepFinding(findingOn({ id: this.id, range: this.#range, citation: this.#citation }, draft));
    this.#findings.push(id);
    if (draft.severity === 'error') this.#worsen('failed');
    else if (draft.severity === 'warning') this.#worsen('warned');
    return id;
  }

  end(status?: StepStatus, because?: string): StepStatus {
    this.#underWay();
    this.#status = status ?? this.#worst;
    this.#because = because ?? null;
    if (this.outer !== null) this.outer.#worsen(this.#status);
    this.#ended = true;
    return this.#status;
  }

  /** Gives the step another status after its end, see {@link Recorder.restate}. */
  restate(status: StepStatus): void {
    this.#status = status;
  }

  /** What the log says of the step. */
  get entry(): Step<Kind> {
    return {
      id: this.id,
      kind: this.#kind,
      parent: this.outer?.id ?? null,
      status: this.#status,
      because: this.#because,
      data: this.#data,
      inputs: this.#inputs,
      outputs: this.#outputs,
      range: this.#range,
      citation: this.#citation,
      findings: this.#findings,
    };
  }

  #worsen(status: StepStatus): void {
    if (WEIGHT[status] > WEIGHT[this.#worst]) this.#worst = status;
  }

  #underWay(): void {
    if (this.#ended) throw new Error(`Step ${this.id} (${this.#kind}) has ended`);
  }
}

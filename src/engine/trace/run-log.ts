/**
 * The log of a run, whatever the activity: what went in, with which options, the steps, what they found and the octet
 * spaces that they made. Plain JSON, deterministic, without secrets. Verification adds its judgement (judgement.ts).
 */
import type { SourceRange, SpaceId } from '../bytes/source-range.ts';

/** How a step ended; `unknown` where nothing told. */
export type StepStatus = 'passed' | 'failed' | 'warned' | 'skipped' | 'unsupported' | 'unknown';

/** A specification and the clause in it. `url` comes from `src/content`. */
export interface SpecCitation {
  /**
   * Short name: `XMLDSIG`, `C14N10`, `C14N11`, `EXC-C14N`, `XPATH-FILTER2`, `XML`, `XMLNS`, `XMLENC`, `SMS` (WSS SOAP
   * Message Security 1.1), `UTP`, `XTP`, `STP`, `KTP`, `SWA`, `BSP`, `WSSC`, `SAML11`, `SAML2`, `SOAP11`, `SOAP12`,
   * `RFC5280`, ...
   */
  readonly spec: string;
  readonly section: string;
}

/** Data for words: what a step or finding says about itself. Never prose, never a secret. */
export type Data = Readonly<Record<string, string | number | boolean | null | readonly string[]>>;

/** Something a step consumed or made. */
export type Artifact =
  | { readonly type: 'octets'; readonly label: string; readonly space: SpaceId; readonly range?: SourceRange }
  | {
      readonly type: 'digest';
      readonly label: string;
      readonly algorithm: string;
      /** base64 */ readonly value: string;
    }
  | { readonly type: 'key'; readonly label: string; readonly key: string }
  | { readonly type: 'certificate'; readonly label: string; readonly certificate: string }
  | { readonly type: 'nodes'; readonly label: string; readonly ranges: readonly SourceRange[] }
  | { readonly type: 'value'; readonly label: string; readonly value: string | number | boolean };

/** A step of a run. `Kind` names the kinds of step that the activity knows. */
export interface Step<Kind extends string = string> {
  /** `s1`, `s2`, ... in the order in which the steps began. */
  readonly id: string;
  readonly kind: Kind;
  readonly parent: string | null;
  readonly status: StepStatus;
  /** For `skipped` and `unknown`: the step that prevented this one, if one did. */
  readonly because: string | null;
  readonly data: Data;
  readonly inputs: readonly Artifact[];
  readonly outputs: readonly Artifact[];
  /** What in the message this step is about. */
  readonly range: SourceRange | null;
  readonly citation: SpecCitation | null;
  /** Ids of findings. */
  readonly findings: readonly string[];
}

/** How much a finding weighs, the heaviest first. */
export type Severity = 'error' | 'warning' | 'note';
/** How sure a finding is, from `proven` by computation down to one explanation among others. */
export type Confidence = 'proven' | 'certain' | 'likely' | 'possible';

/** Something worth saying, as a code with data; `src/content` has the words. */
export interface Finding {
  /** `f1`, `f2`, ... */
  readonly id: string;
  /** An id of docs/faults.md, an attack id (`XSW-01`), a BSP rule (`R5404`), or a code of our own. */
  readonly code: string;
  readonly severity: Severity;
  readonly confidence: Confidence;
  readonly step: string | null;
  readonly ranges: readonly SourceRange[];
  readonly data: Data;
  readonly evidence: readonly Artifact[];
  /** Which fix texts apply, keyed in `src/content`. */
  readonly fixes: readonly string[];
  /** The fault a conforming receiver sends, e.g. `wsse:FailedCheck`. */
  readonly fault: string | null;
  readonly citations: readonly SpecCitation[];
}

/** An octet space that the run made; its octets are kept beside the trace, not in it. */
export interface Space {
  readonly id: SpaceId;
  readonly kind:
    | 'input'
    | 'decoded'
    | 'canonical'
    | 'transformed'
    | 'plaintext'
    | 'attachment'
    | 'external'
    | 'certificate';
  readonly label: string;
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  /** The space its origin map leads to. */
  readonly parent: SpaceId | null;
}

/** What every activity is told about the run itself. */
export interface RunOptions {
  /** RFC 3339, UTC. */
  readonly at: string;
}

/** The message that the run began with. */
export interface InputFacts {
  /** In octets. */
  readonly size: number;
  /** Lower-case hex. */
  readonly sha256: string;
  readonly encoding: string;
  readonly bom: boolean;
  readonly lineEnds: 'LF' | 'CRLF' | 'CR' | 'mixed' | 'none';
  readonly wrapping: string | null;
  readonly elements: number;
  readonly namespaces: number;
}

/** The log of one run of any activity. */
export interface RunLog<Kind extends string = string> {
  /** The engine's version. */
  readonly engine: string;
  readonly options: RunOptions;
  readonly input: InputFacts;
  readonly spaces: readonly Space[];
  readonly steps: readonly Step<Kind>[];
  /** Root causes first. */
  readonly findings: readonly Finding[];
}

/** The result of one run as plain JSON: deterministic, versioned, without secrets (docs/design.md, "Data types"). */
import type { SourceRange, SpaceId } from '../bytes/source-range.ts';

export const TRACE_SCHEMA = 1;

export type Headline =
  | 'valid'
  | 'valid-weak'
  | 'valid-untrusted'
  | 'valid-partial'
  | 'valid-stale'
  | 'wrapped'
  | 'unsecured'
  | 'incomplete'
  | 'unsupported'
  | 'invalid'
  | 'refused'
  | 'limit'
  | 'malformed';

/** The closed set of step kinds. */
export type StepKind =
  | 'decode'
  | 'parse'
  | 'locate-headers'
  | 'header'
  | 'index-ids'
  | 'read-token'
  | 'check-time'
  | 'check-password'
  | 'derive-key'
  | 'resolve-key'
  | 'build-path'
  | 'signature'
  | 'signed-info'
  | 'verify-value'
  | 'reference'
  | 'dereference'
  | 'transform'
  | 'canonicalize'
  | 'digest'
  | 'manifest'
  | 'encrypted-key'
  | 'encrypted-data'
  | 'unwrap-key'
  | 'decrypt'
  | 'attachment'
  | 'signature-confirmation'
  | 'saml-assertion'
  | 'subject-confirmation'
  | 'coverage'
  | 'policy'
  | 'verdict'
  | 'diagnosis';

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

export interface Step {
  /** `s1`, `s2`, ... in the order in which the steps began. */
  readonly id: string;
  readonly kind: StepKind;
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

export type Severity = 'error' | 'warning' | 'note';
export type Confidence = 'proven' | 'certain' | 'likely' | 'possible';

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

export interface Axes {
  structure: 'pass' | 'fail';
  signature: 'pass' | 'fail' | 'unknown' | 'absent';
  decryption: 'pass' | 'fail' | 'unknown' | 'absent';
  coverage: 'full' | 'partial' | 'none' | 'absent';
  authentication: 'pass' | 'fail' | 'unknown' | 'absent';
  trust: 'pass' | 'fail' | 'unknown' | 'absent';
  freshness: 'pass' | 'fail' | 'absent';
  policy: 'pass' | 'fail' | 'absent';
}

export type AxisName = keyof Axes;

export interface Verdict {
  readonly headline: Headline;
  /** The other headlines whose row holds as well, in the table's order. */
  readonly also: readonly Headline[];
  readonly axes: Axes;
  /** For each axis, the steps and findings it rests on, and data for its one-line words. */
  readonly evidence: Readonly<
    Record<AxisName, { readonly steps: readonly string[]; readonly findings: readonly string[]; readonly data: Data }>
  >;
}

export interface ElementTarget extends SourceRange {
  /** `/soap:Envelope/soap:Body`, with the document's own prefixes; positions where siblings share a name. */
  readonly path: string;
  readonly id: string | null;
}

/**
 * Stands where something was only listed: the message stops being well-formed further on, so that nothing in it can be
 * judged.
 */
export type NotJudged = false;

export interface ReferenceReport {
  readonly step: string;
  readonly uri: string | null;
  readonly digestMethod: string;
  readonly digest: 'pass' | 'fail' | 'unknown';
  /** base64 */
  readonly expected: string;
  readonly computed: string | null;
  readonly target: ElementTarget | null;
  /** Length of what was hashed. */
  readonly octets: number | null;
  /** Space of the octets hashed. */
  readonly space: SpaceId | null;
  readonly transforms: readonly string[];
  /** For a reference to a ds:Manifest: the references in it. */
  readonly manifest?: readonly ReferenceReport[];
  readonly range: SourceRange;
}

export interface KeyUse {
  readonly kind: string;
  /** How it was found: `bst-direct`, `thumbprint`, `issuer-serial`, `key-name`, `given`, ... */
  readonly how: string;
  readonly subject: string | null;
  /** Lower-case hex SHA-256 of the certificate's DER or of the SPKI; of nothing secret. */
  readonly sha256: string | null;
  readonly certificate?: string;
}

export interface SignatureReport {
  readonly step: string;
  readonly id: string | null;
  readonly method: string;
  readonly canonicalization: string;
  readonly value: 'pass' | 'fail' | 'unknown';
  readonly key: KeyUse | null;
  readonly references: readonly ReferenceReport[];
  readonly range: SourceRange;
  readonly path: string;
  readonly judged?: NotJudged;
}

export interface EncryptedReport {
  readonly step: string;
  readonly id: string | null;
  readonly method: string;
  readonly keyTransport: string | null;
  readonly result: 'pass' | 'fail' | 'unknown';
  readonly target: ElementTarget;
  readonly plaintextSha256: string | null;
  readonly space: SpaceId | null;
  readonly judged?: NotJudged;
}

export interface TokenReport {
  readonly step: string | null;
  readonly kind: string;
  readonly id: string | null;
  readonly path: string;
  readonly range: SourceRange;
  readonly data: Data;
  /** Ids in `certificates`. */
  readonly certificates?: readonly string[];
  readonly judged?: NotJudged;
}

export interface HeaderReport {
  readonly actor: string | null;
  readonly mustUnderstand: boolean | null;
  readonly ours: boolean;
  readonly path: string;
  readonly range: SourceRange;
  readonly judged?: NotJudged;
}

/** A certificate met in the message or in a key file. */
export interface CertificateReport {
  /** Lower-case hex SHA-256 of the DER. */
  readonly id: string;
  readonly subject: string;
  readonly issuer: string;
  readonly serial: string;
  readonly notBefore: string;
  readonly notAfter: string;
  readonly sha1: string;
  readonly ski: string | null;
  readonly key: string;
  readonly selfIssued: boolean;
  readonly trusted: boolean;
  readonly from: string;
}

/** One certificate path tried, and each check made on it. */
export interface PathReport {
  readonly step: string;
  readonly leaf: string;
  readonly status: 'pass' | 'fail' | 'unknown';
  readonly certificates: readonly {
    readonly certificate: string;
    readonly checks: readonly { readonly check: string; readonly passed: boolean; readonly data: Data }[];
  }[];
  readonly rejected: readonly { readonly certificate: string; readonly reason: string; readonly data: Data }[];
}

/** An element that a receiver consumes, and whether verified octets hold it. */
export interface CoverageEntry {
  readonly role: string;
  readonly target: ElementTarget;
  readonly signed: 'full' | 'partial' | 'broken' | 'unknown' | 'none';
  readonly encrypted: boolean;
  /** Steps of the references that hold it. */
  readonly by: readonly string[];
  /** Counts for the coverage axis (an unsigned BinarySecurityToken does not). */
  readonly required: boolean;
}

export interface RunOptions {
  /** RFC 3339, UTC. */
  readonly at: string;
  readonly skewSeconds: number;
  readonly ttlSeconds: number | null;
  readonly receiverActor: string | null;
  readonly idAttributes: readonly string[];
}

export interface Trace {
  readonly schema: typeof TRACE_SCHEMA;
  readonly engine: string;
  readonly options: RunOptions;
  readonly input: {
    readonly size: number;
    readonly sha256: string;
    readonly encoding: string;
    readonly bom: boolean;
    readonly lineEnds: 'LF' | 'CRLF' | 'CR' | 'mixed' | 'none';
    readonly wrapping: string | null;
    readonly elements: number;
    readonly namespaces: number;
  };
  readonly spaces: readonly Space[];
  readonly steps: readonly Step[];
  /** Root causes first. */
  readonly findings: readonly Finding[];
  readonly headers: readonly HeaderReport[];
  readonly signatures: readonly SignatureReport[];
  readonly encrypted: readonly EncryptedReport[];
  readonly tokens: readonly TokenReport[];
  readonly certificates: readonly CertificateReport[];
  readonly paths: readonly PathReport[];
  readonly coverage: readonly CoverageEntry[];
  readonly verdict: Verdict;
}

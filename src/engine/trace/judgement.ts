/** What verification adds to the log of a run: what it met in the message, and the verdict. */
import type { SourceRange, SpaceId } from '../bytes/source-range.ts';
import type { Data, RunLog, RunOptions, Step } from './run-log.ts';
import type { StepData, StepKind } from './step-data.ts';

export type { StepData, StepKind } from './step-data.ts';

/** Version of the trace as JSON: raised where a reader of the old one would go wrong. */
export const TRACE_SCHEMA = 1;

/** The verdict in one word, the gravest that holds. */
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

/** A step of verification, its data those of its kind. */
export type StepOf<Kind extends StepKind> = Omit<Step<Kind>, 'data'> & { readonly data: StepData[Kind] };

/** A step of verification. */
export type VerificationStep = Step<StepKind>;

/** Eight independent answers that the headline is made of. */
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

/** The name of one answer. */
export type AxisName = keyof Axes;

/** The headline, the axes, and what each rests on. */
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

/** An element of the message that something points to. */
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

/** One ds:Reference: what it names, and whether its digest fits. */
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

/** The key that verified, and how it was found. */
export interface KeyUse {
  readonly kind: string;
  /** How it was found: `bst-direct`, `thumbprint`, `issuer-serial`, `key-name`, `given`, ... */
  readonly how: string;
  readonly subject: string | null;
  /** Lower-case hex SHA-256 of the certificate's DER or of the SPKI; of nothing secret. */
  readonly sha256: string | null;
  readonly certificate?: string;
}

/** One ds:Signature: its value, key and references. */
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

/** One xenc:EncryptedData, and what came out of it. */
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

/** One token of a Security header. */
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

/** One wsse:Security header. */
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

/** Whose time a message is judged as of: the present, one that the receiver gave, or the message's own. */
export type AsOf = 'now' | 'given' | 'made';

/** As of when a message was judged, and how that time stands to the present. */
export interface JudgedTime {
  /** RFC 3339, UTC. */
  readonly instant: string;
  readonly from: AsOf;
  /** Now, where the message's own time was asked for; RFC 3339, UTC. */
  readonly now: string | null;
  /** The message's own time, where it was asked for and the message states one; `from` is `made` if it was taken. */
  readonly made: {
    /** RFC 3339, UTC. */
    readonly instant: string;
    readonly target: ElementTarget;
    /** A reference of a signature names what states it. */
    readonly signed: boolean;
  } | null;
  /** When the first of the tokens that have an end is over, tolerance apart; RFC 3339, UTC; null where none has. */
  readonly until: string | null;
}

/** What the receiver set for this run. */
export interface VerificationOptions extends RunOptions {
  readonly skewSeconds: number;
  readonly ttlSeconds: number | null;
  readonly receiverActor: string | null;
  readonly idAttributes: readonly string[];
}

/** The result of verifying one message. */
export interface Judgement extends RunLog<StepKind> {
  readonly schema: typeof TRACE_SCHEMA;
  readonly options: VerificationOptions;
  readonly time: JudgedTime;
  readonly headers: readonly HeaderReport[];
  readonly signatures: readonly SignatureReport[];
  readonly encrypted: readonly EncryptedReport[];
  readonly tokens: readonly TokenReport[];
  readonly certificates: readonly CertificateReport[];
  readonly paths: readonly PathReport[];
  readonly coverage: readonly CoverageEntry[];
  readonly verdict: Verdict;
}

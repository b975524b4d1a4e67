/** The JSON report, schema 1, as a projection of the trace (docs/command.md, "The JSON report"). */
import type { SourceRange } from '../bytes/source-range.ts';
import { accusedBy, type Accused } from './finding-data/accused.ts';
import type {
  AsOf,
  Axes,
  Confidence,
  CoverageEntry,
  EncryptedReport,
  Finding,
  Headline,
  JudgedTime,
  KeyUse,
  NotJudged,
  ReferenceReport,
  Severity,
  TokenReport,
  Trace,
} from './trace.ts';

/** Version of the report as JSON: raised where a reader of the old one would go wrong. */
export const REPORT_SCHEMA = 1;

/** An element or part that something points to, in a report. */
export interface ReportTarget extends SourceRange {
  readonly path: string;
  readonly id?: string | null;
}

/** One ds:Reference, in a report. */
export interface ReportReference {
  readonly uri: string | null;
  readonly digestMethod: string;
  readonly digest: 'pass' | 'fail' | 'unknown';
  readonly expected: string;
  readonly computed: string | null;
  readonly target: ReportTarget | null;
  readonly octets: number | null;
  readonly transforms: readonly string[];
  readonly manifest?: readonly ReportReference[];
}

/** As of when a message was judged, in a report; with `made` asked for also what the message says and what is now. */
export interface ReportTime {
  /** RFC 3339, UTC. */
  readonly instant: string;
  readonly from: AsOf;
  readonly now?: string;
  readonly made?: { readonly instant: string; readonly target: ReportTarget; readonly signed: boolean } | null;
  /** When the first of its tokens is over. */
  readonly until?: string | null;
}

/** The result of one message as `wss verify --json` prints it (docs/command.md). */
export interface Report {
  readonly schema: typeof REPORT_SCHEMA;
  readonly id: string | null;
  readonly headline: Headline | null;
  /** The other headlines whose row holds as well. */
  readonly also: readonly Headline[];
  readonly axes: Axes;
  /** As of when it was judged. */
  readonly at: ReportTime;
  /** Every Security header, in document order. */
  readonly headers: readonly {
    readonly actor: string | null;
    readonly mustUnderstand: boolean | null;
    readonly ours: boolean;
    readonly target: ReportTarget;
    readonly judged?: NotJudged;
  }[];
  readonly signatures: readonly {
    readonly id: string | null;
    readonly method: string;
    readonly canonicalization: string;
    readonly value: 'pass' | 'fail' | 'unknown';
    readonly key: KeyUse | null;
    readonly path: string;
    readonly references: readonly ReportReference[];
    /** `false` where the message stops being well-formed further on, so that this was listed only. */
    readonly judged?: NotJudged;
  }[];
  readonly encrypted: readonly {
    readonly id: string | null;
    readonly method: string;
    readonly keyTransport: string | null;
    readonly result: 'pass' | 'fail' | 'unknown';
    readonly target: ReportTarget;
    readonly plaintextSha256: string | null;
    readonly judged?: NotJudged;
  }[];
  readonly tokens: readonly ({ readonly kind: string; readonly id: string | null; readonly path: string } & Readonly<
    Record<string, unknown>
  >)[];
  /** Those in the message first, then those of key files; a token names its own by `certificateIds`. */
  readonly certificates: readonly {
    readonly sha256: string;
    readonly subject: string;
    readonly issuer: string;
    readonly serial: string;
    readonly notBefore: string;
    readonly notAfter: string;
    readonly key: string;
    readonly trusted: boolean;
    readonly from: string;
  }[];
  readonly coverage: readonly {
    readonly role: string;
    readonly target: ReportTarget;
    readonly signed: CoverageEntry['signed'];
    readonly encrypted: boolean;
    readonly required: boolean;
  }[];
  readonly findings: readonly {
    readonly code: string;
    readonly severity: Severity;
    readonly confidence: Confidence;
    readonly message: string;
    readonly ranges: readonly SourceRange[];
    /** Of causes: whose doing it is. */
    readonly by?: Accused;
  }[];
}

/** Where a job could not run at all. */
export interface FailedReport {
  readonly schema: typeof REPORT_SCHEMA;
  readonly id: string | null;
  readonly headline: null;
  readonly error: string;
  /**
   * What became of it: the job was unusable, the engine threw (a defect of ours), or the thread that judged it used up its
   * memory or ended.
   */
  readonly code: 'unusable' | 'defect' | 'out-of-memory' | 'ended';
}

/**
 * @param message the words for a finding; the engine has none of its own
 * @param id the job's id, null outside a batch
 */
export function makeReport(trace: Trace, message: (finding: Finding) => string, id: string | null = null): Report {
  return {
    schema: REPORT_SCHEMA,
    id,
    headline: trace.verdict.headline,
    also: trace.verdict.also,
    axes: trace.verdict.axes,
    at: reportTime(trace.time),
    headers: trace.headers.map((header) => ({
      actor: header.actor,
      mustUnderstand: header.mustUnderstand,
      ours: header.ours,
      target: reportTarget({ ...header.range, path: header.path }),
      ...notJudged(header),
    })),
    signatures: trace.signatures.map((signature) => ({
      id: signature.id,
      method: signature.method,
      canonicalization: signature.canonicalization,
      value: signature.value,
      key: signature.key,
      path: signature.path,
      references: signature.references.map(reportReference),
      ...notJudged(signature),
    })),
    encrypted: trace.encrypted.map(reportEncrypted),
    tokens: trace.tokens.map(reportToken),
    certificates: trace.certificates.map(
      ({ id, subject, issuer, serial, notBefore, notAfter, key, trusted, from }) => ({
        sha256: id,
        subject,
        issuer,
        serial,
        notBefore,
        notAfter,
        key,
        trusted,
        from,
      }),
    ),
    coverage: trace.coverage.map((entry) => ({
      role: entry.role,
      target: reportTarget(entry.target),
      signed: entry.signed,
      encrypted: entry.encrypted,
      required: entry.required,
    })),
    findings: trace.findings.map((finding) => ({
      code: finding.code,
      severity: finding.severity,
      confidence: finding.confidence,
      message: message(finding),
      ranges: finding.ranges.map(reportRange),
      ...accused(finding.code),
    })),
  };
}

function reportTime({ instant, from, now, made, until }: JudgedTime): ReportTime {
  if (now === null) return { instant, from };
  const stated = made === null ? null : { ...made, target: reportTarget(made.target) };
  return { instant, from, now, made: stated, until };
}

function accused(code: string): { readonly by?: Accused } {
  const by = accusedBy(code);
  return by === null ? {} : { by };
}

function reportEncrypted(part: EncryptedReport): Report['encrypted'][number] {
  return {
    id: part.id,
    method: part.method,
    keyTransport: part.keyTransport,
    result: part.result,
    target: reportTarget(part.target),
    plaintextSha256: part.plaintextSha256,
    ...notJudged(part),
  };
}

function reportReference(reference: ReferenceReport): ReportReference {
  return {
    uri: reference.uri,
    digestMethod: reference.digestMethod,
    digest: reference.digest,
    expected: reference.expected,
    computed: reference.computed,
    target: reference.target === null ? null : reportTarget(reference.target),
    octets: reference.octets,
    transforms: reference.transforms,
    ...(reference.manifest === undefined ? {} : { manifest: reference.manifest.map(reportReference) }),
  };
}

function reportTarget(target: ReportTarget): ReportTarget {
  return { path: target.path, id: target.id ?? null, space: target.space, start: target.start, end: target.end };
}

function reportRange(range: SourceRange): SourceRange {
  return { space: range.space, start: range.start, end: range.end };
}

function reportToken(token: TokenReport): Report['tokens'][number] {
  // The token's own data never overwrites the members that the schema fixes.
  return {
    ...token.data,
    kind: token.kind,
    id: token.id,
    path: token.path,
    space: token.range.space,
    start: token.range.start,
    end: token.range.end,
    ...(token.certificates === undefined ? {} : { certificateIds: token.certificates }),
    ...notJudged(token),
  };
}

function notJudged(listed: { readonly judged?: NotJudged }): { readonly judged?: NotJudged } {
  return listed.judged === undefined ? {} : { judged: listed.judged };
}

/**
 * The trace of a verification under its short names: the log of the run, and the judgement (docs/design.md, "Data
 * types").
 */
export type {
  Artifact,
  Confidence,
  Data,
  Finding,
  InputFacts,
  Severity,
  Space,
  SpecCitation,
  StepStatus,
} from './run-log.ts';
export {
  TRACE_SCHEMA,
  type AsOf,
  type Axes,
  type AxisName,
  type CertificateReport,
  type CoverageEntry,
  type ElementTarget,
  type EncryptedReport,
  type HeaderReport,
  type Headline,
  type Judgement as Trace,
  type JudgedTime,
  type KeyUse,
  type NotJudged,
  type PathReport,
  type ReferenceReport,
  type SignatureReport,
  type StepData,
  type StepKind,
  type StepOf,
  type TokenReport,
  type Verdict,
  type VerificationStep as Step,
} from './judgement.ts';

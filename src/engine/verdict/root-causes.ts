/**
 * Puts findings in the order in which they explain each other: what is wrong first, proven before likely, causes before
 * what follows from them.
 */
import type { Confidence, Finding, Severity } from '../trace/trace.ts';

const SEVERITY: Readonly<Record<Severity, number>> = { error: 0, warning: 1, note: 2 };
const CONFIDENCE: Readonly<Record<Confidence, number>> = { proven: 0, certain: 1, likely: 2, possible: 3 };

/** Codes that only say that something does not match: any other error about the same step is nearer to the cause. */
const UNPROVEN: ReadonlySet<string> = new Set([
  'digest-mismatch-unproven',
  'signature-mismatch-unproven',
  'decryption-failed-unproven',
  'digest-mismatch-explained',
  'signature-mismatch-explained',
]);
/** Codes that end a run or stand before everything that was judged. */
const FIRST: ReadonlySet<string> = new Set([
  'not-wellformed-xml',
  'C14-09',
  'xml-encoding-mismatch',
  'xml-encoding-unsupported',
  'doctype-or-entity-refused',
  'input-compressed',
  'multipart-without-parts',
  'limit',
]);

/** A stable sort: findings of equal weight stay in the order found. */
export function rootCausesFirst(findings: readonly Finding[]): readonly Finding[] {
  const weight = (finding: Finding) => {
    const rank = FIRST.has(finding.code) ? 0 : UNPROVEN.has(finding.code) ? 2 : 1;
    return SEVERITY[finding.severity] * 100 + rank * 10 + CONFIDENCE[finding.confidence];
  };
  return findings
    .map((finding) => ({ finding, weight: weight(finding) }))
    .sort((a, b) => a.weight - b.weight)
    .map((entry) => entry.finding);
}

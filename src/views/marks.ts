/** Marks and tones for what the engine says in codes: shapes first, colours second. */
import { HEADLINES } from '../content/verdicts.ts';
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { Axes, AxisName, CertificateReport, Finding, Headline, Step, Trace } from '../engine/trace/trace.ts';
import type { MarkKind } from '../ui/mark.tsx';

/** The tone of a verdict, as a class of its colours. */
export type Tone = 'pass' | 'fail' | 'warn' | 'none';

/** The tone that a headline has. */
export function headlineTone(headline: Headline): Tone {
  const { tone } = HEADLINES[headline];
  return tone === 'neutral' ? 'none' : tone;
}

/** The mark of an axis by its value. */
export function axisMark(axes: Axes, axis: AxisName): MarkKind {
  const value = axes[axis];
  if (value === 'pass' || value === 'full') return 'pass';
  if (value === 'fail') return 'fail';
  if (value === 'partial' || value === 'unknown') return value === 'partial' ? 'warn' : 'unknown';
  if (value === 'none') return 'warn';
  return 'none';
}

/** The mark of a step by its status. */
export function stepMark(step: Step): MarkKind {
  switch (step.status) {
    case 'passed':
      return 'pass';
    case 'failed':
      return 'fail';
    case 'warned':
      return 'warn';
    case 'skipped':
      return 'skipped';
    default:
      return 'unknown';
  }
}

/** The certificate with this SHA-256, in hex; null where the trace has none. */
export function certificateOf(trace: Trace, id: string): CertificateReport | null {
  return indexTrace(trace).certificate(id);
}

/** The mark of a finding by its severity. */
export function severityMark(severity: Finding['severity']): MarkKind {
  return severity === 'error' ? 'fail' : severity === 'warning' ? 'warn' : 'none';
}

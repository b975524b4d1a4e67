/** Marks and tones for what the engine says in codes: shapes first, colours second. */
import { HEADLINES } from '../content/verdicts.ts';
import { indexTrace } from '../engine/trace/trace-index.ts';
import type { Axes, AxisName, CertificateReport, Finding, Headline, Step, Trace } from '../engine/trace/trace.ts';
import type { MarkKind } from '../ui/mark.tsx';

export type Tone = 'pass' | 'fail' | 'warn' | 'none';

export function headlineTone(headline: Headline): Tone {
  const { tone } = HEADLINES[headline];
  return tone === 'neutral' ? 'none' : tone;
}

export function axisMark(axes: Axes, axis: AxisName): MarkKind {
  const value = axes[axis];
  if (value === 'pass' || value === 'full') return 'pass';
  if (value === 'fail') return 'fail';
  if (value === 'partial' || value === 'unknown') return value === 'partial' ? 'warn' : 'unknown';
  if (value === 'none') return 'warn';
  return 'none';
}

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

export function certificateOf(trace: Trace, id: string): CertificateReport | null {
  return indexTrace(trace).certificate(id);
}

export function severityMark(severity: Finding['severity']): MarkKind {
  return severity === 'error' ? 'fail' : severity === 'warning' ? 'warn' : 'none';
}

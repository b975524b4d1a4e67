/** What explaining adds to a judged run, and the trace with both. */
import type { SpaceId } from '../bytes/source-range.ts';
import type { KeptOctets } from '../trace/recorder.ts';
import type { Finding, Space, Step, Trace } from '../trace/trace.ts';
import { withFindings } from '../verdict/judge-verdict.ts';

/** What `explain` gives: findings in whole, steps and octets to be added. */
export interface Explained {
  /** All of them: what judging found, as it stands in the light of what was proven, and what was found since. */
  readonly findings: readonly Finding[];
  /** The steps of the search, after those of the judged run. */
  readonly steps: readonly Step[];
  readonly spaces: readonly Space[];
  /** Octets of `spaces`. */
  readonly octets: ReadonlyMap<SpaceId, KeptOctets>;
}

/** The trace with its explanation: headline, axes and the steps' statuses are those of the judged one. */
export function withExplanation(trace: Trace, explained: Explained): Trace {
  const { findings } = explained;
  const found = new Map<string, string[]>();
  for (const { id, step } of findings) {
    if (step === null) continue;
    const ids = found.get(step);
    if (ids === undefined) found.set(step, [id]);
    else ids.push(id);
  }
  const judged = trace.steps.map((step) => {
    const ids = new Set(found.get(step.id));
    const kept = step.findings.filter((id) => ids.delete(id));
    return ids.size === 0 && kept.length === step.findings.length ? step : { ...step, findings: [...kept, ...ids] };
  });
  const steps = [...judged, ...explained.steps];
  return {
    ...trace,
    steps,
    findings,
    spaces: [...trace.spaces, ...explained.spaces],
    verdict: { ...trace.verdict, evidence: withFindings(trace.verdict.evidence, steps, findings) },
  };
}

/** What of an explained trace is new travels; the page puts it to the trace that it has. */
import type { Trace } from '../../engine/trace/trace.ts';
import type { ExplainAnswer } from './protocol.ts';

/** @param explained made from `judged`: the steps that nothing changed in are the same objects */
export function whatExplainingChanged(judged: Trace, explained: Trace): Omit<ExplainAnswer, 'elapsed'> {
  return {
    findings: explained.findings,
    steps: explained.steps.filter((step, at) => step !== judged.steps[at]),
    spaces: explained.spaces.slice(judged.spaces.length),
    evidence: explained.verdict.evidence,
  };
}

/** The trace with its explanation. */
export function explainedTrace(judged: Trace, { findings, steps, spaces, evidence }: ExplainAnswer): Trace {
  const changed = new Map(steps.map((step) => [step.id, step]));
  const known = judged.steps.map((step) => {
    const instead = changed.get(step.id);
    changed.delete(step.id);
    return instead ?? step;
  });
  return {
    ...judged,
    findings,
    steps: [...known, ...changed.values()],
    spaces: [...judged.spaces, ...spaces],
    verdict: { ...judged.verdict, evidence },
  };
}

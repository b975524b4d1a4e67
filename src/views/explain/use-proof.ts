/** The proof that belongs to the selection, or null. */
import { useMemo } from 'react';
import { proofOf, type Proof } from '../../state/proof.ts';
import { useRun, useSelection } from '../bench-context.tsx';

/** The proof of the selected finding, else of the selected step. */
export function useProof(): Proof | null {
  const trace = useRun((run) => run.trace);
  const finding = useSelection((selection) => selection.finding);
  const step = useSelection((selection) => selection.step);
  return useMemo(() => (trace ? proofOf(trace, finding, step) : null), [trace, finding, step]);
}

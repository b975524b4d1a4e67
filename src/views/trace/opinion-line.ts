/** The second opinion in one line, for its row in the trace. */
import type { Trace } from '../../engine/trace/trace.ts';
import type { SecondOpinionView } from '../../state/inspector.ts';

export function opinionLine(
  trace: Trace,
  opinions: 'unasked' | 'asking' | readonly SecondOpinionView[] | null,
): { readonly detail: string; readonly mark: 'pass' | 'warn' | 'none' } {
  if (trace.signatures.length === 0) return { detail: 'xmldsigjs · nothing is signed', mark: 'none' };
  if (opinions === 'unasked') return { detail: 'xmldsigjs · asked when selected', mark: 'none' };
  if (opinions === 'asking') return { detail: 'xmldsigjs · being asked', mark: 'none' };
  if (opinions === null) return { detail: 'xmldsigjs declines this message', mark: 'none' };
  const differing = opinions.filter((opinion) => !opinion.agrees);
  if (differing.length === 0) return { detail: 'xmldsigjs agrees', mark: 'pass' };
  return differing.some((opinion) => opinion.unexplained)
    ? { detail: 'xmldsigjs differs, unexplained', mark: 'warn' }
    : { detail: 'xmldsigjs differs, for a known reason', mark: 'none' };
}

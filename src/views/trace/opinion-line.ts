/** The second opinion in one line, for its row in the trace. */
import { OPINION_LINE } from '../../content/page/trace.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import type { SecondOpinionView } from '../../state/inspector.ts';

/** What the row of the second opinion says, and its mark. */
export function opinionLine(
  trace: Trace,
  opinions: 'unasked' | 'asking' | readonly SecondOpinionView[] | null,
): { readonly detail: string; readonly mark: 'pass' | 'warn' | 'none' } {
  if (trace.signatures.length === 0) return { detail: OPINION_LINE.unsigned, mark: 'none' };
  if (opinions === 'unasked') return { detail: OPINION_LINE.unasked, mark: 'none' };
  if (opinions === 'asking') return { detail: OPINION_LINE.asking, mark: 'none' };
  if (opinions === null) return { detail: OPINION_LINE.declined, mark: 'none' };
  const differing = opinions.filter((opinion) => !opinion.agrees);
  if (differing.length === 0) return { detail: OPINION_LINE.agrees, mark: 'pass' };
  return differing.some((opinion) => opinion.unexplained)
    ? { detail: OPINION_LINE.unexplained, mark: 'warn' }
    : { detail: OPINION_LINE.explained, mark: 'none' };
}

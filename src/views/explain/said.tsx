/** What a finding says, with how sure that is. */
import { CONFIDENCE } from '../../content/data-words.ts';
import { findingMessage } from '../../content/findings/index.ts';
import { PROVEN_TICK } from '../../content/page/verdict.ts';
import type { Finding } from '../../engine/trace/trace.ts';
import { Untrusted } from '../../ui/untrusted.tsx';

/** The sentence of a finding behind its confidence. */
export function Said({ finding }: { readonly finding: Finding }) {
  return (
    <p>
      <span className={`confidence confidence-${finding.confidence}`}>
        {finding.confidence === 'proven' ? PROVEN_TICK : ''}
        {CONFIDENCE[finding.confidence]}
      </span>
      <Untrusted text={findingMessage(finding)} limit={1200} />
    </p>
  );
}

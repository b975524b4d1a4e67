/** What to change, by who would have to. */
import { partyWords } from '../../content/data-words.ts';
import { findingFixes } from '../../content/findings/fixes.ts';
import { EXPLAIN } from '../../content/page/explain.ts';

/** Nothing where no change is known for a finding of this code. */
export function Fixes({ code }: { readonly code: string }) {
  const fixes = Object.entries(findingFixes(code));
  return fixes.length === 0 ? null : (
    <section className="fixes">
      <h4>{EXPLAIN.fixes}</h4>
      <dl>
        {fixes.map(([party, text]) => (
          <div key={party}>
            <dt>{partyWords(party)}</dt>
            <dd>{text}</dd>
          </div>
        ))}
      </dl>
    </section>
  );
}

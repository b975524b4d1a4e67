/**
 * An element that was indented when it was signed, with the Signature in it on lines of its own: white space stood before
 * and behind it, and both are in the digest (docs/faults.md: ws-stripped-on-parse).
 */
import type { Budget } from '../../bytes/budget.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import type { NodeIndex } from '../../xml/document.ts';
import { descendantElements } from '../../xml/navigate.ts';
import { tokenizeBounded, tokensOctets, type CanonicalTokens } from '../canonical-tokens.ts';
import { indented, isIndented, UNITS } from '../edits/edit-white-space.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';
import { tokensWork } from '../trial-account.ts';

/** The element indented with its Signature, which is then left out. */
export function* indentedWithSignature(
  subject: TextSubject,
  signature: NodeIndex,
  budget: Budget,
): Generator<Candidate> {
  const { document, set, method, tokens, account, depth } = subject;
  if (set?.type !== 'subtree' || method === null || tokens === null || !set.excluded.includes(signature)) return;
  const apex = subject.apex ?? document.root;
  const whole = tokenizeBounded(canonicalize({ ...set, excluded: [] }, method, budget).octets);
  const ordinal = [apex, ...descendantElements(document, apex)].indexOf(signature);
  if (whole === null || ordinal < 0) return;
  for (const end of ['\n', '&#xD;\n']) {
    for (const unit of UNITS) {
      for (const base of unit === '' ? [0] : new Set([0, depth])) {
        if (!account.spend(2 * tokensWork(whole.length))) return;
        const edited = withoutElement(indented(whole, unit, base, end), ordinal);
        yield {
          code: isIndented(tokens) ? 'ws-pretty-print-after-sign' : 'ws-stripped-on-parse',
          party: 'transit',
          how: 'indented-again',
          data: { indent: unit === '\t' ? 'tab' : String(unit.length), crlf: end !== '\n' },
          octets: () => tokensOctets(edited),
        };
      }
    }
  }
}

/** @param ordinal number of the element's start tag */
function withoutElement(tokens: CanonicalTokens, ordinal: number): CanonicalTokens {
  const opens = tokens.flatMap((token, index) => (token.type === 'open' ? [index] : []));
  const start = opens[ordinal];
  if (start === undefined) return tokens;
  let depth = 0;
  let end = start;
  for (; end < tokens.length; end++) {
    const type = tokens[end]?.type;
    if (type === 'open') depth++;
    else if (type === 'close' && --depth === 0) break;
  }
  return [...tokens.slice(0, start), ...tokens.slice(end + 1)];
}

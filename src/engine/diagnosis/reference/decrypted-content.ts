/**
 * Undoes what a serializer did to a fragment before it was encrypted: signed in its place, written out of it
 * (docs/faults.md: decrypted-content-reserialised).
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { ancestors, nodeRange } from '../../xml/navigate.ts';
import { tokensOctets, type CanonicalTokens } from '../canonical-tokens.ts';
import { EMPTY_DEFAULT, withoutInner } from '../edits/edit-namespaces.ts';
import { PRETTY_PRINTED } from '../edits/edit-white-space.ts';
import type { Candidate, EditedTokens } from '../hypothesis.ts';
import { sourceElements } from '../signer/signer-serialisation.ts';
import type { TextSubject } from '../text-subject.ts';
import { tokensWork } from '../trial-account.ts';

/** Fragments looked at: a message has few. */
const MOST_FRAGMENTS = 8;

/** Where the tokens of an element end, its end tag included. */
function endOf(tokens: CanonicalTokens, start: number): number {
  let depth = 0;
  for (let at = start; at < tokens.length; at++) {
    const type = tokens[at]?.type;
    if (type === 'open') depth++;
    else if (type === 'close' && --depth === 0) return at + 1;
  }
  return tokens.length;
}

/** The outermost elements below the apex whose octets were encrypted when the message arrived, as ranges of tokens. */
function fragments(subject: TextSubject): readonly (readonly [number, number])[] {
  const { document, tokens } = subject;
  const sources = sourceElements(subject);
  if (tokens === null || sources === null) return [];
  const found: (readonly [number, number])[] = [];
  let ordinal = -1;
  let after = 0;
  for (const [at, token] of tokens.entries()) {
    if (token.type !== 'open') continue;
    const node = sources[++ordinal];
    if (node === undefined || at < after || node === document.root) continue;
    const [parent] = ancestors(document, node);
    if (parent === undefined || nodeRange(document, node).space === nodeRange(document, parent).space) continue;
    after = endOf(tokens, at);
    found.push([at, after]);
    if (found.length === MOST_FRAGMENTS) break;
  }
  return found;
}

function* edits(part: CanonicalTokens, subject: TextSubject): Generator<readonly [CauseCode, EditedTokens]> {
  for (const edited of EMPTY_DEFAULT.everywhere?.(part, subject) ?? []) yield [EMPTY_DEFAULT.code, edited];
  for (const edited of withoutInner(part)) yield ['ns-decl-added-in-subtree', edited];
  for (const edited of PRETTY_PRINTED.everywhere?.(part, subject) ?? []) yield [PRETTY_PRINTED.code, edited];
}

/** Edits that are confined to what was encrypted; the general name of the edit is as true. */
export function* decryptedContent(subject: TextSubject): Generator<Candidate> {
  const { tokens, account } = subject;
  if (tokens === null || !account.spend(tokensWork(tokens.length))) return;
  for (const [start, end] of fragments(subject)) {
    for (const [code, edited] of edits(tokens.slice(start, end), subject)) {
      const whole = [...tokens.slice(0, start), ...edited.tokens, ...tokens.slice(end)];
      yield {
        code: 'decrypted-content-reserialised',
        also: [code],
        party: 'signer',
        how: edited.how,
        data: edited.data ?? {},
        work: tokensWork(whole.length),
        octets: () => tokensOctets(whole),
      };
    }
  }
}

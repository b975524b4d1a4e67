/** The headline: the first row of the table that holds (docs/command.md, "The headline"). */
import type { Axes, Headline } from '../trace/trace.ts';

/** What the table asks beside the axes. */
export interface HeadlineFacts {
  /** Not well-formed, or a part of it not decodable. */
  readonly malformed: boolean;
  /** A bound of the budget was hit. */
  readonly limit: boolean;
  /** DOCTYPE, XSLT, a used Id that stands twice, an HMAC truncated below its floor. */
  readonly refused: boolean;
  /** A verified reference points outside its role while the consumed element in that role is not covered. */
  readonly wrapped: boolean;
  /** An algorithm or token that we do not have stands in the way. */
  readonly unsupported: boolean;
  /** The secured envelope stands inside another document and was not judged. */
  readonly nested?: boolean;
  /** No token, signature or encryption at all. */
  readonly unsecured: boolean;
  /** An algorithm, key size, truncation above the floor, comment inside signed text, or policy falls short. */
  readonly weak: boolean;
  /** An error was found, in whatever: it keeps a message from being called valid where nothing else does. */
  readonly erring?: boolean;
  /** References whose digest matched, in signatures whose value matched. */
  readonly referencesProcessed: number;
}

interface Row {
  readonly headline: Headline;
  holds(axes: Axes, facts: HeadlineFacts): boolean;
}

const ROWS: readonly Row[] = [
  { headline: 'malformed', holds: (_axes, facts) => facts.malformed },
  { headline: 'limit', holds: (_axes, facts) => facts.limit },
  { headline: 'refused', holds: (_axes, facts) => facts.refused },
  {
    headline: 'invalid',
    holds: (axes) => axes.signature === 'fail' || axes.decryption === 'fail' || axes.authentication === 'fail',
  },
  { headline: 'wrapped', holds: (_axes, facts) => facts.wrapped },
  { headline: 'unsupported', holds: (_axes, facts) => facts.unsupported },
  {
    headline: 'incomplete',
    holds: (axes, facts) =>
      facts.nested === true ||
      axes.signature === 'unknown' ||
      axes.decryption === 'unknown' ||
      axes.authentication === 'unknown',
  },
  { headline: 'unsecured', holds: (_axes, facts) => facts.unsecured },
  { headline: 'valid-stale', holds: (axes) => axes.freshness === 'fail' },
  // Without a processed reference nothing can be called valid: only encrypted, or only a UsernameToken.
  { headline: 'valid-partial', holds: (axes, facts) => axes.coverage !== 'full' || facts.referencesProcessed === 0 },
  { headline: 'valid-untrusted', holds: (axes) => axes.trust === 'fail' || axes.trust === 'unknown' },
  { headline: 'valid-weak', holds: (axes, facts) => facts.weak || axes.policy === 'fail' },
];

/** After these rows nothing else was judged, so that the other rows say nothing. */
const FINAL: ReadonlySet<Headline> = new Set(['malformed', 'limit', 'unsecured']);

/** @returns the headline, and the other rows that hold as well in the table's order. */
export function judgeHeadline(
  axes: Axes,
  facts: HeadlineFacts,
): { readonly headline: Headline; readonly also: readonly Headline[] } {
  const holding = ROWS.filter((row) => row.holds(axes, facts)).map((row) => row.headline);
  const [headline, ...also] = holding;
  // An error in no axis's way (a wrong identifier beside a key that fits). Beside another headline it says nothing of
  // strength.
  if (headline === undefined) return { headline: facts.erring === true ? 'valid-weak' : 'valid', also: [] };
  // An unsecured message is neither partial nor untrusted in a sense that would tell anybody something.
  return { headline, also: FINAL.has(headline) ? also.filter((other) => ORDER_OF_FAILURE.has(other)) : also };
}

const ORDER_OF_FAILURE: ReadonlySet<Headline> = new Set(['limit', 'refused', 'invalid', 'wrapped', 'unsupported']);

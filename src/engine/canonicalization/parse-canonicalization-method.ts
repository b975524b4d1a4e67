/**
 * Reads ds:CanonicalizationMethod, or a ds:Transform that names a canonicalization (XML Signature §4.3.1, Exclusive 1.0
 * §4).
 */
import type { CanonicalizationFindings } from '../trace/finding-data/canonicalization.ts';
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { EC } from '../xml/namespaces.ts';
import { DEFAULT_LIMITS, type Budget } from '../bytes/budget.ts';
import type { SourceRange } from '../bytes/source-range.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { attributeText, attributeValueRange, childElementsNamed, findAttribute, nodeRange } from '../xml/navigate.ts';
import { isNCName } from '../xml/characters.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';
import { knownMethod } from './methods.ts';

/** Why a method cannot be used. Words are in `src/content/findings/canonicalization.ts`. */
export type CanonicalizationCode =
  | 'canonicalization-missing'
  | 'canonicalization-unknown'
  | 'canonicalization-unsupported'
  | 'prefixlist-malformed'
  | 'prefixlist-repeated'
  | 'prefixlist-too-long';

/** What is wrong with the element, and where. */
export interface CanonicalizationProblem {
  readonly code: CanonicalizationCode;
  readonly data: CanonicalizationFindings[CanonicalizationCode];
  readonly range: SourceRange;
}

/** The method, or why there is none. */
export type CanonicalizationReading =
  | { readonly method: CanonicalizationMethod; readonly problem: null }
  | { readonly method: null; readonly problem: CanonicalizationProblem };

const DEFAULT_TOKEN = '#default';

/**
 * The method that `element` names, with its PrefixList, or why it cannot be used.
 * @param tokenLimit the most tokens that a PrefixList may have (`prefixListTokens`); more are a problem, not an
 * exception
 */
export function parseCanonicalizationMethod(
  document: XmlDocument,
  element: NodeIndex,
  tokenLimit: number = DEFAULT_LIMITS.prefixListTokens,
): CanonicalizationReading {
  const algorithm = findAttribute(document, element, '', 'Algorithm');
  if (algorithm === -1) return problem('canonicalization-missing', {}, nodeRange(document, element));
  const uri = attributeText(document, algorithm);
  const known = knownMethod(uri);
  if (known === null) {
    const other = algorithmOfKind(uri, 'canonicalization');
    const range = attributeValueRange(document, algorithm);
    return other === null
      ? problem('canonicalization-unknown', { uri }, range)
      : problem('canonicalization-unsupported', { uri, name: other.name }, range);
  }
  const { family, comments } = known;
  if (family !== 'exclusive-1.0') return { method: { uri, family, comments, inclusivePrefixes: [] }, problem: null };

  const lists = childElementsNamed(document, element, EC, 'InclusiveNamespaces');
  const [list, again] = lists;
  if (again !== undefined) return problem('prefixlist-repeated', { count: lists.length }, nodeRange(document, again));
  const attribute = list === undefined ? -1 : findAttribute(document, list, '', 'PrefixList');
  if (attribute === -1) return { method: { uri, family, comments, inclusivePrefixes: [] }, problem: null };
  const tokens = attributeText(document, attribute)
    .split(/[ \t\r\n]+/)
    .filter((token) => token !== '');
  const range = attributeValueRange(document, attribute);
  if (tokens.length > tokenLimit) {
    return problem('prefixlist-too-long', { count: tokens.length, limit: tokenLimit }, range);
  }
  const bad = tokens.find((token) => token !== DEFAULT_TOKEN && !isNCName(token));
  if (bad !== undefined) return problem('prefixlist-malformed', { token: bad }, range);
  const prefixes = new Set(tokens.map((token) => (token === DEFAULT_TOKEN ? '' : token)));
  return { method: { uri, family, comments, inclusivePrefixes: [...prefixes] }, problem: null };
}

/** The same within a run's budget. @throws {BudgetExceeded} for a PrefixList of more than `prefixListTokens` */
export function readCanonicalizationMethod(
  document: XmlDocument,
  element: NodeIndex,
  budget: Budget,
): CanonicalizationReading {
  const reading = parseCanonicalizationMethod(document, element, budget.limits.prefixListTokens);
  const { problem: found } = reading;
  if (found?.code === 'prefixlist-too-long' && 'count' in found.data) {
    budget.check('prefixListTokens', found.data.count, document.start[element]);
  }
  return reading;
}

function problem<Code extends CanonicalizationCode>(
  code: Code,
  data: CanonicalizationFindings[Code],
  range: SourceRange,
): CanonicalizationReading {
  return { method: null, problem: { code, data, range } };
}

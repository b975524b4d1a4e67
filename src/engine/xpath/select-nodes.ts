/**
 * Selects the nodes of a document that an expression names, exactly those and nothing below them (Canonical XML 1.0
 * §2.1).
 */
import type { Budget } from '../bytes/budget.ts';
import type { SelectedSet } from '../canonicalization/node-set.ts';
import type { XmlDocument } from '../xml/document.ts';
import { XPathEvaluator } from './evaluate.ts';
import type { XPathEnvironment } from './call-function.ts';
import { valueType, type XPathError } from './expression.ts';
import { NodeSelection } from './node-selection.ts';
import { parseExpression } from './parse-expression.ts';

/** The nodes selected and how many, or why there are none. */
export type SelectedNodes =
  | { readonly ok: true; readonly set: SelectedSet; readonly count: number }
  | { readonly ok: false; readonly error: XPathError };

const NOTHING_AROUND: XPathEnvironment = { here: null, elementsById: () => [] };

/**
 * Evaluates `expression` from the root node.
 * @param namespaces prefixes and their namespace names
 * @param environment what `id()` and `here()` answer; nothing unless given
 * @throws {BudgetExceeded} past `xpathSteps`; all other errors are data with their position in the expression
 */
export function selectNodes(
  document: XmlDocument,
  expression: string,
  namespaces: ReadonlyMap<string, string>,
  budget: Budget,
  environment: XPathEnvironment = NOTHING_AROUND,
): SelectedNodes {
  const parsed = parseExpression(expression, namespaces);
  if (!parsed.ok) return parsed;
  const type = valueType(parsed.expression);
  if (type !== 'node-set') {
    return { ok: false, error: { code: 'xpath-type', position: 0, data: { expected: 'node-set', found: type } } };
  }
  const evaluator = new XPathEvaluator(document, budget, environment);
  const result = evaluator.evaluate(parsed.expression, 0);
  if (!result.ok) return result;
  const set = new NodeSelection(evaluator.nodes);
  const nodes = typeof result.value === 'object' ? result.value : [];
  for (const node of nodes) set.add(node);
  return { ok: true, set, count: nodes.length };
}

/**
 * The XPath Filter 2.0 transform: intersects, subtracts and unites subtrees in the order given (XML-Signature XPath
 * Filter 2.0 §3).
 */
import type { NodeIndex } from '../xml/document.ts';
import { attributeValue, childElementsNamed, nodeRange } from '../xml/navigate.ts';
import { FILTER2 } from '../xml/namespaces.ts';
import { XPathEvaluator } from '../xpath/evaluate.ts';
import { valueType } from '../xpath/expression.ts';
import { NodeNumbers } from '../xpath/node-numbers.ts';
import { NodeSelection } from '../xpath/node-selection.ts';
import { stopped, type TransformDone, type TransformOutcome } from './transform-outcome.ts';
import type { TransformContext, TransformValue } from './transform-types.ts';
import { eachMember, environmentOf, expressionFailed, expressionIn, wrappingNotes } from './xpath-transform.ts';

/** XPath Filter 2.0: intersect, subtract and union in order (§3). */
export function filter2Transform(
  input: TransformValue & { readonly type: 'nodes' },
  element: NodeIndex,
  context: TransformContext,
): TransformOutcome {
  const { document } = context;
  const parameters = childElementsNamed(document, element, FILTER2, 'XPath');
  if (parameters.length === 0) {
    return stopped('failed', 'xpath-parameter-count', { count: 0 }, [nodeRange(document, element)]);
  }
  context.budget.check('transformsPerReference', parameters.length, document.start[element]);
  const nodes = new NodeNumbers(input.set.document, context.budget);
  const filter = new NodeSelection(nodes, true);
  const notes: NonNullable<TransformDone['notes']>[number][] = [];
  for (const parameter of parameters) {
    const operation = attributeValue(document, parameter, '', 'Filter') ?? '';
    if (operation !== 'intersect' && operation !== 'subtract' && operation !== 'union') {
      return stopped('failed', 'xpath-filter-unknown', { filter: operation.slice(0, 100) }, [
        nodeRange(document, parameter),
      ]);
    }
    const parsed = expressionIn(parameter, context);
    if (!parsed.ok) return parsed.outcome;
    const type = valueType(parsed.expression);
    if (type !== 'node-set') {
      return expressionFailed(
        { code: 'xpath-type', position: 0, data: { expected: 'node-set', found: type } },
        parameter,
        context,
      );
    }
    const evaluator = new XPathEvaluator(
      input.set.document,
      context.budget,
      environmentOf(input.set, parameter, context),
      nodes,
    );
    const result = evaluator.evaluate(parsed.expression, 0);
    if (!result.ok) return expressionFailed(result.error, parameter, context);
    // What is subtracted is not signed, wherever it stands.
    if (operation !== 'subtract') notes.push(...wrappingNotes(parsed.expression, parameter, context));
    const selected = new NodeSelection(nodes);
    for (const node of typeof result.value === 'object' ? result.value : []) selected.add(node);
    selected.expandSubtrees();
    filter.combine(operation, selected);
  }
  const kept = new NodeSelection(nodes);
  const discards = eachMember(input.set, nodes, context, (node) => {
    if (!filter.has(node)) return false;
    kept.add(node);
    return true;
  });
  return { status: 'done', value: { type: 'nodes', set: kept }, discards, notes };
}

/** What an expression's value depends on, known before evaluation: so that nothing is computed twice. */
import { type Expression, type Step, valueType } from './expression.ts';

/** Functions that read the context node when they have no argument (§4). */
const OF_CONTEXT_NODE: ReadonlySet<string> = new Set([
  'local-name',
  'namespace-uri',
  'name',
  'string',
  'string-length',
  'normalize-space',
  'number',
]);

/** Whether the value depends on context node, position or size. What does not is computed once a document. */
export function usesContext(expression: Expression): boolean {
  switch (expression.type) {
    case 'path':
      return expression.start === null || (expression.start !== 'root' && usesContext(expression.start));
    case 'filter':
      return usesContext(expression.primary);
    case 'call':
      if (expression.name === 'last' || expression.name === 'position' || expression.name === 'lang') return true;
      if (expression.operands.length === 0) return OF_CONTEXT_NODE.has(expression.name);
      return expression.operands.some(usesContext);
    default:
      return operands(expression).some(usesContext);
  }
}

/** Whether a predicate's outcome depends on the proximity position (§2.4). */
export function isPositional(predicate: Expression): boolean {
  return valueType(predicate) === 'number' || usesPosition(predicate);
}

function usesPosition(expression: Expression): boolean {
  switch (expression.type) {
    case 'path':
      return expression.start !== null && expression.start !== 'root' && usesPosition(expression.start);
    case 'filter':
      return usesPosition(expression.primary);
    case 'call':
      return expression.name === 'last' || expression.name === 'position' || expression.operands.some(usesPosition);
    default:
      return operands(expression).some(usesPosition);
  }
}

/**
 * Whether all attribute and namespace nodes of one element give the same value, position and size being 1:
 * then an XPath transform asks once an element instead of once a node.
 */
export function sameForAttached(expression: Expression): boolean {
  switch (expression.type) {
    case 'path':
      if (expression.start === 'root') return true;
      if (expression.start !== null) return sameForAttached(expression.start);
      return firstStepIgnoresAttached(expression.steps[0]);
    case 'filter':
      return sameForAttached(expression.primary);
    case 'call':
      if (expression.operands.length === 0) return !OF_CONTEXT_NODE.has(expression.name);
      return expression.operands.every(sameForAttached);
    default:
      return operands(expression).every(sameForAttached);
  }
}

function firstStepIgnoresAttached(step: Step | undefined): boolean {
  if (step === undefined) return false;
  // Only `node()` matches an attribute or namespace node on an axis that holds the node itself.
  if (step.axis === 'self' || step.axis === 'ancestor-or-self' || step.axis === 'descendant-or-self') {
    return step.test.kind !== 'node';
  }
  return true;
}

function operands(expression: Exclude<Expression, { type: 'path' | 'filter' | 'call' }>): readonly Expression[] {
  switch (expression.type) {
    case 'or':
    case 'and':
    case 'union':
      return expression.operands;
    case 'comparison':
    case 'arithmetic':
      return [expression.first, ...expression.rest.map(({ operand }) => operand)];
    case 'negate':
      return [expression.operand];
    case 'literal':
    case 'number':
      return [];
  }
}

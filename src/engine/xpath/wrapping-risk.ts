/**
 * Whether an expression finds its nodes wherever they stand, which is what wrapping attacks on XPath references use
 * (security analysis XSW-08).
 */
import type { Expression, Step } from './expression.ts';

/**
 * - `descendant`: an absolute path searches the whole document (`//Body`), so a moved element is still found.
 * - `local-name`: a name is compared without its namespace.
 */
export type WrappingRisk = 'descendant' | 'local-name';

/** The first risk in an expression, or null. Depth is bounded by the parser. */
export function wrappingRisk(expression: Expression): WrappingRisk | null {
  if (expression.type === 'call' && expression.name === 'local-name') return 'local-name';
  if (
    expression.type === 'path' &&
    expression.start === 'root' &&
    expression.steps.some(({ axis }) => axis === 'descendant' || axis === 'descendant-or-self')
  ) {
    return 'descendant';
  }
  for (const part of partsOf(expression)) {
    const risk = wrappingRisk(part);
    if (risk !== null) return risk;
  }
  return null;
}

function partsOf(expression: Expression): readonly Expression[] {
  switch (expression.type) {
    case 'or':
    case 'and':
    case 'union':
    case 'call':
      return expression.operands;
    case 'comparison':
    case 'arithmetic':
      return [expression.first, ...expression.rest.map(({ operand }) => operand)];
    case 'negate':
      return [expression.operand];
    case 'filter':
      return [expression.primary, ...expression.predicates];
    case 'path':
      return [
        ...(expression.start === null || expression.start === 'root' ? [] : [expression.start]),
        ...expression.steps.flatMap((step: Step) => step.predicates),
      ];
    case 'literal':
    case 'number':
      return [];
  }
}

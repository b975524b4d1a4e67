/** Evaluation in tests, with nodes named by their rank in document order. */
import { Budget, type Limits } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import type { XmlDocument } from '../../../src/engine/xml/document.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { XPathEvaluator } from '../../../src/engine/xpath/evaluate.ts';
import type { XPathEnvironment } from '../../../src/engine/xpath/call-function.ts';
import { parseExpression } from '../../../src/engine/xpath/parse-expression.ts';

export function parsed(xml: string): XmlDocument {
  const { document, problems, wellFormed } = parseXml(encodeUtf8(xml), { budget: new Budget() });
  if (!wellFormed) throw new Error(JSON.stringify(problems));
  return document;
}

const NOWHERE: XPathEnvironment = { here: null, elementsById: () => [] };

/**
 * The value of an expression at the root: a node-set as names like `7` (seventh node of the tree) or `3@x:id`; an error
 * as `code@position`.
 */
export function value(
  document: XmlDocument,
  source: string,
  namespaces: Readonly<Record<string, string>> = {},
  limits?: Limits,
  environment = NOWHERE,
): string | number | boolean | readonly string[] {
  const expression = parseExpression(source, new Map(Object.entries(namespaces)));
  if (!expression.ok) return `${expression.error.code}@${expression.error.position}`;
  const evaluator = new XPathEvaluator(document, new Budget(limits), environment);
  const result = evaluator.evaluate(expression.expression, 0);
  if (!result.ok) return `${result.error.code}@${result.error.position}`;
  if (typeof result.value !== 'object') return result.value;
  const ranks = new Map<number, number>();
  for (let node = 0; node < document.nodeCount; node++) {
    if (evaluator.nodes.isModelNode(node)) ranks.set(node, ranks.size);
  }
  return result.value.map((node) => {
    const rank = ranks.get(evaluator.nodes.owner(node));
    if (evaluator.nodes.isAttribute(node)) {
      return `${rank}@${document.names.qualified[document.attributeName[node - evaluator.nodes.attributeBase]!]}`;
    }
    if (evaluator.nodes.isNamespace(node)) {
      return `${rank}#${evaluator.nodes.prefixes[evaluator.nodes.namespaces().prefix[node - evaluator.nodes.namespaceBase]!]}`;
    }
    return String(rank);
  });
}

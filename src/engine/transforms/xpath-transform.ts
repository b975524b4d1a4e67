/** The XPath transform: keeps the nodes of the input for which the expression is true (XML Signature §6.6.3). */
import type { XPathPlace } from '../trace/finding-data/references.ts';
import type { NodeSet } from '../canonicalization/node-set.ts';
import { NodeKind, type NodeIndex } from '../xml/document.ts';
import {
  childElementsNamed,
  contentRange,
  inScopeNamespaces,
  isWithin,
  nodeRange,
  textContent,
  kindOf,
} from '../xml/navigate.ts';
import { DS } from '../xml/namespaces.ts';
import { sameForAttached } from '../xpath/dependence.ts';
import { XPathEvaluator } from '../xpath/evaluate.ts';
import type { XPathEnvironment } from '../xpath/call-function.ts';
import type { Expression, XPathError } from '../xpath/expression.ts';
import { isText, type NodeNumbers, type XPathNode } from '../xpath/node-numbers.ts';
import { NodeSelection } from '../xpath/node-selection.ts';
import { parseExpression } from '../xpath/parse-expression.ts';
import { wrappingRisk } from '../xpath/wrapping-risk.ts';
import { extent, holds } from './node-sets.ts';
import { stopped, type TransformDone, type TransformOutcome, type TransformStopped } from './transform-outcome.ts';
import type { TransformContext, TransformValue } from './transform-types.ts';

const XML_PREFIX = 1;
/** Of an expression in findings, in UTF-16 units. */
const LONGEST_SHOWN = 1_000;

/** XPath filtering: keeps the nodes for which the expression is true (XML Signature §6.6.3). */
export function xpathTransform(
  input: TransformValue & { readonly type: 'nodes' },
  element: NodeIndex,
  context: TransformContext,
): TransformOutcome {
  const { document } = context;
  const parameters = childElementsNamed(document, element, DS, 'XPath');
  const [parameter] = parameters;
  if (parameter === undefined || parameters.length > 1) {
    return stopped('failed', 'xpath-parameter-count', { count: parameters.length }, [nodeRange(document, element)]);
  }
  const parsed = expressionIn(parameter, context);
  if (!parsed.ok) return parsed.outcome;
  const evaluator = new XPathEvaluator(
    input.set.document,
    context.budget,
    environmentOf(input.set, parameter, context),
  );
  const kept = filtered(input.set, parsed.expression, evaluator, context);
  if (evaluator.error !== null) return expressionFailed(evaluator.error, parameter, context);
  return {
    status: 'done',
    value: { type: 'nodes', set: kept.set },
    discards: kept.discards,
    notes: wrappingNotes(parsed.expression, parameter, context),
  };
}

/** The expression that an XPath element bears, with the namespaces in scope there. */
export function expressionIn(
  parameter: NodeIndex,
  context: TransformContext,
): { readonly ok: true; readonly expression: Expression } | { readonly ok: false; readonly outcome: TransformStopped } {
  const { document } = context;
  const parsed = parseExpression(textContent(document, parameter), inScopeNamespaces(document, parameter));
  return parsed.ok ? parsed : { ok: false, outcome: expressionFailed(parsed.error, parameter, context) };
}

/** An error of an expression as the end of the chain; its place told in the document where that can be done. */
export function expressionFailed(
  error: XPathError,
  parameter: NodeIndex,
  { document }: TransformContext,
): TransformStopped {
  const data: XPathPlace = {
    ...error.data,
    position: error.position,
    expression: textContent(document, parameter).slice(0, LONGEST_SHOWN),
  };
  const status = error.code === 'dup-id' ? 'refused' : 'failed';
  return { status, code: error.code, data, ranges: [contentRange(document, parameter)] };
}

/** A note where the expression would find a moved element as well (XSW-08). */
export function wrappingNotes(
  expression: Expression,
  parameter: NodeIndex,
  { document }: TransformContext,
): NonNullable<TransformDone['notes']> {
  const risk = wrappingRisk(expression);
  return risk === null
    ? []
    : [
        {
          code: 'XSW-08',
          data: { risk, expression: textContent(document, parameter).trim().slice(0, LONGEST_SHOWN) },
          range: contentRange(document, parameter),
        },
      ];
}

/** `here()` is an error where the expression and what it is evaluated against are not the same document (§6.6.3). */
export function environmentOf(set: NodeSet, parameter: NodeIndex, context: TransformContext): XPathEnvironment {
  const same = set.document === context.document;
  return {
    here: same ? parameter : null,
    elementsById: (id) => (same ? context.ids.lookup(id).map((entry) => entry.element) : []),
  };
}

function filtered(
  set: NodeSet,
  expression: Expression,
  evaluator: XPathEvaluator,
  context: TransformContext,
): { readonly set: NodeSelection; readonly discards: boolean } {
  const { nodes } = evaluator;
  const selection = new NodeSelection(nodes);
  const once = sameForAttached(expression);
  let owner = -1;
  let attached = false;
  /** Attributes and namespace nodes of one element follow each other. */
  const keeps = (node: XPathNode): boolean => {
    if (node < nodes.attributeBase || !once) return evaluator.test(expression, node);
    if (nodes.owner(node) !== owner) {
      owner = nodes.owner(node);
      attached = evaluator.test(expression, node);
    }
    return attached;
  };
  const discards = eachMember(set, nodes, context, (node) => {
    if (!keeps(node)) return false;
    selection.add(node);
    return true;
  });
  return { set: selection, discards };
}

/**
 * Asks `keep` for every node of the XPath data model in `set`. Returns whether a node other than the root, a comment
 * and the signature being processed was not kept: content is lost then.
 */
export function eachMember(
  set: NodeSet,
  nodes: NodeNumbers,
  context: TransformContext,
  keep: (node: XPathNode) => boolean,
): boolean {
  const { document } = set;
  const { kind } = document;
  const bearer = bearerOf(set, nodes, keep);
  const signatureHere = document === context.document;
  let discards = false;
  const [from, to] = extent(set);
  for (let node = from; node < to; node++) {
    const held = holds(set, node);
    const ours = signatureHere && isWithin(document, node, context.signature);
    const asked = held && (!isText(kindOf(document, node)) || nodes.isModelNode(node));
    // The root and comments hold nothing that a receiver acts on.
    if (asked && !keep(node) && !ours && node !== 0 && kind[node] !== NodeKind.comment) discards = true;
    if (kind[node] === NodeKind.element && bearer(node, held) && !ours) discards = true;
  }
  return discards;
}

/**
 * Asks `keep` for the attributes and namespaces of an element that are in the set; true where one other than the
 * prefix `xml` was not kept.
 */
function bearerOf(
  set: NodeSet,
  nodes: NodeNumbers,
  keep: (node: XPathNode) => boolean,
): (element: NodeIndex, held: boolean) => boolean {
  const { firstAttribute, attributeCount } = set.document;
  const namespaces = nodes.namespaces();
  return (element, held) => {
    let lost = false;
    const firstOwn = firstAttribute[element] ?? 0;
    const attributesEnd = firstOwn + (attributeCount[element] ?? 0);
    for (let attribute = firstOwn; attribute < attributesEnd; attribute++) {
      if (nodes.isDeclaration(attribute) || !(set.type === 'subtree' ? held : set.hasAttribute(attribute))) continue;
      if (!keep(nodes.attributeBase + attribute)) lost = true;
    }
    const firstScoped = namespaces.first[element] ?? 0;
    const namespacesEnd = firstScoped + (namespaces.count[element] ?? 0);
    for (let index = firstScoped; index < namespacesEnd; index++) {
      const prefix = namespaces.prefix[index];
      if (prefix === undefined || !(set.type === 'subtree' ? held : set.hasNamespace(element, prefix))) continue;
      if (!keep(nodes.namespaceBase + index) && prefix !== XML_PREFIX) lost = true;
    }
    return lost;
  };
}

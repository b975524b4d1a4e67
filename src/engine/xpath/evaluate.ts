/**
 * Evaluates XPath 1.0 expressions over one document, bounded by the budget's `xpathSteps` (XML Path Language 1.0 §2,
 * §3).
 */
import type { Budget } from '../bytes/budget.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { visitAxis } from './axes.ts';
import { AxisWalk } from './axis-walk.ts';
import { isPositional, usesContext } from './dependence.ts';
import { valueType, type Expression, type Step, type XPathError } from './expression.ts';
import { callFunction, type Surroundings, type XPathEnvironment } from './call-function.ts';
import { inDocumentOrder } from './document-order.ts';
import { NodeNumbers, type XPathNode } from './node-numbers.ts';
import { nodeMatcher } from './node-test.ts';
import { compare, toBoolean, toNumber, toText, type XPathValue } from './values.ts';

/** A value, or the first error met. */
export type Evaluated =
  | { readonly ok: true; readonly value: XPathValue }
  | { readonly ok: false; readonly error: XPathError };

interface Focus {
  readonly node: XPathNode;
  readonly position: number;
  readonly size: number;
}

/** Steps are put on the account in lots of this many. */
const LOT = 1_024;
/** What is known of a node. */
const Answer = { unknown: 0, no: 1, yes: 2 } as const;

/**
 * One document's evaluator. Keeps what it found out, so that an expression can be asked for every node of the document.
 */
export class XPathEvaluator {
  readonly nodes: NodeNumbers;
  readonly #budget: Budget;
  readonly #surroundings: Surroundings;
  readonly #matchers = new Map<Step, (node: XPathNode) => boolean>();
  readonly #constants = new Map<Expression, XPathValue>();
  readonly #dependent = new Map<Expression, boolean>();
  readonly #positional = new Map<Step, boolean>();
  /** For `ancestor-or-self` tests asked as booleans: the answer at each tree node. */
  readonly #ancestry = new Map<Step, Uint8Array>();
  readonly #walk: AxisWalk;
  #pending = 0;
  #error: XPathError | null = null;

  constructor(
    document: XmlDocument,
    budget: Budget,
    environment: XPathEnvironment,
    nodes = new NodeNumbers(document, budget),
  ) {
    this.nodes = nodes;
    this.#walk = new AxisWalk(nodes);
    this.#budget = budget;
    this.#surroundings = {
      nodes,
      environment,
      spend: (steps) => this.#spend(steps),
      fail: (error) => {
        this.#error ??= error;
        return [];
      },
    };
  }

  /** The value with `node` as context node, position and size 1. @throws {BudgetExceeded} past `xpathSteps` */
  evaluate(expression: Expression, node: XPathNode): Evaluated {
    const value = this.#value(expression, { node, position: 1, size: 1 });
    this.#settle();
    return this.#error === null ? { ok: true, value } : { ok: false, error: this.#error };
  }

  /** As {@link evaluate}, converted to a boolean; stops as soon as the answer is known. */
  test(expression: Expression, node: XPathNode): boolean {
    return this.#truth(expression, { node, position: 1, size: 1 });
  }

  /** The first error of {@link test} calls, which answer false from then on in the part that failed. */
  get error(): XPathError | null {
    return this.#error;
  }

  #spend(steps: number): void {
    this.#pending += steps;
    if (this.#pending >= LOT) this.#settle();
  }

  #settle(): void {
    const steps = this.#pending;
    this.#pending = 0;
    if (steps > 0) this.#budget.spend('xpathSteps', steps);
  }

  #value(expression: Expression, focus: Focus): XPathValue {
    this.#spend(1);
    let dependent = this.#dependent.get(expression);
    if (dependent === undefined) {
      dependent = usesContext(expression);
      this.#dependent.set(expression, dependent);
    }
    if (dependent) return this.#compute(expression, focus);
    let value = this.#constants.get(expression);
    if (value === undefined) {
      value = this.#compute(expression, focus);
      this.#constants.set(expression, value);
    }
    return value;
  }

  #compute(expression: Expression, focus: Focus): XPathValue {
    switch (expression.type) {
      case 'literal':
      case 'number':
        return expression.value;
      case 'or':
      case 'and':
        return this.#truth(expression, focus);
      case 'comparison': {
        let left = this.#value(expression.first, focus);
        for (const { operator, operand } of expression.rest) {
          left = compare(operator, left, this.#value(operand, focus), this.nodes);
        }
        return left;
      }
      case 'arithmetic':
        return this.#arithmetic(expression, focus);
      case 'negate':
        return -this.#number(expression.operand, focus);
      case 'union':
        return this.#sorted([...new Set(expression.operands.flatMap((operand) => this.#set(operand, focus)))]);
      case 'filter': {
        const set = this.#set(expression.primary, focus);
        return expression.predicates.reduce((kept, predicate) => this.#filtered(kept, predicate), set);
      }
      case 'path': {
        let set: readonly XPathNode[] =
          expression.start === null
            ? [focus.node]
            : expression.start === 'root'
              ? [0]
              : this.#set(expression.start, focus);
        for (const step of expression.steps) {
          if (set.length === 0) return set;
          set = this.#step(step, set);
        }
        return set;
      }
      case 'call':
        return this.#call(expression, focus);
    }
  }

  #arithmetic(expression: Expression & { readonly type: 'arithmetic' }, focus: Focus): number {
    let left = this.#number(expression.first, focus);
    for (const { operator, operand } of expression.rest) {
      const right = this.#number(operand, focus);
      switch (operator) {
        case '+':
          left += right;
          break;
        case '-':
          left -= right;
          break;
        case '*':
          left *= right;
          break;
        case 'div':
          left /= right;
          break;
        case 'mod':
          left %= right;
          break;
      }
    }
    return left;
  }

  #set(expression: Expression, focus: Focus): readonly XPathNode[] {
    const value = this.#value(expression, focus);
    // The parser lets no other type stand where a node-set must.
    if (typeof value !== 'object') throw new Error(`${expression.type} is no node-set`);
    return value;
  }

  #number(expression: Expression, focus: Focus): number {
    return toNumber(this.#value(expression, focus), this.nodes);
  }

  #text(expression: Expression, focus: Focus): string {
    const text = toText(this.#value(expression, focus), this.nodes);
    this.#spend(text.length >>> 8);
    return text;
  }

  /** Boolean value, without making node-sets that nobody looks at. */
  #truth(expression: Expression, focus: Focus): boolean {
    this.#spend(1);
    if (expression.type === 'or') return expression.operands.some((operand) => this.#truth(operand, focus));
    if (expression.type === 'and') return expression.operands.every((operand) => this.#truth(operand, focus));
    if (expression.type === 'call' && (expression.name === 'not' || expression.name === 'boolean')) {
      const [operand] = expression.operands;
      if (operand !== undefined) return this.#truth(operand, focus) === (expression.name === 'boolean');
    }
    if (expression.type === 'path' && expression.start === null && expression.steps.length === 1) {
      const [step] = expression.steps;
      if (step !== undefined && !this.#isPositional(step)) return this.#exists(step, focus.node);
    }
    return toBoolean(this.#value(expression, focus));
  }

  #exists(step: Step, node: XPathNode): boolean {
    if (step.axis === 'ancestor-or-self') return this.#hasAncestor(step, node);
    if (step.axis === 'ancestor') {
      const parent = this.nodes.parent(node);
      return parent !== NO_NODE && this.#hasAncestor(step, parent);
    }
    let found = false;
    visitAxis(step.axis, node, this.nodes, (candidate) => (found = this.#passes(step, candidate)));
    return found;
  }

  /** Whether a node passes test and predicates, none of which looks at positions. */
  #passes(step: Step, node: XPathNode): boolean {
    this.#spend(1);
    return (
      this.#matcher(step)(node) &&
      step.predicates.every((predicate) => this.#truth(predicate, { node, position: 1, size: 1 }))
    );
  }

  /** Each node's answer is its own or its parent's, so a document costs one test a node however deep it is. */
  #hasAncestor(step: Step, node: XPathNode): boolean {
    let known = this.#ancestry.get(step);
    if (known === undefined) {
      known = new Uint8Array(this.nodes.attributeBase);
      this.#ancestry.set(step, known);
    }
    let at = node;
    if (at >= this.nodes.attributeBase) {
      if (this.#passes(step, at)) return true;
      at = this.nodes.owner(at);
    }
    const path: NodeIndex[] = [];
    let answer: number = Answer.no;
    for (; at !== NO_NODE; at = this.nodes.document.parent[at]!) {
      if (known[at] !== Answer.unknown) {
        answer = known[at]!;
        break;
      }
      path.push(at);
      if (this.#passes(step, at)) {
        answer = Answer.yes;
        break;
      }
    }
    for (const passed of path) known[passed] = answer;
    return answer === Answer.yes;
  }

  #matcher(step: Step): (node: XPathNode) => boolean {
    let matcher = this.#matchers.get(step);
    if (matcher === undefined) {
      matcher = nodeMatcher(step.test, step.axis, this.nodes);
      this.#matchers.set(step, matcher);
    }
    return matcher;
  }

  #isPositional(step: Step): boolean {
    let positional = this.#positional.get(step);
    if (positional === undefined) {
      positional = step.predicates.some(isPositional);
      this.#positional.set(step, positional);
    }
    return positional;
  }

  #step(step: Step, from: readonly XPathNode[]): readonly XPathNode[] {
    const found = this.#isPositional(step) ? this.#stepByPosition(step, from) : this.#stepAtOnce(step, from);
    return this.#sorted(found);
  }

  /** Predicates see positions: each context node has its own list. */
  #stepByPosition(step: Step, from: readonly XPathNode[]): XPathNode[] {
    const matches = this.#matcher(step);
    const [first] = step.predicates;
    // `[1]` and the like need no more of the axis than that.
    const enough = first?.type === 'number' && first.value >= 1 ? first.value : Number.POSITIVE_INFINITY;
    const all = new Set<XPathNode>();
    for (const node of from) {
      let list: readonly XPathNode[] = [];
      const candidates: XPathNode[] = [];
      visitAxis(step.axis, node, this.nodes, (candidate) => {
        this.#spend(1);
        return matches(candidate) && candidates.push(candidate) >= enough;
      });
      list = candidates;
      for (const predicate of step.predicates) list = this.#filtered(list, predicate);
      for (const kept of list) all.add(kept);
    }
    return [...all];
  }

  /** No predicate sees positions: the contexts' axes are walked as one, each node once. */
  #stepAtOnce(step: Step, from: readonly XPathNode[]): XPathNode[] {
    const matches = this.#matcher(step);
    const candidates: XPathNode[] = [];
    const take = (node: XPathNode): boolean => {
      this.#spend(1);
      if (matches(node)) candidates.push(node);
      return false;
    };
    this.#walk.each(step.axis, from, take);
    if (step.predicates.length === 0) return candidates;
    return candidates.filter((node) =>
      step.predicates.every((predicate) => this.#truth(predicate, { node, position: 1, size: 1 })),
    );
  }

  #sorted(list: XPathNode[]): readonly XPathNode[] {
    this.#spend(list.length >>> 2);
    return inDocumentOrder(list, this.nodes);
  }

  /** Keeps the nodes whose predicate holds at their place in the list (§2.4). */
  #filtered(list: readonly XPathNode[], predicate: Expression): readonly XPathNode[] {
    const size = list.length;
    if (valueType(predicate) !== 'number') {
      return list.filter((node, index) => this.#truth(predicate, { node, position: index + 1, size }));
    }
    if (predicate.type === 'number') {
      const at = list[predicate.value - 1];
      return at === undefined ? [] : [at];
    }
    return list.filter((node, index) => this.#value(predicate, { node, position: index + 1, size }) === index + 1);
  }

  #call({ name, operands }: Expression & { readonly type: 'call' }, focus: Focus): XPathValue {
    return callFunction(
      name,
      {
        ...focus,
        count: operands.length,
        text: (index) => this.#text(operands[index]!, focus),
        number: (index) => this.#number(operands[index]!, focus),
        set: (index) => this.#set(operands[index]!, focus),
        value: (index) => this.#value(operands[index]!, focus),
        truth: (index) => this.#truth(operands[index]!, focus),
      },
      this.#surroundings,
    );
  }
}

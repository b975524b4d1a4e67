/** The syntax tree of an XPath 1.0 expression with its namespaces resolved (XML Path Language 1.0 §2, §3). */
import type { ReferenceFindings } from '../trace/finding-data/references.ts';

/** The axes of §2.2. */
export type Axis =
  | 'ancestor'
  | 'ancestor-or-self'
  | 'attribute'
  | 'child'
  | 'descendant'
  | 'descendant-or-self'
  | 'following'
  | 'following-sibling'
  | 'namespace'
  | 'parent'
  | 'preceding'
  | 'preceding-sibling'
  | 'self';

/** What a step asks of a node (§2.3); prefixes are resolved already. */
export type NodeTest =
  | { readonly kind: 'node' | 'text' | 'comment' }
  | { readonly kind: 'processing-instruction'; readonly target: string | null }
  /** `*`: any node of the axis's principal type. */
  | { readonly kind: 'any' }
  /** `p:*` */
  | { readonly kind: 'namespace'; readonly uri: string }
  | { readonly kind: 'name'; readonly uri: string; readonly local: string };

/** One step of a location path (§2.1). */
export interface Step {
  readonly axis: Axis;
  readonly test: NodeTest;
  readonly predicates: readonly Expression[];
}

/** Operators that give a boolean (§3.4). */
export type ComparisonOperator = '=' | '!=' | '<' | '<=' | '>' | '>=';
/** Operators that give a number (§3.5). */
export type ArithmeticOperator = '+' | '-' | '*' | 'div' | 'mod';

/** Operators of one level stand in one node, so that a long chain is no deep tree. */
export type Expression =
  | { readonly type: 'or' | 'and'; readonly operands: readonly Expression[] }
  | {
      readonly type: 'comparison';
      readonly first: Expression;
      readonly rest: readonly { readonly operator: ComparisonOperator; readonly operand: Expression }[];
    }
  | {
      readonly type: 'arithmetic';
      readonly first: Expression;
      readonly rest: readonly { readonly operator: ArithmeticOperator; readonly operand: Expression }[];
    }
  | { readonly type: 'negate'; readonly operand: Expression }
  | { readonly type: 'union'; readonly operands: readonly Expression[] }
  /** `start` null: the context node. */
  | { readonly type: 'path'; readonly start: 'root' | Expression | null; readonly steps: readonly Step[] }
  | { readonly type: 'filter'; readonly primary: Expression; readonly predicates: readonly Expression[] }
  | { readonly type: 'literal'; readonly value: string }
  | { readonly type: 'number'; readonly value: number }
  | { readonly type: 'call'; readonly name: FunctionName; readonly operands: readonly Expression[] };

/** What an expression gives, as far as its form says (§1). */
export type ValueType = 'node-set' | 'string' | 'number' | 'boolean';

/**
 * Result, fewest and most arguments (§4; `here` is XML Signature §6.6.3). Arguments that must be node-sets are checked
 * by the parser.
 */
export const FUNCTIONS = {
  last: ['number', 0, 0],
  position: ['number', 0, 0],
  count: ['number', 1, 1],
  id: ['node-set', 1, 1],
  'local-name': ['string', 0, 1],
  'namespace-uri': ['string', 0, 1],
  name: ['string', 0, 1],
  string: ['string', 0, 1],
  concat: ['string', 2, Infinity],
  'starts-with': ['boolean', 2, 2],
  contains: ['boolean', 2, 2],
  'substring-before': ['string', 2, 2],
  'substring-after': ['string', 2, 2],
  substring: ['string', 2, 3],
  'string-length': ['number', 0, 1],
  'normalize-space': ['string', 0, 1],
  translate: ['string', 3, 3],
  boolean: ['boolean', 1, 1],
  not: ['boolean', 1, 1],
  true: ['boolean', 0, 0],
  false: ['boolean', 0, 0],
  lang: ['boolean', 1, 1],
  number: ['number', 0, 1],
  sum: ['number', 1, 1],
  floor: ['number', 1, 1],
  ceiling: ['number', 1, 1],
  round: ['number', 1, 1],
  here: ['node-set', 0, 0],
} as const satisfies Record<string, readonly [ValueType, number, number]>;

/** A function that may be called: the core library and `here`. */
export type FunctionName = keyof typeof FUNCTIONS;

/**
 * An error in an expression, as data: `xpath-syntax`, `xpath-prefix-undeclared`, `xpath-function-unknown`,
 * `xpath-variable-unbound`, ...; `dup-id` comes from `id()`.
 */
export type XPathCode = Extract<keyof ReferenceFindings, `xpath-${string}` | 'dup-id'>;

/** An error in an expression or in its evaluation, as data. */
export interface XPathError {
  readonly code: XPathCode;
  /** Offset in the expression's UTF-16 units; -1 for errors of evaluation. */
  readonly position: number;
  readonly data: Readonly<Record<string, string | number>>;
}

/** The type of an expression's value: known before evaluation, since there are no variables. */
export function valueType(expression: Expression): ValueType {
  switch (expression.type) {
    case 'or':
    case 'and':
    case 'comparison':
      return 'boolean';
    case 'arithmetic':
    case 'negate':
    case 'number':
      return 'number';
    case 'literal':
      return 'string';
    case 'union':
    case 'path':
      return 'node-set';
    case 'filter':
      return 'node-set';
    case 'call':
      return FUNCTIONS[expression.name][0];
  }
}

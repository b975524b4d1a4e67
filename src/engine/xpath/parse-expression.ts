/**
 * Parses XPath 1.0 expressions and checks all that can be checked before evaluation (XML Path Language 1.0 §2 to §4).
 */
import { XML } from '../xml/namespaces.ts';
import {
  FUNCTIONS,
  valueType,
  type ArithmeticOperator,
  type Axis,
  type ComparisonOperator,
  type Expression,
  type FunctionName,
  type NodeTest,
  type Step,
  type XPathError,
} from './expression.ts';
import { tokenize, type XPathToken } from './tokenize.ts';

/** Parentheses, predicates and arguments inside each other. Recursion here and in evaluation goes no deeper. */
const MAX_NESTING = 64;
/** UTF-16 units of one expression. */
const MAX_LENGTH = 65_536;

const AXES: ReadonlySet<string> = new Set<Axis>([
  'ancestor',
  'ancestor-or-self',
  'attribute',
  'child',
  'descendant',
  'descendant-or-self',
  'following',
  'following-sibling',
  'namespace',
  'parent',
  'preceding',
  'preceding-sibling',
  'self',
]);
/** Arguments that must be node-sets; no other type converts to one (§4.1, §4.4). */
const NODE_SET_ARGUMENT: ReadonlySet<FunctionName> = new Set(['count', 'sum', 'name', 'local-name', 'namespace-uri']);
const DESCENDANT_OR_SELF: Step = { axis: 'descendant-or-self', test: { kind: 'node' }, predicates: [] };

/** A tree, or the error and where in the text it is. */
export type ParsedExpression =
  | { readonly ok: true; readonly expression: Expression }
  | { readonly ok: false; readonly error: XPathError };

/** Leaves the recursive descent; caught in {@link parseExpression} and nowhere else. */
class SyntaxFailure extends Error {
  readonly error: XPathError;
  constructor(error: XPathError) {
    super(error.code);
    this.error = error;
  }
}

/**
 * Parses `source`. `namespaces` maps prefixes to URIs; the default namespace takes no part (§2.3).
 * Never throws: errors come as data with their position.
 */
export function parseExpression(source: string, namespaces: ReadonlyMap<string, string>): ParsedExpression {
  if (source.length > MAX_LENGTH) {
    return { ok: false, error: { code: 'xpath-too-long', position: MAX_LENGTH, data: { limit: MAX_LENGTH } } };
  }
  const tokens = tokenize(source);
  if (!isTokens(tokens)) return { ok: false, error: tokens };
  try {
    const parser = new Parser(tokens, namespaces);
    return { ok: true, expression: parser.whole() };
  } catch (failure) {
    if (failure instanceof SyntaxFailure) return { ok: false, error: failure.error };
    throw failure;
  }
}

function isTokens(value: readonly XPathToken[] | XPathError): value is readonly XPathToken[] {
  return Array.isArray(value);
}

class Parser {
  readonly #tokens: readonly XPathToken[];
  readonly #namespaces: ReadonlyMap<string, string>;
  #next = 0;
  #nesting = 0;

  constructor(tokens: readonly XPathToken[], namespaces: ReadonlyMap<string, string>) {
    this.#tokens = tokens;
    this.#namespaces = namespaces;
  }

  whole(): Expression {
    const expression = this.#or();
    if (this.#peek().type !== 'end') this.#unexpected('end');
    return expression;
  }

  #peek(): XPathToken {
    const token = this.#tokens[this.#next];
    if (token === undefined) throw new Error('the token list ends with an end token');
    return token;
  }

  #fail(code: XPathError['code'], data: XPathError['data'], token: XPathToken): never {
    throw new SyntaxFailure({ code, position: token.position, data });
  }

  #unexpected(expected: string): never {
    const token = this.#peek();
    this.#fail('xpath-syntax', { expected, found: token.type === 'end' ? 'end' : token.text }, token);
  }

  #is(type: XPathToken['type'], text: string): boolean {
    const token = this.#peek();
    return token.type === type && token.text === text;
  }

  #take(type: XPathToken['type'], text: string): boolean {
    if (!this.#is(type, text)) return false;
    this.#next += 1;
    return true;
  }

  #expect(text: string): void {
    if (!this.#take('punctuation', text)) this.#unexpected(text);
  }

  #nested<T>(parse: () => T): T {
    this.#nesting += 1;
    if (this.#nesting > MAX_NESTING) this.#fail('xpath-too-deep', { limit: MAX_NESTING }, this.#peek());
    const result = parse();
    this.#nesting -= 1;
    return result;
  }

  #logical(type: 'or' | 'and', operand: () => Expression): Expression {
    const first = operand();
    if (!this.#is('operator', type)) return first;
    const operands = [first];
    while (this.#take('operator', type)) operands.push(operand());
    return { type, operands };
  }

  #or(): Expression {
    return this.#logical('or', () =>
      this.#logical('and', () =>
        this.#comparison(['=', '!='], () => this.#comparison(['<', '<=', '>', '>='], () => this.#additive())),
      ),
    );
  }

  #comparison(operators: readonly ComparisonOperator[], operand: () => Expression): Expression {
    const first = operand();
    const rest: { operator: ComparisonOperator; operand: Expression }[] = [];
    for (;;) {
      const operator = operators.find((text) => this.#take('operator', text));
      if (operator === undefined) return rest.length === 0 ? first : { type: 'comparison', first, rest };
      rest.push({ operator, operand: operand() });
    }
  }

  #arithmetic(operators: readonly ArithmeticOperator[], operand: () => Expression): Expression {
    const first = operand();
    const rest: { operator: ArithmeticOperator; operand: Expression }[] = [];
    for (;;) {
      const operator = operators.find((text) => this.#take('operator', text));
      if (operator === undefined) return rest.length === 0 ? first : { type: 'arithmetic', first, rest };
      rest.push({ operator, operand: operand() });
    }
  }

  #additive(): Expression {
    return this.#arithmetic(['+', '-'], () => this.#arithmetic(['*', 'div', 'mod'], () => this.#unary()));
  }

  #unary(): Expression {
    let minus = 0;
    while (this.#take('operator', '-')) minus += 1;
    const operand = this.#union();
    if (minus === 0) return operand;
    // An even count still converts to a number.
    const negated: Expression = { type: 'negate', operand };
    return minus % 2 === 1 ? negated : { type: 'negate', operand: negated };
  }

  #union(): Expression {
    const start = this.#peek();
    const first = this.#path();
    if (!this.#is('operator', '|')) return first;
    const operands = [first];
    while (this.#take('operator', '|')) operands.push(this.#path());
    for (const operand of operands) {
      if (valueType(operand) !== 'node-set') {
        this.#fail('xpath-type', { expected: 'node-set', found: valueType(operand), at: '|' }, start);
      }
    }
    return { type: 'union', operands };
  }

  #path(): Expression {
    const token = this.#peek();
    if (token.type === 'operator' && (token.text === '/' || token.text === '//')) {
      this.#next += 1;
      const steps: Step[] = [];
      if (token.text === '//') {
        steps.push(DESCENDANT_OR_SELF, this.#step());
      } else if (this.#atStep()) steps.push(this.#step());
      else return { type: 'path', start: 'root', steps };
      this.#relative(steps);
      return { type: 'path', start: 'root', steps };
    }
    if (this.#atPrimary()) {
      const primary = this.#primary();
      const predicates = this.#predicates();
      const slash = this.#is('operator', '/') || this.#is('operator', '//');
      if ((predicates.length > 0 || slash) && valueType(primary) !== 'node-set') {
        this.#fail(
          'xpath-type',
          { expected: 'node-set', found: valueType(primary), at: predicates.length > 0 ? '[' : '/' },
          token,
        );
      }
      const filtered: Expression = predicates.length === 0 ? primary : { type: 'filter', primary, predicates };
      if (!slash) return filtered;
      const steps: Step[] = [];
      this.#relative(steps);
      return { type: 'path', start: filtered, steps };
    }
    const steps = [this.#step()];
    this.#relative(steps);
    return { type: 'path', start: null, steps };
  }

  /** `/step`, `//step` and so on, as many as there are. */
  #relative(steps: Step[]): void {
    for (;;) {
      if (this.#take('operator', '//')) steps.push(DESCENDANT_OR_SELF);
      else if (!this.#take('operator', '/')) return;
      steps.push(this.#step());
    }
  }

  #atStep(): boolean {
    const token = this.#peek();
    if (token.type === 'punctuation') return token.text === '.' || token.text === '..' || token.text === '@';
    return token.type === 'name' || token.type === 'axis' || token.type === 'node-type';
  }

  #atPrimary(): boolean {
    const token = this.#peek();
    return (
      token.type === 'literal' ||
      token.type === 'number' ||
      token.type === 'function' ||
      token.type === 'variable' ||
      this.#is('punctuation', '(')
    );
  }

  #step(): Step {
    if (this.#take('punctuation', '.')) return { axis: 'self', test: { kind: 'node' }, predicates: [] };
    if (this.#take('punctuation', '..')) return { axis: 'parent', test: { kind: 'node' }, predicates: [] };
    let axis: Axis = 'child';
    const token = this.#peek();
    if (token.type === 'axis') {
      if (!isAxis(token.text)) this.#fail('xpath-axis-unknown', { axis: token.text }, token);
      axis = token.text;
      this.#next += 1;
      this.#expect('::');
    } else if (this.#take('punctuation', '@')) axis = 'attribute';
    return { axis, test: this.#nodeTest(), predicates: this.#predicates() };
  }

  #nodeTest(): NodeTest {
    const token = this.#peek();
    if (token.type === 'node-type') {
      this.#next += 1;
      this.#expect('(');
      if (token.text === 'processing-instruction') {
        const literal = this.#peek();
        const target = literal.type === 'literal' ? literal.text : null;
        if (target !== null) this.#next += 1;
        this.#expect(')');
        return { kind: 'processing-instruction', target };
      }
      this.#expect(')');
      return { kind: token.text === 'text' ? 'text' : token.text === 'comment' ? 'comment' : 'node' };
    }
    if (token.type !== 'name') this.#unexpected('node test');
    this.#next += 1;
    if (token.text === '*') return { kind: 'any' };
    const colon = token.text.indexOf(':');
    if (colon < 0) return { kind: 'name', uri: '', local: token.text };
    const prefix = token.text.slice(0, colon);
    const uri = prefix === 'xml' ? XML : this.#namespaces.get(prefix);
    if (uri === undefined || uri === '') this.#fail('xpath-prefix-undeclared', { prefix }, token);
    const local = token.text.slice(colon + 1);
    return local === '*' ? { kind: 'namespace', uri } : { kind: 'name', uri, local };
  }

  #predicates(): readonly Expression[] {
    const predicates: Expression[] = [];
    while (this.#take('punctuation', '[')) {
      predicates.push(this.#nested(() => this.#or()));
      this.#expect(']');
    }
    return predicates;
  }

  #primary(): Expression {
    const token = this.#peek();
    this.#next += 1;
    if (token.type === 'literal') return { type: 'literal', value: token.text };
    if (token.type === 'number') return { type: 'number', value: Number(token.text) };
    if (token.type === 'variable') this.#fail('xpath-variable-unbound', { variable: token.text }, token);
    if (token.type === 'function') return this.#call(token);
    const inner = this.#nested(() => this.#or());
    this.#expect(')');
    return inner;
  }

  #call(token: XPathToken): Expression {
    const name = token.text;
    if (!isFunction(name)) this.#fail('xpath-function-unknown', { function: name }, token);
    this.#expect('(');
    const operands: Expression[] = [];
    if (!this.#is('punctuation', ')')) {
      do operands.push(this.#nested(() => this.#or()));
      while (this.#take('punctuation', ','));
    }
    this.#expect(')');
    const [, least, most] = FUNCTIONS[name];
    if (operands.length < least || operands.length > most) {
      this.#fail('xpath-arguments', { function: name, given: operands.length }, token);
    }
    const [first] = operands;
    if (first !== undefined && NODE_SET_ARGUMENT.has(name) && valueType(first) !== 'node-set') {
      this.#fail('xpath-type', { expected: 'node-set', found: valueType(first), at: name }, token);
    }
    return { type: 'call', name, operands };
  }
}

function isAxis(name: string): name is Axis {
  return AXES.has(name);
}

function isFunction(name: string): name is FunctionName {
  return Object.hasOwn(FUNCTIONS, name);
}

/** Lexical structure of XPath 1.0 expressions (XML Path Language 1.0 §3.7). */
import type { XPathError } from './expression.ts';

/** What a token is, after the disambiguation of §3.7. */
export type TokenType =
  | 'literal'
  | 'number'
  | 'operator'
  | 'punctuation'
  /** A QName, `*` or `p:*` standing as a name test. */
  | 'name'
  | 'function'
  | 'node-type'
  | 'axis'
  | 'variable'
  | 'end';

/** One token; `position` in UTF-16 units of the expression. */
export interface XPathToken {
  readonly type: TokenType;
  readonly text: string;
  readonly position: number;
}

const NAME_START = /[\p{L}\p{Nl}_]/u;
const NAME_CHARACTER = /[\p{L}\p{Nl}\p{Nd}\p{Mn}\p{Mc}\p{Lm}_.\u00B7-]/u;
const NODE_TYPES = new Set(['comment', 'text', 'processing-instruction', 'node']);
const OPERATOR_NAMES = new Set(['and', 'or', 'mod', 'div']);
const OPERATORS = ['!=', '<=', '>=', '//', '/', '|', '+', '-', '=', '<', '>'];

/** Splits an expression into tokens, with the disambiguation rules of §3.7. */
export function tokenize(source: string): readonly XPathToken[] | XPathError {
  const scanner = new Scanner(source);
  for (;;) {
    const error = scanner.readToken();
    if (error !== null) return error;
    if (scanner.tokens.at(-1)?.type === 'end') return scanner.tokens;
  }
}

class Scanner {
  readonly tokens: XPathToken[] = [];
  readonly #source: string;
  /** Where the token begins that is being read. */
  #at = 0;

  constructor(source: string) {
    this.#source = source;
  }

  /** Appends the next token; past the last one it is `end`. */
  readToken(): XPathError | null {
    const source = this.#source;
    const at = (this.#at = this.#skipSpace(this.#at));
    if (at >= source.length) return this.#push('end', '', source.length);
    const character = source[at] ?? '';
    if (character === '"' || character === "'") return this.#readLiteral(character);
    if (isDigit(source.charCodeAt(at)) || (character === '.' && isDigit(source.charCodeAt(at + 1)))) {
      return this.#readNumber();
    }
    if (source.startsWith('..', at) || source.startsWith('::', at)) {
      return this.#push('punctuation', source.slice(at, at + 2), at + 2);
    }
    if ('()[].@,'.includes(character)) return this.#push('punctuation', character, at + 1);
    if (character === '*') return this.#push(this.#afterOperand() ? 'operator' : 'name', '*', at + 1);
    if (character === '$') {
      const end = this.#nameEnd(at + 1);
      return this.#push('variable', source.slice(at + 1, end), Math.max(end, at + 1));
    }
    const operator = OPERATORS.find((text) => source.startsWith(text, at));
    return operator === undefined ? this.#readName() : this.#push('operator', operator, at + operator.length);
  }

  #readLiteral(quote: string): XPathError | null {
    const end = this.#source.indexOf(quote, this.#at + 1);
    if (end < 0) return this.#syntaxError(this.#at, { expected: quote, found: 'end' });
    return this.#push('literal', this.#source.slice(this.#at + 1, end), end + 1);
  }

  #readNumber(): null {
    const source = this.#source;
    const digitsEnd = (from: number): number => {
      let end = from;
      while (isDigit(source.charCodeAt(end))) end += 1;
      return end;
    };
    let end = digitsEnd(this.#at);
    if (source[end] === '.') end = digitsEnd(end + 1);
    return this.#push('number', source.slice(this.#at, end), end);
  }

  /** A name where an operand may begin, an operator's name behind one. */
  #readName(): XPathError | null {
    const source = this.#source;
    const at = this.#at;
    let end = this.#nameEnd(at);
    if (end === at) return this.#syntaxError(at, { found: this.#characterAt(at) });
    if (this.#afterOperand()) {
      const name = source.slice(at, end);
      if (OPERATOR_NAMES.has(name)) return this.#push('operator', name, end);
      return this.#syntaxError(at, { expected: 'operator', found: name });
    }
    // A colon belongs to the name unless it opens `::`; no space is allowed inside a QName.
    if (source[end] === ':' && source[end + 1] !== ':') {
      if (source[end + 1] === '*') return this.#push('name', source.slice(at, end + 2), end + 2);
      const localEnd = this.#nameEnd(end + 1);
      if (localEnd === end + 1) return this.#syntaxError(end, { found: ':' });
      end = localEnd;
    }
    const name = source.slice(at, end);
    const following = this.#skipSpace(end);
    if (source[following] === '(') return this.#push(NODE_TYPES.has(name) ? 'node-type' : 'function', name, end);
    return this.#push(source.startsWith('::', following) ? 'axis' : 'name', name, end);
  }

  #push(type: TokenType, text: string, end: number): null {
    this.tokens.push({ type, text, position: this.#at });
    this.#at = end;
    return null;
  }

  #syntaxError(position: number, data: XPathError['data']): XPathError {
    return { code: 'xpath-syntax', position, data };
  }

  #afterOperand(): boolean {
    const previous = this.tokens.at(-1);
    return previous !== undefined && endsOperand(previous);
  }

  #characterAt(offset: number): string {
    const code = this.#source.codePointAt(offset);
    return code === undefined ? '' : String.fromCodePoint(code);
  }

  /** End of the NCName at `offset`, or `offset` where there is none. */
  #nameEnd(offset: number): number {
    let end = offset;
    let character = this.#characterAt(end);
    if (character === '' || !NAME_START.test(character)) return offset;
    while (character !== '' && NAME_CHARACTER.test(character)) {
      end += character.length;
      character = this.#characterAt(end);
    }
    return end;
  }

  #skipSpace(offset: number): number {
    let end = offset;
    while (end < this.#source.length && isSpace(this.#source.charCodeAt(end))) end += 1;
    return end;
  }
}

/** §3.7: after one of these, `*` multiplies and a name is an operator. */
function endsOperand(token: XPathToken): boolean {
  if (token.type === 'operator') return false;
  if (token.type === 'punctuation') {
    return token.text === ')' || token.text === ']' || token.text === '.' || token.text === '..';
  }
  return token.type !== 'axis' && token.type !== 'function' && token.type !== 'node-type';
}

function isDigit(code: number): boolean {
  return code >= 0x30 && code <= 0x39;
}

/** White space of XML. */
export function isSpace(code: number): boolean {
  return code === 0x20 || code === 0x9 || code === 0xa || code === 0xd;
}

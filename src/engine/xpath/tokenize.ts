/** Lexical structure of XPath 1.0 expressions (XML Path Language 1.0 §3.7). */
import type { XPathError } from './expression.ts';

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
  const tokens: XPathToken[] = [];
  let at = 0;
  const characterAt = (offset: number): string => {
    const code = source.codePointAt(offset);
    return code === undefined ? '' : String.fromCodePoint(code);
  };
  /** End of the NCName at `offset`, or `offset` where there is none. */
  const nameEnd = (offset: number): number => {
    let end = offset;
    let character = characterAt(end);
    if (character === '' || !NAME_START.test(character)) return offset;
    while (character !== '' && NAME_CHARACTER.test(character)) {
      end += character.length;
      character = characterAt(end);
    }
    return end;
  };
  const skipSpace = (offset: number): number => {
    let end = offset;
    while (end < source.length && isSpace(source.charCodeAt(end))) end += 1;
    return end;
  };

  for (;;) {
    at = skipSpace(at);
    if (at >= source.length) {
      tokens.push({ type: 'end', text: '', position: source.length });
      return tokens;
    }
    const position = at;
    const push = (type: TokenType, text: string, end: number): void => {
      tokens.push({ type, text, position });
      at = end;
    };
    const character = source[at] ?? '';
    const previous = tokens.at(-1);
    const afterOperand = previous !== undefined && endsOperand(previous);

    if (character === '"' || character === "'") {
      const end = source.indexOf(character, at + 1);
      if (end < 0) return { code: 'xpath-syntax', position, data: { expected: character, found: 'end' } };
      push('literal', source.slice(at + 1, end), end + 1);
    } else if (isDigit(source.charCodeAt(at)) || (character === '.' && isDigit(source.charCodeAt(at + 1)))) {
      let end = at;
      while (isDigit(source.charCodeAt(end))) end += 1;
      if (source[end] === '.') {
        end += 1;
        while (isDigit(source.charCodeAt(end))) end += 1;
      }
      push('number', source.slice(at, end), end);
    } else if (source.startsWith('..', at) || source.startsWith('::', at)) {
      push('punctuation', source.slice(at, at + 2), at + 2);
    } else if ('()[].@,'.includes(character)) {
      push('punctuation', character, at + 1);
    } else if (character === '*') {
      push(afterOperand ? 'operator' : 'name', '*', at + 1);
    } else if (character === '$') {
      const end = nameEnd(at + 1);
      push('variable', source.slice(at + 1, end), Math.max(end, at + 1));
    } else {
      const operator = OPERATORS.find((text) => source.startsWith(text, at));
      if (operator !== undefined) {
        push('operator', operator, at + operator.length);
        continue;
      }
      let end = nameEnd(at);
      if (end === at) return { code: 'xpath-syntax', position, data: { found: characterAt(at) } };
      if (afterOperand) {
        const name = source.slice(at, end);
        if (!OPERATOR_NAMES.has(name)) {
          return { code: 'xpath-syntax', position, data: { expected: 'operator', found: name } };
        }
        push('operator', name, end);
        continue;
      }
      // A colon belongs to the name unless it opens `::`; no space is allowed inside a QName.
      if (source[end] === ':' && source[end + 1] !== ':') {
        if (source[end + 1] === '*') {
          push('name', source.slice(at, end + 2), end + 2);
          continue;
        }
        const localEnd = nameEnd(end + 1);
        if (localEnd === end + 1) return { code: 'xpath-syntax', position: end, data: { found: ':' } };
        end = localEnd;
      }
      const name = source.slice(at, end);
      const following = skipSpace(end);
      if (source[following] === '(') push(NODE_TYPES.has(name) ? 'node-type' : 'function', name, end);
      else if (source.startsWith('::', following)) push('axis', name, end);
      else push('name', name, end);
    }
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

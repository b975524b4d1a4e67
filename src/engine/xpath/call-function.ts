/** The core function library and here() (XML Path Language 1.0 §4, XML Signature §6.6.3). */
import type { NodeIndex } from '../xml/document.ts';
import { inDocumentOrder } from './document-order.ts';
import type { FunctionName, XPathError } from './expression.ts';
import {
  isLanguage,
  nodeName,
  normalizeSpace,
  roundHalfUp,
  stringLength,
  substring,
  substringAfter,
  substringBefore,
  translate,
} from './functions.ts';
import type { NodeNumbers, XPathNode } from './node-numbers.ts';
import { toNumber, toText, type XPathValue } from './values.ts';

/** What stands around an expression. */
export interface XPathEnvironment {
  /** The element that bears the expression, for `here()`; null where it is not in the document evaluated. */
  readonly here: NodeIndex | null;
  /** Elements with an id, for `id()`. More than one is an error, `dup-id`. */
  elementsById(id: string): readonly NodeIndex[];
}

/** What functions share with the evaluator. */
export interface Surroundings {
  readonly nodes: NodeNumbers;
  readonly environment: XPathEnvironment;
  spend(steps: number): void;
  /** Notes the first error; the value is an empty node-set. */
  fail(error: XPathError): readonly XPathNode[];
}

/** The context, and the arguments evaluated in it when asked for. */
export interface Arguments {
  readonly node: XPathNode;
  readonly position: number;
  readonly size: number;
  readonly count: number;
  text(index: number): string;
  number(index: number): number;
  set(index: number): readonly XPathNode[];
  value(index: number): XPathValue;
  truth(index: number): boolean;
}

/** The parser has checked the number of arguments and that node-sets stand where they must. */
export function callFunction(name: FunctionName, args: Arguments, surroundings: Surroundings): XPathValue {
  const { nodes, environment } = surroundings;
  const none = args.count === 0;
  /** The first argument's text, or that of the context node. */
  const text = (): string => (none ? nodes.stringValue(args.node) : args.text(0));
  switch (name) {
    case 'last':
      return args.size;
    case 'position':
      return args.position;
    case 'count':
      return args.set(0).length;
    case 'id':
      return elementsById(args.value(0), surroundings);
    case 'local-name':
    case 'namespace-uri':
    case 'name': {
      const node = none ? args.node : args.set(0)[0];
      return node === undefined ? '' : nodeName(name, node, nodes);
    }
    case 'string':
      return text();
    case 'concat':
      return Array.from({ length: args.count }, (_, index) => args.text(index)).join('');
    case 'starts-with':
      return text().startsWith(args.text(1));
    case 'contains':
      return text().includes(args.text(1));
    case 'substring-before':
      return substringBefore(text(), args.text(1));
    case 'substring-after':
      return substringAfter(text(), args.text(1));
    case 'substring':
      return substring(text(), args.number(1), args.count < 3 ? null : args.number(2));
    case 'string-length':
      return stringLength(text());
    case 'normalize-space':
      return normalizeSpace(text());
    case 'translate':
      return translate(text(), args.text(1), args.text(2));
    case 'boolean':
      return args.truth(0);
    case 'not':
      return !args.truth(0);
    case 'true':
      return true;
    case 'false':
      return false;
    case 'lang':
      return isLanguage(args.node, args.text(0), nodes);
    case 'number':
      return none ? toNumber(text(), nodes) : args.number(0);
    case 'sum':
      return args.set(0).reduce((sum, node) => sum + toNumber(nodes.stringValue(node), nodes), 0);
    case 'floor':
      return Math.floor(args.number(0));
    case 'ceiling':
      return Math.ceil(args.number(0));
    case 'round':
      return roundHalfUp(args.number(0));
    case 'here':
      return environment.here === null
        ? surroundings.fail({ code: 'xpath-here-unavailable', position: -1, data: {} })
        : [environment.here];
  }
}

/** §4.1: the elements with the ids in the text, or in the text of each node. */
function elementsById(value: XPathValue, { nodes, environment, spend, fail }: Surroundings): readonly XPathNode[] {
  const texts = typeof value === 'object' ? value.map((node) => nodes.stringValue(node)) : [toText(value, nodes)];
  const found = new Set<NodeIndex>();
  for (const text of texts) {
    for (const id of text.split(/[ \t\r\n]+/)) {
      if (id === '') continue;
      spend(1);
      const elements = environment.elementsById(id);
      if (elements.length > 1) return fail({ code: 'dup-id', position: -1, data: { id, count: elements.length } });
      for (const element of elements) found.add(element);
    }
  }
  return inDocumentOrder([...found], nodes);
}

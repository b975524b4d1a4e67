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
  return LIBRARY[name](args, surroundings);
}

/** The first argument's text, or that of the context node. */
function textOf(args: Arguments, { nodes }: Surroundings): string {
  return args.count === 0 ? nodes.stringValue(args.node) : args.text(0);
}

/** Name functions look at the first node of their argument, or at the context node. */
const named =
  (name: 'local-name' | 'namespace-uri' | 'name') =>
  (args: Arguments, { nodes }: Surroundings): string => {
    const node = args.count === 0 ? args.node : args.set(0)[0];
    return node === undefined ? '' : nodeName(name, node, nodes);
  };

const LIBRARY: Readonly<Record<FunctionName, (args: Arguments, surroundings: Surroundings) => XPathValue>> = {
  last: (args) => args.size,
  position: (args) => args.position,
  count: (args) => args.set(0).length,
  id: (args, surroundings) => elementsById(args.value(0), surroundings),
  'local-name': named('local-name'),
  'namespace-uri': named('namespace-uri'),
  name: named('name'),
  string: textOf,
  concat: (args) => Array.from({ length: args.count }, (_, index) => args.text(index)).join(''),
  'starts-with': (args) => args.text(0).startsWith(args.text(1)),
  contains: (args) => args.text(0).includes(args.text(1)),
  'substring-before': (args) => substringBefore(args.text(0), args.text(1)),
  'substring-after': (args) => substringAfter(args.text(0), args.text(1)),
  substring: (args) => substring(args.text(0), args.number(1), args.count < 3 ? null : args.number(2)),
  'string-length': (args, surroundings) => stringLength(textOf(args, surroundings)),
  'normalize-space': (args, surroundings) => normalizeSpace(textOf(args, surroundings)),
  translate: (args) => translate(args.text(0), args.text(1), args.text(2)),
  boolean: (args) => args.truth(0),
  not: (args) => !args.truth(0),
  true: () => true,
  false: () => false,
  lang: (args, { nodes }) => isLanguage(args.node, args.text(0), nodes),
  number: (args, { nodes }) => (args.count === 0 ? toNumber(nodes.stringValue(args.node), nodes) : args.number(0)),
  sum: (args, { nodes }) => args.set(0).reduce((sum, node) => sum + toNumber(nodes.stringValue(node), nodes), 0),
  floor: (args) => Math.floor(args.number(0)),
  ceiling: (args) => Math.ceil(args.number(0)),
  round: (args) => roundHalfUp(args.number(0)),
  here: (_args, { environment, fail }) =>
    environment.here === null ? fail({ code: 'xpath-here-unavailable', position: -1, data: {} }) : [environment.here],
};

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

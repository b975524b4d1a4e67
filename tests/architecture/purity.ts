/**
 * What the engine may name of the world. Octets and a time go in, a trace comes out: the same in the page, the command
 * and a test. So no clock, no randomness, no timers, storage, network or console, and no locale or time zone of a
 * machine.
 */
import { parseSync } from 'oxc-parser';
import { type SyntaxNode, asNode, children, descendants } from './syntax.ts';

/** The globals of ECMAScript that are the same everywhere. A type costs nothing: only values are asked about. */
const GLOBALS = new Set(
  `
    undefined NaN Infinity Object Array String Number Boolean BigInt Symbol RegExp
    Map Set WeakMap Promise JSON Error TypeError RangeError
    ArrayBuffer DataView Uint8Array Int8Array Uint16Array Uint32Array Int32Array Float64Array BigUint64Array
    decodeURIComponent encodeURIComponent
  `
    .trim()
    .split(/\s+/),
);

/** Globals with an unsafe corner: which of their members may be named. */
const PARTLY: Readonly<Record<string, (member: string) => boolean>> = {
  Math: (member) => member !== 'random',
  Date: (member) => member === 'UTC' || member === 'parse',
};

/** Members that ask the machine for its locale or time zone. */
const LOCAL =
  /^(?:toLocale\w*|localeCompare|getTimezoneOffset|toDateString|toTimeString|(?:get|set)(?:FullYear|Month|Date|Day|Hours|Minutes|Seconds|Milliseconds))$/;

/** Where more is named on purpose. */
const EXCEPTIONS: Readonly<Record<string, readonly string[]>> = {
  // TextDecoder decodes UTF-8 faster than we do, to the same characters, and has the tables of older encodings.
  'src/engine/bytes/platform-text.ts': ['globalThis'],
};

interface Name {
  readonly name: string;
  readonly node: SyntaxNode;
  readonly parent: SyntaxNode;
  readonly member: string;
}

const TYPE_ONLY = /^TS(?!AsExpression|NonNullExpression|SatisfiesExpression|InstantiationExpression|EnumMember)/;
const KEYED = new Set(['Property', 'PropertyDefinition', 'MethodDefinition', 'AccessorProperty']);

/** Identifiers that stand for a variable (not for a member or a type), with where they stand. */
function* variables(parent: SyntaxNode): Generator<Name> {
  for (const [member, node] of children(parent)) {
    if (TYPE_ONLY.test(node.type) && node.type !== 'TSParameterProperty') continue;
    if (member === 'label' || (parent.type === 'ExportNamedDeclaration' && parent['source'] !== null)) continue;
    const isMember = parent.type === 'MemberExpression' && member === 'property' && parent['computed'] !== true;
    const isKey = KEYED.has(parent.type) && member === 'key' && parent['computed'] !== true;
    if (node.type === 'Identifier' && !isMember && !isKey) yield { name: String(node['name']), node, parent, member };
    yield* variables(node);
  }
}

/** Names that a file binds itself, whatever their scope. */
function boundNames(program: SyntaxNode): Set<string> {
  const bound = new Set<string>();
  const bind = (pattern: unknown): void => {
    const node = asNode(pattern);
    if (node?.type === 'Identifier') bound.add(String(node['name']));
    else if (node?.type === 'AssignmentPattern') bind(node['left']);
    else if (node?.type === 'RestElement') bind(node['argument']);
    else if (node?.type === 'Property') bind(node['value']);
    else if (node?.type === 'TSParameterProperty') bind(node['parameter']);
    else if (node?.type === 'ArrayPattern' || node?.type === 'ObjectPattern') {
      for (const [, child] of children(node)) bind(child);
    }
  };
  for (const node of descendants(program)) {
    if (/^Import.*Specifier$/.test(node.type)) bind(node['local']);
    else if (node.type === 'VariableDeclarator' || /^(?:Function|Class|TSEnum)/.test(node.type)) bind(node['id']);
    if (Array.isArray(node['params'])) for (const parameter of node['params'] as unknown[]) bind(parameter);
    if (node.type === 'CatchClause') bind(node['param']);
  }
  return bound;
}

/** Whether a use of `Math` or `Date` stays away from its unsafe corner. */
function isSafeUse(allowed: (member: string) => boolean, { name, parent, member }: Name): boolean {
  if (parent.type === 'MemberExpression' && member === 'object' && parent['computed'] !== true) {
    return allowed(String(asNode(parent['property'])?.['name']));
  }
  if (parent.type === 'BinaryExpression' && parent['operator'] === 'instanceof') return true;
  // A date of a given time; without argument it is the clock.
  const isMade = name === 'Date' && parent.type === 'NewExpression' && member === 'callee';
  const [first] = isMade && Array.isArray(parent['arguments']) ? (parent['arguments'] as unknown[]) : [];
  return (asNode(first)?.type ?? 'SpreadElement') !== 'SpreadElement';
}

/** One sentence for each thing that a file of the engine may not name. */
export function impurities(path: string, text: string): string[] {
  const { program } = parseSync(path, text);
  const root = asNode(program);
  if (root === null) return [];
  const bound = boundNames(root);
  const excepted = EXCEPTIONS[path] ?? [];
  const found: string[] = [];
  const refuse = (what: string, node: SyntaxNode) => {
    found.push(`${path}:${text.slice(0, node.start).split('\n').length} names ${what}`);
  };
  for (const use of variables(root)) {
    if (bound.has(use.name) || excepted.includes(use.name)) continue;
    const partly = Object.hasOwn(PARTLY, use.name) ? PARTLY[use.name] : undefined;
    if (partly === undefined ? !GLOBALS.has(use.name) : !isSafeUse(partly, use)) refuse(use.name, use.node);
  }
  for (const node of descendants(root)) {
    // An ambient declaration would make any global look like a name of the file's own.
    if (node['declare'] === true && !/^TS(?:Interface|TypeAlias)/.test(node.type)) refuse('an ambient value', node);
    if (node.type === 'MetaProperty') refuse('import.meta', node);
    const property = node.type === 'MemberExpression' && node['computed'] !== true ? asNode(node['property']) : null;
    if (property !== null && LOCAL.test(String(property['name']))) refuse(String(property['name']), property);
  }
  return found;
}

/** The import graph of the repository, read from its sources: who asks for whom, and how. */
import { readFileSync, readdirSync } from 'node:fs';
import { posix } from 'node:path';
import { type ParseResult, parseSync } from 'oxc-parser';
import { type SyntaxNode, asNode, descendants } from './syntax.ts';

/**
 * `value`: import, re-export, dynamic import. `type`: gone after compilation. `start`: a script of its own (`?worker`,
 * or named by `new URL(…, import.meta.url)`). `unreadable`: a specifier that is computed, so that nobody can tell where it leads.
 */
export type ImportKind = 'value' | 'type' | 'start' | 'unreadable';

export interface Import {
  /** Repository path of the file that asks. */
  readonly from: string;
  /** Repository path of the file asked for, or the bare specifier as written. */
  readonly to: string;
  /** Whether `to` is a path in this repository. */
  readonly own: boolean;
  readonly kind: ImportKind;
  /** Names taken, as the other file exports them; `*` when all or unknown. */
  readonly names: readonly string[];
}

/** Files and their texts: the repository's own, or a copy with a probe in it. */
export type Sources = ReadonlyMap<string, string>;

const SOURCE = /\.(?:ts|tsx|mts|mjs)$/;
const FOLDERS = ['src', 'tests', 'e2e', 'bench', 'scripts', 'interop'];

/** Every source file of the repository, except the base64 of samples that a script writes. */
export function repositorySources(): Sources {
  const below = FOLDERS.flatMap((folder) =>
    readdirSync(folder, { recursive: true, encoding: 'utf8' }).map((name) => posix.join(folder, name)),
  );
  const paths = [...readdirSync('.'), ...below]
    .map((path) => path.replaceAll('\\', '/'))
    .filter((path) => SOURCE.test(path) && !path.includes('/embedded/'));
  return new Map(paths.map((path) => [path, readFileSync(path, 'utf8')]));
}

function request(from: string, specifier: string, kind: ImportKind, names: readonly string[]): Import {
  const [path = ''] = specifier.split('?');
  const own = path.startsWith('.') || path.startsWith('/');
  return { from, to: own ? posix.join(posix.dirname(from), path) : specifier, own, kind, names };
}

/** A query such as `?worker&url` or `?raw` makes a script or a file of what it names. */
const kindOf = (specifier: string, typeOnly: boolean): ImportKind => {
  if (/\?.*worker/.test(specifier)) return 'start';
  return typeOnly ? 'type' : 'value';
};

function staticImports(from: string, { module }: ParseResult): Import[] {
  const imports = module.staticImports.map(({ moduleRequest, entries }) => {
    const typeOnly = entries.length > 0 && entries.every(({ isType }) => isType);
    const names = entries.map(
      ({ importName }) => importName.name ?? (`${importName.kind}` === 'Default' ? 'default' : '*'),
    );
    return request(from, moduleRequest.value, kindOf(moduleRequest.value, typeOnly), names);
  });
  const exports = module.staticExports.flatMap(({ entries }) =>
    entries.flatMap(({ moduleRequest, importName, isType }) =>
      moduleRequest === null
        ? []
        : [request(from, moduleRequest.value, kindOf(moduleRequest.value, isType), [importName.name ?? '*'])],
    ),
  );
  return [...imports, ...exports];
}

const literal = (value: unknown): string | null => {
  const node = asNode(value);
  return node?.type === 'Literal' && typeof node['value'] === 'string' ? node['value'] : null;
};

const isMetaUrl = (value: unknown): boolean => {
  const node = asNode(value);
  return node?.type === 'MemberExpression' && asNode(node['object'])?.type === 'MetaProperty';
};

/** What a node of the syntax tree asks for, beside the static imports and exports. */
function requestOf(from: string, node: SyntaxNode): Import | null {
  const args = Array.isArray(node['arguments']) ? node['arguments'] : [];
  switch (node.type) {
    case 'ImportExpression':
    case 'TSImportType': {
      const specifier = literal(node['source'] ?? node['argument']);
      const kind = node.type === 'TSImportType' ? 'type' : 'value';
      return specifier === null
        ? request(from, '(computed)', 'unreadable', [])
        : request(from, specifier, kindOf(specifier, kind === 'type'), ['*']);
    }
    case 'NewExpression': {
      const specifier = literal(args[0]);
      const isUrl = asNode(node['callee'])?.['name'] === 'URL' && isMetaUrl(args[1]);
      return isUrl && specifier !== null && SOURCE.test(specifier) ? request(from, specifier, 'start', ['*']) : null;
    }
    case 'CallExpression': {
      const specifier = literal(args[0]);
      const callee = asNode(node['callee']);
      const isGlob = isMetaUrl(callee) && asNode(callee?.['property'])?.['name'] === 'glob';
      const isRequire = callee?.['name'] === 'require';
      return (isGlob || isRequire) && specifier !== null ? request(from, specifier, 'value', ['*']) : null;
    }
    default:
      return null;
  }
}

/** Every import of one file. Throws when the file can't be parsed. */
export function importsOf(path: string, text: string): Import[] {
  const parsed = parseSync(path, text);
  const [problem] = parsed.errors;
  if (problem !== undefined) throw new Error(`${path}: ${problem.message}`);
  const found = staticImports(path, parsed);
  // JSX asks for React without naming it.
  if (path.endsWith('.tsx')) found.push(request(path, 'react/jsx-runtime', 'value', ['*']));
  // The tree is built only where it can tell more than the records do: that is most of the time that this takes.
  if (!/\bimport\s*\(|\bimport\.meta\b|\brequire\b/.test(text)) return found;
  for (const node of descendants(parsed.program)) {
    const asked = requestOf(path, node);
    if (asked !== null) found.push(asked);
  }
  return found;
}

/** Every import of all files. */
export function moduleGraph(sources: Sources): Import[] {
  return [...sources].flatMap(([path, text]) => importsOf(path, text));
}

/** Circles among files, type imports included, each as the files on it. */
export function circles(graph: readonly Import[]): string[][] {
  const next = new Map<string, Set<string>>();
  for (const { from, to, own, kind } of graph) {
    if (own && kind !== 'start' && from !== to) next.set(from, (next.get(from) ?? new Set()).add(to));
  }
  // Tarjan's strongly connected components, with the recursion kept on a list.
  const index = new Map<string, number>();
  const low = new Map<string, number>();
  const open: string[] = [];
  const found: string[][] = [];
  const visit = (file: string): void => {
    index.set(file, index.size);
    low.set(file, index.size - 1);
    open.push(file);
    for (const other of next.get(file) ?? []) {
      if (!index.has(other)) visit(other);
      if (open.includes(other)) low.set(file, Math.min(low.get(file) ?? 0, low.get(other) ?? 0));
    }
    if (low.get(file) !== index.get(file)) return;
    const circle = open.splice(open.indexOf(file));
    if (circle.length > 1) found.push(circle.toSorted());
  };
  for (const file of next.keys()) if (!index.has(file)) visit(file);
  return found;
}

/**
 * `wss c14n`: canonical octets of a document, an element or the nodes that an XPath selects (docs/command.md, "wss
 * c14n").
 */
import {
  C14N_10,
  C14N_10_COMMENTS,
  C14N_11,
  C14N_11_COMMENTS,
  EXCLUSIVE_C14N,
  EXCLUSIVE_C14N_COMMENTS,
} from '../engine/algorithms/identifiers.ts';
import { readFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { Budget } from '../engine/bytes/budget.ts';
import { decodeUtf8 } from '../engine/bytes/utf8.ts';
import { canonicalize } from '../engine/canonicalization/canonicalize.ts';
import { canonicalizationMethod, CANONICALIZATION_METHODS } from '../engine/canonicalization/methods.ts';
import type { NodeSet } from '../engine/canonicalization/node-set.ts';
import { indexIds } from '../engine/references/index-ids.ts';
import { NO_NODE, type XmlDocument } from '../engine/xml/document.ts';
import { inScopeNamespaces, textContent } from '../engine/xml/navigate.ts';
import { parseXml } from '../engine/xml/parse.ts';
import { selectNodes } from '../engine/xpath/select-nodes.ts';
import { findingMessage } from '../content/findings/index.ts';
import { readOctets } from './load-keys.ts';
import { SourceText } from './source-excerpt.ts';
import { UsageError } from './usage-error.ts';

/** Short names beside the URIs. */
const NAMES: Readonly<Record<string, string>> = {
  c14n: C14N_10,
  'c14n-with-comments': C14N_10_COMMENTS,
  c14n11: C14N_11,
  'c14n11-with-comments': C14N_11_COMMENTS,
  'exc-c14n': EXCLUSIVE_C14N,
  'exc-c14n-with-comments': EXCLUSIVE_C14N_COMMENTS,
};

/** `wss c14n`: writes the canonical octets of a document or a part of it. Gives the exit code. @throws {UsageError} */
export async function c14n(args: readonly string[]): Promise<number> {
  const { values, positionals } = parsed(args);
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    throw new UsageError('wss c14n: give one document, or - for standard input');
  }
  const given = [values.id, values.xpath, values['xpath-file']].filter((value) => value !== undefined);
  if (given.length > 1) throw new UsageError('wss c14n: --id, --xpath and --xpath-file exclude each other');
  const uri = values.algorithm ?? C14N_10;
  const prefixes = (values['prefix-list'] ?? '')
    .split(/\s+/)
    .filter((token) => token !== '')
    .map((token) => (token === '#default' ? '' : token));
  const method = canonicalizationMethod(NAMES[uri] ?? uri, prefixes);
  if (method === null) {
    throw new UsageError(
      `--algorithm ${uri}: known are ${Object.keys(NAMES).join(', ')} and the URIs\n  ` +
        CANONICALIZATION_METHODS.map((one) => one.uri).join('\n  '),
    );
  }

  const budget = new Budget();
  const octets = file === '-' ? new Uint8Array(readFileSync(0)) : readOctets(file);
  const result = parseXml(octets, { budget });
  if (!result.wellFormed) {
    const problem = result.problems.find((one) => one.severity === 'error')!;
    const { line, column } = new SourceText(octets).position(problem.range.start);
    process.stderr.write(
      `${file}:${line}:${column}: ` +
        `${findingMessage({ code: problem.code, data: { rule: problem.rule, ...problem.data } })}\n`,
    );
    return 1;
  }
  const set = nodeSet(result.document, values, budget);
  process.stdout.write(canonicalize(set, method, budget).octets);
  return 0;
}

type Values = ReturnType<typeof parsed>['values'];

function nodeSet(document: XmlDocument, values: Values, budget: Budget): NodeSet {
  if (values.id !== undefined) {
    const found = indexIds(document, values['id-attribute'] ?? []).lookup(values.id.replace(/^#/, ''));
    if (found.length === 0) throw new UsageError(`--id ${values.id}: no element has this Id`);
    if (found.length > 1) throw new UsageError(`--id ${values.id}: ${found.length} elements have this Id`);
    return { type: 'subtree', document, apex: found[0]!.element, comments: true, excluded: [] };
  }
  const namespaces = new Map((values.ns ?? []).map(namespace));
  let expression = values.xpath ?? null;
  if (values['xpath-file'] !== undefined) {
    const own = readExpression(readOctets(values['xpath-file']), budget);
    expression = own.expression;
    for (const [prefix, uri] of own.namespaces) if (!namespaces.has(prefix)) namespaces.set(prefix, uri);
  }
  if (expression === null) return { type: 'subtree', document, apex: 0, comments: true, excluded: [] };
  const ids = indexIds(document, values['id-attribute'] ?? []);
  const selected = selectNodes(document, expression, namespaces, budget, {
    here: null,
    elementsById: (id) => ids.lookup(id).map((entry) => entry.element),
  });
  if (!selected.ok) {
    const { code, data, position } = selected.error;
    throw new UsageError(
      `XPath, character ${position + 1}: ` +
        findingMessage({ code, data: { ...data, expression } }).replace(/ The reference cannot be judged[^]*$/, ''),
    );
  }
  return selected.set;
}

/** An expression alone, or an XML document whose element holds it and whose namespaces are its. */
function readExpression(
  octets: Uint8Array,
  budget: Budget,
): { readonly expression: string; readonly namespaces: ReadonlyMap<string, string> } {
  const text = decodeUtf8(octets);
  const bare = text.replace(/<!--[\s\S]*?-->/g, '').trim();
  // Comments beside a bare expression say with which declarations it is meant, as the W3C's interop files do.
  if (!bare.startsWith('<')) {
    return {
      expression: bare,
      namespaces: new Map([...text.matchAll(/xmlns:([\w.-]+)="([^"]*)"/g)].map(([, prefix, uri]) => [prefix!, uri!])),
    };
  }
  const { document, wellFormed } = parseXml(octets, { budget, space: 'xpath' });
  if (!wellFormed || document.root === NO_NODE) {
    throw new UsageError('--xpath-file: it begins as XML and is not well-formed');
  }
  return {
    expression: textContent(document, document.root).trim(),
    namespaces: inScopeNamespaces(document, document.root),
  };
}

function namespace(text: string): [string, string] {
  const equals = text.indexOf('=');
  if (equals <= 0) throw new UsageError(`--ns ${text}: write PREFIX=URI`);
  return [text.slice(0, equals), text.slice(equals + 1)];
}

function parsed(args: readonly string[]) {
  try {
    return parseArgs({
      args: [...args],
      allowPositionals: true,
      options: {
        algorithm: { type: 'string' },
        'prefix-list': { type: 'string' },
        id: { type: 'string' },
        xpath: { type: 'string' },
        'xpath-file': { type: 'string' },
        ns: { type: 'string', multiple: true },
        'id-attribute': { type: 'string', multiple: true },
      },
    });
  } catch (error) {
    throw new UsageError(`wss c14n: ${error instanceof Error ? error.message : String(error)}`);
  }
}

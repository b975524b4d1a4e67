/**
 * What people read stands in src/content: the engine, the worker and the state of the page speak in codes. Labels of
 * the page's own controls stand beside their controls.
 */
import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseSync } from 'oxc-parser';
import { describe, expect, test } from 'vitest';

/** Two words of letters in a row, or more. */
const PROSE = /[A-Za-z]{2,}[,;:]? [A-Za-z’']{2,}/;

/** Files whose strings are names that others gave: of algorithms, of extensions, of rules in a specification. */
const NAMES = [
  /^src\/engine\/algorithms\//,
  /^src\/engine\/certificates\/(?:certificate-view|further-extensions)\.ts$/,
  /^src\/engine\/xml\/(?:namespaces|namespace-resolver|markup-scanner|parser)\.ts$/,
  /^src\/engine\/diagnosis\/signer\/signer-octets\.ts$/,
];

/** Codes of two words, and text that is matched or made, never shown as a sentence. */
const CODES: ReadonlySet<string> = new Set([
  'decrypted message',
  'message with its parts in place',
  'padding bits',
  'node test',
  'not CA',
  'the default namespace',
  'no namespace',
  'unknown namespace',
  // Kinds of key files, and what of one cannot be read: particulars of a problem.
  'encrypted PKCS#8',
  'traditional private key',
  'private key',
  'secret key',
  'JWK Set',
  'raw secret',
  'scrypt parameters',
  'ECPrivateKey parameters',
  'XML keys',
  'xmlsec keys',
  'Mighty Aphrodite',
  // Kinds of keys, jobs and subjects, which the page gives words.
  'key pair',
  'public key',
  'second opinion',
  'key files',
  'the worker did not start',
  'edited copy',
  'recipe product',
]);

interface Node {
  readonly type: string;
  readonly [member: string]: unknown;
}

const isNode = (value: unknown): value is Node => typeof value === 'object' && value !== null && 'type' in value;

/** What a string, a piece of a template or text between tags says; null for other nodes. */
function textOf(node: Node): string | null {
  if (node.type === 'Literal' && typeof node['value'] === 'string') return node['value'];
  if (node.type === 'JSXText') return String(node['value']).replaceAll(/\s+/g, ' ').trim();
  if (node.type !== 'TemplateElement') return null;
  return (node['value'] as { readonly cooked: string | null }).cooked;
}

/** Errors are thrown for our own defects, in the words of programmers. */
function isDefect(node: Node): boolean {
  const callee = node['callee'];
  return node.type === 'NewExpression' && isNode(callee) && /(?:Error|Failure|Defect)$/.test(String(callee['name']));
}

export function proseIn(path: string, source: string): string[] {
  const found: string[] = [];
  const stack: unknown[] = [parseSync(path, source).program];
  while (stack.length > 0) {
    const next = stack.pop();
    if (Array.isArray(next)) stack.push(...(next as readonly unknown[]));
    if (!isNode(next) || isDefect(next)) continue;
    const text = textOf(next);
    // XML that is written or searched for is no prose.
    if (text !== null && PROSE.test(text) && !/xmlns|<\?xml/.test(text)) found.push(text);
    stack.push(...Object.values(next));
  }
  return found;
}

describe('words', () => {
  test('prose is told from codes, defects and XML', () => {
    expect(proseIn('a.tsx', 'const a = <p title="Two words">Leave   the text</p>;').sort()).toEqual([
      'Leave the text',
      'Two words',
    ]);
    expect(proseIn('a.ts', 'const a = `${n} is not supported`; const b = "not-supported";')).toEqual([
      ' is not supported',
    ]);
    expect(proseIn('a.ts', 'throw new Error("a step has ended"); const b = "<?xml version is one";')).toEqual([]);
  });

  test.each(['engine', 'state', 'worker'])('src/%s has none', (room) => {
    const found: string[] = [];
    let files = 0;
    for (const entry of readdirSync(`src/${room}`, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || !/\.tsx?$/.test(path) || NAMES.some((names) => names.test(path))) continue;
      files++;
      const prose = proseIn(path, readFileSync(path, 'utf8')).filter((text) => !CODES.has(text));
      found.push(...prose.map((text) => `${path}: ${text}`));
    }
    expect(files).toBeGreaterThan(5);
    expect(found).toEqual([]);
  });
});

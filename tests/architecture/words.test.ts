/**
 * What people read stands in src/content: the engine, the worker and the state of the page speak in codes, and the page
 * takes its labels, titles and sentences from there.
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
  // Kinds of jobs and subjects, which the page gives words.
  'second opinion',
  'key files',
  'the worker did not start',
  'edited copy',
  'recipe product',
  // Lines around a signed mark (RFC 7848 §2).
  '-----BEGIN ENCODED SMD-----',
  '-----END ENCODED SMD-----',
  // What is looked for in the document, and where a popover stands.
  'input, textarea, .monaco-editor, .overlay',
  'bottom end',
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

/** Attributes and members whose value is read by people, a single word as well. */
const READ =
  /^(?:aria-label|aria-description|aria-roledescription|aria-valuetext|alt|label|placeholder|textValue|title)$/;
/** Attributes whose value is for the browser alone. */
const UNREAD = /^(?:className|rel|style|sizes|d|viewBox)$/;

/** Where a node stands: `read` by people, `unread` by them, or anywhere, where only several words make prose. */
type Place = 'read' | 'unread' | 'anywhere';

function nameOf(node: unknown): string {
  if (!isNode(node)) return '';
  return String(node['name'] ?? node['value']);
}

/**
 * Where the children of a node stand, given where it stands itself.
 *
 * @param labelled members may be read as well; in the engine they are labels by which content finds its words
 */
function placeWithin(node: Node, place: Place, labelled: boolean): Place {
  switch (node.type) {
    case 'JSXAttribute':
      return READ.test(nameOf(node['name'])) ? 'read' : UNREAD.test(nameOf(node['name'])) ? 'unread' : 'anywhere';
    case 'Property':
      return labelled && READ.test(nameOf(node['key'])) ? 'read' : place === 'unread' ? 'unread' : 'anywhere';
    // What is chosen, joined or filled in stands where the whole stands.
    case 'JSXExpressionContainer':
    case 'TemplateLiteral':
    case 'LogicalExpression':
    case 'ConditionalExpression':
      return place;
    case 'JSXElement':
    case 'JSXFragment':
      return 'read';
    default:
      return place === 'unread' ? 'unread' : 'anywhere';
  }
}

/** Children that are no part of what is shown: names of tags, what is asked before a choice. */
const ASIDE: Readonly<Record<string, readonly string[]>> = {
  ConditionalExpression: ['test'],
  LogicalExpression: ['left'],
  JSXElement: ['openingElement', 'closingElement'],
  Property: ['key'],
};

/** Names of classes, several in one string. */
function isClasses(text: string): boolean {
  return (
    text.includes('-') &&
    text
      .trim()
      .split(/\s+/)
      .every((word) => word.includes('-'))
  );
}

function isRead(text: string, node: Node, place: Place): boolean {
  // XML that is written or searched for is no prose, nor are lists of classes and media features.
  if (/xmlns|<\?xml/.test(text) || /^\([a-z-]+: /.test(text)) return false;
  if (place === 'unread' || isClasses(text)) return false;
  if (PROSE.test(text)) return true;
  return /[A-Za-z]{2}/.test(text) && (node.type === 'JSXText' || place === 'read');
}

export function proseIn(path: string, source: string, labelled = true): string[] {
  const found: string[] = [];
  const stack: (readonly [unknown, Place])[] = [[parseSync(path, source).program, 'anywhere']];
  while (stack.length > 0) {
    const [next, place] = stack.pop()!;
    if (Array.isArray(next)) stack.push(...next.map((one: unknown) => [one, place] as const));
    if (!isNode(next) || isDefect(next) || /^Import(?:Declaration|Expression)$/.test(next.type)) continue;
    const text = textOf(next);
    if (text !== null && isRead(text, next, place)) found.push(text);
    const within = placeWithin(next, place, labelled);
    const aside = ASIDE[next.type] ?? [];
    for (const [name, child] of Object.entries(next)) {
      stack.push([child, aside.includes(name) ? 'anywhere' : within]);
    }
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

  test('in the page, a single word that is read is prose', () => {
    const label = 'const a = <i aria-label="Close" className="two words" role="button" {...{ title: "Theme" }} />;';
    expect(proseIn('a.tsx', label).sort()).toEqual(['Close', 'Theme']);
    const child = 'const a = <p>{b === "code" ? "Shown" : `Hidden ${c("code")}`}Text<b className={`d ${e}`}>f</b></p>;';
    expect(proseIn('a.tsx', child).sort()).toEqual(['Hidden ', 'Shown', 'Text']);
    expect(proseIn('a.tsx', 'const a = matchMedia("(forced-colors: active)"); const b = "c-d e-f";')).toEqual([]);
  });

  test.each(['engine', 'state', 'worker', 'editor', 'ui', 'views', 'app'])('src/%s has none', (room) => {
    const found: string[] = [];
    let files = 0;
    for (const entry of readdirSync(`src/${room}`, { recursive: true, withFileTypes: true })) {
      const path = join(entry.parentPath, entry.name);
      if (!entry.isFile() || !/\.tsx?$/.test(path) || NAMES.some((names) => names.test(path))) continue;
      files++;
      const prose = proseIn(path, readFileSync(path, 'utf8'), room !== 'engine').filter((text) => !CODES.has(text));
      found.push(...prose.map((text) => `${path}: ${text}`));
    }
    expect(files).toBeGreaterThan(5);
    expect(found).toEqual([]);
  });
});

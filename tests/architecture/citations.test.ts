/**
 * Every document that a comment or another document names is in the repository, and so is the section, attack or fault
 * that it names there.
 */
import { execFileSync } from 'node:child_process';
import { existsSync, readFileSync } from 'node:fs';
import { dirname, join, resolve } from 'node:path';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';

const ROOT = fileURLToPath(new URL('../..', import.meta.url));
const FILES = execFileSync('git', ['ls-files', '-z', '--cached', '--others', '--exclude-standard'], {
  cwd: ROOT,
  encoding: 'utf8',
})
  .split('\0')
  .filter((path) => existsSync(join(ROOT, path)));
const SOURCES = FILES.filter((path) => /\.(?:tsx?|m[jt]s|py|sh|css)$/.test(path));
const DOCUMENTS = FILES.filter((path) => path.endsWith('.md'));

const read = (path: string) => readFileSync(join(ROOT, path), 'utf8');

/** Comments, each as one line of text: a citation may be broken over two of theirs. */
function comments(path: string): readonly string[] {
  const text = read(path);
  const blocks = [...text.matchAll(/\/\*[\s\S]*?\*\//g)].map(([block]) => block.replace(/\n\s*\* ?/g, ' '));
  const lines = [...text.matchAll(/(?:^[ \t]*(?:\/\/|#)[^\n]*\n?)+/gm)].map(([block]) =>
    block.replace(/\n\s*(?:\/\/|#) ?/g, ' '),
  );
  return [...blocks, ...lines];
}

const headings = (document: string) => [...read(document).matchAll(/^#+ (.*)$/gm)].map(([, title = '']) => title);

interface Citation {
  readonly at: string;
  readonly document: string;
  /** What stands behind the document's name. */
  readonly rest: string;
}

function citations(): readonly Citation[] {
  return SOURCES.filter((path) => path !== 'tests/architecture/citations.test.ts').flatMap((path) =>
    comments(path).flatMap((comment) =>
      [...comment.matchAll(/(?<![\w/.])((?:[\w-]+\/)*[\w-]+\.md)\b(?!\()([^;)]*)/g)].map(
        ([, document = '', rest = '']) => ({
          at: path,
          document,
          rest,
        }),
      ),
    ),
  );
}

const CITED = citations();
/** From the root, or beside the file that names it. */
const found = ({ at, document }: Citation) =>
  [document, join(dirname(at), document)].find((path) => existsSync(join(ROOT, path)));
const told = ({ at, document, rest }: Citation, what: string) => `${at}: ${document}${rest}: ${what}`;

describe('comments', () => {
  it('cite something, or this test reads nothing', () => {
    expect(CITED.length).toBeGreaterThan(80);
  });

  it('name documents that are in the repository', () => {
    expect(CITED.filter((one) => found(one) === undefined).map((one) => told(one, 'no such document'))).toEqual([]);
  });

  it('name sections that their documents have', () => {
    const missing = CITED.flatMap((one) => {
      const document = found(one);
      const sections = /^(?:, "[^"]+")+/.exec(one.rest)?.[0] ?? '';
      const titles = document === undefined ? [] : headings(document);
      return [...sections.matchAll(/"([^"]+)"/g)]
        .map(([, section = '']) => section)
        .filter((section) => !titles.includes(section))
        .map((section) => told(one, `no section "${section}"`));
    });
    expect(missing).toEqual([]);
  });

  it('name attacks and faults that their documents have', () => {
    const attacks = read('docs/attacks.md');
    const faults = new Set(headings('docs/faults.md').map((title) => title.replaceAll('`', '')));
    const missing = CITED.flatMap((one) => {
      if (one.document === 'docs/attacks.md') {
        return (one.rest.match(/\b[A-Z][A-Z0-9]{1,2}-\d\d\b/g) ?? [])
          .filter((id) => !attacks.includes(`| ${id} |`))
          .map((id) => told(one, `no attack ${id}`));
      }
      if (one.document !== 'docs/faults.md' || !one.rest.startsWith(':')) return [];
      return one.rest
        .slice(1)
        .split(',')
        .map((id) => id.replaceAll('`', '').trim())
        .filter((id) => /^[a-z0-9]+(?:-[a-z0-9]+)+$/.test(id) && !faults.has(id))
        .map((id) => told(one, `no fault ${id}`));
    });
    expect(missing).toEqual([]);
  });
});

describe('documents', () => {
  it.each(DOCUMENTS)('%s links to what is there', (path) => {
    const broken = [...read(path).matchAll(/\]\((?![a-z]+:|#)([^)#\s]+)(?:#[^)]*)?\)/g)]
      .map(([, target = '']) => target)
      .filter((target) => !existsSync(resolve(ROOT, dirname(path), target)));
    expect(broken).toEqual([]);
  });
});

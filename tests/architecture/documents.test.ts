/** What documents say in numbers, ids and options is what the code has. */
import { readdirSync, readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { describe, expect, it } from 'vitest';
import { helpFor } from '../../src/cli/help.ts';
import { responseHeaders } from '../../src/cli/response-headers.ts';
import { FINDINGS } from '../../src/content/findings/index.ts';
import { DEFAULT_LIMITS, HARD_LIMITS } from '../../src/engine/bytes/budget.ts';

const path = (name: string) => fileURLToPath(new URL(`../../${name}`, import.meta.url));
const read = (name: string) => readFileSync(path(name), 'utf8');
const sorted = (names: Iterable<string>) => [...new Set(names)].toSorted();

describe('docs/command.md', () => {
  const document = read('docs/command.md');
  const [built = '', toCome = ''] = document.split('\n## To come\n');
  const options = (text: string) =>
    sorted([...text.matchAll(/(?<![\w-])--[a-z][a-z0-9-]*/g)].map(([option]) => option));
  const section = (command: string) =>
    new RegExp(`\\n## wss ${command}\\n([\\s\\S]*?)(?=\\n## )`).exec(built)?.[1] ?? '';
  const source = read('src/cli/main.ts');
  const commands = [...source.matchAll(/^ {2}(\w+): async \(\) => \(await import/gm)].map(([, name = '']) => name);

  it('has a section for every command, and for no other', () => {
    expect(commands).toContain('verify');
    expect(sorted([...built.matchAll(/\n## wss (\S+)\n/g)].map(([, name = '']) => name))).toEqual(sorted(commands));
  });

  it.each(commands)('names the options of wss %s, and no other', (command) => {
    expect(options(section(command))).toEqual(options(helpFor(command)));
  });

  it('keeps what is to come apart from what is there', () => {
    expect(toCome).not.toBe('');
    expect(options(toCome)).toEqual([]);
  });

  it('names codes that exist', () => {
    const [, fixed = ''] = /names are fixed: ([\s\S]*?)\./.exec(built) ?? [];
    const codes = [...fixed.matchAll(/`([^`]+)`/g)].map(([, code = '']) => code);
    expect(codes.length).toBeGreaterThan(10);
    expect(codes.filter((code) => !Object.hasOwn(FINDINGS, code))).toEqual([]);
  });
});

describe('docs/limits.md', () => {
  const document = read('docs/limits.md');

  it('has every bound with its numbers', () => {
    const rows = [...document.matchAll(/^\| `(\w+)` \| (\d+) \| (\d+) \|/gm)];
    const table = Object.fromEntries(rows.map(([, name = '', usual, most]) => [name, [Number(usual), Number(most)]]));
    expect(table).toEqual(
      Object.fromEntries(
        Object.entries(DEFAULT_LIMITS).map(([name, limit]) => [
          name,
          [limit, HARD_LIMITS[name as keyof typeof HARD_LIMITS]],
        ]),
      ),
    );
  });

  it('names every header that the page is sent with', () => {
    const names = Object.keys(responseHeaders('document'));
    // "Cross-Origin-Opener-Policy, -Embedder-Policy" is one sentence.
    expect(names.filter((name) => !document.includes(name.replace(/^Cross-Origin(?=-[ER])/, '')))).toEqual([]);
  });
});

describe('docs/faults.md', () => {
  const entries = read('docs/faults.md')
    .split(/\n### /)
    .slice(1);
  const faults = entries.map((entry) => ({
    id: /^`([^`]+)`/.exec(entry)?.[1] ?? '',
    found: /^- Found: (yes\.|no\. \S)/m.exec(entry)?.[1] ?? '',
    entry,
  }));

  it('has each kind once, with its symptom, cause and proof', () => {
    expect(faults.length).toBeGreaterThan(150);
    expect(sorted(faults.map((fault) => fault.id))).toHaveLength(faults.length);
    const parts = ['- Symptom: ', '- Cause: ', '- Proof: ', '- Mended by: '];
    expect(faults.filter(({ entry }) => !parts.every((part) => entry.includes(part))).map(({ id }) => id)).toEqual([]);
  });

  it('says of each whether it is a code here', () => {
    const wrong = faults.filter(({ id, found }) =>
      Object.hasOwn(FINDINGS, id) ? found !== 'yes.' : !found.startsWith('no'),
    );
    expect(wrong.map(({ id }) => id)).toEqual([]);
    expect(read('docs/faults.md')).toContain(
      `Of the ${faults.length} kinds ${faults.filter(({ found }) => found === 'yes.').length} have`,
    );
  });

  it('names codes that exist where a kind is told under another name', () => {
    const named = faults
      .filter(({ found }) => found !== 'yes.')
      .flatMap(({ entry }) =>
        [...(entry.split('- Found: ')[1] ?? '').matchAll(/`([^`]+)`/g)].map(([, code = '']) => code),
      );
    expect(named.length).toBeGreaterThan(3);
    expect(named.filter((code) => !Object.hasOwn(FINDINGS, code))).toEqual([]);
  });
});

describe('docs/attacks.md', () => {
  const ids = new Set([...read('docs/attacks.md').matchAll(/^\| ([A-Z0-9]+-\d\d) \|/gm)].map(([, id = '']) => id));
  const attack = /^[A-Z][A-Z0-9]{1,2}-\d\d$/;

  it('has every attack that is a finding', () => {
    expect(Object.keys(FINDINGS).filter((code) => attack.test(code) && !ids.has(code))).toEqual([]);
  });

  it('has every attack that a test makes', () => {
    const folder = 'tests/messages/attacks';
    const made = readdirSync(path(folder)).flatMap((file) =>
      [...read(`${folder}/${file}`).matchAll(/\bid: '([A-Z0-9]+-\d\d)'/g)].map(([, id = '']) => id),
    );
    expect(made.length).toBeGreaterThan(100);
    expect(sorted(made).filter((id) => !ids.has(id))).toEqual([]);
  });
});

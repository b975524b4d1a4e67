import { expect, it } from 'vitest';
import { deadExports } from './dead-exports.ts';
import { importsOf, moduleGraph, repositorySources } from './module-graph.ts';

it('no value is exported from src that nobody asks for', () => {
  const sources = repositorySources();
  expect(deadExports(sources, moduleGraph(sources))).toEqual([]);
});

it('a value that nobody asks for is named, a type or one asked for is not', () => {
  const sources = new Map([
    ['src/a/x.ts', `export const dead = 1; export function asked() {} export interface Shape {} export type T = 1;`],
    ['src/a/y.ts', `export { asked } from './x.ts';`],
    ['tests/a/y.test.ts', `import { asked } from '../../src/a/y.ts'; asked();`],
  ]);
  const graph = [...sources].flatMap(([path, text]) => importsOf(path, text));
  expect(deadExports(sources, graph)).toEqual(['src/a/x.ts dead']);
});

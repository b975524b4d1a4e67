import { expect, it } from 'vitest';
import { Recent } from '../../../src/engine/bytes/recent.ts';

it('lets go of what was used longest ago, by count', () => {
  const recent = new Recent<number>(2, 100);
  recent.set('a', 1, 1);
  recent.set('b', 2, 1);
  expect(recent.get('a')).toBe(1);
  recent.set('c', 3, 1);
  expect([recent.get('a'), recent.get('b'), recent.get('c')]).toEqual([1, undefined, 3]);
});

it('lets go by size too, counts a value set again once, and never holds what is too large alone', () => {
  const recent = new Recent<string>(10, 100);
  recent.set('a', 'a', 60);
  recent.set('a', 'again', 60);
  recent.set('b', 'b', 40);
  expect([recent.get('a'), recent.get('b')]).toEqual(['again', 'b']);
  recent.set('c', 'c', 41);
  expect([recent.get('a'), recent.get('b'), recent.get('c'), recent.size]).toEqual([undefined, 'b', 'c', 2]);
  recent.set('b', 'huge', 101);
  expect([recent.get('b'), recent.size]).toEqual([undefined, 1]);
});

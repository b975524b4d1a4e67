/** Origins of derived octets compose back to the input. */
import { describe, expect, it } from 'vitest';
import { compose, Spaces } from '../../src/worker/inside/spaces.ts';

describe('compose', () => {
  it('leads copied octets through both maps, cut where the inner one is cut', () => {
    const outer = [{ start: 0, end: 4, sourceStart: 3, sourceEnd: 7, kind: 'copied' as const }];
    const inner = [
      { start: 0, end: 5, sourceStart: 100, sourceEnd: 105, kind: 'copied' as const },
      { start: 5, end: 6, sourceStart: 105, sourceEnd: 110, kind: 'rewritten' as const },
      { start: 6, end: 9, sourceStart: 110, sourceEnd: 113, kind: 'copied' as const },
    ];
    expect(compose(outer, inner)).toEqual([
      { start: 0, end: 2, sourceStart: 103, sourceEnd: 105, kind: 'copied' },
      { start: 2, end: 3, sourceStart: 105, sourceEnd: 110, kind: 'rewritten' },
      { start: 3, end: 4, sourceStart: 110, sourceEnd: 111, kind: 'copied' },
    ]);
  });

  it('keeps added octets added, at the place that they belong to', () => {
    const outer = [{ start: 0, end: 9, sourceStart: 2, sourceEnd: 2, kind: 'added' as const }];
    const inner = [{ start: 0, end: 5, sourceStart: 50, sourceEnd: 55, kind: 'copied' as const }];
    expect(compose(outer, inner)).toEqual([{ start: 0, end: 9, sourceStart: 52, sourceEnd: 52, kind: 'added' }]);
  });
});

describe('spaces', () => {
  it('hand out slices and nothing of an unknown space', () => {
    const spaces = new Spaces();
    spaces.take(new Map([['s1', { octets: new Uint8Array([1, 2, 3, 4]), origin: null }]]));
    expect([...spaces.octets('s1', 1, 3)!]).toEqual([2, 3]);
    expect(spaces.octets('s2', 0, 1)).toBeNull();
    expect(spaces.origin('s1', 0, 4, true)).toBeNull();
  });
});

/** Origins of derived octets compose back to the input. */
import { describe, expect, it } from 'vitest';
import type { OriginKind } from '../../src/engine/bytes/origin-map.ts';
import { Spaces } from '../../src/worker/inside/spaces.ts';

describe('spaces', () => {
  it('hand out slices and nothing of an unknown space', () => {
    const spaces = new Spaces(new Map([['s1', { octets: new Uint8Array([1, 2, 3, 4]), origin: null }]]));
    expect([...spaces.octets('s1', 1, 3)!]).toEqual([2, 3]);
    expect(spaces.octets('s2', 0, 1)).toBeNull();
    expect(spaces.origin('s1', 0, 4, true)).toBeNull();
  });

  it('lead a slice of a space back to the input, cut where a space between is cut', () => {
    const segment = (start: number, end: number, sourceStart: number, sourceEnd: number, kind: OriginKind) => ({
      start,
      end,
      sourceStart,
      sourceEnd,
      kind,
    });
    const between = [
      segment(0, 5, 100, 105, 'copied'),
      segment(5, 6, 105, 110, 'rewritten'),
      segment(6, 9, 110, 113, 'copied'),
    ];
    const last = [segment(0, 1, 3, 3, 'added'), segment(1, 7, 3, 9, 'copied')];
    const spaces = new Spaces(
      new Map([
        ['s1', { octets: new Uint8Array(9), origin: () => ({ source: 'input', segments: between }) }],
        ['s2', { octets: new Uint8Array(7), origin: () => ({ source: 's1', segments: last }) }],
      ]),
    );
    expect(spaces.origin('s2', 0, 5, true)).toEqual({
      source: 'input',
      segments: [
        segment(0, 1, 103, 103, 'added'),
        segment(1, 3, 103, 105, 'copied'),
        segment(3, 4, 105, 110, 'rewritten'),
        segment(4, 5, 110, 111, 'copied'),
      ],
    });
    expect(spaces.origin('s2', 0, 5, false)).toEqual({
      source: 's1',
      segments: [segment(0, 1, 3, 3, 'added'), segment(1, 5, 3, 7, 'copied')],
    });
  });
});

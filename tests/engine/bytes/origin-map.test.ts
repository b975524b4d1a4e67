/**
 * Origin maps: composition keeps what each octet came from, whatever was copied, rewritten, added or removed on the
 * way.
 */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { OriginKind, OriginMap } from '../../../src/engine/bytes/origin-map.ts';
import {
  composeOriginMaps,
  identityOriginMap,
  locateDerived,
  locateSource,
  OriginMapBuilder,
} from '../../../src/engine/bytes/origin-map-compose.ts';

/** One derivation: what is done with consecutive runs of the source. */
type Run = readonly [OriginKind, number];
interface Derived {
  readonly octets: readonly number[];
  readonly map: OriginMap;
}

const runs = fc.array(
  fc.tuple(
    fc.constantFrom<OriginKind>('copied', 'copied', 'rewritten', 'added', 'removed'),
    fc.integer({ min: 1, max: 6 }),
  ),
  { maxLength: 12 },
);

/**
 * Applies the runs to `source`; the rest is copied. A rewritten run takes one octet more than it had. Made octets are
 * negative, so that copies can be told.
 */
function derive(source: readonly number[], plan: readonly Run[], name: string, mark: number): Derived {
  const octets: number[] = [];
  const builder = new OriginMapBuilder(name);
  let at = 0;
  for (const [kind, wanted] of [...plan, ['copied', source.length] as const]) {
    const size = kind === 'added' ? 0 : Math.min(wanted, source.length - at);
    if (kind !== 'added' && size === 0) continue;
    const start = octets.length;
    if (kind === 'copied') octets.push(...source.slice(at, at + size));
    else if (kind === 'rewritten') octets.push(...Array.from({ length: size + 1 }, () => mark));
    else if (kind === 'added') octets.push(...Array.from({ length: wanted }, () => mark));
    builder.add(kind, start, octets.length, at, at + size);
    at += size;
  }
  return { octets, map: builder.finish() };
}

function checkTotal(map: OriginMap, length: number): void {
  let at = 0;
  for (const segment of map.segments) {
    expect(segment.start).toBe(at);
    expect(segment.end).toBeGreaterThanOrEqual(segment.start);
    if (segment.kind === 'copied') expect(segment.end - segment.start).toBe(segment.sourceEnd - segment.sourceStart);
    if (segment.kind === 'added') expect(segment.sourceStart).toBe(segment.sourceEnd);
    if (segment.kind === 'removed') expect(segment.end).toBe(segment.start);
    at = segment.end;
  }
  expect(at).toBe(length);
}

test('a composed map is total on the derived side, and its copies are copies', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 40 }), runs, runs, (length, first, second) => {
      const source = Array.from({ length }, (_, i) => i);
      const inner = derive(source, first, 'input', -1);
      const outer = derive(inner.octets, second, 'middle', -2);
      const map = composeOriginMaps(outer.map, inner.map);
      expect(map.source).toBe('input');
      checkTotal(map, outer.octets.length);
      for (const segment of map.segments) {
        if (segment.kind === 'copied') {
          expect(outer.octets.slice(segment.start, segment.end)).toEqual(
            source.slice(segment.sourceStart, segment.sourceEnd),
          );
        } else if (segment.kind === 'added' || segment.kind === 'rewritten') {
          expect(outer.octets.slice(segment.start, segment.end).every((octet) => octet < 0)).toBe(true);
        }
      }
      // Every source octet that arrived as itself is said to have been copied.
      outer.octets.forEach((octet, i) => {
        if (octet >= 0) expect(locateSource(map, i, i + 1)).toEqual({ start: octet, end: octet + 1 });
      });
    }),
    { seed: 20261122, numRuns: 2000 },
  );
});

test('looking up forward finds what looking up backward came from', () => {
  fc.assert(
    fc.property(fc.integer({ min: 1, max: 40 }), runs, fc.nat(40), fc.nat(10), (length, plan, from, size) => {
      const derived = derive(
        Array.from({ length }, (_, i) => i),
        plan,
        'input',
        -1,
      );
      const start = Math.min(from, length);
      const end = Math.min(start + size, length);
      for (const span of locateDerived(derived.map, start, end)) {
        expect(span.end).toBeGreaterThan(span.start);
        for (let i = span.start; i < span.end; i++) {
          const back = locateSource(derived.map, i, i + 1);
          if (back.end > back.start) expect(back.start < end && back.end > start).toBe(true);
        }
      }
      for (let octet = start; octet < end; octet++) {
        const at = derived.octets.indexOf(octet);
        if (at >= 0) expect(locateDerived(derived.map, octet, octet + 1)).toEqual([{ start: at, end: at + 1 }]);
      }
    }),
    { seed: 20261122, numRuns: 2000 },
  );
});

test('composing with the identity on either side changes nothing', () => {
  fc.assert(
    fc.property(fc.integer({ min: 0, max: 30 }), runs, (length, plan) => {
      const derived = derive(
        Array.from({ length }, (_, i) => i),
        plan,
        'input',
        -1,
      );
      const after = composeOriginMaps(identityOriginMap('derived', derived.octets.length), derived.map);
      const before = composeOriginMaps(derived.map, identityOriginMap('input', length));
      // Only what was removed after the last derived octet has no octet to hang on in an identity.
      const kept = derived.map.segments.filter(
        (segment) => segment.kind !== 'removed' || segment.start < derived.octets.length,
      );
      expect(after.segments).toEqual(kept);
      expect(before.segments).toEqual(derived.map.segments);
    }),
    { seed: 20261122, numRuns: 1000 },
  );
});

test('octets added in the middle belong to the place before which they stand', () => {
  const builder = new OriginMapBuilder('input');
  builder.add('copied', 0, 3, 10, 13);
  builder.add('added', 3, 8, 13, 13);
  builder.add('copied', 8, 10, 13, 15);
  const map = builder.finish();
  expect(locateSource(map, 4, 6)).toEqual({ start: 13, end: 13 });
  expect(locateSource(map, 2, 9)).toEqual({ start: 12, end: 14 });
  expect(locateSource(map, 10, 10)).toEqual({ start: 15, end: 15 });
  expect(locateDerived(map, 12, 14)).toEqual([
    { start: 2, end: 3 },
    { start: 8, end: 9 },
  ]);
});

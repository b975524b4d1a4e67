/**
 * Origins against a naive oracle: octets that carry the set of source octets that they came from, through any chain of
 * derivations that copy, rewrite, add and remove.
 */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { clipOrigin, composeOrigins } from '../../../src/engine/bytes/origin-compose.ts';
import { OriginIndex } from '../../../src/engine/bytes/origin-index.ts';
import {
  copiedOrigin,
  OriginBuilder,
  type OriginKind,
  type OriginSegment,
} from '../../../src/engine/bytes/origin-map.ts';

/** What is done with the next octets: how many are taken, how many come out of a rewriting or an addition. */
interface Run {
  readonly kind: OriginKind;
  readonly taken: number;
  readonly made: number;
}

const run: fc.Arbitrary<Run> = fc.record({
  kind: fc.constantFrom<OriginKind>('copied', 'copied', 'rewritten', 'added', 'removed'),
  taken: fc.integer({ min: 1, max: 6 }),
  made: fc.integer({ min: 1, max: 4 }),
});
const derivation = fc.array(run, { maxLength: 12 });

/** An octet of a derivation: the source octets that it stands for, those removed just before it, and what it is. */
interface Traced {
  readonly value: number;
  readonly from: ReadonlySet<number>;
  readonly removed: ReadonlySet<number>;
}

/** Octets with what was removed behind the last. */
interface TracedOctets {
  readonly octets: readonly Traced[];
  readonly removed: ReadonlySet<number>;
}

const NONE: ReadonlySet<number> = new Set();
const union = (...sets: readonly ReadonlySet<number>[]): ReadonlySet<number> =>
  new Set(sets.flatMap((set) => [...set]));

function source(length: number): TracedOctets {
  return {
    octets: Array.from({ length }, (_, value) => ({ value, from: new Set([value]), removed: NONE })),
    removed: NONE,
  };
}

/** Applies the runs; what is left behind them is copied. Made octets are negative, so that copies can be told. */
function derive(
  before: TracedOctets,
  runs: readonly Run[],
): { after: TracedOctets; segments: readonly OriginSegment[] } {
  const octets: Traced[] = [];
  const origin = new OriginBuilder();
  let pending: ReadonlySet<number> = NONE;
  let at = 0;
  const put = (traced: Traced) => {
    octets.push({ ...traced, removed: union(pending, traced.removed) });
    pending = NONE;
  };
  for (const { kind, taken, made } of [...runs, { kind: 'copied' as const, taken: before.octets.length, made: 0 }]) {
    const run = kind === 'added' ? [] : before.octets.slice(at, at + taken);
    const all = union(...run.flatMap(({ from, removed }) => [removed, from]));
    if (kind === 'added') {
      for (let i = 0; i < made; i++) put({ value: -1, from: NONE, removed: NONE });
      origin.add(made, at);
    } else if (kind === 'copied') {
      for (const traced of run) put(traced);
      origin.copy(at, at + run.length);
    } else if (kind === 'removed') {
      pending = union(pending, all);
      origin.remove(at, at + run.length);
    } else if (run.length > 0) {
      for (let i = 0; i < made; i++) put({ value: -1, from: all, removed: NONE });
      origin.rewrite(made, at, at + run.length);
    }
    at += run.length;
  }
  return { after: { octets, removed: union(pending, before.removed) }, segments: origin.segments };
}

/** The maps of a chain, first derivation first, and what the oracle knows of the end. */
function chain(
  length: number,
  plans: readonly (readonly Run[])[],
): {
  readonly maps: readonly (readonly OriginSegment[])[];
  readonly end: TracedOctets;
} {
  const maps: (readonly OriginSegment[])[] = [];
  let end = source(length);
  for (const plan of plans) {
    const { after, segments } = derive(end, plan);
    maps.push(segments);
    end = after;
  }
  return { maps, end };
}

const chains = fc
  .tuple(fc.integer({ min: 0, max: 40 }), fc.array(derivation, { minLength: 1, maxLength: 4 }))
  .map(([length, plans]) => ({ length, ...chain(length, plans) }));
const parameters = { seed: 20261122, numRuns: 400 };

const octetsBetween = (start: number, end: number) => Array.from({ length: end - start }, (_, i) => start + i);
const sorted = (set: ReadonlySet<number>) => [...set].toSorted((a, b) => a - b);
/** From the last derivation inwards. */
const whole = (maps: readonly (readonly OriginSegment[])[]) =>
  maps.reduceRight((outer, inner) => composeOrigins(outer, inner));

function expectTotal(segments: readonly OriginSegment[], length: number, start = 0): void {
  let at = start;
  const wrong = segments.filter((segment) => {
    const adjacent = segment.start === at && segment.end >= segment.start && segment.sourceEnd >= segment.sourceStart;
    at = segment.end;
    const made = segment.end - segment.start;
    const taken = segment.sourceEnd - segment.sourceStart;
    const sizes = { copied: made === taken, rewritten: made > 0, added: made > 0 && taken === 0, removed: made === 0 };
    return !adjacent || !sizes[segment.kind];
  });
  expect(wrong).toEqual([]);
  expect(at).toBe(start + length);
}

describe('composition', () => {
  test('is sorted, adjacent and total, and says of each octet what the oracle says', () => {
    fc.assert(
      fc.property(chains, ({ maps, end }) => {
        const segments = whole(maps);
        expectTotal(segments, end.octets.length);
        const index = new OriginIndex(segments);
        const told = end.octets.map((_, at) => {
          const { start, end: past } = index.sourceOf(at, at + 1);
          return { kind: index.segmentAt(at)?.kind, from: octetsBetween(start, past) };
        });
        expect(told).toEqual(
          end.octets.map(({ value, from }) => ({
            kind: value >= 0 ? 'copied' : from.size === 0 ? 'added' : 'rewritten',
            from: sorted(from),
          })),
        );
        // Everything that was removed is told of, before the octet that followed it.
        const removed = Array.from({ length: end.octets.length + 1 }, (): number[] => []);
        for (const { kind, start, sourceStart, sourceEnd } of segments) {
          if (kind === 'removed') removed[start]!.push(...octetsBetween(sourceStart, sourceEnd));
        }
        expect(removed).toEqual([...end.octets.map((traced) => sorted(traced.removed)), sorted(end.removed)]);
      }),
      parameters,
    );
  });

  test('is associative', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 40 }), derivation, derivation, derivation, (length, ...plans) => {
        const [first, second, third] = chain(length, plans).maps;
        expect(composeOrigins(composeOrigins(third!, second!), first!)).toEqual(
          composeOrigins(third!, composeOrigins(second!, first!)),
        );
      }),
      { ...parameters, numRuns: 1500 },
    );
  });

  test('with the identity on either side changes nothing', () => {
    fc.assert(
      fc.property(fc.integer({ min: 0, max: 30 }), derivation, (length, plan) => {
        const { maps, end } = chain(length, [plan]);
        expect(composeOrigins(copiedOrigin(end.octets.length), maps[0]!)).toEqual(maps[0]);
        expect(composeOrigins(maps[0]!, copiedOrigin(length))).toEqual(maps[0]);
      }),
      parameters,
    );
  });

  test('of derivations that reorder tells of no less than the oracle', () => {
    fc.assert(
      fc.property(chains, fc.array(fc.nat(3), { maxLength: 20 }), derivation, ({ maps, end }, order, last) => {
        // The segments of the chain in another order, as a canonical form sorts attributes.
        const segments = whole(maps).filter((segment) => segment.kind !== 'removed');
        const moved = segments
          .map((segment, i) => ({ segment, key: order[i % Math.max(1, order.length)] ?? 0 }))
          .toSorted((a, b) => a.key - b.key)
          .map(({ segment }) => segment);
        const origin = new OriginBuilder();
        for (const segment of moved) {
          if (segment.kind === 'copied') origin.copy(segment.sourceStart, segment.sourceEnd);
          else if (segment.kind === 'added') origin.add(segment.end - segment.start, segment.sourceStart);
          else origin.rewrite(segment.end - segment.start, segment.sourceStart, segment.sourceEnd);
        }
        const reordered = {
          octets: moved.flatMap(({ start, end: past }) =>
            end.octets.slice(start, past).map((traced) => ({ ...traced, removed: NONE })),
          ),
          removed: NONE,
        };
        const { after, segments: outer } = derive(reordered, last);
        const composed = composeOrigins(outer, origin.segments);
        expectTotal(composed, after.octets.length);
        const index = new OriginIndex(composed);
        const missed = after.octets.filter(({ value, from }, at) => {
          const found = index.sourceOf(at, at + 1);
          const exact = found.start === value && found.end === value + 1;
          return value >= 0 ? !exact : [...from].some((octet) => octet < found.start || octet >= found.end);
        });
        expect(missed).toEqual([]);
      }),
      parameters,
    );
  });
});

describe('a part of a map', () => {
  test('says the same of its octets, at the same offsets', () => {
    fc.assert(
      fc.property(chains, fc.nat(60), fc.nat(60), ({ maps, end }, from, size) => {
        const segments = whole(maps);
        const start = Math.min(from, end.octets.length);
        const past = Math.min(start + size, end.octets.length);
        const part = clipOrigin(segments, start, past);
        expectTotal(part, past - start, start);
        const [index, partIndex] = [new OriginIndex(segments), new OriginIndex(part)];
        const told = (from: OriginIndex) =>
          octetsBetween(start, past).map((at) => ({ ...from.sourceOf(at, at + 1), kind: from.segmentAt(at)?.kind }));
        expect(told(partIndex)).toEqual(told(index));
        expect(partIndex.segmentAt(past)).toBeUndefined();
        if (start > 0) expect(partIndex.segmentAt(start - 1)).toBeUndefined();
      }),
      parameters,
    );
  });
});

describe('looking up', () => {
  test('a range goes back to the hull of what its octets came from', () => {
    fc.assert(
      fc.property(chains, fc.nat(60), fc.integer({ min: 1, max: 20 }), ({ maps, end }, from, size) => {
        const index = new OriginIndex(whole(maps));
        const start = Math.min(from, end.octets.length);
        const all = sorted(union(...end.octets.slice(start, start + size).map((traced) => traced.from)));
        const found = index.sourceOf(start, Math.min(start + size, end.octets.length));
        if (all.length === 0) expect(found.start).toBe(found.end);
        else expect(found).toEqual({ start: all[0], end: all.at(-1)! + 1 });
      }),
      parameters,
    );
  });

  test('a source range goes forward to every octet that came from it, and to no other', () => {
    fc.assert(
      fc.property(chains, fc.nat(40), fc.integer({ min: 1, max: 10 }), ({ maps, end }, start, size) => {
        const spans = new OriginIndex(whole(maps)).derivedOf(start, start + size);
        const expected = end.octets.flatMap(({ from }, at) =>
          octetsBetween(start, start + size).some((octet) => from.has(octet)) ? [at] : [],
        );
        expect(spans.flatMap((span) => octetsBetween(span.start, span.end))).toEqual(expected);
        spans.forEach((span, i) => i > 0 && expect(span.start).toBeGreaterThan(spans[i - 1]!.end));
      }),
      parameters,
    );
  });

  test('where the order of the source was not kept, the look-ups find the same', () => {
    const origin = new OriginBuilder();
    origin.copy(10, 13);
    origin.add(1, 13);
    origin.copy(4, 8);
    origin.rewrite(2, 20, 21);
    origin.copy(0, 2);
    const index = new OriginIndex(origin.segments);
    expect(index.sourceOf(1, 6)).toEqual({ start: 4, end: 13 });
    expect(index.sourceOf(3, 4)).toEqual({ start: 13, end: 13 });
    expect(index.sourceOf(8, 11)).toEqual({ start: 0, end: 21 });
    expect(index.derivedOf(1, 6)).toEqual([
      { start: 4, end: 6 },
      { start: 11, end: 12 },
    ]);
    expect(index.derivedOf(12, 21)).toEqual([
      { start: 2, end: 3 },
      { start: 8, end: 10 },
    ]);
  });

  test('octets added in the middle belong to the place before which they stand', () => {
    const origin = new OriginBuilder();
    origin.copy(10, 13);
    origin.add(5, 13);
    origin.copy(13, 15);
    const index = new OriginIndex(origin.segments);
    expect(index.sourceOf(4, 6)).toEqual({ start: 13, end: 13 });
    expect(index.sourceOf(2, 9)).toEqual({ start: 12, end: 14 });
    expect(index.sourceOf(10, 10)).toEqual({ start: 15, end: 15 });
    expect(index.sourceOf(9, 9)).toEqual({ start: 14, end: 14 });
    expect(index.derivedOf(12, 14)).toEqual([
      { start: 2, end: 3 },
      { start: 8, end: 9 },
    ]);
  });
});

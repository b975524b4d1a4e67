/** Octet strings: joining, order, hexadecimal, the writer, and interning under hostile names. */
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { hashStep, OctetInterner } from '../../../src/engine/bytes/octet-interner.ts';
import { OctetWriter } from '../../../src/engine/bytes/octet-writer.ts';
import { decodeHex, decodeHexLenient, encodeHex } from '../../../src/engine/bytes/hex.ts';
import { concatOctets, equalOctets } from '../../../src/engine/bytes/octets.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';

const octets = fc.uint8Array({ maxLength: 80 });

test('joined, compared and written as Node does', () => {
  fc.assert(
    fc.property(octets, octets, (a, b) => {
      expect(Buffer.compare(concatOctets(a, b), Buffer.concat([a, b]))).toBe(0);
      expect(equalOctets(a, b)).toBe(Buffer.from(a).equals(b));
      expect(encodeHex(a)).toBe(Buffer.from(a).toString('hex'));
      expect(decodeHex(encodeHex(a).toUpperCase())).toEqual(Uint8Array.from(a));
      const out = new OctetWriter(1);
      out.octets(a);
      out.ascii('x');
      out.slice(b, 1, b.length);
      expect(Buffer.compare(out.toOctets(), Buffer.concat([a, Buffer.from('x'), b.subarray(1)]))).toBe(0);
    }),
    { seed: 1, numRuns: 1000 },
  );
});

test('what is no hexadecimal is refused', () => {
  for (const text of ['a', '0g', '0x00', ' 00', 'é0']) expect(decodeHex(text)).toBeNull();
  for (const text of ['a', '0g', '0x00', 'é0']) expect(decodeHexLenient(text)).toBeNull();
  expect(decodeHexLenient('00:fF 1\n0')).toEqual(Uint8Array.of(0, 255, 16));
});

test('equal runs get equal numbers, different ones different numbers, even when all hashes collide', () => {
  const names = ['Aa', 'BB'].flatMap((a) =>
    ['Aa', 'BB'].flatMap((b) =>
      ['Aa', 'BB'].flatMap((c) =>
        ['Aa', 'BB'].flatMap((d) =>
          ['Aa', 'BB'].flatMap((e) =>
            ['Aa', 'BB'].flatMap((f) =>
              ['Aa', 'BB'].flatMap((g) =>
                ['Aa', 'BB'].flatMap((h) => ['Aa', 'BB'].map((i) => a + b + c + d + e + f + g + h + i)),
              ),
            ),
          ),
        ),
      ),
    ),
  );
  const all = [...names, ...Array.from({ length: 2000 }, (_, i) => `n${i}`), ...names];
  const joined = encodeUtf8(all.join(''));
  const interner = new OctetInterner(joined);
  const ids = new Map<string, number>();
  let at = 0;
  for (const name of all) {
    let hash = 0;
    for (const octet of encodeUtf8(name)) hash = hashStep(hash, octet);
    const id = interner.intern(at, at + name.length, hash);
    expect(ids.get(name) ?? id).toBe(id);
    ids.set(name, id);
    at += name.length;
  }
  expect(new Set(ids.values()).size).toBe(names.length + 2000);
  expect(interner.count).toBe(names.length + 2000);
});

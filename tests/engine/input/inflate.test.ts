/** inflateRaw gives what zlib compressed, within its bound, and answers damage with data. */
import { deflateRawSync, constants } from 'node:zlib';
import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { inflateRaw } from '../../../src/engine/input/inflate.ts';

const text = Buffer.from('<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">'.repeat(200));

describe('inflateRaw', () => {
  it.each([
    ['dynamic codes', { level: 9 }],
    ['fixed codes', { strategy: constants.Z_FIXED }],
    ['stored', { level: 0 }],
    ['literals only', { strategy: constants.Z_HUFFMAN_ONLY }],
    ['runs', { strategy: constants.Z_RLE }],
  ])('opens blocks of zlib: %s', (_name, options) => {
    for (const octets of [
      text,
      Buffer.alloc(0),
      Buffer.from('a'),
      Buffer.from(Array.from({ length: 70_000 }, (_, i) => (i * i) & 0xff)),
    ]) {
      const result = inflateRaw(deflateRawSync(octets, options), 1 << 20);
      expect(result.ok && Buffer.from(result.octets).equals(octets)).toBe(true);
    }
  });

  it('opens anything that zlib makes', () => {
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 3000 }), fc.integer({ min: 0, max: 9 }), (octets, level) => {
        const result = inflateRaw(deflateRawSync(octets, { level }), 4000);
        return result.ok && Buffer.from(result.octets).equals(Buffer.from(octets));
      }),
      { numRuns: 150 },
    );
  });

  it('stops at its bound', () => {
    expect(inflateRaw(deflateRawSync(Buffer.alloc(1 << 20)), 100_000)).toEqual({ ok: false, reason: 'too-long' });
  });

  it('gives what just fits, and does not unpack a bomb to find out', () => {
    const bomb = new Uint8Array(deflateRawSync(Buffer.alloc(20 << 20), { level: 9 }));
    let read = 0;
    bomb.subarray = (start, end) => {
      read = Math.max(read, end ?? bomb.length);
      return Uint8Array.prototype.subarray.call(bomb, start, end) as Uint8Array<ArrayBuffer>;
    };
    expect(inflateRaw(bomb, 1_000_000)).toEqual({ ok: false, reason: 'too-long' });
    // An octet of it unpacks to a thousand: a twentieth was looked at.
    expect(read).toBeLessThan(bomb.length / 19);
    const exact = inflateRaw(deflateRawSync(Buffer.alloc(100_000, 'x')), 100_000);
    expect(exact.ok && exact.octets.length).toBe(100_000);
    expect(inflateRaw(deflateRawSync(Buffer.alloc(100_001, 'x')), 100_000)).toEqual({ ok: false, reason: 'too-long' });
  });

  it('leaves alone what follows the last block, however long', () => {
    const followed = Buffer.concat([deflateRawSync(text), Buffer.alloc(30 << 20, 0x55)]);
    const result = inflateRaw(followed, 1 << 20);
    expect(result.ok && Buffer.from(result.octets).equals(text)).toBe(true);
  });

  it('answers damage, never throws', () => {
    const whole = deflateRawSync(text);
    expect(inflateRaw(whole.subarray(0, whole.length - 3), 1 << 20)).toEqual({ ok: false, reason: 'malformed' });
    expect(inflateRaw(Uint8Array.of(7), 100)).toEqual({ ok: false, reason: 'malformed' });
    fc.assert(
      fc.property(fc.uint8Array({ maxLength: 300 }), (octets) => typeof inflateRaw(octets, 10_000).ok === 'boolean'),
      { numRuns: 500 },
    );
  });
});

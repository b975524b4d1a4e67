/** Base64 against RFC 4648's vectors and Node's coder; of what is none, it says what is wrong and where. */
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { decodeBase64, encodeBase64 } from '../../../src/engine/bytes/base64.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';

test('the vectors of RFC 4648 §10', () => {
  const vectors: Readonly<Record<string, string>> = {
    '': '',
    f: 'Zg==',
    fo: 'Zm8=',
    foo: 'Zm9v',
    foob: 'Zm9vYg==',
    fooba: 'Zm9vYmE=',
    foobar: 'Zm9vYmFy',
  };
  for (const [plain, encoded] of Object.entries(vectors)) {
    expect(encodeBase64(encodeUtf8(plain))).toBe(encoded);
    expect(decodeBase64(encoded)).toEqual({ octets: encodeUtf8(plain), fault: null });
  }
});

test('as Node encodes and decodes', () => {
  fc.assert(
    fc.property(fc.uint8Array({ maxLength: 400 }), (octets) => {
      const encoded = Buffer.from(octets).toString('base64');
      expect(encodeBase64(octets)).toBe(encoded);
      expect(decodeBase64(encodeUtf8(encoded)).octets).toEqual(Uint8Array.from(octets));
      expect(decodeBase64(`\r\n ${encoded.replace(/(.{7})/g, '$1\n\t')} `).octets).toEqual(Uint8Array.from(octets));
    }),
    { seed: 1, numRuns: 500 },
  );
});

test('long input is encoded whole', () => {
  const octets = Uint8Array.from({ length: 100_000 }, (_, i) => (i * 7) & 255);
  expect(encodeBase64(octets)).toBe(Buffer.from(octets).toString('base64'));
});

describe('what is refused, and where', () => {
  const table: readonly (readonly [string, string, number])[] = [
    ['Zm-v', 'alphabet', 2],
    ['Zm9v\u{1F600}', 'alphabet', 4],
    ['Zg', 'padding', 2],
    ['Zg=', 'padding', 3],
    ['Zg===', 'padding', 4],
    ['Zm9v=', 'padding', 4],
    ['Z===', 'padding', 1],
    ['=', 'padding', 0],
    ['Zg==Zg==', 'padding', 4],
    ['Zm8==', 'padding', 4],
    ['Zm9vZ', 'length', 5],
  ];
  for (const [text, reason, offset] of table) {
    test(text, () => expect(decodeBase64(text)).toEqual({ octets: null, fault: { reason, offset } }));
  }
});

test('white space and unused bits are taken, and nothing else', () => {
  expect(decodeBase64('Zh==').octets).toEqual(encodeUtf8('f'));
  expect(decodeBase64('Z g\n==').octets).toEqual(encodeUtf8('f'));
  expect(decodeBase64('Zg').fault).toEqual({ reason: 'padding', offset: 2 });
  expect(decodeBase64('Zg\u00a0==').fault).toEqual({ reason: 'alphabet', offset: 2 });
});

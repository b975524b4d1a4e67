/** Octets may stand anywhere in their buffer: part of a request, a MIME part, a decrypted text. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { codes, judgeMessage } from '../judging.ts';

/** The same octets at an offset in a larger buffer, with others before and after them. */
function at(offset: number, octets: Uint8Array): Uint8Array {
  const larger = new Uint8Array(offset + octets.length + 5).fill(1);
  larger.set(octets, offset);
  return larger.subarray(offset, offset + octets.length);
}

const utf8 = (text: string) => new TextEncoder().encode(text);
const OFFSETS = [0, 1, 2, 3, 4, 5, 6, 7];

describe('octets at any offset', () => {
  it('are read alike, however few', () => {
    for (let size = 0; size <= 24; size++) {
      for (const illegal of [-1, 0, 1, size - 2, size - 1]) {
        const octets = new Uint8Array(size).fill(0x20);
        if (illegal >= 0 && illegal < size) octets[illegal] = 0xff;
        const read = (given: Uint8Array) =>
          parseXml(given, { budget: new Budget() }).problems.map(({ code, range }) => [code, range.start, range.end]);
        const aligned = read(octets.slice());
        for (const offset of OFFSETS) expect(read(at(offset, octets)), `${size} ${illegal} ${offset}`).toEqual(aligned);
      }
    }
  });

  it('are judged alike', async () => {
    const message = utf8(
      '<e:Envelope xmlns:e="http://schemas.xmlsoap.org/soap/envelope/"><e:Body>ä</e:Body></e:Envelope>',
    );
    const aligned = (await judgeMessage(message.slice())).trace;
    for (const offset of OFFSETS) {
      expect((await judgeMessage(at(offset, message))).trace.verdict).toEqual(aligned.verdict);
    }
  });

  it('are a request with nearly no body', async () => {
    for (const padding of ['', 'a', 'ab', 'abc']) {
      for (const body of ['', ' ', '  ', '\r\n', 'ab', 'abc']) {
        const run = await judgeMessage(`POST /${padding} HTTP/1.1\r\nHost: x\r\nContent-Type: text/xml\r\n\r\n${body}`);
        expect(run.trace.verdict.headline, JSON.stringify([padding, body])).toBe('malformed');
        expect(codes(run)).toContain('not-wellformed-xml');
      }
    }
  });
});

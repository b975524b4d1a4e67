/**
 * Places in inputs that are wrapped several times, against places that are known from the wrapping: base64, quoted-
 * printable, MIME, HTTP chunks, xop:Include.
 */
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { findIncludes, includeSplices } from '../../../src/engine/attachments/xop-include.ts';
import { inputRanges } from '../../../src/engine/input/input-ranges.ts';
import { openInput } from '../../../src/engine/input/open-input.ts';
import { spliceDocument } from '../../../src/engine/splice/spliced-document.ts';
import { descendantElements, qualifiedName } from '../../../src/engine/xml/navigate.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';
import { judgeMessage } from '../judging.ts';

/** Octets that know, each, the half-open range of the wrapped input that it stands in. */
interface Placed {
  readonly octets: Uint8Array;
  readonly places: readonly (readonly [number, number])[];
}

const encode = (text: string) => new TextEncoder().encode(text);
const plain = (octets: Uint8Array): Placed => ({ octets, places: [...octets.keys()].map((at) => [at, at + 1]) });

/** The same octets of the document, each at the places that `moved` gives the octets of its range. */
function rewrap({ places }: Placed, octets: Uint8Array, moved: (at: number) => readonly [number, number]): Placed {
  return { octets, places: places.map(([start, end]) => [moved(start)[0], moved(end - 1)[1]]) };
}

/** Base64 in lines; an octet stands somewhere in its line, padding aside. */
function base64(inner: Placed, columns: number, lineEnd: string): Placed {
  const text = Buffer.from(inner.octets).toString('base64');
  const lines = text.match(new RegExp(`.{1,${columns}}`, 'g')) ?? [];
  const perLine = (columns / 4) * 3;
  const step = columns + lineEnd.length;
  return rewrap(inner, encode(lines.join(lineEnd)), (at) => {
    const line = Math.floor(at / perLine);
    return [line * step, line * step + lines[line]!.replace(/=+$/, '').length];
  });
}

/** Every octet beyond ASCII and every `=` escaped, a soft line break after each `every` octets of the source. */
function quotedPrintable(inner: Placed, every: number): Placed {
  let text = '';
  const starts: [number, number][] = [];
  inner.octets.forEach((octet, at) => {
    if (at > 0 && at % every === 0) text += '=\r\n';
    const start = text.length;
    const literal = (octet > 0x20 && octet < 0x7f && octet !== 0x3d) || octet === 0x20 || octet === 0x0a;
    text += literal ? String.fromCharCode(octet) : `=${octet.toString(16).toUpperCase().padStart(2, '0')}`;
    starts.push([start, text.length]);
  });
  return rewrap(inner, encode(text), (at) => starts[at]!);
}

function surrounded(inner: Placed, before: string, after = ''): Placed {
  const head = encode(before);
  return rewrap(inner, Buffer.concat([head, inner.octets, encode(after)]), (at) => [
    head.length + at,
    head.length + at + 1,
  ]);
}

/** A chunked HTTP message; its chunks cut through everything. */
function chunked(inner: Placed, size: number, fields = ''): Placed {
  const parts: Uint8Array[] = [
    encode(`POST /in HTTP/1.1\r\nHost: example.org\r\n${fields}Transfer-Encoding: chunked\r\n\r\n`),
  ];
  let length = parts[0]!.length;
  const starts: number[] = [];
  const put = (octets: Uint8Array) => {
    parts.push(octets);
    length += octets.length;
  };
  for (let at = 0; at < inner.octets.length; at += size) {
    const chunk = inner.octets.subarray(at, at + size);
    put(encode(`${chunk.length.toString(16)}\r\n`));
    starts.push(length);
    put(chunk);
    put(encode('\r\n'));
  }
  put(encode('0\r\n\r\n'));
  return rewrap(inner, Buffer.concat(parts), (at) => {
    const place = starts[Math.floor(at / size)]! + (at % size);
    return [place, place + 1];
  });
}

/** Every octet of the opened document, and ranges of several lengths, are where the wrapping put them. */
function expectPlaces(wrapped: Placed, document: Uint8Array): void {
  const opened = openInput(wrapped.octets, new Budget());
  expect(Buffer.from(opened.octets).equals(document)).toBe(true);
  const toInput = inputRanges(opened.segments);
  for (const length of [1, 7, 100, document.length]) {
    const wrong: unknown[] = [];
    for (let at = 0; at + length <= document.length; at++) {
      const { start, end } = toInput(at, at + length);
      const [from, to] = [wrapped.places[at]![0], wrapped.places[at + length - 1]![1]];
      if (start !== from || end !== to) wrong.push({ at, length, told: [start, end], stands: [from, to] });
    }
    expect(wrong.slice(0, 3)).toEqual([]);
  }
}

const ORDER = readFileSync(new URL('../../../src/content/samples/messages/order-signed.xml', import.meta.url));
const SMALL = encode(`<?xml version="1.0"?>\n<a b="=ü">${'<c>text – more</c>\n'.repeat(30)}</a>`);
const BASE64 = 'Content-Type: text/xml\r\nContent-Transfer-Encoding: base64\r\n';

describe('places in a wrapped input', () => {
  it.each([
    ['chunks', chunked(plain(ORDER), 101)],
    ['base64 in chunks', chunked(base64(plain(ORDER), 76, '\r\n'), 101, BASE64)],
    ['base64 in chunks shorter than its lines', chunked(base64(plain(ORDER), 76, '\r\n'), 10, BASE64)],
    ['base64 in chunks as long as its lines', chunked(base64(plain(ORDER), 76, '\n'), 77, BASE64)],
  ])('%s', (_name, wrapped) => {
    expectPlaces(wrapped, ORDER);
  });

  it.each([
    ['quoted-printable in chunks', (inner: Placed) => quotedPrintable(inner, 60), 'quoted-printable'],
    ['base64 of MIME in chunks', (inner: Placed) => base64(inner, 76, '\r\n'), 'base64'],
    ['MIME as it is, in chunks', (inner: Placed) => inner, '8bit'],
  ])('a multipart: %s', (_name, encoding, name) => {
    const part = surrounded(
      encoding(plain(SMALL)),
      `preamble\r\n--=b\r\nContent-Type: text/xml; charset=utf-8\r\nContent-Transfer-Encoding: ${name}\r\n\r\n`,
      '\r\n--=b\r\nContent-ID: <other@x>\r\n\r\nother\r\n--=b--\r\n',
    );
    for (const size of [1, 16, 37, 1000]) {
      expectPlaces(chunked(part, size, 'Content-Type: multipart/related; boundary="=b"\r\n'), SMALL);
    }
  });

  it('an MTOM message whose parts stand in place: of each octet where it, or its xop:Include, stood', () => {
    const include = (id: string) => `<x:Include xmlns:x="http://www.w3.org/2004/08/xop/include" href="cid:${id}"/>`;
    const envelope = `<a><b>${include('one')}</b>–<c>${include('two')}</c><d>${include('one')}</d></a>`;
    const document = encode(envelope);
    const parts = ['one', 'two'].map((id) => `\r\n--=b\r\nContent-ID: <${id}>\r\n\r\n${id.repeat(40)}`).join('');
    const body = surrounded(
      base64(plain(document), 76, '\r\n'),
      '--=b\r\nContent-Type: application/xop+xml; charset=utf-8\r\nContent-Transfer-Encoding: base64\r\n\r\n',
      `${parts}\r\n--=b--\r\n`,
    );
    const wrapped = chunked(body, 33, 'Content-Type: multipart/related; boundary="=b"\r\n');
    const opened = openInput(wrapped.octets, new Budget());
    const parsed = parseXml(opened.octets, { budget: new Budget() }).document;
    const literal = { ...parsed, range: inputRanges(opened.segments) };
    const splices = includeSplices(literal, findIncludes(literal, opened.parts), opened.parts, new Budget());
    const expanded = spliceDocument(literal, splices, new Budget()).document;
    // The same by hand: octets of the envelope, or the whole Include for each character of its base64.
    const includes = [...envelope.matchAll(/<x:Include[^>]*>/g)];
    let text = '';
    const ranges: (readonly [number, number])[] = [];
    let from = 0;
    const put = (piece: string, range: (at: number) => readonly [number, number]) => {
      for (let i = 0; i < encode(piece).length; i++) ranges.push(range(i));
      text += piece;
    };
    for (const found of [...includes, null]) {
      const before = envelope.slice(from, found?.index ?? envelope.length);
      const start = encode(envelope.slice(0, from)).length;
      put(before, (at) => [start + at, start + at + 1]);
      if (found === null) break;
      from = found.index + found[0].length;
      const [first, past] = [encode(envelope.slice(0, found.index)).length, encode(envelope.slice(0, from)).length];
      const content = found[0].includes('one') ? 'one' : 'two';
      put(Buffer.from(content.repeat(40)).toString('base64'), () => [first, past]);
    }
    expect(new TextDecoder().decode(expanded.octets)).toBe(text);
    expect(ranges.map((_, at) => expanded.range(at, at + 1))).toEqual(
      ranges.map(([start, past]) => ({
        space: 'input',
        start: wrapped.places[start]![0],
        end: wrapped.places[past - 1]![1],
      })),
    );
  });

  it('of a signed message as HTTP chunks of 101 octets of base64: every element of the report', async () => {
    const wrapped = chunked(base64(plain(ORDER), 76, '\r\n'), 101, BASE64);
    const { document } = parseXml(ORDER, { budget: new Budget() });
    const places = new Map(
      [...descendantElements(document, 0)].map((node) => [
        qualifiedName(document, node),
        { start: wrapped.places[document.start[node]!]![0], end: wrapped.places[document.end[node]! - 1]![1] },
      ]),
    );
    const { trace } = await judgeMessage(wrapped.octets);
    const targets = trace.signatures.flatMap(({ references }) => references.map(({ target }) => target));
    expect(targets.length).toBeGreaterThan(1);
    for (const target of targets) {
      const name = target!.path.split('/').at(-1)!;
      expect({ name, start: target!.start, end: target!.end }).toEqual({ name, ...places.get(name) });
    }
  });
});

/** Multiparts that receivers read in two ways: each is told, and read by its grammar. */
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { openInput } from '../../../src/engine/input/open-input.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (octets: Uint8Array) => new TextDecoder().decode(octets);

interface Part {
  readonly fields: readonly string[];
  readonly content: string;
}

const root: Part = { fields: ['Content-Type: text/xml', 'Content-ID: <root@x>'], content: '<root/>' };
const part = (content: string, ...fields: string[]): Part => ({ fields, content });

function multipart(parts: readonly Part[], type = 'multipart/related; start="<root@x>"; boundary="BB"'): string {
  const written = parts.map(({ fields, content }) => `--BB\r\n${[...fields, '', content].join('\r\n')}\r\n`);
  return `POST / HTTP/1.1\r\nContent-Type: ${type}\r\n\r\n${written.join('')}--BB--\r\n`;
}

function read(text: string) {
  const opened = openInput(encode(text), new Budget());
  return {
    document: decode(opened.octets),
    codes: opened.problems.map(({ code, severity }) => `${code} ${severity}`),
    parts: [...opened.attachments].map(([name, octets]) => [name, decode(octets)]),
  };
}

describe('a multipart by its grammar', () => {
  it('is read without a word where nobody reads it otherwise', () => {
    const text = multipart([root, part('one', 'Content-ID: <a@x>'), part('two', 'Content-Location: http://x/two')]);
    expect(read(text)).toEqual({
      document: '<root/>',
      codes: [],
      parts: [
        ['a@x', 'one'],
        ['http://x/two', 'two'],
      ],
    });
  });

  it('takes blanks after a delimiter for padding', () => {
    expect(read(multipart([root]).replace('--BB\r\n', '--BB \t\r\n'))).toMatchObject({
      document: '<root/>',
      codes: [],
    });
  });

  it('takes no longer line for a delimiter, and tells of it', () => {
    const text = multipart([root]).replace('--BB\r\n', '--BBx\r\nContent-Type: text/xml\r\n\r\n<evil/>\r\n--BB\r\n');
    expect(read(text)).toMatchObject({ document: '<root/>', codes: ['mime-delimiter-lookalike error'] });
  });

  it('finds no boundary inside a quoted parameter or a comment', () => {
    for (const type of [
      'multipart/related; type="; boundary=ZZ "; start="<root@x>"; boundary="BB"',
      'multipart/related; start="<root@x>" (; boundary=ZZ); boundary=BB',
    ]) {
      expect(read(multipart([root], type))).toMatchObject({ document: '<root/>', codes: [] });
    }
  });

  it.each(['(c) <a@x>', '<a@x> (c)', ' <a@x>'])('reads the content id in %s', (id) => {
    expect(read(multipart([root, part('one', `Content-ID: ${id}`)])).parts).toEqual([['a@x', 'one']]);
  });

  it('tells of an id that stands twice, a comment before it or not', () => {
    const text = multipart([root, part('one', 'Content-ID: (c) <a@x>'), part('two', 'Content-ID: <a@x>')]);
    expect(read(text)).toMatchObject({ codes: ['multipart-content-id-repeated error'], parts: [['a@x', 'one']] });
  });

  it('lets an id win its name over a location before it', () => {
    const text = multipart([root, part('evil', 'Content-Location: a@x'), part('one', 'Content-ID: <a@x>')]);
    expect(read(text).parts).toEqual([
      ['a@x', 'one'],
      ['part-1', 'evil'],
    ]);
  });

  it('tells of a field that says two things, in a part and in front of all', () => {
    const inPart = multipart([root, part('one', 'Content-ID: <b@x>', 'content-id: <a@x>')]);
    expect(read(inPart).codes).toEqual(['mime-field-repeated error']);
    const same = multipart([root, part('one', 'Content-ID: <a@x>', 'content-id: <a@x>')]);
    expect(read(same).codes).toEqual([]);
    const inFront = multipart([root, part('<evil/>', 'Content-ID: <evil@x>')]).replace(
      '\r\n\r\n',
      '\r\nContent-Type: multipart/related; start="<evil@x>"; boundary="BB"\r\n\r\n',
    );
    expect(read(inFront)).toMatchObject({ document: '<root/>', codes: ['mime-field-repeated error'] });
  });

  it.each([
    'boundary=; boundary=BB',
    'boundary=BB; boundary="ZZ"',
    "boundary=BB; boundary*=us-ascii''ZZ",
    'boundary=BB; boundary*0=Z; boundary*1=Z',
    'boundary=BB; start="<root@x>"; start="<evil@x>"',
  ])('tells of a parameter that says two things: %s', (parameters) => {
    const text = multipart([root, part('<evil/>', 'Content-ID: <evil@x>')], `multipart/related; ${parameters}`);
    expect(read(text).codes).toContain('mime-field-repeated error');
  });

  it.each(['boundary=BB; boundary="BB"', 'boundary*0=B; boundary*1=B'])('%s says one thing', (parameters) => {
    expect(read(multipart([root], `multipart/related; ${parameters}`))).toMatchObject({
      document: '<root/>',
      codes: [],
    });
  });

  it('tells of a blank at the end of a boundary where it makes a difference', () => {
    const type = 'multipart/related; boundary="BB "';
    const text = multipart([root, part('one', 'Content-ID: <a@x>')], type).replaceAll(/^--BB(?=\r|--)/gm, '--BB ');
    // Who takes `BB` finds no closing delimiter.
    expect(read(text)).toMatchObject({ codes: ['mime-delimiter-lookalike error'], parts: [['a@x', 'one']] });
    expect(read(text.replace(/--BB --\r\n$/, '')).codes).toEqual([]);
  });

  it('tells of a Content-Length that ends before the body, or stands beside chunks', () => {
    const post = (fields: string, body: string) => read(`POST /x HTTP/1.1\r\n${fields}\r\n\r\n${body}`).codes;
    expect(post('Content-Length: 7', '<root/>')).toEqual([]);
    expect(post('Content-Length: 7', '<root/>\r\n')).toEqual([]);
    expect(post('Content-Length: 9', '<root/>')).toEqual([]);
    expect(post('Content-Length: 3', '<root/>')).toEqual(['http-length-differs warning']);
    expect(post('Content-Length: 7\r\nTransfer-Encoding: chunked', '7\r\n<root/>\r\n0\r\n\r\n')).toEqual([
      'http-length-differs warning',
    ]);
    expect(post('Content-Length: 7\r\nContent-Length: 3', '<root/>')).toContain('mime-field-repeated error');
  });

  it('tells of a root that is not there: an error where another part could be meant', () => {
    const type = 'multipart/related; start="<nix@x>"; boundary="BB"';
    expect(read(multipart([root], type)).codes).toEqual(['multipart-root-not-found warning']);
    expect(read(multipart([root, part('<evil/>', 'Content-ID: <evil@x>')], type)).codes).toEqual([
      'multipart-root-not-found error',
    ]);
  });

  it.each([
    '<cid:a@x>',
    '<a%40x>',
    '<"a"@x>',
    '<z@x> <a@x>',
    '<A@x>',
    '<a@X>',
    '<=?utf-8?Q?a=40x?=>',
    '=?us-ascii?q?=3Ca=40x=3E?=',
  ])('takes %s for an id that some reader equals with a@x', (id) => {
    const text = multipart([root, part('one', 'Content-ID: <a@x>'), part('two', `Content-ID: ${id}`)]);
    expect(read(text).codes).toEqual(['multipart-content-id-repeated error']);
  });

  it('tells of a transfer encoding that not everybody knows, and of none that all know', () => {
    const encoded = (name: string) =>
      multipart([root, part('one', 'Content-ID: <a@x>', `Content-Transfer-Encoding: ${name}`)]);
    expect(read(encoded('x-uuencode')).codes).toEqual(['mime-encoding-unknown error']);
    for (const name of ['7bit', '8BIT', 'binary']) expect(read(encoded(name)).codes).toEqual([]);
  });

  it('splits at no bare line feed where lines end with CRLF', () => {
    const text = multipart([root, part('a\n--BB\nb', 'Content-ID: <a@x>')]);
    expect(read(text)).toMatchObject({ codes: ['mime-delimiter-lookalike error'], parts: [['a@x', 'a\n--BB\nb']] });
    expect(read(text.replaceAll('\r\n', '\n')).codes).toEqual([]);
  });

  it('has no parts without a boundary', () => {
    expect(read(multipart([root], 'multipart/related; boundary=""')).codes).toEqual(['multipart-without-parts error']);
  });
});

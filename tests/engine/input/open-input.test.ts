/** Wrapped inputs give the document and say where each octet of it came from. */
import { describe, expect, it } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { inputRanges } from '../../../src/engine/input/input-ranges.ts';
import { openInput } from '../../../src/engine/input/open-input.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (octets: Uint8Array) => new TextDecoder().decode(octets);
const open = (text: string) => openInput(encode(text), new Budget());

const XML = '<?xml version="1.0"?>\n<a><b>ü</b></a>';

/** Each octet of the document leads to the same octet of the input. */
function expectSameOctets(text: string): void {
  const input = encode(text);
  const opened = openInput(input, new Budget());
  const toInput = inputRanges(opened.segments);
  for (let at = 0; at < opened.octets.length; at++) {
    const { start } = toInput(at, at + 1);
    expect(input[start]).toBe(opened.octets[at]);
  }
}

describe('opening the input', () => {
  it('leaves XML alone, with BOM, white space or text in front', () => {
    for (const text of [XML, `\ufeff${XML}`, `\n ${XML}`, `log: 12:00 ${XML}`, '']) {
      expect(open(text)).toMatchObject({ octets: encode(text), wrappings: [] });
    }
  });

  const lines = (text: string) => text.replaceAll('\n', '\r\n');
  it.each([
    ['HTTP', lines(`POST / HTTP/1.1\nContent-Type: text/xml\n\n${XML}`), ['http']],
    ['MIME headers', lines(`Content-Type: text/xml\nContent-ID: <x>\n\n${XML}`), ['mime-part']],
    ['a boundary', lines(`--b\nContent-Type: text/xml\n\n<a><b>ü</b></a>\n--b--\n`), ['multipart']],
    ['base64', Buffer.from(XML).toString('base64'), ['base64']],
  ])('takes %s off behind a byte order mark, blank lines, or both', (_what, wrapped, wrappings) => {
    for (const before of ['\ufeff', '\r\n\r\n', '\n \n', '\ufeff\r\n', '\r\n\ufeff', '\r\n\ufeff\r\n']) {
      const opened = open(before + wrapped);
      expect(opened.wrappings).toEqual(wrappings);
      expect(decode(opened.octets)).toContain('<a><b>ü</b></a>');
      if (wrappings[0] !== 'base64') expectSameOctets(before + wrapped);
    }
  });

  it('takes an HTTP request off, and the charset it declares', () => {
    const http =
      `POST /service HTTP/1.1\r\nHost: example.org\r\nContent-Type: text/xml; charset="iso-8859-1"\r\nSOAPAction: ` +
      `"x"\r\n\r\n${XML}`;
    const opened = open(http);
    expect(decode(opened.octets)).toBe(XML);
    expect(opened).toMatchObject({ wrappings: ['http'], charset: 'iso-8859-1' });
    expectSameOctets(http);
  });

  it('takes an HTTP response off, chunked', () => {
    const octets = decode(encode(XML));
    const http =
      `HTTP/1.1 200 OK\r\nTransfer-Encoding: ` +
      `chunked\r\n\r\n5;x=y\r\n${octets.slice(0, 5)}\r\n${(encode(octets).length - 5).toString(16)}\r\n${octets.slice(5)}\r\n0\r\n\r\n`;
    const opened = open(http);
    expect(decode(opened.octets)).toBe(XML);
    expect(opened.wrappings).toEqual(['http', 'chunked']);
    expectSameOctets(http);
  });

  it('takes the root part of a multipart and keeps the others', () => {
    const multipart =
      `MIME-Version: 1.0\r\nContent-Type: multipart/related; type="text/xml";\r\n boundary="=_b 1"; ` +
      `start="<root@x>"\r\n\r\npreamble\r\n` +
      (`--=_b 1\r\nContent-ID: <att@x>\r\nContent-Transfer-Encoding: ` +
        `base64\r\n\r\n${Buffer.from([0, 1, 255]).toString('base64')}\r\n`) +
      `--=_b 1\r\nContent-Type: text/xml; charset=utf-8\r\nContent-ID: <root@x>\r\n\r\n${XML}\r\n--=_b 1--\r\nepilogue`;
    const opened = open(multipart);
    expect(decode(opened.octets)).toBe(XML);
    expect([...opened.attachments]).toEqual([['att@x', Uint8Array.from([0, 1, 255])]]);
    expectSameOctets(multipart);
  });

  it('takes a multipart whose headers are gone', () => {
    const opened = open(
      `--MIMEBoundary_1\r\nContent-Type: text/xml\r\n\r\n${XML}\r\n--MIMEBoundary_1\r\nContent-ID: ` +
        `<2>\r\n\r\nabc\r\n--MIMEBoundary_1--`,
    );
    expect(decode(opened.octets)).toBe(XML);
    expect(decode(opened.attachments.get('2')!)).toBe('abc');
  });

  it('decodes quoted-printable, with the origin of every octet', () => {
    const part =
      'Content-Type: text/xml\r\nContent-Transfer-Encoding: quoted-printable\r\n\r\n<a b=3D"1">=C3=BC ' +
      'soft=\r\nbreak</a>';
    const opened = open(part);
    expect(decode(opened.octets)).toBe('<a b="1">ü softbreak</a>');
    const range = inputRanges(opened.segments)(opened.octets.indexOf('s'.charCodeAt(0)), opened.octets.length);
    expect(part.slice(range.start, range.end)).toBe('soft=\r\nbreak</a>');
  });

  it('decodes base64 of XML, in lines, and nothing else', () => {
    const lines = Buffer.from(XML.repeat(4)).toString('base64').replace(/.{76}/g, '$&\r\n');
    const opened = open(lines);
    expect(decode(opened.octets)).toBe(XML.repeat(4));
    expect(opened.wrappings).toEqual(['base64']);
    // A place in the second line leads to the second line.
    const { start, end } = inputRanges(opened.segments)(60, 61);
    expect([start, end]).toEqual([78, 154]);
    expect(open(Buffer.from('no XML at all, just text').toString('base64')).wrappings).toEqual([]);
  });

  it('names compressed input and does not unpack it', () => {
    const opened = openInput(Uint8Array.from([0x1f, 0x8b, 8, 0, 0, 0]), new Budget());
    expect(opened.problems).toMatchObject([{ code: 'input-compressed', data: { format: 'gzip' } }]);
    expect(open('HTTP/1.1 200 OK\r\nContent-Encoding: br\r\n\r\nxyz').problems).toMatchObject([
      { code: 'input-compressed', data: { format: 'br' } },
    ]);
  });

  it('stops at the bound on parts', () => {
    const parts = (count: number) => `${'--b\r\nContent-ID: <1>\r\n\r\nx\r\n'.repeat(count)}--b--`;
    expect(() => openInput(encode(parts(3)), new Budget({ ...DEFAULT_LIMITS, mimeParts: 3 }))).not.toThrow();
    expect(() => openInput(encode(parts(4)), new Budget({ ...DEFAULT_LIMITS, mimeParts: 3 }))).toThrow('mimeParts');
  });

  it('never fails on a header block or boundary cut off anywhere', () => {
    const whole =
      `POST / HTTP/1.1\r\nContent-Type: multipart/related; boundary=b\r\n\r\n--b\r\nContent-Transfer-Encoding: ` +
      `quoted-printable\r\n\r\n=3Ca/>\r\n--b--`;
    for (let end = 0; end <= whole.length; end++) expect(() => open(whole.slice(0, end))).not.toThrow();
  });
});

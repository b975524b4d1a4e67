/**
 * Canonical MIME headers and content, against the profile's own rules (SWA 1.1 §5.4); WSS4J's digests over them are in
 * tests/messages/interop.test.ts.
 */
import { ATTACHMENT_WITH_HEADER } from '../../../src/engine/algorithms/identifiers.ts';
import { describe, expect, it } from 'vitest';
import { contentForm, canonicalContent } from '../../../src/engine/attachments/canonical-content.ts';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { canonicalHeaders } from '../../../src/engine/attachments/canonical-headers.ts';
import { decryptedAttachment } from '../../../src/engine/attachments/decrypted-attachment.ts';

const encode = (text: string) => new TextEncoder().encode(text);
const decode = (octets: Uint8Array) => new TextDecoder().decode(octets);
const headers = (...fields: readonly (readonly [string, string])[]) =>
  decode(canonicalHeaders(fields.map(([name, value]) => ({ name, value }))));

describe('canonical MIME headers', () => {
  it.each([
    [
      'listed fields only, sorted, in their own case',
      [
        ['content-type', 'image/png'],
        ['Received', 'x'],
        ['CONTENT-ID', '<a@b>'],
      ],
      'Content-ID:<a@b>\r\nContent-Type:image/png\r\n',
    ],
    ['a missing type is text', [], 'Content-Type:text/plain;charset="us-ascii"\r\n'],
    [
      'comments go, but not out of quoted strings',
      [
        ['Content-Type', 'a/b'],
        ['Content-Description', 'x (one (two)) y "(kept)"'],
      ],
      'Content-Description:x  y "(kept)"\r\nContent-Type:a/b\r\n',
    ],
    [
      'parameters sorted, quoted, caseless ones lowered',
      [['Content-Type', 'Text/PLAIN; format=Flowed; Charset=UTF-8']],
      'Content-Type:text/plain;charset="utf-8";format="Flowed"\r\n',
    ],
    [
      'continuations and encodings of RFC 2231',
      [['Content-Type', 'a/b; title*0*=us-ascii\'en\'This%20is; title*1=" more"']],
      'Content-Type:a/b;title="This is more"\r\n',
    ],
    [
      'encoded words',
      [
        ['Content-Type', 'a/b'],
        ['Content-Description', '=?ISO-8859-1?Q?H=E4nge?= =?UTF-8?B?bGFtcGU=?='],
      ],
      'Content-Description:Hängelampe\r\nContent-Type:a/b\r\n',
    ],
  ] as const)('%s', (_, fields, expected) => {
    expect(headers(...fields)).toBe(expected);
  });
});

describe('canonical content', () => {
  it.each([
    ['text/xml; charset=utf-8', 'xml'],
    ['image/svg+xml', 'xml'],
    ['Text/Plain', 'text'],
    ['application/json', 'octets'],
    [null, 'octets'],
  ] as const)('%s is %s', (type, form) => {
    expect(contentForm(type)).toBe(form);
  });

  it('brings every line end to CRLF and knows where each octet came from', () => {
    const content = canonicalContent(encode('a\nb\r\nc\rd\r\r\n'), 'text', 'part', new Budget());
    const octets = content?.octets ?? new Uint8Array();
    const segments = content?.origin().segments ?? [];
    expect(decode(octets)).toBe('a\r\nb\r\nc\r\nd\r\n\r\n');
    expect(segments.at(0)?.start).toBe(0);
    expect(segments.every((segment, index) => index === 0 || segment.start === segments[index - 1]!.end)).toBe(true);
    expect(segments.at(-1)?.end).toBe(octets.length);
  });
});

describe('a decrypted attachment', () => {
  const arrived = {
    name: 'a',
    octets: encode('cipher'),
    encoded: encode('cipher'),
    fields: [
      { name: 'Content-Type', value: 'application/octet-stream' },
      { name: 'X-Other', value: 'stays' },
    ],
  };

  it('takes the fields that were encrypted with it', () => {
    const opened = decryptedAttachment(
      arrived,
      ATTACHMENT_WITH_HEADER,
      null,
      encode('Content-Type:image/png\r\n\r\npixels'),
    );
    expect(decode(opened!.octets)).toBe('pixels');
    expect(opened!.fields).toEqual([
      { name: 'Content-Type', value: 'image/png' },
      { name: 'X-Other', value: 'stays' },
    ]);
  });

  it('is none where no header stands before the content', () => {
    expect(decryptedAttachment(arrived, ATTACHMENT_WITH_HEADER, null, encode('pixels'))).toBeNull();
  });
});

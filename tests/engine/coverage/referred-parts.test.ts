/** What the signed Body refers to and nobody signed (docs/attacks.md XSW-15; SOAP 1.1 §5.4.1). */
import { describe, expect, it } from 'vitest';
import { judgeAttack } from '../../building/attack.ts';
import { envelope, goodMessage } from '../../building/good-message.ts';
import { ATTACHMENT_CONTENT } from '../../../src/engine/algorithms/identifiers.ts';
import { SOAP, WSU } from '../../building/names.ts';
import type { Reference } from '../../building/signature.ts';

const bodyWith = (content: string) =>
  `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" wsu:Id="body">${content}</soap:Body>`;

interface Message {
  readonly content: string;
  readonly more?: readonly Reference[];
  readonly header?: string;
}

function signed({ content, more, header }: Message): string {
  const body = bodyWith(content);
  const parts = goodMessage({ body });
  const all = goodMessage({
    body,
    references: [
      { uri: '#body', octets: parts.body },
      { uri: '#ts', octets: parts.timestamp },
      { uri: '#bst', octets: parts.token },
      ...(more ?? []),
    ],
  });
  return envelope({
    body: all.body,
    security: [all.token, all.timestamp, all.signature],
    ...(header === undefined ? {} : { afterSecurity: header }),
  });
}

const withPart = (root: string) =>
  'Content-Type: multipart/related; start="<root@x>"; boundary=b\r\n\r\n' +
  `--b\r\nContent-Type: text/xml\r\nContent-ID: <root@x>\r\n\r\n${root}\r\n` +
  '--b\r\nContent-Type: application/octet-stream\r\nContent-ID: <a@x>\r\n\r\noctets\r\n--b--\r\n';

async function judged(message: string) {
  const { trace } = await judgeAttack({ message: () => message });
  const found = trace.findings.find(({ code }) => code === 'referred-part-not-signed');
  return { headline: trace.verdict.headline, coverage: trace.verdict.axes.coverage, found };
}

describe('an attachment that nobody signed', () => {
  it.each([
    ['an attribute', '<a:file xmlns:a="urn:a" href="cid:a@x"></a:file>'],
    ['a text', '<a:file xmlns:a="urn:a">cid:a%40x</a:file>'],
  ])('and %s of the signed Body refers to', async (_, content) => {
    expect(await judged(withPart(signed({ content })))).toMatchObject({
      headline: 'valid-partial',
      coverage: 'partial',
      found: { severity: 'warning', data: { kind: 'attachment', path: '/soap:Envelope/soap:Body/a:file' } },
    });
  });

  it('is nothing where nobody refers to it', async () => {
    const content = '<a:file xmlns:a="urn:a" href="cid:b@x">see cid:a@x</a:file>';
    expect(await judged(withPart(signed({ content })))).toEqual({ headline: 'valid', coverage: 'full' });
  });
});

it('an attachment that is signed may be referred to', async () => {
  const more: Reference[] = [{ uri: 'cid:a@x', octets: 'octets', transforms: [ATTACHMENT_CONTENT] }];
  const content = '<a:file xmlns:a="urn:a" href="cid:a@x"></a:file>';
  expect(await judged(withPart(signed({ content, more })))).toEqual({ headline: 'valid', coverage: 'full' });
});

describe('an element elsewhere', () => {
  const content = '<a:pay xmlns:a="urn:a"><a:to href="#who"></a:to></a:pay>';
  const who = '<m:who xmlns:m="urn:m" id="who">alice</m:who>';

  it('in an unsigned header, by href', async () => {
    expect(await judged(signed({ content, header: who }))).toMatchObject({
      headline: 'valid-partial',
      found: { data: { kind: 'element', uri: '#who', path: '/soap:Envelope/soap:Body/a:pay/a:to' } },
    });
  });

  it('in a header that is signed', async () => {
    const more: Reference[] = [{ uri: '#who', octets: who }];
    expect(await judged(signed({ content, header: who, more }))).toEqual({ headline: 'valid', coverage: 'full' });
  });

  it('in the Body itself, or nowhere', async () => {
    const inside = content.replace('</a:pay>', '<a:who id="who"></a:who></a:pay>');
    expect((await judged(signed({ content: inside }))).headline).toBe('valid');
    expect((await judged(signed({ content }))).headline).toBe('valid');
  });
});

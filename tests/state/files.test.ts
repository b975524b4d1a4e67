/** Files are told apart by their octets. */
import { describe, expect, it } from 'vitest';
import { fileRole, sortFiles } from '../../src/state/files.ts';

const file = (name: string, content: string | readonly number[]) => ({
  name,
  octets: typeof content === 'string' ? new TextEncoder().encode(content) : Uint8Array.from(content),
});

describe('file roles', () => {
  it.each([
    ['a JKS', file('x', [0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 2]), 'keys'],
    ['a JCEKS', file('x', [0xce, 0xce, 0xce, 0xce]), 'keys'],
    ['DER', file('message.xml', [0x30, 0x82, 0x01, 0x00]), 'keys'],
    ['a signed mark', file('x.smd', 'Marks: a\n-----BEGIN ENCODED SMD-----\n'), 'message'],
    ['PEM with text before it', file('x', 'subject=/CN=a\n-----BEGIN CERTIFICATE-----\n'), 'keys'],
    ['a JWK set', file('x', ' {"keys": []}'), 'keys'],
    ['an xmlsec key file', file('x.xml', '<Keys xmlns="http://www.aleksey.com/xmlsec/2002"/>'), 'keys'],
    ['XML named as a key', file('x.pem', '<soap:Envelope/>'), 'message'],
    ['XML in UTF-16', file('x', [0xff, 0xfe, 0x3c, 0x00, 0x61, 0x00]), 'message'],
    ['an HTTP dump', file('x', 'POST /s HTTP/1.1\r\nHost: a\r\n\r\n<a/>'), 'message'],
    ['base64 of a certificate', file('x', 'MIIDXTCCAkWgAwIBAgIJAJC1HiIAZAiIMA0G'), 'keys'],
    ['raw octets named as a secret', file('hmac.bin', [1, 2, 3, 4]), 'keys'],
  ])('%s', (_what, given, role) => {
    expect(fileRole(given)).toBe(role);
  });
});

describe('several files at once', () => {
  const request = file('b.xml', '<e><wsa:MessageID>urn:1</wsa:MessageID></e>');
  const response = file('a.xml', '<e><wsa:RelatesTo>urn:1</wsa:RelatesTo></e>');
  it('finds the request that the other relates to, whatever the order', () => {
    expect(sortFiles([request, response])).toMatchObject({ message: response, request });
    expect(sortFiles([response, request])).toMatchObject({ message: response, request });
  });
  it('keeps keys apart and says which message had no place', () => {
    const keys = file('k', '-----BEGIN CERTIFICATE-----');
    const other = file('c.xml', '<other/>');
    const sorted = sortFiles([other, keys, response]);
    expect(sorted.keys).toEqual([keys]);
    expect(sorted.message).toBe(other);
    expect(sorted.left).toEqual([response]);
  });
});

/** SOAP envelopes of both versions, their header blocks, and what is wrong with them (SOAP 1.1 §4; SOAP 1.2 §5). */
import { expect, test } from 'vitest';
import { readEnvelope } from '../../../src/engine/envelope/read-envelope.ts';
import { localName } from '../../../src/engine/xml/navigate.ts';
import { parse } from '../tokens/reading.ts';

const S11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const S12 = 'http://www.w3.org/2003/05/soap-envelope';
const read = (text: string) => readEnvelope(parse(text));
const envelope = (ns: string, inner: string) =>
  `<s:Envelope xmlns:s="${ns}" xmlns:wsa="http://www.w3.org/2005/08/addressing">${inner}</s:Envelope>`;
const codes = (text: string) => read(text)?.problems.map((one) => one.code);

test('both versions are known by their namespace', () => {
  expect(read(envelope(S11, '<s:Header/><s:Body/>'))).toMatchObject({ version: '1.1', problems: [] });
  expect(read(envelope(S12, '<s:Header/><s:Body/>'))).toMatchObject({ version: '1.2', problems: [] });
});

test.each([
  '<a/>',
  '<saml:Assertion xmlns:saml="urn:oasis:names:tc:SAML:2.0:assertion"/>',
  '<Signature xmlns="http://www.w3.org/2000/09/xmldsig#"/>',
])('no envelope: %s', (text) => {
  expect(read(text)).toBeNull();
});

test('header blocks carry actor or role and mustUnderstand', () => {
  const one = read(
    envelope(
      S11,
      '<s:Header><x s:actor="urn:a" s:mustUnderstand="1"/><y s:mustUnderstand="0"/><z s:actor=" ' +
        '"/></s:Header><s:Body/>',
    ),
  );
  expect(one?.blocks).toMatchObject([
    { local: 'x', actor: 'urn:a', mustUnderstand: true },
    { local: 'y', actor: null, mustUnderstand: false },
    { local: 'z', actor: null, mustUnderstand: null },
  ]);
  const two = read(envelope(S12, '<s:Header><x s:role="urn:a" s:mustUnderstand="true"/></s:Header><s:Body/>'));
  expect(two?.blocks).toMatchObject([{ actor: 'urn:a', mustUnderstand: true }]);
});

test('WS-Addressing headers are listed with their text', () => {
  const one = read(
    envelope(
      S11,
      '<s:Header><wsa:To> urn:to ' +
        '</wsa:To><wsa:ReplyTo><wsa:Address>urn:r</wsa:Address></wsa:ReplyTo><wsa:Metadata/></s:Header><s:Body/>',
    ),
  );
  expect(one?.addressing).toMatchObject([
    { name: 'To', value: 'urn:to', version: '2005/08' },
    { name: 'ReplyTo', value: 'urn:r' },
  ]);
});

test('the Body is the child of the envelope, nothing deeper', () => {
  const document = parse(envelope(S11, '<s:Header><w><s:Body/></w></s:Header><s:Body><real/></s:Body>'));
  const one = readEnvelope(document);
  expect(one?.bodies).toHaveLength(1);
  expect(localName(document, (one?.body ?? 0) + 1)).toBe('real');
});

test.each([
  [envelope(S11, '<s:Body/><s:Body/>'), ['XSW-05']],
  [envelope(S11, '<s:Header/>'), ['soap-body-missing']],
  [envelope(S11, '<s:Body/><s:Header/>'), ['soap-header-after-body']],
  [envelope(S11, '<s:Header/><s:Header/><s:Body/>'), ['soap-several-headers']],
  [envelope('http://schemas.xmlsoap.org/soap/envelope', '<s:Body/>'), ['soap-namespace-wrong']],
  [envelope(S11, `<Body xmlns="${S12}"/>`), ['soap-namespace-wrong', 'soap-body-missing']],
  [envelope(S11, '<s:Header><x s:mustUnderstand="yes"/></s:Header><s:Body/>'), ['mustunderstand-not-boolean']],
  [
    envelope(S11, `<s:Header><x xmlns:t="${S12}" t:mustUnderstand="1"/></s:Header><s:Body/>`),
    ['soap-attribute-namespace'],
  ],
  [envelope(S11, '<s:Header><wsa:To>a</wsa:To><wsa:To>b</wsa:To></s:Header><s:Body/>'), ['wsa-duplicate-header']],
  [
    envelope(
      S11,
      '<s:Header><wsa:To>a</wsa:To><Action ' +
        'xmlns="http://schemas.xmlsoap.org/ws/2004/08/addressing">b</Action></s:Header><s:Body/>',
    ),
    ['wsa-mismatch'],
  ],
])('problem %#', (text, expected) => {
  expect(codes(text)).toEqual(expected);
});

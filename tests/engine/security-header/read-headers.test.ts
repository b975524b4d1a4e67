/** Which Security header is ours, and which are too many (SMS §5; BSP R3206, R3210). */
import { expect, test } from 'vitest';
import { localName } from '../../../src/engine/xml/navigate.ts';
import { Budget, BudgetExceeded } from '../../../src/engine/bytes/budget.ts';
import { readEnvelope } from '../../../src/engine/envelope/read-envelope.ts';
import { readHeaders } from '../../../src/engine/security-header/read-headers.ts';
import { parse, WSSE } from '../tokens/reading.ts';

const S11 = 'http://schemas.xmlsoap.org/soap/envelope/';
const S12 = 'http://www.w3.org/2003/05/soap-envelope';

function read(headers: string, actor: string | null = null, ns = S11) {
  const document = parse(
    `<s:Envelope xmlns:s="${ns}" xmlns:wsse="${WSSE}"><s:Header>${headers}</s:Header><s:Body/></s:Envelope>`,
  );
  const envelope = readEnvelope(document);
  if (!envelope) throw new Error('no envelope');
  const result = readHeaders(document, envelope, actor, new Budget());
  return {
    document,
    ...result,
    codes: result.problems.map((one) => one.code),
    index: result.headers.findIndex((one) => one.ours),
  };
}
const NEXT = 'http://schemas.xmlsoap.org/soap/actor/next';

test('the header without actor is ours', () => {
  expect(read('<wsse:Security s:actor="urn:a"/><wsse:Security/>')).toMatchObject({ index: 1, codes: [] });
});

test('the header of the receiver actor is ours', () => {
  expect(read('<wsse:Security s:actor="urn:a"/><wsse:Security/>', 'urn:a')).toMatchObject({ index: 0, codes: [] });
});

test('the only header is ours though it names an actor, and that is told', () => {
  expect(read('<wsse:Security s:actor="urn:a"/>')).toMatchObject({ index: 0, codes: ['actor-role-mismatch'] });
  expect(read(`<wsse:Security s:actor="${NEXT}"/>`).problems).toMatchObject([{ severity: 'note' }]);
});

test('no header for the receiver is an error', () => {
  expect(read('<wsse:Security s:actor="urn:a"/>', 'urn:b')).toMatchObject({
    index: -1,
    ours: null,
    codes: ['actor-role-mismatch'],
  });
});

test('ultimateReceiver is the recipient without role', () => {
  expect(read(`<wsse:Security s:role="${S12}/role/ultimateReceiver"/><wsse:Security/>`, null, S12).codes).toContain(
    'XSW-14',
  );
});

test('two headers for one recipient are told with both places', () => {
  const none = read('<wsse:Security/><wsse:Security/>');
  expect(none.codes).toEqual(['XSW-14', 'R3206']);
  expect(none.problems[0]?.ranges).toHaveLength(2);
  expect(read('<wsse:Security s:actor="urn:a"/><wsse:Security s:actor="urn:a"/><wsse:Security/>').codes).toEqual([
    'XSW-14',
    'R3210',
  ]);
});

test.each([
  'http://schemas.xmlsoap.org/ws/2002/07/secext',
  'http://schemas.xmlsoap.org/ws/2003/06/secext',
  '',
  'https://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-secext-1.0.xsd',
])('the namespace %j is named', (ns) => {
  const result = read(`<Security xmlns="${ns}"/>`);
  expect(result.codes).toEqual(['signature-not-in-ds-namespace']);
  expect(result.headers[0]?.draft).not.toBeNull();
});

test("another specification's Security header is not taken", () => {
  expect(read('<Security xmlns="urn:example:house-alarm"/>')).toMatchObject({ headers: [], codes: [] });
});

test('children stand in document order', () => {
  const result = read('<wsse:Security><wsse:B/><!-- x --><wsse:A/>text</wsse:Security>');
  expect(result.ours?.children.map((child) => localName(result.document, child))).toEqual(['B', 'A']);
});

test('the number of headers is bounded', () => {
  expect(read('<wsse:Security s:actor="urn:a"/>'.repeat(64)).headers).toHaveLength(64);
  expect(() => read('<wsse:Security s:actor="urn:a"/>'.repeat(65))).toThrow(BudgetExceeded);
});

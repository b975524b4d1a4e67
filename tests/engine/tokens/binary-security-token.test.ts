/**
 * BinarySecurityTokens are what their octets are; wrong labels and damage are told (XTP 1.1 §3.1). OpenSSL made the
 * containers.
 */
import type { Data } from '../../../src/engine/trace/trace.ts';
import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { Budget, BudgetExceeded, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { indexIds } from '../../../src/engine/references/index-ids.ts';
import { readBinarySecurityToken } from '../../../src/engine/tokens/binary-security-token.ts';
import { readTokens } from '../../../src/engine/tokens/read-tokens.ts';
import { descendantElementsNamed } from '../../../src/engine/xml/navigate.ts';
import { B64, certificates, crypto, message, parse, WSSE } from './reading.ts';

const X509 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0';
const fixture = (name: string) => readFileSync(`tests/fixtures/key-resolution/${name}`);
const client = fixture('client-rsa2048.crt.der');

function read(content: string, valueType: string | null = `${X509}#X509v3`, encodingType: string | null = B64) {
  const document = parse(
    message(
      `<wsse:BinarySecurityToken${valueType === null ? '' : ` ValueType="${valueType}"`}${encodingType === null ? '' : ` EncodingType="${encodingType}"`}>${content}</wsse:BinarySecurityToken>`,
    ),
  );
  const token = readBinarySecurityToken(
    document,
    descendantElementsNamed(document, 0, WSSE, 'BinarySecurityToken')[0] ?? 0,
    certificates,
  );
  return {
    ...token,
    codes: token.problems.map((one) => one.code),
    reasons: token.problems.map((one) => (one.data as Data | undefined)?.['reason']),
    subjects: token.certificates.map((one) => one.subjectText),
  };
}
const base64 = (octets: Uint8Array) => Buffer.from(octets).toString('base64');

test('one certificate', () => {
  expect(read(base64(client))).toMatchObject({ format: 'X509', codes: [] });
  expect(read(base64(client).replace(/(.{64})/g, '$1\n'))).toMatchObject({ format: 'X509', codes: [] });
});

test('a PKIPath has its end certificate first here, though it stands last', () => {
  const path = read(base64(fixture('chain.pkipath.der')), `${X509}#X509PKIPathv1`);
  expect(path).toMatchObject({ format: 'PKIPath', codes: [] });
  expect(path.subjects).toHaveLength(2);
  expect(path.subjects[0]).toContain('chain-rsa2048');
});

test('PKCS7 gives its certificates, the end certificate first', () => {
  const pkcs7 = read(base64(fixture('chain.p7b.der')), `${X509}#PKCS7`);
  expect(pkcs7).toMatchObject({ format: 'PKCS7', codes: [] });
  expect(pkcs7.subjects[0]).toContain('chain-rsa2048');
});

test.each<[string, string, string | null, readonly string[]]>([
  ['value-type-differs', base64(client), `${X509}#X509PKIPathv1`, ['bst-content-malformed']],
  ['value-type-differs', base64(fixture('chain.p7b.der')), `${X509}#X509v3`, ['bst-content-malformed']],
  ['not-base64', '§§§', `${X509}#X509v3`, ['bst-content-malformed']],
  ['empty', '', `${X509}#X509v3`, ['bst-content-malformed']],
  ['not-der', base64(client.subarray(0, 300)), `${X509}#X509v3`, ['bst-content-malformed']],
  ['not-der', Buffer.from(base64(client)).toString('base64'), `${X509}#X509v3`, ['bst-content-malformed']],
  [
    'pem-armour',
    `-----BEGIN CERTIFICATE-----\n${base64(client)}\n-----END CERTIFICATE-----`,
    `${X509}#X509v3`,
    ['bst-content-malformed'],
  ],
])('%s (%#)', (reason, content, type, codes) => {
  const token = read(content, type);
  expect(token.codes).toEqual(codes);
  expect(token.reasons[0]).toBe(reason);
});

test('missing and wrong types are told, the certificate is read all the same', () => {
  expect(read(base64(client), null)).toMatchObject({ format: 'X509', codes: ['R3031'] });
  expect(read(base64(client), `${X509}#X509v3`, null)).toMatchObject({ format: 'X509', codes: ['R3029'] });
  expect(read(base64(client), `${X509}#X509v3`, B64.replace('Base64', 'Hex')).codes).toEqual([
    'R3030',
    'bst-content-malformed',
  ]);
});

test('tokens of others are shown, not accused', () => {
  expect(
    read('YIIBAA==', 'http://docs.oasis-open.org/wss/oasis-wss-kerberos-token-profile-1.1#GSS_Kerberosv5_AP_REQ'),
  ).toMatchObject({ stated: 'Kerberos', codes: [] });
  expect(read('bHRwYQ==', 'http://www.ibm.com/websphere/appserver/tokentype/5.0.2#LTPA')).toMatchObject({
    stated: 'other',
    codes: ['R3032'],
  });
});

test('content moved to an attachment is told', () => {
  expect(read('<xop:Include xmlns:xop="http://www.w3.org/2004/08/xop/include" href="cid:a"/>').codes).toEqual([
    'bst-mtom-optimised',
  ]);
});

test('the certificates of a message are bounded', () => {
  const document = parse(
    message(
      (
        `<wsse:BinarySecurityToken ValueType="${X509}#X509v3" ` +
        `EncodingType="${B64}">${base64(client)}</wsse:BinarySecurityToken>`
      ).repeat(3),
    ),
  );
  const header = descendantElementsNamed(document, 0, WSSE, 'Security')[0] ?? 0;
  expect(() =>
    readTokens(document, header, indexIds(document, []), {
      crypto,
      certificates,
      budget: new Budget({ ...DEFAULT_LIMITS, certificatesInMessage: 2 }),
    }),
  ).toThrow(BudgetExceeded);
});

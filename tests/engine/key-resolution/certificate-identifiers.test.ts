/**
 * Certificates are found by every identifier, and wrong ways of making one are proven. Node's X509Certificate is the
 * oracle.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { der, entry, issuerSerial, keyIdentifier, node, resolve, SMS11, str, X509 } from './references.ts';

const THUMBPRINT = `${SMS11}#ThumbprintSHA1`;
const SKI = `${X509}#X509SubjectKeyIdentifier`;
const sha1 = (octets: Buffer) => createHash('sha1').update(octets).digest();
const thumbprint = Buffer.from(node('client-rsa2048').fingerprint.replaceAll(':', ''), 'hex');
/** From `openssl x509 -ext subjectKeyIdentifier`. */
const SKI_OCTETS = der('client-rsa2048')
  .subarray(der('client-rsa2048').indexOf(Buffer.from('0603551d0e04160414', 'hex')) + 9)
  .subarray(0, 20);
const spki = node('client-rsa2048').publicKey.export({ type: 'spki', format: 'der' });
const ISSUER = 'CN=Example Root CA,OU=Interop,O=Example Peers,C=NL';

test.each([
  ['thumbprint', keyIdentifier(THUMBPRINT, thumbprint.toString('base64'))],
  ['ski', keyIdentifier(SKI, SKI_OCTETS.toString('base64'))],
  ['x509-keyid', keyIdentifier(`${X509}#X509v3`, der('client-rsa2048').toString('base64'))],
  ['issuer-serial', issuerSerial(ISSUER, '3')],
  ['x509-ski', str(`<ds:X509Data><ds:X509SKI>${SKI_OCTETS.toString('base64')}</ds:X509SKI></ds:X509Data>`)],
  [
    'subject-name',
    '<ds:X509Data><ds:X509SubjectName>CN=client-rsa2048, OU=Interop, O=Example Peers, ' +
      'C=NL</ds:X509SubjectName></ds:X509Data>',
  ],
  [
    'x509-digest',
    '<ds:X509Data><d:X509Digest xmlns:d="http://www.w3.org/2009/xmldsig11#" ' +
      `Algorithm="http://www.w3.org/2001/04/xmlenc#sha256">${createHash('sha256').update(der('client-rsa2048')).digest('base64')}</d:X509Digest></ds:X509Data>`,
  ],
  [
    'x509-certificate',
    `<ds:X509Data><ds:X509Certificate>${der('client-rsa2048').toString('base64')}</ds:X509Certificate></ds:X509Data>`,
  ],
])('%s', async (how, keyInfo) => {
  const result = await resolve(keyInfo);
  expect(result.taken).toEqual(['client-rsa2048']);
  expect(result.keys[0]?.how).toBe(how);
  expect(result.codes.filter((code) => code !== 'R5206')).toEqual([]);
});

test('every given certificate is listed with the reason it was left', async () => {
  const result = await resolve(keyIdentifier(THUMBPRINT, thumbprint.toString('base64')));
  expect(result.candidates.map((one) => [one.entry, one.taken, one.reason])).toEqual([
    ['client-rsa2048', true, 'matches'],
    ['other-rsa2048', false, 'thumbprint-differs'],
    ['odd-rsa2048', false, 'thumbprint-differs'],
    ['noski-rsa2048', false, 'thumbprint-differs'],
  ]);
});

test('a certificate without SKI is found by the computed one', async () => {
  const bits = node('noski-rsa2048').publicKey.export({ type: 'pkcs1', format: 'der' });
  expect(await resolve(keyIdentifier(SKI, sha1(bits).toString('base64')))).toMatchObject({
    taken: ['noski-rsa2048'],
    codes: [],
  });
});

test.each<[string, string, string, Buffer | string]>([
  ['thumbprint-wrong', THUMBPRINT, 'base64-of-hex', Buffer.from(thumbprint.toString('hex'))],
  [
    'thumbprint-wrong',
    THUMBPRINT,
    'sha256-of-certificate',
    createHash('sha256').update(der('client-rsa2048')).digest(),
  ],
  ['thumbprint-wrong', THUMBPRINT, 'subject-key-identifier', SKI_OCTETS],
  ['ski-computed-wrong', SKI, 'octet-string-header', Buffer.concat([Buffer.from([4, 20]), SKI_OCTETS])],
  ['ski-computed-wrong', SKI, 'sha1-of-key', sha1(spki)],
  ['ski-computed-wrong', SKI, 'sha1-of-certificate', thumbprint],
])('%s (%#)', async (code, type, how, value) => {
  const result = await resolve(keyIdentifier(type, Buffer.from(value).toString('base64')));
  expect(result.taken).toEqual(['client-rsa2048']);
  expect(result.findings).toMatchObject([{ code, severity: 'warning', data: { how } }]);
});

test('hexadecimal instead of base64 is proven', async () => {
  expect((await resolve(keyIdentifier(THUMBPRINT, node('client-rsa2048').fingerprint))).findings).toMatchObject([
    { code: 'thumbprint-wrong', data: { how: 'hex-text' } },
  ]);
});

const ODD_ISSUER = 'CN=Odd\\=CA #1,O=Müller\\, Söhne &amp; \\"Co\\" \\+ Ω,C=DE';
const ODD_SERIAL = BigInt('0xC0FFEE1234567890ABCDEF1234567890ABCE');
test.each<[string, string, string, readonly string[]]>([
  ['RFC 2253, whose backslashes WCF does not read', ODD_ISSUER, ODD_SERIAL.toString(), ['issuer-dn-format']],
  ['quoted', 'CN="Odd=CA #1", O="Müller, Söhne &amp; \\"Co\\" + Ω", C=DE', ODD_SERIAL.toString(), []],
  [
    'reversed',
    'C=DE,O=Müller\\, Söhne &amp; \\"Co\\" \\+ Ω,CN=Odd\\=CA #1',
    ODD_SERIAL.toString(),
    ['issuer-dn-format'],
  ],
  ['hex serial', ODD_ISSUER, ODD_SERIAL.toString(16), ['serial-hex-or-sign']],
  ['low 64 bits', ODD_ISSUER, BigInt.asUintN(64, ODD_SERIAL).toString(), ['serial-hex-or-sign']],
  [
    'subject as issuer',
    '1.2.840.113549.1.9.1=odd@example.test,CN=odd-rsa2048,O=Müller\\, Söhne &amp; \\"Co\\" \\+ Ω,C=DE',
    ODD_SERIAL.toString(),
    ['issuer-is-subject'],
  ],
])('issuer and serial: %s', async (_, issuer, serial, codes) => {
  expect(await resolve(issuerSerial(issuer, serial))).toMatchObject({ taken: ['odd-rsa2048'], codes });
});

test.each([
  [keyIdentifier(THUMBPRINT, Buffer.alloc(20).toString('base64')), { form: 'thumbprint' }],
  [issuerSerial(ISSUER, '4000'), { form: 'issuer-serial', issuer: ISSUER, serial: '4000' }],
  [issuerSerial('CN=Nobody', '3'), { form: 'issuer-serial' }],
])('what is not there is asked for (%#)', async (keyInfo, data) => {
  const result = await resolve(keyInfo);
  expect(result).toMatchObject({
    keys: [],
    missing: { code: 'signer-certificate-not-found', data },
    codes: ['signer-certificate-not-found'],
  });
});

test('for decryption the private key must be there', async () => {
  const keyInfo = keyIdentifier(THUMBPRINT, thumbprint.toString('base64'));
  const without = await resolve(keyInfo, { purpose: 'decrypt' });
  expect(without).toMatchObject({ keys: [], missing: { code: 'private-key-not-found' } });
  const own = entry('client-rsa2048');
  const publicKey = own.publicKey;
  if (!publicKey) throw new Error('no key');
  const withKey = await resolve(keyInfo, {
    purpose: 'decrypt',
    keys: [
      entry('client-rsa2048', 'k1'),
      entry('client-rsa2048', 'k2', { privateKey: { pkcs8: new Uint8Array(1), publicKey } }),
    ],
  });
  expect(withKey.keys.map((one) => one.entry)).toEqual(['k2']);
});

test('of several certificates in X509Data the end certificate is taken', async () => {
  const certificate = (stem: 'client-rsa2048' | 'other-rsa2048') =>
    `<ds:X509Certificate>${der(stem).toString('base64')}</ds:X509Certificate>`;
  const named = await resolve(
    `<ds:X509Data>${certificate('other-rsa2048')}${certificate('client-rsa2048')}<ds:X509SubjectName>CN=client-rsa2048,OU=Interop,O=Example ` +
      'Peers,C=NL</ds:X509SubjectName></ds:X509Data>',
  );
  expect(named.taken).toEqual(['client-rsa2048']);
});

test('PEM left inside X509Certificate is read and told', async () => {
  const pem = node('client-rsa2048').toString();
  for (const text of [pem, Buffer.from(pem).toString('base64')]) {
    expect(await resolve(`<ds:X509Data><ds:X509Certificate>${text}</ds:X509Certificate></ds:X509Data>`)).toMatchObject({
      taken: ['client-rsa2048'],
      codes: ['x509-certificate-malformed'],
    });
  }
});

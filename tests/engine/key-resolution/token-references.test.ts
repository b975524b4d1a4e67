/** Token references lead to their token; broken, doubled and circular ones are told and not followed (SMS §7). */
import { createHash, createHmac } from 'node:crypto';
import { expect, test } from 'vitest';
import { BudgetExceeded } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { makeTokenDereferencer } from '../../../src/engine/key-resolution/token-dereferencer.ts';
import { descendantElementsNamed, localName } from '../../../src/engine/xml/navigate.ts';
import { message } from '../tokens/reading.ts';
import { answeredWith, openMessage } from './peer-corpus.ts';
import {
  ALL,
  B64,
  bst,
  der,
  DS,
  entry,
  issuerSerial,
  keyIdentifier,
  node,
  resolve,
  secret,
  SMS11,
  str,
  X509,
} from './references.ts';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const WSC = 'http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512';
const SAML2 = 'urn:oasis:names:tc:SAML:2.0:assertion';
const direct = (uri: string, type = `${X509}#X509v3`) => str(`<wsse:Reference URI="${uri}" ValueType="${type}"/>`);
const SECRET = Uint8Array.from({ length: 32 }, (_, i) => i);

test('a direct reference takes the token, not another given certificate', async () => {
  const result = await resolve(direct('#T'), { header: bst('other-rsa2048', 'U') + bst('client-rsa2048') });
  expect(result).toMatchObject({ taken: ['client-rsa2048'], codes: [] });
  expect(result.keys[0]).toMatchObject({ from: 'message', how: 'bst-direct', entry: 'client-rsa2048' });
});

test.each<[string, string, string]>([
  ['T', 'missing-hash', 'missing-hash'],
  ['#t', 'dangling', 'case'],
  ['#Q', 'dangling', ''],
  ['', 'no-uri', ''],
])('reference %j is broken and takes nothing', async (uri, reason, nearKind) => {
  const result = await resolve(direct(uri), { header: bst('client-rsa2048') });
  expect(result).toMatchObject({
    keys: [],
    codes: ['bst-reference-broken'],
    missing: { code: 'bst-reference-broken' },
  });
  expect(result.findings[0]?.data['reason']).toBe(reason);
  if (nearKind !== '') {
    expect(result.findings[0]?.data['nearKind']).toBe(nearKind);
    expect(result.candidates).toMatchObject([{ taken: false, reason: 'reference-broken' }]);
  }
});

test('an id that stands twice is not followed', async () => {
  expect(await resolve(direct('#T'), { header: bst('client-rsa2048') + bst('other-rsa2048') })).toMatchObject({
    keys: [],
    codes: ['dup-id'],
  });
});

test('another ValueType than the token has is told', async () => {
  expect(await resolve(direct('#T', `${X509}#X509PKIPathv1`), { header: bst('client-rsa2048') })).toMatchObject({
    taken: ['client-rsa2048'],
    codes: ['keyid-type-unexpected'],
  });
});

test('an embedded token is taken', async () => {
  expect(await resolve(str(`<wsse:Embedded>${bst('client-rsa2048')}</wsse:Embedded>`))).toMatchObject({
    taken: ['client-rsa2048'],
    codes: [],
  });
});

test('references to references are refused, so no chain can be long', async () => {
  const header = Array.from(
    { length: 50 },
    (_, i) =>
      `<wsse:SecurityTokenReference wsu:Id="R${i}"><wsse:Reference URI="#R${i + 1}"/></wsse:SecurityTokenReference>`,
  ).join('');
  expect(await resolve(direct('#R0'), { header })).toMatchObject({ keys: [], codes: ['R3057'] });
});

test('a circle of KeyInfos is told', async () => {
  const result = await resolve(`<ds:RetrievalMethod URI="#K"/>`, {
    header: `<x><ds:KeyInfo xmlns:ds="${DS}" wsu:Id="K"><ds:RetrievalMethod URI="#K"/></ds:KeyInfo></x>`,
  });
  expect(result.codes).toContain('key-reference-cycle');
});

test('KeyInfos deeper than the budget are a limit', async () => {
  const header = Array.from(
    { length: 6 },
    (_, i) => `<x><ds:KeyInfo xmlns:ds="${DS}" wsu:Id="K${i}"><ds:RetrievalMethod URI="#K${i + 1}"/></ds:KeyInfo></x>`,
  ).join('');
  await expect(resolve('<ds:RetrievalMethod URI="#K0"/>', { header })).rejects.toThrow(BudgetExceeded);
});

test('RetrievalMethod and KeyInfoReference within the document are followed', async () => {
  const certificate = `<ds:X509Certificate xmlns:ds="${DS}" Id="C">${der('client-rsa2048').toString('base64')}</ds:X509Certificate>`;
  expect((await resolve('<ds:RetrievalMethod URI="#C"/>', { header: `<x>${certificate}</x>` })).taken).toEqual([
    'client-rsa2048',
  ]);
  const keyInfo = `<ds:KeyInfo xmlns:ds="${DS}" Id="K"><ds:X509Data>${certificate}</ds:X509Data></ds:KeyInfo>`;
  expect(
    (
      await resolve('<d:KeyInfoReference xmlns:d="http://www.w3.org/2009/xmldsig11#" URI="#K"/>', {
        header: `<x>${keyInfo}</x>`,
      })
    ).taken,
  ).toEqual(['client-rsa2048']);
  expect(
    await resolve(`<ds:RetrievalMethod URI="c.der" Type="${DS}rawX509Certificate"/>`, {
      context: { external: new Map([['c.der', der('client-rsa2048')]]) },
    }),
  ).toMatchObject({ taken: ['client-rsa2048'] });
  expect((await resolve('<ds:RetrievalMethod URI="http://a.example/c.der"/>')).codes).toEqual([
    'retrieval-method-external',
  ]);
});

test('KeyName, with and without a key of that name', async () => {
  const keys = [secret('a', SECRET), secret('b', SECRET.slice(1))];
  expect((await resolve('<ds:KeyName>b</ds:KeyName>', { keys, purpose: 'mac' })).taken).toEqual(['b']);
  expect(
    (await resolve('<ds:KeyName>c</ds:KeyName>', { keys: [secret(null, SECRET)], purpose: 'mac' })).keys,
  ).toMatchObject([{ how: 'only-key', reason: 'unnamed-secret' }]);
  expect(
    (
      await resolve('<ds:KeyName>k</ds:KeyName>', {
        keys: [entry('client-rsa2048', 'x', { name: 'k' }), entry('other-rsa2048', 'y', { name: 'l' })],
      })
    ).taken,
  ).toEqual(['client-rsa2048']);
  expect((await resolve('<ds:KeyName>CN=client-rsa2048,OU=Interop,O=Example Peers,C=NL</ds:KeyName>')).taken).toEqual([
    'client-rsa2048',
  ]);
});

test('a public key is never a secret', async () => {
  expect((await resolve(direct('#T'), { header: bst('client-rsa2048'), purpose: 'mac' })).keys).toEqual([]);
  expect((await resolve('<ds:KeyName>client-rsa2048</ds:KeyName>', { purpose: 'mac' })).keys).toEqual([]);
});

test('an empty KeyInfo leaves the given keys', async () => {
  expect((await resolve('')).taken).toHaveLength(ALL.length);
  expect(await resolve('', { keys: [] })).toMatchObject({ keys: [], codes: ['keyinfo-missing-or-empty'] });
});

test('a KeyValue is a key without certificate unless one is given for it', async () => {
  const jwk = node('client-rsa2048').publicKey.export({ format: 'jwk' });
  const base64 = (text = '') => Buffer.from(text, 'base64url').toString('base64');
  const value = `<ds:KeyValue><ds:RSAKeyValue><ds:Modulus>${base64(jwk.n)}</ds:Modulus><ds:Exponent>${base64(jwk.e)}</ds:Exponent></ds:RSAKeyValue></ds:KeyValue>`;
  expect((await resolve(value, { keys: [] })).keys).toMatchObject([
    { how: 'key-value', certificate: null, from: 'message' },
  ]);
  expect((await resolve(value)).keys).toMatchObject([{ how: 'key-value', entry: 'client-rsa2048' }]);
});

const CIPHER = Buffer.from('cipher octets of a session key');
const encryptedKey =
  `<xenc:EncryptedKey xmlns:xenc="${XENC}" ` +
  `Id="EK"><xenc:CipherData><xenc:CipherValue>${CIPHER.toString('base64')}</xenc:CipherValue></xenc:CipherData></xenc:EncryptedKey>`;
const sha1 = (octets: Buffer | string) => createHash('sha1').update(octets).digest('base64');

test('EncryptedKeySHA1 finds a session key of the message, the request, or a given secret', async () => {
  const reference = keyIdentifier(`${SMS11}#EncryptedKeySHA1`, sha1(CIPHER));
  const unopened = await resolve(reference, { header: encryptedKey, purpose: 'mac' });
  expect(unopened).toMatchObject({ keys: [], missing: { code: 'encrypted-key-not-opened' }, codes: [] });
  const opened = await resolve(reference, {
    header: encryptedKey,
    purpose: 'mac',
    context: { encryptedKeySecrets: new Map([[unopened.token ?? -1, SECRET]]) },
  });
  expect(opened.keys).toMatchObject([{ how: 'encrypted-key-sha1', secret: SECRET }]);
  expect(
    (
      await resolve(reference, {
        purpose: 'mac',
        context: { answered: answeredWith({ secrets: new Map([[sha1(CIPHER), SECRET]]) }) },
      })
    ).keys,
  ).toMatchObject([{ from: 'request', secret: SECRET }]);
  expect(
    (
      await resolve(keyIdentifier(`${SMS11}#EncryptedKeySHA1`, sha1(Buffer.from(SECRET))), {
        keys: [secret('s', SECRET)],
        purpose: 'mac',
      })
    ).keys,
  ).toMatchObject([{ reason: 'sha1-of-secret' }]);
});

test('a wrong EncryptedKeySHA1 is proven or told', async () => {
  const text = keyIdentifier(`${SMS11}#EncryptedKeySHA1`, sha1(CIPHER.toString('base64')));
  expect((await resolve(text, { header: encryptedKey, purpose: 'mac' })).findings).toMatchObject([
    { code: 'encryptedkeysha1-wrong', data: { how: 'base64-text' } },
  ]);
  expect(
    (await resolve(keyIdentifier(`${SMS11}#EncryptedKeySHA1`, sha1('x')), { header: encryptedKey, purpose: 'mac' }))
      .codes,
  ).toEqual(['encryptedkeysha1-wrong']);
  expect((await resolve(keyIdentifier(`${SMS11}#EncryptedKeySHA1`, sha1('x')), { purpose: 'mac' })).codes).toEqual([
    'encryptedkey-missing',
  ]);
  expect((await resolve(direct('#EK', `${SMS11}#EncryptedKey`), { purpose: 'mac' })).codes).toEqual([
    'encryptedkey-missing',
  ]);
});

/** P_SHA-1 by Node's HMAC. */
function pSha1(key: Uint8Array, seed: Buffer, length: number): Buffer {
  let a: Buffer = seed;
  let out = Buffer.alloc(0);
  while (out.length < length) {
    a = createHmac('sha1', key).update(a).digest();
    out = Buffer.concat([out, createHmac('sha1', key).update(a).update(seed).digest()]);
  }
  return out.subarray(0, length);
}

test('derived keys of derived keys follow the chain', async () => {
  const nonce = Buffer.from('0123456789abcdef');
  const derived = (id: string, parent: string, parameters: string) =>
    `<c:DerivedKeyToken xmlns:c="${WSC}" ` +
    `wsu:Id="${id}">${direct(`#${parent}`, `${WSC}/sct`)}${parameters}<c:Nonce>${nonce.toString('base64')}</c:Nonce></c:DerivedKeyToken>`;
  const context =
    `<c:SecurityContextToken xmlns:c="${WSC}" ` +
    'wsu:Id="S"><c:Identifier>urn:s</c:Identifier></c:SecurityContextToken>';
  const header =
    context +
    derived('D1', 'S', '<c:Generation>1</c:Generation><c:Length>16</c:Length>') +
    derived('D2', 'D1', '<c:Offset>3</c:Offset><c:Length>20</c:Length><c:Label>L</c:Label>');
  const label = Buffer.from('WS-SecureConversationWS-SecureConversation');
  const first = pSha1(SECRET, Buffer.concat([label, nonce]), 32).subarray(16);
  const second = pSha1(first, Buffer.concat([Buffer.from('L'), nonce]), 23).subarray(3);
  const result = await resolve(direct('#D2', `${WSC}/dk`), {
    header,
    keys: [secret('urn:s', SECRET), secret('urn:t', SECRET.slice(2))],
    purpose: 'mac',
  });
  expect(result.keys.map((key) => Buffer.from(key.secret ?? []))).toEqual([second]);
  expect(result.steps.filter((step) => step.kind === 'derive-key')).toMatchObject([
    { status: 'passed', data: { how: 'derived-key', octets: 20, offset: 3, label: 'L' } },
    { status: 'unknown' },
  ]);
  expect(JSON.stringify(result.steps)).not.toContain(second.toString('base64'));
});

test('a token that is kept back names what is needed', async () => {
  const username =
    '<wsse:UsernameToken wsu:Id="U" ' +
    'xmlns:w11="http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd"><wsse:Username>dora</wsse:Username><w11:Salt>AQEBAQEBAQEBAQEBAQEBAQ==</w11:Salt><w11:Iteration>2</w11:Iteration></wsse:UsernameToken>';
  expect((await resolve(direct('#U'), { header: username, purpose: 'mac' })).missing).toEqual({
    code: 'password-not-given',
    data: { username: 'dora' },
  });
  const kerberos =
    `<wsse:BinarySecurityToken wsu:Id="B" EncodingType="${B64}" ` +
    'ValueType="http://docs.oasis-open.org/wss/oasis-wss-kerberos-token-profile-1.1#GSS_Kerberosv5_AP_REQ">YAEA</wsse:BinarySecurityToken>';
  expect(await resolve(direct('#B'), { header: kerberos, purpose: 'mac' })).toMatchObject({
    keys: [],
    unsupported: 'Kerberos',
  });
});

test("a reference leads to a token of the request, its own by an id with or without '#', an assertion by its id", async () => {
  const request = answeredWith(
    {},
    message(
      '<wsse:UsernameToken wsu:Id="U" xmlns:w11="http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd">' +
        '<wsse:Username>bob</wsse:Username><w11:Salt>AQEBAQEBAQEBAQEBAQEBAQ==</w11:Salt>' +
        '<w11:Iteration>2</w11:Iteration></wsse:UsernameToken>' +
        `<a:Assertion xmlns:a="${SAML2}" ID="A"><a:Issuer>i</a:Issuer><a:Subject><a:SubjectConfirmation ` +
        'Method="urn:oasis:names:tc:SAML:2.0:cm:holder-of-key"><a:SubjectConfirmationData>' +
        `<ds:KeyInfo xmlns:ds="${DS}"><ds:X509Data><ds:X509Certificate>${der('client-rsa2048').toString('base64')}` +
        '</ds:X509Certificate></ds:X509Data></ds:KeyInfo></a:SubjectConfirmationData></a:SubjectConfirmation></a:Subject>' +
        '</a:Assertion>',
    ),
  );
  const context = { answered: request };
  const derived = { keys: [{ from: 'request', how: 'username-token', reason: 'derived' }] };
  expect(await resolve(direct('#U'), { purpose: 'mac', context })).toMatchObject(derived);
  expect(await resolve(direct('U'), { purpose: 'mac', context })).toMatchObject(derived);
  const saml = keyIdentifier('http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLID', 'A');
  const held = await resolve(saml, { context });
  expect(held).toMatchObject({
    keys: [{ from: 'request', certificate: { subjectText: expect.anything() } }],
    codes: [],
  });
  // Nothing of the request's tree is taken for the message's.
  expect(held.token).toBeNull();
  expect(held.keys[0]?.confirmedBy).toBeUndefined();
  const twice = answeredWith({}, message('<wsse:UsernameToken wsu:Id="U"/><wsse:UsernameToken wsu:Id="U"/>'));
  const dup = await resolve(direct('#U'), { purpose: 'mac', context: { answered: twice } });
  expect(dup).toMatchObject({ keys: [], codes: ['bst-reference-broken'] });
});

test('the dereferencer of STR-Transform gives the node, or the certificate to synthesise a token of', () => {
  const references = [
    direct('#T'),
    str(`<wsse:Embedded>${bst('other-rsa2048', 'E')}</wsse:Embedded>`),
    issuerSerial('CN=Example Root CA,OU=Interop,O=Example Peers,C=NL', '3'),
    direct('#none'),
    issuerSerial('CN=x', '1'),
  ];
  const { context } = openMessage(
    encodeUtf8(message(`${bst('client-rsa2048')}<x xmlns:ds="${DS}">${references.join('')}</x>`)),
    ALL,
  );
  const { document } = context;
  const dereference = makeTokenDereferencer(context);
  const results = descendantElementsNamed(document, 0, null, 'SecurityTokenReference').map((one) => dereference(one));
  expect(
    results.map((one) =>
      one.type === 'node'
        ? localName(document, one.node)
        : one.type === 'certificate'
          ? Buffer.from(one.der).equals(der('client-rsa2048'))
          : one.reason,
    ),
  ).toEqual([
    'BinarySecurityToken',
    'BinarySecurityToken',
    true,
    'bst-reference-broken',
    'signer-certificate-not-found',
  ]);
});

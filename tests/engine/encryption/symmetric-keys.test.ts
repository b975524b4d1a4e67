/**
 * Symmetric keys from elsewhere: agreed on, derived, from the request, beside SAML assertions (XML Encryption 1.1 §5.4
 * to §5.6; SMS §7.7).
 */
import { diffieHellman, hkdfSync, pbkdf2Sync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import type { JudgeRequest } from '../../../src/engine/message/request.ts';
import { judgeMessage, keyFromPem, secret } from '../judging.ts';
import { DS, TYPE_ELEMENT, WSSE, XENC, XENC11 } from '../../building/names.ts';
import {
  createHash,
  createHmac,
  encryptedData,
  encryptedKey,
  envelope,
  gcm,
  generateKeyPairSync,
  keyName,
  oaep,
  ORDER,
  PRIVATE_PEM,
  randomBytes,
  RECIPIENT,
  referenceList,
  securityTokenReference,
  wrap,
} from '../../building/encryption.ts';

const session = randomBytes(16);
const MORE21 = 'http://www.w3.org/2021/04/xmldsig-more#';
const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';

async function opens(message: string, keys: readonly KeyEntry[], more: Partial<JudgeRequest> = {}) {
  const run = await judgeMessage(message, { keys, ...more });
  expect(run.trace.verdict.axes.decryption, JSON.stringify(run.trace.findings)).toBe('pass');
  expect(run.trace.encrypted[0]!.plaintextSha256).toBe(createHash('sha256').update(ORDER).digest('hex'));
}

/** ConcatKDF with SHA-256 (NIST SP 800-56A §5.8.1), for at most one block. */
const concatKdf = (z: Buffer, info: Buffer, length: number) =>
  createHash('sha256')
    .update(Buffer.concat([Buffer.from([0, 0, 0, 1]), z, info]))
    .digest()
    .subarray(0, length);
const CONCAT =
  `<xenc11:KeyDerivationMethod xmlns:xenc11="${XENC11}" Algorithm="${XENC11}ConcatKDF"><xenc11:ConcatKDFParams ` +
  `AlgorithmID="0012" PartyUInfo="00AB" PartyVInfo="00CD"><ds:DigestMethod xmlns:ds="${DS}" ` +
  `Algorithm="${XENC}sha256"/></xenc11:ConcatKDFParams></xenc11:KeyDerivationMethod>`;
const salt = randomBytes(16);
const HKDF =
  `<xenc11:KeyDerivationMethod xmlns:xenc11="${XENC11}" Algorithm="${MORE21}hkdf"><m:HKDFParams ` +
  `xmlns:m="${MORE21}"><m:PRF ` +
  `Algorithm="${MORE01}hmac-sha256"/><m:Salt>${salt.toString('base64')}</m:Salt><m:KeyLength>32</m:KeyLength></m:HKDFParams></xenc11:KeyDerivationMethod>`;
const PBKDF2 =
  `<xenc11:KeyDerivationMethod xmlns:xenc11="${XENC11}" ` +
  `Algorithm="${XENC11}pbkdf2"><xenc11:PBKDF2-params><xenc11:Salt><xenc11:Specified>${salt.toString('base64')}</xenc11:Specified></xenc11:Salt><xenc11:IterationCount>1500</xenc11:IterationCount><xenc11:KeyLength>16</xenc11:KeyLength><xenc11:PRF ` +
  `Algorithm="${MORE01}hmac-sha256"/></xenc11:PBKDF2-params></xenc11:KeyDerivationMethod>`;

describe('key agreement', () => {
  const der = (key: KeyObject) => key.export({ type: 'spki', format: 'der' }).toString('base64');
  const agreement = (algorithm: string, kdf: string, originator: KeyObject) =>
    `<ds:KeyInfo xmlns:ds="${DS}"><xenc:AgreementMethod xmlns:xenc="${XENC}" ` +
    `Algorithm="${algorithm}">${kdf}<xenc:OriginatorKeyInfo><dsig11:DEREncodedKeyValue ` +
    `xmlns:dsig11="http://www.w3.org/2009/xmldsig11#">${der(originator)}</dsig11:DEREncodedKeyValue></xenc:OriginatorKeyInfo></xenc:AgreementMethod></ds:KeyInfo>`;
  const pairs = [
    ['ECDH-ES on P-256', `${XENC11}ECDH-ES`, () => generateKeyPairSync('ec', { namedCurve: 'P-256' })],
    ['ECDH-ES on P-521', `${XENC11}ECDH-ES`, () => generateKeyPairSync('ec', { namedCurve: 'P-521' })],
    ['X25519', `${MORE21}x25519`, () => generateKeyPairSync('x25519')],
    ['X448', `${MORE21}x448`, () => generateKeyPairSync('x448')],
  ] as const;

  it.each(pairs)('%s with ConcatKDF and HKDF opens a wrapped key', async (_, algorithm, generate) => {
    const [originator, recipient] = [generate(), generate()];
    const z = diffieHellman({ privateKey: originator.privateKey, publicKey: recipient.publicKey });
    const keys = await keyFromPem(recipient.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string);
    for (const [kdf, kek] of [
      [CONCAT, concatKdf(z, Buffer.from('12abcd', 'hex'), 32)],
      [HKDF, Buffer.from(hkdfSync('sha256', z, salt, Buffer.alloc(0), 32))],
    ] as const) {
      await opens(
        envelope(
          encryptedKey(wrap(kek, session), {
            algorithm: `${XENC}kw-aes256`,
            keyInfo: agreement(algorithm, kdf, originator.publicKey),
          }),
          encryptedData(gcm(session, ORDER)),
        ),
        keys,
      );
    }
  });

  it('with another recipient the key is missing, or the unwrapping fails', async () => {
    const [originator, recipient, another] = [0, 1, 2].map(() => generateKeyPairSync('ec', { namedCurve: 'P-256' }));
    const kek = concatKdf(
      diffieHellman({ privateKey: originator!.privateKey, publicKey: recipient!.publicKey }),
      Buffer.from('12abcd', 'hex'),
      32,
    );
    const message = envelope(
      encryptedKey(wrap(kek, session), {
        algorithm: `${XENC}kw-aes256`,
        keyInfo: agreement(`${XENC11}ECDH-ES`, CONCAT, originator!.publicKey),
      }),
      encryptedData(gcm(session, ORDER)),
    );
    expect((await judgeMessage(message)).trace.verdict.axes.decryption).toBe('unknown');
    const run = await judgeMessage(message, {
      keys: await keyFromPem(another!.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string),
    });
    expect(run.trace.verdict.axes.decryption).toBe('fail');
  });
});

describe('derived keys', () => {
  it('PBKDF2 over a named secret', async () => {
    const key = pbkdf2Sync('master secret', salt, 1500, 16, 'sha256');
    const keyInfo =
      `<ds:KeyInfo xmlns:ds="${DS}"><xenc11:DerivedKey ` +
      `xmlns:xenc11="${XENC11}">${PBKDF2}<xenc11:MasterKeyName>master</xenc11:MasterKeyName></xenc11:DerivedKey></ds:KeyInfo>`;
    await opens(envelope(referenceList(['ED-1']), encryptedData(gcm(key, ORDER), { keyInfo })), [
      secret(Buffer.from('master secret'), 'master'),
    ]);
  });

  it('a DerivedKeyToken over an EncryptedKey (P_SHA-1)', async () => {
    const nonce = randomBytes(16);
    const seed = Buffer.concat([Buffer.from('WS-SecureConversationWS-SecureConversation'), nonce]);
    const hmac = (data: Buffer) => createHmac('sha1', session).update(data).digest();
    const key = hmac(Buffer.concat([hmac(seed), seed])).subarray(0, 16);
    const wsc = 'http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512';
    const token =
      `<wsc:DerivedKeyToken xmlns:wsc="${wsc}" ` +
      'xmlns:wsu="http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd" ' +
      `wsu:Id="DK-1"><wsse:SecurityTokenReference xmlns:wsse="${WSSE}"><wsse:Reference ` +
      `URI="#EK-1"/></wsse:SecurityTokenReference><wsc:Offset>0</wsc:Offset><wsc:Length>16</wsc:Length><wsc:Nonce>${nonce.toString('base64')}</wsc:Nonce></wsc:DerivedKeyToken>`;
    const message = envelope(
      `${encryptedKey(oaep(RECIPIENT, session), { references: [] })}${token}${referenceList(['ED-1'])}`,
      encryptedData(gcm(key, ORDER), { keyInfo: securityTokenReference('DK-1') }),
    );
    await opens(message, await keyFromPem(PRIVATE_PEM));
    const altered = await judgeMessage(message.replace('<wsc:Offset>0</wsc:Offset>', '<wsc:Offset>3</wsc:Offset>'), {
      keys: await keyFromPem(PRIVATE_PEM),
      explained: true,
    });
    expect(altered.trace.findings.find((one) => one.code === 'hmac-key-derivation')).toMatchObject({
      confidence: 'proven',
      data: { how: 'offset' },
    });
  });
});

it('a response opens with the session key of its request', async () => {
  const sent = oaep(RECIPIENT, session);
  const request = envelope(encryptedKey(sent, { references: [] }), ORDER);
  const sha1 = createHash('sha1').update(sent).digest('base64');
  const keyInfo =
    `<ds:KeyInfo xmlns:ds="${DS}"><wsse:SecurityTokenReference xmlns:wsse="${WSSE}"><wsse:KeyIdentifier ` +
    `ValueType="http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#EncryptedKeySHA1">${sha1}</wsse:KeyIdentifier></wsse:SecurityTokenReference></ds:KeyInfo>`;
  const response = envelope(referenceList(['ED-1']), encryptedData(gcm(session, ORDER), { keyInfo }));
  await opens(response, await keyFromPem(PRIVATE_PEM), { request: new TextEncoder().encode(request) });
  expect((await judgeMessage(response, { keys: await keyFromPem(PRIVATE_PEM) })).trace.verdict.axes.decryption).toBe(
    'unknown',
  );
});

it('a SAML EncryptedAssertion gives way to its assertion, its EncryptedKey beside it', async () => {
  const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
  const assertion =
    `<saml:Assertion xmlns:saml="${saml}" ID="A1" Version="2.0" ` +
    'IssueInstant="2026-11-22T11:00:00Z"><saml:Issuer>idp</saml:Issuer></saml:Assertion>';
  const key = encryptedKey(oaep(RECIPIENT, session), { references: [] });
  const message =
    '<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" ID="R1"><saml:EncryptedAssertion ' +
    `xmlns:saml="${saml}">${encryptedData(gcm(session, assertion), { type: TYPE_ELEMENT })}${key}</saml:EncryptedAssertion></samlp:Response>`;
  const run = await judgeMessage(message, { keys: await keyFromPem(PRIVATE_PEM) });
  expect(run.trace.verdict.axes.decryption).toBe('pass');
  expect(run.trace.tokens).toMatchObject([{ kind: 'SAMLAssertion', id: 'A1', path: '/samlp:Response/saml:Assertion' }]);
});

it.each([
  ['its prefix', 'saml:', 'xmlns:saml'],
  ['its default namespace', '', 'xmlns'],
])('an assertion keeps %s, which only the EncryptedAssertion declares', async (_what, prefix, declares) => {
  const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
  const assertion =
    `<${prefix}Assertion ID="A1" Version="2.0" IssueInstant="2026-11-22T11:00:00Z">` +
    `<${prefix}Issuer>idp</${prefix}Issuer></${prefix}Assertion>`;
  const key = encryptedKey(oaep(RECIPIENT, session), { references: [] });
  const message =
    `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol" xmlns="urn:other" ID="R1"><${prefix}EncryptedAssertion ` +
    `${declares}="${saml}">${encryptedData(gcm(session, assertion), { type: TYPE_ELEMENT })}${key}</${prefix}EncryptedAssertion></samlp:Response>`;
  const run = await judgeMessage(message, { keys: await keyFromPem(PRIVATE_PEM) });
  expect(run.trace.verdict.axes.decryption).toBe('pass');
  const path = `/samlp:Response/${prefix}Assertion`;
  expect(run.trace.tokens).toMatchObject([{ kind: 'SAMLAssertion', id: 'A1', path }]);
  // Told in octets of the plaintext, of which the declaration is none.
  const plaintext = run.trace.encrypted[0]?.space ?? '';
  expect(run.trace.tokens[0]?.range).toEqual({ space: plaintext, start: 0, end: assertion.length });
});

it('a secret without a name is tried, and proves nothing by not fitting', async () => {
  const message = envelope(
    referenceList(['ED-1']),
    encryptedData(gcm(session, ORDER), { keyInfo: keyName('unheard of') }),
  );
  await opens(message, [secret(session)]);
  expect((await judgeMessage(message, { keys: [secret(randomBytes(16))] })).trace.verdict.axes.decryption).toBe(
    'unknown',
  );
});

/**
 * Keys that a message names in the rarer ways: tickets, passwords, contexts, derived keys by reference, implied
 * derivation, wraps with padding, ciphertext elsewhere (issue's list; WS-SecureConversation 1.4 §7; RFC 5649).
 */
import { createCipheriv, pbkdf2Sync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import type { JudgeRequest, Run } from '../../../src/engine/message/request.ts';
import { codes, judgeMessage, keyFromPem, secret } from '../judging.ts';
import { DS, TYPE_ELEMENT, WSSE, WSU, XENC, XENC11 } from '../../building/names.ts';
import {
  createHash,
  createHmac,
  encryptedData,
  encryptedKey,
  envelope,
  gcm,
  keyName,
  oaep,
  ORDER,
  PRIVATE_PEM,
  randomBytes,
  RECIPIENT,
  referenceList,
  securityTokenReference,
} from '../../building/encryption.ts';

const session = randomBytes(16);
const SMS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0';
const KERBEROS = 'http://docs.oasis-open.org/wss/oasis-wss-kerberos-token-profile-1.1';
const WSC = 'http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512';
const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';
const named = (name: string | null, octets: Uint8Array): KeyEntry => ({ ...secret(octets, name), id: `k-${name}` });
const sha256 = (text: string) => createHash('sha256').update(text).digest('hex');

async function opens(
  message: string,
  keys: readonly KeyEntry[],
  more: Partial<JudgeRequest> = {},
  plain = ORDER,
): Promise<Run> {
  const run = await judgeMessage(message, { keys, ...more });
  expect(run.trace.verdict.axes.decryption, JSON.stringify(run.trace.findings)).toBe('pass');
  expect(run.trace.encrypted[0]!.plaintextSha256).toBe(sha256(plain));
  return run;
}

/** P_SHA-1 (RFC 2246 §5) by Node. */
function pSha1(key: Buffer, seed: Buffer, length: number): Buffer {
  const hmac = (data: Buffer) => createHmac('sha1', key).update(data).digest();
  let a = hmac(seed);
  let stream = Buffer.alloc(0);
  while (stream.length < length) {
    stream = Buffer.concat([stream, hmac(Buffer.concat([a, seed]))]);
    a = hmac(a);
  }
  return stream.subarray(0, length);
}

describe('a Kerberos session key', () => {
  const ticket = Buffer.from('6003020100', 'hex');
  const token =
    `<wsse:BinarySecurityToken xmlns:wsu="${WSU}" wsu:Id="T-1" EncodingType="${SMS}#Base64Binary" ` +
    `ValueType="${KERBEROS}#GSS_Kerberosv5_AP_REQ">${ticket.toString('base64')}</wsse:BinarySecurityToken>`;
  const sha1 = createHash('sha1').update(ticket).digest('base64');
  const direct = envelope(
    `${token}${referenceList(['ED-1'])}`,
    encryptedData(gcm(session, ORDER), { keyInfo: securityTokenReference('T-1') }),
  );
  const byHash = (header: string) =>
    envelope(
      `${header}${referenceList(['ED-1'])}`,
      encryptedData(gcm(session, ORDER), {
        keyInfo:
          `<ds:KeyInfo xmlns:ds="${DS}"><wsse:SecurityTokenReference xmlns:wsse="${WSSE}"><wsse:KeyIdentifier ` +
          `ValueType="${KERBEROS}#Kerberosv5APREQSHA1">${sha1}</wsse:KeyIdentifier></wsse:SecurityTokenReference></ds:KeyInfo>`,
      }),
    );

  it.each([
    ["the token's Id", 'T-1'],
    ['the SHA-1 of its AP-REQ', sha1],
    ['nothing', null],
  ])('given under %s opens', async (_, name) => {
    await opens(direct, [named(name, session), named('another', randomBytes(16))]);
    await opens(byHash(token), [named(name, session)]);
  });

  it('opens a later message that names the ticket by its SHA-1 alone', async () => {
    await opens(byHash(''), [named(sha1, session)]);
  });

  it('is not to be had without it', async () => {
    const run = await judgeMessage(direct);
    expect(run.trace.verdict).toMatchObject({ headline: 'unsupported', axes: { decryption: 'unknown' } });
  });
});

describe('an implied derived key', () => {
  const nonce = randomBytes(16);
  const derived = (length: number) =>
    pSha1(session, Buffer.concat([Buffer.from('WS-SecureConversationWS-SecureConversation'), nonce]), length);
  const reference = (attributes: string) =>
    `<ds:KeyInfo xmlns:ds="${DS}"><wsse:SecurityTokenReference xmlns:wsse="${WSSE}" xmlns:wsc="${WSC}" ` +
    `${attributes}><wsse:Reference URI="#EK-1"/></wsse:SecurityTokenReference></ds:KeyInfo>`;
  const message = (key: Buffer, attributes: string) =>
    envelope(
      `${encryptedKey(oaep(RECIPIENT, session), { references: [] })}${referenceList(['ED-1'])}`,
      encryptedData(gcm(key, ORDER), {
        algorithm: `${XENC11}aes${8 * key.length}-gcm`,
        keyInfo: reference(attributes),
      }),
    );

  it.each([
    ['of 32 octets where nothing is said', 32, ''],
    ['of the length that is said', 16, ' wsc:Length="16"'],
  ])('%s', async (_, length, attribute) => {
    await opens(
      message(derived(length), `wsc:Nonce="${nonce.toString('base64')}"${attribute}`),
      await keyFromPem(PRIVATE_PEM),
    );
  });

  it.each([
    ['Nonce', 'wsc:Nonce="%%"'],
    ['Length', `wsc:Nonce="${nonce.toString('base64')}" wsc:Length="4"`],
  ])('with a malformed %s says so', async (element, attributes) => {
    const run = await judgeMessage(message(derived(32), attributes), { keys: await keyFromPem(PRIVATE_PEM) });
    expect(run.trace.findings.find((finding) => finding.code === 'derived-key-malformed')?.data).toMatchObject({
      element,
    });
    expect(run.trace.verdict.axes.decryption).not.toBe('pass');
  });
});

describe('xenc11:DerivedKey', () => {
  const salt = randomBytes(16);
  const key = pbkdf2Sync('master secret', salt, 1000, 16, 'sha256');
  const derivedKey = (id: string) =>
    `<xenc11:DerivedKey xmlns:xenc11="${XENC11}" Id="${id}"><xenc11:KeyDerivationMethod ` +
    `Algorithm="${XENC11}pbkdf2"><xenc11:PBKDF2-params><xenc11:Salt><xenc11:Specified>${salt.toString('base64')}</xenc11:Specified></xenc11:Salt><xenc11:IterationCount>1000</xenc11:IterationCount><xenc11:KeyLength>16</xenc11:KeyLength><xenc11:PRF ` +
    `Algorithm="${MORE01}hmac-sha256"/></xenc11:PBKDF2-params></xenc11:KeyDerivationMethod><xenc11:DerivedKeyName>content ` +
    'key</xenc11:DerivedKeyName><xenc11:MasterKeyName>master</xenc11:MasterKeyName></xenc11:DerivedKey>';
  const keys = [named('master', Buffer.from('master secret'))];

  it.each([
    [
      'a RetrievalMethod',
      `<ds:KeyInfo xmlns:ds="${DS}"><ds:RetrievalMethod URI="#DK-1" Type="${XENC11}DerivedKey"/></ds:KeyInfo>`,
    ],
    ['its DerivedKeyName', keyName('content key')],
  ])('is found by %s', async (_, keyInfo) => {
    await opens(
      envelope(`${derivedKey('DK-1')}${referenceList(['ED-1'])}`, encryptedData(gcm(key, ORDER), { keyInfo })),
      keys,
    );
  });
});

it("a UsernameToken's password derives the key (Username Token Profile 1.1 §4)", async () => {
  const salt = Buffer.concat([Buffer.from([2]), randomBytes(15)]);
  let key = createHash('sha1')
    .update(Buffer.concat([Buffer.from('s3cret'), salt]))
    .digest();
  for (let count = 1; count < 1000; count++) key = createHash('sha1').update(key).digest();
  const token =
    `<wsse:UsernameToken xmlns:wsu="${WSU}" wsu:Id="U-1"><wsse:Username>alice</wsse:Username><wsse11:Salt ` +
    `xmlns:wsse11="http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd">${salt.toString('base64')}</wsse11:Salt><wsse11:Iteration ` +
    'xmlns:wsse11="http://docs.oasis-open.org/wss/oasis-wss-wssecurity-secext-1.1.xsd">1000</wsse11:Iteration></wsse:UsernameToken>';
  // The profile gives 160 bits; AES takes the first 128.
  await opens(
    envelope(
      `${token}${referenceList(['ED-1'])}`,
      encryptedData(gcm(key.subarray(0, 16), ORDER), { keyInfo: securityTokenReference('U-1') }),
    ),
    [],
    { users: [{ name: 'alice', password: 's3cret' }] },
  );
});

it('a SecurityContextToken answers with the secret given under its Identifier', async () => {
  const token =
    `<wsc:SecurityContextToken xmlns:wsc="${WSC}" xmlns:wsu="${WSU}" ` +
    'wsu:Id="S-1"><wsc:Identifier>urn:uuid:context-7</wsc:Identifier></wsc:SecurityContextToken>';
  const message = envelope(
    `${token}${referenceList(['ED-1'])}`,
    encryptedData(gcm(session, ORDER), { keyInfo: securityTokenReference('S-1') }),
  );
  await opens(message, [named('urn:uuid:context-7', session), named('other', randomBytes(16))]);
  expect(codes(await judgeMessage(message))).toContain('secret-not-given');
});

it.each([
  [16, 20],
  [24, 16],
  [32, 9],
])('AES-%i-octet key wrap with padding (RFC 5649) of %i octets', async (kekLength, length) => {
  const kek = randomBytes(kekLength);
  const inner = randomBytes(length);
  const cipher = createCipheriv(`id-aes${8 * kekLength}-wrap-pad`, kek, Buffer.from('a65959a6', 'hex'));
  const wrapped = Buffer.concat([cipher.update(inner), cipher.final()]);
  const message = envelope(
    encryptedKey(wrapped, { algorithm: `${XENC11}kw-aes-${8 * kekLength}-pad`, keyInfo: keyName('kek') }),
    encryptedData(gcm(session, ORDER)),
  );
  const run = await judgeMessage(message, { keys: [named('kek', kek)] });
  const unwrapped = run.trace.steps.find((step) => step.kind === 'encrypted-key');
  expect(unwrapped?.data).toMatchObject({
    result: 'opened',
    keyBits: 8 * length,
    fingerprint: createHash('sha256').update(inner).digest('hex').slice(0, 16),
  });
  const damaged = Buffer.from(wrapped);
  damaged[3]! ^= 1;
  const broken = await judgeMessage(message.replace(wrapped.toString('base64'), damaged.toString('base64')), {
    keys: [named('kek', kek)],
  });
  expect(broken.trace.steps.find((step) => step.kind === 'encrypted-key')?.data).toMatchObject({ result: 'failed' });
});

it('a SAML EncryptedID gives way to the NameID that it holds', async () => {
  const saml = 'urn:oasis:names:tc:SAML:2.0:assertion';
  const nameId = `<saml:NameID xmlns:saml="${saml}">alice</saml:NameID>`;
  const key = encryptedKey(oaep(RECIPIENT, session), { references: [] });
  const message =
    `<saml:Assertion xmlns:saml="${saml}" ID="A1" Version="2.0" ` +
    `IssueInstant="2026-11-22T11:00:00Z"><saml:Issuer>idp</saml:Issuer><saml:Subject><saml:EncryptedID>${encryptedData(gcm(session, nameId), { type: TYPE_ELEMENT })}${key}</saml:EncryptedID></saml:Subject></saml:Assertion>`;
  const run = await opens(message, await keyFromPem(PRIVATE_PEM), {}, nameId);
  const decoded = run.trace.spaces.findLast((one) => one.kind === 'decoded')!;
  expect(new TextDecoder().decode(run.octets.get(decoded.id)!.octets)).toContain(
    `<saml:Subject>${nameId}</saml:Subject>`,
  );
});

describe('a CipherReference', () => {
  const octets = gcm(session, ORDER);
  const data = (reference: string, more = '') =>
    envelope(
      `${referenceList(['ED-1'])}${more}`,
      `<xenc:EncryptedData xmlns:xenc="${XENC}" xmlns:ds="${DS}" Id="ED-1" ` +
        `Type="${XENC}Content"><xenc:EncryptionMethod ` +
        `Algorithm="${XENC11}aes128-gcm"/>${keyName('shared')}<xenc:CipherData>${reference}</xenc:CipherData></xenc:EncryptedData>`,
    );
  const base64 = `<xenc:Transforms><ds:Transform Algorithm="${DS}base64"/></xenc:Transforms>`;
  const keys = [named('shared', session)];

  it('to given octets, as they are and in base64', async () => {
    await opens(data('<xenc:CipherReference URI="cid:cipher@sender"/>'), keys, {
      attachments: new Map([['cipher@sender', octets]]),
    });
    await opens(
      data(`<xenc:CipherReference URI="http://sender.example/cipher">${base64}</xenc:CipherReference>`),
      keys,
      { attachments: new Map([['http://sender.example/cipher', new TextEncoder().encode(octets.toString('base64'))]]) },
    );
  });

  it('to an element of the document, decoded from base64', async () => {
    await opens(
      data(
        `<xenc:CipherReference URI="#C-1">${base64}</xenc:CipherReference>`,
        `<c xmlns:wsu="${WSU}" wsu:Id="C-1">${octets.toString('base64')}</c>`,
      ),
      keys,
    );
  });

  it('through XSLT is refused', async () => {
    const run = await judgeMessage(
      data(
        '<xenc:CipherReference URI="#Body"><xenc:Transforms><ds:Transform ' +
          'Algorithm="http://www.w3.org/TR/1999/REC-xslt-19991116"/></xenc:Transforms></xenc:CipherReference>',
      ),
      { keys },
    );
    expect(run.trace.verdict.axes.decryption).toBe('unknown');
    expect(codes(run)).toContain('algorithm-unsupported');
  });
});

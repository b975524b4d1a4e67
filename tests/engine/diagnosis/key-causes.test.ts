/**
 * Causes that lie in the key: another token, a key of our own, another derivation; each proven on a message that
 * provokes it, with certificates that OpenSSL made.
 */
import { createHmac, createPrivateKey, sign, X509Certificate } from 'node:crypto';
import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { keyFromPem, secret } from '../judging.ts';
import { diagnosed, proven } from './diagnosing.ts';
import { message } from '../../building/wrong-message.ts';
import { HMAC_SHA256, WSSE } from '../../building/names.ts';

const KEYS = new URL('../../fixtures/messages/keys/', import.meta.url);
const file = (name: string) => readFileSync(new URL(name, KEYS), 'utf8');
const SIGNER = createPrivateKey(file('server-rsa2048.pkcs8.pem'));
const bySigner = (octets: Uint8Array) => sign('sha256', octets, SIGNER);

const X509 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3';
const BASE64 = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary';
const token = (id: string, certificate: string) =>
  `<wsse:BinarySecurityToken EncodingType="${BASE64}" ValueType="${X509}" ` +
  `wsu:Id="${id}">${new X509Certificate(file(certificate)).raw.toString('base64')}</wsse:BinarySecurityToken>`;
const reference = (id: string) =>
  `<ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#${id}" ` +
  `ValueType="${X509}"></wsse:Reference></wsse:SecurityTokenReference></ds:KeyInfo>`;
const inSecurity =
  (...tokens: readonly string[]) =>
  (text: string) =>
    text.replace(`<wsse:Security xmlns:wsse="${WSSE}">`, (tag) => tag + tokens.join(''));
const shown = (run: Awaited<ReturnType<typeof diagnosed>>) =>
  run.trace.findings.map((finding) => `${finding.code} ${finding.confidence}`).join(', ');

describe('the signature verifies with another key', () => {
  it('multiple-bst-wrong-picked: KeyInfo names one token, the key of the other signed', async () => {
    const run = await diagnosed(
      message({
        signer: bySigner,
        keyInfo: reference('second'),
        afterwards: inSecurity(token('first', 'server-rsa2048.crt.pem'), token('second', 'client-rsa2048.crt.pem')),
      }),
      [],
    );
    const cause = proven(run).find((finding) => finding.code === 'multiple-bst-wrong-picked');
    expect(cause, shown(run)).toBeDefined();
    expect(cause!.data['where']).toBe('first');
    expect(cause!.data['subject']).toContain('server');
  });

  it('is not said where KeyInfo names the token that signed', async () => {
    const run = await diagnosed(
      message({
        signer: bySigner,
        keyInfo: reference('first'),
        afterwards: inSecurity(token('first', 'server-rsa2048.crt.pem'), token('second', 'client-rsa2048.crt.pem')),
      }),
      [],
    );
    expect(run.trace.signatures[0]!.value).toBe('pass');
    expect(proven(run)).toEqual([]);
  });

  it('verify-with-own-cert: the name of the key leads to one of ours, the message has the signer’s', async () => {
    const own = (await keyFromPem(file('client-rsa2048.crt.pem'), true)).map((entry) => ({
      ...entry,
      name: 'partner',
    }));
    const run = await diagnosed(
      message({
        signer: bySigner,
        keyInfo: '<ds:KeyInfo><ds:KeyName>partner</ds:KeyName></ds:KeyInfo>',
        afterwards: inSecurity(token('first', 'server-rsa2048.crt.pem')),
      }),
      own,
    );
    const cause = proven(run).find((finding) => finding.code === 'verify-with-own-cert');
    expect(cause, shown(run)).toBeDefined();
    expect(cause!.data['party']).toBe('receiver');
  });
});

/**
 * P_SHA-1 of RFC 5246 §5 with SHA-1, as WS-SecureConversation §7 names it: written from the specification, not with our
 * code.
 */
function pSha1(key: Uint8Array, seed: Buffer, length: number): Buffer {
  let a = seed;
  let out = Buffer.alloc(0);
  while (out.length < length) {
    a = createHmac('sha1', key).update(a).digest();
    out = Buffer.concat([
      out,
      createHmac('sha1', key)
        .update(Buffer.concat([a, seed]))
        .digest(),
    ]);
  }
  return out.subarray(0, length);
}

describe('hmac-key-derivation', () => {
  const SECRET = Buffer.from('a secret that both sides have had');
  const NONCE = Buffer.from('sixteen octets..');
  const WSC = 'http://docs.oasis-open.org/ws-sx/ws-secureconversation/200512';
  const derived = (length: number) =>
    `<wsc:DerivedKeyToken xmlns:wsc="${WSC}" wsu:Id="dk"><wsse:SecurityTokenReference><wsse:Reference ` +
    'URI="#sct" ' +
    `ValueType="${WSC}/sct"></wsse:Reference></wsse:SecurityTokenReference><wsc:Offset>0</wsc:Offset><wsc:Length>${length}</wsc:Length><wsc:Nonce>${NONCE.toString('base64')}</wsc:Nonce></wsc:DerivedKeyToken>`;
  const context =
    `<wsc:SecurityContextToken xmlns:wsc="${WSC}" ` +
    'wsu:Id="sct"><wsc:Identifier>urn:uuid:context</wsc:Identifier></wsc:SecurityContextToken>';
  const keyInfo =
    '<ds:KeyInfo><wsse:SecurityTokenReference><wsse:Reference URI="#dk" ' +
    `ValueType="${WSC}/dk"></wsse:Reference></wsse:SecurityTokenReference></ds:KeyInfo>`;
  const by = (key: Uint8Array) =>
    message({
      method: HMAC_SHA256,
      keyInfo,
      signer: (octets) => createHmac('sha256', key).update(octets).digest(),
      afterwards: inSecurity(context, derived(32)),
    });
  const LABEL = 'WS-SecureConversationWS-SecureConversation';
  const make = (length: number, label = LABEL) => pSha1(SECRET, Buffer.concat([Buffer.from(label), NONCE]), length);
  const keys = [secret(SECRET, 'urn:uuid:context')];

  it('is not said of the derivation that the message describes', async () => {
    const run = await diagnosed(by(make(32)), keys);
    expect(run.trace.signatures[0]!.value, shown(run)).toBe('pass');
  });

  it.each([
    ['length:16', make(16)],
    ['length:24', make(24)],
    ['label:WS-SecureConversation', make(32, 'WS-SecureConversation')],
    ['label:none', make(32, '')],
    ['parent-used-directly', SECRET],
    [
      'parent-as-text:base64',
      pSha1(Buffer.from(SECRET.toString('base64')), Buffer.concat([Buffer.from(LABEL), NONCE]), 32),
    ],
  ])('is proven: %s', async (variant, key) => {
    const run = await diagnosed(by(key), keys);
    const cause = proven(run).find((finding) => finding.code === 'hmac-key-derivation');
    expect(cause?.data['variant'], shown(run)).toBe(variant);
    expect(run.trace.findings.map((finding) => finding.code)).not.toContain('signature-mismatch-unproven');
  });
});

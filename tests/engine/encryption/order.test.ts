/**
 * Signatures are judged on the message as it stands when a receiver comes to them, by the order of the header (SMS §5,
 * §9.4).
 */
import { describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import { codes, judgeMessage, keyFromPem, secret } from '../judging.ts';
import { DS, SOAP, TYPE_ELEMENT, WSU, XENC } from '../../building/names.ts';
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
} from '../../building/encryption.ts';

const EXC = 'http://www.w3.org/2001/10/xml-exc-c14n#';
const session = randomBytes(16);
const mac = randomBytes(32);
const given: readonly KeyEntry[] = [...(await keyFromPem(PRIVATE_PEM)), { ...secret(mac, 'mac'), id: 'k9' }];

/**
 * The Body of `envelope` in exclusive canonical form: what is written there is canonical but for empty-element tags.
 */
function canonicalBody(content: string): string {
  return (
    `<soap:Body xmlns:soap="${SOAP}" xmlns:wsu="${WSU}" ` +
    `wsu:Id="Body">${content.replace(/<([\w:]+)([^<>]*)\/>/g, '<$1$2></$1>')}</soap:Body>`
  );
}

/** An HMAC signature over octets that are canonical already. */
function signature(uri: string, octets: string): string {
  const info = (ns: string) =>
    `<ds:SignedInfo${ns}><ds:CanonicalizationMethod ` +
    `Algorithm="${EXC}"></ds:CanonicalizationMethod><ds:SignatureMethod ` +
    'Algorithm="http://www.w3.org/2001/04/xmldsig-more#hmac-sha256"></ds:SignatureMethod><ds:Reference ' +
    `URI="${uri}"><ds:Transforms><ds:Transform ` +
    `Algorithm="${EXC}"></ds:Transform></ds:Transforms><ds:DigestMethod ` +
    `Algorithm="${XENC}sha256"></ds:DigestMethod><ds:DigestValue>${createHash('sha256').update(octets).digest('base64')}</ds:DigestValue></ds:Reference></ds:SignedInfo>`;
  const value = createHmac('sha256', mac)
    .update(info(` xmlns:ds="${DS}"`))
    .digest('base64');
  return (
    '<ds:Signature ' +
    `xmlns:ds="${DS}">${info('')}<ds:SignatureValue>${value}</ds:SignatureValue>${keyName('mac').replace(` xmlns:ds="${DS}"`, '')}</ds:Signature>`
  );
}

const key = encryptedKey(oaep(RECIPIENT, session));
const content = encryptedData(gcm(session, ORDER));
const overPlaintext = signature('#Body', canonicalBody(ORDER));
const overCiphertext = signature('#Body', canonicalBody(content));

describe('sign and encrypt', () => {
  it('signed first: the header has the key first, the digest is over plaintext', async () => {
    const run = await judgeMessage(envelope(`${key}${overPlaintext}`, content), { keys: given });
    expect(run.trace.verdict.axes).toMatchObject({ signature: 'pass', decryption: 'pass', coverage: 'full' });
    expect(run.trace.verdict.headline).toBe('valid');
  });

  it(
    'encrypted first: the header has the signature first, the digest is over ciphertext, and it covers what is in ' +
      'it',
    async () => {
      const run = await judgeMessage(envelope(`${overCiphertext}${key}`, content), { keys: given });
      expect(run.trace.verdict.axes).toMatchObject({ signature: 'pass', decryption: 'pass', coverage: 'full' });
      expect(run.trace.verdict.headline).toBe('valid');
      expect(run.trace.coverage.find((entry) => entry.role === 'Body')).toMatchObject({
        signed: 'full',
        encrypted: true,
      });
    },
  );

  it.each([
    ['plaintext', `${overPlaintext}${key}`],
    ['ciphertext', `${key}${overCiphertext}`],
  ])('over %s in the other order of the header is refused, and the order is named', async (signedOver, header) => {
    const run = await judgeMessage(envelope(header, content), { keys: given });
    expect(run.trace.verdict.axes).toMatchObject({ signature: 'fail', decryption: 'pass' });
    const finding = run.trace.findings.find((one) => one.code === 'encrypt-then-sign-confusion');
    expect(finding).toMatchObject({ confidence: 'proven', data: { signedOver } });
  });

  it('both: each signature on its own moment', async () => {
    const run = await judgeMessage(envelope(`${overCiphertext}${key}${overPlaintext}`, content), { keys: given });
    expect(run.trace.signatures.map((one) => one.references[0]!.digest)).toEqual(['pass', 'pass']);
  });

  it('with the wrong plaintext fails', async () => {
    const run = await judgeMessage(
      envelope(`${key}${overPlaintext}`, encryptedData(gcm(session, ORDER.replace('42', '43')))),
      { keys: given },
    );
    expect(run.trace.verdict.axes).toMatchObject({ signature: 'fail', decryption: 'pass' });
    expect(codes(run)).not.toContain('encrypt-then-sign-confusion');
  });

  it('an encrypted signature is found, with the content it signs', async () => {
    const header = `${encryptedKey(oaep(RECIPIENT, session), { references: ['ED-1', 'ED-2'] })}${encryptedData(gcm(session, overPlaintext), { id: 'ED-2', type: TYPE_ELEMENT })}`;
    const run = await judgeMessage(envelope(header, content), { keys: given });
    expect(run.trace.verdict.axes).toMatchObject({ signature: 'pass', decryption: 'pass', coverage: 'full' });
    expect(run.trace.signatures[0]!.range.space).toBe(run.trace.encrypted[0]!.space);
  });

  it('without the private key the digest over plaintext is unknown, the one over ciphertext is not', async () => {
    const [plain, cipher] = await Promise.all(
      [`${key}${overPlaintext}`, `${overCiphertext}${key}`].map((header) =>
        judgeMessage(envelope(header, content), { keys: given.slice(-1) }),
      ),
    );
    expect(plain!.trace.verdict.axes).toMatchObject({ signature: 'unknown', decryption: 'unknown' });
    expect(cipher!.trace.verdict.axes).toMatchObject({ signature: 'pass', decryption: 'unknown' });
    expect(plain!.trace.verdict.headline).toBe('incomplete');
  });

  it('outside SOAP either order verifies', async () => {
    const item = '<item Id="it">7</item>';
    const hidden = encryptedData(gcm(session, '7'), { id: 'E', keyInfo: keyName('shared') });
    const keys = [...given, { ...secret(session, 'shared'), id: 'k8' }];
    const document = (signed: string) => `<doc>${signature('#it', signed)}<item Id="it">${hidden}</item></doc>`;
    const ciphertext = `<item Id="it">${hidden.replace(/<([\w:]+)([^<>]*)\/>/g, '<$1$2></$1>')}</item>`;
    for (const signed of [item, ciphertext]) {
      expect((await judgeMessage(document(signed), { keys })).trace.verdict.axes).toMatchObject({
        signature: 'pass',
        decryption: 'pass',
      });
    }
    expect((await judgeMessage(document('<item Id="it">8</item>'), { keys })).trace.verdict.axes.signature).toBe(
      'fail',
    );
  });
});

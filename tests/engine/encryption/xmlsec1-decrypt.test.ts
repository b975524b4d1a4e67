/**
 * What xmlsec1 encrypts we open to the octets it was given, and what others encrypt both open to the same document (XML
 * Encryption 1.1 §5).
 */
import { execFileSync, spawnSync } from 'node:child_process';
import { createHash, generateKeyPairSync, randomBytes } from 'node:crypto';
import { mkdtempSync, readdirSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import type { KeyEntry } from '../../../src/engine/keystore/key-entry.ts';
import { judgeMessage, keyFromPem, secret } from '../judging.ts';
import { DS, TYPE_ELEMENT, XENC, XENC11 } from '../../building/names.ts';
import { cbc, encryptedData, encryptedKey, gcm, keyName, oaep, rsa15, wrap } from '../../building/encryption.ts';

const present = spawnSync('xmlsec1', ['--version']).status === 0;
if (!present) console.log('skipped: xmlsec1 is not installed');

const folder = mkdtempSync(join(tmpdir(), 'wss-xmlsec1-'));
afterAll(() => rmSync(folder, { recursive: true, force: true }));
const at = (name: string, content: string | Uint8Array) => {
  const file = join(folder, name);
  writeFileSync(file, content);
  return file;
};
const PLAIN = '<order xmlns="urn:example:orders"><item>4711 \u00e4</item><note>a\tb\r\nc</note></order>';
const sha256 = (octets: string | Uint8Array) => createHash('sha256').update(octets).digest('hex');

const rsa = generateKeyPairSync('rsa', { modulusLength: 2048 });
const pem = rsa.privateKey.export({ type: 'pkcs8', format: 'pem' }) as string;
const privateFile = at('private.pem', pem);
const publicFile = at('public.pem', rsa.publicKey.export({ type: 'spki', format: 'pem' }));
const named = (name: string, octets: Uint8Array): KeyEntry => ({ ...secret(octets, name), id: `k-${name}` });

const CIPHERS = [
  [`${XENC}aes128-cbc`, 'aes-128'],
  [`${XENC}aes192-cbc`, 'aes-192'],
  [`${XENC}aes256-cbc`, 'aes-256'],
  [`${XENC11}aes128-gcm`, 'aes-128'],
  [`${XENC11}aes192-gcm`, 'aes-192'],
  [`${XENC11}aes256-gcm`, 'aes-256'],
  [`${XENC}tripledes-cbc`, 'des-192'],
] as const;
const TRANSPORTS = [
  ['rsa-1_5', `<xenc:EncryptionMethod Algorithm="${XENC}rsa-1_5"/>`],
  ['rsa-oaep-mgf1p', `<xenc:EncryptionMethod Algorithm="${XENC}rsa-oaep-mgf1p"/>`],
  [
    'rsa-oaep-mgf1p with a digest and a label',
    '<xenc:EncryptionMethod ' +
      `Algorithm="${XENC}rsa-oaep-mgf1p"><xenc:OAEPparams>9lWu3Q==</xenc:OAEPparams><ds:DigestMethod ` +
      `Algorithm="${DS}sha1"/></xenc:EncryptionMethod>`,
  ],
] as const;
const WRAPS = [
  ['kw-aes128', 16, 'aes'],
  ['kw-aes192', 24, 'aes'],
  ['kw-aes256', 32, 'aes'],
  ['kw-tripledes', 24, 'des'],
] as const;
const EMPTY = '<xenc:CipherData><xenc:CipherValue/></xenc:CipherData>';
const template = (algorithm: string, keyInfo: string) =>
  `<xenc:EncryptedData xmlns:xenc="${XENC}" xmlns:ds="${DS}" Id="ED-1" ` +
  `Type="${TYPE_ELEMENT}"><xenc:EncryptionMethod ` +
  `Algorithm="${algorithm}"/><ds:KeyInfo>${keyInfo}</ds:KeyInfo>${EMPTY}</xenc:EncryptedData>`;
const keyTemplate = (method: string, name: string) =>
  `<xenc:EncryptedKey>${method}<ds:KeyInfo><ds:KeyName>${name}</ds:KeyName></ds:KeyInfo>${EMPTY}</xenc:EncryptedKey>`;

function encrypted(markup: string, ...options: readonly string[]): string {
  return execFileSync(
    'xmlsec1',
    ['--encrypt', ...options, '--binary-data', at('plain.xml', PLAIN), at('template.xml', markup)],
    { stdio: ['ignore', 'pipe', 'pipe'] },
  ).toString();
}

async function opensToPlain(message: string, keys: readonly KeyEntry[]): Promise<void> {
  const run = await judgeMessage(message, { keys });
  expect(
    run.trace.encrypted.map((part) => [part.result, part.plaintextSha256]),
    JSON.stringify(run.trace.findings),
  ).toEqual([['pass', sha256(PLAIN)]]);
}

/** The document that xmlsec1 decrypts to, or null where it cannot. */
function openedByXmlsec1(file: string, ...options: readonly string[]): string | null {
  const done = spawnSync('xmlsec1', ['--decrypt', ...options, file]);
  return done.status === 0 ? done.stdout.toString() : null;
}

/** Documents without XML declaration and surrounding white space: xmlsec1 serialises anew. */
const bare = (xml: string) => xml.replace(/^<\?xml[^>]*\?>/, '').trim();
async function openedByUs(message: string, keys: readonly KeyEntry[]): Promise<string> {
  const run = await judgeMessage(message, { keys });
  const space = run.trace.spaces.findLast((one) => one.kind === 'decoded');
  return new TextDecoder().decode(run.octets.get(space?.id ?? 'input')?.octets);
}

describe.skipIf(!present)('encrypted by xmlsec1', () => {
  describe.each(CIPHERS)('%s', (algorithm, session) => {
    it.each(TRANSPORTS)('%s', async (_, method) => {
      const message = encrypted(
        template(algorithm, keyTemplate(method, 'ours')),
        '--pubkey-pem:ours',
        publicFile,
        '--session-key',
        session,
      );
      await opensToPlain(
        message,
        (await keyFromPem(pem)).map((entry) => ({ ...entry, name: 'ours' })),
      );
    });
    it('a key by its name', async () => {
      const [kind, bits] = session.split('-') as ['aes' | 'des', string];
      const key = randomBytes(Number(bits) / 8);
      await opensToPlain(
        encrypted(template(algorithm, '<ds:KeyName>shared</ds:KeyName>'), `--${kind}key:shared`, at('shared.bin', key)),
        [named('shared', key)],
      );
    });
  });

  it.each(WRAPS)('%s', async (uri, length, kind) => {
    const key = randomBytes(length);
    for (const [algorithm, session] of [CIPHERS[3], CIPHERS[2], CIPHERS[6]]) {
      const message = encrypted(
        template(algorithm, keyTemplate(`<xenc:EncryptionMethod Algorithm="${XENC}${uri}"/>`, 'kek')),
        `--${kind}key:kek`,
        at('kek.bin', key),
        '--session-key',
        session,
      );
      await opensToPlain(message, [named('kek', key)]);
    }
  });
});

describe.skipIf(!present)('opened by xmlsec1 and by us', () => {
  const keyInfo = (key: string) => `<ds:KeyInfo xmlns:ds="${DS}">${key}</ds:KeyInfo>`;
  const around = (data: string) => `<message>${data}</message>`;
  it.each([16, 24, 32])('OpenSSL, AES with %i octets: rsa-1_5, OAEP, AES key wrap', async (length) => {
    const session = randomBytes(length);
    const kek = randomBytes(32);
    const keys = [...(await keyFromPem(pem)), named('kek', kek)];
    const label = Buffer.from('a label');
    const wrapped = [
      encryptedKey(rsa15(rsa.publicKey, session), { algorithm: `${XENC}rsa-1_5`, keyInfo: '', references: [] }),
      encryptedKey(oaep(rsa.publicKey, session), { keyInfo: '', references: [] }),
      encryptedKey(oaep(rsa.publicKey, session, 'sha1', label), {
        parameters: `<xenc:OAEPparams>${label.toString('base64')}</xenc:OAEPparams>`,
        keyInfo: '',
        references: [],
      }),
      encryptedKey(wrap(kek, session), { algorithm: `${XENC}kw-aes256`, keyInfo: keyName('kek'), references: [] }),
    ];
    for (const key of wrapped) {
      for (const [octets, algorithm] of [
        [gcm(session, PLAIN), `${XENC11}aes${8 * length}-gcm`],
        [cbc(session, PLAIN), `${XENC}aes${8 * length}-cbc`],
      ] as const) {
        const message = around(encryptedData(octets, { algorithm, type: TYPE_ELEMENT, keyInfo: keyInfo(key) }));
        const theirs = openedByXmlsec1(
          at('message.xml', message),
          '--privkey-pem',
          privateFile,
          '--aeskey:kek',
          at('kek.bin', kek),
        );
        // Both parse the plaintext's line ends; xmlsec1 writes them and characters outside ASCII in its own way.
        expect(
          bare(theirs ?? 'xmlsec1 refuses')
            .replace('&#xE4;', '\u00e4')
            .replaceAll('&#13;', ''),
        ).toBe((await openedByUs(message, keys)).replaceAll('\r\n', '\n'));
      }
    }
  });

  it('the fixtures of Santuario that it can open', async () => {
    const fixtures = new URL('../../fixtures/interop/', import.meta.url);
    const key = new URL('keys/recipient-rsa.key.pem', fixtures);
    const keys = await keyFromPem(readFileSync(key).toString());
    let opened = 0;
    for (const name of readdirSync(fixtures).filter((file) => file.startsWith('oaep-'))) {
      const theirs = openedByXmlsec1(new URL(name, fixtures).pathname, '--privkey-pem', key.pathname);
      if (theirs === null) continue;
      opened++;
      expect(await openedByUs(readFileSync(new URL(name, fixtures)).toString(), keys), name).toBe(bare(theirs));
    }
    // xmlsec1 1.2 has rsa-oaep-mgf1p with SHA-1 alone; newer ones have them all.
    expect(opened).toBeGreaterThanOrEqual(2);
  });
});

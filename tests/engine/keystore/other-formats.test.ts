/** JWK, xmlsec's keys, PKIPath, base64 without armour, raw secrets, and what is no key file at all. */
import { createPrivateKey, createPublicKey, generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { encodeDer } from '../../../src/engine/bytes/der.ts';
import { hex, readOctets } from './key-file-tools.ts';

const text = (value: string): Uint8Array => new Uint8Array(Buffer.from(value));

describe('JSON Web Keys', () => {
  const pairs = [
    ['rsa', generateKeyPairSync('rsa', { modulusLength: 1024 })],
    ['ec', generateKeyPairSync('ec', { namedCurve: 'P-521' })],
    ['ed25519', generateKeyPairSync('ed25519')],
    ['ed448', generateKeyPairSync('ed448')],
    ['x25519', generateKeyPairSync('x25519')],
  ] as const;

  it.each(pairs)('reads %s as Node writes it', async (_, { privateKey }) => {
    const spki = hex(createPublicKey(privateKey).export({ type: 'spki', format: 'der' }));
    const { entries, format } = await readOctets(
      text(JSON.stringify({ ...privateKey.export({ format: 'jwk' }), kid: 'one' })),
    );
    expect(format).toBe('JWK');
    expect(entries[0]).toMatchObject({ name: 'one', alias: 'one' });
    expect(hex(entries[0]?.publicKey?.spki)).toBe(spki);
    const back = createPrivateKey({
      key: Buffer.from(entries[0]?.privateKey?.pkcs8 ?? []),
      format: 'der',
      type: 'pkcs8',
    });
    expect(hex(createPublicKey(back).export({ type: 'spki', format: 'der' }))).toBe(spki);
  });

  it('reads a set, and says what it cannot read of it', async () => {
    const keys = [
      { kty: 'oct', k: 'AAECAw', kid: 'mac' },
      createPublicKey(pairs[1][1].privateKey).export({ format: 'jwk' }),
      { kty: 'EC', crv: 'P-256', x: 'AA', y: 'AA' },
      { kty: 'XYZ' },
    ];
    const { entries, problems, format } = await readOctets(text(JSON.stringify({ keys })));
    expect(format).toBe('JWK Set');
    expect(hex(entries[0]?.secret)).toBe('00010203');
    expect(entries).toHaveLength(2);
    expect(problems.map((problem) => problem.code)).toEqual(['key-file-damaged', 'key-algorithm-unknown']);
  });

  it.each([
    ['{"kty":', 'key-file-damaged'],
    ['{"a":1}', 'key-format-unknown'],
    ['{"kty":"EC","crv":"constructor","x":"AA","y":"AA"}', 'key-algorithm-unknown'],
    ['{"kty":"OKP","crv":"toString","x":"AA"}', 'key-algorithm-unknown'],
  ])('says of %s: %s', async (json, code) => {
    expect((await readOctets(text(json))).problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('keys in XML', () => {
  it("reads xmlsec's keys file", async () => {
    const { privateKey, publicKey } = generateKeyPairSync('rsa', { modulusLength: 1024 });
    const jwk = publicKey.export({ format: 'jwk' });
    const base64 = (value: string | undefined): string => Buffer.from(value ?? '', 'base64url').toString('base64');
    const file = `<?xml version="1.0"?>
<Keys xmlns="http://www.aleksey.com/xmlsec/2002">
  <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyName>mac</KeyName><KeyValue><HMACKeyValue xmlns="http://www.aleksey.com/xmlsec/2002">
    c2Vj
    cmV0</HMACKeyValue></KeyValue></KeyInfo>
  <KeyInfo xmlns="http://www.w3.org/2000/09/xmldsig#"><KeyName>rsa</KeyName><KeyValue><RSAKeyValue><Modulus>${base64(jwk.n)}</Modulus><Exponent>${base64(jwk.e)}</Exponent></RSAKeyValue></KeyValue></KeyInfo>
</Keys>`;
    const { entries, format, problems } = await readOctets(text(file));
    expect(problems).toEqual([]);
    expect(format).toBe('xmlsec keys');
    expect(entries.map((entry) => entry.name)).toEqual(['mac', 'rsa']);
    expect(Buffer.from(entries[0]?.secret ?? []).toString()).toBe('secret');
    expect(hex(entries[1]?.publicKey?.spki)).toBe(
      hex(createPublicKey(privateKey).export({ type: 'spki', format: 'der' })),
    );
  });

  it.each([
    ['<a/>', 'key-format-unknown'],
    ['<Keys', 'key-file-damaged'],
    ['<!DOCTYPE a><a/>', 'key-file-damaged'],
  ])('says of %s: %s', async (xml, code) => {
    expect((await readOctets(text(xml))).problems.map((problem) => problem.code)).toEqual([code]);
  });
});

describe('other octets', () => {
  const spki = new Uint8Array(generateKeyPairSync('ed25519').publicKey.export({ type: 'spki', format: 'der' }));

  it('reads bare base64', async () => {
    expect(
      hex((await readOctets(text(`\n${Buffer.from(spki).toString('base64')}\n`))).entries[0]?.publicKey?.spki),
    ).toBe(hex(spki));
  });

  it('takes octets as a secret only when told', async () => {
    const octets = Uint8Array.from({ length: 32 }, (_, at) => 200 - at);
    expect((await readOctets(octets)).problems.map((problem) => problem.code)).toEqual(['key-format-unknown']);
    expect(hex((await readOctets(octets, { secret: true })).entries[0]?.secret)).toBe(hex(octets));
  });

  it.each([
    ['nothing', new Uint8Array(), 'key-format-unknown'],
    ['an unknown structure', encodeDer(0x30, encodeDer(0x04, Uint8Array.of(1))), 'key-format-unknown'],
    ['a cut file', Uint8Array.of(0x30, 0x82, 0x10, 0x00, 0x02), 'key-file-damaged'],
    ['a cut PEM block', text('-----BEGIN CERTIFICATE-----\nMIIB'), 'key-file-damaged'],
    [
      'a PEM block of bad base64',
      text('-----BEGIN CERTIFICATE-----\nM!IB\n-----END CERTIFICATE-----\n'),
      'key-file-damaged',
    ],
    [
      'an unknown cipher',
      text(
        `-----BEGIN RSA PRIVATE KEY-----\nProc-Type: 4,ENCRYPTED\nDEK-Info: ` +
          `SEED-CBC,0011223344556677\n\nAAAA\n-----END RSA PRIVATE KEY-----\n`,
      ),
      'key-cipher-unknown',
    ],
    [
      'a store of an unknown version',
      Uint8Array.of(0xfe, 0xed, 0xfe, 0xed, 0, 0, 0, 9, 0, 0, 0, 0, ...new Uint8Array(20)),
      'key-format-unknown',
    ],
  ])('says of %s what it is', async (_, octets, code) => {
    const { problems, entries } = await readOctets(octets, { password: 'any' });
    expect(problems.map((problem) => problem.code)).toEqual([code]);
    expect(entries).toEqual([]);
  });

  it('never throws on damaged files', async () => {
    const { privateKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
    const good = new Uint8Array(
      privateKey.export({ type: 'pkcs8', format: 'der', cipher: 'aes-128-cbc', passphrase: 'x' }),
    );
    for (let at = 0; at < good.length; at += 3) {
      const damaged = good.slice();
      damaged[at] = (damaged[at] ?? 0) ^ 0x55;
      const { entries, problems } = await readOctets(damaged, { password: 'x' });
      expect(entries.length + problems.length).toBeGreaterThan(0);
    }
  });
});

/** SubjectPublicKeyInfo as OpenSSL writes it is read, and built again octet for octet. */
import { createPublicKey, generateKeyPairSync, type KeyObject } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { withModulus } from '../../building/irregular-key.ts';
import { dsaKey, ecKey, parseSpki, rawKey, readSpki, rsaKey } from '../../../src/engine/crypto/spki.ts';

/** Node's types lack some of the options that Node has. */
const anyKeyPair = generateKeyPairSync as unknown as (
  type: string,
  options: object,
) => { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
const der = (key: KeyObject): Uint8Array => Uint8Array.from(key.export({ type: 'spki', format: 'der' }));
const read = (octets: Uint8Array) => {
  const parsed = parseSpki(octets);
  if (!parsed.ok) throw new Error(parsed.problem.code);
  return parsed.key;
};

describe('parse and build', () => {
  it('RSA', () => {
    const octets = der(generateKeyPairSync('rsa', { modulusLength: 1024, publicExponent: 3 }).publicKey);
    const key = read(octets);
    if (key.kind !== 'RSA') throw new Error(key.kind);
    expect(key).toMatchObject({ bits: 1024, e: 3n, pssOnly: false });
    expect(rsaKey(key.n, key.e).spki).toEqual(octets);
  });
  it('RSA with numbers against DER: a missing sign octet, too many of them', () => {
    const octets = der(generateKeyPairSync('rsa', { modulusLength: 2048 }).publicKey);
    const right = read(octets);
    const rewritten = (number: Buffer) => withModulus(octets, () => number);
    const n = Buffer.from(octets).subarray(33, 33 + 256);
    for (const [form, number] of [
      ['negative', n],
      ['over-long', Buffer.concat([Buffer.of(0, 0, 0), n])],
    ] as const) {
      const key = read(rewritten(number));
      expect(key).toMatchObject({ irregular: form, bits: 2048 });
      // The very key that OpenSSL wrote, whatever it was written as.
      expect(key.spki).toEqual(right.spki);
    }
    // OpenSSL takes the first for the same key.
    const openssl = createPublicKey({ key: Buffer.from(rewritten(n)), format: 'der', type: 'spki' });
    expect(openssl.export({ format: 'jwk' })['n']).toBe(n.toString('base64url'));
    expect(parseSpki(rewritten(Buffer.of(0xff, 0xff, 0x80))).ok).toBe(false);
    expect(parseSpki(rewritten(Buffer.of(0, 0))).ok).toBe(false);
  });
  it.each([
    'P-192',
    'P-224',
    'P-256',
    'P-384',
    'P-521',
    'secp256k1',
    'brainpoolP160r1',
    'brainpoolP192r1',
    'brainpoolP224r1',
    'brainpoolP256r1',
    'brainpoolP320r1',
    'brainpoolP384r1',
    'brainpoolP512r1',
  ] as const)('%s, named, explicit and compressed', (curve) => {
    const namedCurve = curve === 'P-192' ? 'prime192v1' : curve;
    const { privateKey, publicKey } = generateKeyPairSync('ec', { namedCurve });
    const octets = der(publicKey);
    const key = read(octets);
    if (key.kind !== 'EC') throw new Error(key.kind);
    expect(key.curve).toBe(curve);
    const built = ecKey(curve, key.point);
    expect(built.ok && built.key.spki).toEqual(octets);
    const explicit = read(der(generateKeyPairSync('ec', { namedCurve, paramEncoding: 'explicit' }).publicKey));
    expect(explicit).toMatchObject({ kind: 'EC', curve });
    const length = (key.point.length - 1) / 2;
    const compressed = Uint8Array.from([2 + (key.point.at(-1)! & 1), ...key.point.subarray(1, 1 + length)]);
    const again = ecKey(curve, compressed);
    expect(again.ok && again.key.kind === 'EC' && again.key.point).toEqual(key.point);
    expect(privateKey.type).toBe('private');
  });
  it('DSA', () => {
    const octets = der(generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).publicKey);
    const key = read(octets);
    if (key.kind !== 'DSA') throw new Error(key.kind);
    expect(dsaKey(key.p, key.q, key.g, key.y).spki).toEqual(octets);
  });
  it.each([
    ['ed25519', 'Ed25519'],
    ['ed448', 'Ed448'],
    ['x25519', 'X25519'],
    ['x448', 'X448'],
  ] as const)('%s', (type, kind) => {
    const octets = der(generateKeyPairSync(type as 'ed25519').publicKey);
    const key = read(octets);
    if (key.kind !== kind) throw new Error(key.kind);
    const built = rawKey(kind, key.raw);
    expect(built.ok && built.key.spki).toEqual(octets);
  });
  it('RSASSA-PSS and DH', () => {
    expect(read(der(generateKeyPairSync('rsa-pss', { modulusLength: 1024 }).publicKey))).toMatchObject({
      kind: 'RSA',
      pssOnly: true,
    });
    const { publicKey } = anyKeyPair('dh', { group: 'modp5' });
    expect(read(der(publicKey))).toMatchObject({ kind: 'DH', g: 2n });
  });
});

describe('what is no key', () => {
  const octets = der(generateKeyPairSync('ec', { namedCurve: 'P-256' }).publicKey);
  it('keeps unknown curves and algorithms with their OIDs', () => {
    const other = Uint8Array.from(octets);
    other[22] = 0x06; // prime256v1's last arc: 7 becomes 6
    expect(read(other)).toMatchObject({ kind: 'EC-unknown', oid: '1.2.840.10045.3.1.6' });
    const algorithm = Uint8Array.from(octets);
    algorithm[12] = 0x7f;
    expect(read(algorithm)).toMatchObject({ kind: 'unknown', oid: '1.2.840.10045.2.127' });
  });
  it('names damage', () => {
    const off = Uint8Array.from(octets);
    off[off.length - 1]! ^= 1;
    expect(parseSpki(off)).toEqual({ ok: false, problem: { code: 'point-not-on-curve' } });
    expect(parseSpki(octets.subarray(1))).toMatchObject({ ok: false });
    expect(parseSpki(new Uint8Array())).toEqual({ ok: false, problem: { code: 'spki-not-der' } });
    expect(parseSpki(Uint8Array.of(0x30, 0))).toEqual({ ok: false, problem: { code: 'spki-malformed' } });
    expect(readSpki(off)).toMatchObject({ kind: 'unknown', oid: '1.2.840.10045.2.1' });
  });
  it('gives an answer for every single-octet change', () => {
    for (let at = 0; at < octets.length; at++) {
      for (const octet of [0, 0x30, 0x7f, 0x80, 0xff]) {
        const changed = Uint8Array.from(octets);
        changed[at] = octet;
        expect(() => parseSpki(changed)).not.toThrow();
      }
    }
  });
});

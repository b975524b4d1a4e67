/**
 * Diffie-Hellman against published vectors and OpenSSL; numbers that are no key refused before anything is computed
 * (XML Encryption 1.1 §5.6.2).
 */
import {
  createHash,
  createPrivateKey,
  createPublicKey,
  diffieHellman,
  generateKeyPairSync,
  type KeyObject,
} from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import {
  DerTag,
  bigIntFromOctets,
  derInteger,
  encodeDer,
  encodeDerInteger,
  encodeDerOid,
  octetsFromBigInt,
  readDer,
} from '../../../src/engine/bytes/der.ts';
import { createDecryptionProvider } from '../../../src/engine/crypto/decryption-web.ts';
import type { PrivateKey, PublicKey } from '../../../src/engine/crypto/keys.ts';
import { dhKey, readSpki, samePublicKey } from '../../../src/engine/crypto/spki.ts';
import { readPkcs8, wrapPkcs8 } from '../../../src/engine/keystore/private-key.ts';
import { readKeyFile } from '../../../src/engine/keystore/read-key-file.ts';

const provider = createDecryptionProvider(null);
const DH_ES = 'http://www.w3.org/2009/xmlenc11#dh-es';
const LEGACY = 'http://www.w3.org/2001/04/xmlenc#dh';
type Dh = Extract<PublicKey, { kind: 'DH' }>;

const b64 = (text: string) => bigIntFromOctets(Buffer.from(text, 'base64'));
const dh = (key: PublicKey): Dh => (key.kind === 'DH' ? key : expect.fail(`${key.kind} is no DH key`));
const publicOf = (key: KeyObject) => dh(readSpki(new Uint8Array(key.export({ type: 'spki', format: 'der' }))));
const privateOf = (key: KeyObject): PrivateKey => {
  const read = readPkcs8(new Uint8Array(key.export({ type: 'pkcs8', format: 'der' })));
  return read.ok ? read.key : expect.fail(read.what);
};
/** Node's types know no key pairs of this kind. */
const pairIn = generateDhPair as (group: string) => { readonly publicKey: KeyObject; readonly privateKey: KeyObject };
function generateDhPair(group: string): unknown {
  return (generateKeyPairSync as (kind: string, options: { readonly group: string }) => unknown)('dh', { group });
}
/** A private key in PKCS #8 from its numbers. */
function privateKey(p: bigint, q: bigint | null, g: bigint, x: bigint, y: bigint): PrivateKey {
  const parameters = encodeDer(DerTag.sequence, ...[p, g, ...(q === null ? [] : [q])].map(encodeDerInteger));
  const algorithm = encodeDer(
    DerTag.sequence,
    encodeDerOid(q === null ? '1.2.840.113549.1.3.1' : '1.2.840.10046.2.1'),
    parameters,
  );
  return { pkcs8: wrapPkcs8(algorithm, encodeDerInteger(x)), publicKey: dhKey(p, q, g, y) };
}

/** RFC 5114 §2.1 (1024-bit MODP group with 160-bit prime order subgroup), group and test data of §A.1. */
const RFC5114 = {
  p: 0xb10b8f96a080e01dde92de5eae5d54ec52c99fbcfb06a3c69a6a9dca52d23b616073e28675a23d189838ef1e2ee652c013ecb4aea906112324975c3cd49b83bfaccbdd7d90c4bd7098488e9c219a73724effd6fae5644738faa31a4ff55bccc0a151af5f0dc8b4bd45bf37df365c1a65e68cfda76d4da708df1fb2bc2e4a4371n,
  q: 0xf518aa8781a8df278aba4e7d64b7cb9d49462353n,
  g: 0xa4d1cbd5c3fd34126765a442efb99905f8104dd258ac507fd6406cff14266d31266fea1e5c41564b777e690f5504f213160217b4b01b886a5e91547f9e2749f4d7fbd7d3b9a92ee1909d0d2263f80a76a6a24c087a091f531dbf0a0169b6a28ad662a4d18e73afa32d779d5918d08bc8858f4dcef97c2a24855e6eeb22b3b2e5n,
  xA: b64('uaOzro/vwaKTBJZQcIb4RV1IlD4='),
  yA: b64(
    'KoU7PZIZdQG5AVst6z7YT14CHcw+UvEJ0yc9K3UhKBy6vg52/1cn+orM4mlWupofyibyAijYaT/rEIQdhKc2AFTs5af1t6Ya09+zxg0uQxBthyfaN9+czpW0eHVdBrzqj51Fll91pfPR3zcBFl/J5QxCec6wf5iVQK6W1diO13Y=',
  ),
  xB: b64('k5LJ+etqemqQIvfYPnIjxoNbvdo='),
  yB: b64(
    'cXpssFM3H/SjuTKUHB5WY/hhodatNK5mV237mPbGy/nd1aVseDP2vP3/CVWCrYaORA6NCf12njzszcPTseTPoFd3bKr5c5tqn+6OdBH41trAnWpO20bMK11SAwkOrmEmMR5T/SwUtXTmoxCaPaG+Qb3OqhhvXOBnFqK2oHs8M/4=',
  ),
  z: Buffer.from(
    'XIBPRU0w2cTfhScfk1KMkd9rSKtfgLO1nKrBso+Ky6nNPjnzy2FFJdlSHS5kTFO4B7gQ80AGLyV9fW+/6NXo8HLptumv2pQT6vsuiwaZsftaDKzt3q6tfpz7s2ritCCDW9g6GfsLXpa/j6TQnjRVJRZ+zZFVQW9G9AjtMbY8bm0=',
    'base64',
  ),
};

/**
 * RFC 7919 ffdhe2048, a pair of OpenSSL's (test/recipes/30-test_evp_data/evppkey_ffdhe.txt) whose secret begins with
 * zeros.
 */
const FFDHE = {
  private:
    'MIIBQwIBADCCARsGCSqGSIb3DQEDATCCAQwCggEBAP//////////rfhUWKK7Spqv3FYgJz088di5xYPOLTaVqeE2QRRkM/vMk53OJJs++X0v42NjDHXY9oGyAq7EYXrT3x7V1f1lYSQz9R9fBm7QhWNlVT3tGvO1VxNef1fJNZhPDHDg5ot34qaJ2vPv6HId8VihNq3nNTCsyk9IOnl6vAqxgrMk+2HRCKlLssjj+7lq2rdg1/RoHU9Co945TfSuVu3nY3K7GQsHp8juCm1wngL84c334uzANATNKDQvYZFy/pzphYP/jk8SMu7ygYPD/jsbTG+tczu1/LwuwiAFxY7xg30Wg7LG80omwbLv+ohrQjhhKFyX//////////8CAQICAgDhBB8CHQGUa5iGUF9rGvDjv9PDFGIvtS9OIqbbi8rqm4b6',
  public:
    'MIICKTCCARsGCSqGSIb3DQEDATCCAQwCggEBAP//////////rfhUWKK7Spqv3FYgJz088di5xYPOLTaVqeE2QRRkM/vMk53OJJs++X0v42NjDHXY9oGyAq7EYXrT3x7V1f1lYSQz9R9fBm7QhWNlVT3tGvO1VxNef1fJNZhPDHDg5ot34qaJ2vPv6HId8VihNq3nNTCsyk9IOnl6vAqxgrMk+2HRCKlLssjj+7lq2rdg1/RoHU9Co945TfSuVu3nY3K7GQsHp8juCm1wngL84c334uzANATNKDQvYZFy/pzphYP/jk8SMu7ygYPD/jsbTG+tczu1/LwuwiAFxY7xg30Wg7LG80omwbLv+ohrQjhhKFyX//////////8CAQICAgDhA4IBBgACggEBAN5LAdrzTwa7nT7855NJQLNum5Yr1O8XZupjvwtVIrJgORvhL8VMKJoerEwOZ38snTsh9tuKnAWrmdIyFhnOjaHm40GlvInQGff5Lwb1itf7ib3UELPOO29PajwY1RocWKX7Wfdj8n6Kd9gHhdoO5v8MyZMCkUU6Rz6y1VzaVwykdsqAkbMdZfK8Dkpd5PBZ8SJpJF02IEzvh5OYfjcbMN2K0lDO5ZvoMYQku7yXr6PfJebCCpoVOaoqH19n3g8Xni8IFi7znI83UqxKuYhyYCuMwtE+HS+9WkmkQ1coo512Gw2fTcY3pf9gGZ41xLFxCOdrUbR3QlieI+zl+TttLzM=',
  z: '00006620dd85b56ee8540c8040cac46b7385344a164e4dbdf521f7d99f88fa68edd295a45e36e0bbd5ff5de84598824e2ca52ed82aca918caecc6b22846d0fc6f0203e8b6963964d11e9e704f83af1d60e9b1931139e9e9967c4665a831a75d99359a8ba80dd5921e74379af4ca8db453edbc5e669ab17a5254ca6c96794cd5196be90af37742c8f6812515ffcc45b08f4158eff9559f1aef3665b3d91519dcbc6df22cd6da521b86613558602e73d2ca4666972f7d2cb6b46299b1df2da29a2a2d99d105e10cb553d6738a9b1db2a0314c3cf30642d5c44695623d8b95c4426bea830fb51816b4f086945e9b12a445f42dd68610e3f378a6e69a383d13d85bf',
};

describe('the shared secret', () => {
  it('of RFC 5114, by either side', () => {
    const { p, q, g, xA, yA, xB, yB, z } = RFC5114;
    for (const scheme of [DH_ES, LEGACY]) {
      expect(provider.agree(scheme, privateKey(p, q, g, xA, yA), dhKey(p, q, g, yB))).toEqual({
        result: 'plaintext',
        octets: new Uint8Array(z),
      });
      expect(provider.agree(scheme, privateKey(p, null, g, xB, yB), dhKey(p, null, g, yA))).toEqual({
        result: 'plaintext',
        octets: new Uint8Array(z),
      });
    }
  });

  it('keeps the zeros at its start (RFC 2631 §2.1.2)', () => {
    const key = readPkcs8(new Uint8Array(Buffer.from(FFDHE.private, 'base64')));
    if (!key.ok) expect.fail(key.what);
    const outcome = provider.agree(DH_ES, key.key, readSpki(new Uint8Array(Buffer.from(FFDHE.public, 'base64'))));
    expect(outcome.result === 'plaintext' && Buffer.from(outcome.octets).toString('hex')).toBe(FFDHE.z);
  });

  it.each(['modp5', 'modp14', 'modp15'])('is what OpenSSL finds in %s', (group) => {
    const [own, other] = [pairIn(group), pairIn(group)];
    const z = diffieHellman({ privateKey: own.privateKey, publicKey: other.publicKey });
    const prime = publicOf(own.publicKey).p;
    const padded = octetsFromBigInt(bigIntFromOctets(z), (prime.toString(16).length + 1) >> 1);
    expect(provider.agree(DH_ES, privateOf(own.privateKey), publicOf(other.publicKey))).toEqual({
      result: 'plaintext',
      octets: padded,
    });
  });
});

describe('refuses', () => {
  const { p, q, g, xA, yA, yB } = RFC5114;
  const own = privateKey(p, q, g, xA, yA);

  it.each([
    ['0', 0n],
    ['1', 1n],
    ['p − 1', p - 1n],
    ['p', p],
    ['p + 1', p + 1n],
  ])('a public value of %s', (_, y) => {
    expect(provider.agree(DH_ES, own, dhKey(p, q, g, y))).toEqual({ result: 'fail', reason: 'dh-public-value-range' });
  });

  it('a public value of small order, whether the message names an order of its own or none', () => {
    // An element of order 7 · cofactor's divisor: h^((p−1)/q) is in the subgroup, h^q is in the other one.
    const outside = modular(3n, q, p);
    for (const order of [q, null, (p - 1n) / q]) {
      expect(provider.agree(DH_ES, own, dhKey(p, order, g, outside))).toEqual({
        result: 'fail',
        reason: 'dh-small-subgroup',
      });
    }
  });

  it("a key in another group than the receiver's", () => {
    expect(provider.agree(DH_ES, own, dhKey(p, q, g + 1n, yB))).toEqual({ result: 'unusable', what: 'groups-differ' });
    expect(provider.agree(DH_ES, own, dhKey(p + 2n, q, g, yB))).toEqual({ result: 'unusable', what: 'groups-differ' });
  });

  it('a private number that is none, and a group that is none', () => {
    expect(provider.agree(DH_ES, privateKey(p, q, g, p - 1n, yA), dhKey(p, q, g, yB))).toEqual({
      result: 'unusable',
      what: 'dh-exponent-invalid',
    });
    expect(provider.agree(DH_ES, privateKey(p - 1n, null, g, xA, yA), dhKey(p - 1n, null, g, yB))).toEqual({
      result: 'unusable',
      what: 'dh-parameters-invalid',
    });
    expect(provider.agree(DH_ES, privateKey(p, null, 1n, xA, yA), dhKey(p, null, 1n, yB))).toEqual({
      result: 'unusable',
      what: 'dh-parameters-invalid',
    });
  });

  it('a prime of a million bits at once: in a message, and in a key file', async () => {
    const huge = (1n << 1_000_000n) - 1n;
    const started = performance.now();
    expect(provider.agree(DH_ES, privateKey(huge, null, 2n, xA, yA), dhKey(huge, null, 2n, yB))).toEqual({
      result: 'unusable',
      what: 'dh-prime-too-large',
    });
    const pem =
      '-----BEGIN PRIVATE ' +
      `KEY-----\n${Buffer.from(privateKey(huge, null, 2n, huge - 5n, yA).pkcs8).toString('base64')}\n-----END ` +
      `PRIVATE KEY-----\n`;
    const read = await readKeyFile(new TextEncoder().encode(pem), {
      file: 'huge.pem',
      trusted: false,
      budget: new Budget(),
    });
    expect(read.entries).toEqual([]);
    expect(read.problems).toHaveLength(1);
    expect(performance.now() - started).toBeLessThan(2000);
  });
});

it('one key written as X9.42 and as PKCS #3 is one key', () => {
  const { p, q, g, yA, yB } = RFC5114;
  expect(samePublicKey(dhKey(p, q, g, yA), dhKey(p, null, g, yA))).toBe(true);
  expect(samePublicKey(dhKey(p, q, g, yA), dhKey(p, q, g, yB))).toBe(false);
});

it('the SubjectPublicKeyInfo is what OpenSSL reads', () => {
  const { p, q, g, xA, yA } = RFC5114;
  const read = createPublicKey({ key: Buffer.from(dhKey(p, q, g, yA).spki), format: 'der', type: 'spki' });
  const own = createPrivateKey({ key: Buffer.from(privateKey(p, q, g, xA, yA).pkcs8), format: 'der', type: 'pkcs8' });
  expect(
    createPublicKey(own)
      .export({ type: 'spki', format: 'der' })
      .equals(read.export({ type: 'spki', format: 'der' })),
  ).toBe(true);
  const inner = readDer(new Uint8Array(read.export({ type: 'spki', format: 'der' })));
  expect(inner.ok && inner.element.children[0]!.children[1]!.children.slice(0, 3).map(derInteger)).toEqual([p, g, q]);
});

describe('the legacy derivation', () => {
  it("hashes the octets of the specification's example (§5.6.2.2)", async () => {
    const octets = Buffer.from('DEADBEEF30314578616D706C653A426C6F636B2F416C67666F6F3830', 'hex');
    const derived = await provider.derive(
      {
        method: 'dh-legacy',
        digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
        encryption: 'Example:Block/Alg',
        nonce: Buffer.from('foo'),
      },
      Buffer.from('DEADBEEF', 'hex'),
      10,
    );
    expect(derived).toEqual({
      result: 'plaintext',
      octets: new Uint8Array(createHash('sha1').update(octets).digest().subarray(0, 10)),
    });
  });

  it('goes on with the counter in capital hexadecimal digits', async () => {
    const block = (counter: string) => createHash('sha1').update(`z${counter}urn:alg1920`).digest();
    const expected = Buffer.concat(
      Array.from({ length: 12 }, (_, index) => block((index + 1).toString(16).toUpperCase().padStart(2, '0'))),
    ).subarray(0, 240);
    const derived = await provider.derive(
      {
        method: 'dh-legacy',
        digest: 'http://www.w3.org/2000/09/xmldsig#sha1',
        encryption: 'urn:alg',
        nonce: new Uint8Array(),
      },
      Buffer.from('z'),
      240,
    );
    expect(derived).toEqual({ result: 'plaintext', octets: new Uint8Array(expected) });
  });
});

function modular(base: bigint, exponent: bigint, modulus: bigint): bigint {
  let result = 1n;
  for (let power = base, rest = exponent; rest > 0n; rest >>= 1n, power = (power * power) % modulus) {
    if (rest & 1n) result = (result * power) % modulus;
  }
  return result;
}

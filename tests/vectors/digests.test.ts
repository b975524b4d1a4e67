/**
 * Digest methods against published vectors (FIPS 180-4, FIPS 202, RFC 1321, RIPEMD-160's authors) and OpenSSL on longer
 * input.
 */
import { Crypto } from '@peculiar/webcrypto';
import { createHash, getHashes } from 'node:crypto';
import { expect, it } from 'vitest';
import { nodeCrypto } from '../../src/cli/node-crypto.ts';
import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';

const ABC: readonly (readonly [uri: string, openssl: string, abc: string])[] = [
  ['http://www.w3.org/2001/04/xmldsig-more#md5', 'md5', '900150983cd24fb0d6963f7d28e17f72'],
  ['http://www.w3.org/2001/04/xmlenc#ripemd160', 'ripemd160', '8eb208f7e05d987a9b044a8e98c6b087f15a0bfc'],
  ['http://www.w3.org/2000/09/xmldsig#sha1', 'sha1', 'a9993e364706816aba3e25717850c26c9cd0d89d'],
  [
    'http://www.w3.org/2001/04/xmldsig-more#sha224',
    'sha224',
    '23097d223405d8228642a477bda255b32aadbce4bda0b3f7e36c9da7',
  ],
  [
    'http://www.w3.org/2001/04/xmlenc#sha256',
    'sha256',
    'ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad',
  ],
  [
    'http://www.w3.org/2001/04/xmldsig-more#sha384',
    'sha384',
    'cb00753f45a35e8bb5a03d699ac65007272c32ab0eded1631a8b605a43ff5bed8086072ba1e7cc2358baeca134c825a7',
  ],
  [
    'http://www.w3.org/2001/04/xmlenc#sha512',
    'sha512',
    'ddaf35a193617abacc417349ae20413112e6fa4e89a97ea20a9eeee64b55d39a2192992a274fc1a836ba3c23a3feebbd454d4423643ce80e2a9ac94fa54ca49f',
  ],
  [
    'http://www.w3.org/2007/05/xmldsig-more#sha3-224',
    'sha3-224',
    'e642824c3f8cf24ad09234ee7d3c766fc9a3a5168d0c94ad73b46fdf',
  ],
  [
    'http://www.w3.org/2007/05/xmldsig-more#sha3-256',
    'sha3-256',
    '3a985da74fe225b2045c172d6bd390bd855f086e3e9d525b46bfe24511431532',
  ],
  [
    'http://www.w3.org/2007/05/xmldsig-more#sha3-384',
    'sha3-384',
    'ec01498288516fc926459f58e2c6ad8df9b473cb0fc08c2596da7cf0e49be4b298d88cea927ac7f539f1edf228376d25',
  ],
  [
    'http://www.w3.org/2007/05/xmldsig-more#sha3-512',
    'sha3-512',
    'b751850b1a57168a5693cd924b6b096e08f621827444f70d884f5d0240d2712e10e116e9192af3c91a7ec57647e3934057340b4cf408d5a56592f8274eec53f0',
  ],
];
const providers = [createCryptoProvider(new Crypto().subtle), createCryptoProvider(null), nodeCrypto()];
const hex = (octets: Uint8Array | null) => (octets === null ? null : Buffer.from(octets).toString('hex'));

it.each(ABC)('%s', async (uri, openssl, abc) => {
  for (const provider of providers) {
    expect(hex(await provider.digest(uri, Buffer.from('abc')))).toBe(abc);
    expect(hex(provider.digestNow(uri, Buffer.from('abc')))).toBe(abc);
    if (!getHashes().includes(openssl)) continue;
    const long = new Uint8Array(100_001).map((_, index) => index * 7);
    for (const octets of [new Uint8Array(0), long.subarray(1, 65), long.subarray(3)]) {
      expect(hex(await provider.digest(uri, octets))).toBe(createHash(openssl).update(octets).digest('hex'));
    }
  }
});

it('does not have Whirlpool and says so', async () => {
  for (const provider of providers) {
    expect(await provider.digest('http://www.w3.org/2007/05/xmldsig-more#whirlpool', new Uint8Array())).toBeNull();
    expect(provider.digestNow('urn:nothing', new Uint8Array())).toBeNull();
  }
});

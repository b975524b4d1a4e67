/** Block ciphers, wraps, transports, agreement and derivation against Wycheproof, with WebCrypto and without. */
import { Crypto } from '@peculiar/webcrypto';
import { expect, it } from 'vitest';
import { namedCurve } from '../../src/engine/crypto/curves.ts';
import { createDecryptionProvider } from '../../src/engine/crypto/decryption-web.ts';
import type { DecryptOutcome } from '../../src/engine/crypto/decryption-provider.ts';
import type { CurveName, PrivateKey } from '../../src/engine/crypto/keys.ts';
import { ecKey, KeyOid, rawKey, rsaKey, uncompressedPoint } from '../../src/engine/crypto/spki.ts';
import { ecPkcs8, edwardsPkcs8 } from '../../src/engine/keystore/private-key.ts';
import { describeWycheproof, hexField, isAskedAgain, type WycheproofGroup, type WycheproofTest } from './wycheproof.ts';

const XENC = 'http://www.w3.org/2001/04/xmlenc#';
const XENC11 = 'http://www.w3.org/2009/xmlenc11#';
const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';
const MORE21 = 'http://www.w3.org/2021/04/xmldsig-more#';
const withoutWebCrypto = createDecryptionProvider(null);
const withWebCrypto = createDecryptionProvider(new Crypto().subtle);
const providers = [withWebCrypto, withoutWebCrypto];
const hex = (octets: Uint8Array) => Buffer.from(octets).toString('hex');
const shown = (outcome: DecryptOutcome) =>
  outcome.result === 'plaintext' ? hex(outcome.octets) : JSON.stringify(outcome);

/** Runs every test that `algorithmOf` has an algorithm for; null leaves a group out. */
function expectAll(
  groups: readonly WycheproofGroup[],
  run: (
    provider: (typeof providers)[number],
    group: WycheproofGroup,
    test: WycheproofTest,
  ) => Promise<DecryptOutcome> | DecryptOutcome | null,
  expected: (test: WycheproofTest, group: WycheproofGroup) => string | null,
  /** Transport and agreement do not ask WebCrypto: one provider is enough. */
  among: readonly (typeof providers)[number][] = providers,
) {
  return async () => {
    const wrong: string[] = [];
    let count = 0;
    for (const group of groups) {
      for (const test of group.tests) {
        const again = isAskedAgain(test) || !among.includes(withWebCrypto);
        for (const provider of again ? among : [withWebCrypto]) {
          const outcome = await run(provider, group, test);
          if (outcome === null) continue;
          count++;
          const wanted = expected(test, group);
          if (wanted === null ? outcome.result === 'plaintext' : shown(outcome) !== wanted) {
            wrong.push(
              `${test.tcId} ${test.result} ${test.comment} [${test.flags.join(' ')}]: ${shown(outcome).slice(0, 80)}`,
            );
          }
        }
      }
    }
    expect(wrong).toEqual([]);
    expect(count).toBeGreaterThan(0);
  };
}

const joined = (...parts: Uint8Array[]) => new Uint8Array(Buffer.concat(parts));
const message = (test: WycheproofTest) => (test.result === 'valid' ? String(test.msg) : null);

describeWycheproof('aes_gcm.json', (groups) => {
  it(
    'opens IV ‖ ciphertext ‖ tag of 96-bit IVs without additional data',
    expectAll(
      groups,
      (provider, group, test) =>
        group.ivSize === 96 && group.tagSize === 128 && test.aad === ''
          ? provider.decrypt(
              `${XENC11}aes${String(group.keySize)}-gcm`,
              hexField(test, 'key'),
              joined(hexField(test, 'iv'), hexField(test, 'ct'), hexField(test, 'tag')),
            )
          : null,
      message,
    ),
  );
});

describeWycheproof('chacha20_poly1305.json', (groups) => {
  it(
    'opens nonce ‖ ciphertext ‖ tag without additional data',
    expectAll(
      groups,
      (provider, group, test) =>
        group.ivSize === 96 && test.aad === ''
          ? provider.decrypt(
              `${MORE21}chacha20poly1305`,
              hexField(test, 'key'),
              joined(hexField(test, 'iv'), hexField(test, 'ct'), hexField(test, 'tag')),
            )
          : null,
      message,
    ),
  );
});

describeWycheproof('aes_cbc_pkcs5.json', (groups) => {
  // XML Encryption reads only the last padding octet: vectors invalid for the other octets alone open here.
  it(
    'opens IV ‖ ciphertext with XML Encryption padding',
    expectAll(
      groups,
      (provider, group, test) =>
        test.result === 'valid'
          ? provider.decrypt(
              `${XENC}aes${String(group.keySize)}-cbc`,
              hexField(test, 'key'),
              joined(hexField(test, 'iv'), hexField(test, 'ct')),
            )
          : null,
      message,
    ),
  );
  it(
    'refuses what is no whole block',
    expectAll(
      groups,
      (provider, group, test) =>
        hexField(test, 'ct').length % 16 !== 0 || test.ct === ''
          ? provider.decrypt(
              `${XENC}aes${String(group.keySize)}-cbc`,
              hexField(test, 'key'),
              joined(hexField(test, 'iv'), hexField(test, 'ct')),
            )
          : null,
      () => null,
    ),
  );
});

describeWycheproof('aes_wrap.json', (groups) => {
  it(
    'unwraps',
    expectAll(
      groups,
      (provider, group, test) =>
        provider.unwrap(`${XENC}kw-aes${String(group.keySize)}`, hexField(test, 'key'), hexField(test, 'ct')),
      message,
    ),
  );
});
describeWycheproof('aes_kwp.json', (groups) => {
  it(
    'unwraps with padding',
    expectAll(
      groups,
      (provider, group, test) =>
        provider.unwrap(`${XENC11}kw-aes-${String(group.keySize)}-pad`, hexField(test, 'key'), hexField(test, 'ct')),
      message,
    ),
  );
});

describeWycheproof('camellia_cbc_pkcs5.json', (groups) => {
  it(
    'opens IV ‖ ciphertext',
    expectAll(
      groups,
      (provider, group, test) =>
        test.result === 'valid'
          ? provider.decrypt(
              `${MORE01}camellia${String(group.keySize)}-cbc`,
              hexField(test, 'key'),
              joined(hexField(test, 'iv'), hexField(test, 'ct')),
            )
          : null,
      message,
      [withoutWebCrypto],
    ),
  );
});
describeWycheproof('camellia_wrap.json', (groups) => {
  it(
    'unwraps',
    expectAll(
      groups,
      (provider, group, test) =>
        provider.unwrap(`${MORE01}kw-camellia${String(group.keySize)}`, hexField(test, 'key'), hexField(test, 'ct')),
      message,
      [withoutWebCrypto],
    ),
  );
});

describeWycheproof('seed_wrap.json', (groups) => {
  it(
    'unwraps',
    expectAll(
      groups,
      (provider, _group, test) =>
        provider.unwrap(
          'http://www.w3.org/2007/05/xmldsig-more#kw-seed128',
          hexField(test, 'key'),
          hexField(test, 'ct'),
        ),
      message,
      [withoutWebCrypto],
    ),
  );
});

const privateKeyOf = (group: WycheproofGroup): PrivateKey => {
  const numbers = group.privateKey as Record<string, string>;
  return {
    pkcs8: hexField(group, 'privateKeyPkcs8'),
    publicKey: rsaKey(BigInt(`0x${numbers.modulus}`), BigInt(`0x${numbers.publicExponent}`)),
  };
};

describeWycheproof('rsa_pkcs1_2048.json', (groups) => {
  it(
    'opens rsa-1_5',
    expectAll(
      groups,
      (provider, group, test) =>
        provider.transport(
          `${XENC}rsa-1_5`,
          { digest: null, maskGeneration: null, label: new Uint8Array() },
          privateKeyOf(group),
          hexField(test, 'ct'),
        ),
      message,
      [withoutWebCrypto],
    ),
  );
});

const DIGEST: Readonly<Record<string, string>> = {
  'SHA-1': 'http://www.w3.org/2000/09/xmldsig#sha1',
  'SHA-224': `${MORE01}sha224`,
  'SHA-256': `${XENC}sha256`,
  'SHA-384': `${MORE01}sha384`,
  'SHA-512': `${XENC}sha512`,
};
for (const file of [
  '2048_sha1_mgf1sha1',
  '2048_sha224_mgf1sha1',
  '2048_sha256_mgf1sha1',
  '2048_sha256_mgf1sha256',
  '2048_sha384_mgf1sha384',
  '2048_sha512_mgf1sha1',
  '2048_sha512_mgf1sha512',
  'misc',
]) {
  describeWycheproof(`rsa_oaep_${file}.json`, (groups) => {
    it(
      'opens rsa-oaep, and rsa-oaep-mgf1p where the mask is SHA-1',
      expectAll(
        groups,
        (provider, group, test) => {
          // A third of a second each: of the 8192-bit keys every ninth vector does.
          if (Number(group.keySize) > 4096 && test.tcId % 9 !== 0) return null;
          const digest = DIGEST[String(group.sha)];
          if (digest === undefined || DIGEST[String(group.mgfSha)] === undefined) return null;
          const maskGeneration = `${XENC11}mgf1${String(group.mgfSha).toLowerCase().replace('-', '')}`;
          const algorithm =
            group.mgfSha === 'SHA-1' && test.tcId % 2 === 0 ? `${XENC}rsa-oaep-mgf1p` : `${XENC11}rsa-oaep`;
          return provider.transport(
            algorithm,
            { digest, maskGeneration, label: hexField(test, 'label') },
            privateKeyOf(group),
            hexField(test, 'ct'),
          );
        },
        (test) => (test.result === 'invalid' ? null : String(test.msg)),
        [withoutWebCrypto],
      ),
    );
  });
}

for (const [file, name] of [
  ['ecdh_secp256r1_ecpoint', 'P-256'],
  ['ecdh_secp384r1_ecpoint', 'P-384'],
  ['ecdh_secp521r1_ecpoint', 'P-521'],
] as const) {
  describeWycheproof(`${file}.json`, (groups) => {
    const curve = namedCurve(name satisfies CurveName);
    const own = ecKey(name, uncompressedPoint(curve, curve.gx, curve.gy));
    // A compressed point is `acceptable` there: SEC 1 has it, XML Signature 1.1 too, so it is taken.
    it(
      'agrees on Z',
      expectAll(
        groups,
        (provider, _group, test) => {
          // Up to 15 ms each: all of P-256, every third of the others.
          if (!own.ok || (name !== 'P-256' && test.tcId % 3 !== 0)) return null;
          const other = ecKey(name, hexField(test, 'public'));
          if (!other.ok) return { result: 'unusable', what: other.problem.code };
          return provider.agree(
            `${XENC11}ECDH-ES`,
            { pkcs8: ecPkcs8(curve.oid, hexField(test, 'private'), null), publicKey: own.key },
            other.key,
          );
        },
        (test) => (test.result === 'invalid' ? null : String(test.shared)),
        [withoutWebCrypto],
      ),
    );
  });
}

for (const [file, kind, oid] of [
  ['x25519', 'X25519', KeyOid.x25519],
  ['x448', 'X448', KeyOid.x448],
] as const) {
  describeWycheproof(`${file}.json`, (groups) => {
    it(
      'agrees on the shared secret, and refuses one of zeros',
      expectAll(
        groups,
        (provider, _group, test) => {
          const other = rawKey(kind, hexField(test, 'public'));
          if (!other.ok) return { result: 'unusable', what: other.problem.code };
          return provider.agree(
            `${MORE21}${file}`,
            { pkcs8: edwardsPkcs8(oid, hexField(test, 'private')), publicKey: other.key },
            other.key,
          );
        },
        (test) => (test.result === 'invalid' || /^0*$/.test(String(test.shared)) ? null : String(test.shared)),
        [withoutWebCrypto],
      ),
    );
  });
}

for (const sha of ['sha1', 'sha256', 'sha384', 'sha512']) {
  const prf = sha === 'sha1' ? 'http://www.w3.org/2000/09/xmldsig#hmac-sha1' : `${MORE01}hmac-${sha}`;
  describeWycheproof(`hkdf_${sha}.json`, (groups) => {
    it(
      'derives',
      expectAll(
        groups,
        (provider, _group, test) => {
          const size = Number(test.size);
          // Longer than any key: refused before HKDF's own bound of 255 blocks is met.
          return size > 1024 && test.result === 'valid'
            ? null
            : provider.derive(
                { method: 'hkdf', prf, salt: hexField(test, 'salt'), info: hexField(test, 'info') },
                hexField(test, 'ikm'),
                size,
              );
        },
        (test) => (test.result === 'valid' ? String(test.okm) : null),
      ),
    );
  });
  if (sha === 'sha1' || sha === 'sha256') {
    describeWycheproof(`pbkdf2_hmac${sha}.json`, (groups) => {
      it(
        'derives',
        expectAll(
          groups,
          (provider, _group, test) =>
            Number(test.iterationCount) > 100_000
              ? null
              : provider.derive(
                  { method: 'pbkdf2', prf, salt: hexField(test, 'salt'), iterations: Number(test.iterationCount) },
                  hexField(test, 'password'),
                  Number(test.dkLen),
                ),
          (test) => (test.result === 'valid' ? String(test.dk) : null),
        ),
      );
    });
  }
}

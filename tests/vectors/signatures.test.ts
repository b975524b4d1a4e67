/** Public-key signatures against Wycheproof, with WebCrypto and without it: both must give the same answer. */
import { Crypto } from '@peculiar/webcrypto';
import { expect, it } from 'vitest';
import { nodeCrypto } from '../../src/cli/node-crypto.ts';
import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';
import type { SignatureParameters } from '../../src/engine/crypto/provider.ts';
import { parseSpki } from '../../src/engine/crypto/spki.ts';
import { describeWycheproof, hexField, isAskedAgain, type WycheproofGroup } from './wycheproof.ts';

const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';
const MORE07 = 'http://www.w3.org/2007/05/xmldsig-more#';
const MORE21 = 'http://www.w3.org/2021/04/xmldsig-more#';
const DIGEST: Readonly<Record<string, string>> = {
  'SHA-1': 'http://www.w3.org/2000/09/xmldsig#sha1',
  'SHA-256': 'http://www.w3.org/2001/04/xmlenc#sha256',
  'SHA-512': 'http://www.w3.org/2001/04/xmlenc#sha512',
};

const withWebCrypto = createCryptoProvider(new Crypto().subtle);
const withoutWebCrypto = createCryptoProvider(null);
const inNode = nodeCrypto();

const pss = (group: WycheproofGroup): SignatureParameters => ({
  pss: {
    digest: DIGEST[String(group.sha)] ?? '',
    maskDigest: DIGEST[String(group.mgfSha)] ?? '',
    saltLength: Number(group.sLen),
    trailerField: 1,
  },
});

/**
 * Acceptable vectors are refused: a missing NULL in DigestInfo and short keys' oddities are no XML signature that
 * RFC 8017 §8.2.2's own method (encode and compare) takes.
 */
const FILES: readonly {
  readonly file: string;
  readonly algorithm: string;
  readonly parameters?: (group: WycheproofGroup) => SignatureParameters;
}[] = [
  { file: 'rsa_signature_2048_sha256.json', algorithm: `${MORE01}rsa-sha256` },
  { file: 'rsa_signature_2048_sha512.json', algorithm: `${MORE01}rsa-sha512` },
  { file: 'rsa_pss_2048_sha1_mgf1_20.json', algorithm: `${MORE07}sha1-rsa-MGF1` },
  { file: 'rsa_pss_2048_sha256_mgf1_32.json', algorithm: `${MORE07}sha256-rsa-MGF1` },
  { file: 'rsa_pss_2048_sha256_mgf1_32.json', algorithm: `${MORE07}rsa-pss`, parameters: pss },
  { file: 'rsa_pss_2048_sha256_mgf1sha1_20.json', algorithm: `${MORE07}rsa-pss`, parameters: pss },
  { file: 'rsa_pss_2048_sha512_mgf1sha256_32_params.json', algorithm: `${MORE07}rsa-pss`, parameters: pss },
  { file: 'ecdsa_secp256r1_sha256_p1363.json', algorithm: `${MORE01}ecdsa-sha256` },
  { file: 'ecdsa_secp384r1_sha384_p1363.json', algorithm: `${MORE01}ecdsa-sha384` },
  { file: 'ecdsa_secp521r1_sha512_p1363.json', algorithm: `${MORE01}ecdsa-sha512` },
  { file: 'ecdsa_secp256k1_sha256_p1363.json', algorithm: `${MORE01}ecdsa-sha256` },
  { file: 'ecdsa_brainpoolP256r1_sha256_p1363.json', algorithm: `${MORE01}ecdsa-sha256` },
  { file: 'ecdsa_brainpoolP384r1_sha384_p1363.json', algorithm: `${MORE01}ecdsa-sha384` },
  { file: 'ecdsa_brainpoolP512r1_sha512_p1363.json', algorithm: `${MORE01}ecdsa-sha512` },
  { file: 'ed25519.json', algorithm: `${MORE21}eddsa-ed25519` },
  { file: 'ed448.json', algorithm: `${MORE21}eddsa-ed448` },
  { file: 'dsa_2048_256_sha256_p1363.json', algorithm: 'http://www.w3.org/2009/xmldsig11#dsa-sha256' },
];

for (const { file, algorithm, parameters } of FILES) {
  describeWycheproof(file, (groups) => {
    it(`passes what is valid and refuses the rest with ${algorithm}`, async () => {
      const wrong: string[] = [];
      let valid = 0;
      for (const group of groups) {
        const parsed = parseSpki(hexField(group, 'publicKeyDer'));
        expect(parsed.ok).toBe(true);
        if (!parsed.ok) continue;
        for (const test of group.tests) {
          const [octets, value] = [hexField(test, 'msg'), hexField(test, 'sig')];
          const outcome = await withWebCrypto.verify(algorithm, parameters?.(group) ?? {}, parsed.key, octets, value);
          const alone = isAskedAgain(test)
            ? await withoutWebCrypto.verify(algorithm, parameters?.(group) ?? {}, parsed.key, octets, value)
            : outcome;
          const node = await inNode.verify(algorithm, parameters?.(group) ?? {}, parsed.key, octets, value);
          if (test.result === 'valid') valid++;
          // DigestInfo without NULL: some signers leave it out, and verifiers may take both (RFC 8017 A.2.4, RFC 4055 §5).
          const lenient = test.result === 'acceptable' && test.flags.every((flag) => flag === 'MissingNull');
          const expected = test.result === 'valid' || lenient;
          if (
            (outcome.result === 'pass') !== expected ||
            outcome.result !== alone.result ||
            node.result !== outcome.result
          ) {
            wrong.push(
              `${test.tcId} ${test.result} ${test.comment} [${test.flags.join(' ')}]: ` +
                `${JSON.stringify([outcome, alone, node])}`,
            );
          }
        }
      }
      expect(wrong).toEqual([]);
      expect(valid).toBeGreaterThan(0);
    });
  });
}

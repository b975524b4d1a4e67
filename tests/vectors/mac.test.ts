/** HMAC against Wycheproof, truncated outputs included. */
import { expect, it } from 'vitest';
import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';
import { describeWycheproof, hexField } from './wycheproof.ts';

const provider = createCryptoProvider(null);
const FILES = [
  ['hmac_sha1.json', 'http://www.w3.org/2000/09/xmldsig#hmac-sha1'],
  ['hmac_sha224.json', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha224'],
  ['hmac_sha256.json', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256'],
  ['hmac_sha384.json', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha384'],
  ['hmac_sha512.json', 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha512'],
] as const;

for (const [file, algorithm] of FILES) {
  describeWycheproof(file, (groups) => {
    it(`passes what is valid and refuses the rest with ${algorithm}`, async () => {
      const wrong: string[] = [];
      for (const group of groups) {
        for (const test of group.tests) {
          const outcome = await provider.verifyMac(
            algorithm,
            { hmacOutputLength: Number(group.tagSize) },
            hexField(test, 'key'),
            hexField(test, 'msg'),
            hexField(test, 'tag'),
          );
          if ((outcome.result === 'pass') !== (test.result === 'valid')) wrong.push(`${test.tcId} ${test.comment}`);
        }
      }
      expect(wrong).toEqual([]);
    });
  });
}

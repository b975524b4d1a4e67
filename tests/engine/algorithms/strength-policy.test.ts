/** The thresholds behind `valid-weak`. */
import { expect, it } from 'vitest';
import { algorithmWeakness, keyWeaknesses, macWeaknesses } from '../../../src/engine/algorithms/strength-policy.ts';

const codes = (found: readonly { code: string }[]) => found.map((weakness) => weakness.code);
const HMAC_SHA1 = 'http://www.w3.org/2000/09/xmldsig#hmac-sha1';
const HMAC_SHA256 = 'http://www.w3.org/2001/04/xmldsig-more#hmac-sha256';

it('calls SHA-1, MD5 and RIPEMD-160 weak in signatures and digests, HMAC-SHA1 legacy, SHA-256 nothing', () => {
  expect(algorithmWeakness('http://www.w3.org/2000/09/xmldsig#rsa-sha1')).toMatchObject({
    code: 'weak-algorithm',
    severity: 'warning',
    data: { reason: 'sha1-collisions' },
  });
  expect(algorithmWeakness('http://www.w3.org/2000/09/xmldsig#sha1')?.severity).toBe('warning');
  expect(algorithmWeakness('http://www.w3.org/2001/04/xmldsig-more#md5')?.data.reason).toBe('md5-collisions');
  expect(algorithmWeakness('http://www.w3.org/2001/04/xmlenc#ripemd160')?.data.reason).toBe('ripemd160-short');
  expect(algorithmWeakness(HMAC_SHA1)).toMatchObject({ code: 'legacy-algorithm', severity: 'note' });
  expect(algorithmWeakness('http://www.w3.org/2001/04/xmldsig-more#rsa-sha256')).toBeNull();
  expect(algorithmWeakness('urn:unknown')).toBeNull();
});

it('takes keys at the minimum and warns one below', () => {
  expect(keyWeaknesses('RSA', 2048, 65537n)).toEqual([]);
  expect(codes(keyWeaknesses('RSA', 2047, 65537n))).toEqual(['weak-key']);
  expect(codes(keyWeaknesses('RSA', 2048, 3n))).toEqual(['small-rsa-exponent']);
  expect(keyWeaknesses('EC', 224)).toEqual([]);
  expect(codes(keyWeaknesses('EC', 192))).toEqual(['weak-key']);
  expect(codes(keyWeaknesses('DSA', 1024))).toEqual(['weak-key']);
});

it('refuses an HMAC below max(80, half) and warns above it', () => {
  expect(macWeaknesses(HMAC_SHA1, null, 16)).toEqual([]);
  expect(macWeaknesses(HMAC_SHA1, 160, 16)).toEqual([]);
  expect(codes(macWeaknesses(HMAC_SHA1, 80, 16))).toEqual(['hmac-truncated']);
  expect(codes(macWeaknesses(HMAC_SHA1, 72, 16))).toEqual(['hmac-truncated-below-floor']);
  expect(codes(macWeaknesses(HMAC_SHA256, 120, 16))).toEqual(['hmac-truncated-below-floor']);
  expect(codes(macWeaknesses(HMAC_SHA256, 128, 16))).toEqual(['hmac-truncated']);
  expect(codes(macWeaknesses(HMAC_SHA256, 0, 16))).toEqual(['hmac-truncated-below-floor']);
  expect(codes(macWeaknesses(HMAC_SHA256, 264, 16))).toEqual(['hmac-output-length-invalid']);
  expect(codes(macWeaknesses(HMAC_SHA256, 129, 16))).toEqual(['hmac-output-length-invalid']);
  expect(codes(macWeaknesses(HMAC_SHA256, null, 13))).toEqual(['weak-key']);
});

/** URIs as wrong stacks send them lead to the right one. */
import { describe, expect, it } from 'vitest';
import { didYouMean, editDistance } from '../../../src/engine/algorithms/near-miss.ts';

describe('didYouMean', () => {
  it.each([
    ['http://www.w3.org/2000/09/xmldsig#sha256', 'http://www.w3.org/2001/04/xmlenc#sha256', 'namespace'],
    ['http://www.w3.org/2000/09/xmldsig#rsa-sha256', 'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256', 'namespace'],
    ['http://www.w3.org/2001/04/xmlenc#sha384', 'http://www.w3.org/2001/04/xmldsig-more#sha384', 'namespace'],
    ['http://www.w3.org/2001/04/xmlenc#aes128-gcm', 'http://www.w3.org/2009/xmlenc11#aes128-gcm', 'namespace'],
    ['http://www.w3.org/2001/10/xml-exc-c14n', 'http://www.w3.org/2001/10/xml-exc-c14n#', 'spelling'],
    ['https://www.w3.org/2001/04/xmlenc#sha256', 'http://www.w3.org/2001/04/xmlenc#sha256', 'spelling'],
    ['http://www.w3.org/2001/04/xmlenc#SHA256', 'http://www.w3.org/2001/04/xmlenc#sha256', 'spelling'],
    [' http://www.w3.org/2001/04/xmlenc#sha256\n', 'http://www.w3.org/2001/04/xmlenc#sha256', 'spelling'],
    [
      'http://www.w3.org/2001/04/xmldsig-more#rsa-sha265',
      'http://www.w3.org/2001/04/xmldsig-more#rsa-sha256',
      'distance',
    ],
    ['SHA-256', 'http://www.w3.org/2001/04/xmlenc#sha256', 'namespace'],
  ])('%s', (wrong, right, reason) => {
    expect(didYouMean(wrong)[0]).toMatchObject({ uri: right, reason });
  });
  it('keeps to the kind asked for', () => {
    expect(didYouMean('http://www.w3.org/2001/04/xmlenc#sha-1', 'digest').map((miss) => miss.uri)).toEqual([
      'http://www.w3.org/2000/09/xmldsig#sha1',
    ]);
    expect(didYouMean('http://www.w3.org/2001/04/xmlenc#sha256', 'signature')[0]?.uri).not.toBe(
      'http://www.w3.org/2001/04/xmlenc#sha256',
    );
  });
  it('says nothing about known, foreign and endless URIs', () => {
    expect(didYouMean('http://www.w3.org/2001/04/xmlenc#sha256')).toEqual([]);
    expect(didYouMean('http://example.org/my-algorithm')).toEqual([]);
    expect(didYouMean(`http://www.w3.org/2001/04/xmlenc#${'sha256'.repeat(100_000)}`)).toEqual([]);
  });
});

it('editDistance counts up to its limit', () => {
  expect(editDistance('kitten', 'sitting', 5)).toBe(3);
  expect(editDistance('kitten', 'sitting', 2)).toBe(3);
  expect(editDistance('', 'abc', 3)).toBe(3);
  expect(editDistance('sha265', 'sha256', 1)).toBe(1);
  expect(editDistance('abc', 'abc', 0)).toBe(0);
});

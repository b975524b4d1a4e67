/** Key values as the specifications' examples and OpenSSL's keys have them, and what is wrong with the broken ones. */
import { generateKeyPairSync } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { readKeyValue } from '../../../src/engine/crypto/key-value.ts';
import { namedCurve } from '../../../src/engine/crypto/curves.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

const DS = 'http://www.w3.org/2000/09/xmldsig#';
const DS11 = 'http://www.w3.org/2009/xmldsig11#';
const MORE01 = 'http://www.w3.org/2001/04/xmldsig-more#';

const { publicKey } = generateKeyPairSync('ec', { namedCurve: 'P-256' });
const jwk = publicKey.export({ format: 'jwk' });
const x = Buffer.from(String(jwk.x), 'base64url');
const y = Buffer.from(String(jwk.y), 'base64url');
const spki = new Uint8Array(publicKey.export({ type: 'spki', format: 'der' }));
const point = Buffer.concat([Buffer.of(4), x, y]).toString('base64');
const decimal = (octets: Buffer) => BigInt(`0x${octets.toString('hex')}`).toString();

function read(content: string) {
  const { document } = parseXml(
    Buffer.from(`<ds:KeyValue xmlns:ds="${DS}" xmlns:d11="${DS11}" xmlns:m="${MORE01}">${content}</ds:KeyValue>`),
    { budget: new Budget() },
  );
  return readKeyValue(document, document.root);
}
const code = (content: string) => {
  const result = read(content);
  return result.ok ? result.form : result.problem.code;
};
const spkiOf = (content: string) => {
  const result = read(content);
  return result.ok ? result.key.spki : result.problem;
};

describe('forms', () => {
  it('RSAKeyValue, with line breaks and leading zeros as peers write them', () => {
    const rsa = generateKeyPairSync('rsa', { modulusLength: 1024 }).publicKey;
    const { n, e } = rsa.export({ format: 'jwk' });
    const modulus = Buffer.concat([Buffer.of(0), Buffer.from(String(n), 'base64url')])
      .toString('base64')
      .replace(/(.{60})/g, '$1\n  ');
    const content = `<ds:RSAKeyValue><ds:Modulus>${modulus}</ds:Modulus><ds:Exponent>${Buffer.from(String(e), 'base64url').toString('base64')}</ds:Exponent></ds:RSAKeyValue>`;
    expect(spkiOf(content)).toEqual(new Uint8Array(rsa.export({ type: 'spki', format: 'der' })));
  });
  it('ECKeyValue with NamedCurve', () => {
    expect(
      spkiOf(
        '<d11:ECKeyValue><d11:NamedCurve ' +
          `URI="urn:oid:1.2.840.10045.3.1.7"/><d11:PublicKey>${point}</d11:PublicKey></d11:ECKeyValue>`,
      ),
    ).toEqual(spki);
  });
  it('ECKeyValue with the parameters of a named curve spelled out', () => {
    const { p, a, b, gx, gy, n } = namedCurve('P-256');
    const binary = (value: bigint) => Buffer.from(value.toString(16).padStart(64, '0'), 'hex');
    const parameters = (base: Buffer) =>
      `<d11:ECParameters><d11:FieldID><d11:Prime><d11:P>${binary(p).toString('base64')}</d11:P></d11:Prime></d11:FieldID><d11:Curve><d11:A>${binary(a).toString('base64')}</d11:A><d11:B>${binary(b).toString('base64')}</d11:B></d11:Curve><d11:Base>${base.toString('base64')}</d11:Base><d11:Order>${binary(n).toString('base64')}</d11:Order><d11:CoFactor>1</d11:CoFactor></d11:ECParameters>`;
    const base = Buffer.concat([Buffer.of(4), binary(gx), binary(gy)]);
    expect(
      spkiOf(`<d11:ECKeyValue>${parameters(base)}<d11:PublicKey>${point}</d11:PublicKey></d11:ECKeyValue>`),
    ).toEqual(spki);
    // The attack of CVE-2020-0601: the generator replaced so that the key matches a chosen private key.
    const forged = Buffer.concat([Buffer.of(4), x, y]);
    expect(code(`<d11:ECKeyValue>${parameters(forged)}<d11:PublicKey>${point}</d11:PublicKey></d11:ECKeyValue>`)).toBe(
      'key-value-unknown-curve',
    );
  });
  it('RFC 4050 ECDSAKeyValue, decimal', () => {
    const content =
      '<m:ECDSAKeyValue><m:DomainParameters><m:NamedCurve ' +
      `URN="urn:oid:1.2.840.10045.3.1.7"/></m:DomainParameters><m:PublicKey><m:X Value="${decimal(x)}"/><m:Y ` +
      `Value="${decimal(y)}"/></m:PublicKey></m:ECDSAKeyValue>`;
    expect(spkiOf(content)).toEqual(spki);
  });
  it('DEREncodedKeyValue', () => {
    expect(spkiOf(`<d11:DEREncodedKeyValue>${Buffer.from(spki).toString('base64')}</d11:DEREncodedKeyValue>`)).toEqual(
      spki,
    );
  });
  it('DSAKeyValue', () => {
    const dsa = generateKeyPairSync('dsa', { modulusLength: 1024, divisorLength: 160 }).publicKey.export({
      type: 'spki',
      format: 'der',
    });
    const again = code(`<d11:DEREncodedKeyValue>${dsa.toString('base64')}</d11:DEREncodedKeyValue>`);
    expect(again).toBe('DEREncodedKeyValue');
    expect(
      code('<ds:DSAKeyValue><ds:P>Aw==</ds:P><ds:Q>Aw==</ds:Q><ds:G>Aw==</ds:G><ds:Y>Aw==</ds:Y></ds:DSAKeyValue>'),
    ).toBe('DSAKeyValue');
  });
});

describe('problems', () => {
  it.each([
    ['', 'key-value-empty'],
    ['<ds:PGPKeyValue/>', 'key-value-unknown-form'],
    ['<ds:RSAKeyValue><ds:Modulus>AQAB</ds:Modulus></ds:RSAKeyValue>', 'key-value-missing-part'],
    [
      '<ds:RSAKeyValue><ds:Modulus>A?</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue>',
      'key-value-not-base64',
    ],
    ['<ds:RSAKeyValue><ds:Modulus></ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue>', 'key-malformed'],
    [
      `<ds:RSAKeyValue><ds:Modulus>${'A'.repeat(8000)}</ds:Modulus><ds:Exponent>AQAB</ds:Exponent></ds:RSAKeyValue>`,
      'key-value-too-large',
    ],
    [
      '<d11:ECKeyValue><d11:NamedCurve URI="urn:oid:1.2.3"/><d11:PublicKey>BA==</d11:PublicKey></d11:ECKeyValue>',
      'key-value-unknown-curve',
    ],
    [
      '<d11:ECKeyValue><d11:NamedCurve ' +
        'URI="urn:oid:1.2.840.10045.3.1.7"/><d11:PublicKey>BA==</d11:PublicKey></d11:ECKeyValue>',
      'point-encoding',
    ],
    [
      '<m:ECDSAKeyValue><m:DomainParameters><m:NamedCurve ' +
        'URN="urn:oid:1.2.840.10045.3.1.7"/></m:DomainParameters><m:PublicKey><m:X Value="1"/><m:Y ' +
        'Value="1"/></m:PublicKey></m:ECDSAKeyValue>',
      'point-not-on-curve',
    ],
    [
      '<m:ECDSAKeyValue><m:DomainParameters><m:NamedCurve ' +
        'URN="urn:oid:1.2.840.10045.3.1.7"/></m:DomainParameters><m:PublicKey><m:X ' +
        `Value="${'9'.repeat(500)}"/><m:Y Value="1"/></m:PublicKey></m:ECDSAKeyValue>`,
      'key-malformed',
    ],
    ['<d11:DEREncodedKeyValue>MAA=</d11:DEREncodedKeyValue>', 'spki-malformed'],
  ])('%s: %s', (content, expected) => expect(code(content)).toBe(expected));
});

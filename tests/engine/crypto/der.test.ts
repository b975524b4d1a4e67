/** The DER reader takes DER and names what is wrong with the rest. */
import { describe, expect, it } from 'vitest';
import {
  derInteger,
  derOctetString,
  derOid,
  encodeDer,
  encodeDerInteger,
  encodeDerOid,
  octetsFromBigInt,
  readDer,
} from '../../../src/engine/bytes/der.ts';

const bytes = (hex: string) => Uint8Array.from(Buffer.from(hex.replaceAll(' ', ''), 'hex'));
const problem = (hex: string, options = {}) => {
  const read = readDer(bytes(hex), options);
  return read.ok ? 'ok' : `${read.problem.code}@${read.problem.offset}`;
};

describe('readDer', () => {
  it.each([
    ['', 'der-empty@0'],
    ['30', 'der-truncated@0'],
    ['3003 0201', 'der-truncated@0'],
    ['3003 020205', 'der-child-overruns@2'],
    ['3003 0201', 'der-truncated@0'],
    ['308103 020105', 'der-length-not-minimal@0'],
    ['30820003 020105', 'der-length-not-minimal@0'],
    ['3080 020105 0000', 'der-length-indefinite@0'],
    ['1f8101 00', 'der-tag-high@0'],
    ['020105 00', 'der-trailing-octets@3'],
    ['30857fffffffff00', 'der-length-too-long@0'],
    ['3003 020105', 'ok'],
    ['3000', 'ok'],
    ['3000', 'ok'],
  ])('%s: %s', (hex, expected) => expect(problem(hex)).toBe(expected));

  it('takes indefinite lengths as BER', () => {
    expect(problem('3080 020105 3080 0500 0000 0000', { ber: true })).toBe('ok');
    expect(problem('3080 020105', { ber: true })).toBe('der-truncated@5');
    const read = readDer(bytes('2480 0402 0102 0401 03 0000'), { ber: true });
    expect(read.ok && derOctetString(read.element)).toEqual(Uint8Array.of(1, 2, 3));
  });

  it('stops at its depth without recursion', () => {
    const deep = Uint8Array.from({ length: 100_000 }, (_, index) => (index % 2 === 0 ? 0x30 : 0x80));
    expect(readDer(deep, { ber: true })).toEqual({ ok: false, problem: { code: 'der-too-deep', offset: 64 } });
    expect(problem('3004 3002 3000', { depth: 2 })).toBe('der-too-deep@4');
    expect(problem('3004 3002 3000', { depth: 3 })).toBe('ok');
  });

  it('stops at its number of elements', () => {
    expect(problem('3006 0500 0500 0500', { elements: 3 })).toBe('der-too-many-elements@6');
    expect(problem('3006 0500 0500 0500', { elements: 4 })).toBe('ok');
  });
});

describe('values', () => {
  const element = (hex: string) => {
    const read = readDer(bytes(hex));
    return read.ok ? read.element : undefined;
  };
  it('integers', () => {
    expect(derInteger(element('020100'))).toBe(0n);
    expect(derInteger(element('0201ff'))).toBe(-1n);
    expect(derInteger(element('02020080'))).toBe(128n);
    expect(derInteger(element('0203800001'))).toBe(-8388607n);
    expect(derInteger(element('0200'))).toBeNull();
    expect(derInteger(element('0202007f'))).toBeNull();
    expect(derInteger(element('0202ff80'))).toBeNull();
    expect(derInteger(undefined)).toBeNull();
  });
  it('object identifiers', () => {
    expect(derOid(element('06092a864886f70d010101'))).toBe('1.2.840.113549.1.1.1');
    expect(derOid(element('0603883703'))).toBe('2.999.3');
    expect(derOid(element('0602 2a80'))).toBeNull();
    expect(derOid(element('0603 2a8001'))).toBeNull();
    for (const oid of ['2.16.840.1.101.3.4.2.1', '1.3.36.3.3.2.8.1.1.7', '2.999.3']) {
      expect(derOid(element(Buffer.from(encodeDerOid(oid)).toString('hex')))).toBe(oid);
    }
  });
  it('encodes lengths and signs as DER', () => {
    expect(Buffer.from(encodeDerInteger(128n)).toString('hex')).toBe('02020080');
    expect(encodeDer(4, new Uint8Array(200)).subarray(0, 3)).toEqual(Uint8Array.of(4, 0x81, 200));
    expect(octetsFromBigInt(256n, 1)).toBeNull();
    expect(octetsFromBigInt(0n)).toEqual(Uint8Array.of(0));
    expect(octetsFromBigInt(0x123n, 4)).toEqual(Uint8Array.of(0, 0, 1, 0x23));
  });
});

/** A message as the SAML HTTP redirect binding sends it (SAML 2.0 Bindings §3.4.4.1): raw DEFLATE under base64. */
import { deflateRawSync } from 'node:zlib';
import { describe, expect, it } from 'vitest';
import { Budget, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { openersFor, openInput } from '../../../src/engine/input/open-input.ts';

const message = `<samlp:Response xmlns:samlp="urn:oasis:names:tc:SAML:2.0:protocol">${'x'.repeat(500)}</samlp:Response>`;
const openers = await openersFor(Buffer.from('eJw'));
const opened = (octets: Uint8Array) =>
  openInput(Buffer.from(Buffer.from(octets).toString('base64')), new Budget(), openers);

describe('deflated base64', () => {
  it('is opened, with the whole input as its origin', () => {
    const result = opened(deflateRawSync(message));
    expect(Buffer.from(result.octets).toString()).toBe(message);
    expect(result.wrappings).toEqual(['base64', 'deflate']);
    expect(result.segments).toMatchObject([{ start: 0, end: message.length, sourceStart: 0, kind: 'rewritten' }]);
  });

  it('is not looked for in markup as it stands', async () => {
    expect((await openersFor(Buffer.from(' <a/>'))).inflate).toBeNull();
  });

  it('stays closed where no XML comes out', () => {
    expect(opened(deflateRawSync('no message at all, but long enough')).wrappings).toEqual([]);
    expect(opened(Buffer.from('neither DEFLATE nor XML, only text')).wrappings).toEqual([]);
  });

  it('passes a bound where it would unpack to more than an input may have', () => {
    const bomb = deflateRawSync(Buffer.alloc(1 << 20, 0x20));
    const budget = new Budget({ ...DEFAULT_LIMITS, inputOctets: 100_000 });
    expect(() => openInput(Buffer.from(bomb.toString('base64')), budget, openers)).toThrow(
      expect.objectContaining({ bound: 'inputOctets' }),
    );
  });
});

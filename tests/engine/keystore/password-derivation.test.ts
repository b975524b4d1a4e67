/** The same files open to the same keys whoever derives: @noble/hashes, OpenSSL, WebCrypto. */
import { webcrypto } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { nodeDerivation } from '../../../src/cli/node-crypto.ts';
import { webPasswordDerivation, type PasswordDerivation } from '../../../src/engine/crypto/password-derivation.ts';
import type { SubtleCipherPort } from '../../../src/engine/crypto/subtle-port.ts';
import { readPath } from './key-file-tools.ts';

const FIXTURES = fileURLToPath(new URL('../../fixtures/keystore/', import.meta.url));

/** Counts how often it is asked. */
function counted(port: PasswordDerivation): { readonly derive: PasswordDerivation; asked(): number } {
  let count = 0;
  const { scrypt } = port;
  const derive: PasswordDerivation = {
    pbkdf2: (...call) => {
      count += 1;
      return port.pbkdf2(...call);
    },
    ...(scrypt === undefined
      ? {}
      : {
          scrypt: (...call) => {
            count += 1;
            return scrypt(...call);
          },
        }),
  };
  return { derive, asked: () => count };
}

const web = webPasswordDerivation(webcrypto.subtle as unknown as SubtleCipherPort);

it.each([
  ['modern.p12', nodeDerivation, true],
  ['modern.p12', web, true],
  ['scrypt.pk8', nodeDerivation, true],
  ['scrypt.pk8', web, false],
])('%s', async (file, port, asks) => {
  const { derive, asked } = counted(port);
  const expected = await readPath(FIXTURES + file, { password: 'secret1', derive: null });
  expect(expected.entries.length).toBeGreaterThan(0);
  expect(await readPath(FIXTURES + file, { password: 'secret1', derive })).toEqual(expected);
  expect(asked() > 0).toBe(asks);
  const closed = await readPath(FIXTURES + file, { password: 'secret2', derive });
  expect(closed).toEqual(await readPath(FIXTURES + file, { password: 'secret2', derive: null }));
  expect(closed.entries).toEqual([]);
});

it('derives by itself where the port does not', async () => {
  const none: PasswordDerivation = { pbkdf2: async () => null, scrypt: async () => null };
  for (const file of ['modern.p12', 'scrypt.pk8']) {
    const read = await readPath(FIXTURES + file, { password: 'secret1', derive: none });
    expect(read.entries.length, file).toBeGreaterThan(0);
  }
});

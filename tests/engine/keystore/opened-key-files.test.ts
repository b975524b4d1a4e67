/** A file is opened once for each pair of passwords, and never answers to others. */
import { createHash } from 'node:crypto';
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { expect, it } from 'vitest';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { OpenedKeyFiles } from '../../../src/engine/keystore/opened-key-files.ts';
import type { ReadKeyFileOptions } from '../../../src/engine/keystore/read-key-file.ts';
import { octetsOf } from './key-file-tools.ts';

const STORE = octetsOf(join(fileURLToPath(new URL('../../fixtures/keystore/', import.meta.url)), 'modern.p12'));
const memory = () => new OpenedKeyFiles((octets) => createHash('sha256').update(octets).digest());
const given = (password: string | null, more: Partial<ReadKeyFileOptions> = {}): ReadKeyFileOptions => ({
  file: 'store',
  password,
  budget: new Budget(),
  ...more,
});

it('opens the same octets with the same passwords once, and says name, trust and handles anew', async () => {
  const files = memory();
  const first = await files.read(STORE, given('secret1'));
  const again = await files.read(
    Uint8Array.from(STORE),
    given('secret1', { file: 'other', trusted: true, name: 'ours', firstNumber: 7 }),
  );
  expect(first.entries[0]?.privateKey).toBeTruthy();
  expect(again.entries[0]?.privateKey).toBe(first.entries[0]?.privateKey);
  expect(again.entries[0]).toMatchObject({ id: 'k7', file: 'other', trusted: true, name: 'ours' });
  expect(first.entries[0]).toMatchObject({ id: 'k1', file: 'store', trusted: false });
});

it('other passwords open it again: a store once open stays closed to who has not its password', async () => {
  const files = memory();
  const right = await files.read(STORE, given('secret1'));
  const wrong = await files.read(STORE, given('secret2'));
  expect([wrong.entries.length, wrong.problems[0]?.code]).toEqual([0, 'key-password-wrong']);
  expect((await files.read(STORE, given(null))).entries).toEqual([]);
  const inside = await files.read(STORE, given('secret1', { keyPassword: 'secret2' }));
  expect(inside.entries[0]?.privateKey).not.toBe(right.entries[0]?.privateKey);
  expect((await files.read(STORE, given('secret1'))).entries[0]?.privateKey).toBe(right.entries[0]?.privateKey);
});

it('other octets are another file', async () => {
  const files = memory();
  const right = await files.read(STORE, given('secret1'));
  const damaged = Uint8Array.from(STORE);
  damaged[damaged.length - 1]! ^= 1;
  expect((await files.read(damaged, given('secret1'))).entries[0]?.privateKey).not.toBe(right.entries[0]?.privateKey);
});

/** A damaged file is told from a wrong password where the octets tell them apart. */
import { join } from 'node:path';
import { expect, it } from 'vitest';
import { octetsOf, readOctets } from './key-file-tools.ts';

const FOLDER = join(import.meta.dirname, '..', '..', 'fixtures', 'keystore');
const file = (name: string) => octetsOf(join(FOLDER, name));
const passwords = { password: 'secret1', keyPassword: 'keypass1' };

/** A PEM file with one octet of its content turned over, `at` of the way into it. */
function flipped(name: string, at: number): Uint8Array {
  const text = Buffer.from(file(name)).toString('latin1');
  const body = /(?:\r?\n\r?\n|KEY-----\n)([A-Za-z0-9+/=\n]+)-----END/.exec(text)![1]!;
  const octets = Buffer.from(body, 'base64');
  const place = Math.floor(octets.length * at);
  octets[place] = octets[place]! ^ 0xff;
  return new TextEncoder().encode(text.replace(body, `${octets.toString('base64')}\n`));
}

it.each([
  ['pbes1-des.pem', 0.59],
  ['dek-des3.pem', 0.34],
] as const)('%s: damage inside is damage', async (name, at) => {
  const { entries, problems } = await readOctets(flipped(name, at), passwords);
  expect(entries).toEqual([]);
  expect(problems.map((problem) => problem.code)).toEqual(['key-file-damaged']);
});

it.each(['pbes1-des.pem', 'dek-des3.pem'])('%s: no wrong password is taken for damage', async (name) => {
  for (let n = 0; n < 600; n++) {
    const { problems } = await readOctets(file(name), { password: `wrong ${n}` });
    expect(
      problems.map((problem) => problem.code),
      String(n),
    ).toEqual(['key-password-wrong']);
  }
});

it('a Java keystore that is cut says nothing of the password', async () => {
  const whole = file('end.jks');
  const { problems, entries } = await readOctets(whole.subarray(0, Math.floor(whole.length * 0.6)), passwords);
  expect(entries.length).toBeGreaterThan(0);
  expect(problems.map((problem) => problem.code)).toEqual(['key-file-damaged']);
  expect(
    (await readOctets(whole, { password: 'wrong', keyPassword: 'keypass1' })).problems.map((problem) => problem.code),
  ).toEqual(['key-password-wrong']);
});

/** Reads the key files of a job into the engine's entries; a file that cannot be used is an error that names it. */
import { keyFileProblem } from '../content/findings/key-files.ts';
import { readFileSync } from 'node:fs';
import { basename } from 'node:path';
import { Budget } from '../engine/bytes/budget.ts';
import type { KeyEntry, KeyFileContents } from '../engine/keystore/key-entry.ts';
import type { OpenedKeyFiles } from '../engine/keystore/opened-key-files.ts';
import {
  parseKeyText,
  parseSecret,
  secretOctets,
  type KeySpecification,
  type KeyText,
  type SecretSpecification,
} from './key-specification.ts';
import { systemMessage } from './output-file.ts';
import { readPassword, type PasswordSources } from './passwords.ts';
import { createReceiver, type Receiver } from './receiver.ts';
import { UsageError } from './usage-error.ts';

/** What the key arguments gave. */
export interface KeyMaterial {
  readonly entries: readonly KeyEntry[];
  readonly crls: readonly Uint8Array[];
}

/** Keys as the command line or a job names them. */
export interface KeyArguments {
  readonly keys: readonly KeyText[];
  readonly secrets: readonly string[];
  readonly trust: readonly KeyText[];
  readonly crls: readonly string[];
}

/**
 * Reads every file that is named, each opened once.
 * @param base folder that relative paths start from
 * @throws {UsageError} for a file that is not there or does not open
 */
export async function loadKeys(
  key: KeyArguments,
  base: string,
  { keyFiles, ask }: Pick<Receiver, 'keyFiles' | 'ask'> = createReceiver(),
): Promise<KeyMaterial> {
  const sources = { base, ask };
  const entries: KeyEntry[] = [];
  const crls: Uint8Array[] = [];
  const add = async (specification: KeySpecification, trusted: boolean) => {
    const contents = await readOne(await opened(specification, sources), trusted, entries.length + 1, keyFiles);
    entries.push(
      ...contents.entries.filter(
        (entry) =>
          specification.alias === null ||
          entry.alias === null ||
          entry.alias.toLowerCase() === specification.alias.toLowerCase(),
      ),
    );
    crls.push(...contents.crls);
  };
  for (const one of key.keys) await add(parseKeyText(one, base, true), false);
  for (const one of key.trust) await add(parseKeyText(one, base, false), true);
  for (const text of key.secrets) {
    const secret = parseSecret(text, base);
    const octets = await octetsOf(secret, sources);
    entries.push({
      id: `k${entries.length + 1}`,
      name: secret.name,
      file: secret.file === null ? '--secret' : basename(secret.file),
      alias: null,
      publicKey: null,
      privateKey: null,
      secret: octets,
      certificates: [],
      trusted: false,
    });
  }
  for (const file of key.crls) crls.push(...(await readCrls(parseKeyText(file, base, false).file, keyFiles)));
  return { entries, crls };
}

/** The specification with the passwords themselves. @throws {UsageError} for one that is not where it should be */
export async function opened(specification: KeySpecification, sources: PasswordSources): Promise<KeySpecification> {
  const { password, keyPassword } = specification;
  const name = basename(specification.file);
  return {
    ...specification,
    password: password === null ? null : await readPassword(password, name, sources),
    keyPassword: keyPassword === null ? null : await readPassword(keyPassword, `the key in ${name}`, sources),
  };
}

async function octetsOf(secret: SecretSpecification, sources: PasswordSources): Promise<Uint8Array> {
  if (secret.octets !== null) return secret.octets;
  if (secret.file !== null) return readOctets(secret.file);
  const what = secret.name === null ? 'the secret' : `the secret ${secret.name}`;
  return secretOctets(await readPassword(secret.source ?? '', what, sources));
}

async function readOne(
  specification: KeySpecification,
  trusted: boolean,
  firstNumber: number,
  keyFiles: OpenedKeyFiles,
): Promise<KeyFileContents> {
  const contents = await keyFiles.read(readOctets(specification.file), {
    file: basename(specification.file),
    password: specification.password,
    keyPassword: specification.keyPassword,
    name: specification.name,
    trusted,
    firstNumber,
    budget: new Budget(),
  });
  // A file that gave something may be used; what it kept closed is told by `wss keys`.
  if (contents.entries.length === 0 && contents.crls.length === 0) {
    const problem = contents.problems[0];
    throw new UsageError(`${specification.file}: ${problem === undefined ? 'no key in it' : problemText(problem)}`);
  }
  return contents;
}

/** `alias "x": the password is wrong (PBES2)` */
export function problemText(problem: KeyFileContents['problems'][number]): string {
  const details = Object.values(problem.data).filter((value) => value !== '');
  return `${problem.alias === null ? '' : `alias "${problem.alias}": `}${keyFileProblem(problem)}${details.length === 0 ? '' : ` (${details.join(', ')})`}`;
}

async function readCrls(file: string, keyFiles: OpenedKeyFiles): Promise<readonly Uint8Array[]> {
  const contents = await keyFiles.read(readOctets(file), { file: basename(file), budget: new Budget() });
  if (contents.crls.length === 0) throw new UsageError(`${file}: no certificate revocation list in it`);
  return contents.crls;
}

/** @throws {UsageError} where the file cannot be read */
export function readOctets(file: string): Uint8Array {
  try {
    const octets = readFileSync(file);
    return new Uint8Array(octets.buffer, octets.byteOffset, octets.length);
  } catch (error) {
    throw new UsageError(`${file}: ${systemMessage(error, 'cannot be read')}`);
  }
}

/** What the key file tests share: reading with a fresh budget, keys from passwords derived by OpenSSL. */
import { readFileSync } from 'node:fs';
import { nodeDerivation } from '../../../src/cli/node-crypto.ts';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import type { KeyFileContents } from '../../../src/engine/keystore/key-entry.ts';
import { readKeyFile, type ReadKeyFileOptions } from '../../../src/engine/keystore/read-key-file.ts';

export function octetsOf(path: string): Uint8Array {
  return new Uint8Array(readFileSync(path));
}

export function readOctets(octets: Uint8Array, options: Partial<ReadKeyFileOptions> = {}): Promise<KeyFileContents> {
  return readKeyFile(octets, { file: 'test', budget: new Budget(), derive: nodeDerivation, ...options });
}

export function readPath(path: string, options: Partial<ReadKeyFileOptions> = {}): Promise<KeyFileContents> {
  return readOctets(octetsOf(path), options);
}

export const hex = (octets: Uint8Array | undefined | null): string => Buffer.from(octets ?? []).toString('hex');

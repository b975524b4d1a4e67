/** What the measurements call: the engine behind the crypto provider that the command or the worker gives it. */
import { Budget } from '../src/engine/bytes/budget.ts';
import type { CryptoProvider } from '../src/engine/crypto/provider.ts';
import { judge } from '../src/engine/index.ts';
import type { JudgeRequest } from '../src/engine/processing/judge-types.ts';
import { readKeyFile } from '../src/engine/keystore/read-key-file.ts';

export type Verify = (octets: Uint8Array) => Promise<string>;

/** A verifier with one trusted public key; resolves with the headline. */
export async function verifier(publicPem: string, crypto: CryptoProvider): Promise<Verify> {
  const { entries } = await readKeyFile(new TextEncoder().encode(publicPem), { file: 'bench.pem', budget: new Budget(), trusted: true });
  const fixed: Omit<JudgeRequest, 'octets'> = {
    keys: entries, crls: [], users: [], at: Date.UTC(2026, 10, 22), skewSeconds: 60, ttlSeconds: null, request: null,
    attachments: new Map(), receiverActor: null, idAttributes: [], diagnosis: false,
  };
  return async (octets) => (await judge({ ...fixed, octets }, { crypto })).trace.verdict.headline;
}

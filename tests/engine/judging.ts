/** Judges octets with nothing but keys, for tests of the engine as a whole. */
import { webcrypto } from 'node:crypto';
import { judge } from '../../src/engine/index.ts';
import { Budget } from '../../src/engine/bytes/budget.ts';
import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';
import { readKeyFile } from '../../src/engine/keystore/read-key-file.ts';
import { explainRun } from '../../src/engine/diagnosis/explain.ts';
import type { JudgeRequest, Run } from '../../src/engine/message/request.ts';
import type { KeyEntry } from '../../src/engine/keystore/key-entry.ts';

export const crypto = createCryptoProvider(webcrypto.subtle);

export async function keyFromPem(pem: string, trusted = false): Promise<readonly KeyEntry[]> {
  return (await readKeyFile(new TextEncoder().encode(pem), { file: 'test.pem', trusted, budget: new Budget() }))
    .entries;
}

export function secret(octets: Uint8Array, name: string | null = null): KeyEntry {
  return {
    id: 'k1',
    name,
    file: 'test',
    alias: null,
    publicKey: null,
    privateKey: null,
    secret: octets,
    certificates: [],
    trusted: false,
  };
}

/** @param message with `explained`, the causes of what fails are searched for as well */
export async function judgeMessage(
  message: string | Uint8Array,
  { explained = false, ...more }: Partial<JudgeRequest> & { readonly explained?: boolean } = {},
): Promise<Run> {
  const judged = await judge(
    {
      octets: typeof message === 'string' ? new TextEncoder().encode(message) : message,
      keys: [],
      crls: [],
      users: [],
      at: Date.UTC(2026, 10, 22, 12),
      skewSeconds: 60,
      ttlSeconds: null,
      request: null,
      attachments: new Map(),
      receiverActor: null,
      idAttributes: [],
      ...more,
    },
    { crypto },
  );
  return explained ? explainRun(judged, { crypto }) : judged;
}

export function codes(run: Run): readonly string[] {
  return run.trace.findings.map((finding) => finding.code);
}

/** What the measurements call: the engine behind the crypto provider that the command or the worker gives it. */
import { Budget } from '../src/engine/bytes/budget.ts';
import type { DecryptionProvider } from '../src/engine/crypto/decryption-provider.ts';
import type { CryptoProvider } from '../src/engine/crypto/provider.ts';
import { explainRun } from '../src/engine/diagnosis/explain.ts';
import { judge } from '../src/engine/index.ts';
import type { JudgeRequest } from '../src/engine/message/request.ts';
import { readKeyFile } from '../src/engine/keystore/read-key-file.ts';

export type Verify = (octets: Uint8Array) => Promise<string>;

/** Seconds: of the whole judge, and of the decryption within it, from cipher octets to plaintext octets. */
export interface DecryptionTimes {
  readonly judge: number;
  readonly step: number;
}

export type Decrypt = (octets: Uint8Array) => Promise<DecryptionTimes>;

async function requestWith(pem: string): Promise<Omit<JudgeRequest, 'octets'>> {
  const { entries } = await readKeyFile(new TextEncoder().encode(pem), {
    file: 'bench.pem',
    budget: new Budget(),
    trusted: true,
  });
  return {
    keys: entries,
    crls: [],
    users: [],
    at: Date.UTC(2026, 10, 22),
    skewSeconds: 60,
    ttlSeconds: null,
    request: null,
    attachments: new Map(),
    receiverActor: null,
    idAttributes: [],
  };
}

/** A verifier with one trusted public key; resolves with the headline. */
export async function verifier(publicPem: string, crypto: CryptoProvider, explained = false): Promise<Verify> {
  const fixed = await requestWith(publicPem);
  return async (octets) => {
    const judged = await judge({ ...fixed, octets }, { crypto });
    return (explained ? await explainRun(judged, { crypto }) : judged).trace.verdict.headline;
  };
}

/** A receiver with one private key. @throws Error where the message does not open */
export async function decrypter(
  privatePem: string,
  crypto: CryptoProvider,
  decryption: DecryptionProvider,
): Promise<Decrypt> {
  const fixed = await requestWith(privatePem);
  let step = 0;
  const timed: DecryptionProvider = {
    ...decryption,
    decrypt: async (...call) => {
      const start = performance.now();
      const outcome = await decryption.decrypt(...call);
      step += (performance.now() - start) / 1000;
      return outcome;
    },
  };
  return async (octets) => {
    step = 0;
    const start = performance.now();
    const { trace } = await judge({ ...fixed, octets }, { crypto, decryption: timed });
    const whole = (performance.now() - start) / 1000;
    if (trace.verdict.axes.decryption !== 'pass') {
      throw new Error(`our verdict on a measured message: decryption ${trace.verdict.axes.decryption}`);
    }
    return { judge: whole, step };
  };
}

/**
 * What WebCrypto alone takes for it, the key's import included: the bound that docs/design.md, "Budgets" measures
 * decryption against.
 */
export async function webCryptoAlone(
  name: 'AES-GCM' | 'AES-CBC',
  secret: Uint8Array<ArrayBuffer>,
  iv: Uint8Array<ArrayBuffer>,
  cipher: Uint8Array<ArrayBuffer>,
): Promise<number> {
  const start = performance.now();
  const key = await crypto.subtle.importKey('raw', secret, { name }, false, ['decrypt']);
  await crypto.subtle.decrypt({ name, iv }, key, cipher);
  return (performance.now() - start) / 1000;
}

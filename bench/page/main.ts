/**
 * Measured inside Chromium, driven by bench/run.mjs: the engine alone in a worker, and the page's own worker behind its
 * client.
 */
import { createClient, type WorkerPort } from '../../src/worker/page/client.ts';
import { OWN_KEYS, type JudgeCall } from '../../src/worker/page/protocol.ts';
import type { DecryptionTimes } from '../engine-entry.ts';

interface Measured {
  readonly headline: string;
  /** Seconds. */
  readonly time: number;
}

declare global {
  interface Window {
    /** The engine on one message, timed inside the worker; without a URL, on the same message again. */
    measure(url: string | null, pem: string): Promise<Measured>;
    /**
     * The receiver of an encrypted message and WebCrypto alone, timed inside a worker of their own; without a case, on
     * the same again.
     */
    measureDecryption(given: EncryptedCase | null): Promise<DecryptionMeasured>;
    /**
     * The page's worker: one octet of the message changes, and the time until the verdict is here; once for every edit.
     * With `causes` until the cause is: as the page does, the verdict is asked for first, then the same with the
     * search.
     */
    measureEdits(
      url: string,
      pem: string,
      edits: number,
      causes: boolean,
    ): Promise<{ readonly headline: string; readonly times: readonly number[] }>;
  }
}

/** An encrypted message, and what of it WebCrypto takes. */
export interface EncryptedCase {
  readonly messageUrl: string;
  readonly cipherUrl: string;
  readonly pem: string;
  readonly name: 'AES-GCM' | 'AES-CBC';
  readonly secret: readonly number[];
  readonly iv: readonly number[];
}

/** Seconds. */
export interface DecryptionMeasured extends DecryptionTimes {
  readonly alone: number;
}

const fetched = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());

let engine: Worker | null = null;

function answered<Answer>(worker: Worker, message: unknown): Promise<Answer> {
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    worker.postMessage(message);
  });
}

window.measure = async (url, pem) => {
  const message = url === null ? 'again' : { octets: await fetched(url), pem };
  return answered<Measured>(
    (engine ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' })),
    message,
  );
};

let receiver: Worker | null = null;

window.measureDecryption = async (given) => {
  const message =
    given === null
      ? 'again'
      : { ...given, octets: await fetched(given.messageUrl), cipher: await fetched(given.cipherUrl) };
  return answered<DecryptionMeasured>(
    (receiver ??= new Worker(new URL('./decryption-worker.ts', import.meta.url), { type: 'module' })),
    message,
  );
};

window.measureEdits = async (url, pem, edits, causes) => {
  const octets = await fetched(url);
  const client = createClient(
    () =>
      new Worker(new URL('../../src/worker/inside/worker.ts', import.meta.url), {
        type: 'module',
      }) as unknown as WorkerPort,
  );
  await client.call('addKeyFiles', {
    files: [{ id: 'k', set: OWN_KEYS, name: 'bench.pem', octets: new TextEncoder().encode(pem), trusted: true }],
  });
  const settings: JudgeCall['settings'] = {
    at: Date.now(),
    asOf: 'given',
    skewSeconds: 60,
    ttlSeconds: null,
    receiverActor: null,
    idAttributes: [],
  };
  // The word "Article" in signed text: each edit leaves the message well-formed and breaks the digest, as typing does.
  const places = [...octets.keys()].filter(
    (at) => octets[at] === 0x41 && octets[at + 1] === 0x72 && octets[at + 2] === 0x74,
  );
  const times: number[] = [];
  let headline = '';
  for (let edit = 0; edit < edits; edit += 1) {
    const edited = octets.slice();
    edited[places[(edit * 7) % places.length]!] = 0x61 + (edit % 26);
    const start = performance.now();
    const call = { octets: edited, request: null, attachments: [], settings, keySets: [OWN_KEYS] };
    const outcome = await client.ask('judge', call);
    if (causes && outcome.type === 'done') await client.call('explain', { run: outcome.value.run });
    times.push((performance.now() - start) / 1000);
    headline = outcome.type === 'done' ? outcome.value.trace.verdict.headline : outcome.type;
  }
  client.dispose();
  return { headline, times };
};

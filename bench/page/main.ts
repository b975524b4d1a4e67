/** Measured inside Chromium, driven by bench/run.mjs: the engine alone in a worker, and the page's own worker behind its client. */
import { createClient, type WorkerPort } from '../../src/worker/client.ts';
import type { JudgeCall } from '../../src/worker/protocol.ts';

interface Measured {
  readonly headline: string;
  /** Seconds. */
  readonly time: number;
}

declare global {
  interface Window {
    /** The engine on one message, timed inside the worker; without a URL, on the same message again. */
    measure(url: string | null, pem: string): Promise<Measured>;
    /** The page's worker: one octet of the message changes, and the time until the answer is here; once for every edit. */
    measureEdits(url: string, pem: string, edits: number, diagnosis: boolean): Promise<{ readonly headline: string; readonly times: readonly number[] }>;
  }
}

const fetched = async (url: string) => new Uint8Array(await (await fetch(url)).arrayBuffer());

let engine: Worker | null = null;

window.measure = async (url, pem) => {
  const message = url === null ? 'again' : { octets: await fetched(url), pem };
  const worker = (engine ??= new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' }));
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    worker.postMessage(message);
  });
};

window.measureEdits = async (url, pem, edits, diagnosis) => {
  const octets = await fetched(url);
  const client = createClient(() => new Worker(new URL('../../src/worker/worker.ts', import.meta.url), { type: 'module' }) as unknown as WorkerPort);
  await client.call('addKeyFiles', { files: [{ id: 'k', name: 'bench.pem', octets: new TextEncoder().encode(pem), trusted: true }] });
  const settings: JudgeCall['settings'] = { at: Date.now(), skewSeconds: 60, ttlSeconds: null, receiverActor: null, idAttributes: [], diagnosis };
  // The word "Article" in signed text: each edit leaves the message well-formed and breaks the digest, as typing does.
  const places = [...octets.keys()].filter((at) => octets[at] === 0x41 && octets[at + 1] === 0x72 && octets[at + 2] === 0x74);
  const times: number[] = [];
  let headline = '';
  for (let edit = 0; edit < edits; edit += 1) {
    const edited = octets.slice();
    edited[places[(edit * 7) % places.length]!] = 0x61 + (edit % 26);
    const start = performance.now();
    const outcome = await client.judge({ octets: edited, request: null, attachments: [], settings });
    times.push((performance.now() - start) / 1000);
    headline = outcome.type === 'judged' ? outcome.answer.trace.verdict.headline : outcome.type;
  }
  client.dispose();
  return { headline, times };
};

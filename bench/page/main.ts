/** Hands messages to the worker and gives back its times; driven by bench/run.mjs. */
const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });

declare global {
  interface Window {
    measure(url: string, pem: string, rounds: number): Promise<{ headline: string; times: number[] }>;
  }
}

window.measure = async (url, pem, rounds) => {
  const octets = new Uint8Array(await (await fetch(url)).arrayBuffer());
  return new Promise((resolve, reject) => {
    worker.addEventListener('message', ({ data }) => resolve(data), { once: true });
    worker.addEventListener('error', (event) => reject(new Error(event.message)), { once: true });
    worker.postMessage({ octets, pem, rounds });
  });
};

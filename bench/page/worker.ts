import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';
import { verifier } from '../engine-entry.ts';

self.addEventListener('message', async ({ data: { octets, pem, rounds } }: MessageEvent<{ octets: Uint8Array; pem: string; rounds: number }>) => {
  const verify = await verifier(pem, createCryptoProvider(crypto.subtle));
  const times: number[] = [];
  let headline = '';
  for (let round = 0; round < rounds; round += 1) {
    const start = performance.now();
    headline = await verify(octets);
    times.push((performance.now() - start) / 1000);
  }
  self.postMessage({ headline, times });
});

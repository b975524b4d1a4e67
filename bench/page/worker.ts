/** The engine alone, as the page's worker has it: one message, judged once for every word from the page. */
import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';
import { verifier, type Verify } from '../engine-entry.ts';

let octets = new Uint8Array();
let verify: Verify | null = null;

self.addEventListener(
  'message',
  async ({ data }: MessageEvent<{ octets: Uint8Array<ArrayBuffer>; pem: string } | 'again'>) => {
    if (data !== 'again') {
      octets = data.octets;
      verify = await verifier(data.pem, createCryptoProvider(crypto.subtle));
    }
    const start = performance.now();
    const headline = await verify!(octets);
    self.postMessage({ headline, time: (performance.now() - start) / 1000 });
  },
);

/** `wss serve`: the port that it takes, and what it gives out. */
import { mkdtempSync, mkdirSync, rmSync, writeFileSync } from 'node:fs';
import { createServer, type Server } from 'node:net';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, describe, expect, it } from 'vitest';
import { serve } from '../../src/cli/serve.ts';

const root = mkdtempSync(join(tmpdir(), 'wss-serve-'));
mkdirSync(join(root, 'assets'));
writeFileSync(join(root, 'index.html'), '<!doctype html><title>page</title>');
writeFileSync(join(root, 'assets', 'main-12345678.js'), 'export {};');
writeFileSync(join(root, 'assets', 'main-12345678.js.map'), '{}');
afterAll(() => rmSync(root, { recursive: true }));

/** Something else that listens, at a port of the system's choice. */
async function occupy(): Promise<{ readonly port: number; readonly server: Server }> {
  const server = createServer();
  await new Promise<void>((resolve) => {
    server.listen(0, '127.0.0.1', resolve);
  });
  const address = server.address();
  if (address === null || typeof address === 'string') throw new Error('no port');
  return { port: address.port, server };
}

describe('wss serve', () => {
  it('takes a port after one in use when it may', async () => {
    const { port, server } = await occupy();
    try {
      const { url, close } = await serve({ root, port, others: 50 });
      expect(Number(new URL(url).port)).toBeGreaterThan(port);
      expect(await (await fetch(url)).text()).toContain('page');
      await close();
    } finally {
      server.close();
    }
  });
  it('says no when exactly this port is wanted and in use', async () => {
    const { port, server } = await occupy();
    try {
      await expect(serve({ root, port })).rejects.toThrow('EADDRINUSE');
    } finally {
      server.close();
    }
  });
  it('gives scripts out and keeps their source maps', async () => {
    const { url, close } = await serve({ root, port: 0 });
    try {
      expect((await fetch(`${url}assets/main-12345678.js`)).status).toBe(200);
      expect((await fetch(`${url}assets/main-12345678.js.map`)).status).toBe(404);
    } finally {
      await close();
    }
  });
});

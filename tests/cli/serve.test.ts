/** `wss serve`: the port that it takes, and what it gives out. */
import { mkdtempSync, mkdirSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { connect, createServer, type Server } from 'node:net';
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

/** Octets as they are, to a connection of its own; what comes back. */
function raw(port: number, request: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let answer = '';
    const socket = connect(port, '127.0.0.1', () => socket.write(request));
    socket.setEncoding('utf8');
    socket.on('data', (chunk: string) => {
      answer += chunk;
    });
    socket.on('close', () => resolve(answer));
    socket.on('error', reject);
  });
}

describe('over a socket', () => {
  const secret = mkdtempSync(join(tmpdir(), 'wss-serve-secret-'));
  writeFileSync(join(secret, 'secret.txt'), 'SECRET');
  writeFileSync(join(secret, 'index.html'), 'SECRET');
  symlinkSync(join(secret, 'secret.txt'), join(root, 'assets', 'out.txt'));
  symlinkSync(secret, join(root, 'assets', 'out'));
  symlinkSync(join(root, 'index.html'), join(root, 'assets', 'in.html'));
  writeFileSync(`${root}-beside.txt`, 'SECRET');
  afterAll(() => {
    rmSync(secret, { recursive: true });
    rmSync(`${root}-beside.txt`);
  });
  const get = async (target: string, host?: string, more = '') => {
    const { url, close } = await serve({ root, port: 0 });
    try {
      const port = Number(new URL(url).port);
      const lines = `Host: ${(host ?? '127.0.0.1:PORT').replace('PORT', String(port))}\r\n${more.replace('PORT', String(port))}`;
      return await raw(
        port,
        `GET ${target.replace('PORT', String(port))} HTTP/1.1\r\n${lines}Connection: close\r\n\r\n`,
      );
    } finally {
      await close();
    }
  };

  it.each(['127.0.0.1:PORT', 'localhost:PORT', 'LOCALHOST:PORT', '[::1]:PORT'])('answers as %s', async (host) => {
    expect(await get('/', host)).toMatch(/^HTTP\/1\.1 200 /);
  });

  it.each([
    'evil.example',
    'evil.example:PORT',
    '127.0.0.1',
    'localhost:1',
    '127.0.0.1.evil.example:PORT',
    'localhost.evil.example:PORT',
    'evil@localhost:PORT',
    '',
  ])('does not answer as "%s"', async (host) => {
    const answer = await get('/', host);
    expect(answer).toMatch(/^HTTP\/1\.1 421 /);
    expect(answer).not.toContain('<title>');
  });

  it('does not answer where two are named', async () => {
    for (const more of ['Host: evil.example\r\n', 'host: 127.0.0.1:PORT\r\n']) {
      expect(await get('/', undefined, more)).toMatch(/^HTTP\/1\.1 4(00|21) /);
    }
    expect(await get('http://evil.example/')).toMatch(/^HTTP\/1\.1 421 /);
    expect(await get('http://127.0.0.1:PORT/')).toMatch(/^HTTP\/1\.1 421 /);
    const { url, close } = await serve({ root, port: 0 });
    expect(await raw(Number(new URL(url).port), 'GET / HTTP/1.0\r\n\r\n')).toMatch(/^HTTP\/1\.1 421 /);
    await close();
  });

  it.each([
    '/../ROOT-beside.txt',
    '/..%2fROOT-beside.txt',
    '/%2e%2e/ROOT-beside.txt',
    '/%2e%2e%2fROOT-beside.txt',
    '/assets/..%2f..%2fROOT-beside.txt',
    '/..%5cROOT-beside.txt',
    '//etc/passwd',
    '/%2fetc/passwd',
    '/assets/%00/../index.html',
    '/assets/out.txt',
    '/assets/out/secret.txt',
    '/assets/out',
    '/assets/out/',
    '/%',
  ])('gives nothing from outside for %s', async (target) => {
    const answer = await get(target.replace('ROOT', root.split('/').at(-1) ?? ''));
    expect(answer).toMatch(/^HTTP\/1\.1 (404|200) /);
    expect(answer).not.toMatch(/SECRET|root:/);
  });

  it('follows a link that stays inside', async () => {
    expect(await get('/assets/in.html')).toContain('<title>page');
    expect(await get('/index.html?..')).toContain('<title>page');
  });
});

/** `wss serve`: the built page on loopback, with the headers it is meant to have. */
import { createReadStream } from 'node:fs';
import { readFile, realpath, stat } from 'node:fs/promises';
import { createServer, type IncomingMessage, type Server, type ServerResponse } from 'node:http';
import { extname, join, sep } from 'node:path';
import { promisify } from 'node:util';
import { gzip as gzipCallback } from 'node:zlib';
import { asksUs, hostInAddress } from './own-host.ts';
import { responseHeaders } from './response-headers.ts';

const MEDIA_TYPES: Readonly<Record<string, string>> = {
  '.html': 'text/html; charset=utf-8',
  '.js': 'text/javascript; charset=utf-8',
  '.css': 'text/css; charset=utf-8',
  '.svg': 'image/svg+xml',
  '.png': 'image/png',
  '.ico': 'image/x-icon',
  '.woff2': 'font/woff2',
  '.woff': 'font/woff',
  '.ttf': 'font/ttf',
  '.json': 'application/json',
  '.webmanifest': 'application/manifest+json',
};

const gzipped = promisify(gzipCallback);

const COMPRESSIBLE = new Set(['.html', '.js', '.css', '.svg', '.json', '.webmanifest', '.ttf']);

/** What `wss serve` was asked for. */
export interface ServeOptions {
  /** Folder of the built page. */
  readonly root: string;
  /** 0 takes any free port. */
  readonly port: number;
  /** How many ports after it are tried when it is in use. None unless given. */
  readonly others?: number;
  /** Loopback unless the user says otherwise. */
  readonly host?: string;
}

/**
 * Serves until the process ends. Resolves with the address once it listens; rejects when the port is taken or nothing
 * is built.
 */
export async function serve(options: ServeOptions): Promise<{ readonly url: string; close(): Promise<void> }> {
  const index = join(options.root, 'index.html');
  if (!(await isFile(index))) throw new Error(`no built page in ${options.root}: run npm run build first`);
  const compressed: Compressed = new Map();
  const host = options.host ?? '127.0.0.1';
  const root = await realpath(options.root);
  const server = createServer((request, response) => {
    if (!asksUs(request, host)) {
      refuse(response, 421, 'Not this server');
      return;
    }
    void respond(root, compressed, request, response).catch(() => {
      if (!response.headersSent) response.writeHead(500);
      response.end();
    });
  });
  await listen(server, host, options.port, options.others ?? 0);
  const address = server.address();
  const port = typeof address === 'object' && address !== null ? address.port : options.port;
  return {
    url: `http://${hostInAddress(host)}:${port}/`,
    close: () =>
      new Promise((resolve) => {
        server.close(() => resolve());
        server.closeAllConnections();
      }),
  };
}

/** Listens at a port or, while it is in use, at one of those after it. Rejects when all are. */
async function listen(server: Server, host: string, port: number, others: number): Promise<void> {
  try {
    await new Promise<void>((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, host, () => {
        server.off('error', reject);
        resolve();
      });
    });
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken || others === 0 || port === 65_535) throw error;
    await listen(server, host, port + 1, others - 1);
  }
}

/** Compressed files by path, with the time of change that they were read at. */
type Compressed = Map<string, { readonly changed: number; readonly octets: Promise<Buffer> }>;

/** A page is some twenty files asked for again and again: each is compressed once. */
function compress(compressed: Compressed, file: ServedFile): Promise<Buffer> {
  const known = compressed.get(file.path);
  if (known?.changed === file.changed) return known.octets;
  const octets = readFile(file.path).then((plain) => gzipped(plain, { level: 6 }));
  compressed.set(file.path, { changed: file.changed, octets });
  octets.catch(() => compressed.delete(file.path));
  return octets;
}

async function respond(
  root: string,
  compressed: Compressed,
  request: IncomingMessage,
  response: ServerResponse,
): Promise<void> {
  if (request.method !== 'GET' && request.method !== 'HEAD') {
    response.writeHead(405, { Allow: 'GET, HEAD' });
    response.end();
    return;
  }
  const file = await resolveFile(root, request.url ?? '/');
  if (file === null) {
    refuse(response, 404, 'Not found');
    return;
  }
  const extension = extname(file.path);
  const gzip = COMPRESSIBLE.has(extension) && /\bgzip\b/.test(request.headers['accept-encoding'] ?? '');
  const body = gzip ? await compress(compressed, file) : null;
  const hashed = /-[\w-]{8,}\.\w+$/.test(file.path);
  response.writeHead(200, {
    ...responseHeaders(file.name.startsWith('/worker/') ? 'worker' : 'document'),
    'Content-Type': MEDIA_TYPES[extension] ?? 'application/octet-stream',
    'Cache-Control': hashed ? 'public, max-age=31536000, immutable' : 'no-cache',
    Vary: 'Accept-Encoding',
    'Content-Length': String(body?.length ?? file.size),
    ...(body ? { 'Content-Encoding': 'gzip' } : {}),
  });
  if (request.method === 'HEAD') {
    response.end();
    return;
  }
  if (body) {
    response.end(body);
    return;
  }
  const stream = createReadStream(file.path);
  stream.once('error', () => response.destroy());
  stream.pipe(response);
}

function refuse(response: ServerResponse, status: number, words: string): void {
  response.writeHead(status, { ...responseHeaders('document'), 'Content-Type': 'text/plain; charset=utf-8' });
  response.end(words);
}

interface ServedFile {
  readonly path: string;
  /** As in the address, with a leading slash. */
  readonly name: string;
  readonly size: number;
  /** Milliseconds since 1970. */
  readonly changed: number;
}

/**
 * The file a request names; unknown paths without an extension are the page itself. A path that climbs, or a link that
 * leads out of `root`, names nothing.
 * @param root without links in it
 */
async function resolveFile(root: string, url: string): Promise<ServedFile | null> {
  let name: string;
  try {
    name = decodeURIComponent(/^[^?#]*/.exec(url)?.[0] ?? '').replace(/\/+/g, '/');
  } catch {
    return null;
  }
  if (/[\0\\]/.test(name) || name.split('/').includes('..')) return null;
  // Source maps are for reading a report of our own defect, from the folder they were built into.
  if (extname(name) === '.map') return null;
  for (const candidate of [name, extname(name) === '' ? '/index.html' : null]) {
    if (candidate === null) continue;
    const path = await realpath(join(root, candidate)).catch(() => null);
    if (path === null) continue;
    if (path !== root && !path.startsWith(root + sep)) return null;
    const info = await stat(path).catch(() => null);
    if (info?.isFile()) return { path, name: candidate, size: info.size, changed: info.mtimeMs };
  }
  return null;
}

async function isFile(path: string): Promise<boolean> {
  return (await stat(path).catch(() => null))?.isFile() ?? false;
}

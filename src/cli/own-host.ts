/**
 * Whether a request names this server: a page elsewhere may have a name of its own resolved to this machine, and must
 * not be answered under it (DNS rebinding; RFC 9110 §7.2, §15.5.20).
 */
import type { IncomingMessage } from 'node:http';
import { hostname } from 'node:os';

const LOOPBACK: readonly string[] = ['localhost', '127.0.0.1', '[::1]'];

/** As it stands in an address: IPv6 in brackets. */
export function hostInAddress(host: string): string {
  return host.includes(':') ? `[${host}]` : host;
}

/** Every name under which a connection may ask. @param listening what the server was told to listen at */
function namesOf(request: IncomingMessage, listening: string): readonly string[] {
  const local = (request.socket.localAddress ?? '').replace(/^::ffff:(?=\d+\.)/i, '');
  return [...LOOPBACK, listening, hostInAddress(listening), hostInAddress(local), hostname()];
}

/** Exactly one Host, which is ours with our port, and a target that names no other (RFC 9112 §3.2). */
export function asksUs(request: IncomingMessage, listening: string): boolean {
  const port = request.socket.localPort ?? 0;
  const hosts = request.rawHeaders.filter((_, at) => at % 2 === 1 && isHost(request.rawHeaders[at - 1]));
  const [given = ''] = hosts;
  if (hosts.length !== 1 || request.url?.startsWith('/') !== true) return false;
  const asked = given.trim().toLowerCase();
  return namesOf(request, listening).some((name) => {
    const known = name.toLowerCase();
    return known !== '' && (asked === `${known}:${port}` || (port === 80 && asked === known));
  });
}

function isHost(name: string | undefined): boolean {
  return name?.toLowerCase() === 'host';
}

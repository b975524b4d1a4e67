/** Keys: every change is the worker's, and every message on the bench is judged again after it. */
import {
  OWN_KEYS,
  type KeyFileInput,
  type KeyRing,
  type KeySet,
  type UserDescription,
} from '../../worker/page/protocol.ts';
import { orDefect, type Bench } from '../bench.ts';
import type { IncomingFile } from '../files.ts';
import { NO_KEYS } from '../keys.ts';
import { judge } from './judging.ts';

/** How key files are to be taken. */
export interface KeyFileOptions {
  readonly trusted?: boolean;
  readonly secret?: boolean;
  readonly keyName?: string;
}

/** Files of the user's as the worker takes them, under ids of their own. */
export function numbered<F extends Pick<IncomingFile, 'octets' | 'name'> & { readonly trusted?: boolean }>(
  { keys }: Bench,
  files: readonly F[],
  set: KeySet,
): (F & Pick<KeyFileInput, 'id' | 'set' | 'trusted'>)[] {
  const { next } = keys.getState();
  keys.setState({ next: next + files.length });
  return files.map((file, index) => ({ ...file, id: `file${next + index}`, set, trusted: file.trusted ?? false }));
}

async function changeKeys(bench: Bench, change: Promise<KeyRing>): Promise<void> {
  await orDefect(bench, async () => {
    bench.keys.setState({ ring: await change, lost: false });
    for (const stand of bench.subjects.getState().stands) void judge(bench, stand);
  });
}

/** Adds key files to the user's own, and judges again. */
export function addKeys(bench: Bench, files: readonly IncomingFile[], options: KeyFileOptions = {}): Promise<void> {
  const given = numbered(bench, files, OWN_KEYS).map((file) => ({
    ...file,
    trusted: options.trusted ?? false,
    ...(options.secret ? { secret: true } : {}),
    ...(options.keyName ? { keyName: options.keyName } : {}),
  }));
  return changeKeys(bench, bench.ports.client.call('addKeyFiles', { files: given }));
}

/** Opens a file, or one entry of it, with a password, and judges again. */
export function unlock(bench: Bench, file: string, alias: string | null, password: string): Promise<void> {
  return changeKeys(bench, bench.ports.client.call('unlock', { file, alias, password }));
}

/** Takes a file that is no key file as the octets of a shared secret, for any name or for one. */
export function takeAsSecret(bench: Bench, file: string, keyName: string | null): Promise<void> {
  return changeKeys(bench, bench.ports.client.call('takeAsSecret', { file, keyName }));
}

/** Forgets a key file, and judges again. */
export function removeKeyFile(bench: Bench, file: string): Promise<void> {
  return changeKeys(bench, bench.ports.client.call('removeKeyFile', { file }));
}

/** Makes what a file holds trust anchors, or no longer, and judges again. */
export function setTrusted(bench: Bench, file: string, trusted: boolean): Promise<void> {
  return changeKeys(bench, bench.ports.client.call('setTrusted', { file, trusted }));
}

/** Adds a user of the user's own, and judges again. */
export function addUser(bench: Bench, name: string, password: string): Promise<void> {
  return changeKeys(bench, bench.ports.client.call('addUser', { set: OWN_KEYS, name, password }));
}

/** Forgets a user, and judges again. */
export function removeUser(bench: Bench, { set, name }: UserDescription): Promise<void> {
  return changeKeys(bench, bench.ports.client.call('removeUser', { set, name }));
}

/** To be called by whoever owns the worker, when it had to be restarted. */
export function keysLost({ keys }: Bench): void {
  const { ring } = keys.getState();
  keys.setState({ ring: NO_KEYS, lost: ring.files.length + ring.users.length > 0 });
}

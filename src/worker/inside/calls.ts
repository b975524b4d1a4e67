/** What the worker does for each call of the page. */
import { createDecryptionProvider } from '../../engine/crypto/decryption-web.ts';
import { createCryptoProvider } from '../../engine/crypto/provider-web.ts';
import type { SubtleCipherPort, SubtlePort } from '../../engine/crypto/subtle-port.ts';
import { judge } from '../../engine/index.ts';
import { opinionsOn } from '../../second-opinion/opinions.ts';
import type { CallName, Calls, JudgeAnswer, JudgeCall, KeyFileInput, KeyRing } from '../page/protocol.ts';
import { decryptedOutline } from './decrypted-outline.ts';
import type { JobControl } from './jobs.ts';
import type { KeyBox } from './key-box.ts';
import { keptRun, type Runs } from './runs.ts';
import { structureOf } from './structure.ts';

/** What the worker holds between two calls. */
export interface Holdings {
  readonly keys: KeyBox;
  readonly runs: Runs;
}

export interface CallPorts {
  readonly crypto: { readonly subtle?: SubtlePort & SubtleCipherPort };
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

/** The work behind every call, by name. */
export type Work = {
  readonly [Name in CallName]: (send: Calls[Name]['send'], control: JobControl) => Promise<Calls[Name]['get']>;
};

export function workOf({ keys, runs }: Holdings, ports: CallPorts): Work {
  const judging = judgingWith({ keys, runs }, ports);
  const changed = async (change: void | Promise<void>): Promise<KeyRing> => {
    await change;
    return keys.ring();
  };
  return {
    judge: judging,
    addKeyFiles: ({ files }, control) => changed(addFiles(keys, files, control)),
    unlock: ({ file, alias, password }) => changed(keys.unlock(file, alias, password)),
    takeAsSecret: ({ file, keyName }) => changed(keys.takeAsSecret(file, keyName)),
    removeKeyFile: ({ file }) => changed(keys.remove(file)),
    setTrusted: ({ file, trusted }) => changed(keys.setTrusted(file, trusted)),
    addUser: ({ name, password }) => changed(keys.addUser(name, password)),
    removeUser: ({ name }) => changed(keys.removeUser(name)),
    revealKey: async ({ run, step }) => runs.get(run)?.stepKeys.get(step)?.slice() ?? null,
    secondOpinion: async ({ run }, control) => {
      const kept = runs.get(run);
      if (kept === null) return null;
      return opinionsOn(kept.trace, kept.octets, keys.entries, ports.crypto as unknown as Crypto, (done) =>
        control.between('second opinion', done),
      );
    },
    octets: async ({ run, space, start, end }) => runs.get(run)?.spaces.octets(space, start, end) ?? null,
    origin: async ({ run, space, start, end, toInput }) =>
      runs.get(run)?.spaces.origin(space, start, end, toInput) ?? null,
  };
}

async function addFiles(keys: KeyBox, files: readonly KeyFileInput[], control: JobControl): Promise<void> {
  for (const [index, file] of files.entries()) {
    control.between('key files', index);
    await keys.add(file);
  }
}

function judgingWith({ keys, runs }: Holdings, ports: CallPorts): Work['judge'] {
  const crypto = createCryptoProvider(ports.crypto.subtle ?? null);
  const decryption = createDecryptionProvider(ports.crypto.subtle ?? null);
  return async (call: JudgeCall, control: JobControl): Promise<JudgeAnswer> => {
    const began = ports.now();
    const { octets, request, attachments, settings } = call;
    const judged = await judge(
      {
        octets,
        request,
        attachments: new Map(attachments),
        ...settings,
        keys: keys.entries,
        crls: keys.crls,
        users: keys.users,
      },
      { crypto, decryption, cancelled: control.cancelled, progress: control.progress },
    );
    // A run that was wiped or superseded meanwhile leaves nothing behind.
    if (!control.cancelled()) runs.keep(control.id, keptRun(octets, judged));
    return {
      run: control.id,
      trace: judged.trace,
      ...structureOf(octets),
      opened: decryptedOutline(judged.trace, judged.octets),
      elapsed: ports.now() - began,
    };
  };
}

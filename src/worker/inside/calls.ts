/** What the worker does for each call of the page. */
import type { CertificateMemory } from '../../engine/certificates/certificate-memory.ts';
import type { DecryptionProvider } from '../../engine/crypto/decryption-provider.ts';
import type { SubtleCipherPort, SubtlePort } from '../../engine/crypto/subtle-port.ts';
import { judge, type JudgePorts, type JudgeRequest } from '../../engine/index.ts';
import { opinionsOn } from '../../second-opinion/opinions.ts';
import { whatExplainingChanged } from '../page/explained.ts';
import type { CallName, Calls, KeyFileInput, KeyRing } from '../page/protocol.ts';
import type { JobControl } from './jobs.ts';
import type { KeyBox } from './key-box.ts';
import { preloadParts } from './preload.ts';
import { keptRun, type Runs } from './runs.ts';
import { structureOf } from './structure.ts';

/** What the worker holds between two calls. */
export interface Holdings {
  readonly keys: KeyBox;
  readonly runs: Runs;
  /** Replaced as a whole when the session is wiped: what a run under way still finds goes with the old one. */
  certificates: CertificateMemory;
}

/** What the work needs of the worker's surroundings. */
export interface CallPorts {
  readonly crypto: { readonly subtle?: SubtlePort & SubtleCipherPort };
  /** Milliseconds of a clock that never goes back. */
  now(): number;
}

/** The work behind every call, by name. */
export type Work = {
  readonly [Name in CallName]: (send: Calls[Name]['send'], control: JobControl) => Promise<Calls[Name]['get']>;
};

/** The work of every call, on one set of holdings. */
export function workOf(holdings: Holdings, ports: CallPorts): Work {
  const { keys, runs } = holdings;
  const changed = async (change: void | Promise<void>): Promise<KeyRing> => {
    await change;
    return keys.ring();
  };
  return {
    ...judgingWith(holdings, ports),
    addKeyFiles: ({ files }, control) => changed(addFiles(keys, files, control)),
    unlock: ({ file, alias, password }) => changed(keys.unlock(file, alias, password)),
    takeAsSecret: ({ file, keyName }) => changed(keys.takeAsSecret(file, keyName)),
    removeKeyFile: ({ file }) => changed(keys.remove(file)),
    setTrusted: ({ file, trusted }) => changed(keys.setTrusted(file, trusted)),
    addUser: (user) => changed(keys.addUser(user)),
    removeUser: (user) => changed(keys.removeUser(user)),
    removeKeySet: ({ set }) => changed(keys.removeSet(set)),
    revealKey: async ({ run, step }) => runs.get(run)?.stepKeys.get(step)?.slice() ?? null,
    secondOpinion: async ({ run }, control) => {
      const kept = runs.get(run);
      if (kept === null) return null;
      return opinionsOn(
        kept.trace,
        kept.judged.request.octets,
        kept.judged.request.keys,
        ports.crypto as unknown as Crypto,
        (done) => control.between('second opinion', done),
      );
    },
    certificate: async ({ run, id }) => {
      const message = runs.get(run)?.judged.message;
      const met = message !== undefined && 'certificates' in message ? message.certificates.all : [];
      const der = met.find((certificate) => certificate.id === id)?.der;
      if (der === undefined) return null;
      const { viewCertificate } = await import('../../engine/certificates/certificate-view.ts');
      return { der: der.slice(), view: viewCertificate(der) };
    },
    preload: async () => {
      preloadParts();
      return null;
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

function judgingWith(holdings: Holdings, ports: CallPorts): Pick<Work, 'judge' | 'explain'> {
  const { keys, runs } = holdings;
  let provider: Promise<DecryptionProvider> | null = null;
  const decryption = () =>
    (provider ??= import('../../engine/crypto/decryption-web.ts').then(({ createDecryptionProvider }) =>
      createDecryptionProvider(ports.crypto.subtle ?? null),
    ));
  const portsOf = ({ cancelled, progress }: JobControl): JudgePorts => {
    const { certificates } = holdings;
    return { crypto: certificates.crypto, certificates, decryption, cancelled, progress };
  };
  return {
    judge: async ({ octets, request: answered, attachments, settings, keySets }, control) => {
      const began = ports.now();
      const request: JudgeRequest = {
        octets,
        request: answered,
        attachments: new Map(attachments),
        ...settings,
        keys: keys.entries(keySets),
        crls: keys.crls(keySets),
        users: keys.users(keySets),
      };
      const judged = await judge(request, portsOf(control));
      const kept = keptRun(judged);
      // A run that was wiped or superseded meanwhile leaves nothing behind.
      if (!control.cancelled()) runs.keep(control.id, kept);
      return { run: control.id, trace: kept.trace, ...structureOf(judged), elapsed: ports.now() - began };
    },
    explain: async ({ run: id }, control) => {
      const began = ports.now();
      const kept = runs.get(id);
      if (kept === null) return null;
      // A chunk of its own: nobody waits for it before a verdict.
      const { explainRun } = await import('../../engine/diagnosis/explain.ts');
      const explained = await explainRun(kept.judged, portsOf(control));
      if (!control.cancelled()) runs.keep(id, keptRun(kept.judged, explained));
      return { ...whatExplainingChanged(kept.judged.trace, explained.trace), elapsed: ports.now() - began };
    },
  };
}

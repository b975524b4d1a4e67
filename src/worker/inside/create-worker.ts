/**
 * The engine's worker: judges, and keeps octets, keys and passwords away from the page. It has no network
 * (docs/limits.md, "What the page closes").
 */
import { CertificateMemory } from '../../engine/certificates/certificate-memory.ts';
import { webPasswordDerivation } from '../../engine/crypto/password-derivation.ts';
import { createCryptoProvider } from '../../engine/crypto/provider-web.ts';
import type { FromWorker, Job, ToWorker } from '../page/protocol.ts';
import { workOf, type CallPorts, type Holdings, type Work } from './calls.ts';
import { JobQueue, type JobControl } from './jobs.ts';
import { KeyBox } from './key-box.ts';
import { Runs } from './runs.ts';

/** What the worker needs of its global scope; tests give their own. */
export interface WorkerScope {
  readonly crypto: CallPorts['crypto'];
  readonly performance: { now(): number };
  postMessage(message: FromWorker): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToWorker }) => void): void;
}

/** Sets a worker going in `scope`: it answers what is posted there. */
export function createWorker(scope: WorkerScope): void {
  const { subtle } = scope.crypto;
  const crypto = createCryptoProvider(subtle ?? null);
  const holdings: Holdings = {
    keys: new KeyBox(subtle === undefined ? null : webPasswordDerivation(subtle)),
    runs: new Runs(),
    certificates: new CertificateMemory(crypto),
  };
  const now = (): number => scope.performance.now();
  const say = (message: FromWorker): void => scope.postMessage(message);
  const work = workOf(holdings, { crypto: scope.crypto, now });
  const jobs = new JobQueue({ say, now });
  scope.addEventListener('message', ({ data }) => {
    switch (data.call) {
      case 'share':
        jobs.share(data.signals);
        break;
      case 'cancel':
        jobs.cancel(data.id);
        break;
      case 'wipe':
        jobs.cancelAll();
        holdings.runs.wipe();
        holdings.keys.wipe();
        holdings.certificates = new CertificateMemory(crypto);
        say({ type: 'wiped' });
        break;
      default:
        jobs.add(data.id, (control) => done(work, data, control));
    }
  });
  say({ type: 'ready' });
}

/** TypeScript does not see that a job's name and what it sends belong together. */
function done(work: Work, job: Job, control: JobControl): Promise<unknown> {
  const act = work[job.call] as (send: Job['send'], control: JobControl) => Promise<unknown>;
  return act(job.send, control);
}

/** The very first script: sets the worker going while the page itself still loads, so that the verdict need not wait for both. */
import { startWorker } from '../worker/start-worker.ts';

const worker = startWorker();
let failed = false;
worker.addEventListener('error', () => {
  failed = true;
});
// A worker that failed before anybody listened is not handed on: the page starts another and hears of its failure.
void import('./main.tsx').then(({ openPage }) => openPage(() => (failed ? null : worker)));

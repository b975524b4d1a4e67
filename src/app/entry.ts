/**
 * The very first script: sets the worker going and fetches the first sample while the page itself still loads, so that
 * the verdict need not wait for all three in turn.
 */
import { loadSample, SAMPLES } from '../content/samples/index.ts';
import { startWorker } from '../worker/page/start.ts';

const worker = startWorker();
let failed = false;
worker.addEventListener('error', () => {
  failed = true;
});
const [first] = SAMPLES;
// Without its sample the page is empty, not broken.
const sample = first ? loadSample(first).catch(() => null) : Promise.resolve(null);
// A worker that failed before anybody listened is not handed on: the page starts another and hears of its failure.
void import('./main.tsx').then(({ openPage }) => openPage(() => (failed ? null : worker), sample));

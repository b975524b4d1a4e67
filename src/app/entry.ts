/** The very first script: sets the worker going while the page itself still loads, so that the verdict need not wait for both. */
import { startWorker } from '../worker/start-worker.ts';

const first = startWorker();
void import('./main.tsx').then(({ openPage }) => openPage(first));

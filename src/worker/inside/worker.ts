/** The script that runs as the worker. */
import { createWorker } from './create-worker.ts';

createWorker(globalThis);

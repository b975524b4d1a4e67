/** Starts a thread of `wss batch` from the compiled chunks. */
import { createRequire } from 'node:module';
import { CompiledChunks } from './compiled-chunks.ts';

new CompiledChunks(import.meta.dirname, createRequire(import.meta.url)).load('./batch-worker.cjs');

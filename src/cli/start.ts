/** Starts the command from its compiled chunks. */
import { createRequire } from 'node:module';
import { CompiledChunks } from './compiled-chunks.ts';

const chunks = new CompiledChunks(import.meta.dirname, createRequire(import.meta.url));
const { run } = chunks.load('./main.cjs') as typeof import('./main.ts');
void run(process.argv.slice(2));

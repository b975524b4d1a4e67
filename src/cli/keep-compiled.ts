/**
 * Run by the build with the arguments of `wss verify`: judges a message, shows it as text and as JSON, and keeps what V8
 * compiled for that. Functions that it did not call are compiled when they are called.
 */
import { createRequire } from 'node:module';
import { CompiledChunks } from './compiled-chunks.ts';

async function keepCompiled(args: readonly string[]): Promise<void> {
  const chunks = new CompiledChunks(import.meta.dirname, createRequire(import.meta.url));
  const { run } = chunks.load('./main.cjs') as typeof import('./main.ts');
  await run(['verify', ...args]);
  await run(['verify', '--json', ...args]);
  chunks.keepCompiled();
}

void keepCompiled(process.argv.slice(2));

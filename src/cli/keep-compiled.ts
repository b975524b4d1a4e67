/**
 * Run by the build with options of `wss verify` and two messages: judges the first, which is valid, shows it as text and
 * as JSON, and keeps what V8 compiled for that; then the second, whose cause is searched for, and keeps what that loads
 * beside. Functions that were not called are compiled when they are called.
 */
import { createRequire } from 'node:module';
import { CompiledChunks } from './compiled-chunks.ts';

async function keepCompiled(args: readonly string[]): Promise<void> {
  const chunks = new CompiledChunks(import.meta.dirname, createRequire(import.meta.url));
  const { run } = chunks.load('./main.cjs') as typeof import('./main.ts');
  const options = args.slice(0, -2);
  for (const message of args.slice(-2)) {
    await run(['verify', ...options, message]);
    await run(['verify', '--json', ...options, message]);
    chunks.keepCompiled();
  }
}

void keepCompiled(process.argv.slice(2));

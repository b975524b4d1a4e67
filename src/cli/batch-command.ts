/** Arguments of `wss batch`. */
import { parseArgs } from 'node:util';
import { batch } from './batch.ts';
import { UsageError } from './usage-error.ts';

/** `wss batch`: reads the arguments and starts the batch. Gives the exit code. @throws {UsageError} */
export async function batchCommand(args: readonly string[]): Promise<number> {
  let values: { jobs?: string };
  let positionals: string[];
  try {
    ({ values, positionals } = parseArgs({
      args: [...args],
      options: { jobs: { type: 'string', short: 'j' } },
      allowPositionals: true,
    }));
  } catch (error) {
    throw new UsageError(`wss batch: ${error instanceof Error ? error.message : String(error)}`);
  }
  const [file] = positionals;
  if (file === undefined || positionals.length > 1) {
    throw new UsageError('wss batch: give one jobs file, or - for standard input');
  }
  const threads = Number(values.jobs ?? '1');
  if (!Number.isInteger(threads) || threads < 1 || threads > 64) {
    throw new UsageError(`--jobs ${values.jobs}: write a number of threads from 1 to 64`);
  }
  await batch({ file, threads });
  return 0;
}

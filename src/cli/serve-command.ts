/** Arguments of `wss serve`. */
import { join } from 'node:path';
import { fileURLToPath } from 'node:url';
import { parseArgs } from 'node:util';
import { UsageError } from './usage-error.ts';

const DEFAULT_PORT = 4173;

/** Ports after the default one that are tried when nobody asked for a certain one. */
const OTHER_PORTS = 50;

/** Serves until the process is ended. */
export async function serveCommand(args: readonly string[]): Promise<number> {
  let values: { port?: string; host?: string };
  try {
    ({ values } = parseArgs({
      args: [...args],
      options: { port: { type: 'string', short: 'p' }, host: { type: 'string' } },
    }));
  } catch (error) {
    throw new UsageError(`wss serve: ${error instanceof Error ? error.message : String(error)}`);
  }
  const port = Number(values.port ?? DEFAULT_PORT);
  if (!Number.isInteger(port) || port < 0 || port > 65_535) {
    throw new UsageError(`--port ${values.port}: write a port number`);
  }
  const { serve } = await import('./serve.ts');
  // The command is built to dist/cli, the page to dist/page.
  const root = join(fileURLToPath(new URL('..', import.meta.url)), 'page');
  try {
    const others = values.port === undefined ? OTHER_PORTS : 0;
    const { url } = await serve({ root, port, others, ...(values.host === undefined ? {} : { host: values.host }) });
    const taken = Number(new URL(url).port);
    if (port !== 0 && taken !== port) process.stderr.write(`Port ${port} is in use; this is port ${taken}.\n`);
    process.stdout.write(`${url}\n`);
  } catch (error) {
    throw new UsageError(`wss serve: ${error instanceof Error ? error.message : String(error)}`);
  }
  await new Promise<void>(() => {});
  return 0;
}

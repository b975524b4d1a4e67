/** The command `wss`: finds the subcommand, loads only that, and turns errors into exit status 2 (docs/command.md). */
import { UsageError } from './usage-error.ts';

const USAGE = `wss: see a message secured with WS-Security verified, step by step

  wss verify [options] FILE|-     judge and explain one message
  wss batch JOBS.jsonl [--jobs N] judge many, one JSON report a line
  wss c14n [options] FILE         write canonical octets
  wss keys FILE[:PASSWORD]…       list what is in key files
  wss algorithms [--json]         list every algorithm URI and what we can do with it
  wss explain CODE|URI            explain a finding or an algorithm
  wss serve [--port N]            serve the page on this machine

wss COMMAND --help tells the options. Exit status: 0 valid, 1 anything else, 2 unusable arguments or key files.
`;

type Command = (args: readonly string[]) => Promise<number>;

/** Each is loaded when it is called: a command line starts fast or is not used. */
const COMMANDS: Readonly<Record<string, () => Promise<Command>>> = {
  verify: async () => (await import('./verify.ts')).verify,
  batch: async () => (await import('./batch-command.ts')).batchCommand,
  c14n: async () => (await import('./c14n.ts')).c14n,
  keys: async () => (await import('./keys.ts')).keys,
  algorithms: async () => (await import('./algorithms.ts')).algorithms,
  explain: async () => (await import('./explain.ts')).explain,
  serve: async () => (await import('./serve-command.ts')).serveCommand,
};

async function main(args: readonly string[]): Promise<number> {
  const [name = 'help', ...rest] = args;
  if (name === 'help' || name === '--help' || name === '-h') {
    const [about] = rest;
    if (about !== undefined && !Object.hasOwn(COMMANDS, about)) {
      throw new UsageError(`wss: there is no command ${about}; wss --help lists them`);
    }
    process.stdout.write(about === undefined ? USAGE : (await import('./help.ts')).helpFor(about));
    return 0;
  }
  if (name === '--version' || name === '-V') {
    process.stdout.write(`wss ${(await import('../engine/version.ts')).ENGINE_VERSION}\n`);
    return 0;
  }
  const load = Object.hasOwn(COMMANDS, name) ? COMMANDS[name] : undefined;
  if (load === undefined) throw new UsageError(`wss: there is no command ${name}; wss --help lists them`);
  if (rest.includes('--help') || rest.includes('-h')) {
    process.stdout.write((await import('./help.ts')).helpFor(name));
    return 0;
  }
  return (await load())(rest);
}

/** Carries out a command line; its exit status is the process's. */
export async function run(args: readonly string[]): Promise<void> {
  // A reader that has seen enough (`| head`) ends the run quietly.
  process.stdout.on('error', (error: NodeJS.ErrnoException) => {
    process.exit(error.code === 'EPIPE' ? 0 : 2);
  });
  try {
    process.exitCode = await main(args);
  } catch (error) {
    // Names of files and what a message holds stand in it.
    const { visible } = await import('../content/visible-text.ts');
    const shown = (text: string) => text.split('\n').map(visible).join('\n');
    process.stderr.write(
      error instanceof UsageError
        ? `${shown(error.message)}\n`
        : 'wss: this is a defect of ours, please report ' +
            `it\n${shown(error instanceof Error ? (error.stack ?? error.message) : String(error))}\n`,
    );
    process.exitCode = 2;
  }
}

/** `wss verify`: judges one message and shows what was found (docs/command.md, "wss verify"). */
import { readFileSync } from 'node:fs';
import type { SpaceId } from '../engine/bytes/source-range.ts';
import { makeReport } from '../engine/trace/report.ts';
import { findingMessage } from '../content/findings/index.ts';
import { jsonText } from '../content/visible-text.ts';
import type { Ask } from './ask-password.ts';
import { runJob } from './job.ts';
import { writeOutput } from './output-file.ts';
import { createReceiver } from './receiver.ts';
import { sourceTexts } from './source-excerpt.ts';
import { parseVerifyOptions } from './verify-options.ts';

/** Loaded when somebody is to be asked. */
const askHere: Ask = async (what) => (await import('./ask-password.ts')).askAt(process.stdin, process.stderr)(what);

/** @returns the exit status: 0 for `valid`, 1 otherwise */
export async function verify(args: readonly string[]): Promise<number> {
  const options = parseVerifyOptions(args);
  const stdin = options.job.file === '-';
  const octets = stdin ? new Uint8Array(readFileSync(0)) : null;
  const run = await runJob(options.job, process.cwd(), octets, createReceiver(askHere));
  if (options.canonical !== null) {
    (await import('./canonical-directory.ts')).writeCanonicalDirectory(options.canonical, run);
  }
  if (options.html !== null) {
    const { htmlReport } = await import('../content/report/html-report.ts');
    const textOf = sourceTexts((space: SpaceId) => run.octets.get(space)?.octets);
    writeOutput(
      options.html,
      htmlReport({
        trace: run.trace,
        name: stdin ? 'standard input' : options.job.file,
        locate: (range) => textOf(range.space)?.position(range.start) ?? null,
      }),
    );
  }
  if (options.decoded !== null) {
    writeOutput(options.decoded, (await import('./decoded-envelope.ts')).decodedEnvelope(run));
  }
  // Beside the trace and the report's own members: the verdict never rests on it.
  const opinions = options.secondOpinion ? await import('./second-opinion.ts') : null;
  const opinion = opinions === null ? null : await opinions.opinionOn(run);
  if (options.trace) process.stdout.write(`${jsonText(run.trace, 2)}\n`);
  else if (options.json) {
    process.stdout.write(
      `${jsonText({ ...makeReport(run.trace, findingMessage), ...(opinion === null ? {} : { secondOpinion: opinion }) }, 2)}\n`,
    );
  } else {
    process.stdout.write(
      (await import('./text-report.ts')).textReport(run, {
        name: stdin ? 'standard input' : options.job.file,
        verbose: options.verbose,
        ...(opinions === null || opinion === null
          ? {}
          : { afterTrace: (colours, width) => opinions.opinionText(opinion, colours, width) }),
      }),
    );
  }
  return run.trace.verdict.headline === 'valid' ? 0 : 1;
}

/**
 * `wss algorithms`: every algorithm URI that the engine knows and what it can do with it (docs/command.md, "wss
 * algorithms").
 */
import { parseArgs } from 'node:util';
import { ALGORITHMS } from '../engine/algorithms/algorithm-table.ts';
import type { Algorithm } from '../engine/algorithms/algorithm.ts';
import { citationText } from '../content/citations.ts';
import { paint, wantsColour } from './terminal.ts';
import { UsageError } from './usage-error.ts';

const MARKS = { yes: '✓', partial: '~', no: '–' } as const;

/**
 * `wss algorithms`: every algorithm that the engine knows, as a table or as JSON. Gives the exit code. @throws
 * {UsageError}
 */
export async function algorithms(args: readonly string[]): Promise<number> {
  let json = false;
  try {
    json = parseArgs({ args: [...args], options: { json: { type: 'boolean' } } }).values.json === true;
  } catch (error) {
    throw new UsageError(`wss algorithms: ${error instanceof Error ? error.message : String(error)}`);
  }
  if (json) {
    process.stdout.write(
      `${JSON.stringify(
        ALGORITHMS.map((one) => ({
          uri: one.uri,
          kind: one.kind,
          name: one.name,
          support: one.support.verdict,
          why: one.support.why,
          strength: one.strength,
          citation: citationText(one.citation),
        })),
        null,
        2,
      )}\n`,
    );
    return 0;
  }
  const colours = paint(wantsColour(process.stdout, process.env));
  const byKind = new Map<string, Algorithm[]>();
  for (const one of ALGORITHMS) byKind.set(one.kind, [...(byKind.get(one.kind) ?? []), one]);
  const width = Math.max(...ALGORITHMS.map((one) => one.name.length));
  for (const [kind, list] of byKind) {
    process.stdout.write(`${colours.bold(kind.replaceAll('-', ' '))}\n`);
    for (const one of list) {
      const mark =
        one.support.verdict === 'yes'
          ? colours.green(MARKS.yes)
          : one.support.verdict === 'partial'
            ? colours.yellow(MARKS.partial)
            : colours.dim(MARKS.no);
      const remark = [
        one.strength === 'current' || one.strength === 'unknown' ? '' : one.strength,
        one.support.why ?? '',
      ]
        .filter((text) => text !== '')
        .join(', ');
      process.stdout.write(
        `  ${mark} ${one.name.padEnd(width)} ` +
          `${colours.dim(one.uri)}${remark === '' ? '' : ` ${colours.yellow(remark)}`}\n`,
      );
    }
  }
  return 0;
}

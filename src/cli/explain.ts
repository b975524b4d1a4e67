/** `wss explain`: words for a finding code or an algorithm URI (docs/command.md, "wss explain"). */
import { algorithmByUri } from '../engine/algorithms/algorithm-table.ts';
import { didYouMean } from '../engine/algorithms/near-miss.ts';
import { citationText, citationUrl } from '../content/citations.ts';
import { findingFixes } from '../content/findings/fixes.ts';
import { FINDINGS, findingWords } from '../content/findings/index.ts';
import type { FindingWords } from '../content/findings/catalogue.ts';
import { paint, visible, wantsColour, wrapped } from './terminal.ts';
import type { Data } from '../engine/trace/trace.ts';
import { UsageError } from './usage-error.ts';

/** `wss explain`: what a finding code or an algorithm URI means. Gives the exit code. @throws {UsageError} */
export async function explain(args: readonly string[]): Promise<number> {
  const [asked] = args;
  if (asked === undefined || args.length > 1) {
    throw new UsageError('wss explain: give one finding code or one algorithm URI');
  }
  const colours = paint(wantsColour(process.stdout, process.env));
  const words = findingWords(asked);
  if (words !== null) {
    process.stdout.write(`${colours.bold(asked)}\n${explainFinding(asked, words)}`);
    return 0;
  }
  const algorithm = algorithmByUri(asked);
  if (algorithm !== null) {
    const lines = [
      colours.bold(algorithm.name),
      `  ${algorithm.uri}`,
      `  ${algorithm.kind.replaceAll('-', ' ')}, ${algorithm.strength}`,
      `  supported: ${algorithm.support.verdict}${algorithm.support.why === null ? '' : ` (${algorithm.support.why})`}`,
      '  ' +
        `${citationText(algorithm.citation)}${citationUrl(algorithm.citation) === null ? '' : `\n  ${citationUrl(algorithm.citation)}`}`,
    ];
    process.stdout.write(`${lines.join('\n')}\n`);
    return 0;
  }
  const near = asked.includes(':') ? didYouMean(asked).map((one) => one.uri) : nearCodes(asked);
  throw new UsageError(
    `${visible(asked)}: no such code or URI${near.length === 0 ? '' : `; perhaps ${near.join(', ')}`}`,
  );
}

/** A code alone has no data: every particular of a case is its name, `‹late seconds›`. */
const PARTICULARS: Data = new Proxy<Record<string, string>>(
  {},
  {
    get: (_target, name) =>
      typeof name === 'string' ? `‹${name.replace(/[A-Z]/g, (capital) => ` ${capital.toLowerCase()}`)}›` : undefined,
  },
);

function explainFinding(code: string, words: FindingWords<Data>): string {
  const said = [words.title(PARTICULARS), words.message(PARTICULARS)];
  const legend = said.some((one) => one.includes('‹')) ? 'In ‹ › stands what differs from case to case.' : '';
  const parts = [
    ...said,
    legend,
    words.explain ?? '',
    ...Object.entries(findingFixes(code)).map(([party, fix]) => `${party}: ${fix}`),
  ];
  return `${parts
    .filter((text) => text !== '')
    .map((text) => wrapped(text, 90, '  '))
    .join('\n\n')}\n`;
}

function nearCodes(asked: string): readonly string[] {
  const folded = asked.toLowerCase();
  return Object.keys(FINDINGS)
    .filter((code) => code.toLowerCase().includes(folded) || folded.includes(code.toLowerCase()))
    .slice(0, 5);
}

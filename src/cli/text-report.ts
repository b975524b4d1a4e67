/**
 * The report for people: the headline first, then causes, the axes in one line, and the trace with only what failed
 * open.
 */
import { AXES, axisTone, headlineWords, verdictSentence } from '../content/verdicts.ts';
import { citationText } from '../content/citations.ts';
import { findingFixes } from '../content/findings/fixes.ts';
import type { SpaceId } from '../engine/bytes/source-range.ts';
import { findingMessage, findingTitle } from '../content/findings/index.ts';
import { coverageWords, REPORT_WORDS } from '../content/report/text-report-words.ts';
import { stepOutcome } from '../content/step-outcomes.ts';
import { lineText, stepLine } from '../content/steps.ts';
import { judgedAsOf } from '../content/time-words.ts';
import { indexTrace, type TraceIndex } from '../engine/trace/trace-index.ts';
import type { Run } from '../engine/message/request.ts';
import type { Finding, Step, Trace } from '../engine/trace/trace.ts';
import { sourceTexts, type SourceText } from './source-excerpt.ts';
import { clipped, paint, visible, wantsColour, wrapped, type Paint } from './terminal.ts';

/** How a report is laid out for a terminal. */
export interface TextReportOptions {
  /** What the message is called. */
  readonly name: string;
  /** Opens every step. */
  readonly verbose: boolean;
  /** Overrides what the terminal says. */
  readonly colour?: boolean;
  readonly width?: number;
  /** Lines beneath the trace that are not part of it. */
  readonly afterTrace?: (colours: Paint, width: number) => string;
}

const MARKS: Readonly<Record<Step['status'], string>> = {
  passed: '✓',
  failed: '✗',
  warned: '!',
  skipped: '·',
  unsupported: '?',
  unknown: '?',
};
const AXIS_MARKS = { pass: '✓', fail: '✗', warn: '!', absent: '–' } as const;
/** Findings told in full; the rest are counted. */
const TOLD = 6;

/** The report of a run as text: headline, axes, findings, trace. */
export function textReport(run: Run, options: TextReportOptions): string {
  const colours = paint(options.colour ?? wantsColour(process.stdout, process.env));
  const width = Math.max(
    40,
    Math.min(options.width ?? process.stdout.columns ?? (Number(process.env['COLUMNS']) || 100), 120),
  );
  const { trace } = run;
  return [
    headlineBlock(trace, options.name, colours, width),
    axesLine(trace, colours, width),
    causesBlock(run, colours, width),
    [traceBlock(trace, options.verbose, colours, width), options.afterTrace?.(colours, width) ?? '']
      .filter((lines) => lines !== '')
      .join('\n'),
    coverageBlock(trace, colours, width),
  ]
    .filter((block) => block !== '')
    .join('\n\n')
    .concat('\n');
}

function tone(colours: Paint, name: 'pass' | 'fail' | 'warn' | 'neutral' | 'absent'): (text: string) => string {
  return { pass: colours.green, fail: colours.red, warn: colours.yellow, neutral: colours.cyan, absent: colours.dim }[
    name
  ];
}

function headlineBlock(trace: Trace, name: string, colours: Paint, width: number): string {
  const { verdict } = trace;
  const words = headlineWords(verdict);
  const mark = words.tone === 'pass' ? '✓' : words.tone === 'fail' ? '✗' : '!';
  return [
    `${tone(colours, words.tone)(colours.bold(`${mark} ${words.label}`))}  ${visible(name)} ` +
      colours.dim(`· ${REPORT_WORDS.judgedAsOf(judgedAsOf(trace))}`),
    wrapped(verdictSentence(verdict), width, '  '),
  ].join('\n');
}

function axesLine(trace: Trace, colours: Paint, width: number): string {
  const lines: string[] = [''];
  let used = 0;
  for (const { axis, label } of AXES) {
    const value = trace.verdict.axes[axis];
    const said = axisTone(value);
    const words = `${AXIS_MARKS[said]} ${label.toLowerCase()}${said === 'pass' || said === 'absent' ? '' : ` ${value}`}`;
    if (used > 0 && used + words.length + 2 > width) {
      lines.push('');
      used = 0;
    }
    lines[lines.length - 1] += `  ${tone(colours, said)(words)}`;
    used += words.length + 2;
  }
  return lines.join('\n');
}

function causesBlock(run: Run, colours: Paint, width: number): string {
  const { findings } = run.trace;
  const told = findings.filter((finding) => finding.severity !== 'note');
  const notes = findings.length - told.length;
  if (told.length === 0) return notes === 0 ? '' : colours.dim(`  ${REPORT_WORDS.notes(notes)}`);
  // The same words about another place are said once.
  const groups = new Map<string, Finding[]>();
  for (const finding of told) {
    const key = `${finding.code} ${findingMessage(finding)}`;
    groups.set(key, [...(groups.get(key) ?? []), finding]);
  }
  const places: Places = {
    textOf: sourceTexts((space: SpaceId) => run.octets.get(space)?.octets),
    shown: new Set(),
  };
  const blocks = [...groups.values()].slice(0, TOLD).map((group) => findingBlock(group, run, places, colours, width));
  const rest = groups.size - blocks.length;
  const tail = [rest > 0 ? REPORT_WORDS.moreFindings(rest) : '', notes > 0 ? REPORT_WORDS.notes(notes) : '']
    .filter((text) => text !== '')
    .join(', ');
  return `${blocks.join('\n')}${tail === '' ? '' : `\n  ${colours.dim(tail)}`}`;
}

function findingBlock(group: readonly Finding[], run: Run, places: Places, colours: Paint, width: number): string {
  const finding = group[0]!;
  const error = finding.severity === 'error';
  const mark = error ? colours.red('✗') : colours.yellow('!');
  const fixes = Object.entries(findingFixes(finding.code)).filter(
    ([party]) => finding.fixes.length === 0 || finding.fixes.includes(party),
  );
  return [
    ...titleLines(
      visible(findingTitle(finding)),
      `[${finding.code}, ${finding.confidence}${group.length > 1 ? `, ${REPORT_WORDS.places(group.length)}` : ''}]`,
      mark,
      colours,
      width,
    ),
    wrapped(visible(findingMessage(finding)), width, '    '),
    ...excerpts(group, run, places, colours, width),
    ...(error ? fixes.slice(0, 3).map(([party, fix]) => wrapped(`${party}: ${fix}`, width, '    → ', '      ')) : []),
    ...(error && finding.citations[0] !== undefined ? [colours.dim(`    ${citationText(finding.citations[0])}`)] : []),
  ].join('\n');
}

/** Title and code in one line where they fit, else the code beneath. */
function titleLines(title: string, code: string, mark: string, colours: Paint, width: number): string[] {
  if (title.length + code.length + 5 <= width) return [`  ${mark} ${colours.bold(title)} ${colours.dim(code)}`];
  return [
    `  ${mark} ${wrapped(title, width - 4, '', '    ')
      .split('\n')
      .map((line) => colours.bold(line))
      .join('\n')}`,
    colours.dim(`    ${code}`),
  ];
}

/** What the excerpts of one report share. */
interface Places {
  readonly textOf: (space: SpaceId) => SourceText | null;
  /** Those printed already: the same lines are not printed twice. */
  readonly shown: Set<string>;
}

function excerpts(group: readonly Finding[], run: Run, places: Places, colours: Paint, width: number): string[] {
  const ranges = group.flatMap((finding) => finding.ranges.slice(0, 2)).slice(0, 2);
  return ranges.flatMap((range) => {
    const size = run.octets.get(range.space)?.octets.length;
    const source = places.textOf(range.space);
    // The bounds of the whole input point nowhere.
    if (source === null || (range.start === 0 && range.end === size)) return [];
    const place = `${range.space} ${range.start} ${range.end}`;
    if (places.shown.has(place)) {
      const { line, column } = source.position(range.start);
      return [colours.dim(`    ${REPORT_WORDS.shownAbove(line, column)}`)];
    }
    places.shown.add(place);
    const excerpt = source.excerpt(range, colours, width);
    return excerpt === '' ? [] : [excerpt.replace(/\n$/, '')];
  });
}

function traceBlock(trace: Trace, verbose: boolean, colours: Paint, width: number): string {
  const index = indexTrace(trace);
  const lines: string[] = [];
  // A stack, not recursion: how deep steps nest is the message's choice.
  const stack = index
    .children(null)
    .map((step) => ({ step, depth: 0 }))
    .reverse();
  while (stack.length > 0) {
    const { step, depth } = stack.pop()!;
    const inner = index.children(step.id);
    const open = inner.length > 0 && (verbose || !isQuiet(step));
    lines.push(
      stepText(index, step, { depth, inner: inner.length, open, cause: causeOf(step, index) }, colours, width),
    );
    if (open) stack.push(...inner.map((child) => ({ step: child, depth: depth + 1 })).reverse());
  }
  return lines.join('\n');
}

/** The step that kept this one from being done; null where the step above it says so already. */
function causeOf(step: Step, index: TraceIndex): Step | null {
  return step.because === index.step(step.parent)?.because ? null : index.step(step.because);
}

function isQuiet(step: Step): boolean {
  return step.status === 'passed' || step.status === 'skipped' || step.status === 'warned';
}

interface Place {
  readonly depth: number;
  /** How many steps it holds. */
  readonly inner: number;
  readonly open: boolean;
  /** The step that kept this one from being done. */
  readonly cause: Step | null;
}

function stepText(
  index: TraceIndex,
  step: Step,
  { depth, inner, open, cause }: Place,
  colours: Paint,
  width: number,
): string {
  const fold = inner === 0 ? ' ' : open ? '▾' : '▸';
  const folded = inner > 0 && !open ? ` ${REPORT_WORDS.steps(inner)}` : '';
  const because =
    cause === null ? '' : `, ${REPORT_WORDS.because(step.status, visible(lineText(stepLine(index.trace, cause))))}`;
  const room = width - depth * 2 - 6 - folded.length;
  const did = visible(lineText(stepLine(index.trace, step)));
  const said = stepOutcome(step);
  const outcome = said === '' ? '' : ` · ${said}`;
  // What came out is worth more than the end of a long name.
  const line = `${clipped(did, Math.max(12, room - outcome.length))}${outcome}`;
  const colour =
    step.status === 'failed'
      ? colours.red
      : step.status === 'passed'
        ? colours.green
        : step.status === 'skipped'
          ? colours.dim
          : colours.yellow;
  return (
    `  ${'  '.repeat(depth)}${colours.dim(fold)} ${colour(MARKS[step.status])} ` +
    `${step.status === 'failed' ? colours.bold(line) : line}${colours.dim(folded)}${colours.dim(clipped(because, Math.max(0, room - line.length)))}`
  );
}

function coverageBlock(trace: Trace, colours: Paint, width: number): string {
  const entries = trace.coverage.filter((entry) => entry.required || entry.signed !== 'none');
  if (entries.length === 0) return '';
  const roleWidth = Math.min(24, Math.max(...entries.map((entry) => entry.role.length)));
  const lines = entries.map((entry) => {
    const good = entry.signed === 'full';
    const mark = good ? colours.green('✓') : entry.signed === 'none' ? colours.red('✗') : colours.yellow('!');
    return (
      `    ${mark} ${visible(entry.role).padEnd(roleWidth)}  ${coverageWords(entry)} ` +
      colours.dim(clipped(visible(entry.target.path), width - roleWidth - 30))
    );
  });
  return [`  ${colours.bold(REPORT_WORDS.coverage)}`, ...lines].join('\n');
}

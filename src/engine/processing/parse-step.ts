/** The first two steps of a run: taking wrappings off and parsing, with every problem as a finding. */
import type { Told } from '../trace/finding-data.ts';
import type { XmlFindings } from '../trace/finding-data/xml.ts';
import { givenAttachments, type Attachments } from '../attachments/attachment.ts';
import { INPUT_SPACE, type SourceRange } from '../bytes/source-range.ts';
import { markInData } from '../bytes/log-marks.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import type { RunContext } from '../run/run-context.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { Trace } from '../trace/trace.ts';
import { NodeKind } from '../xml/document.ts';
import type { ParseResult } from '../xml/parse-result.ts';
import { parseXml } from '../xml/parse.ts';
import { expandMessage, type ExpandedMessage } from '../message/expand-message.ts';
import { inputRanges } from '../input/input-ranges.ts';
import type { Openers } from '../input/input-state.ts';
import { openInput, type OpenedInput } from '../input/open-input.ts';

/** The input, unwrapped and parsed. */
export interface ParsedInput {
  readonly opened: OpenedInput;
  readonly result: ParseResult;
  /** The id of the step that parsed. */
  readonly step: string;
  /** A DOCTYPE ended the parse, or what holds the message has two readings. */
  readonly refused: boolean;
  readonly wellFormed: boolean;
  /** Parts of the message and octets given for it, by name. */
  readonly attachments: Attachments;
  /** Null where the message has no xop:Include, or nothing that needs it expanded. */
  readonly xop: ExpandedMessage | null;
}

/** Input of which no document was taken. */
const UNREADABLE: ReadonlySet<string> = new Set([
  'input-compressed',
  'multipart-without-parts',
  'container-unreadable',
  'container-without-signatures',
]);

/**
 * @param given octets given beside the message, by content id or URI; they win over its own parts
 * @param openers of `openersFor`; without them an archive stays one
 */
export function parseInput(
  input: Uint8Array,
  run: Pick<RunContext, 'budget' | 'recorder'>,
  given: ReadonlyMap<string, Uint8Array> = new Map(),
  openers?: Openers,
): ParsedInput {
  const { budget, recorder } = run;
  const { opened, end } = openStep(input, openers, run);
  const parse = recorder.step('parse', { citation: { spec: 'XML', section: '2.1' } });
  const result = translated(
    parseXml(opened.octets, { budget, ...(opened.charset === null ? {} : { externalEncoding: opened.charset }) }),
    opened,
  );
  end(result);
  for (const problem of result.problems) {
    // Octets that read as another encoding too are no proof that they are in it.
    const confidence = problem.data['reads'] === undefined ? 'certain' : 'likely';
    // The parser stands below the trace, so that it can't know the types of its own codes.
    const told = { code: problem.code, data: { rule: problem.rule, ...problem.data } } as Told<keyof XmlFindings>;
    parse.finding({ ...told, severity: problem.severity, confidence, ranges: [problem.range] });
  }
  if (!result.wellFormed) tellCopy(opened.octets, parse);
  parse.data({ elements: result.document.nodeCount - 1, attributes: result.document.attributeTotal });
  parse.end();
  const attachments: Attachments = new Map([...opened.parts, ...givenAttachments(given)]);
  const space = opened.wrappings.length > 0 ? 'opened' : INPUT_SPACE;
  const source = result.document.octets === opened.octets ? space : null;
  const xop = result.wellFormed ? expandMessage(result.document, source, attachments, budget, recorder) : null;
  return {
    opened,
    result,
    step: parse.id,
    attachments,
    xop,
    wellFormed: result.wellFormed && !opened.problems.some((problem) => UNREADABLE.has(problem.code)),
    refused:
      result.problems.some((problem) => problem.code === 'doctype-or-entity-refused') ||
      opened.problems.some((problem) => problem.code === 'container-ambiguous'),
  };
}

/** Octets at either end that are looked at. */
const LOOKED_AT = 400;

/**
 * A copy of a browser's tree, which writes `-` before elements that are open, or of a log that cut off what is long.
 */
function tellCopy(octets: Uint8Array, step: OpenStep): void {
  const start = decodeUtf8(octets.subarray(0, LOOKED_AT));
  const end = decodeUtf8(octets.subarray(-LOOKED_AT));
  const tree = /^\s*(?:<\?xml[^>]*\?>\s*)?-\s*</.exec(start)?.[0];
  const mark = tree === undefined ? markInData(end.slice(end.lastIndexOf('>') + 1)) : '-';
  if (mark === null) return;
  step.finding({
    code: 'captured-not-wire',
    severity: 'error',
    confidence: 'likely',
    ranges: [],
    data: { where: tree === undefined ? 'end' : 'tree', mark },
  });
}

/** Takes the wrappings off. The step ends when the parse has told the encoding. */
function openStep(
  input: Uint8Array,
  openers: Openers | undefined,
  { budget, recorder }: Pick<RunContext, 'budget' | 'recorder'>,
): { readonly opened: OpenedInput; readonly end: (result: ParseResult) => void } {
  const step = recorder.step('decode', {
    range: { space: INPUT_SPACE, start: 0, end: input.length },
    data: { size: input.length },
  });
  const opened = openInput(input, budget, openers);
  for (const problem of opened.problems) {
    step.finding({
      code: problem.code,
      severity: problem.severity,
      ranges: [{ space: INPUT_SPACE, start: problem.at, end: Math.min(input.length, problem.at + 1) }],
      data: problem.data,
    });
  }
  if (opened.wrappings.length > 0) {
    recorder.space('opened', 'decoded', 'message', opened.octets, INPUT_SPACE, () => ({
      source: INPUT_SPACE,
      segments: opened.segments,
    }));
    step.output({ type: 'octets', label: 'message', space: 'opened' });
  }
  const end = ({ encoding: { name, bom, declared } }: ParseResult) => {
    const { wrappings, attachments } = opened;
    step.data({ encoding: name, bom, declared, wrappings, parts: attachments.size });
    step.end();
  };
  return { opened, end };
}

/** Ranges of the parse in octets of the input, whatever the document was wrapped in. */
function translated(result: ParseResult, opened: OpenedInput): ParseResult {
  const [first] = opened.segments;
  if (opened.segments.length === 1 && first?.kind === 'copied' && first.sourceStart === first.start) return result;
  const toInput = inputRanges(opened.segments);
  const { document } = result;
  const translate = (range: SourceRange) => toInput(range.start, range.end);
  return {
    ...result,
    document: { ...document, range: (start, end) => translate(document.range(start, end)) },
    problems: result.problems.map((problem) => ({ ...problem, range: translate(problem.range) })),
  };
}

/** What the trace says of the input. */
export function describeInput(input: Uint8Array, sha256: string, parsed: ParsedInput | null): Trace['input'] {
  const document = parsed?.result.document ?? null;
  const wrappings = parsed?.opened.wrappings ?? [];
  return {
    size: input.length,
    sha256,
    encoding: parsed?.result.encoding.name ?? 'unknown',
    bom: parsed?.result.encoding.bom ?? false,
    lineEnds: lineEndsOf(document?.octets ?? input),
    wrapping: wrappings.length === 0 ? null : wrappings.join('+'),
    elements: document === null ? 0 : countElements(document.kind),
    namespaces: document === null ? 0 : Math.max(0, document.uris.length - 3),
  };
}

function countElements(kinds: Uint8Array): number {
  let count = 0;
  for (let node = 0; node < kinds.length; node++) if (kinds[node] === NodeKind.element) count++;
  return count;
}

function lineEndsOf(octets: Uint8Array): Trace['input']['lineEnds'] {
  // Most messages have no CR at all: then one search for each octet tells everything.
  if (octets.indexOf(0x0d) < 0) return octets.indexOf(0x0a) < 0 ? 'none' : 'LF';
  const kinds = new Set<'LF' | 'CRLF' | 'CR'>();
  for (let at = octets.indexOf(0x0a); at >= 0; at = octets.indexOf(0x0a, at + 1)) {
    kinds.add(octets[at - 1] === 0x0d ? 'CRLF' : 'LF');
    if (kinds.size > 1) return 'mixed';
  }
  for (let at = octets.indexOf(0x0d); at >= 0; at = octets.indexOf(0x0d, at + 1)) {
    if (octets[at + 1] === 0x0a) continue;
    kinds.add('CR');
    break;
  }
  const [only] = kinds;
  return kinds.size > 1 ? 'mixed' : (only ?? 'none');
}

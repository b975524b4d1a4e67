/**
 * Octets to a tree (XML 1.0 5th edition, Namespaces 1.0): errors are data, and what stood before the first one is kept.
 */
import type { Budget } from '../bytes/budget.ts';
import { INPUT_SPACE, type SpaceId } from '../bytes/source-range.ts';
import { decodeInput, type DecodedInput, type EncodingProblem } from './decode.ts';
import type { ParseResult, XmlProblem } from './parse-result.ts';
import { ParseStop } from './parse-stop.ts';
import { Parser } from './parser.ts';

/** How octets are parsed. */
export interface ParseOptions {
  /** The space that `octets` are; {@link INPUT_SPACE} unless said otherwise. */
  readonly space?: SpaceId;
  /** Bounds spent: `inputOctets`, `nodes`; checked: `elementDepth`, `attributesPerElement`, `nameLength`. */
  readonly budget: Budget;
  /** An encoding that the transport states (`charset` of a Content-Type); it wins over the declaration. */
  readonly externalEncoding?: string;
}

/**
 * Parses a document entity. Never fails on its input: see `problems` and `wellFormed`. Elements that were open at
 * the first error end where the parse stopped and carry `NodeFlag.unclosed`; a start tag in which the error stands is
 * left out.
 * All ranges of the result are in octets of `space`, whatever the encoding; offsets in the tree's arrays are in
 * `document.octets`.
 * @throws {BudgetExceeded} past a bound of the budget, with the offset in `octets`.
 */
export function parseXml(octets: Uint8Array, options: ParseOptions): ParseResult {
  const space = options.space ?? INPUT_SPACE;
  const budget = options.budget;
  budget.check('inputOctets', octets.length, budget.limits.inputOctets);
  const input = decodeInput(octets, options.externalEncoding ?? null);
  const problems: XmlProblem[] = input.problems.map((problem) => positioned(problem, space));
  const refused = problems.some((problem) => problem.code === 'xml-encoding-unsupported');
  const declaration = input.declaration;
  const parser = new Parser(input.octets, declaration?.end ?? input.start, input.limit, budget, input.inputOffset);
  if (declaration !== null && declaration.version !== null && declaration.version !== '1.0') {
    const start = input.inputOffset(input.start);
    problems.push({
      code: 'xml-version-not-1.0',
      rule: '[26] VersionNum',
      severity: 'warning',
      data: { version: declaration.version },
      range: { space, start, end: input.inputOffset(declaration.end) },
    });
  }
  if (refused) {
    parser.abandon(0);
  } else {
    const error = run(parser, input);
    if (error !== null) problems.push(positioned(error, space));
  }
  const range = (start: number, end: number) => ({
    space,
    start: input.inputOffset(start),
    end: input.inputOffset(end),
  });
  return {
    document: parser.tree.finish({
      space,
      octets: input.octets,
      names: parser.names,
      prefixes: parser.names.prefixes,
      uris: parser.uris.uris,
      range,
    }),
    encoding: input.encoding,
    problems,
    wellFormed: problems.every((problem) => problem.severity !== 'error'),
    version: declaration?.version ?? null,
    standalone: declaration?.standalone ?? null,
  };
}

/** Parses, and answers what ended the parse early, in input offsets. */
function run(parser: Parser, input: DecodedInput): EncodingProblem | null {
  const fault = input.declaration?.fault ?? null;
  const stop =
    fault !== null
      ? new ParseStop('not-wellformed-xml', fault.rule, fault.offset, fault.offset, {
          reason: 'xml-declaration',
          expected: fault.expected,
        })
      : parseToStop(parser);
  // All that could be decoded was a document, and octets that could not be follow it.
  if (stop === null) return input.invalid;
  parser.abandon(Math.min(stop.start, input.limit));
  // Running into octets that could not be decoded is their error, not one of the markup before them.
  if (input.invalid !== null && stop.start >= input.limit) return input.invalid;
  return {
    code: stop.code,
    rule: stop.rule,
    severity: 'error',
    data: stop.data,
    start: input.inputOffset(stop.start),
    end: input.inputOffset(stop.end),
  };
}

function parseToStop(parser: Parser): ParseStop | null {
  try {
    parser.parse();
    return null;
  } catch (error) {
    if (error instanceof ParseStop) return error;
    throw error;
  }
}

function positioned(problem: EncodingProblem, space: SpaceId): XmlProblem {
  const { code, rule, severity, data, start, end } = problem;
  return { code, rule, severity, data, range: { space, start, end } };
}

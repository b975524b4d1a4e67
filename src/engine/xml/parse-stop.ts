/** The first error of a parse, on its way from the place that saw it to the result. */

/** Why the parse ended: carried out of the parser's depth, never out of the room. */
export class ParseStop extends Error {
  readonly code: string;
  readonly rule: string;
  readonly start: number;
  readonly end: number;
  readonly data: Readonly<Record<string, string | number>>;
  constructor(code: string, rule: string, start: number, end: number, data: Readonly<Record<string, string | number>>) {
    super(code);
    this.code = code;
    this.rule = rule;
    this.start = start;
    this.end = end;
    this.data = data;
  }
}

/** A broken rule of form at `octets[start, end)`; `reason` tells the words which. @throws {ParseStop} always. */
export function failForm(
  reason: string,
  rule: string,
  start: number,
  end: number,
  data: Readonly<Record<string, string | number>> = {},
): never {
  throw new ParseStop('not-wellformed-xml', rule, start, end, { reason, ...data });
}

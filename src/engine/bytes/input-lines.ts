/** Lines, columns and editor offsets of places in an input, whatever its encoding. */
import { type EncodingName, transcode } from './encoding.ts';
import { type LineColumn, LineIndex } from './line-index.ts';

/** Positions by offset in the octets that arrived. */
export class InputLines {
  readonly #lines: LineIndex;
  readonly #toDecoded: (offset: number) => number;
  readonly #toInput: (offset: number) => number;

  /**
   * @param encoding what the parser found (`ParseResult.encoding.name`); octets of a name not known here are read as
   * UTF-8.
   */
  constructor(input: Uint8Array, encoding: string) {
    const transcoded = isTranscoded(encoding) ? transcode(input, encoding) : null;
    this.#lines = new LineIndex(transcoded?.octets ?? input);
    this.#toDecoded = transcoded?.octetOffset ?? same;
    this.#toInput = transcoded?.inputOffset ?? same;
  }

  position(offset: number): LineColumn {
    return this.#lines.position(this.#toDecoded(offset));
  }

  /** UTF-16 units before the input octet `offset`; a byte order mark counts as one. */
  utf16Offset(offset: number): number {
    return this.#lines.utf16Offset(this.#toDecoded(offset));
  }

  /** The input octet at which the character with the UTF-16 unit `unitOffset` begins. */
  inputOffset(unitOffset: number): number {
    return this.#toInput(this.#lines.octetOffset(unitOffset));
  }
}

const TRANSCODED: readonly string[] = [
  'UTF-16LE',
  'UTF-16BE',
  'ISO-8859-1',
  'windows-1252',
  'US-ASCII',
] satisfies EncodingName[];

function isTranscoded(encoding: string): encoding is Exclude<EncodingName, 'UTF-8'> {
  return TRANSCODED.includes(encoding);
}

function same(offset: number): number {
  return offset;
}

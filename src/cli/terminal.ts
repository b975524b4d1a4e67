/** Colour and safe text for a terminal: hostile control characters are shown, never sent (docs/attacks.md UI-01). */

export { visible } from '../content/visible-text.ts';

/** Puts colour on text, or leaves it as it is where the terminal takes none. */
export interface Paint {
  bold(text: string): string;
  dim(text: string): string;
  red(text: string): string;
  green(text: string): string;
  yellow(text: string): string;
  cyan(text: string): string;
}

const CODES = {
  bold: [1, 22],
  dim: [2, 22],
  red: [31, 39],
  green: [32, 39],
  yellow: [33, 39],
  cyan: [36, 39],
} as const;

/** @param colour whether the reader is a terminal that wants colour */
export function paint(colour: boolean): Paint {
  const one =
    ([on, off]: readonly [number, number]) =>
    (text: string) =>
      colour && text !== '' ? `\u001b[${on}m${text}\u001b[${off}m` : text;
  return {
    bold: one(CODES.bold),
    dim: one(CODES.dim),
    red: one(CODES.red),
    green: one(CODES.green),
    yellow: one(CODES.yellow),
    cyan: one(CODES.cyan),
  };
}

/** A terminal, `NO_COLOR` unset (https://no-color.org), `FORCE_COLOR` and `TERM=dumb` heeded. */
export function wantsColour(
  stream: { readonly isTTY?: boolean },
  environment: Readonly<Record<string, string | undefined>>,
): boolean {
  if (environment['NO_COLOR'] !== undefined && environment['NO_COLOR'] !== '') return false;
  if (
    environment['FORCE_COLOR'] !== undefined &&
    environment['FORCE_COLOR'] !== '' &&
    environment['FORCE_COLOR'] !== '0'
  ) {
    return true;
  }
  return stream.isTTY === true && environment['TERM'] !== 'dumb';
}

/**
 * Marks that sit on the character before them, and what East Asian fonts and emoji draw two cells wide (Unicode TR 11).
 */
const NO_CELL = /[\p{Mn}\p{Me}]/u;
const TWO_CELLS =
  /[\u1100-\u115f\u2e80-\u303e\u3041-\ua4cf\uac00-\ud7a3\uf900-\ufaff\ufe30-\ufe4f\uff00-\uff60\uffe0-\uffe6\u{1f300}-\u{1faff}\u{20000}-\u{3fffd}]/u;

function cells(character: string): number {
  if (character < '\u0300') return 1;
  return NO_CELL.test(character) ? 0 : TWO_CELLS.test(character) ? 2 : 1;
}

/** The cells of a terminal that a text takes. */
export function displayWidth(text: string): number {
  let width = 0;
  for (const character of text) width += cells(character);
  return width;
}

/** Cuts to `width` cells with an ellipsis. */
export function clipped(text: string, width: number): string {
  if (text.length <= width && text.length === displayWidth(text)) return text;
  let used = 0;
  let end = 0;
  let fits = 0;
  for (const character of text) {
    used += cells(character);
    end += character.length;
    if (used < width) fits = end;
    if (used > width) return width < 1 ? '' : `${text.slice(0, fits)}…`;
  }
  return text;
}

/**
 * Breaks at spaces so that no line is longer than `width`, but for a word that is; the first begins with `indent`, the
 * others with `hanging`.
 */
export function wrapped(text: string, width: number, indent: string, hanging = indent): string {
  const lines: string[] = [];
  let line = '';
  for (const word of text.split(' ')) {
    if (line !== '' && line.length + word.length + 1 > width - indent.length) {
      lines.push(line);
      line = word;
    } else line = line === '' ? word : `${line} ${word}`;
  }
  lines.push(line);
  return lines.map((one, index) => (index === 0 ? indent : hanging) + one).join('\n');
}

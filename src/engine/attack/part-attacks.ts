/**
 * Attacks on the parts of a MIME message (docs/attacks.md XSW-15): found by the text of the input, as their readers
 * find them.
 */
import { encodeUtf8 } from '../bytes/utf8.ts';
import { ascii } from '../input/input-piece.ts';
import { changing, NOT_ALL_SIGNED, UNTOUCHED, unfit, type Attack } from './attack.ts';
import type { AttackedMessage, Change } from './attacked-message.ts';

/** One character an octet. */
function textOf({ input }: AttackedMessage): string {
  return ascii(input, 0, input.length);
}

/** The text that the pattern finds first, with another in its place. */
function exchanged(pattern: RegExp, by: (found: RegExpExecArray) => string): Attack['attempt'] {
  return (message) => {
    const found = message.hasParts ? pattern.exec(textOf(message)) : null;
    if (found === null) return unfit('no-parts');
    const change: Change = {
      start: found.index,
      end: found.index + found[0].length,
      octets: encodeUtf8(by(found)),
    };
    return changing(change);
  };
}

/** Of the fields that say what is a part, and of the parts themselves. */
export const PART_ATTACKS = {
  'boundary-twice': {
    row: 'XSW-15',
    right: [],
    attempt: exchanged(/boundary=/i, () => 'boundary=forged;\tboundary='),
  },
  'root-named-anew': {
    row: 'XSW-15',
    right: NOT_ALL_SIGNED,
    attempt: exchanged(/start="[^"]*"/i, () => 'start="<forged@forged>"'),
  },
  'content-id-twice': {
    row: 'XSW-15',
    right: [],
    attempt: exchanged(/\r?\nContent-ID:[^\r\n]*/gi, ([field]) => `\r\nContent-ID: <forged@forged>${field}`),
  },
  'transfer-encoding-unknown': {
    row: 'XSW-15',
    right: NOT_ALL_SIGNED,
    attempt: exchanged(/Content-Transfer-Encoding:[^\r\n]*/i, () => 'Content-Transfer-Encoding: x-forged'),
  },
  'part-added': {
    row: 'XSW-15',
    right: UNTOUCHED,
    attempt: exchanged(
      /\r?\n(--[^\r\n]+?)--[ \t]*(?:\r?\n)*$/,
      ([end, delimiter = '']) => `\r\n${delimiter}\r\nContent-ID: <forged@forged>\r\n\r\nforged${end}`,
    ),
  },
} as const satisfies Readonly<Record<string, Attack>>;

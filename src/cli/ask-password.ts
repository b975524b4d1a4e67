/** Asks for a password at the terminal; what is typed is not shown. */
import type { ReadStream } from 'node:tty';
import { UsageError } from './usage-error.ts';

/** Gives what was typed. `what` says what it opens. */
export type Ask = (what: string) => Promise<string>;

/** As much of a terminal as asking takes. */
type Terminal = Pick<ReadStream, 'isTTY' | 'setRawMode' | 'setEncoding' | 'on' | 'off' | 'resume' | 'pause'>;

/** Erases the character before it: backspace as terminals send it, either way. */
const ERASE: ReadonlySet<string> = new Set(['\b', '\u007f']);
/** Ends the line. */
const ENDS: ReadonlySet<string> = new Set(['\r', '\n', '\u0004']);
const INTERRUPT = '\u0003';

/** Asks on `output`, reads from `input`. @throws {UsageError} where that is no terminal, or who is asked breaks off */
export function askAt(input: Terminal, output: { write(text: string): unknown }): Ask {
  return async (what) => {
    if (!input.isTTY) {
      throw new UsageError(`prompt: the password of ${what} cannot be asked for: standard input is no terminal`);
    }
    output.write(`Password of ${what}: `);
    try {
      return await typed(input, what);
    } finally {
      output.write('\n');
    }
  };
}

function typed(input: Terminal, what: string): Promise<string> {
  return new Promise((resolve, reject) => {
    let characters: string[] = [];
    const end = (finish: () => void) => {
      input.off('data', read);
      input.setRawMode(false);
      input.pause();
      finish();
    };
    const read = (chunk: string | Uint8Array) => {
      for (const character of String(chunk)) {
        if (character === INTERRUPT) {
          end(() => reject(new UsageError(`prompt: no password was given for ${what}`)));
          return;
        }
        if (ENDS.has(character)) {
          end(() => resolve(characters.join('')));
          return;
        }
        if (ERASE.has(character)) characters = characters.slice(0, -1);
        else characters.push(character);
      }
    };
    // Raw before the first octet is read: a terminal shows what it passes on line by line.
    input.setRawMode(true);
    input.setEncoding('utf8');
    input.on('data', read);
    input.resume();
  });
}

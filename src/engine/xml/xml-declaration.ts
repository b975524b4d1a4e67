/** The XML declaration (XML 1.0 §2.8 [23] to [26], §2.9 [32], §4.3.3 [80], [81]). */
import { decodeUtf8 } from '../bytes/utf8.ts';
import { WHITE_SPACE } from './characters.ts';

/** What the declaration says, and the first thing wrong with it. */
export interface XmlDeclaration {
  /** One past `?>`, or where reading stopped. */
  readonly end: number;
  readonly version: string | null;
  readonly encoding: string | null;
  /** The encoding name's octets; -1 without one. */
  readonly encodingStart: number;
  readonly encodingEnd: number;
  readonly standalone: boolean | null;
  readonly fault: XmlDeclarationFault | null;
}

/** Where an XML declaration breaks which production. */
export interface XmlDeclarationFault {
  readonly offset: number;
  readonly rule: string;
  readonly expected: string;
}

const QUOTE = 0x22;
const APOSTROPHE = 0x27;

/** Reads the declaration at `start` of ASCII-compatible octets; null where there is none. */
export function readXmlDeclaration(octets: Uint8Array, start: number, limit: number): XmlDeclaration | null {
  if (start + 6 > limit || decodeUtf8(octets, start, start + 5) !== '<?xml' || WHITE_SPACE[octets[start + 5]!] !== 1) {
    return null;
  }
  return new DeclarationReader(octets, start + 5, limit).read();
}

class DeclarationReader {
  readonly #octets: Uint8Array;
  readonly #limit: number;
  #position: number;
  #fault: XmlDeclarationFault | null = null;
  #valueStart = -1;
  #valueEnd = -1;

  constructor(octets: Uint8Array, position: number, limit: number) {
    this.#octets = octets;
    this.#position = position;
    this.#limit = limit;
  }

  read(): XmlDeclaration {
    let spaced = this.#skipSpace();
    const version = this.#pseudoAttribute('version', '[24] VersionInfo', /^1\.[0-9]+$/);
    if (version === null) this.#fail('[24] VersionInfo', 'version="1.0"');
    spaced = this.#skipSpace();
    const encoding = spaced ? this.#pseudoAttribute('encoding', '[81] EncName', /^[A-Za-z][A-Za-z0-9._-]*$/) : null;
    const [encodingStart, encodingEnd] = encoding === null ? [-1, -1] : [this.#valueStart, this.#valueEnd];
    if (encoding !== null) spaced = this.#skipSpace();
    const standalone = spaced ? this.#pseudoAttribute('standalone', '[32] SDDecl', /^(?:yes|no)$/) : null;
    this.#skipSpace();
    if (!this.#take('?>')) this.#fail('[23] XMLDecl', '?>');
    return {
      end: this.#position,
      version,
      encoding,
      encodingStart,
      encodingEnd,
      standalone: standalone === null ? null : standalone === 'yes',
      fault: this.#fault,
    };
  }

  /** `name = "value"`; null where another name stands, or after a fault. */
  #pseudoAttribute(name: string, rule: string, pattern: RegExp): string | null {
    if (this.#fault !== null || !this.#take(name)) return null;
    this.#skipSpace();
    if (!this.#take('=')) return this.#fail('[25] Eq', '=');
    this.#skipSpace();
    const quote = this.#octets[this.#position];
    if (this.#position >= this.#limit || (quote !== QUOTE && quote !== APOSTROPHE)) return this.#fail(rule, 'a quote');
    const start = this.#position + 1;
    // Names are short; a missing quote must not make a string of the whole document.
    const within = this.#octets.subarray(start, Math.min(this.#limit, start + 256));
    const size = within.indexOf(quote);
    if (size < 0) return this.#fail(rule, quote === QUOTE ? '"' : "'");
    const value = decodeUtf8(within, 0, size);
    if (!pattern.test(value)) {
      this.#position = start;
      return this.#fail(rule, name);
    }
    [this.#valueStart, this.#valueEnd] = [start, start + size];
    this.#position = start + size + 1;
    return value;
  }

  #take(literal: string): boolean {
    if (this.#fault !== null || this.#position + literal.length > this.#limit) return false;
    for (let i = 0; i < literal.length; i++) {
      if (this.#octets[this.#position + i] !== literal.charCodeAt(i)) return false;
    }
    this.#position += literal.length;
    return true;
  }

  #skipSpace(): boolean {
    const start = this.#position;
    while (this.#position < this.#limit && WHITE_SPACE[this.#octets[this.#position]!] === 1) this.#position++;
    return this.#position > start;
  }

  #fail(rule: string, expected: string): null {
    this.#fault ??= { offset: this.#position, rule, expected };
    return null;
  }
}

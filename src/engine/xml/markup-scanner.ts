/**
 * Reading octets of markup: the place, names, white space, references, comments, CDATA sections, instructions, and
 * saying what stood where something else was due.
 */
import type { Budget } from '../bytes/budget.ts';
import { hashStep } from '../bytes/octet-interner.ts';
import { codePointAt, decodeUtf8, utf8SequenceLength } from '../bytes/utf8.ts';
import { isNonAsciiNameChar, isNonAsciiNameStart, NAME_CLASS, NameClass, WHITE_SPACE } from './characters.ts';
import { NameInterner } from './name-interner.ts';
import { failForm } from './parse-stop.ts';
import { readReference, ReferenceFault, referenceEnd } from './references.ts';

const GT = 0x3e;
const QUESTION = 0x3f;
const HYPHEN = 0x2d;
const BRACKET = 0x5d;

/** A position in `octets[0, limit)`, which must be UTF-8 of legal characters only. */
export class MarkupScanner {
  readonly names: NameInterner;
  protected readonly octets: Uint8Array;
  protected readonly limit: number;
  protected readonly budget: Budget;
  /** The offset in the input for one in `octets`. */
  protected readonly inputOffset: (offset: number) => number;
  protected position: number;
  readonly #maxName: number;
  /**
   * By name id, the name that was read next the last time; -1 for none. Messages repeat themselves, so it mostly is
   * again.
   */
  #successor = new Int32Array(256).fill(-1);
  #lastName = 0;

  constructor(
    octets: Uint8Array,
    start: number,
    limit: number,
    budget: Budget,
    inputOffset: (offset: number) => number,
  ) {
    this.octets = octets;
    this.limit = limit;
    this.budget = budget;
    this.inputOffset = inputOffset;
    this.position = start;
    this.names = new NameInterner(octets);
    this.#maxName = budget.limits.nameLength;
  }

  /** Reads a QName [7] (Namespaces 1.0 §4) at the position and answers its id. */
  protected readName(): number {
    const last = this.#lastName;
    const expected = this.#successor[last]!;
    const name = expected >= 0 && this.#stands(expected) ? expected : this.#scanName();
    if (name !== expected) this.#successor[last] = name;
    this.#lastName = name;
    return name;
  }

  /** Whether the known name `name` stands at the position; passes it if so. */
  #stands(name: number): boolean {
    const octets = this.octets;
    const start = this.names.start[name]!;
    const size = this.names.end[name]! - start;
    const at = this.position;
    let i = 0;
    while (i < size && octets[start + i] === octets[at + i]) i++;
    // At the end of the octets there is no class: the long way reads such a name.
    if (i < size || NAME_CLASS[octets[at + size]!] !== NameClass.none) return false;
    this.position = at + size;
    return true;
  }

  #scanName(): number {
    const octets = this.octets;
    const limit = this.limit;
    const start = this.position;
    let i = start;
    let hash = 0;
    let colon = -1;
    let expectStart = true;
    while (i < limit) {
      let octet = octets[i]!;
      let found = NAME_CLASS[octet]!;
      if (found === NameClass.nonAscii) {
        const codePoint = codePointAt(octets, i);
        if (!(expectStart ? isNonAsciiNameStart(codePoint) : isNonAsciiNameChar(codePoint))) break;
        const after = i + (codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4);
        while (i < after) hash = hashStep(hash, octets[i++]!);
        expectStart = false;
        continue;
      }
      if (found === NameClass.none || (expectStart && found !== NameClass.nameStart)) break;
      expectStart = false;
      // The hot loop: what stands at the limit is no ASCII name character, so it needs no bound.
      while ((found & 1) === 1) {
        hash = hashStep(hash, octet);
        octet = octets[++i]!;
        found = NAME_CLASS[octet]!;
      }
      if (found === NameClass.colon && i < limit) {
        if (colon >= 0) this.fail('colon-in-name', 'Namespaces 1.0 [7] QName', i, i + 1);
        colon = i++;
        hash = hashStep(hash, octet);
        expectStart = true;
      }
    }
    if (expectStart) {
      this.fail('name-expected', i > start ? 'Namespaces 1.0 [4] NCName' : '[5] Name', i, this.after(i), {
        found: this.found(i),
      });
    }
    if (i - start > this.#maxName) this.budget.check('nameLength', i - start, this.inputOffset(start));
    this.position = i;
    const name = this.names.intern(start, i, colon, hash);
    if (name >= this.#successor.length) {
      const grown = new Int32Array(2 * name).fill(-1);
      grown.set(this.#successor);
      this.#successor = grown;
    }
    return name;
  }

  /** Reads the comment [15] that begins at `start` and answers its end. */
  protected readComment(start: number): number {
    const octets = this.octets;
    let i = start + 4;
    for (;;) {
      i = octets.indexOf(HYPHEN, i);
      if (i < 0 || i + 1 >= this.limit) this.unclosed('unclosed-comment', '[15] Comment', start);
      if (octets[i + 1] === HYPHEN) break;
      i++;
    }
    if (i + 2 >= this.limit) this.unclosed('unclosed-comment', '[15] Comment', start);
    if (octets[i + 2] !== GT) {
      this.fail('double-hyphen-in-comment', '[15] Comment', i, i + 2, { found: this.found(i + 2) });
    }
    return (this.position = i + 3);
  }

  /** Reads the CDATA section [18] that begins at `start` and answers its end. */
  protected readCdata(start: number): number {
    const octets = this.octets;
    let i = start + 9;
    for (;;) {
      i = octets.indexOf(BRACKET, i);
      if (i < 0 || i + 2 >= this.limit) this.unclosed('unclosed-cdata', '[18] CDSect', start);
      if (octets[i + 1] === BRACKET && octets[i + 2] === GT) break;
      i++;
    }
    return (this.position = i + 3);
  }

  /** Reads the target [17] of the processing instruction that begins at `start` and answers its name id. */
  protected readTarget(start: number): number {
    this.position = start + 2;
    const target = this.readName();
    const text = this.names.qualified[target]!;
    if (text.length === 3 && text.toLowerCase() === 'xml') {
      this.fail('reserved-target', '[17] PITarget', start, this.position, { target: text });
    }
    if (this.names.prefixId[target] !== 0) {
      this.fail('colon-in-target', 'Namespaces 1.0 §7', start + 2, this.position, { target: text });
    }
    return target;
  }

  /**
   * Reads the rest of the processing instruction [16], the position being behind its target, and answers where its
   * content begins.
   */
  protected readInstruction(start: number): number {
    const octets = this.octets;
    const targetEnd = this.position;
    const spaced = this.skipSpace();
    const content = this.position;
    let i = content;
    for (;;) {
      i = octets.indexOf(QUESTION, i);
      if (i < 0 || i + 1 >= this.limit) this.unclosed('unclosed-processing-instruction', '[16] PI', start);
      if (octets[i + 1] === GT) break;
      i++;
    }
    if (!spaced && i !== targetEnd) this.expect(targetEnd, 'white space or ?>', '[16] PI');
    this.position = i + 2;
    return content;
  }

  protected skipSpace(): boolean {
    const octets = this.octets;
    const start = this.position;
    let i = start;
    while (i < this.limit && WHITE_SPACE[octets[i]!] === 1) i++;
    this.position = i;
    return i > start;
  }

  protected matches(start: number, literal: string): boolean {
    for (let i = 0; i < literal.length; i++) {
      if (start + i >= this.limit) this.expect(this.limit, literal, '[43] content');
      if (this.octets[start + i] !== literal.charCodeAt(i)) return false;
    }
    return true;
  }

  /** Checks the reference at `start` and answers the offset after it. */
  protected checkReference(start: number): number {
    const end = referenceEnd(this.octets, start, this.limit);
    if (end < 0) {
      this.fail('reference-syntax', '[67] Reference', start, start + 1, { found: this.found(start + 1) });
    }
    const value = readReference(this.octets, start, end);
    if (value >= 0) return end;
    const text = decodeUtf8(this.octets, start, Math.min(end, start + 80));
    if (value === ReferenceFault.illegalCharacter) {
      this.fail('illegal-character-reference', 'WFC: Legal Character', start, end, { reference: text });
    }
    if (value === ReferenceFault.undeclaredEntity && this.#isName(start + 1, end - 1)) {
      this.fail('undeclared-entity', 'WFC: Entity Declared', start, end, { reference: text });
    }
    return this.fail('reference-syntax', '[67] Reference', start, end, { found: text });
  }

  #isName(start: number, end: number): boolean {
    let i = start;
    while (i < end) {
      const found = NAME_CLASS[this.octets[i]!]!;
      if (found === NameClass.nonAscii) {
        const codePoint = codePointAt(this.octets, i);
        if (!(i === start ? isNonAsciiNameStart(codePoint) : isNonAsciiNameChar(codePoint))) return false;
        i += codePoint < 0x800 ? 2 : codePoint < 0x10000 ? 3 : 4;
      } else if (found === NameClass.none || (i === start && found === NameClass.nameChar)) {
        return false;
      } else {
        i++;
      }
    }
    return end > start;
  }

  protected unclosed(reason: string, rule: string, start: number): never {
    return this.fail(reason, rule, this.limit, this.limit, { openedAt: this.inputOffset(start) });
  }

  protected expect(offset: number, expected: string, rule: string): never {
    return this.fail('unexpected-octets', rule, offset, this.after(offset), { expected, found: this.found(offset) });
  }

  /** One past the character at `offset`. */
  protected after(offset: number): number {
    return offset < this.limit ? offset + utf8SequenceLength(this.octets, offset) : offset;
  }

  /** The character at `offset`, "" at the end of the input. */
  protected found(offset: number): string {
    return offset < this.limit ? String.fromCodePoint(codePointAt(this.octets, offset)) : '';
  }

  protected fail(
    reason: string,
    rule: string,
    start: number,
    end: number,
    data: Readonly<Record<string, string | number>> = {},
  ): never {
    return failForm(reason, rule, start, Math.min(end, Math.max(start, this.limit)), data);
  }
}

/**
 * Well-formed documents by seed, rich in what canonicalization and parsing get wrong: namespaces redeclared and
 * undeclared, attributes in several namespaces, references, CDATA, comments, PIs, line ends, characters beyond the BMP.
 * The same seed gives the same document for ever; {@link mutate} makes malformed neighbours.
 */
import { concatOctets } from '../../../src/engine/bytes/octets.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';

/** A small repeatable generator of numbers (mulberry32). */
export class Random {
  #state: number;

  constructor(seed: number) {
    this.#state = seed | 0;
  }

  /** 0 to `count` - 1. */
  below(count: number): number {
    this.#state = (this.#state + 0x6d2b79f5) | 0;
    let t = Math.imul(this.#state ^ (this.#state >>> 15), 1 | this.#state);
    t = (t + Math.imul(t ^ (t >>> 7), 61 | t)) ^ t;
    return Math.floor((((t ^ (t >>> 14)) >>> 0) / 4294967296) * count);
  }

  chance(percent: number): boolean {
    return this.below(100) < percent;
  }

  pick<T>(choices: readonly T[]): T {
    return choices[this.below(choices.length)]!;
  }
}

export interface GenerateOptions {
  /** Elements at most; 24 unless said otherwise. */
  readonly elements?: number;
  /**
   * Namespace names with `&` or character references; true unless said otherwise. libxml2's canonicalizer does not
   * escape them.
   */
  readonly awkwardUris?: boolean;
  /**
   * Namespace names that are no URIs for RFC 3986 (non-ASCII, `"`); false unless said otherwise, since libxml2 calls
   * them an error.
   */
  readonly iris?: boolean;
  /** An XML declaration, comments, PIs and white space outside the document element; true unless said otherwise. */
  readonly prolog?: boolean;
}

const PREFIXES = ['a', 'b', 'soap', 'p', 'q', 'xmlish', 'axmlns', 'n-1', 'é', '\u{10400}x'] as const;
const LOCALS = ['a', 'b', 'Body', 'item', 'x.y', '_u', 'Z', 'id', 'été', '名', '\u{10400}n', 'ｚ'] as const;
const URIS = ['urn:a', 'urn:ab', 'urn:b', 'http://example.org/x', 'http://example.org/X', 'urn:%C3%A9'] as const;
/** As written between double quotes. */
const AWKWARD_URIS = ['urn:x?a=1&amp;b=2', 'urn:&#x61;', 'urn:c&#38;d'] as const;
const IRIS = ['urn:é', 'urn:\u{1F600}', 'urn:&quot;q'] as const;
const TEXT = [
  'text',
  ' ',
  '\n',
  '\r\n',
  '\r',
  '\t',
  '&amp;',
  '&lt;',
  '&gt;',
  '&quot;',
  '&apos;',
  '>',
  '"',
  "'",
  ']',
  ']]',
  '] ]>',
  '&#13;',
  '&#xD;',
  '&#10;',
  '&#9;',
  '&#x20;',
  '&#38;',
  '&#60;',
  '&#xe9;',
  '&#x1F600;',
  '&#0065;',
  'é',
  '\u0085',
  '\u2028',
  '\u{1F600}',
  '\uFFFD',
  '\uE000',
  '名前',
  '\u007f',
  '&#x10FFFF;',
  '%',
  ';',
] as const;
const VALUE = [...TEXT.filter((part) => part !== '"' && part !== "'"), '  ', ' \t\n'] as const;

/** One well-formed document as text. */
export function generateDocument(random: Random, options: GenerateOptions = {}): string {
  return new Generator(random, options).document();
}

class Generator {
  readonly #random: Random;
  readonly #awkward: boolean;
  readonly #iris: boolean;
  readonly #prolog: boolean;
  #left: number;

  constructor(random: Random, options: GenerateOptions) {
    this.#random = random;
    this.#awkward = options.awkwardUris ?? true;
    this.#iris = options.iris ?? false;
    this.#prolog = options.prolog ?? true;
    this.#left = 1 + random.below(options.elements ?? 24);
  }

  document(): string {
    const random = this.#random;
    let text = '';
    if (this.#prolog && random.chance(40)) {
      const quote = random.pick(['"', "'"]);
      text +=
        '<?xml ' +
        `version=${quote}1.0${quote}${random.chance(60) ? ` encoding=${quote}${random.pick(['UTF-8', 'utf-8'])}${quote}` : ''}${random.chance(20) ? ' standalone="yes"' : ''}${random.chance(20) ? ' ' : ''}?>`;
    }
    if (this.#prolog) text += this.#misc();
    text += this.#element(new Map([['', '']]), 0);
    if (this.#prolog) text += this.#misc();
    return text;
  }

  #misc(): string {
    let text = '';
    while (this.#random.chance(25)) {
      text += this.#random.pick(['\n', '\r\n', ' ', this.#comment(), this.#instruction()]);
    }
    return text;
  }

  /** @param scope prefixes in scope and their names as written. */
  #element(outer: ReadonlyMap<string, string>, depth: number): string {
    const random = this.#random;
    this.#left--;
    const scope = new Map(outer);
    const written: string[] = [];
    const declared = new Set<string>();
    for (let count = random.below(depth === 0 ? 4 : 3); count > 0; count--) {
      const prefix = random.chance(30) ? '' : random.pick(PREFIXES);
      if (declared.has(prefix)) continue;
      declared.add(prefix);
      const uri = prefix === '' && random.chance(40) ? '' : this.#uri();
      scope.set(prefix, uri);
      written.push(`${prefix === '' ? 'xmlns' : `xmlns:${prefix}`}${this.#equals()}"${uri}"`);
    }
    const bound = [...scope.keys()];
    const prefix = random.pick(bound);
    const name = prefix === '' ? random.pick(LOCALS) : `${prefix}:${random.pick(LOCALS)}`;
    written.push(...this.#attributes(scope));
    const order = written
      .map((item) => ({ item, rank: random.below(1000) }))
      .sort((x, y) => x.rank - y.rank)
      .map((entry) => entry.item);
    const tag = `${name}${order.map((item) => `${this.#space()}${item}`).join('')}${random.chance(15) ? this.#space() : ''}`;
    const content = random.chance(15) ? '' : this.#content(scope, depth);
    if (content === '' && random.chance(70)) return `<${tag}/>`;
    return `<${tag}>${content}</${name}${random.chance(10) ? this.#space() : ''}>`;
  }

  #uri(): string {
    if (this.#awkward && this.#random.chance(8)) return this.#random.pick(AWKWARD_URIS);
    return this.#random.pick(this.#iris && this.#random.chance(20) ? IRIS : URIS);
  }

  #attributes(scope: ReadonlyMap<string, string>): string[] {
    const random = this.#random;
    const prefixed = [...scope.keys()].filter((prefix) => prefix !== '');
    const expanded = new Set<string>();
    const written: string[] = [];
    for (let count = random.pick([0, 0, 1, 2, 3, 6]); count > 0; count--) {
      const kind = random.below(10);
      let name: string;
      let key: string;
      if (kind === 0) {
        name = random.pick(['xml:lang', 'xml:space', 'xml:id', 'xml:base']);
        key = name;
      } else {
        const prefix = kind < 6 && prefixed.length > 0 ? random.pick(prefixed) : '';
        const local = random.pick(LOCALS);
        name = prefix === '' ? local : `${prefix}:${local}`;
        // Awkward names are compared as written: two spellings of one name are left apart by the prefix in the key.
        key = prefix === '' ? `{}${local}` : `{${canonicalUri(scope.get(prefix)!)}}${local}`;
      }
      if (expanded.has(key)) continue;
      expanded.add(key);
      const quote = random.chance(70) ? '"' : "'";
      const value =
        name === 'xml:space'
          ? random.pick(['preserve', 'default'])
          : name === 'xml:id'
            ? `i${random.below(1e9)}`
            : name === 'xml:lang'
              ? random.pick(['en', 'no', ''])
              : name === 'xml:base'
                ? 'http://example.org/'
                : this.#parts(VALUE, 4) + (random.chance(20) ? (quote === '"' ? "'" : '"') : '');
      written.push(`${name}${this.#equals()}${quote}${value}${quote}`);
    }
    return written;
  }

  #content(scope: ReadonlyMap<string, string>, depth: number): string {
    const random = this.#random;
    let text = '';
    for (let count = 1 + random.below(5); count > 0; count--) {
      const kind = random.below(12);
      if (kind < 5 && this.#left > 0 && depth < 40) text += this.#element(scope, depth + 1);
      else if (kind === 5) text += this.#comment();
      else if (kind === 6) text += this.#instruction();
      else if (kind === 7) {
        text += `<![CDATA[${this.#verbatim(['<', '&', '&amp;', '>', ']', ']]', '"', '\r\n', '\r', 'x', '\u{1F600}', '<a>']).replaceAll(']]>', ']] >').replace(/\]+$/, '')}]]>`;
      } else text += this.#parts(TEXT, 5);
    }
    // Two parts of text may have made the forbidden mark.
    return text.replace(/\]\]>(?<!<!\[CDATA\[(?:(?!\]\]>)[^])*\]\]>)/g, ']] &gt;');
  }

  #comment(): string {
    return (
      `<!--${this.#verbatim(['c', '<', '&', '&x;', '>', '\r\n', ' - ', '\u{10400}', ']]>']).replaceAll('--', '- -')} ` +
      '-->'
    );
  }

  #instruction(): string {
    const data = this.#verbatim(['d', '<', '&', '?', '>', '\r\n', '"', ' ', 'é']).replaceAll('?>', '? >');
    return `<?${this.#random.pick(['pi', 'xml-stylesheet', 'été', 'x.y'])}${data === '' ? '' : `${this.#space()}${data}`}?>`;
  }

  #verbatim(choices: readonly string[]): string {
    return this.#parts(choices, 4);
  }

  #parts(choices: readonly string[], most: number): string {
    let text = '';
    for (let count = this.#random.below(most + 1); count > 0; count--) text += this.#random.pick(choices);
    return text;
  }

  #equals(): string {
    return this.#random.pick(['=', '=', '=', '=', ' =', '= ', '\n=\t']);
  }

  #space(): string {
    return this.#random.pick([' ', ' ', ' ', '  ', '\n', '\t', '\r\n']);
  }
}

/** What a namespace name stands for. */
function canonicalUri(written: string): string {
  return written.replaceAll('&#x61;', 'a').replaceAll('&#38;', '&').replaceAll('&amp;', '&').replaceAll('&quot;', '"');
}

/** Pieces that break documents where they are put. */
const BREAKERS = [
  '<',
  '>',
  '&',
  '"',
  "'",
  '/',
  '=',
  ':',
  '--',
  ']]>',
  '<!--',
  '-->',
  '<?',
  '?>',
  '<![CDATA[',
  '<!DOCTYPE a>',
  '</a>',
  '<a>',
  '<a/>',
  '&x;',
  '&#0;',
  '&#xFFFE;',
  '&#xD800;',
  '&#1114112;',
  '&#x;',
  '&#;',
  '&amp',
  '\u0000',
  '\u0001',
  '\u000b',
  '\uFFFE',
  '\uFFFF',
  '\uFEFF',
  ' xmlns:p=""',
  ' xmlns:xml="urn:a"',
  ' xmlns:xmlns="urn:a"',
  ' xmlns="http://www.w3.org/XML/1998/namespace"',
  ' xmlns:p="http://www.w3.org/2000/xmlns/"',
  ' p:x="1"',
  ' a="1" a="2"',
  '<p:a/>',
  '<a:b:c/>',
  '<:a/>',
  '<a:/>',
  '<1/>',
  '<·/>',
  '<a·/>',
  '<?xml version="1.0"?>',
  '<?XML ?>',
  '<?a:b?>',
  ' x',
  '\u00d7',
  '\u2028',
] as const;

/**
 * A document with one to three changes at random places: pieces put in, taken out, doubled, exchanged, or octets
 * changed. Often malformed, not always.
 */
export function mutate(random: Random, text: string): Uint8Array<ArrayBuffer> {
  let octets = encodeUtf8(text);
  for (let count = 1 + random.below(3); count > 0; count--) {
    const at = random.below(octets.length + 1);
    const to = Math.min(octets.length, at + 1 + random.below(6));
    const [before, piece, after] = [octets.subarray(0, at), octets.subarray(at, to), octets.subarray(to)];
    switch (random.below(6)) {
      case 0:
        octets = concatOctets(before, after);
        break;
      case 1:
        octets = concatOctets(before, piece, piece, after);
        break;
      case 2:
        octets = concatOctets(octets.subarray(0, at));
        break;
      case 3: {
        octets = concatOctets(octets);
        if (at < octets.length) octets[at] = random.chance(70) ? 0x20 + random.below(0x60) : random.below(256);
        break;
      }
      default:
        octets = concatOctets(before, encodeUtf8(random.pick(BREAKERS)), piece, after);
    }
  }
  return octets;
}

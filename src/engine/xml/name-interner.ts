/** Qualified names (Namespaces 1.0 §4) by number: prefix and local part are looked at once for each different name. */
import { OctetInterner } from '../bytes/octet-interner.ts';
import { decodeUtf8 } from '../bytes/utf8.ts';
import type { NameTable } from './document.ts';

export const EMPTY_PREFIX = 0;
export const XML_PREFIX = 1;
export const XMLNS_PREFIX = 2;

/** Collects the {@link NameTable} of one document. */
export class NameInterner implements NameTable {
  readonly qualified: string[] = [];
  readonly prefix: string[] = [];
  readonly local: string[] = [];
  readonly start: number[] = [];
  readonly end: number[] = [];
  readonly prefixId: number[] = [];
  /** For `xmlns` and `xmlns:p`, the id of the prefix declared; -1 for all other names. */
  readonly declares: number[] = [];
  readonly prefixes: string[] = ['', 'xml', 'xmlns'];

  readonly #octets: Uint8Array;
  readonly #interner: OctetInterner;
  readonly #prefixIds = new Map<string, number>([['', EMPTY_PREFIX], ['xml', XML_PREFIX], ['xmlns', XMLNS_PREFIX]]);
  readonly #localIds = new Map<string, number>();
  /** By name id, filled when asked for: few documents need them. */
  readonly #localIdOf: number[] = [];

  constructor(octets: Uint8Array) {
    this.#octets = octets;
    this.#interner = new OctetInterner(octets);
  }

  /** The id of the name `octets[start, end)`; `colon` is its colon's offset or -1. */
  intern(start: number, end: number, colon: number, hash: number): number {
    const id = this.#interner.intern(start, end, hash);
    if (id === this.qualified.length) this.#describe(start, end, colon);
    return id;
  }

  /** A number that is equal exactly for names with equal local parts. */
  localId(name: number): number {
    return (this.#localIdOf[name] ??= numberOf(this.#localIds, this.local[name]!));
  }

  #describe(start: number, end: number, colon: number): void {
    const qualified = decodeUtf8(this.#octets, start, end);
    const at = colon < 0 ? -1 : qualified.indexOf(':');
    const prefix = at < 0 ? '' : qualified.slice(0, at);
    const local = at < 0 ? qualified : qualified.slice(at + 1);
    const prefixId = colon < 0 ? EMPTY_PREFIX : this.#prefixIdOf(prefix);
    this.qualified.push(qualified);
    // The table's own string, so that the cut-out one need not live.
    this.prefix.push(this.prefixes[prefixId]!);
    this.local.push(local);
    this.start.push(start);
    this.end.push(end);
    this.prefixId.push(prefixId);
    this.declares.push(prefixId === XMLNS_PREFIX ? this.#prefixIdOf(local) : qualified === 'xmlns' ? EMPTY_PREFIX : -1);
  }

  #prefixIdOf(prefix: string): number {
    const id = numberOf(this.#prefixIds, prefix);
    if (id === this.prefixes.length) this.prefixes.push(prefix);
    return id;
  }
}

function numberOf(ids: Map<string, number>, key: string): number {
  let id = ids.get(key);
  if (id === undefined) {
    id = ids.size;
    ids.set(key, id);
  }
  return id;
}

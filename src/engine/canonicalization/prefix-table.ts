/** What canonicalization needs of a document's names, made once a document. */
import type { XmlDocument } from '../xml/document.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';

/** What canonicalization asks of the names of a document. */
export interface PrefixTable {
  /** Prefix ids are below this. */
  readonly count: number;
  /** By name id: the prefix that a declaration of this name declares; -1 for a name that is no declaration. */
  readonly ofDeclaration: Int32Array;
  /** Prefixes by prefix id, those that are only declared included. */
  readonly prefixes: readonly string[];
  idOf(prefix: string): number | undefined;
  /** Octets of each qualified name, by name id. */
  readonly nameLength: Int32Array;
}

const tables = new WeakMap<XmlDocument, PrefixTable>();

/** Made once a document. */
export function prefixTable(document: XmlDocument): PrefixTable {
  const known = tables.get(document);
  if (known !== undefined) return known;
  const { names, prefixes } = document;
  const nameLength = new Int32Array(names.qualified.length);
  for (let name = 0; name < nameLength.length; name++) nameLength[name] = names.end[name]! - names.start[name]!;
  let ids: Map<string, number> | null = null;
  const table: PrefixTable = {
    count: Math.max(prefixes.length, 3),
    ofDeclaration: names.declares,
    prefixes,
    nameLength,
    idOf: (prefix) => (ids ??= new Map(prefixes.map((known, id) => [known, id]))).get(prefix),
  };
  tables.set(document, table);
  return table;
}

/**
 * By prefix id, 1 for the prefixes of the method's InclusiveNamespaces PrefixList (Exclusive XML Canonicalization §3).
 */
export function listedPrefixes(method: CanonicalizationMethod, table: PrefixTable): Uint8Array {
  const listed = new Uint8Array(table.count);
  for (const prefix of method.inclusivePrefixes) {
    const id = table.idOf(prefix);
    if (id !== undefined) listed[id] = 1;
  }
  return listed;
}

/** What canonicalization needs of a document's names, made once a document. */
import type { XmlDocument } from '../xml/document.ts';
import type { CanonicalizationMethod } from './canonicalize-types.ts';

export interface PrefixTable {
  /** Prefix ids are below this. */
  readonly count: number;
  /** By name id: the prefix that a declaration of this name declares; -1 for a name that is no declaration. */
  readonly ofDeclaration: Int32Array;
  /** Prefixes by prefix id, those that are only declared included. */
  readonly prefixes: readonly string[];
  readonly ids: ReadonlyMap<string, number>;
  /** Octets of each qualified name, by name id. */
  readonly nameLength: Int32Array;
}

const XMLNS_PREFIX = 2;
const tables = new WeakMap<XmlDocument, PrefixTable>();

export function prefixTable(document: XmlDocument): PrefixTable {
  const known = tables.get(document);
  if (known !== undefined) return known;
  const { names } = document;
  const prefixes = [...document.prefixes];
  const ids = new Map<string, number>();
  prefixes.forEach((prefix, id) => ids.set(prefix, id));
  const nameLength = Int32Array.from(names.start, (start, name) => names.end[name]! - start);
  const ofDeclaration = new Int32Array(names.qualified.length).fill(-1);
  for (let name = 0; name < ofDeclaration.length; name++) {
    if (names.qualified[name] === 'xmlns') ofDeclaration[name] = 0;
    else if (names.prefixId[name] === XMLNS_PREFIX) {
      const prefix = names.local[name]!;
      let id = ids.get(prefix);
      if (id === undefined) {
        id = prefixes.length;
        prefixes.push(prefix);
        ids.set(prefix, id);
      }
      ofDeclaration[name] = id;
    }
  }
  const table = { count: Math.max(prefixes.length, 3), ofDeclaration, prefixes, ids, nameLength };
  tables.set(document, table);
  return table;
}

/** By prefix id, 1 for the prefixes of the method's InclusiveNamespaces PrefixList (Exclusive XML Canonicalization §3). */
export function listedPrefixes(method: CanonicalizationMethod, table: PrefixTable): Uint8Array {
  const listed = new Uint8Array(table.count);
  for (const prefix of method.inclusivePrefixes) {
    const id = table.ids.get(prefix);
    if (id !== undefined) listed[id] = 1;
  }
  return listed;
}

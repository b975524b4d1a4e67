/**
 * The namespaces of one start tag: its declarations bound, its name and attributes resolved (Namespaces 1.0 §3 to §6).
 */
import { grownWords } from '../bytes/grow.ts';
import { AttributeFlag, type AttributeIndex, type NodeIndex } from './document.ts';
import { type NameInterner, XML_PREFIX, XMLNS_PREFIX } from './name-interner.ts';
import { NamespaceScope, NO_NAMESPACE, XML_NAMESPACE, XMLNS_NAMESPACE, type UriInterner } from './namespace-scope.ts';
import { failForm } from './parse-stop.ts';
import type { TreeBuilder } from './tree-builder.ts';

/** Up to this many prefixed attributes are compared pair by pair; more go through a set. */
const PAIRWISE = 8;
/** Above every name id and URI id: documents have fewer octets. */
const ID_SPAN = 0x8000000;

const RESERVED = 'NSC: Reserved Prefixes and Namespace Names';

/** Resolves start tags in document order. */
export class NamespaceResolver {
  readonly scope = new NamespaceScope();
  readonly #tree: TreeBuilder;
  readonly #names: NameInterner;
  readonly #uris: UriInterner;
  /** By prefix id, the declaration of it that was read last, plus one; 0 for none. */
  #lastDeclaration = new Int32Array(64);

  constructor(tree: TreeBuilder, names: NameInterner, uris: UriInterner) {
    this.#tree = tree;
    this.#names = names;
    this.#uris = uris;
  }

  /**
   * Binds the declarations of `element`, then gives its name and attributes their namespaces. `declarations` and
   * `prefixed` count what its attributes are, so that most tags need no look at them.
   * @throws {ParseStop} at the first constraint broken.
   */
  resolve(element: NodeIndex, name: number, declarations: number, prefixed: number): void {
    const tree = this.#tree;
    const names = this.#names;
    const first = tree.firstAttribute[element]!;
    const after = tree.attributeTotal;
    for (let attribute = first; declarations > 0; attribute++) {
      if ((tree.attributeFlags[attribute]! & AttributeFlag.namespaceDeclaration) === 0) continue;
      this.#declare(attribute, names.declares[tree.attributeName[attribute]!]!);
      declarations--;
    }
    const prefix = names.prefixId[name]!;
    if (prefix === XMLNS_PREFIX) {
      failForm('reserved-prefix', RESERVED, tree.start[element]! + 1, tree.start[element]! + 6, { prefix: 'xmlns' });
    }
    const uri = this.scope.uriOf(prefix);
    if (uri === NO_NAMESPACE && prefix !== 0) this.#unbound(name, tree.start[element]! + 1);
    tree.uri[element] = uri;
    if (prefixed === 0) return;
    for (let attribute = first; attribute < after; attribute++) {
      const id = tree.attributeName[attribute]!;
      const own = names.prefixId[id]!;
      if (own === 0 || names.declares[id]! >= 0) continue;
      const bound = this.scope.uriOf(own);
      if (bound === NO_NAMESPACE) this.#unbound(id, tree.attributeNameStart[attribute]!);
      tree.attributeUri[attribute] = bound;
    }
    if (prefixed > 1) this.#checkExpandedNames(first, after, prefixed);
  }

  #declare(attribute: number, prefix: number): void {
    const tree = this.#tree;
    const uri = this.#uriOf(attribute, prefix);
    tree.attributeUri[attribute] = XMLNS_NAMESPACE;
    tree.declaredUri[attribute] = uri;
    if (prefix === XMLNS_PREFIX || uri === XMLNS_NAMESPACE || (prefix === XML_PREFIX) !== (uri === XML_NAMESPACE)) {
      this.#misdeclared('reserved-prefix', RESERVED, attribute, prefix);
    }
    if (uri === NO_NAMESPACE && prefix !== 0) {
      this.#misdeclared('prefix-undeclared', 'NSC: No Prefix Undeclaring', attribute, prefix);
    }
    if (prefix !== XML_PREFIX) this.scope.declare(prefix, uri);
  }

  /**
   * The id of the declared namespace name. A prefix mostly means what it meant the last time, and comparing costs less
   * than hashing.
   */
  #uriOf(attribute: AttributeIndex, prefix: number): number {
    const tree = this.#tree;
    const start = tree.attributeValueStart[attribute]!;
    const end = tree.attributeValueEnd[attribute]!;
    if (prefix >= this.#lastDeclaration.length) this.#lastDeclaration = grownWords(this.#lastDeclaration, prefix + 1);
    const last = this.#lastDeclaration[prefix]! - 1;
    this.#lastDeclaration[prefix] = attribute + 1;
    if (last >= 0 && this.#uris.same(start, end, tree.attributeValueStart[last]!, tree.attributeValueEnd[last]!)) {
      return tree.declaredUri[last]!;
    }
    return this.#uris.intern(start, end, (tree.attributeFlags[attribute]! & AttributeFlag.needsRewriting) !== 0);
  }

  #misdeclared(reason: string, rule: string, attribute: number, prefix: number): never {
    const tree = this.#tree;
    const uri = this.#uris.uris[tree.declaredUri[attribute]!]!;
    return failForm(reason, rule, tree.attributeNameStart[attribute]!, tree.attributeValueEnd[attribute]! + 1, {
      prefix: this.#names.prefixes[prefix]!,
      uri,
    });
  }

  #checkExpandedNames(first: number, after: number, prefixed: number): void {
    const tree = this.#tree;
    const names = this.#names;
    const seen = prefixed > PAIRWISE ? new Set<number>() : null;
    for (let attribute = first; attribute < after; attribute++) {
      const uri = tree.attributeUri[attribute]!;
      if (uri === NO_NAMESPACE || uri === XMLNS_NAMESPACE) continue;
      const local = names.localId(tree.attributeName[attribute]!);
      let duplicate = false;
      if (seen !== null) {
        const key = uri * ID_SPAN + local;
        duplicate = seen.has(key);
        seen.add(key);
      } else {
        for (let other = first; other < attribute && !duplicate; other++) {
          duplicate = tree.attributeUri[other] === uri && names.localId(tree.attributeName[other]!) === local;
        }
      }
      if (duplicate) {
        const id = tree.attributeName[attribute]!;
        const start = tree.attributeNameStart[attribute]!;
        failForm('duplicate-attribute', 'NSC: Attributes Unique', start, start + names.end[id]! - names.start[id]!, {
          name: names.qualified[id]!,
          uri: this.#uris.uris[uri]!,
        });
      }
    }
  }

  #unbound(name: number, start: number): never {
    return failForm(
      'unbound-prefix',
      'NSC: Prefix Declared',
      start,
      start + this.#names.end[name]! - this.#names.start[name]!,
      {
        prefix: this.#names.prefix[name]!,
        name: this.#names.qualified[name]!,
      },
    );
  }
}

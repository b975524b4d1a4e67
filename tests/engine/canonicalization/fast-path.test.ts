/** The fast path for subtrees and the general one for node-sets are written apart: they must agree on every subtree. */
import { expect, it } from 'vitest';
import { generateDocument, Random } from '../xml/generate-document.ts';
import { canonical, method, parsed, selected, subtree } from './documents.ts';
import { METHOD_URIS, randomPrefixList, withRelativeBases } from './random-methods.ts';

it('a subtree and the same nodes selected one by one have one canonical form', () => {
  for (let seed = 0; seed < 3000; seed++) {
    const random = new Random(seed);
    const document = parsed(withRelativeBases(generateDocument(random), random));
    const algorithm = method(random.pick(METHOD_URIS), randomPrefixList(random));
    const apex = random.chance(20) ? 0 : random.below(document.nodeCount);
    const last = document.next[apex]!;
    const excluded = new Set<number>();
    for (let count = random.below(3); count > 0; count--) excluded.add(apex + random.below(last - apex));
    excluded.delete(0);
    const roots = [...excluded].sort((a, b) => a - b);
    const inside = (node: number) =>
      node >= apex && node < last && !roots.some((root) => node >= root && node < document.next[root]!);
    const same = selected(document, {
      node: inside,
      attribute: (attribute) => inside(document.attributeOwner[attribute]!),
      namespace: inside,
    });
    expect({ seed, octets: canonical(subtree(document, apex, roots), algorithm) }).toEqual({
      seed,
      octets: canonical(same, algorithm),
    });
  }
}, 30_000);

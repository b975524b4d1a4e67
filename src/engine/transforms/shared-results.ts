/**
 * What references of one run made already: a part that many references name with the same transforms is canonicalized,
 * kept and hashed once, and paid for once.
 */
import { canonicalContent, type CanonicalContent, type ContentForm } from '../attachments/canonical-content.ts';
import type { Budget } from '../bytes/budget.ts';
import type { SpaceId } from '../bytes/source-range.ts';
import { canonicalize } from '../canonicalization/canonicalize.ts';
import type { CanonicalizationMethod, CanonicalOctets } from '../canonicalization/canonicalize-types.ts';
import type { NodeSet } from '../canonicalization/node-set.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import type { XmlDocument } from '../xml/document.ts';
import { isWithin } from '../xml/navigate.ts';

/** Results live as long as the document or the octets that they were made of. */
export class SharedResults {
  readonly #canonical = new WeakMap<XmlDocument, Map<string, CanonicalOctets>>();
  readonly #contents = new WeakMap<Uint8Array, Map<ContentForm, CanonicalContent | null>>();
  readonly #digests = new WeakMap<Uint8Array, Map<string, Promise<Uint8Array | null>>>();

  /** As `canonicalize`; what an XPath selected is made anew each time. @throws {BudgetExceeded} */
  canonical(set: NodeSet, method: CanonicalizationMethod, budget: Budget): CanonicalOctets {
    if (set.type === 'selected') return canonicalize(set, method, budget);
    const { document, apex, comments, excluded } = set;
    // Of the signatures of a message, each leaves itself out: where it stands elsewhere that is nothing.
    const left = excluded.filter((root) => isWithin(document, root, apex));
    const key = JSON.stringify([apex, comments, left, method]);
    return made(this.#canonical, document, key, () => canonicalize(set, method, budget));
  }

  /** As `canonicalContent`. @throws {BudgetExceeded} */
  content(octets: Uint8Array, form: ContentForm, space: SpaceId, budget: Budget): CanonicalContent | null {
    const content = made(this.#contents, octets, form, () => canonicalContent(octets, form, space, budget));
    // The same octets have a space of their own under each reference.
    return content === null ? null : { ...content, origin: () => ({ ...content.origin(), source: space }) };
  }

  /** As the provider's `digest`: null where it has no such algorithm. */
  digest(algorithm: string, octets: Uint8Array, crypto: CryptoProvider): Promise<Uint8Array | null> {
    return made(this.#digests, octets, algorithm, () => crypto.digest(algorithm, octets));
  }
}

function made<Source extends object, Key, Result>(
  results: WeakMap<Source, Map<Key, Result>>,
  source: Source,
  key: Key,
  make: () => Result,
): Result {
  const ofSource = results.get(source) ?? new Map<Key, Result>();
  results.set(source, ofSource);
  const known = ofSource.get(key);
  if (known !== undefined) return known;
  const result = make();
  ofSource.set(key, result);
  return result;
}

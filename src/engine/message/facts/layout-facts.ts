/** The order of a Security header's children, and where it breaks the strict layout (WS-SecurityPolicy 1.3 §6.7.1). */
import { readReferenceLists } from '../../encryption/reference-lists.ts';
import type { SecurityHeader } from '../../security-header/read-headers.ts';
import { WSU, XENC } from '../../xml/namespaces.ts';
import { NO_NODE, type NodeIndex } from '../../xml/document.ts';
import { firstChildElement, isElement } from '../../xml/navigate.ts';
import { childHolding, elementFact, type FactsSource } from './facts-source.ts';
import type { EncryptedKeyFact, EncryptionFact, HeaderFact, LayoutBreak, SignatureFact } from './fact-types.ts';
import type { TokenKeys } from './key-facts.ts';

/** What stands in the headers. */
export interface HeaderContents {
  readonly signatures: readonly SignatureFact[];
  readonly encryptedKeys: readonly EncryptedKeyFact[];
  readonly encryptions: readonly EncryptionFact[];
  readonly tokens: TokenKeys;
}

/** Every Security header, ours and others'. */
export function headerFacts(source: FactsSource, contents: HeaderContents): readonly HeaderFact[] {
  const { view } = source;
  return (view.headers?.headers ?? []).map((header) => ({
    element: elementFact(view, header.node),
    actor: header.actor,
    mustUnderstand: header.mustUnderstand,
    ours: header.ours,
    children: header.children.map((child) => elementFact(view, child)),
    timestamp: timestampPlace(header, source),
    breaks: new Layout(header, source, contents).breaks(),
  }));
}

function timestampPlace({ children }: SecurityHeader, { view }: FactsSource): HeaderFact['timestamp'] {
  const at = children.findIndex((child) => isElement(view.document, child, WSU, 'Timestamp'));
  if (at < 0) return 'absent';
  if (children.length === 1) return 'only';
  if (at === 0) return 'first';
  return at === children.length - 1 ? 'last' : 'between';
}

/** Judges the order of one header. */
class Layout {
  readonly #header: SecurityHeader;
  readonly #source: FactsSource;
  readonly #contents: HeaderContents;
  readonly #breaks: LayoutBreak[] = [];
  /** By the Id that a list names: where in the header the list stands first. */
  readonly #listed = new Map<string, number>();

  constructor(header: SecurityHeader, source: FactsSource, contents: HeaderContents) {
    this.#header = header;
    this.#source = source;
    this.#contents = contents;
    const { document, ids } = source.view;
    for (const { node, uri } of readReferenceLists(document, ids).references) {
      const place = this.#placeOf(node);
      if (place === null || uri?.startsWith('#') !== true) continue;
      this.#listed.set(uri.slice(1), Math.min(place, this.#listed.get(uri.slice(1)) ?? place));
    }
  }

  breaks(): readonly LayoutBreak[] {
    this.#tokensBeforeUse();
    this.#signedBeforeSignature();
    this.#listsBeforeData();
    return this.#breaks;
  }

  /** Place among the header's children of what a node stands in; null outside the header. */
  #placeOf(node: NodeIndex | null): number | null {
    const child = node === null ? null : childHolding(this.#source.view, this.#header.node, node);
    const at = child === null ? -1 : this.#header.children.indexOf(child);
    return at < 0 ? null : at;
  }

  #placeOfToken(token: number | null): number | null {
    return this.#placeOf(token === null ? null : (this.#source.tokens[token]?.node ?? null));
  }

  #break(rule: LayoutBreak['rule'], place: number | null): void {
    const node = place === null ? undefined : this.#header.children[place];
    this.#breaks.push({ rule, element: node === undefined ? null : elementFact(this.#source.view, node) });
  }

  /** Rule 1: a token in the header stands before what uses it, a key's source before the key. */
  #tokensBeforeUse(): void {
    const { signatures, encryptedKeys, encryptions, tokens } = this.#contents;
    const late = new Set<number>();
    const use = (token: number | null, place: number | null) => {
      const at = this.#placeOfToken(token);
      if (at !== null && place !== null && at > place) late.add(at);
    };
    for (const signature of signatures) use(signature.key.token, this.#placeOf(signature.element.node));
    for (const [token, source] of tokens.derivedFrom.entries()) use(source, this.#placeOfToken(token));
    for (const key of encryptedKeys) use(key.recipient.token, this.#placeOfToken(key.token));
    for (const { id, key } of encryptions) use(key.token, id === null ? null : (this.#listed.get(id) ?? null));
    for (const place of late) this.#break('token-after-use', place);
  }

  /** Rule 2: what a signature signs in the header stands before it. */
  #signedBeforeSignature(): void {
    const late = new Set<number>();
    for (const signature of this.#contents.signatures) {
      const at = this.#placeOf(signature.element.node);
      if (at === null) continue;
      for (const { role, element } of signature.references) {
        const place = role === 'security' && element !== null ? this.#placeOf(element.node) : null;
        if (place !== null && place > at) late.add(place);
      }
    }
    for (const place of late) this.#break('signed-after-signature', place);
  }

  /** Rule 4: a list stands in the header, before the encrypted children that it names. */
  #listsBeforeData(): void {
    const { encryptions } = this.#contents;
    for (const { id, element, what } of encryptions) {
      const place = what === 'element' && element !== null ? this.#placeOf(element.node) : null;
      const list = id === null ? undefined : this.#listed.get(id);
      if (place !== null && list !== undefined && list > place) this.#break('list-after-data', place);
    }
    const { document } = this.#source.view;
    const listStands = this.#header.children.some(
      (child) =>
        isElement(document, child, XENC, 'ReferenceList') ||
        (isElement(document, child, XENC, 'EncryptedKey') &&
          firstChildElement(document, child, XENC, 'ReferenceList') !== NO_NODE),
    );
    if (this.#header.ours && encryptions.some((one) => one.what !== 'other') && !listStands) {
      this.#break('list-missing', null);
    }
  }
}

/** Which symmetric keys may open an EncryptedData or a wrapped EncryptedKey (XML Encryption 1.1 §3.5; SMS §9). */
import { trimXml } from '../xml/characters.ts';
import { DS, XENC, XENC11 } from '../xml/namespaces.ts';
import { resolveKeyInfo, searchKeys } from '../key-resolution/resolve-key-info.ts';
import { followReference } from '../key-resolution/security-token-reference.ts';
import type { KeyCandidate, KeyResolution } from '../key-resolution/key-resolution-types.ts';
import { readDerivedKeyToken } from '../tokens/derived-key-token.ts';
import { tokenKind } from '../tokens/read-tokens.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { type NodeIndex, NO_NODE } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  descendantElementsNamed,
  firstChildElement,
  isElement,
  parentOf,
  textContent,
} from '../xml/navigate.ts';
import { agreedSecrets, derivedSecrets } from './agreed-key.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { readEncrypted, type EncryptedStructure } from './encrypted-structure.ts';
import type { SecretCandidate, SecretSearch } from './secret-candidate.ts';

/**
 * @param length octets that the algorithm's key has; 0 where the algorithm is not known
 * @throws {BudgetExceeded}
 */
export async function findSecrets(
  structure: EncryptedStructure,
  length: number,
  context: DecryptionContext,
  step: OpenStep,
): Promise<SecretSearch> {
  const search = new Search(structure, context);
  const { document } = context;
  const { keyInfo } = structure;
  const children = keyInfo === null ? [] : childElements(document, keyInfo);
  let asked = false;
  for (const child of children) asked = (await search.follow(child, length, step)) || asked;
  // The lists are the sender's word on which key opens what, where the part itself says nothing.
  if (children.length === 0) {
    search.byLists();
    search.bySiblings();
    asked = search.found.length > 0 || search.encryptedKey !== null;
  }
  if (search.found.length === 0 && !asked) search.resolved(await resolveKeyInfo(keyInfo, 'mac', context, step));
  if (search.found.length === 0) {
    search.byLists();
    if (keyInfo !== null) search.bySiblings();
  }
  if (search.found.length === 0) search.unnamed(length);
  return search.outcome();
}

/** What one search has come to so far. */
class Search {
  readonly found: SecretCandidate[] = [];
  encryptedKey: NodeIndex | null = null;
  #missing: SecretSearch['missing'] = null;
  #unsupported: string | null = null;
  #broken = false;
  readonly #structure: EncryptedStructure;
  readonly #context: DecryptionContext;

  constructor(structure: EncryptedStructure, context: DecryptionContext) {
    this.#structure = structure;
    this.#context = context;
  }

  /**
   * Follows a child of KeyInfo that leads to a key in XML Encryption's own ways. Returns whether it says how the key
   * comes about, so that no other way is to be looked for.
   */
  async follow(child: NodeIndex, length: number, step: OpenStep): Promise<boolean> {
    const context = this.#context;
    const { document } = context;
    const derivedKey = isElement(document, child, XENC11, 'DerivedKey') ? child : derivedKeyBehind(child, context);
    if (isElement(document, child, XENC, 'AgreementMethod')) {
      this.#take(await agreedSecrets(child, length, context, step));
      return true;
    }
    if (derivedKey !== null) {
      this.#take(await derivedSecrets(derivedKey, length, context, step));
      return true;
    }
    if (isElement(document, child, DS, 'KeyName')) {
      for (const key of keysOfCarriedName(trimXml(textContent(document, child)), context)) {
        this.#fromKey(key, 'carried-key-name');
      }
    }
    return false;
  }

  #take(search: SecretSearch): void {
    this.found.push(...search.secrets);
    this.#missing ??= search.missing;
    this.#unsupported ??= search.unsupported;
    this.#broken ||= search.broken;
  }

  #fromKey(key: NodeIndex, how: string): void {
    if (key === this.#structure.node) return;
    this.encryptedKey ??= key;
    const secret = this.#context.encryptedKeySecrets.get(key);
    if (secret !== undefined) this.found.push({ octets: secret, how, from: 'message', data: {} });
    else this.#missing ??= { code: 'encrypted-key-not-opened', data: {} };
  }

  byLists(): void {
    for (const { key } of this.#context.lists.of.get(this.#structure.node) ?? []) {
      if (key !== null) this.#fromKey(key, 'reference-list');
    }
  }

  /** Where nothing else has named an EncryptedKey. */
  bySiblings(): void {
    if (this.encryptedKey !== null) return;
    for (const key of siblingKeys(this.#structure.node, this.#context)) this.#fromKey(key, 'sibling');
  }

  resolved({ token, keys, missing, unsupported }: KeyResolution): void {
    if (token !== null && isElement(this.#context.document, token, XENC, 'EncryptedKey')) this.encryptedKey ??= token;
    this.found.push(...keys.flatMap(asSecret));
    this.#missing ??= missing;
    this.#unsupported ??= unsupported;
  }

  /** A session key given without a name opens what it fits. */
  unnamed(length: number): void {
    for (const { id, name, secret } of this.#context.keys) {
      if (secret === null || name !== null || (length > 0 && secret.length !== length)) continue;
      this.found.push({ octets: secret, how: 'only-key', from: 'given', data: { entry: id } });
    }
  }

  outcome(): SecretSearch {
    const none = this.found.length === 0;
    return {
      secrets: distinct(this.found),
      encryptedKey: this.encryptedKey,
      missing: none ? this.#missing : null,
      unsupported: none ? this.#unsupported : null,
      broken: this.#broken,
    };
  }
}

function asSecret(candidate: KeyCandidate): SecretCandidate[] {
  return candidate.secret === null
    ? []
    : [{ octets: candidate.secret, how: candidate.how, from: candidate.from, data: candidate.data }];
}

function distinct(candidates: readonly SecretCandidate[]): readonly SecretCandidate[] {
  const seen = new Set<string>();
  return candidates.filter((candidate) => {
    const key = candidate.octets.join(',');
    if (seen.has(key)) return false;
    seen.add(key);
    return true;
  });
}

/**
 * The xenc11:DerivedKey that a RetrievalMethod leads to, or whose DerivedKeyName a KeyName repeats (§3.5.4, §5.5); null
 * where there is none.
 */
function derivedKeyBehind(node: NodeIndex, context: DecryptionContext): NodeIndex | null {
  const { document } = context;
  if (isElement(document, node, DS, 'RetrievalMethod')) {
    const target = followReference(context, attributeValue(document, node, '', 'URI'));
    return target.status === 'found' && isElement(document, target.node, XENC11, 'DerivedKey') ? target.node : null;
  }
  if (!isElement(document, node, DS, 'KeyName') || !document.uris.includes(XENC11)) return null;
  const name = trimXml(textContent(document, node));
  const named = descendantElementsNamed(document, 0, XENC11, 'DerivedKeyName').find(
    (one) => trimXml(textContent(document, one)) === name,
  );
  const holder = named === undefined ? 0 : parentOf(document, named);
  return holder > 0 && isElement(document, holder, XENC11, 'DerivedKey') ? holder : null;
}

function keysOfCarriedName(name: string, context: DecryptionContext): NodeIndex[] {
  const { document } = context;
  return descendantElementsNamed(document, 0, XENC, 'CarriedKeyName')
    .filter((node) => trimXml(textContent(document, node)) === name)
    .map((node) => parentOf(document, node))
    .filter((node) => isElement(document, node, XENC, 'EncryptedKey'));
}

/** SAML puts the EncryptedKey beside the EncryptedData (SAML 2.0 Core §2.3.4). */
function siblingKeys(node: NodeIndex, context: DecryptionContext): NodeIndex[] {
  const { document } = context;
  const holder = parentOf(document, node);
  return holder <= 0
    ? []
    : childElements(document, holder).filter(
        (child) => child !== node && isElement(document, child, XENC, 'EncryptedKey'),
      );
}

/** Whether a key that is still to be opened stands between this part and its secret: then it waits its turn. */
export async function waitsForKey(
  structure: EncryptedStructure,
  context: DecryptionContext,
  scratch: OpenStep,
): Promise<boolean> {
  const { document, lists, encryptedKeySecrets } = context;
  const { keyInfo } = structure;
  const unopened = (key: NodeIndex | null) => key !== null && key !== structure.node && !encryptedKeySecrets.has(key);
  if (keyInfo !== null && firstChildElement(document, keyInfo, XENC, 'AgreementMethod') !== NO_NODE) return false;
  if (keyInfo !== null && firstChildElement(document, keyInfo, XENC11, 'DerivedKey') !== NO_NODE) return false;
  if (keyInfo === null) {
    const named = (lists.of.get(structure.node) ?? []).map((reference) => reference.key).filter((key) => key !== null);
    return named.length > 0 && named.every(unopened);
  }
  const resolution = await resolveKeyInfo(keyInfo, 'mac', context, scratch);
  return resolution.keys.length === 0;
}

/** The EncryptedKey that must be opened before this part, through a derived key too; null where none is in the way. */
function keyBefore(node: NodeIndex, context: DecryptionContext): NodeIndex | null {
  const { document } = context;
  const { keyInfo } = readEncrypted(document, node);
  let token = keyInfo === null ? null : searchKeys(keyInfo, 'mac', context).token;
  for (
    let depth = 0;
    token !== null && tokenKind(document, token) === 'DerivedKeyToken' && depth <= context.budget.limits.keyInfoDepth;
    depth++
  ) {
    const { reference } = readDerivedKeyToken(document, token);
    token = reference === null ? null : searchKeys(reference, 'mac', context).token;
  }
  return token !== null && isElement(document, token, XENC, 'EncryptedKey') ? token : null;
}

/** EncryptedKeys that wait for themselves in the end (docs/attacks.md ENC-06). */
export function keysInCycles(waiting: readonly NodeIndex[], context: DecryptionContext): ReadonlySet<NodeIndex> {
  const before = new Map(waiting.map((node) => [node, keyBefore(node, context)]));
  const cyclic = new Set<NodeIndex>();
  for (const node of waiting) {
    const seen = new Set<NodeIndex>();
    let at: NodeIndex | null | undefined = node;
    while (at !== null && at !== undefined && !seen.has(at) && !cyclic.has(at) && seen.size <= LONGEST_CHAIN) {
      seen.add(at);
      at = before.get(at);
    }
    if (at !== null && at !== undefined && (at === node || cyclic.has(at))) cyclic.add(node);
  }
  return cyclic;
}

/** No honest message wraps keys so deep. */
const LONGEST_CHAIN = 16;

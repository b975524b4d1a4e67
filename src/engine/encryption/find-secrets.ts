/** Which symmetric keys may open an EncryptedData or a wrapped EncryptedKey (XML Encryption 1.1 §3.5; SMS §9). */
import { trimXml } from '../xml/characters.ts';
import { DS, XENC, XENC11 } from '../xml/namespaces.ts';
import { resolveKeyInfo, searchKeys } from '../key-resolution/resolve-key-info.ts';
import { followReference } from '../key-resolution/security-token-reference.ts';
import type { KeyCandidate } from '../key-resolution/key-resolution-types.ts';
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
  const { document } = context;
  const found: SecretCandidate[] = [];
  let missing: SecretSearch['missing'] = null;
  let unsupported: string | null = null;
  let broken = false;
  let encryptedKey: NodeIndex | null = null;
  const take = (search: SecretSearch) => {
    found.push(...search.secrets);
    missing ??= search.missing;
    unsupported ??= search.unsupported;
    broken ||= search.broken;
  };
  const fromKey = (key: NodeIndex, how: string) => {
    if (key === structure.node) return;
    encryptedKey ??= key;
    const secret = context.encryptedKeySecrets.get(key);
    if (secret !== undefined) found.push({ octets: secret, how, from: 'message', data: {} });
    else missing ??= { code: 'encrypted-key-not-opened', data: {} };
  };

  const { keyInfo } = structure;
  let asked = false;
  for (const child of keyInfo === null ? [] : childElements(document, keyInfo)) {
    const derivedKey = isElement(document, child, XENC11, 'DerivedKey') ? child : derivedKeyBehind(child, context);
    if (isElement(document, child, XENC, 'AgreementMethod')) {
      asked = true;
      take(await agreedSecrets(child, length, context, step));
    } else if (derivedKey !== null) {
      asked = true;
      take(await derivedSecrets(derivedKey, length, context, step));
    } else if (isElement(document, child, DS, 'KeyName')) {
      for (const key of keysOfCarriedName(trimXml(textContent(document, child)), context)) {
        fromKey(key, 'carried-key-name');
      }
    }
  }
  // The lists are the sender's word on which key opens what, where the part itself says nothing.
  if (keyInfo === null || childElements(document, keyInfo).length === 0) {
    for (const reference of context.lists.of.get(structure.node) ?? []) {
      if (reference.key !== null) fromKey(reference.key, 'reference-list');
    }
    if (encryptedKey === null) for (const key of siblingKeys(structure.node, context)) fromKey(key, 'sibling');
    asked = found.length > 0 || (encryptedKey as NodeIndex | null) !== null;
  }
  if (found.length === 0 && !asked) {
    const resolution = await resolveKeyInfo(keyInfo, 'mac', context, step);
    if (resolution.token !== null && isElement(document, resolution.token, XENC, 'EncryptedKey')) {
      encryptedKey ??= resolution.token;
    }
    found.push(...resolution.keys.flatMap(asSecret));
    missing ??= resolution.missing;
    unsupported ??= resolution.unsupported;
  }
  if (found.length === 0) {
    for (const reference of context.lists.of.get(structure.node) ?? []) {
      if (reference.key !== null) fromKey(reference.key, 'reference-list');
    }
    if (encryptedKey === null && keyInfo !== null) {
      for (const key of siblingKeys(structure.node, context)) fromKey(key, 'sibling');
    }
  }
  // A session key given without a name opens what it fits.
  if (found.length === 0) {
    for (const entry of context.keys) {
      if (entry.secret === null || entry.name !== null || (length > 0 && entry.secret.length !== length)) continue;
      found.push({ octets: entry.secret, how: 'only-key', from: 'given', data: { entry: entry.id } });
    }
  }
  return {
    secrets: distinct(found),
    encryptedKey,
    missing: found.length > 0 ? null : missing,
    unsupported: found.length > 0 ? null : unsupported,
    broken,
  };
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
  const holder = named === undefined ? 0 : document.parent[named]!;
  return holder > 0 && isElement(document, holder, XENC11, 'DerivedKey') ? holder : null;
}

function keysOfCarriedName(name: string, context: DecryptionContext): NodeIndex[] {
  const { document } = context;
  return descendantElementsNamed(document, 0, XENC, 'CarriedKeyName')
    .filter((node) => trimXml(textContent(document, node)) === name)
    .map((node) => document.parent[node]!)
    .filter((node) => isElement(document, node, XENC, 'EncryptedKey'));
}

/** SAML puts the EncryptedKey beside the EncryptedData (SAML 2.0 Core §2.3.4). */
function siblingKeys(node: NodeIndex, context: DecryptionContext): NodeIndex[] {
  const { document } = context;
  const holder = document.parent[node]!;
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

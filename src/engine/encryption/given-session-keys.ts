/** Session keys that are known without opening anything: given by the user, or kept from the request. */
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import { readKeyNaming } from '../key-resolution/key-naming.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import { readEncryptedKey } from '../tokens/encrypted-key.ts';
import type { NodeIndex } from '../xml/document.ts';
import { attributeValue, elementPath, nodeRange } from '../xml/navigate.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { readEncrypted } from './encrypted-structure.ts';
import type { OpenedKey } from './opened-key.ts';

/** The named secrets among the user's keys. */
export function namedSecrets(keys: readonly KeyEntry[]): ReadonlyMap<string, Uint8Array> {
  return new Map(keys.flatMap(({ secret, name }) => (secret === null || name === null ? [] : [[name, secret]])));
}

/**
 * The secret of an EncryptedKey that was given under its Id, its EncryptedKeySHA1 or its key's name, or kept from the
 * request that carried the same one; null where none was.
 */
export function givenSecret(
  node: NodeIndex,
  named: ReadonlyMap<string, Uint8Array>,
  { document, crypto, answered }: Omit<KeyResolutionContext, 'encryptedKeySecrets'>,
): Uint8Array | null {
  const kept = answered?.secrets;
  if (named.size === 0 && (kept?.size ?? 0) === 0) return null;
  const token = readEncryptedKey(document, node, crypto);
  for (const name of [attributeValue(document, node, '', 'Id'), token.sha1, token.keyName]) {
    const secret = name === null ? undefined : (named.get(name) ?? kept?.get(name));
    if (secret !== undefined) return secret;
  }
  return null;
}

/** An EncryptedKey that need not be opened. */
export function openGivenKey(node: NodeIndex, secret: Uint8Array, context: DecryptionContext): OpenedKey {
  const { document, recorder } = context;
  const structure = readEncrypted(document, node);
  const method = structure.method?.algorithm ?? '';
  const step = recorder.step('encrypted-key', {
    range: nodeRange(document, node),
    data: { method, path: elementPath(document, node), result: 'given' },
    citation: { spec: 'XMLENC', section: '3.5.1' },
  });
  step.key(secret);
  step.end();
  return {
    node,
    structure,
    naming: readKeyNaming(document, structure.keyInfo),
    by: { how: 'given', publicKey: null, certificate: null, secretBits: secret.length * 8 },
    method,
    result: 'opened',
    secret,
    step: step.id,
    weak: false,
    unopened: null,
  };
}

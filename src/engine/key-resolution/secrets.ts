/**
 * Symmetric keys: given by the user, derived from passwords, opened from an EncryptedKey, or known from the request.
 */
import { Digest } from '../algorithms/identifiers.ts';
import { base64Octets, encodeBase64 } from '../bytes/base64.ts';
import { shownHex } from '../bytes/hex.ts';
import { equalOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { XENC } from '../xml/namespaces.ts';
import type { KeyEntry } from '../keystore/key-entry.ts';
import { DEFAULT_LABEL, deriveKey, derivedKeyOffset, readDerivedKeyToken } from '../tokens/derived-key-token.ts';
import { readEncryptedKey } from '../tokens/encrypted-key.ts';
import { readSecurityContextToken } from '../tokens/security-context-token.ts';
import { deriveUsernameKey } from '../tokens/username-key.ts';
import { readUsernameToken } from '../tokens/username-token.ts';
import type { NodeIndex } from '../xml/document.ts';
import { descendantElementsNamed } from '../xml/navigate.ts';
import type { KeySearch } from './key-search.ts';

function given(search: KeySearch): KeyEntry[] {
  return search.context.keys.filter((entry) => entry.secret !== null);
}

/** Whether an entry answers to a name: its own, its alias, or its file's name with or without extensions. */
export function answersTo(entry: KeyEntry, name: string): boolean {
  if (entry.name !== null) return entry.name === name;
  const file = entry.file.slice(entry.file.lastIndexOf('/') + 1);
  const [stem] = file.split('.');
  return entry.alias === name || file === name || (stem !== '' && stem === name);
}

/**
 * Given secrets by name; where none has it, those without a name, and at last all: a MAC that verifies proves the key.
 */
export function addSecretsNamed(search: KeySearch, names: readonly string[], how: string, node: NodeIndex): boolean {
  const secrets = given(search);
  const named = secrets.filter((entry) => names.some((name) => answersTo(entry, name)));
  const unnamed = secrets.filter((entry) => entry.name === null);
  const chosen = named.length > 0 ? named : unnamed.length > 0 ? unnamed : secrets;
  const reason = named.length > 0 ? 'matches' : chosen === unnamed ? 'unnamed-secret' : 'name-unmatched';
  for (const entry of secrets) {
    const taken = chosen.includes(entry);
    search.add({
      from: 'given',
      how: named.length > 0 ? how : 'only-key',
      entry,
      secret: entry.secret,
      taken,
      reason: taken ? reason : 'name-differs',
      data: { name: entry.name },
    });
  }
  // A secret that answers to another name verifies all the same; a receiver that goes by names does not find it.
  if (chosen.length > 0 && named.length === 0 && names.some((name) => name !== '')) {
    search.find('key-name-unknown', 'note', node, { name: names.find((name) => name !== '') ?? '' });
  }
  if (chosen.length === 0) {
    search.miss('secret-not-given', { names });
    search.find('secret-not-given', 'warning', node, { names });
  }
  return chosen.length > 0;
}

/** The session key of an xenc:EncryptedKey that was opened, or why there is none. */
export function addEncryptedKey(search: KeySearch, node: NodeIndex, how = 'encrypted-key'): void {
  search.token ??= node;
  const secret = search.context.encryptedKeySecrets.get(node);
  const token = readEncryptedKey(search.context.document, node, search.context.crypto);
  if (secret) {
    const data = { encryptedKeySha1: token.sha1 };
    search.add({ from: 'message', how, secret, taken: true, reason: 'opened', data, sealed: true });
    return;
  }
  const kept = token.sha1 === null ? undefined : search.context.answered?.secrets.get(token.sha1);
  if (kept) {
    search.add({
      from: 'request',
      how,
      secret: kept,
      taken: true,
      reason: 'known-from-request',
      data: { encryptedKeySha1: token.sha1 },
    });
    return;
  }
  search.add({
    from: 'message',
    how,
    taken: false,
    reason: 'encrypted-key-not-opened',
    data: { encryptedKeySha1: token.sha1 },
  });
  search.miss('encrypted-key-not-opened', { encryptedKeySha1: token.sha1 });
}

/** Looks for the key named by EncryptedKeySHA1: in the message, in the request, among the given secrets. */
export function addByEncryptedKeySha1(search: KeySearch, text: string, node: NodeIndex): void {
  const { document, crypto, answered } = search.context;
  const octets = base64Octets(text);
  const wanted = octets === null ? text.trim() : encodeBase64(octets);
  const encryptedKeys = descendantElementsNamed(document, 0, XENC, 'EncryptedKey').map((one) =>
    readEncryptedKey(document, one, crypto),
  );
  const match = encryptedKeys.find((one) => one.sha1 === wanted);
  if (match) {
    addEncryptedKey(search, match.node, 'encrypted-key-sha1');
    return;
  }
  const kept = answered?.secrets.get(wanted);
  if (kept) {
    search.add({ from: 'request', how: 'encrypted-key-sha1', secret: kept, taken: true, reason: 'known-from-request' });
    return;
  }
  if (addGivenBySha1(search, octets, [wanted, text.trim()])) return;
  const meant = octets === null ? null : wronglyHashed(search, octets, encryptedKeys);
  if (meant !== null) {
    search.find('encryptedkeysha1-wrong', 'warning', node, { how: meant.how, value: wanted });
    addEncryptedKey(search, meant.node, 'encrypted-key-sha1');
    return;
  }
  const code = encryptedKeys.length === 0 ? 'encryptedkey-missing' : 'encryptedkeysha1-wrong';
  for (const one of encryptedKeys) {
    search.add({
      from: 'message',
      how: 'encrypted-key-sha1',
      taken: false,
      reason: 'encrypted-key-sha1-differs',
      data: { encryptedKeySha1: one.sha1 },
    });
  }
  search.miss(code, { value: wanted });
  search.find(
    code,
    'error',
    node,
    { value: wanted, encryptedKeys: encryptedKeys.length },
    'wsse:SecurityTokenUnavailable',
  );
}

/** Takes given secrets that have that SHA-1 or one of the names, and returns whether there were any. */
function addGivenBySha1(search: KeySearch, sha1: Uint8Array | null, names: readonly string[]): boolean {
  let found = false;
  for (const entry of given(search)) {
    const digest = search.context.crypto.digestNow(Digest.sha1, entry.secret ?? new Uint8Array(0));
    const same = digest !== null && sha1 !== null && equalOctets(digest, sha1);
    const named = entry.name !== null && names.includes(entry.name);
    const taken = same || named;
    found ||= taken;
    search.add({
      from: 'given',
      how: 'encrypted-key-sha1',
      entry,
      secret: entry.secret,
      taken,
      reason: same ? 'sha1-of-secret' : named ? 'matches' : 'encrypted-key-sha1-differs',
    });
  }
  return found;
}

/** The EncryptedKey of which something else than its cipher octets has that SHA-1, and what; null where none has. */
function wronglyHashed(
  search: KeySearch,
  sha1: Uint8Array,
  encryptedKeys: readonly ReturnType<typeof readEncryptedKey>[],
): { readonly node: NodeIndex; readonly how: string } | null {
  const { crypto } = search.context;
  const ofText = (text: string | null) => (text === null ? null : crypto.digestNow(Digest.sha1, encodeUtf8(text)));
  for (const { node, cipherText } of encryptedKeys) {
    const variants: readonly (readonly [string, Uint8Array | null])[] = [
      ['base64-text', ofText(cipherText)],
      ['base64-text-without-white-space', ofText(cipherText?.replace(/\s+/g, '') ?? null)],
      ['plain-key', secretDigest(search, node)],
    ];
    const variant = variants.find(([, digest]) => digest !== null && equalOctets(digest, sha1));
    if (variant !== undefined) return { node, how: variant[0] };
  }
  return null;
}

function secretDigest(search: KeySearch, node: NodeIndex): Uint8Array | null {
  const secret = search.context.encryptedKeySecrets.get(node);
  return secret ? search.context.crypto.digestNow(Digest.sha1, secret) : null;
}

/** The key that a UsernameToken's password derives (UTP 1.1 §4). */
export function addUsernameKey(search: KeySearch, node: NodeIndex): void {
  const { document, users, crypto, budget } = search.context;
  search.token ??= node;
  const token = readUsernameToken(document, node);
  const user = users.find((one) => one.name === token.username);
  if (!user) {
    search.miss('password-not-given', { username: token.username });
    search.add({
      from: 'derived',
      how: 'username-token',
      taken: false,
      reason: 'password-not-given',
      data: { username: token.username },
    });
    return;
  }
  if (token.salt === null || token.iterations === null) {
    search.find('hmac-key-derivation', 'warning', node, {
      reason: token.salt === null ? 'salt-missing' : 'iteration-missing',
    });
    search.add({
      from: 'derived',
      how: 'username-token',
      secret: encodeUtf8(user.password),
      taken: true,
      reason: 'password-as-key',
      data: { username: token.username },
    });
    return;
  }
  if (user.password === '' || token.iterations === 1) {
    const reason = user.password === '' ? 'empty-password' : 'one-iteration';
    search.find('username-key-guessable', 'warning', node, { reason });
  }
  const secret = deriveUsernameKey(user.password, token.salt, token.iterations, crypto, budget);
  search.add({
    from: 'derived',
    how: 'username-token',
    secret,
    taken: secret !== null,
    reason: secret === null ? 'not-derivable' : 'derived',
    data: { username: token.username, salt: shownHex(token.salt), iterations: token.iterations },
  });
}

/** The key of a SecurityContextToken: a given secret by the context's Identifier, else the only secret given. */
export function addSecurityContext(search: KeySearch, node: NodeIndex): void {
  search.token ??= node;
  const token = readSecurityContextToken(search.context.document, node);
  const id = search.context.ids.idOf(node);
  const names = [token.identifier, id].filter((one) => one !== null);
  const kept = token.identifier === null ? undefined : search.context.answered?.secrets.get(token.identifier);
  if (kept) {
    search.add({ from: 'request', how: 'security-context', secret: kept, taken: true, reason: 'known-from-request' });
  } else addSecretsNamed(search, names, 'security-context', node);
}

/** Derives a DerivedKeyToken's octets from every key that its parent may be. */
export function addDerivedKey(search: KeySearch, node: NodeIndex): void {
  const { document, crypto, budget } = search.context;
  search.token ??= node;
  const token = readDerivedKeyToken(document, node);
  search.findings.push(...token.problems);
  if (token.problems.length > 0) {
    search.miss('derived-key-malformed', {});
    return;
  }
  if (token.reference === null) {
    search.miss('derived-key-without-reference', {});
    search.find('derived-key-malformed', 'error', node, { element: 'SecurityTokenReference' });
    return;
  }
  const parents = search.nested('mac', token.reference);
  search.findings.push(...parents.findings);
  if (parents.missing) search.miss(parents.missing.code, parents.missing.data);
  search.unsupported ??= parents.unsupported;
  for (const parent of parents.candidates) {
    const base = parent.secret ?? null;
    const secret = parent.taken && base !== null ? deriveKey(token, base, crypto, budget) : null;
    search.add({
      from: 'derived',
      how: 'derived-key',
      entry: search.context.keys.find((one) => one.id === parent.entry) ?? null,
      secret,
      taken: secret !== null,
      reason: secret !== null ? 'derived' : parent.reason,
      sealed: parent.sealed === true,
      data: {
        ...parent.data,
        parent: parent.how,
        length: token.length,
        offset: derivedKeyOffset(token),
        generation: token.generation,
        label: token.label ?? DEFAULT_LABEL,
        nonce: shownHex(token.nonce),
      },
    });
  }
}

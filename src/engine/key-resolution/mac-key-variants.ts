/**
 * Keys that a sender may have used instead of the one that the message describes: hypotheses for a MAC that fails
 * (docs/faults.md: hmac-key-derivation).
 */
import { encodeBase64 } from '../bytes/base64.ts';
import { encodeHex } from '../bytes/hex.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { DEFAULT_LABEL, deriveKey, readDerivedKeyToken, type DerivedKeyToken } from '../tokens/derived-key-token.ts';
import { tokenKind } from '../tokens/read-tokens.ts';
import { deriveUsernameKey } from '../tokens/username-key.ts';
import { DEFAULT_ITERATIONS, readUsernameToken } from '../tokens/username-token.ts';
import type { NodeIndex } from '../xml/document.ts';
import type { KeyResolutionContext } from './key-resolution-types.ts';
import { searchKeys } from './resolve-key-info.ts';

/** One key to try; `how` names what differs from the message: `length:20`, `label:default`, `key-as-text:base64`. */
export interface MacKeyVariant {
  readonly how: string;
  readonly secret: Uint8Array;
}

const LENGTHS = [16, 20, 24, 32, 40, 48, 64] as const;
const LABELS = [DEFAULT_LABEL, 'WS-SecureConversation', ''] as const;
/** Iterations of UsernameToken keys that are tried instead. */
const ITERATIONS = [1, DEFAULT_ITERATIONS, 2000] as const;

function derivedKeyVariants(
  token: DerivedKeyToken,
  parent: Uint8Array,
  context: KeyResolutionContext,
): MacKeyVariant[] {
  const out: MacKeyVariant[] = [];
  const add = (how: string, changed: Partial<DerivedKeyToken>, secret = parent) => {
    const key = deriveKey({ ...token, ...changed }, secret, context.crypto, context.budget);
    if (key !== null) out.push({ how, secret: key });
  };
  for (const length of LENGTHS) if (length !== token.length) add(`length:${length}`, { length });
  for (const label of LABELS) {
    if (label === (token.label ?? DEFAULT_LABEL)) continue;
    const name = label === DEFAULT_LABEL ? 'default' : label === '' ? 'none' : label;
    add(`label:${name}`, { label });
  }
  if ((token.offset ?? 0) !== 0 || (token.generation ?? 0) !== 0) add('offset:0', { offset: 0, generation: null });
  add('parent-as-text:base64', {}, encodeUtf8(encodeBase64(parent)));
  out.push({ how: 'parent-used-directly', secret: parent });
  return out;
}

function usernameKeyVariants(node: NodeIndex, context: KeyResolutionContext): MacKeyVariant[] {
  const token = readUsernameToken(context.document, node);
  const user = context.users.find((one) => one.name === token.username);
  if (!user) return [];
  const out: MacKeyVariant[] = [{ how: 'password-used-directly', secret: encodeUtf8(user.password) }];
  if (token.salt === null) return out;
  for (const iterations of ITERATIONS) {
    if (iterations === token.iterations) continue;
    const key = deriveUsernameKey(user.password, token.salt, iterations, context.crypto, context.budget);
    if (key !== null) out.push({ how: `iterations:${iterations}`, secret: key });
  }
  return out;
}

/**
 * Every other key worth trying for a MAC whose ds:KeyInfo or reference is `keyInfo`, the likeliest first. A MAC that
 * verifies with one of them proves what the sender did.
 * @throws {BudgetExceeded}
 */
export function macKeyVariants(keyInfo: NodeIndex, context: KeyResolutionContext): readonly MacKeyVariant[] {
  const search = searchKeys(keyInfo, 'mac', context);
  const out: MacKeyVariant[] = [];
  const kind = search.token === null ? null : tokenKind(context.document, search.token);
  if (search.token !== null && kind === 'DerivedKeyToken') {
    const token = readDerivedKeyToken(context.document, search.token);
    const parents = token.reference === null ? null : searchKeys(token.reference, 'mac', context);
    for (const parent of parents?.taken ?? []) {
      if (parent.secret !== null) out.push(...derivedKeyVariants(token, parent.secret, context));
    }
    const below = parents?.token ?? null;
    if (below !== null && tokenKind(context.document, below) === 'UsernameToken') {
      for (const variant of usernameKeyVariants(below, context)) {
        const key = deriveKey(token, variant.secret, context.crypto, context.budget);
        if (key !== null) out.push({ how: `parent:${variant.how}`, secret: key });
      }
    }
  } else if (search.token !== null && kind === 'UsernameToken') out.push(...usernameKeyVariants(search.token, context));
  for (const key of search.taken) {
    if (key.secret === null || key.from === 'derived') continue;
    out.push(
      { how: 'key-as-text:base64', secret: encodeUtf8(encodeBase64(key.secret)) },
      { how: 'key-as-text:hex', secret: encodeUtf8(encodeHex(key.secret)) },
    );
  }
  return out;
}

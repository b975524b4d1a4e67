/** P_SHA-1 key derivation (RFC 2246 §5) as WS-SecureConversation §7 and its DerivedKeyToken use it. */
import { HMAC_SHA1 } from '../algorithms/identifiers.ts';
import type { Budget } from '../bytes/budget.ts';
import type { CryptoProvider } from '../crypto/provider.ts';

const BLOCK = 20;
/** A block, two HMACs, takes as long as about ten of the key derivations that `iterations` counts, and more. */
const COST = 10;

/** Which octets of the stream are the key: `length` of them from `offset`. */
export interface StreamCut {
  readonly offset: number;
  readonly length: number;
}

/**
 * A cut of the stream P_SHA-1(secret, seed); null where the provider has no HMAC-SHA1.
 * @throws {BudgetExceeded} when more blocks are asked for than `iterations` allows
 */
export function pSha1(
  secret: Uint8Array,
  seed: Uint8Array,
  { offset, length }: StreamCut,
  crypto: CryptoProvider,
  budget: Budget,
): Uint8Array | null {
  const needed = offset + length;
  budget.spend('iterations', Math.ceil(needed / BLOCK) * COST);
  budget.check('plaintextOctets', needed);
  const stream = new Uint8Array(Math.ceil(needed / BLOCK) * BLOCK);
  let a: Uint8Array = seed;
  for (let at = 0; at < stream.length; at += BLOCK) {
    const next = crypto.mac(HMAC_SHA1, secret, a);
    if (!next) return null;
    a = next;
    const input = new Uint8Array(a.length + seed.length);
    input.set(a);
    input.set(seed, a.length);
    const block = crypto.mac(HMAC_SHA1, secret, input);
    if (!block) return null;
    stream.set(block, at);
  }
  return stream.slice(offset, needed);
}

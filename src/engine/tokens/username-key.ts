/** Key derivation from a password (UTP 1.1 §4): K1 = SHA-1(password ‖ salt), Ki = SHA-1(Ki−1). */
import { Digest } from '../algorithms/identifiers.ts';
import { joinOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { Budget } from '../bytes/budget.ts';
import type { CryptoProvider } from '../crypto/provider.ts';

/** A round here takes as long as about ten of the key derivations that `iterations` counts. */
const COST = 10;

/**
 * The 20 octets of the derived key. Null where the provider has no SHA-1.
 * @throws {BudgetExceeded} when the iterations of the run are used up
 */
export function deriveUsernameKey(
  password: string,
  salt: Uint8Array,
  iterations: number,
  crypto: CryptoProvider,
  budget: Budget,
): Uint8Array | null {
  budget.spend('iterations', iterations * COST);
  let key = crypto.digestNow(Digest.sha1, joinOctets([encodeUtf8(password), salt]));
  for (let i = 1; i < iterations && key !== null; i += 1) key = crypto.digestNow(Digest.sha1, key);
  return key;
}

/**
 * Keys from passwords off the engine's own thread (RFC 8018 §5.2, RFC 7914): many times as fast, and it can be ended.
 */
import type { WebHashName } from './digests.ts';
import { plainOctets, type SubtleCipherPort } from './subtle-port.ts';

/** What may stand in for @noble/hashes; null where it does not have the hash or does not take what is given. */
export interface PasswordDerivation {
  pbkdf2(
    hash: WebHashName,
    password: Uint8Array,
    salt: Uint8Array,
    iterations: number,
    length: number,
  ): Promise<Uint8Array | null>;
  /** `memory`: octets that it may take. Not in WebCrypto. */
  scrypt?(
    password: Uint8Array,
    salt: Uint8Array,
    cost: { readonly N: number; readonly r: number; readonly p: number; readonly memory: number },
    length: number,
  ): Promise<Uint8Array | null>;
}

/** WebCrypto's PBKDF2. Some engines refuse the empty password. */
export function webPasswordDerivation(subtle: Pick<SubtleCipherPort, 'importKey' | 'deriveBits'>): PasswordDerivation {
  return {
    pbkdf2: async (hash, password, salt, iterations, length) => {
      if (password.length === 0 || length <= 0) return null;
      try {
        const key = await subtle.importKey('raw', plainOctets(password), { name: 'PBKDF2' }, false, ['deriveBits']);
        const algorithm = { name: 'PBKDF2', hash, salt: plainOctets(salt), iterations };
        return new Uint8Array(await subtle.deriveBits(algorithm, key, 8 * length));
      } catch {
        return null;
      }
    },
  };
}

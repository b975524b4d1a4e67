/** What the lengths of a key and of cipher octets tell of the algorithm (XML Encryption 1.1 §5.2; RFC 9231 §2.6). */
import type { Algorithm } from '../algorithms/algorithm.ts';
import { ALGORITHMS } from '../algorithms/algorithm-table.ts';

/** Whether IV, ciphertext and tag can be so many octets. */
function fits({ scheme }: Algorithm, octets: number): boolean {
  switch (scheme) {
    case 'aes-gcm':
    case 'chacha20-poly1305':
      return octets >= 12 + 16;
    case '3des-cbc':
      return octets >= 2 * 8 && octets % 8 === 0;
    case 'aes-cbc':
    case 'camellia-cbc':
    case 'seed-cbc':
      return octets >= 2 * 16 && octets % 16 === 0;
    default:
      return false;
  }
}

/** Whether a key and cipher octets, both of these lengths in octets, can be those of an algorithm that we have. */
export function fitsSomeCipher(key: number, octets: number): boolean {
  return ALGORITHMS.some(
    (algorithm) => algorithm.kind === 'block-encryption' && algorithm.bits === 8 * key && fits(algorithm, octets),
  );
}

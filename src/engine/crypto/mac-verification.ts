/** MACs by algorithm URI (XML Signature 1.1 §6.3). */
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { equalOctets } from '../bytes/octets.ts';
import { digestMethod } from './digests.ts';
import type { Hashing } from './hashing.ts';
import type { SignatureParameters, VerifyOutcome } from './provider.ts';

/** The whole HMAC, or null where the algorithm is not supported. */
export function macByUri(uri: string, secret: Uint8Array, octets: Uint8Array, hashing: Hashing): Uint8Array | null {
  const method = digestMethod(algorithmOfKind(uri, 'mac')?.digest ?? '');
  return method === null ? null : hashing.mac(method, secret, octets);
}

/**
 * Compares in constant time; truncation by `hmacOutputLength` is applied, whether it is long enough judged elsewhere.
 */
export function verifyMacByUri(
  uri: string,
  { hmacOutputLength }: SignatureParameters,
  secret: Uint8Array,
  octets: Uint8Array,
  value: Uint8Array,
  hashing: Hashing,
): VerifyOutcome {
  const whole = macByUri(uri, secret, octets, hashing);
  if (whole === null) return { result: 'unsupported', what: uri };
  const bits = hmacOutputLength ?? 8 * whole.length;
  // §6.3.1: a length that is no multiple of 8 is an error.
  if (!Number.isInteger(bits) || bits <= 0 || bits > 8 * whole.length || bits % 8 !== 0) {
    return { result: 'fail', reason: 'hmac-output-length' };
  }
  if (value.length !== bits / 8) return { result: 'fail', reason: 'length' };
  return equalOctets(whole.subarray(0, bits / 8), value) ? { result: 'pass' } : { result: 'fail', reason: 'mismatch' };
}

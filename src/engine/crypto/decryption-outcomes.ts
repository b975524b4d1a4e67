/** The four outcomes of opening something, made where it is opened (see {@link DecryptOutcome}). */
import type { DecryptOutcome } from './decryption-provider.ts';

/** It was tried and does not open. */
export const fail = (reason: string): DecryptOutcome => ({ result: 'fail', reason });

/** The algorithm or a parameter of it is not supported. */
export const unsupported = (what: string): DecryptOutcome => ({ result: 'unsupported', what });

/** The key cannot serve this algorithm. */
export const unusable = (what: string): DecryptOutcome => ({ result: 'unusable', what });

/** It opened; the octets are not copied. */
export const plaintext = (octets: Uint8Array): DecryptOutcome => ({ result: 'plaintext', octets });

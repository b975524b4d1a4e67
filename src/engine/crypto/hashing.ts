/** Digests and MACs by the fastest that the host has; @noble/hashes for the rest. */
import { hmac } from '@noble/hashes/hmac.js';
import type { DigestMethod, WebHashName } from './digests.ts';
import { plainOctets, type SubtlePort } from './subtle-port.ts';

/** Hashes that answer at once, by WebCrypto's names: OpenSSL's where the engine runs in Node. */
export interface SynchronousHashes {
  hash(name: WebHashName, octets: Uint8Array): Uint8Array;
  hmac(name: WebHashName, secret: Uint8Array, octets: Uint8Array): Uint8Array;
}

/** Hashes for one provider: the host's synchronous ones, else WebCrypto's where one may wait, else the engine's own. */
export class Hashing {
  readonly #subtle: SubtlePort | null;
  readonly #now: SynchronousHashes | null;

  constructor(subtle: SubtlePort | null, now: SynchronousHashes | null) {
    this.#subtle = subtle;
    this.#now = now;
  }

  /** The digest at once. */
  hash(method: DigestMethod, octets: Uint8Array): Uint8Array {
    if (this.#now === null || method.webName === null) return method.hash(octets);
    try {
      return this.#now.hash(method.webName, octets);
    } catch {
      // FIPS modes forbid SHA-1.
      return method.hash(octets);
    }
  }

  /** The digest off this thread where WebCrypto has it and nothing faster is at hand. */
  async digest(method: DigestMethod, octets: Uint8Array): Promise<Uint8Array> {
    if (this.#subtle !== null && this.#now === null && method.webName !== null) {
      try {
        return new Uint8Array(await this.#subtle.digest(method.webName, plainOctets(octets)));
      } catch {
        // An engine may lack or forbid a hash (FIPS modes forbid SHA-1): the synchronous one gives the same octets.
      }
    }
    return this.hash(method, octets);
  }

  /** HMAC (RFC 2104) at once: WebCrypto refuses an empty secret, and SignedInfo is small. */
  mac(method: DigestMethod, secret: Uint8Array, octets: Uint8Array): Uint8Array {
    return this.#now === null || method.webName === null
      ? hmac(method.hash, secret, octets)
      : this.#now.hmac(method.webName, secret, octets);
  }
}

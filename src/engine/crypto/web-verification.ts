/** Signatures asked of WebCrypto, which is many times as fast as arithmetic and knows fewer keys. */
import type { PublicKey } from './keys.ts';
import { rsaKey } from './spki.ts';
import { plainOctets, type SubtleAlgorithm, type SubtleKey, type SubtlePort } from './subtle-port.ts';

/** One port, and the keys that were imported for it. */
export class WebVerification {
  readonly #port: SubtlePort | null;
  /** Each public key is imported once for each algorithm, and forgotten with the key itself. */
  readonly #imported = new WeakMap<PublicKey, Map<string, SubtleKey>>();

  constructor(port: SubtlePort | null) {
    this.#port = port;
  }

  async #importOnce(port: SubtlePort, importAs: SubtleAlgorithm, key: PublicKey): Promise<SubtleKey> {
    const name = `${importAs.name} ${importAs.hash ?? importAs.namedCurve}`;
    const known = this.#imported.get(key)?.get(name);
    if (known !== undefined) return known;
    // Engines differ in the object identifiers that they take for an RSA key: all take rsaEncryption.
    const { spki } = key.kind === 'RSA' ? rsaKey(key.n, key.e) : key;
    const made = await port.importKey('spki', plainOctets(spki), importAs, false, ['verify']);
    this.#imported.set(key, (this.#imported.get(key) ?? new Map<string, SubtleKey>()).set(name, made));
    return made;
  }

  /** WebCrypto's answer, or null where there is none or it does not take the key or the algorithm. */
  async ask(
    importAs: SubtleAlgorithm,
    verifyAs: SubtleAlgorithm,
    key: PublicKey,
    octets: Uint8Array,
    value: Uint8Array,
  ): Promise<boolean | null> {
    if (this.#port === null) return null;
    try {
      const made = await this.#importOnce(this.#port, importAs, key);
      return await this.#port.verify(verifyAs, made, plainOctets(value), plainOctets(octets));
    } catch {
      return null;
    }
  }
}

/** Key files given with many messages, each opened once: deriving keys from passwords takes its time by design. */
import { encodeHex } from '../bytes/hex.ts';
import { joinOctets } from '../bytes/octets.ts';
import { Recent } from '../bytes/recent.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import type { PasswordDerivation } from '../crypto/password-derivation.ts';
import type { KeyFileContents } from './key-entry.ts';
import type { FoundInFile } from './key-file-types.ts';
import { entriesOf, openKeyFile, type ReadKeyFileOptions } from './read-key-file.ts';

/** Files held at most, and the octets that they may have together. */
const FILES = 512;
const OCTETS = 16 * 1024 * 1024;

/**
 * Remembers what files opened to, by their octets and passwords: other passwords open the file again, and whether it is
 * trusted and what it is called is said again by each reader. Holds private keys: its owner lets go of it when they
 * must not stay.
 */
export class OpenedKeyFiles {
  readonly #found = new Recent<FoundInFile>(FILES, OCTETS);
  readonly #sha256: (octets: Uint8Array) => Uint8Array;
  readonly #derive: PasswordDerivation | null;

  /** @param sha256 what files and passwords are told apart by: no password is kept as text */
  constructor(sha256: (octets: Uint8Array) => Uint8Array, derive: PasswordDerivation | null = null) {
    this.#sha256 = sha256;
    this.#derive = derive;
  }

  /** As `readKeyFile`; the entries' keys and certificates are shared by all who read the same file. */
  async read(octets: Uint8Array, options: ReadKeyFileOptions): Promise<KeyFileContents> {
    if (options.secret === true) return entriesOf(await openKeyFile(octets, options), options);
    const passwords = encodeUtf8(JSON.stringify([options.password ?? null, options.keyPassword ?? null]));
    const key = encodeHex(this.#sha256(joinOctets([this.#sha256(octets), passwords])));
    let found = this.#found.get(key);
    if (found === undefined) {
      found = await openKeyFile(octets, { derive: this.#derive, ...options });
      // How far a file gets within a bound depends on what was read before it.
      if (found.problems.every((problem) => problem.code !== 'key-limit')) this.#found.set(key, found, octets.length);
    }
    return entriesOf(found, options);
  }
}

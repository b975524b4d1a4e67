/**
 * Loads the chunks of the built command, each with the code that V8 compiled of it at build time: to compile them again
 * took longer than to judge a small message. Code of another source is not used (its file begins with the SHA-256 of its
 * source), and V8 refuses what another version of it or other flags made; the chunk is then compiled as usual. Chunks are
 * in ASCII: they need no decoding.
 */
import { createHash } from 'node:crypto';
import { readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { Script } from 'node:vm';

type Require = (name: string) => unknown;
type ChunkBody = (
  exports: unknown,
  require: Require,
  module: { exports: unknown },
  filename: string,
  dirname: string,
) => void;

interface Chunk {
  readonly module: { exports: unknown };
  readonly script: Script;
}

/** The chunks of one folder, each run when it is first required, from its compiled code where that fits. */
export class CompiledChunks {
  readonly #folder: string;
  readonly #builtIn: Require;
  readonly #chunks = new Map<string, Chunk>();
  readonly #kept = new Set<string>();

  /** @param builtIn gives modules of Node's */
  constructor(folder: string, builtIn: Require) {
    this.#folder = folder;
    this.#builtIn = builtIn;
  }

  /** @param name of a chunk (`./main.cjs`) or of a module of Node's */
  readonly load: Require = (name) => {
    if (!name.startsWith('./')) return this.#builtIn(name);
    return LATER.test(name) ? this.#later(name) : this.#run(name);
  };

  /** What the chunk exports, which runs when it is first asked for something. */
  #later(name: string): unknown {
    return new Proxy({}, { get: (_, member) => (this.#run(name) as Record<PropertyKey, unknown>)[member] });
  }

  #run(name: string): unknown {
    const known = this.#chunks.get(name);
    if (known !== undefined) return known.module.exports;
    const file = join(this.#folder, name);
    const source = readFileSync(file);
    const cachedData = compiledOf(file, source);
    const script = new Script(
      `(function (exports, require, module, __filename, __dirname) {${source.toString('latin1')}\n})`,
      cachedData === null ? { filename: file } : { filename: file, cachedData },
    );
    const chunk: Chunk = { module: { exports: {} }, script };
    // Before it runs: chunks may load each other.
    this.#chunks.set(name, chunk);
    (script.runInThisContext() as ChunkBody)(chunk.module.exports, this.load, chunk.module, file, this.#folder);
    return chunk.module.exports;
  }

  /** Writes beside each chunk what V8 has compiled of it so far; what was written before stays. */
  keepCompiled(): void {
    for (const [name, { script }] of this.#chunks) {
      if (this.#kept.has(name)) continue;
      this.#kept.add(name);
      const file = join(this.#folder, name);
      const fingerprint = fingerprintOf(readFileSync(file));
      writeFileSync(compiledName(file), Buffer.concat([fingerprint, script.createCachedData()]));
    }
  }
}

/** Chunks that the build set apart because loading them is work, and few messages need it. */
const LATER = /^\.\/later-/;

const compiledName = (file: string): string => `${file}.compiled`;

const fingerprintOf = (source: Buffer): Buffer => createHash('sha256').update(source).digest();

/** What was compiled of this very source, or null. */
function compiledOf(file: string, source: Buffer): Buffer | null {
  let kept: Buffer;
  try {
    kept = readFileSync(compiledName(file));
  } catch {
    return null;
  }
  const fingerprint = fingerprintOf(source);
  return kept.subarray(0, fingerprint.length).equals(fingerprint) ? kept.subarray(fingerprint.length) : null;
}

/**
 * What a run may cost (docs/limits.md, "Bounds"). Whatever is read or judged for the first time, from the input to the
 * last digest, is paid from one budget. Octets that were paid for and are read again (a state of the message with other
 * parts decrypted, included content put in its place) are held to the same limits by an account of their own each time.
 * Explaining has its own: it takes nothing from judging.
 */

/** Bounds of one run. Counts unless the name says octets or steps. */
export interface Limits {
  readonly inputOctets: number;
  readonly elementDepth: number;
  /** Attributes and namespace declarations of one element together. */
  readonly attributesPerElement: number;
  readonly nodes: number;
  /** Octets of one qualified name. */
  readonly nameLength: number;
  readonly referencesPerSignature: number;
  readonly transformsPerReference: number;
  /** Octets written by canonicalization and read by digests, over the whole run. */
  readonly derivedOctets: number;
  readonly prefixListTokens: number;
  readonly signatures: number;
  readonly securityHeaders: number;
  /** Children of Security headers and what is embedded in them, over the run. */
  readonly tokens: number;
  readonly keyInfoDepth: number;
  readonly xpathSteps: number;
  readonly decryptions: number;
  readonly plaintextOctets: number;
  readonly decryptionLayers: number;
  readonly certificatesInMessage: number;
  readonly certificatePathLength: number;
  /** Iterations of a password-based key derivation. */
  readonly iterations: number;
  readonly rsaModulusBits: number;
  readonly mimeParts: number;
}

/** Octets of a mebibyte. */
export const MIB = 1024 * 1024;

/** What a run gets unless the caller asks for more, and never above {@link HARD_LIMITS}. */
export const DEFAULT_LIMITS: Limits = {
  inputOctets: 64 * MIB,
  elementDepth: 256,
  attributesPerElement: 512,
  nodes: 5_000_000,
  nameLength: 1_000,
  referencesPerSignature: 100,
  transformsPerReference: 20,
  derivedOctets: 256 * MIB,
  prefixListTokens: 1_024,
  signatures: 64,
  securityHeaders: 64,
  tokens: 5_000,
  keyInfoDepth: 3,
  xpathSteps: 1_000_000,
  decryptions: 100,
  plaintextOctets: 64 * MIB,
  decryptionLayers: 4,
  certificatesInMessage: 100,
  certificatePathLength: 10,
  iterations: 5_000_000,
  rsaModulusBits: 16_384,
  mimeParts: 100,
};

/** The most that a caller may ask for. */
export const HARD_LIMITS: Limits = {
  ...DEFAULT_LIMITS,
  inputOctets: 1024 * MIB,
  elementDepth: 2_000,
  attributesPerElement: 10_000,
  nodes: 20_000_000,
  nameLength: 50_000,
  derivedOctets: 4096 * MIB,
  plaintextOctets: 1024 * MIB,
  certificatesInMessage: 1_000,
  tokens: 50_000,
  decryptions: 1_000,
};

/** How often a run may write what it was given, in canonical forms: sound messages do so a few times. */
const MOST_WRITTEN = 32;

/**
 * The limits of a run over `octets` octets of input: small input may not fill the memory, however it refers to itself.
 */
export function limitsFor(octets: number, limits: Limits): Limits {
  const most = MOST_WRITTEN * Math.max(octets, MIB);
  return most < limits.derivedOctets ? { ...limits, derivedOctets: most } : limits;
}

/**
 * Thrown when a bound is passed; the processing room turns it into the finding `limit`. Carries the bound's name and
 * the place.
 */
export class BudgetExceeded extends Error {
  readonly bound: keyof Limits;
  readonly limit: number;
  /** Octet offset in the document being read, or -1 where no place is known. */
  readonly offset: number;
  constructor(bound: keyof Limits, limit: number, offset: number) {
    super(`${bound} exceeds ${limit}`);
    this.name = 'BudgetExceeded';
    this.bound = bound;
    this.limit = limit;
    this.offset = offset;
  }
}

/** A mutable account over {@link Limits}: `check` for a size known now, `spend` for one that adds up over the run. */
export class Budget {
  readonly limits: Limits;
  readonly #spent = new Map<keyof Limits, number>();

  constructor(limits: Limits = DEFAULT_LIMITS) {
    this.limits = limits;
  }

  /** @throws {BudgetExceeded} when `value` is over the bound. */
  check(bound: keyof Limits, value: number, offset = -1): void {
    if (value > this.limits[bound]) throw new BudgetExceeded(bound, this.limits[bound], offset);
  }

  /** Adds `amount` to what the run has used of `bound`. @throws {BudgetExceeded} when the sum is over the bound. */
  spend(bound: keyof Limits, amount: number, offset = -1): void {
    const total = (this.#spent.get(bound) ?? 0) + amount;
    this.#spent.set(bound, total);
    if (total > this.limits[bound]) throw new BudgetExceeded(bound, this.limits[bound], offset);
  }

  spent(bound: keyof Limits): number {
    return this.#spent.get(bound) ?? 0;
  }
}

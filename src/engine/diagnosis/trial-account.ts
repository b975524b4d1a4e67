/**
 * What a search for causes may cost; its own account, so that diagnosis never uses up what judging needs
 * (docs/design.md, "Budgets"). Counts work, never time: the same message ends at the same place on every machine.
 */
import type { Budget } from '../bytes/budget.ts';

/**
 * Work in units of about four nanoseconds on a usual machine: what it takes to copy and hash an octet and a little
 * more.
 */
export const WORK = {
  /** A trial besides its octets. */
  trial: 2_500,
  /** More for octets that the platform hashes, which it does elsewhere. */
  longTrial: 15_000,
  /** An octet that is encoded and hashed. */
  octet: 2,
  /** A token of canonical text, read. */
  tokenRead: 60,
  /** An octet that canonicalization writes. */
  canonicalOctet: 4,
  /** A node that the parser makes. */
  node: 120,
  /** A node that is visited. */
  visit: 4,
  /** One round of a key derivation. */
  iteration: 500,
  /** A verification with a public key that the platform does, an RSA key of 2048 bits or a NIST curve. */
  verification: 75_000,
  /** One that we do. */
  slowVerification: 600_000,
  /** Opening a PKCS#1 block of 2048 bits. */
  recovery: 60_000,
} as const;

/** From this many tokens on a copy of them no longer fits the cache, and is collected late. */
const MANY_TOKENS = 50_000;

/** Work of copying canonical tokens with an edit and writing them. */
export function tokensWork(count: number): number {
  return count * (count < MANY_TOKENS ? 10 : 30);
}

/** From this length on the platform's own digest is faster than ours. */
export const LONG = 8192;

/**
 * Trials and work. A trial may begin while anything is left, so that the last one may go over; running out is no error,
 * it only means that less was tried, which {@link TrialAccount.cut} says.
 */
export class TrialAccount {
  #trials: number;
  #work: number;
  #cut = false;
  #extent = false;
  #tried = 0;
  readonly #from: TrialAccount | null;
  readonly #budget: Budget | null;
  /** What the budget had counted when it was last looked at. */
  #counted = 0;

  /**
   * @param budget what canonicalizing, parsing and deriving keys is counted by; each payment takes what came up since
   * the last
   */
  constructor(trials: number, work: number, budget: Budget | null = null, from: TrialAccount | null = null) {
    this.#trials = trials;
    this.#work = work;
    this.#budget = budget;
    this.#from = from;
    this.#counted = budget === null ? 0 : counted(budget);
  }

  /** Begins a trial of `octets` octets and `more` work; false where nothing is left. */
  take(octets: number, more = 0): boolean {
    if (this.empty) return false;
    this.#pay(1, WORK.trial + (octets < LONG ? 0 : WORK.longTrial) + octets * WORK.octet + more + this.#owed());
    return true;
  }

  /** Pays for work that is no trial; false where nothing is left. */
  spend(work: number): boolean {
    if (this.empty) return false;
    this.#pay(0, work + this.#owed());
    return true;
  }

  /**
   * Whether `work` that is not yet paid for may be begun; where it may not, something is left untried. For work that
   * would cost many times what is left.
   */
  affords(work: number): boolean {
    if (this.empty) return false;
    if (work <= this.workLeft) return true;
    this.#cutHere();
    return false;
  }

  /** Whether nothing is left. Asked before something is tried, so that an empty account counts as {@link cut}. */
  get empty(): boolean {
    const spent = this.#trials < 1 || this.#work <= 0;
    if (!spent && this.#from?.empty !== true) return false;
    this.#cut = true;
    // So many trials and no more is how far such a search goes, not an end before its time.
    if (spent && !(this.#extent && this.#work > 0)) {
      if (this.#from !== null) this.#from.#cutHere();
    }
    return true;
  }

  #cutHere(): void {
    this.#cut = true;
    if (this.#from !== null) this.#from.#cutHere();
  }

  /** Whether something was left untried here or in a share, for want of trials or work. */
  get cut(): boolean {
    return this.#cut;
  }

  /** Trials begun here and in shares. */
  get tried(): number {
    return this.#tried;
  }

  get trialsLeft(): number {
    return Math.max(0, this.#trials);
  }

  get workLeft(): number {
    return Math.max(0, this.#work);
  }

  /** An account with at most these bounds that is paid from this one: what one of several searches may take. */
  share(trials: number, work: number): TrialAccount {
    return new TrialAccount(trials, work, null, this);
  }

  /**
   * An account for one kind of hypothesis: no more than `trials` are worth while, and no more than that part of the
   * work left.
   */
  extent(trials: number, part = 1): TrialAccount {
    const account = this.share(trials, this.workLeft * part);
    account.#extent = true;
    return account;
  }

  #pay(trials: number, work: number): void {
    this.#trials -= trials;
    this.#work -= work;
    this.#tried += trials;
    if (this.#from !== null) this.#from.#pay(trials, work);
  }

  #owed(): number {
    if (this.#budget === null) return this.#from === null ? 0 : this.#from.#owed();
    const now = counted(this.#budget);
    const owed = now - this.#counted;
    this.#counted = now;
    return owed;
  }
}

function counted(budget: Budget): number {
  return (
    budget.spent('derivedOctets') * WORK.canonicalOctet +
    budget.spent('nodes') * WORK.node +
    budget.spent('iterations') * WORK.iteration
  );
}

/** What a search for causes may cost; its own account, so that diagnosis never uses up what judging needs (design.md §8). */

/** Trials and octets hashed. Ends a search silently: running out is no error, it only means that less was tried. */
export class TrialAccount {
  #trials: number;
  #octets: number;

  constructor(trials: number, octets: number) {
    this.#trials = trials;
    this.#octets = octets;
  }

  /** Takes one trial over `octets` octets; false where the account does not hold as much. */
  take(octets: number): boolean {
    if (this.#trials < 1 || this.#octets < octets) return false;
    this.#trials -= 1;
    this.#octets -= octets;
    return true;
  }

  get empty(): boolean {
    return this.#trials < 1 || this.#octets < 1;
  }

  get trialsLeft(): number {
    return this.#trials;
  }

  /** An account with at most these bounds that is paid from this one. */
  share(trials: number, octets: number): TrialAccount {
    return new SharedAccount(this, trials, octets);
  }
}

class SharedAccount extends TrialAccount {
  readonly #from: TrialAccount;

  constructor(from: TrialAccount, trials: number, octets: number) {
    super(trials, octets);
    this.#from = from;
  }

  override take(octets: number): boolean {
    return super.take(octets) && this.#from.take(octets);
  }

  override get empty(): boolean {
    return super.empty || this.#from.empty;
  }
}

/** A bounded memory: what was used last stays, what was not goes first. */
export class Recent<Value> {
  readonly #held = new Map<string, { readonly value: Value; readonly octets: number }>();
  readonly #entries: number;
  readonly #octets: number;
  #weight = 0;

  /**
   * @param entries how many values are held at most
   * @param octets how many octets their sizes may come to
   */
  constructor(entries: number, octets: number) {
    this.#entries = entries;
    this.#octets = octets;
  }

  get size(): number {
    return this.#held.size;
  }

  get(key: string): Value | undefined {
    const held = this.#held.get(key);
    if (held === undefined) return undefined;
    this.#held.delete(key);
    this.#held.set(key, held);
    return held.value;
  }

  /** @param octets the value's size; one that passes the bound alone is not held */
  set(key: string, value: Value, octets: number): void {
    this.#drop(key);
    if (octets > this.#octets) return;
    this.#held.set(key, { value, octets });
    this.#weight += octets;
    for (const oldest of this.#held.keys()) {
      if (this.#held.size <= this.#entries && this.#weight <= this.#octets) break;
      this.#drop(oldest);
    }
  }

  #drop(key: string): void {
    const held = this.#held.get(key);
    if (held === undefined) return;
    this.#held.delete(key);
    this.#weight -= held.octets;
  }
}

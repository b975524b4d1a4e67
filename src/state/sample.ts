/** A sample as the page loads it: a message of a real stack with everything needed to judge it. */
export interface SampleFile {
  readonly name: string;
  readonly octets: Uint8Array;
  readonly trusted: boolean;
}

export interface LoadedSample {
  readonly id: string;
  readonly title: string;
  readonly message: { readonly name: string; readonly octets: Uint8Array };
  readonly keys: readonly SampleFile[];
  readonly users: readonly { readonly name: string; readonly password: string }[];
  /** UTC milliseconds: when the message was made. */
  readonly at: number;
}

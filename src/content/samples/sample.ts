/** A sample: a message of a real stack with everything needed to judge it. */
import type { Headline } from '../../engine/trace/trace.ts';

/** A row of the table of samples; files are named relative to `messages/` and `keys/`. */
export interface SampleEntry {
  readonly id: string;
  readonly title: string;
  /** One line on what it shows. */
  readonly line: string;
  readonly stack: string;
  readonly message: string;
  /** Key files that a receiver has. */
  readonly keys: readonly string[];
  /** Trust anchors. */
  readonly trust: readonly string[];
  readonly users: readonly { readonly name: string; readonly password: string }[];
  /** RFC 3339: when it was made; it is judged as of then. */
  readonly at: string;
  /** What it comes to; a test holds it. */
  readonly headline: Headline;
}

/** A key file of a sample, as if its user had dropped it. */
export interface SampleFile {
  readonly name: string;
  readonly octets: Uint8Array;
  readonly trusted: boolean;
  /** Raw octets of a shared secret. */
  readonly secret: boolean;
}

/** A sample with the octets of its files, ready to be judged. */
export interface LoadedSample {
  readonly id: string;
  readonly title: string;
  readonly message: { readonly name: string; readonly octets: Uint8Array };
  readonly keys: readonly SampleFile[];
  readonly users: readonly { readonly name: string; readonly password: string }[];
  /** UTC milliseconds. */
  readonly at: number;
}

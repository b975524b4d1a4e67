/** What `wss batch` and its threads say to each other. */

/** Given to a thread when it starts. */
export interface BatchThreadData {
  /** What relative paths are relative to. */
  readonly base: string;
  /**
   * One cell, shared: the number of the line that the thread is at, -1 between two. It is what is left of a thread that
   * died.
   */
  readonly at: Int32Array;
}

/** Lines that a thread judges one after the other. */
export interface BatchRequest {
  /** The number of the first line among all. */
  readonly start: number;
  readonly lines: readonly string[];
}

/** The reports of some of the lines, in their order, each with its line end: moved to the other thread, not copied. */
export interface BatchReply {
  readonly start: number;
  readonly count: number;
  readonly reports: Uint8Array<ArrayBuffer>;
}

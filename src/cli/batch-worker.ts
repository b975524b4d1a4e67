/** A worker thread of `wss batch`: some lines in, their reports as octets of JSON lines out. */
import { parentPort } from 'node:worker_threads';
import { jsonText } from '../content/visible-text.ts';
import { reportOfLine } from './batch-job.ts';
import { createReceiver } from './receiver.ts';

/** Lines that a thread judges one after the other. */
export interface BatchRequest {
  readonly index: number;
  readonly lines: readonly string[];
  /** What relative paths are relative to. */
  readonly base: string;
}

/** The reports in the order of the lines, each with its line end: moved to the other thread, not copied. */
export interface BatchReply {
  readonly index: number;
  readonly reports: Uint8Array<ArrayBuffer>;
}

const receiver = createReceiver();
const encoder = new TextEncoder();

async function answer({ index, lines, base }: BatchRequest): Promise<void> {
  let text = '';
  for (const line of lines) text += `${jsonText(await reportOfLine(line, base, receiver))}\n`;
  const reports = encoder.encode(text);
  parentPort?.postMessage({ index, reports } satisfies BatchReply, [reports.buffer]);
}

// A thread gets its next lines before it is done with the last: one after the other all the same.
let queue = Promise.resolve();
parentPort?.on('message', (request: BatchRequest) => {
  queue = queue.then(() => answer(request));
});

/** A worker thread of `wss batch`: some lines in, their reports as octets of JSON lines out. */
import { parentPort, workerData } from 'node:worker_threads';
import { jsonText } from '../content/visible-text.ts';
import { reportOfLine } from './batch-job.ts';
import type { BatchReply, BatchRequest, BatchThreadData } from './batch-protocol.ts';
import { createReceiver } from './receiver.ts';

/** Characters of reports that are sent together, and milliseconds that one waits for others at most. */
const SENT_AT_ONCE = 65_536;
const LONGEST_WAIT = 200;

const { base, at } = workerData as BatchThreadData;
const receiver = createReceiver();
const encoder = new TextEncoder();

async function answer({ start, lines }: BatchRequest): Promise<void> {
  let text = '';
  let first = start;
  let sent = Date.now();
  for (const [index, line] of lines.entries()) {
    Atomics.store(at, 0, start + index);
    text += `${jsonText(await reportOfLine(line, base, receiver))}\n`;
    const next = start + index + 1;
    if (next < start + lines.length && text.length < SENT_AT_ONCE && Date.now() - sent < LONGEST_WAIT) continue;
    const reports = encoder.encode(text);
    parentPort?.postMessage({ start: first, count: next - first, reports } satisfies BatchReply, [reports.buffer]);
    text = '';
    first = next;
    sent = Date.now();
  }
  Atomics.store(at, 0, -1);
}

// A thread gets its next lines before it is done with the last: one after the other all the same.
let queue = Promise.resolve();
parentPort?.on('message', (request: BatchRequest) => {
  queue = queue.then(() => answer(request));
});

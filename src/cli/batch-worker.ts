/** A worker thread of `wss batch`: lines in, reports as JSON out. */
import { parentPort } from 'node:worker_threads';
import { reportOfLine } from './batch-job.ts';
import { createReceiver } from './receiver.ts';

export interface BatchRequest {
  readonly index: number;
  readonly line: string;
  readonly base: string;
}

export interface BatchReply {
  readonly index: number;
  readonly report: string;
}

const receiver = createReceiver();

async function answer({ index, line, base }: BatchRequest): Promise<void> {
  const report = JSON.stringify(await reportOfLine(line, base, receiver));
  parentPort?.postMessage({ index, report } satisfies BatchReply);
}

parentPort?.on('message', (request: BatchRequest) => {
  void answer(request);
});

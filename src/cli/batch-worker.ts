/** A worker thread of `wss batch`: lines in, reports as JSON out. */
import { parentPort } from 'node:worker_threads';
import { reportOfLine } from './batch-job.ts';

export interface BatchRequest {
  readonly index: number;
  readonly line: string;
  readonly base: string;
}

export interface BatchReply {
  readonly index: number;
  readonly report: string;
}

parentPort?.on('message', ({ index, line, base }: BatchRequest) => {
  void reportOfLine(line, base).then((report) => parentPort?.postMessage({ index, report: JSON.stringify(report) } satisfies BatchReply));
});

/** The facts of a message that a corpus holds. */
import { parseJob } from '../../src/cli/batch-job.ts';
import { prepareJob } from '../../src/cli/job.ts';
import { createReceiver } from '../../src/cli/receiver.ts';
import { judge } from '../../src/engine/index.ts';
import { messageFacts, type MessageFacts } from '../../src/engine/message/facts.ts';

/** One for all messages of a corpus: their key files are opened once. */
const RECEIVER = createReceiver();

/** The facts of a message that verifies or decrypts as its sender meant it; null for any other. */
export async function factsOf(id: string, job: object): Promise<MessageFacts | null> {
  const read = parseJob(JSON.stringify(job));
  if ('failed' in read) throw new Error(`${id}: ${read.failed}`);
  const request = await prepareJob(read.job, '/', null, RECEIVER);
  const { trace, message } = await judge(request, RECEIVER);
  if (!trace.verdict.headline.startsWith('valid') || message.kind !== 'read') return null;
  const { view, tokens, signatures, decrypted, parsed } = message;
  return messageFacts({ view, tokens: tokens.all, signatures, decrypted, attachments: parsed.attachments });
}

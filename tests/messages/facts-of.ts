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
  const parsed = parseJob(JSON.stringify(job));
  if ('failed' in parsed) throw new Error(`${id}: ${parsed.failed}`);
  const request = await prepareJob(parsed.job, '/', null, RECEIVER);
  const { trace, message } = await judge(request, RECEIVER);
  const { view, tokens, parsed: input } = message;
  if (!trace.verdict.headline.startsWith('valid') || view === null || tokens === null || input === null) return null;
  return messageFacts({
    view,
    tokens: tokens.all,
    signatures: message.signatures,
    decrypted: message.decrypted,
    attachments: input.attachments,
  });
}

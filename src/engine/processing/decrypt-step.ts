/** Runs decryption over a message that holds any (SMS §9; in order before tokens and signatures). */
import { Budget } from '../bytes/budget.ts';
import type { DecryptedMessage } from '../encryption/decrypted-message.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import { readTokens } from '../tokens/read-tokens.ts';
import type { Token } from '../tokens/token.ts';
import { Recorder } from '../trace/recorder.ts';
import type { XmlDocument } from '../xml/document.ts';
import type { OpenRun, RunContext } from '../run/run-context.ts';
import { viewMessage, type MessageView } from '../message/message-view.ts';

/** A state read again, without steps: what it says was recorded, and counted, when it was read first. */
export function readAgain(document: XmlDocument, run: RunContext): MessageView {
  return viewMessage(document, { ...run, budget: new Budget(run.budget.limits), recorder: Recorder.silent() });
}

/** What keys are searched for in: the run in one state of its message. */
export function keyContextOf(view: MessageView, run: OpenRun): Omit<KeyResolutionContext, 'encryptedKeySecrets'> {
  return { ...run, document: view.document, ids: view.ids, tokens: tokensOf(view, run) };
}

function tokensOf(view: MessageView, run: RunContext): readonly Token[] {
  const ports = { ...run, budget: new Budget(run.budget.limits) };
  const headers = view.envelope === null ? [null] : (view.headers?.headers ?? []).map((header) => header.node);
  return headers.flatMap((header) => readTokens(view.document, header, view.ids, ports));
}

/** Null where the message holds nothing encrypted. */
export async function decryptStep(view: MessageView, run: OpenRun): Promise<DecryptedMessage | null> {
  if (view.encrypted.data.length === 0 && view.encrypted.keys.length === 0) return null;
  // A chunk of its own: most messages hold nothing encrypted.
  const [{ decryptMessage }, provider] = await Promise.all([
    import('../encryption/decrypt-message.ts'),
    run.decryption(),
  ]);
  return decryptMessage({
    document: view.document,
    foreign: (view.headers?.headers ?? []).filter((header) => !header.ours).map((header) => header.node),
    keysFor: (document) => keyContextOf(document === view.document ? view : readAgain(document, run), run),
    run,
    provider,
  });
}

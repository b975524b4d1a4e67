/**
 * The request that a message answers, opened as a message is: wrappings and xop:Include taken off, decrypted with the
 * given keys (SMS 1.1 §7.7, §8.5). It is read in silence: nothing of it is judged.
 */
import { signatureValues } from '../tokens/signature-confirmation.ts';
import { readEncryptedKey } from '../tokens/encrypted-key.ts';
import { Recorder } from '../trace/recorder.ts';
import type { AnsweredRequest, OpenRun, RunContext } from '../run/run-context.ts';
import { openersFor } from '../input/open-input.ts';
import { octetsByName } from '../attachments/attachment.ts';
import { viewMessage } from '../message/message-view.ts';
import { isWithin } from '../xml/navigate.ts';
import { decryptStep, keyContextOf, readAgain } from './decrypt-step.ts';
import { parseInput } from './parse-step.ts';

/** Reads the request that a response answers; null where it is not well-formed. @throws {BudgetExceeded} */
export async function openAnswered(octets: Uint8Array, run: RunContext): Promise<AnsweredRequest | null> {
  const aside = { ...run, recorder: Recorder.silent() };
  const parsed = parseInput(octets, aside, new Map(), await openersFor(octets));
  if (!parsed.wellFormed) return null;
  const { attachments } = parsed;
  const open: OpenRun = { ...aside, attachments, external: octetsByName(attachments), answered: null };
  const arrived = viewMessage(parsed.xop?.document ?? parsed.result.document, aside);
  const decrypted = await decryptStep(arrived, open);
  const view = decrypted === null || decrypted.parts.length === 0 ? arrived : readAgain(decrypted.final.document, open);
  const headers = view.headers?.headers ?? [];
  const secrets = new Map<string, Uint8Array>();
  // A key is named by the octets that carried it: those of the request as it was sent, too.
  for (const state of decrypted === null ? [] : [decrypted.final, decrypted.stateWith(() => false)]) {
    for (const [node, secret] of decrypted?.sessionKeysOf(state) ?? []) {
      const { sha1 } = readEncryptedKey(state.document, node, run.crypto);
      if (sha1 !== null) secrets.set(sha1, secret);
    }
  }
  return {
    ...keyContextOf(view, open),
    encryptedKeySecrets: decrypted?.sessionKeysOf(decrypted.final) ?? new Map(),
    secrets,
    signatureValues: signatureValues(view.document),
    headersOpened: !view.encrypted.data.some((node) =>
      headers.some((header) => isWithin(view.document, node, header.node)),
    ),
  };
}

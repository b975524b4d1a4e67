/**
 * Runs decryption over a message that holds any, and over the request that it answers (SMS §9; issue order: before
 * tokens and signatures).
 */
import type { Attachments } from '../attachments/attachment.ts';
import { Budget } from '../bytes/budget.ts';
import type { DecryptionProvider } from '../crypto/decryption-provider.ts';
import type { DecryptedMessage } from '../encryption/decrypted-message.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import { readEncryptedKey } from '../tokens/encrypted-key.ts';
import { readTokens } from '../tokens/read-tokens.ts';
import type { Token } from '../tokens/token.ts';
import { Recorder } from '../trace/recorder.ts';
import type { XmlDocument } from '../xml/document.ts';
import { parseXml } from '../xml/parse.ts';
import type { JudgeRequest, RunPorts } from '../message/request.ts';
import { viewMessage, type MessageView } from '../message/message-view.ts';
import { openInput } from '../input/open-input.ts';

/** Everything a state of the message is read with. */
export interface ReadingPorts {
  readonly request: JudgeRequest;
  readonly ports: RunPorts;
  readonly budget: Budget;
  readonly recorder: Recorder;
  readonly external: ReadonlyMap<string, Uint8Array>;
  /** The parts behind `external`, with their header fields. */
  readonly attachments: Attachments;
  /** Session keys by EncryptedKeySHA1, from the request. */
  readonly requestSecrets: ReadonlyMap<string, Uint8Array>;
}

export type KeyContext = Omit<KeyResolutionContext, 'encryptedKeySecrets' | 'external'> & {
  readonly external: ReadonlyMap<string, Uint8Array>;
};

/** A state read again, without steps: what it says was recorded, and counted, when it was read first. */
export function readAgain(document: XmlDocument, reading: ReadingPorts): MessageView {
  return viewMessage(document, reading.request, new Budget(reading.budget.limits), Recorder.silent());
}

export function keyContextOf(view: MessageView, reading: ReadingPorts): KeyContext {
  const { request, ports, budget, recorder } = reading;
  return {
    document: view.document,
    ids: view.ids,
    tokens: tokensOf(view, reading),
    keys: request.keys,
    users: request.users,
    crypto: ports.crypto,
    certificates: ports.certificates,
    budget,
    recorder,
    requestSecrets: reading.requestSecrets,
    external: reading.external,
  };
}

function tokensOf(view: MessageView, reading: ReadingPorts): readonly Token[] {
  const ports = { ...reading.ports, budget: new Budget(reading.budget.limits) };
  const headers = view.envelope === null ? [null] : (view.headers?.headers ?? []).map((header) => header.node);
  return headers.flatMap((header) => readTokens(view.document, header, view.ids, ports));
}

async function decryptionOf({ decryption }: RunPorts): Promise<DecryptionProvider> {
  if (typeof decryption === 'function') return decryption();
  return decryption ?? (await import('../crypto/decryption-web.ts')).createDecryptionProvider(null);
}

/** Null where the message holds nothing encrypted. */
export async function decryptStep(view: MessageView, reading: ReadingPorts): Promise<DecryptedMessage | null> {
  if (view.encrypted.data.length === 0 && view.encrypted.keys.length === 0) return null;
  const { request, ports } = reading;
  // A chunk of its own: most messages hold nothing encrypted.
  const [{ decryptMessage }, provider] = await Promise.all([
    import('../encryption/decrypt-message.ts'),
    decryptionOf(ports),
  ]);
  return decryptMessage({
    document: view.document,
    foreign: (view.headers?.headers ?? []).filter((header) => !header.ours).map((header) => header.node),
    keysFor: (document) => keyContextOf(document === view.document ? view : readAgain(document, reading), reading),
    crypto: ports.crypto,
    provider,
    external: reading.external,
    sessionKeys: new Map(
      request.keys.flatMap((entry) =>
        entry.secret !== null && entry.name !== null ? [[entry.name, entry.secret]] : [],
      ),
    ),
    budget: reading.budget,
    recorder: reading.recorder,
  });
}

/** Session keys of the request, by EncryptedKeySHA1: those that the given keys open. */
export async function sessionKeysOfRequest(
  octets: Uint8Array,
  reading: ReadingPorts,
): Promise<ReadonlyMap<string, Uint8Array>> {
  const secrets = new Map<string, Uint8Array>();
  const { document, wellFormed } = parseXml(openInput(octets, reading.budget).octets, {
    budget: reading.budget,
    space: 'request',
  });
  if (!wellFormed) return secrets;
  const aside = { ...reading, recorder: Recorder.silent() };
  const decrypted = await decryptStep(readAgain(document, aside), aside);
  if (decrypted === null) return secrets;
  for (const state of [decrypted.final, decrypted.stateWith(() => false)]) {
    for (const [node, secret] of decrypted.sessionKeysOf(state)) {
      const { sha1 } = readEncryptedKey(state.document, node, reading.ports.crypto);
      if (sha1 !== null) secrets.set(sha1, secret);
    }
  }
  return secrets;
}

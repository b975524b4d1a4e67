/**
 * The engine's worker: judges, and keeps octets, keys and passwords away from the page. It has no network
 * (docs/limits.md, "What the page closes").
 */
import { fieldValue, type Attachment } from '../../engine/attachments/attachment.ts';
import { Budget, BudgetExceeded } from '../../engine/bytes/budget.ts';
import { createDecryptionProvider } from '../../engine/crypto/decryption-web.ts';
import { createCryptoProvider } from '../../engine/crypto/provider-web.ts';
import type { SubtleCipherPort, SubtlePort } from '../../engine/crypto/subtle-port.ts';
import { judge } from '../../engine/index.ts';
import { inputRanges } from '../../engine/input/input-ranges.ts';
import { openInput } from '../../engine/input/open-input.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import { parseXml } from '../../engine/xml/parse.ts';
import { decryptedOutline } from './decrypted-outline.ts';
import { KeyBox } from './key-box.ts';
import { opinionsOn } from '../../second-opinion/opinions.ts';
import { outlineOf } from './outline.ts';
import type { AttachmentSummary, FromWorker, JudgeAnswer, JudgeCall, Outline, ToWorker } from '../page/protocol.ts';
import { Spaces } from './spaces.ts';

interface WorkerScope {
  readonly crypto: { readonly subtle?: SubtlePort & SubtleCipherPort };
  postMessage(message: FromWorker, transfer?: readonly ArrayBuffer[]): void;
  addEventListener(type: 'message', listener: (event: { readonly data: ToWorker }) => void): void;
}

/** Attachments that are told of. */
const ATTACHMENTS = 200;

const scope = globalThis as unknown as WorkerScope;
const crypto = createCryptoProvider(scope.crypto.subtle ?? null);
const decryption = createDecryptionProvider(scope.crypto.subtle ?? null);
const keys = new KeyBox();
const spaces = new Spaces();
/** The newest run's id, shared with the page where the browser allows; else set by messages between steps. */
let newest: Int32Array | null = null;
const cancelled = new Set<number>();
let lastTrace: Trace | null = null;
/** Session and derived keys of the last run; one leaves the worker only when its user asks to see it. */
let stepKeys: ReadonlyMap<string, Uint8Array> = new Map();

const now = () => (globalThis as unknown as { performance: { now(): number } }).performance.now();

function view(octets: Uint8Array): Pick<JudgeAnswer, 'outline' | 'attachments'> {
  const empty: Outline = { space: 'input', nodes: [], cut: false };
  try {
    const opened = openInput(octets, new Budget());
    const attachments = [...opened.parts.values()].slice(0, ATTACHMENTS).map((part) => attachmentSummary(part, octets));
    const { document } = parseXml(opened.octets, {
      budget: new Budget(),
      ...(opened.charset ? { externalEncoding: opened.charset } : {}),
    });
    const toInput = inputRanges(opened.segments);
    const outline = outlineOf({
      ...document,
      range: (start, end) => {
        const range = document.range(start, end);
        return toInput(range.start, range.end);
      },
    });
    return { outline, attachments };
  } catch (error) {
    if (error instanceof BudgetExceeded) return { outline: empty, attachments: [] };
    throw error;
  }
}

function attachmentSummary(part: Attachment, input: Uint8Array): AttachmentSummary {
  const { encoded } = part;
  const stands = encoded.buffer === input.buffer;
  const start = encoded.byteOffset - input.byteOffset;
  return {
    name: part.name,
    mediaType: fieldValue(part, 'Content-Type')?.split(';')[0]?.trim() ?? '',
    size: part.octets.length,
    start: stands ? start : null,
    end: stands ? start + encoded.length : null,
  };
}

async function run(id: number, call: JudgeCall): Promise<JudgeAnswer> {
  const began = now();
  let reported = 0;
  const { settings } = call;
  const judged = await judge(
    {
      octets: call.octets,
      keys: keys.entries,
      crls: keys.crls,
      users: keys.users,
      at: settings.at,
      skewSeconds: settings.skewSeconds,
      ttlSeconds: settings.ttlSeconds,
      request: call.request,
      attachments: new Map(call.attachments),
      receiverActor: settings.receiverActor,
      idAttributes: settings.idAttributes,
      diagnosis: settings.diagnosis,
    },
    {
      crypto,
      decryption,
      cancelled: () => cancelled.has(id) || (newest !== null && Atomics.load(newest, 0) !== id),
      progress: (what, done) => {
        const at = now();
        if (at - reported < 50) return;
        reported = at;
        scope.postMessage({ type: 'progress', id, what, done });
      },
    },
  );
  spaces.take(judged.octets);
  lastTrace = judged.trace;
  stepKeys = judged.stepKeys;
  return {
    trace: judged.trace,
    ...view(call.octets),
    opened: decryptedOutline(judged.trace, judged.octets),
    elapsed: now() - began,
  };
}

async function answer(message: Exclude<ToWorker, { call: 'cancel' | 'share' }>): Promise<unknown> {
  switch (message.call) {
    case 'judge':
      return run(message.id, message.send);
    case 'addKeyFiles':
      for (const file of message.send.files) await keys.add(file);
      return keys.ring();
    case 'unlock':
      await keys.unlock(message.send.file, message.send.alias, message.send.password);
      return keys.ring();
    case 'takeAsSecret':
      await keys.takeAsSecret(message.send.file, message.send.keyName);
      return keys.ring();
    case 'removeKeyFile':
      keys.remove(message.send.file);
      return keys.ring();
    case 'setTrusted':
      await keys.setTrusted(message.send.file, message.send.trusted);
      return keys.ring();
    case 'addUser':
      keys.addUser(message.send.name, message.send.password);
      return keys.ring();
    case 'removeUser':
      keys.removeUser(message.send.name);
      return keys.ring();
    case 'wipe':
      keys.wipe();
      lastTrace = null;
      stepKeys = new Map();
      spaces.take(new Map());
      return keys.ring();
    case 'secondOpinion':
      return lastTrace
        ? opinionsOn(lastTrace, message.send.octets, keys.entries, scope.crypto as unknown as Crypto)
        : null;
    case 'revealKey':
      return stepKeys.get(message.send.step)?.slice() ?? null;
    case 'octets':
      return spaces.octets(message.send.space, message.send.start, message.send.end);
    case 'origin':
      return spaces.origin(message.send.space, message.send.start, message.send.end, message.send.toInput);
  }
}

/** Key changes and runs one after the other: a run sees the keys as they were when it was asked for. */
let queue: Promise<void> = Promise.resolve();

async function serve(data: Exclude<ToWorker, { call: 'cancel' | 'share' }>): Promise<void> {
  const { id } = data;
  if (data.call === 'judge' && superseded(id)) {
    scope.postMessage({ type: 'cancelled', id });
    return;
  }
  try {
    const value = await answer(data);
    if (cancelled.delete(id)) scope.postMessage({ type: 'cancelled', id });
    else scope.postMessage({ type: 'answer', id, value });
  } catch (error) {
    if (data.call === 'judge' && superseded(id)) scope.postMessage({ type: 'cancelled', id });
    else {
      scope.postMessage({
        type: 'defect',
        id,
        message: error instanceof Error ? `${error.name}: ${error.message}` : String(error),
        stack: error instanceof Error ? (error.stack ?? '') : '',
      });
    }
  }
}

function superseded(id: number): boolean {
  return cancelled.delete(id) || (newest !== null && Atomics.load(newest, 0) !== id);
}

scope.addEventListener('message', ({ data }) => {
  if (data.call === 'share') {
    newest = new Int32Array(data.newest);
    return;
  }
  if (data.call === 'cancel') {
    cancelled.add(data.id);
    return;
  }
  queue = queue.then(() => serve(data));
});

scope.postMessage({ type: 'ready' });

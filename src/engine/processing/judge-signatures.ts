/** Judges every signature on the state of the message that it was made over (SMS §5, §8, §9.4). */
import type { ComposedDocument, OpenedPart } from '../splice/composed-document.ts';
import type { DecryptedMessage } from '../encryption/decrypted-message.ts';
import { processingOrder, type ProcessingOrder } from '../encryption/processing-order.ts';
import { makeTokenDereferencer } from '../key-resolution/token-dereferencer.ts';
import { resolveKeyInfo } from '../key-resolution/resolve-key-info.ts';
import { findSignatures, type FoundSignature } from '../signature/find-signatures.ts';
import { NOTHING_ENCRYPTED, type JudgedSignature } from '../signature/judged-signature.ts';
import type { SignatureContext } from '../signature/signature-context.ts';
import { verifySignature } from '../signature/verify-signature.ts';
import { Recorder } from '../trace/recorder.ts';
import { NO_NODE } from '../xml/document.ts';
import { holdsOffset, startOf } from '../xml/navigate.ts';
import type { OpenRun } from '../run/run-context.ts';
import { keyContextOf, readAgain } from './decrypt-step.ts';
import {
  attachmentState,
  encryptedAttachments,
  type AttachmentState,
  type EncryptedAttachment,
} from './encrypted-attachments.ts';
import { mapSignature, undecryptedIn } from './map-signature.ts';
import type { MessageView } from '../message/message-view.ts';

/**
 * @param into gets each judged signature, so that a bound hit in the middle loses nothing
 * @param between called before each signature with the share that is done
 */
export async function judgeSignatures(
  view: MessageView,
  decrypted: DecryptedMessage | null,
  run: OpenRun,
  into: JudgedSignature[],
  between: (done: number) => void,
): Promise<void> {
  const { document } = view;
  const found = findSignatures({
    document,
    envelope: view.envelope?.node ?? null,
    ours: view.ours,
    budget: run.budget,
  });
  const states = new States(view, decrypted, run);
  for (const [index, signature] of found.entries()) {
    between(index / found.length);
    into.push(await states.judge(signature));
  }
}

/** Parts of which the order is told: one says as much as thousands. */
const ORDERED = 200;

const UNTOLD = { order: null, encrypted: NOTHING_ENCRYPTED } as const;

class States {
  readonly #view: MessageView;
  readonly #decrypted: DecryptedMessage | null;
  readonly #run: OpenRun;
  readonly #views = new Map<ComposedDocument, MessageView>();
  /** Null where nothing opened: then there is one state. */
  readonly #opened: { readonly decrypted: DecryptedMessage; readonly order: ProcessingOrder } | null;
  readonly #encrypted: readonly EncryptedAttachment[];
  #attachments: AttachmentState;

  constructor(view: MessageView, decrypted: DecryptedMessage | null, run: OpenRun) {
    this.#view = view;
    this.#decrypted = decrypted;
    this.#run = run;
    this.#encrypted =
      decrypted === null ? [] : encryptedAttachments(view, run.attachments, decrypted.reports, run.recorder);
    this.#attachments = attachmentState(run.attachments, [], () => false);
    this.#opened =
      decrypted === null || decrypted.parts.length === 0
        ? null
        : { decrypted, order: processingOrder(decrypted, view.ids, view.ours) };
  }

  /** On the attachments too as they are when the signature's turn comes. */
  async judge(found: FoundSignature): Promise<JudgedSignature> {
    if (this.#encrypted.length === 0) return this.#judge(found);
    const at = startOf(this.#view.document, found.node);
    const early = (one: EncryptedAttachment) => one.turn < at;
    this.#attachments = attachmentState(this.#run.attachments, this.#encrypted, early);
    const judged = await this.#judge(found);
    if (!wrong(judged)) return judged;
    const after = this.#encrypted.some((one) => !early(one));
    this.#attachments = attachmentState(this.#run.attachments, this.#encrypted, () => after);
    const final = this.#decrypted?.final ?? null;
    if (sound(await verifySignature(found, this.#context(this.#view, final, Recorder.silent()), null))) {
      this.#recordOrder(judged, after);
    }
    return judged;
  }

  async #judge(found: FoundSignature): Promise<JudgedSignature> {
    const { recorder } = this.#run;
    if (this.#opened === null) {
      const final = this.#decrypted?.final ?? null;
      return verifySignature(found, this.#context(this.#view, final, recorder), null);
    }
    const { decrypted, order } = this.#opened;
    const { final, parts } = decrypted;
    const [first, ...others] = order.statesFor(found.node);
    const state = others.length === 0 ? first : ((await this.#firstSound(found, [first, ...others], final)) ?? first);
    await decrypted.register(state);
    const judged =
      (await this.#verify(found, state, final, recorder)) ??
      (await verifySignature(found, this.#context(this.#view, final, recorder), null));
    if (others.length === 0 && wrong(judged)) {
      // It verifies in another order than that of the header: who signed worked in that order.
      const other = await this.#firstSound(found, order.alternativesTo(found.node), final);
      if (other !== null) this.#recordOrder(judged, other === final);
    }
    const own = judged.document === state.document;
    const told = own && sound(judged) ? this.#tellSender(judged, state, parts) : UNTOLD;
    return mapSignature({ ...judged, ...told }, own ? state : final, final, parts);
  }

  /** The first of the states in which the signature holds; null where it holds in none. */
  async #firstSound(
    found: FoundSignature,
    states: readonly ComposedDocument[],
    final: ComposedDocument,
  ): Promise<ComposedDocument | null> {
    for (const state of states) if (sound(await this.#verify(found, state, final, Recorder.silent()))) return state;
    return null;
  }

  /** Null where the signature does not stand in that state. */
  async #verify(
    found: FoundSignature,
    state: ComposedDocument,
    final: ComposedDocument,
    recorder: Recorder,
  ): Promise<JudgedSignature | null> {
    const offset = state.offsetOf(final.placeOf(startOf(final.document, found.node)));
    const node = offset === null ? NO_NODE : state.elementAt(offset);
    if (node === NO_NODE) return null;
    return verifySignature({ ...found, node }, this.#context(this.#viewOf(state), state, recorder), null);
  }

  #viewOf(state: ComposedDocument): MessageView {
    if (state.document === this.#view.document) return this.#view;
    const known = this.#views.get(state);
    if (known !== undefined) return known;
    const view = readAgain(state.document, this.#run);
    this.#views.set(state, view);
    return view;
  }

  #context(view: MessageView, state: ComposedDocument | null, recorder: Recorder): SignatureContext {
    const decrypted = this.#decrypted;
    const encryptedKeySecrets = decrypted === null || state === null ? new Map() : decrypted.sessionKeysOf(state);
    const keys = { ...keyContextOf(view, { ...this.#run, recorder }), encryptedKeySecrets };
    return {
      ...keys,
      external: this.#attachments.external,
      attachments: this.#attachments.attachments,
      undecryptedAttachments: this.#attachments.undecrypted,
      shared: this.#run.shared,
      dereferenceToken: makeTokenDereferencer(keys),
      resolveKey: (keyInfo, purpose, parent) => resolveKeyInfo(keyInfo, purpose, keys, parent),
      undecrypted:
        decrypted === null || state === null
          ? view.encrypted.data
          : undecryptedIn(state, view.encrypted.data, decrypted.parts),
      textSplitters: view.textSplitters,
    };
  }

  /** Of a signature that holds: whether its sender signed before or after encrypting what it covers (SMS §9.4). */
  #tellSender(
    { document, references, report }: JudgedSignature,
    state: ComposedDocument,
    parts: readonly OpenedPart[],
  ): Pick<JudgedSignature, 'order' | 'encrypted'> {
    const targets = references.flatMap(({ processed }) =>
      processed.status === 'octets' && processed.target !== null ? [processed.target] : [],
    );
    const covers = (offset: number | null) =>
      offset !== null && targets.some((target) => holdsOffset(document, target, offset));
    const asPlaintext: number[] = [];
    const asCiphertext: number[] = [];
    for (const part of parts.slice(0, ORDERED)) {
      const opened = state.offsetOf({ container: part.index, offset: part.skip });
      if (covers(opened)) asPlaintext.push(part.index);
      else if (opened === null && covers(state.offsetOf({ container: part.container, offset: part.start }))) {
        asCiphertext.push(part.index);
      }
    }
    const counts = { signedFirst: asPlaintext.length, encryptedFirst: asCiphertext.length };
    const { signedFirst, encryptedFirst } = counts;
    if (signedFirst + encryptedFirst === 0) return UNTOLD;
    const order = encryptedFirst === 0 ? 'sign-then-encrypt' : signedFirst === 0 ? 'encrypt-then-sign' : 'both';
    this.#run.recorder
      .step('decrypt', {
        range: report.range,
        data: { order, signature: report.step, ...counts },
        citation: { spec: 'SMS', section: '9.4' },
      })
      .end();
    return { order, encrypted: { asPlaintext, asCiphertext } };
  }

  #recordOrder(judged: JudgedSignature, after: boolean): void {
    const step = this.#run.recorder.step('decrypt', {
      range: judged.report.range,
      data: { order: after ? 'decrypt-first' : 'verify-first', signature: judged.report.step },
      citation: { spec: 'SMS', section: '5' },
    });
    step.finding({
      code: 'encrypt-then-sign-confusion',
      severity: 'error',
      confidence: 'proven',
      data: { id: judged.report.id, signedOver: after ? 'plaintext' : 'ciphertext' },
      ranges: [judged.report.range],
      fault: 'wsse:FailedCheck',
    });
    step.end('failed');
  }
}

function sound(judged: JudgedSignature | null): boolean {
  return (
    judged !== null &&
    judged.report.value === 'pass' &&
    judged.references.length > 0 &&
    judged.references.every((reference) => reference.report.digest === 'pass')
  );
}

function wrong(judged: JudgedSignature): boolean {
  return judged.report.value === 'fail' || judged.references.some((reference) => reference.report.digest === 'fail');
}

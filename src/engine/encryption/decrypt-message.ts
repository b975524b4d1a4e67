/**
 * Decrypts a message: every EncryptedKey and EncryptedData that a key opens, layer by layer, going on after every
 * failure (XML Encryption 1.1 §4.4; SMS §9.4).
 */
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import { BudgetExceeded } from '../bytes/budget.ts';
import { readKeyNaming } from '../key-resolution/key-naming.ts';
import type { ComposedDocument, Place } from '../splice/composed-document.ts';
import { Recorder } from '../trace/recorder.ts';
import type { EncryptedReport } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { descendantElementsNamed, elementPath, nextOf, nodeRange, startOf } from '../xml/navigate.ts';
import { XENC } from '../xml/namespaces.ts';
import type { DecryptedMessage, DecryptionRequest, KnownData, KnownKey } from './decrypted-message.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { cipherUri, readEncrypted } from './encrypted-structure.ts';
import { keysInCycles, waitsForKey } from './find-secrets.ts';
import { givenSecret, namedSecrets, openGivenKey } from './given-session-keys.ts';
import {
  axisOf,
  forThisReceiver,
  inDocumentOrder,
  judgeLists,
  judgeNamedTwice,
  judgeNonces,
  needsNoList,
} from './judge-decryption.ts';
import { MessageStates } from './message-states.ts';
import { openEncryptedData } from './open-encrypted-data.ts';
import { openEncryptedKey } from './open-encrypted-key.ts';
import type { OpenedData } from './opened-data.ts';
import { readReferenceLists } from './reference-lists.ts';
import type { UnopenedPart } from './unopened-part.ts';

/** A decryption under way. */
class Decryption {
  readonly states: MessageStates;
  readonly keys = new Map<string, KnownKey>();
  readonly data = new Map<string, KnownData>();
  readonly unopened: UnopenedPart[] = [];
  readonly #request: DecryptionRequest;
  readonly #named: ReadonlyMap<string, Uint8Array>;

  constructor(request: DecryptionRequest) {
    this.#request = request;
    this.states = new MessageStates(request.document, request.run);
    this.#named = namedSecrets(request.run.keys);
  }

  /**
   * Rounds go on while something opens; what waits for a key that never opened is tried, and so reported, at the end.
   * @throws {BudgetExceeded}
   */
  async run(): Promise<void> {
    while ((await this.#round(false)) || (await this.#round(true)));
  }

  async #round(last: boolean): Promise<boolean> {
    const { document } = this.states.current;
    const context = this.#context();
    await this.#openKeys(context, last);
    const before = this.states.parts.length;
    for (const node of outermostData(document)) {
      if (this.data.has(this.#keyOf(node))) continue;
      if (!last && (await waitsForKey(readEncrypted(document, node), context, scratch()))) continue;
      this.#request.run.budget.spend('decryptions', 1, startOf(document, node));
      const opened = await openEncryptedData(node, context);
      if (opened.unopened !== null) this.unopened.push(opened.unopened);
      this.#keep(opened);
    }
    if (this.states.parts.length === before) return false;
    this.states.compose();
    return true;
  }

  #context(): DecryptionContext {
    const state = this.states.current;
    const { document } = state;
    const base = this.#request.keysFor(document);
    const encryptedKeySecrets = new Map(this.sessionKeysOf(state));
    for (const node of descendantElementsNamed(document, 0, XENC, 'EncryptedKey')) {
      const given = givenSecret(node, this.#named, base);
      if (given !== null && !encryptedKeySecrets.has(node)) encryptedKeySecrets.set(node, given);
    }
    const { provider } = this.#request;
    return { ...base, provider, encryptedKeySecrets, lists: readReferenceLists(document, base.ids) };
  }

  /** Keys may be wrapped in keys; each pass opens those whose own key is there. */
  async #openKeys(context: DecryptionContext, last: boolean): Promise<void> {
    const { document } = context;
    const waiting = descendantElementsNamed(document, 0, XENC, 'EncryptedKey').filter(
      (node) => !this.keys.has(this.#keyOf(node)),
    );
    for (let pass = 0, left = waiting; left.length > 0 && pass <= context.budget.limits.keyInfoDepth + 1; pass++) {
      const final = last && pass > 0;
      const cyclic = final ? keysInCycles(left, context) : null;
      const next: NodeIndex[] = [];
      for (const node of left) {
        if (!final && (await waitsForSecret(node, context))) next.push(node);
        else await this.#openKey(node, context, cyclic?.has(node) === true);
      }
      if (next.length === left.length && !last) break;
      left = next;
    }
  }

  async #openKey(node: NodeIndex, context: DecryptionContext, cyclic: boolean): Promise<void> {
    context.budget.check('decryptions', this.keys.size + 1, startOf(context.document, node));
    const given = context.encryptedKeySecrets.get(node);
    const opened =
      given === undefined ? await openEncryptedKey(node, context, cyclic) : openGivenKey(node, given, context);
    if (opened.unopened !== null) this.unopened.push(opened.unopened);
    if (opened.secret !== null) context.encryptedKeySecrets.set(node, opened.secret);
    const place = this.#placeOf(node);
    this.keys.set(keyOf(place), { place, opened });
  }

  #keep(opened: OpenedData): void {
    const { document } = this.states.current;
    const key = opened.encryptedKey === null ? null : this.#placeOf(opened.encryptedKey);
    const place = this.#placeOf(opened.node);
    const listless = needsNoList(document, opened.node);
    const replaces = opened.content?.replaces ?? null;
    const stands = opened.content !== null && opened.result === 'pass' && replaces !== null;
    const known = { place, opened, key, listless, report: reportOf(document, opened, this.#transportOf(key)) };
    // Known before its place is: a bound met there leaves it opened.
    this.data.set(keyOf(place), { ...known, part: stands ? this.states.parts.length : null });
    if (stands) this.states.open(opened, replaces);
  }

  #transportOf(key: Place | null): string | null {
    return key === null ? null : (this.keys.get(keyOf(key))?.opened.method ?? null);
  }

  #placeOf(node: NodeIndex): Place {
    const state = this.states.current;
    return state.placeOf(startOf(state.document, node));
  }

  #keyOf(node: NodeIndex): string {
    return keyOf(this.#placeOf(node));
  }

  /** Session keys by EncryptedKey of a state's document. */
  sessionKeysOf(state: ComposedDocument): ReadonlyMap<NodeIndex, Uint8Array> {
    const secrets = new Map<NodeIndex, Uint8Array>();
    for (const { place, opened } of this.keys.values()) {
      if (opened.secret === null) continue;
      const offset = state.offsetOf(place);
      const node = offset === null ? NO_NODE : state.elementAt(offset);
      if (node !== NO_NODE) secrets.set(node, opened.secret);
    }
    return secrets;
  }

  /** Parts that a bound kept from being tried are unknown, all under one step. */
  reportRest({ bound, limit, offset }: BudgetExceeded): void {
    const { document } = this.states.current;
    const step = this.#request.run.recorder.step('decrypt', { data: { stopped: 'limit', bound, limit } });
    const ranges = offset < 0 ? [] : [document.range(offset, offset + 1)];
    step.finding({ code: 'limit', severity: 'error', data: { bound, limit }, ranges });
    step.end('failed');
    for (const node of outermostData(document)) {
      const place = this.#placeOf(node);
      if (this.data.has(keyOf(place))) continue;
      const opened = untried(document, node, step.id);
      const report = reportOf(document, opened, null);
      this.data.set(keyOf(place), { place, opened, report, key: null, listless: true, part: null });
    }
  }
}

function untried(document: XmlDocument, node: NodeIndex, step: string): OpenedData {
  const structure = readEncrypted(document, node);
  return {
    node,
    structure,
    naming: readKeyNaming(document, structure.keyInfo),
    by: null,
    cipherUri: cipherUri(document, structure),
    method: structure.method?.algorithm ?? '',
    result: 'unknown',
    obstacle: null,
    step,
    content: null,
    encryptedKey: null,
    weak: false,
    unopened: null,
  };
}

/** @param keyTransport the method that carried its key; null where none did */
function reportOf(document: XmlDocument, opened: OpenedData, keyTransport: string | null): EncryptedReport {
  const { id } = opened.structure;
  return {
    step: opened.step,
    id,
    method: opened.method,
    keyTransport,
    result: opened.result,
    plaintextSha256: opened.content?.sha256 ?? null,
    space: opened.content?.space ?? null,
    target: { ...nodeRange(document, opened.node), path: elementPath(document, opened.node), id },
  };
}

/** A key that a private key opens waits for nothing. */
async function waitsForSecret(node: NodeIndex, context: DecryptionContext): Promise<boolean> {
  const structure = readEncrypted(context.document, node);
  if (algorithmByUri(structure.method?.algorithm ?? '')?.kind === 'key-transport') return false;
  return waitsForKey(structure, context, scratch());
}

function keyOf({ container, offset }: Place): string {
  return `${container}:${offset}`;
}

function scratch() {
  return Recorder.silent().step('decrypt');
}

/** EncryptedData elements that stand in no other one, in document order. */
function outermostData(document: XmlDocument): NodeIndex[] {
  const found: NodeIndex[] = [];
  let end = 0;
  for (const node of descendantElementsNamed(document, 0, XENC, 'EncryptedData')) {
    if (node < end) continue;
    found.push(node);
    end = nextOf(document, node);
  }
  return found;
}

/** @throws nothing for the message's faults: a bound that is hit ends the decryption and is told in `stopped` */
export async function decryptMessage(request: DecryptionRequest): Promise<DecryptedMessage> {
  const decryption = new Decryption(request);
  const { states } = decryption;
  let stopped: BudgetExceeded | null = null;
  try {
    await decryption.run();
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    stopped = error;
    decryption.reportRest(error);
  }
  const { recorder } = request.run;
  const final = states.current;
  const met = [...decryption.data.values()];
  const refused = judgeNamedTwice(request.document, request.keysFor(request.document).ids, recorder);
  const broken = judgeLists(final, request.keysFor(final.document).ids, met, recorder);
  if (states.parts.length > 0) await states.register(final);
  judgeNonces(met, recorder);
  const data = inDocumentOrder(met, states.parts);
  const keys = [...decryption.keys.values()];
  const axis = broken ? 'fail' : axisOf(...forThisReceiver(data, keys, request));
  if (axis === 'pass') excuseOthers(keys, recorder);
  return {
    final,
    parts: states.parts,
    reports: data.map((one) => one.report),
    data,
    keys,
    axis,
    unsupported:
      data.some((one) => one.opened.obstacle === 'unsupported') ||
      (data.length === 0 && keys.some((one) => one.opened.result === 'unsupported')),
    refused,
    weak:
      data.some((one) => one.opened.weak && one.opened.result === 'pass') ||
      keys.some((one) => one.opened.weak && one.opened.result === 'opened'),
    stopped,
    unopened: decryption.unopened,
    stateWith: (included) => states.with(included),
    register: (state) => states.register(state),
    sessionKeysOf: (state) => decryption.sessionKeysOf(state),
  };
}

/** Everything opened: a key that names somebody else is for another recipient of the same message, and no fault. */
function excuseOthers(keys: readonly KnownKey[], recorder: Recorder): void {
  for (const { opened } of keys) {
    if (opened.result !== 'missing') continue;
    const anew = { code: 'encrypted-for-another-recipient', severity: 'note' } as const;
    recorder.restate(opened.step, 'private-key-not-found', anew, 'skipped');
  }
}

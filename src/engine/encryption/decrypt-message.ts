/**
 * Decrypts a message: every EncryptedKey and EncryptedData that a key opens, layer by layer, going on after every
 * failure (XML Encryption 1.1 §4.4; SMS §9.4).
 */
import { readKeyNaming } from '../key-resolution/key-naming.ts';
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { XENC } from '../xml/namespaces.ts';
import { BudgetExceeded } from '../bytes/budget.ts';
import { encodeHex } from '../bytes/hex.ts';
import { INPUT_SPACE } from '../bytes/source-range.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import { readEncryptedKey } from '../tokens/encrypted-key.ts';
import { Recorder } from '../trace/recorder.ts';
import type { EncryptedReport } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, descendantElementsNamed, elementPath, nodeRange } from '../xml/navigate.ts';
import { ComposedDocument, ROOT, type OpenedPart, type Place } from '../splice/composed-document.ts';
import type { DecryptedMessage, DecryptionRequest, KnownData, KnownKey } from './decrypted-message.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { cipherUri, readEncrypted } from './encrypted-structure.ts';
import { keysInCycles, waitsForKey } from './find-secrets.ts';
import {
  axisOf,
  forThisReceiver,
  inDocumentOrder,
  judgeLists,
  judgeNamedTwice,
  judgeNonces,
  needsNoList,
} from './judge-decryption.ts';
import { openEncryptedData, type OpenedData } from './open-encrypted-data.ts';
import { openEncryptedKey, type OpenedKey } from './open-encrypted-key.ts';
import { readReferenceLists } from './reference-lists.ts';
import type { UnopenedPart } from './unopened-part.ts';

class Decryption {
  readonly request: DecryptionRequest;
  readonly parts: OpenedPart[] = [];
  readonly keys = new Map<string, KnownKey>();
  readonly data = new Map<string, KnownData>();
  readonly unopened: UnopenedPart[] = [];
  readonly states = new Map<string, ComposedDocument>();
  state: ComposedDocument;
  stopped: BudgetExceeded | null = null;
  /** Depth of encryption of each part's content. */
  readonly #layers: number[] = [];
  /** Session keys that the user gave: by an EncryptedKey's id, its EncryptedKeySHA1 or its CarriedKeyName. */
  readonly #named: ReadonlyMap<string, Uint8Array>;

  constructor(request: DecryptionRequest) {
    this.request = request;
    this.#named = new Map(
      request.run.keys.flatMap(({ secret, name }) => (secret === null || name === null ? [] : [[name, secret]])),
    );
    this.state = new ComposedDocument(request.document, [], () => false, INPUT_SPACE, request.run.budget);
  }

  /**
   * Rounds go on while something opens; what waits for a key that never opened is tried, and so reported, at the end.
   */
  async run(): Promise<void> {
    while ((await this.#round(false)) || (await this.#round(true)));
  }

  async #round(last: boolean): Promise<boolean> {
    const { document } = this.state;
    const context = this.#context();
    await this.#openKeys(context, last);
    const before = this.parts.length;
    for (const node of outermostData(document)) {
      const place = this.state.placeOf(document.start[node]!);
      if (this.data.has(keyOf(place))) continue;
      if (!last && (await waitsForKey(readEncrypted(document, node), context, scratch()))) continue;
      this.request.run.budget.spend('decryptions', 1, document.start[node]);
      const opened = await openEncryptedData(node, context);
      if (opened.unopened !== null) this.unopened.push(opened.unopened);
      this.#keep(opened, place);
    }
    if (this.parts.length === before) return false;
    this.#compose();
    return true;
  }

  #context(): DecryptionContext {
    const { request } = this;
    const { document } = this.state;
    const base = request.keysFor(document);
    const encryptedKeySecrets = new Map(this.#sessionKeys(this.state));
    for (const node of descendantElementsNamed(document, 0, XENC, 'EncryptedKey')) {
      const given = this.#given(node, base);
      if (given !== null && !encryptedKeySecrets.has(node)) encryptedKeySecrets.set(node, given);
    }
    return {
      ...base,
      provider: request.provider,
      encryptedKeySecrets,
      lists: readReferenceLists(document, base.ids),
    };
  }

  /** A session key given for an EncryptedKey, or kept from the request that carried the same one. */
  #given(node: NodeIndex, base: Omit<KeyResolutionContext, 'encryptedKeySecrets'>): Uint8Array | null {
    const sessionKeys = this.#named;
    if (sessionKeys.size === 0 && base.requestSecrets.size === 0) return null;
    const token = readEncryptedKey(base.document, node, base.crypto);
    const id = attributeValue(base.document, node, '', 'Id');
    for (const name of [id, token.sha1, token.keyName]) {
      const secret = name === null ? undefined : (sessionKeys.get(name) ?? base.requestSecrets.get(name));
      if (secret !== undefined) return secret;
    }
    return null;
  }

  async #openKeys(context: DecryptionContext, last: boolean): Promise<void> {
    const { document } = this.state;
    const waiting = descendantElementsNamed(document, 0, XENC, 'EncryptedKey').filter(
      (node) => !this.keys.has(keyOf(this.state.placeOf(document.start[node]!))),
    );
    // Keys may be wrapped in keys; each pass opens those whose own key is there.
    for (let pass = 0, left = waiting; left.length > 0 && pass <= context.budget.limits.keyInfoDepth + 1; pass++) {
      const next: NodeIndex[] = [];
      const final = last && pass > 0;
      const cyclic = final ? keysInCycles(left, context) : null;
      for (const node of left) {
        const structure = readEncrypted(document, node);
        const transport = algorithmByUri(structure.method?.algorithm ?? '')?.kind === 'key-transport';
        if (!transport && !final && (await waitsForKey(structure, context, scratch()))) {
          next.push(node);
          continue;
        }
        context.budget.check('decryptions', this.keys.size + 1, document.start[node]);
        const given = context.encryptedKeySecrets.get(node);
        const opened =
          given === undefined
            ? await openEncryptedKey(node, context, cyclic?.has(node) === true)
            : this.#givenKey(node, given, context);
        if (opened.unopened !== null) this.unopened.push(opened.unopened);
        if (opened.secret !== null) context.encryptedKeySecrets.set(node, opened.secret);
        this.keys.set(keyOf(this.state.placeOf(document.start[node]!)), {
          place: this.state.placeOf(document.start[node]!),
          opened,
        });
      }
      if (next.length === left.length && !last) break;
      left = next;
    }
  }

  #givenKey(node: NodeIndex, secret: Uint8Array, context: DecryptionContext): OpenedKey {
    const { document, recorder } = context;
    const structure = readEncrypted(document, node);
    const method = structure.method?.algorithm ?? '';
    const step = recorder.step('encrypted-key', {
      range: nodeRange(document, node),
      data: { method, path: elementPath(document, node), result: 'given' },
      citation: { spec: 'XMLENC', section: '3.5.1' },
    });
    step.key(secret);
    step.end();
    return {
      node,
      structure,
      naming: readKeyNaming(document, structure.keyInfo),
      by: { how: 'given', publicKey: null, certificate: null, secretBits: secret.length * 8 },
      method,
      result: 'opened',
      secret,
      step: step.id,
      weak: false,
      unopened: null,
    };
  }

  #keep(opened: OpenedData, place: Place): void {
    const { document } = this.state;
    const key = opened.encryptedKey === null ? null : this.state.placeOf(document.start[opened.encryptedKey]!);
    const report: EncryptedReport = {
      step: opened.step,
      id: opened.structure.id,
      method: opened.method,
      keyTransport: key === null ? null : (this.keys.get(keyOf(key))?.opened.method ?? null),
      result: opened.result,
      plaintextSha256: opened.sha256,
      space: opened.space,
      target: {
        ...nodeRange(document, opened.node),
        path: elementPath(document, opened.node),
        id: opened.structure.id,
      },
    };
    const listless = needsNoList(document, opened.node);
    if (opened.plaintext === null || opened.replaces === null || opened.space === null || opened.result !== 'pass') {
      this.data.set(keyOf(place), { place, opened, report, key, listless, part: null });
      return;
    }
    this.data.set(keyOf(place), { place, opened, report, key, listless, part: this.parts.length });
    const start = this.state.placeOf(document.start[opened.replaces]!);
    const end = this.state.placeOf(document.end[opened.replaces]! - 1);
    const layer = 1 + (start.container === ROOT ? 0 : this.#layers[start.container]!);
    this.request.run.budget.check('decryptionLayers', layer, document.start[opened.node]);
    this.#layers.push(layer);
    this.parts.push({
      index: this.parts.length,
      container: start.container,
      start: start.offset,
      end: end.offset + 1,
      space: opened.space,
      plaintext: opened.expanded?.octets ?? opened.plaintext,
      toSpace: opened.expanded?.toPlaintext ?? null,
      skip: opened.expanded === null ? opened.skip : 0,
      id: opened.structure.id,
    });
  }

  #compose(): void {
    this.states.clear();
    this.state = this.stateWith(() => true);
  }

  stateWith(included: (part: OpenedPart) => boolean): ComposedDocument {
    const key = this.parts.map((part) => (included(part) ? '1' : '0')).join('');
    const known = this.states.get(key);
    if (known !== undefined) return known;
    const state = new ComposedDocument(
      this.request.document,
      this.parts,
      included,
      `decoded-${this.parts.length}-${this.states.size + 1}`,
      this.request.run.budget,
    );
    this.states.set(key, state);
    return state;
  }

  #sessionKeys(state: ComposedDocument): ReadonlyMap<NodeIndex, Uint8Array> {
    const secrets = new Map<NodeIndex, Uint8Array>();
    for (const { place, opened } of this.keys.values()) {
      const offset = opened.secret === null ? null : state.offsetOf(place);
      const node = offset === null ? NO_NODE : state.elementAt(offset);
      if (node !== NO_NODE && opened.secret !== null) secrets.set(node, opened.secret);
    }
    return secrets;
  }

  async register(state: ComposedDocument): Promise<void> {
    const { document, run } = this.request;
    const { recorder, crypto } = run;
    const id = state.document.space;
    if (state.document === document || recorder.kept.has(id)) return;
    const digest = await crypto.digest(Digest.sha256, state.octets);
    recorder.space(
      id,
      state === this.state ? 'decoded' : 'transformed',
      'decrypted message',
      state.octets,
      document.space,
      () => state.origin(document.space),
      digest === null ? undefined : encodeHex(digest),
    );
  }

  sessionKeysOf(state: ComposedDocument): ReadonlyMap<NodeIndex, Uint8Array> {
    return this.#sessionKeys(state);
  }

  /** Parts that a bound kept from being tried are unknown, all under one step. */
  reportRest(error: BudgetExceeded): void {
    const { document } = this.state;
    this.stopped = error;
    const step = this.request.run.recorder.step('decrypt', {
      data: { stopped: 'limit', bound: error.bound, limit: error.limit },
    });
    const range = error.offset < 0 ? [] : [document.range(error.offset, error.offset + 1)];
    step.finding({ code: 'limit', severity: 'error', data: { bound: error.bound, limit: error.limit }, ranges: range });
    step.end('failed');
    for (const node of outermostData(document)) {
      const place = this.state.placeOf(document.start[node]!);
      if (this.data.has(keyOf(place))) continue;
      const structure = readEncrypted(document, node);
      const report: EncryptedReport = {
        step: step.id,
        id: structure.id,
        method: structure.method?.algorithm ?? '',
        keyTransport: null,
        result: 'unknown',
        plaintextSha256: null,
        space: null,
        target: { ...nodeRange(document, node), path: elementPath(document, node), id: structure.id },
      };
      this.data.set(keyOf(place), {
        place,
        report,
        key: null,
        listless: true,
        part: null,
        opened: {
          node,
          structure,
          naming: readKeyNaming(document, structure.keyInfo),
          by: null,
          cipherUri: cipherUri(document, structure),
          method: report.method,
          result: 'unknown',
          obstacle: null,
          step: step.id,
          plaintext: null,
          sha256: null,
          space: null,
          encryptedKey: null,
          replaces: null,
          expanded: null,
          skip: 0,
          nonce: null,
          weak: false,
          unopened: null,
        },
      });
    }
  }
}

function keyOf(place: Place): string {
  return `${place.container}:${place.offset}`;
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
    end = document.next[node]!;
  }
  return found;
}

/** @throws nothing for the message's faults: a bound that is hit ends the decryption and is told in `stopped` */
export async function decryptMessage(request: DecryptionRequest): Promise<DecryptedMessage> {
  const decryption = new Decryption(request);
  try {
    await decryption.run();
  } catch (error) {
    if (!(error instanceof BudgetExceeded)) throw error;
    decryption.reportRest(error);
  }
  const refused = judgeNamedTwice(request.document, request.keysFor(request.document).ids, request.run.recorder);
  const broken = judgeLists(
    decryption.state,
    request.keysFor(decryption.state.document).ids,
    [...decryption.data.values()],
    request.run.recorder,
  );
  if (decryption.parts.length > 0) await decryption.register(decryption.state);
  judgeNonces([...decryption.data.values()], request.run.recorder);
  const data = inDocumentOrder([...decryption.data.values()], decryption.parts);
  const keys = [...decryption.keys.values()];
  const axis = broken ? 'fail' : axisOf(...forThisReceiver(data, keys, request));
  // Everything opened: a key that names somebody else is for another recipient of the same message, and no fault.
  if (axis === 'pass') {
    for (const { opened } of keys) {
      if (opened.result === 'missing') {
        request.run.recorder.restate(
          opened.step,
          'private-key-not-found',
          { code: 'encrypted-for-another-recipient', severity: 'note' },
          'skipped',
        );
      }
    }
  }
  return {
    final: decryption.state,
    parts: decryption.parts,
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
    stopped: decryption.stopped,
    unopened: decryption.unopened,
    stateWith: (included) => decryption.stateWith(included),
    register: (state) => decryption.register(state),
    sessionKeysOf: (state) => decryption.sessionKeysOf(state),
  };
}

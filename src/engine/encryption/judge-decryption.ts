/**
 * What the opened and unopened parts of a message come to: the axis, and lists that lead nowhere (docs/command.md, "How
 * the axes are judged"; SMS §9.1).
 */
import { WSSE, XENC } from '../xml/namespaces.ts';
import { describeDuplicates } from '../references/dereference.ts';
import type { IdIndex } from '../references/id-index.ts';
import type { FindingDraft, Recorder } from '../trace/recorder.ts';
import type { Axes } from '../trace/trace.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { holdsOffset, isElement, isWithin, nodeRange, parentOf } from '../xml/navigate.ts';
import { holdersOf, ROOT, type ComposedDocument, type OpenedPart } from '../splice/composed-document.ts';
import type { DecryptionRequest, KnownData, KnownKey } from './decrypted-message.ts';
import { replacedElement } from './plaintext-placement.ts';
import { isSoapEnvelope, readReferenceLists, type EncryptionReference } from './reference-lists.ts';

/** Findings of one kind that a list of them is worth. */
const SHOWN = 10;

/**
 * Lists that name nothing, and parts of a SOAP message that no list names: a receiver that goes by the lists leaves
 * those undecrypted. True where a list is broken.
 */
export function judgeLists(
  state: ComposedDocument,
  ids: IdIndex,
  data: readonly KnownData[],
  recorder: Recorder,
): boolean {
  const { document } = state;
  const { references } = readReferenceLists(document, ids);
  const known = new Set(data.map((one) => one.opened.structure.id));
  // What is not there may stand in what stayed closed.
  const closed = data.some((one) => one.report.result !== 'pass');
  const dangling = references.filter(
    (one) =>
      !closed &&
      one.target === null &&
      one.uri?.startsWith('#') === true &&
      !known.has(one.uri.slice(1)) &&
      isElement(document, one.node, XENC, 'DataReference'),
  );
  const named = new Set(references.map((one) => one.uri?.slice(1)));
  const unnamed = isSoapEnvelope(document, document.root)
    ? data.filter(
        (one) =>
          (one.opened.structure.id === null || !named.has(one.opened.structure.id)) &&
          one.place.container === ROOT &&
          !one.listless,
      )
    : [];
  if (dangling.length === 0 && unnamed.length === 0) return false;
  const step = recorder.step('decrypt', {
    data: { lists: references.length, dangling: dangling.length, unnamed: unnamed.length },
    citation: { spec: 'SMS', section: '9.1' },
  });
  for (const one of dangling.slice(0, SHOWN)) step.finding(danglingReference(one, document));
  for (const one of unnamed.slice(0, SHOWN)) {
    step.finding({
      code: 'referencelist-missing',
      severity: 'error',
      ranges: [one.report.target],
      data: { reason: 'not-named', id: one.opened.structure.id, path: one.report.target.path },
    });
  }
  step.end();
  return dangling.length > 0;
}

/** A DataReference to what is not there. */
function danglingReference({ node, uri }: EncryptionReference, document: XmlDocument): FindingDraft {
  return {
    code: 'id-not-found',
    severity: 'error',
    ranges: [nodeRange(document, node)],
    data: {
      uri: uri,
      id: uri?.slice(1) ?? null,
      of: 'DataReference',
      nearMiss: null,
      candidates: [],
      candidateKinds: [],
      candidateAttributes: [],
      candidateElements: [],
    },
    fault: 'wsse:InvalidSecurity',
  };
}

/**
 * Ids that a list names and that stand twice: one receiver decrypts the one element, another the other
 * (docs/command.md, "The headline"; docs/attacks.md XSW-02). Asked of the message as it arrived, where none has been
 * put in another's place yet.
 * @returns whether there is one
 */
export function judgeNamedTwice(document: XmlDocument, ids: IdIndex, recorder: Recorder): boolean {
  const named = new Map<string, NodeIndex>();
  for (const { node, uri } of readReferenceLists(document, ids).references) {
    if (uri?.startsWith('#') === true && !named.has(uri)) named.set(uri, node);
  }
  const twice = [...named].filter(([uri]) => ids.lookup(uri.slice(1)).length > 1);
  if (twice.length === 0) return false;
  const step = recorder.step('decrypt', {
    data: { namedTwice: twice.length },
    citation: { spec: 'SMS', section: '9.1' },
  });
  for (const [uri, node] of twice.slice(0, SHOWN)) {
    const { code, data, ranges } = describeDuplicates(uri, uri.slice(1), ids.lookup(uri.slice(1)), document);
    step.finding({
      code,
      severity: 'error',
      ranges: [nodeRange(document, node), ...ranges],
      data,
      fault: 'wsse:InvalidSecurity',
    });
  }
  step.end('failed');
  return true;
}

/** Parts encrypted under one key with one nonce (docs/attacks.md ENC-04). */
export function judgeNonces(data: readonly KnownData[], recorder: Recorder): void {
  const byNonce = new Map<string, KnownData[]>();
  for (const one of data) {
    const nonce = one.opened.content?.nonce ?? null;
    if (nonce === null) continue;
    const others = byNonce.get(nonce);
    if (others === undefined) byNonce.set(nonce, [one]);
    else others.push(one);
  }
  for (const parts of byNonce.values()) {
    if (parts.length < 2) continue;
    const step = recorder.step('decrypt', {
      data: { parts: parts.length },
      citation: { spec: 'XMLENC', section: '5.2.4' },
    });
    step.finding({
      code: 'ENC-04',
      severity: 'warning',
      ranges: parts.slice(0, SHOWN).map((one) => one.report.target),
      data: { count: parts.length },
    });
    step.end();
  }
}

/** Whether receivers come to it without a list: in a Security header, or in an element that says what it is. */
export function needsNoList(document: XmlDocument, node: NodeIndex): boolean {
  const parent = parentOf(document, node);
  return replacedElement(document, node) !== node || (parent > 0 && isElement(document, parent, WSSE, 'Security'));
}

/** Parts in the order in which they stand, those of a decrypted part in its place. */
export function inDocumentOrder(data: readonly KnownData[], parts: readonly OpenedPart[]): readonly KnownData[] {
  return data
    .map((one) => ({
      one,
      path: [
        ...holdersOf(one.place, parts)
          .map((part) => part.start)
          .reverse(),
        one.place.offset,
      ],
    }))
    .sort((a, b) => compareNumbers(a.path, b.path))
    .map(({ one }) => one);
}

/** The first number that differs decides; where none does, the shorter list comes first. */
function compareNumbers(a: readonly number[], b: readonly number[]): number {
  for (const [index, left] of a.entries()) {
    const right = b[index];
    if (right === undefined) return 1;
    if (left !== right) return left - right;
  }
  return a.length - b.length;
}

/**
 * Without the keys in other receivers' headers, and the parts that only those headers name, as far as they are closed
 * to us.
 */
export function forThisReceiver(
  data: readonly KnownData[],
  keys: readonly KnownKey[],
  request: DecryptionRequest,
): [readonly KnownData[], readonly KnownKey[]] {
  const { document, foreign } = request;
  if (foreign.length === 0) return [data, keys];
  const elsewhere = new Set<string>();
  const here = new Set<string>();
  for (const { node, uri } of readReferenceLists(document, request.keysFor(document).ids).references) {
    if (uri?.startsWith('#') === true) {
      (foreign.some((header) => isWithin(document, node, header)) ? elsewhere : here).add(uri.slice(1));
    }
  }
  const others = (one: KnownData) =>
    one.opened.result === 'unknown' &&
    one.opened.structure.id !== null &&
    elsewhere.has(one.opened.structure.id) &&
    !here.has(one.opened.structure.id);
  const inForeign = (one: KnownKey) =>
    one.place.container === ROOT && foreign.some((header) => holdsOffset(document, header, one.place.offset));
  return [data.filter((one) => !others(one)), keys.filter((one) => one.opened.result === 'opened' || !inForeign(one))];
}

/**
 * docs/command.md: `pass` if every EncryptedData and EncryptedKey for which we are the recipient opened; `fail` if the
 * right key does not open it.
 */
export function axisOf(data: readonly KnownData[], keys: readonly KnownKey[]): Axes['decryption'] {
  if (data.length === 0 && keys.length === 0) return 'absent';
  if (data.some((one) => one.opened.result === 'fail') || keys.some((one) => one.opened.result === 'failed')) {
    return 'fail';
  }
  if (data.some((one) => one.opened.result === 'unknown')) return 'unknown';
  // A key for another recipient is not ours to open, as long as everything else did.
  return data.length === 0 && keys.some((one) => one.opened.result !== 'opened') ? 'unknown' : 'pass';
}

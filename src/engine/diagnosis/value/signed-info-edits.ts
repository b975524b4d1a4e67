/**
 * Undoes changes of what SignedInfo says: other algorithms, PrefixLists and digests, a reference taken away
 * (docs/faults.md; docs/command.md: signedinfo-edited, c14n-relabelled, signedinfo-c14n-relabelled).
 */
import { SIGNATURE_ALGORITHMS } from '../../algorithms/signature-algorithms.ts';
import type { Deed } from '../../trace/finding-data/causes.ts';
import { NO_NODE } from '../../xml/document.ts';
import { DS } from '../../xml/namespaces.ts';
import { attributeValue, findAttribute, firstChildElement } from '../../xml/navigate.ts';
import { attributeValueSpan, contentSpan } from '../../xml/node-spans.ts';
import type { Candidate } from '../hypothesis.ts';
import { canonicalIsolated, isolate, type IsolatedElement } from '../signer/signer-source.ts';
import { canonicalizationRestored, harmlessTransforms, transformsRestored } from './relabelled-methods.ts';
import { referencesRestored } from './restored-references.ts';
import type { SignedInfoView, Undone } from './undone.ts';

function candidate(view: SignedInfoView, isolated: IsolatedElement, first: Undone, more: readonly Undone[]): Candidate {
  const undone = [first, ...more];
  const splices = undone.flatMap((one) => one.splices).sort((a, b) => a.start - b.start);
  const method = undone.find((one) => one.method !== undefined)?.method ?? view.subject.method;
  const data: Deed = Object.assign({}, ...undone.map((one) => one.data));
  return {
    code: first.code,
    party: 'transit',
    how: first.how,
    data,
    also: more.map((one) => one.code).filter((code) => code !== first.code),
    octets: () =>
      (method === null ? null : canonicalIsolated(view.subject, isolated, splices, view.budget, method)) ??
      new Uint8Array(0),
  };
}

/** Every undoing of one change, then of two kinds together. */
export function* signedInfoEdits(view: SignedInfoView): Generator<Candidate> {
  const isolated = isolate(view.subject);
  if (isolated === null) return;
  const make = (first: Undone, ...more: readonly Undone[]) => candidate(view, isolated, first, more);
  const digests = digestsRestored(view);
  const [digest, ...otherDigests] = digests;
  for (const one of digests) yield make(one);
  if (digest !== undefined && otherDigests.length > 0) yield make(digest, ...otherDigests);
  const labels = [...transformsRestored(view)];
  for (const one of labels) yield make(one);
  const methods = [...canonicalizationRestored(view)];
  for (const one of methods) yield make(one);
  for (const one of digestMethodsRestored(view)) yield make(one);
  for (const one of signatureMethodsRestored(view)) yield make(one);
  for (const one of referencesRestored(view)) yield make(one);
  for (const one of harmlessTransforms(view)) yield make(one);
  for (const label of labels.slice(0, 30)) for (const method of methods.slice(0, 16)) yield make(label, method);
  for (const method of methods.slice(0, 24)) if (digests.length > 0) yield make(method, ...digests);
}

function digestsRestored({ subject: { document }, failing }: SignedInfoView): readonly Undone[] {
  return failing.flatMap(({ node, reference: { report }, matches }): Undone[] => {
    const value = firstChildElement(document, node, DS, 'DigestValue');
    // Where a hypothesis about the content holds, DigestValue is as it was signed.
    if (value === NO_NODE || report.computed === null || matches.length > 0) return [];
    const { start, end } = contentSpan(document, value);
    return [
      {
        code: 'signedinfo-edited',
        how: 'digest-value-changed',
        data: { uri: report.uri, now: report.expected, signed: report.computed },
        splices: [{ start, end, text: report.computed }],
      },
    ];
  });
}

function* digestMethodsRestored({ subject: { document }, failing }: SignedInfoView): Generator<Undone> {
  for (const { node, reference, digestUsed } of failing) {
    const method = firstChildElement(document, node, DS, 'DigestMethod');
    const algorithm = method === NO_NODE ? -1 : findAttribute(document, method, '', 'Algorithm');
    if (digestUsed === null || algorithm < 0) continue;
    const { start, end } = attributeValueSpan(document, algorithm);
    yield {
      code: 'digest-alg-label-mismatch',
      how: 'digest-method-changed',
      data: { uri: reference.report.uri, now: reference.report.digestMethod, signed: digestUsed },
      splices: [{ start, end, text: digestUsed }],
    };
  }
}

function* signatureMethodsRestored({ subject: { document }, parts }: SignedInfoView): Generator<Undone> {
  const algorithm = findAttribute(document, parts.signatureMethod, '', 'Algorithm');
  if (algorithm < 0) return;
  const { start, end } = attributeValueSpan(document, algorithm);
  const now = attributeValue(document, parts.signatureMethod, '', 'Algorithm');
  for (const { uri } of SIGNATURE_ALGORITHMS) {
    if (uri === now) continue;
    yield {
      code: 'signedinfo-edited',
      how: 'signature-method-changed',
      data: { now, signed: uri },
      splices: [{ start, end, text: uri }],
    };
  }
}

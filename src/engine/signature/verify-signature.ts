/**
 * Verifies one ds:Signature: its structure, its value, then each reference, going on after every failure (XML Signature
 * §3.2).
 */
import { encodeHex } from '../bytes/hex.ts';
import type { CryptoProvider } from '../crypto/provider.ts';
import { Digest } from '../algorithms/identifiers.ts';
import type { KeyCandidate } from '../key-resolution/key-resolution-types.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { KeyUse, SignatureReport } from '../trace/trace.ts';
import type { NodeIndex } from '../xml/document.ts';
import { attributeValue, elementPath, nodeRange, parentOf, qualifiedName, startOf } from '../xml/navigate.ts';
import type { FoundSignature } from './find-signatures.ts';
import { judgeReference } from './judge-reference.ts';
import { allReferences, NOTHING_ENCRYPTED, type JudgedReference, type JudgedSignature } from './judged-signature.ts';
import { readSignature, type SignatureParts } from './read-signature.ts';
import type { SignatureContext } from './signature-context.ts';
import { canonicalizeSignedInfo, type SignedInfo } from './signed-info.ts';
import { commentsInLeaves, MOST_SHOWN, splittersWithin } from './text-splitters.ts';
import { verifyValue, type JudgedValue } from './verify-value.ts';

/** @param parent the step under which this signature's steps go; null makes it a step of its own */
export async function verifySignature(
  found: FoundSignature,
  context: SignatureContext,
  parent: OpenStep | null,
): Promise<JudgedSignature> {
  const { document } = context;
  const { node, place } = found;
  const draft = {
    range: nodeRange(document, node),
    data: { id: attributeValue(document, node, '', 'Id'), place },
    citation: { spec: 'XMLDSIG', section: '3.2' },
  };
  const step = parent === null ? context.recorder.step('signature', draft) : parent.child('signature', draft);
  const read = readSignature(document, node);
  if (read.ok) return verifyParts(found, read.parts, context, step);
  step.finding({
    code: read.code,
    severity: 'error',
    ranges: [nodeRange(document, read.at)],
    data: { element: read.element },
  });
  step.end('failed');
  return {
    node,
    document,
    place,
    references: [],
    obstacle: 'malformed',
    used: null,
    resolution: null,
    order: null,
    encrypted: NOTHING_ENCRYPTED,
    weak: false,
    report: emptyReport(node, context, step.id),
  };
}

async function verifyParts(
  { node, place }: FoundSignature,
  parts: SignatureParts,
  context: SignatureContext,
  step: OpenStep,
): Promise<JudgedSignature> {
  const { document } = context;
  for (const child of parts.foreign.slice(0, MOST_SHOWN)) {
    step.finding({
      code: 'signature-child-unknown',
      severity: 'error',
      ranges: [nodeRange(document, child)],
      data: { element: qualifiedName(document, child) },
    });
  }
  context.budget.check('referencesPerSignature', parts.references.length, startOf(document, node));
  const signedInfo = canonicalizeSignedInfo(parts, context, step);
  const value = await verifyValue(parts, signedInfo, context, step);
  const references: JudgedReference[] = [];
  const followed = new Set<NodeIndex>();
  for (const { node: reference, fields } of signedInfo.references) {
    const task = { reference, fields, signature: node, within: [], followed };
    references.push(await judgeReference(task, context, step));
  }
  if (references.length === 0) step.finding({ code: 'XSW-07', severity: 'error', data: { references: 0 } });
  const judged: JudgedSignature = {
    node,
    document,
    place,
    references,
    obstacle: value.obstacle ?? (parts.foreign.length > 0 ? 'foreign-child' : null),
    used: value.used,
    resolution: value.resolution,
    order: null,
    encrypted: NOTHING_ENCRYPTED,
    weak: false,
    report: reportOf(node, signedInfo, value, references, context, step.id),
  };
  const weak = [
    value.weak,
    references.some((reference) => reference.weak),
    splitValues(parts, context, step),
    splitText(judged, context, step),
  ].some(Boolean);
  step.data({ value: value.value, method: value.method });
  step.end(statusOf(value, references));
  return { ...judged, weak };
}

function statusOf(value: JudgedValue, references: readonly JudgedReference[]) {
  if (
    value.value === 'fail' ||
    references.length === 0 ||
    references.some((reference) => reference.report.digest === 'fail' || reference.obstacle === 'refused')
  ) {
    return 'failed';
  }
  if (value.obstacle === 'unsupported' || references.some((reference) => reference.obstacle === 'unsupported')) {
    return 'unsupported';
  }
  return value.value === 'unknown' || references.some((reference) => reference.report.digest === 'unknown')
    ? 'unknown'
    : undefined;
}

function reportOf(
  node: NodeIndex,
  signedInfo: SignedInfo,
  value: JudgedValue,
  references: readonly JudgedReference[],
  context: SignatureContext,
  step: string,
): SignatureReport {
  return {
    ...emptyReport(node, context, step),
    method: value.method,
    canonicalization: signedInfo.canonicalization,
    value: value.value,
    key: value.used === null ? null : keyUse(value.used, context.crypto),
    references: references.map((reference) => reference.report),
  };
}

function emptyReport(node: NodeIndex, context: SignatureContext, step: string): SignatureReport {
  const { document } = context;
  return {
    step,
    id: attributeValue(document, node, '', 'Id'),
    method: '',
    canonicalization: '',
    value: 'unknown',
    key: null,
    references: [],
    range: nodeRange(document, node),
    path: elementPath(document, node),
  };
}

/** What the report says of a key: never anything of a secret. */
function keyUse(key: KeyCandidate, crypto: CryptoProvider): KeyUse {
  const spki = key.publicKey === null ? null : crypto.digestNow(Digest.sha256, key.publicKey.spki);
  return {
    kind: key.publicKey?.kind ?? (key.secret === null ? 'none' : 'secret'),
    how: key.how,
    subject: key.certificate?.subjectText ?? null,
    sha256: key.certificate?.id ?? (spki === null ? null : encodeHex(spki)),
    ...(key.certificate === null ? {} : { certificate: key.certificate.id }),
  };
}

/**
 * Comments inside SignedInfo's leaves: canonicalization drops them, naive readers of the tree stop at them
 * (docs/attacks.md SIG-02).
 */
function splitValues(parts: SignatureParts, context: SignatureContext, step: OpenStep): boolean {
  const { document } = context;
  const roots = [parts.signedInfo, parts.signatureValue];
  const split = splittersWithin(context.textSplitters, document, roots);
  const inLeaves = commentsInLeaves(document, roots);
  const count = Math.max(split.count, inLeaves.length);
  if (count === 0) return false;
  const nodes = [...new Set([...split.first, ...inLeaves.slice(0, MOST_SHOWN)])].sort((a, b) => a - b);
  step.finding({
    code: 'SIG-02',
    severity: 'warning',
    ranges: nodes.map((node) => nodeRange(document, node)),
    data: { count },
  });
  return true;
}

function splitText(signature: JudgedSignature, context: SignatureContext, step: OpenStep): boolean {
  if (signature.report.value !== 'pass' || context.textSplitters.length === 0) return false;
  const { document } = context;
  const targets = new Set<NodeIndex>();
  for (const reference of allReferences(signature)) {
    const { target } = reference.processed;
    if (target !== null && reference.report.digest === 'pass') targets.add(target);
  }
  const { count, first } = splittersWithin(context.textSplitters, document, [...targets]);
  const [splitter] = first;
  if (splitter === undefined) return false;
  step.finding({
    code: 'SIG-08',
    severity: 'warning',
    ranges: first.map((node) => nodeRange(document, node)),
    data: { count, path: elementPath(document, parentOf(document, splitter)) },
  });
  return true;
}

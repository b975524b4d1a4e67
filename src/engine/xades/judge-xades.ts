/**
 * Judges what a signature says of itself by XAdES: whether its properties are signed, what they point to, and whether
 * the certificate that they name is the one whose key verified (ETSI TS 101 903 §6.3, §7.2).
 */
import type { RunContext } from '../run/run-context.ts';
import { isVerified, type JudgedReference, type JudgedSignature } from '../signature/judged-signature.ts';
import { covers, heldBy } from '../signature/node-coverage.ts';
import { readReference, readSignature } from '../signature/read-signature.ts';
import type { OpenStep } from '../trace/recorder.ts';
import { DS } from '../xml/namespaces.ts';
import type { NodeIndex } from '../xml/document.ts';
import {
  attributeValue,
  descendantElementsNamed,
  firstChildElement,
  isElement,
  nodeRange,
  parentOf,
} from '../xml/navigate.ts';
import { judgeSigner } from './judge-signer.ts';
import {
  isCounterSignature,
  readQualifyingProperties,
  type QualifyingProperties,
  type SignedProperties,
} from './qualifying-properties.ts';

/** What the properties of one signature say of its signer. */
export interface XadesJudgement {
  readonly signature: JudgedSignature;
  readonly step: string;
  /** They name another certificate than that of the key which verified. */
  readonly otherCertificate: boolean;
}

/** A top-level ds:Reference with what the message writes of it. */
interface TypedReference extends JudgedReference {
  readonly node: NodeIndex;
  readonly uri: string | null;
  readonly type: string | null;
}

/** In whichever version of XAdES. */
const SIGNED_PROPERTIES = /^http:\/\/uri\.etsi\.org\/01903(?:\/v[\d.]+)?#SignedProperties$/;

/** One judgement for each signature that has such properties or is a counter-signature, in their order. */
export function judgeXades(
  signatures: readonly JudgedSignature[],
  tools: Pick<RunContext, 'recorder' | 'crypto'>,
): readonly XadesJudgement[] {
  return signatures.flatMap((signature) => {
    const { document, node } = signature;
    const properties = readQualifyingProperties(document, node);
    const counter = isCounterSignature(document, parentOf(document, node));
    return properties.length === 0 && !counter ? [] : [judgeOne(signature, properties, counter, tools)];
  });
}

function judgeOne(
  signature: JudgedSignature,
  properties: readonly QualifyingProperties[],
  counter: boolean,
  { recorder, crypto }: Pick<RunContext, 'recorder' | 'crypto'>,
): XadesJudgement {
  const { document, node, report } = signature;
  const signed = properties.flatMap((one) => one.signed);
  const step = recorder.step('xades', {
    range: nodeRange(document, properties[0]?.node ?? node),
    data: {
      counter,
      signature: report.id,
      signingTime: signed[0]?.signingTime ?? null,
      policy: signed[0]?.policy ?? null,
      property: signed[0]?.signingCertificates[0]?.property ?? null,
    },
    citation: { spec: 'XADES', section: counter ? '7.2.4' : '6.2' },
  });
  for (const one of properties) judgeTarget(signature, one, step);
  if (counter) judgeCounterSignature(signature, step);
  const references = typedReferences(signature);
  judgeTypes(signature, references, signed, step);
  let otherCertificate = false;
  for (const one of signed) {
    if (!isSigned(signature, references, one, step)) continue;
    judgePointers(signature, one, step);
    tellClaims(signature, one, step);
    if (judgeSigner(signature, one, crypto, step) === 'other') otherCertificate = true;
  }
  const names = [...new Set(properties.flatMap((one) => one.unsigned))];
  if (names.length > 0) {
    const ranges = properties.map((one) => nodeRange(document, one.node));
    step.finding({ code: 'xades-unsigned-not-judged', severity: 'note', ranges, data: { names } });
  }
  step.end(otherCertificate ? 'failed' : undefined);
  return { signature, step: step.id, otherCertificate };
}

/** Target names the Id of the signature whose properties they are (§6.2). */
function judgeTarget(signature: JudgedSignature, { node, target }: QualifyingProperties, step: OpenStep): void {
  const { document, report } = signature;
  if (report.id !== null && target === `#${report.id}`) return;
  step.finding({
    code: 'xades-target-differs',
    severity: 'warning',
    ranges: [nodeRange(document, node)],
    data: { target, id: report.id },
  });
}

/** A counter-signature signs the SignatureValue of the signature that it stands in (§7.2.4). */
function judgeCounterSignature(signature: JudgedSignature, step: OpenStep): void {
  const { document, node, references } = signature;
  let outer = parentOf(document, node);
  while (outer > 0 && !isElement(document, outer, DS, 'Signature')) outer = parentOf(document, outer);
  if (outer <= 0 || !isVerified(signature)) return;
  const value = firstChildElement(document, outer, DS, 'SignatureValue');
  if (references.some(({ processed }) => processed.target === value)) return;
  step.finding({
    code: 'xades-countersignature-other',
    severity: 'error',
    ranges: [nodeRange(document, node)],
    data: { outer: attributeValue(document, outer, '', 'Id') },
  });
}

function typedReferences({ document, node, references }: JudgedSignature): readonly TypedReference[] {
  const read = readSignature(document, node);
  const nodes = read.ok ? read.parts.references : [];
  return references.flatMap((reference, at) => {
    const own = nodes[at];
    if (own === undefined) return [];
    const { uri, type } = readReference(document, own);
    return [{ ...reference, node: own, uri, type }];
  });
}

/** A reference that says it leads to the properties leads there, and the other way round (§6.3.1). */
function judgeTypes(
  signature: JudgedSignature,
  references: readonly TypedReference[],
  signed: readonly SignedProperties[],
  step: OpenStep,
): void {
  const { document } = signature;
  const told = (how: 'missing' | 'other' | 'enclosed' | 'elsewhere', at: NodeIndex, { uri, type }: TypedReference) =>
    step.finding({
      code: 'xades-reference-type',
      severity: 'warning',
      ranges: [nodeRange(document, at)],
      data: { how, uri, type },
    });
  for (const reference of references) {
    const { type, processed } = reference;
    const leads = signed.some((one) => one.node === processed.target);
    const says = SIGNED_PROPERTIES.test(type ?? '');
    if (leads && !says) told(type === null ? 'missing' : 'other', reference.node, reference);
    // What is not found has a finding of its own.
    if (!leads && says && processed.status === 'octets') told('elsewhere', reference.node, reference);
  }
  for (const { node } of signed) {
    const leading = references.some(({ processed }) => processed.target === node);
    const around = references.find(
      (one) => one.report.digest === 'pass' && heldBy(one, node, signature) === 'full' && one.processed.target !== node,
    );
    if (!leading && around !== undefined) told('enclosed', node, around);
  }
}

/**
 * Says where nothing signs the properties: then anybody may have written them. Nothing where that is told elsewhere.
 */
function isSigned(
  signature: JudgedSignature,
  references: readonly TypedReference[],
  { node, id }: SignedProperties,
  step: OpenStep,
): boolean {
  if (!isVerified(signature)) return false;
  if (covers(signature, node)) return true;
  const meant = references.some(
    (one) =>
      heldBy(one, node, signature) !== 'none' ||
      (id !== null && one.uri === `#${id}`) ||
      // Where it leads could not be told.
      (SIGNED_PROPERTIES.test(one.type ?? '') && one.processed.status !== 'octets'),
  );
  if (!meant) {
    step.finding({
      code: 'xades-properties-not-signed',
      severity: 'error',
      ranges: [nodeRange(signature.document, node)],
      data: { id },
    });
  }
  return false;
}

/** An ObjectReference names a ds:Reference of the signature by its Id (§7.2.5). */
function judgePointers(
  { document, node: signature }: JudgedSignature,
  { pointers }: SignedProperties,
  step: OpenStep,
): void {
  if (pointers.length === 0) return;
  // Those of a ds:Manifest, too.
  const all = descendantElementsNamed(document, signature, DS, 'Reference');
  const ids = new Set(all.map((one) => attributeValue(document, one, '', 'Id')));
  for (const { node, uri } of pointers) {
    if (uri.startsWith('#') && ids.has(uri.slice(1))) continue;
    step.finding({
      code: 'xades-objectreference-dangling',
      severity: 'warning',
      ranges: [nodeRange(document, node)],
      data: { uri },
    });
  }
}

function tellClaims({ document }: JudgedSignature, properties: SignedProperties, step: OpenStep): void {
  const { node, signingTime, policy, roles } = properties;
  if (signingTime === null && policy === null && roles.length === 0) return;
  step.finding({
    code: 'xades-claims',
    severity: 'note',
    ranges: [nodeRange(document, node)],
    data: { signingTime, policy, roles },
  });
}

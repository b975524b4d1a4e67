/** Digests what a ds:Reference came to and compares it with DigestValue (XML Signature §3.2.1). */
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { DS, XOP } from '../xml/namespaces.ts';
import { didYouMean } from '../algorithms/near-miss.ts';
import { algorithmWeakness } from '../algorithms/strength-policy.ts';
import { encodeBase64 } from '../bytes/base64.ts';
import { equalOctets } from '../bytes/octets.ts';
import type { FindingDraft, OpenStep } from '../trace/recorder.ts';
import type { ProcessedReference } from '../transforms/transform-types.ts';
import { NO_NODE, type NodeIndex } from '../xml/document.ts';
import { descendantElements, firstChildElement, isElement, isWithin, nodeRange } from '../xml/navigate.ts';
import { readEncodedValue, type EncodedValue } from './digest-value.ts';
import { formOfDigest } from './given-attachment.ts';
import type { Obstacle } from './judged-signature.ts';
import type { ReferenceFields } from './read-signature.ts';
import type { SignatureContext } from './signature-context.ts';

/** One ds:Reference to be judged. */
export interface ReferenceTask {
  readonly reference: NodeIndex;
  /** What the verified octets say; equal to the tree's. */
  readonly fields: ReferenceFields;
  readonly signature: NodeIndex;
  /** Manifests around this reference, so that none is entered twice. */
  readonly within: readonly NodeIndex[];
  /** Manifests that the signature's references have led to: each is judged once, however many name it. */
  readonly followed: Set<NodeIndex>;
}

/** What was judged of a digest, and what it came to where it is no mismatch. */
export interface JudgedDigest {
  readonly digest: 'pass' | 'fail' | 'unknown';
  readonly computed: string | null;
  readonly obstacle: Obstacle | null;
  readonly weak: boolean;
}

/** Digests what a reference came to, and compares (XML Signature 1.1 §3.2.1). */
export async function judgeDigest(
  task: ReferenceTask,
  processed: ProcessedReference,
  context: SignatureContext,
  parent: OpenStep,
): Promise<JudgedDigest> {
  const { fields } = task;
  if (processed.status !== 'octets') return unprocessed(processed, context);
  const step = parent.child('digest', {
    data: { algorithm: fields.digestMethod },
    citation: { spec: 'XMLDSIG', section: '3.2.1' },
  });
  step.input({ type: 'octets', label: 'hashed', space: processed.space });
  const computed = await computeDigest(fields.digestMethod, processed, context);
  if (computed === null) {
    step.finding(unsupportedDigest(task, context));
    step.end('unsupported');
    return { digest: 'unknown', computed: null, obstacle: 'unsupported', weak: false };
  }
  const text = encodeBase64(computed);
  step.output({ type: 'digest', label: 'computed', algorithm: fields.digestMethod, value: text });
  const weakness = algorithmWeakness(fields.digestMethod);
  if (weakness !== null) step.finding(weakness);
  const weak = weakness?.severity === 'warning';
  const value: EncodedValue = fields.digestHoldsElements
    ? { form: 'damaged' }
    : readEncodedValue(fields.digestValue, computed.length);
  if (value.form === 'base64') {
    if (equalOctets(value.octets, computed)) {
      tellMatch(task, processed, value.broken, context, step);
      step.end();
      return { digest: 'pass', computed: text, obstacle: null, weak };
    }
    const excused = await excuse(task, processed, value.octets, context, step);
    if (excused !== null) return { computed: text, weak, ...excused };
  }
  if (value.form === 'masked') {
    const data = { where: 'DigestValue', mark: value.mark };
    const ranges = [digestValueRange(task, context)];
    step.finding({ code: 'captured-not-wire', severity: 'error', confidence: 'likely', ranges, data });
    step.end('unknown');
    return { digest: 'unknown', computed: text, obstacle: 'missing-octets', weak };
  }
  step.finding(mismatchFinding(task, value, computed, text, context));
  step.end('failed');
  return { digest: 'fail', computed: text, obstacle: value.form === 'damaged' ? 'malformed' : null, weak };
}

type HashedReference = Extract<ProcessedReference, { status: 'octets' }>;

/** Null where the method is none of ours. */
async function computeDigest(
  method: string,
  processed: HashedReference,
  { crypto, shared }: SignatureContext,
): Promise<Uint8Array | null> {
  if (algorithmOfKind(method, 'digest') === null) return null;
  const known = method === Digest.sha256 ? processed.sha256 : null;
  return known ?? shared.digest(method, processed.octets, crypto);
}

function unsupportedDigest({ fields, reference }: ReferenceTask, { document }: SignatureContext): FindingDraft {
  const algorithm = algorithmOfKind(fields.digestMethod, 'digest');
  const near = algorithm === null ? didYouMean(fields.digestMethod, 'digest')[0] : undefined;
  return {
    code: near === undefined ? 'algorithm-unsupported' : 'digestmethod-uri-invalid',
    severity: 'error',
    data: {
      algorithm: fields.digestMethod,
      kind: 'digest',
      meant: near?.uri ?? null,
      reason: near?.reason ?? null,
      why: algorithm?.support.why ?? null,
    },
    ranges: [nodeRange(document, reference)],
  };
}

/** @param broken white space stands inside DigestValue */
function tellMatch(
  task: ReferenceTask,
  processed: HashedReference,
  broken: boolean,
  context: SignatureContext,
  step: OpenStep,
): void {
  if (broken) {
    step.finding({
      code: 'digestvalue-ws-or-linebreak',
      severity: 'note',
      ranges: [digestValueRange(task, context)],
    });
  }
  // The include was signed and not what it stands for: the part can be exchanged (docs/attacks.md XSW-15).
  const include = unresolvedInclude(processed, context);
  if (include !== null) {
    step.finding({
      code: 'XSW-15',
      severity: 'error',
      confidence: 'proven',
      data: { uri: task.fields.uri, reason: 'include-signed' },
      ranges: [nodeRange(context.document, include)],
    });
  }
}

/**
 * A digest that differs and yet is no mismatch: it shows what an attachment's type is, or what was signed is not here
 * as it was signed. Null where it is one; else the step is ended.
 */
async function excuse(
  { fields }: ReferenceTask,
  processed: HashedReference,
  signed: Uint8Array,
  context: SignatureContext,
  step: OpenStep,
): Promise<(Pick<JudgedDigest, 'digest' | 'obstacle'> & Partial<Pick<JudgedDigest, 'computed'>>) | null> {
  const form = await formOfDigest(processed, fields.digestMethod, signed, context);
  if (form !== null) {
    step.finding({
      code: 'attachment-type-from-digest',
      severity: 'note',
      confidence: 'proven',
      data: { attachment: processed.attachment?.name ?? null, form },
    });
    step.end();
    return { digest: 'pass', computed: fields.digestValue.replace(/\s+/g, ''), obstacle: null };
  }
  const data = { uri: fields.uri };
  if (holdsUndecrypted(processed, context)) {
    step.finding({ code: 'digest-over-undecrypted', severity: 'note', data });
    step.end('unknown');
    return { digest: 'unknown', obstacle: 'undecrypted' };
  }
  const missing = unresolvedInclude(processed, context);
  if (missing === null) return null;
  const ranges = [nodeRange(context.document, missing)];
  step.finding({ code: 'digest-over-missing-part', severity: 'note', data, ranges });
  step.end('unknown');
  return { digest: 'unknown', obstacle: 'missing-octets' };
}

function mismatchFinding(
  task: ReferenceTask,
  value: Exclude<EncodedValue, { readonly form: 'masked' }>,
  computed: Uint8Array,
  text: string,
  context: SignatureContext,
): FindingDraft {
  const ranges = [digestValueRange(task, context)];
  const data = { uri: task.fields.uri, expected: task.fields.digestValue.trim(), computed: text, form: value.form };
  switch (value.form) {
    case 'empty':
      return { code: 'signature-template-empty', severity: 'error', ranges, data };
    case 'damaged':
      return { code: 'SIG-04', severity: 'error', ranges, data };
    case 'hex':
    case 'base64-of-hex':
    case 'base64url':
      return {
        code: 'digest-hex-base64',
        severity: 'error',
        confidence: equalOctets(value.octets, computed) ? 'proven' : 'certain',
        ranges,
        data: { ...data, same: equalOctets(value.octets, computed) },
      };
    case 'base64':
      return {
        code: 'digest-mismatch-unproven',
        severity: 'error',
        ranges: [nodeRange(context.document, task.reference), ...ranges],
        data,
        fault: 'wsse:FailedCheck',
      };
  }
}

/** What a reference without octets means for its digest. `processReference` has recorded the finding. */
function unprocessed(
  processed: Exclude<ProcessedReference, { status: 'octets' }>,
  context: SignatureContext,
): JudgedDigest {
  const none = { computed: null, weak: false };
  switch (processed.status) {
    // The target may stand in content that is still encrypted.
    case 'failed':
      return ((processed.code === 'id-not-found' || processed.code === 'xpointer-selects-nothing') &&
        context.undecrypted.length > 0) ||
        (processed.code === 'attachment-xml-malformed' && (context.undecryptedAttachments?.size ?? 0) > 0)
        ? { ...none, digest: 'unknown', obstacle: 'undecrypted' }
        : { ...none, digest: 'fail', obstacle: null };
    case 'refused':
      return { ...none, digest: 'unknown', obstacle: 'refused' };
    case 'unsupported':
      return { ...none, digest: 'unknown', obstacle: 'unsupported' };
    case 'missing':
      return { ...none, digest: 'unknown', obstacle: 'missing-octets' };
  }
}

function holdsUndecrypted(processed: HashedReference, context: SignatureContext): boolean {
  const { document } = context;
  if (processed.attachment !== undefined && context.undecryptedAttachments?.has(processed.attachment.name) === true) {
    return true;
  }
  const apexes = [...(processed.target === null ? [] : [processed.target]), ...processed.alsoCovers];
  return context.undecrypted.some((node) => apexes.some((apex) => isWithin(document, node, apex)));
}

/** An xop:Include in the hashed content whose part was not there: the base64 that was signed is unknown. */
function unresolvedInclude(processed: HashedReference, context: SignatureContext): NodeIndex | null {
  const { document } = context;
  if (processed.target === null || !document.uris.includes(XOP)) return null;
  for (const node of descendantElements(document, processed.target)) {
    if (isElement(document, node, XOP, 'Include')) return node;
  }
  return null;
}

function digestValueRange(task: ReferenceTask, context: SignatureContext) {
  const value = firstChildElement(context.document, task.reference, DS, 'DigestValue');
  return nodeRange(context.document, value === NO_NODE ? task.reference : value);
}

/**
 * Dereferences a ds:Reference and runs its transforms in the order given, recording every step and what it made (XML
 * Signature §4.4.3).
 */
import {
  ATTACHMENT_COMPLETE,
  ATTACHMENT_CONTENT,
  BASE64_TRANSFORM,
  C14N_10,
  Digest,
  ENVELOPED_SIGNATURE,
  STR_TRANSFORM,
  XPATH_FILTER2,
  XPATH_TRANSFORM,
} from '../algorithms/identifiers.ts';
import { DS } from '../xml/namespaces.ts';
import { fieldValue, type Attachment } from '../attachments/attachment.ts';
import { encodeHex } from '../bytes/hex.ts';
import type { OriginMap } from '../bytes/origin-map.ts';
import type { SpaceId } from '../bytes/source-range.ts';
import type { CanonicalizationMethod } from '../canonicalization/canonicalize-types.ts';
import type { NodeSet } from '../canonicalization/node-set.ts';
import { readCanonicalizationMethod } from '../canonicalization/parse-canonicalization-method.ts';
import { dereference } from '../references/dereference.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { Space, SpecCitation } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex } from '../xml/document.ts';
import {
  attributeValue,
  attributeValueRange,
  childElementsNamed,
  elementPath,
  findAttribute,
  firstChildElement,
  nodeRange,
  startTagRange,
} from '../xml/navigate.ts';
import { parseXml } from '../xml/parse.ts';
import { attachmentTransform } from './attachment-transforms.ts';
import { base64Transform } from './base64-transform.ts';
import { envelopedSignature } from './enveloped-signature.ts';
import { setRanges, subtreeSet } from './node-sets.ts';
import { canonicalizationNotRun, stopped, type TransformOutcome, type TransformStopped } from './transform-outcome.ts';
import type { ProcessedReference, ProcessReference, TransformContext, TransformValue } from './transform-types.ts';
import { transformNotRun } from './unknown-transform.ts';

/** What a chain that ends in a node-set is turned into octets with (XML Signature §4.4.3.2). */
const IMPLICIT_METHOD: CanonicalizationMethod = {
  uri: C14N_10,
  family: 'c14n-1.0',
  comments: false,
  inclusivePrefixes: [],
};
const CANONICALIZATION_URI =
  /^http:\/\/(?:www\.w3\.org\/TR\/2001\/REC-xml-c14n-20010315|www\.w3\.org\/2006\/12\/xml-c14n11|www\.w3\.org\/2001\/10\/xml-exc-c14n)#?/;
/** Above this many octets a space's fingerprint comes from the provider, which is faster than the recorder's own. */
const LARGE = 65_536;

const CITATIONS: ReadonlyMap<string, SpecCitation> = new Map([
  [ENVELOPED_SIGNATURE, { spec: 'XMLDSIG', section: '6.6.4' }],
  [BASE64_TRANSFORM, { spec: 'XMLDSIG', section: '6.6.2' }],
  [XPATH_TRANSFORM, { spec: 'XMLDSIG', section: '6.6.3' }],
  [XPATH_FILTER2, { spec: 'XPATH-FILTER2', section: '3' }],
  [STR_TRANSFORM, { spec: 'SMS', section: '8.3' }],
  [ATTACHMENT_CONTENT, { spec: 'SWA', section: '5.3.1' }],
  [ATTACHMENT_COMPLETE, { spec: 'SWA', section: '5.3.2' }],
]);

/** What the chain carries from transform to transform. */
interface Chain {
  value: TransformValue;
  /** The node-set of the document under test that the octets stand for. */
  kept: NodeSet | null;
  covers: NodeIndex[];
  discards: boolean;
  /** The attachment that the reference names. */
  readonly attachment: Attachment | null;
}

/** Processes one ds:Reference: dereferenced, transformed, turned into octets (XML Signature §4.4.3). */
export const processReference: ProcessReference = async (reference, context, parent) => {
  const { document, budget } = context;
  const list = firstChildElement(document, reference, DS, 'Transforms');
  const elements = list === NO_NODE ? [] : childElementsNamed(document, list, DS, 'Transform');
  const transforms = elements.map((element) => attributeValue(document, element, '', 'Algorithm') ?? '');
  budget.check('transformsPerReference', elements.length, document.start[reference]);

  const found = await dereferenceStep(reference, transforms, context, parent);
  if ('code' in found) return { status: found.status, code: found.code, target: found.target, transforms };
  const { target } = found;
  const chain: Chain = {
    value: found.value,
    kept: null,
    covers: [],
    discards: false,
    attachment: found.attachment ?? null,
  };

  for (const [index, element] of elements.entries()) {
    const end = await transformStep(element, transforms[index] ?? '', chain, context, parent);
    if (end !== null) return { ...end, target, transforms, ...attachmentOf(chain) };
  }
  if (chain.value.type === 'nodes') {
    const step = parent.child('canonicalize', {
      data: { algorithm: IMPLICIT_METHOD.uri, implicit: true },
      citation: { spec: 'XMLDSIG', section: '4.4.3.2' },
    });
    await canonicalizeInto(chain, chain.value.set, IMPLICIT_METHOD, context, step);
    step.end();
  }
  return finished(chain, target, transforms);
};

function finished(chain: Chain, target: NodeIndex | null, transforms: readonly string[]): ProcessedReference {
  const { value } = chain;
  // The implicit canonicalization has made octets, and every octet value in the chain is registered.
  if (value.type !== 'octets' || value.space === null) throw new Error('a chain ends in a registered octet space');
  return {
    status: 'octets',
    octets: value.octets,
    space: value.space,
    sha256: value.sha256 ?? null,
    target,
    kept: chain.kept,
    alsoCovers: chain.covers,
    discards: chain.discards,
    transforms,
    ...attachmentOf(chain),
  };
}

const attachmentOf = ({ attachment }: Chain): { readonly attachment?: Attachment } =>
  attachment === null ? {} : { attachment };

type Located =
  | { readonly value: TransformValue; readonly target: NodeIndex | null; readonly attachment?: Attachment | null }
  | (TransformStopped & { readonly target: NodeIndex | null });

async function dereferenceStep(
  reference: NodeIndex,
  transforms: readonly string[],
  context: TransformContext,
  parent: OpenStep,
): Promise<Located> {
  const { document } = context;
  const attribute = findAttribute(document, reference, '', 'URI');
  const uri = attribute === -1 ? null : attributeValue(document, reference, '', 'URI');
  const range = attribute === -1 ? startTagRange(document, reference) : attributeValueRange(document, attribute);
  const step = parent.child('dereference', { data: { uri }, range, citation: { spec: 'XMLDSIG', section: '4.4.3.3' } });
  // Without a URI the receiver must know what is meant; around an enveloped signature that is the document, for every
  // stack that accepts it.
  const whole = uri === null && transforms.includes(ENVELOPED_SIGNATURE);
  if (whole) step.finding({ code: 'reference-without-uri', severity: 'warning', data: { assumed: 'document' } });
  const result = dereference(whole ? '' : uri, context);
  switch (result.status) {
    case 'nodes': {
      const { set, target } = result;
      step.data({ target: elementPath(document, target), comments: set.comments });
      step.output({ type: 'nodes', label: 'target', ranges: setRanges(set) });
      step.end();
      return { value: { type: 'nodes', set }, target };
    }
    case 'octets': {
      const attachment = context.attachments?.get(result.name) ?? null;
      if (attachment !== null) step.data({ attachment: attachment.name, type: fieldValue(attachment, 'Content-Type') });
      const value = await register(context, step, {
        kind: attachment === null ? 'external' : 'attachment',
        label: result.name,
        octets: result.octets,
        parent: null,
        origin: null,
      });
      step.end();
      return { value, target: null, attachment };
    }
    default:
      report(stopped(result.status, result.code, result.data, [range, ...result.ranges]), step);
      return { ...stopped(result.status, result.code, result.data), target: null };
  }
}

/** Runs one transform on the chain. Returns why the chain ends here, or null. */
async function transformStep(
  element: NodeIndex,
  uri: string,
  chain: Chain,
  context: TransformContext,
  parent: OpenStep,
): Promise<TransformStopped | null> {
  const { document } = context;
  const canonicalization = CANONICALIZATION_URI.test(uri);
  const citation =
    CITATIONS.get(uri) ??
    (canonicalization ? { spec: 'XMLDSIG', section: '6.5' } : { spec: 'XMLDSIG', section: '6.6' });
  const step = parent.child(canonicalization ? 'canonicalize' : 'transform', {
    data: { algorithm: uri },
    range: nodeRange(document, element),
    citation,
  });
  const input = chain.value;
  if (input.type === 'octets' && input.space !== null) {
    step.input({ type: 'octets', label: 'input', space: input.space });
  }

  const outcome = await applyTransform({ element, uri, canonicalization }, chain, context, step);
  if (outcome !== null && outcome.status !== 'done') {
    report({ ...outcome, ranges: outcome.ranges?.length ? outcome.ranges : [nodeRange(document, element)] }, step);
    return outcome;
  }
  if (outcome !== null) await take(outcome, chain, context, step);
  step.end();
  return null;
}

/** A ds:Transform, and what its Algorithm names. */
interface NamedTransform {
  readonly element: NodeIndex;
  readonly uri: string;
  readonly canonicalization: boolean;
}

/** The outcome of the transform, or null where the chain has been moved on already. */
async function applyTransform(
  { element, uri, canonicalization }: NamedTransform,
  chain: Chain,
  context: TransformContext,
  step: OpenStep,
): Promise<TransformOutcome | null> {
  if (uri === BASE64_TRANSFORM) return base64Transform(chain.value, context);
  if (uri === ATTACHMENT_CONTENT || uri === ATTACHMENT_COMPLETE) {
    return attachmentTransform(chain.value, chain.attachment, uri === ATTACHMENT_COMPLETE, context, step);
  }
  const needsNodes =
    canonicalization ||
    uri === ENVELOPED_SIGNATURE ||
    uri === XPATH_TRANSFORM ||
    uri === XPATH_FILTER2 ||
    uri === STR_TRANSFORM;
  if (!needsNodes) return transformNotRun(uri);
  const nodes = asNodes(chain.value, context);
  if (nodes.type === 'stopped') return nodes.outcome;
  switch (uri) {
    case ENVELOPED_SIGNATURE:
      return envelopedSignature(nodes, context);
    // Chunks of their own: few messages bring an expression or a token in the place of its reference.
    case XPATH_TRANSFORM:
      return (await import('./xpath-transform.ts')).xpathTransform(nodes, element, context);
    case XPATH_FILTER2:
      return (await import('./xpath-filter.ts')).filter2Transform(nodes, element, context);
    case STR_TRANSFORM:
      return (await import('./str-transform.ts')).strTransform(nodes, element, context);
    default: {
      const { method, problem } = readCanonicalizationMethod(context.document, element, context.budget);
      if (problem !== null) {
        return problem.code === 'canonicalization-unknown' ? transformNotRun(uri) : canonicalizationNotRun(problem);
      }
      await canonicalizeInto(chain, nodes.set, method, context, step);
      return null;
    }
  }
}

/**
 * Octets are parsed where a transform needs nodes; the new document's space is the octets' own (XML Signature
 * §4.4.3.2).
 */
function asNodes(
  value: TransformValue,
  context: TransformContext,
): (TransformValue & { readonly type: 'nodes' }) | { readonly type: 'stopped'; readonly outcome: TransformStopped } {
  if (value.type === 'nodes') return value;
  const parsed = parseXml(value.octets, {
    budget: context.budget,
    ...(value.space === null ? {} : { space: value.space }),
  });
  if (parsed.wellFormed) return { type: 'nodes', set: subtreeSet(parsed.document, 0, true) };
  const problem = parsed.problems.find(({ severity }) => severity === 'error');
  const data = problem === undefined ? {} : { problem: problem.code, rule: problem.rule };
  const status = problem?.code === 'doctype-or-entity-refused' ? 'refused' : 'failed';
  return {
    type: 'stopped',
    outcome: stopped(status, 'transform-input-not-wellformed', data, problem === undefined ? [] : [problem.range]),
  };
}

/** Moves the chain to the outcome's value and records it. */
async function take(
  outcome: TransformOutcome & { readonly status: 'done' },
  chain: Chain,
  context: TransformContext,
  step: OpenStep,
): Promise<void> {
  if (outcome.discards === true) {
    chain.discards = true;
    // What is left of a document parsed again cannot be told in nodes of the message.
    if (outcome.value.type === 'octets' || outcome.value.set.document !== context.document) chain.kept = null;
    step.data({ discards: true });
    step.finding({ code: 'XSW-09', severity: 'warning' });
  }
  for (const { code, data, range } of outcome.notes ?? []) {
    step.finding({ code, severity: 'note', data, ranges: [range] });
  }
  // Of a token put in before, what is left now cannot be told.
  if (outcome.discards === true || outcome.replaces === true) chain.covers.length = 0;
  chain.covers.push(...(outcome.covers ?? []));
  if (outcome.replaces === true) chain.kept = null;
  const { value } = outcome;
  if (value.type === 'nodes') {
    chain.value = value;
    step.output({ type: 'nodes', label: 'kept', ranges: setRanges(value.set) });
    return;
  }
  const parent = chain.value.type === 'octets' ? chain.value.space : null;
  chain.value = await register(context, step, {
    kind: 'transformed',
    label: step.id,
    octets: value.octets,
    parent,
    origin: value.origin,
  });
}

async function canonicalizeInto(
  chain: Chain,
  set: NodeSet,
  method: CanonicalizationMethod,
  context: TransformContext,
  step: OpenStep,
): Promise<void> {
  const canonical = context.shared.canonical(set, method, context.budget);
  const { uris, within } = canonical.relativeNamespaces;
  // Canonical XML 1.0 §1.3 wants a failure, yet messages of the field have such names and verify there; our octets are
  // whole, never void.
  if (uris.length > 0) {
    step.finding({
      code: 'relative-namespace-uri',
      severity: 'warning',
      data: { uris: uris.slice(0, 10), within },
    });
  }
  step.data({
    comments: method.comments,
    prefixList: method.inclusivePrefixes.map((prefix) => (prefix === '' ? '#default' : prefix)),
  });
  if (set.document === context.document) chain.kept = written(set);
  chain.value = await register(context, step, {
    kind: 'canonical',
    label: step.id,
    octets: canonical.octets,
    parent: set.document.space,
    origin: () => canonical.origin(),
  });
}

/** The set as canonicalization writes it: an exclusion around the apex is never met on the way down. */
function written(set: NodeSet): NodeSet {
  return set.type === 'subtree' && set.excluded.some((root) => root < set.apex)
    ? { ...set, excluded: set.excluded.filter((root) => root >= set.apex) }
    : set;
}

/** Octets that a transform made, and the space and places that they were made from. */
interface MadeOctets {
  readonly kind: Space['kind'];
  readonly label: string;
  readonly octets: Uint8Array;
  readonly parent: SpaceId | null;
  readonly origin: (() => OriginMap) | null;
}

/** Registers octets under the step's id and names them as its output. */
async function register(
  context: TransformContext,
  step: OpenStep,
  { kind, label, octets, parent, origin }: MadeOctets,
): Promise<TransformValue> {
  const digest = octets.length > LARGE ? await context.shared.digest(Digest.sha256, octets, context.crypto) : null;
  const space = context.recorder.space(
    step.id,
    kind,
    label,
    octets,
    parent,
    origin,
    digest === null ? undefined : encodeHex(digest),
  );
  step.output({ type: 'octets', label: kind, space });
  return { type: 'octets', octets, space, origin, ...(digest === null ? {} : { sha256: digest }) };
}

/** Records why a chain ends; the step's status says whether it is wrong, not supported or not to be judged. */
function report(outcome: TransformStopped, step: OpenStep): void {
  const severity = outcome.status === 'failed' || outcome.status === 'refused' ? 'error' : 'warning';
  step.finding({ code: outcome.code, severity, data: outcome.data, ranges: outcome.ranges ?? [] });
  step.end(outcome.status === 'unsupported' ? 'unsupported' : outcome.status === 'missing' ? 'unknown' : 'failed');
}

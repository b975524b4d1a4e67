/** Which consumed elements lie inside verified octets (docs/command.md, "How the axes are judged"; docs/attacks.md). */
import { DS, WSSE, XADES } from '../xml/namespaces.ts';
import type { Envelope } from '../envelope/read-envelope.ts';
import type { IdIndex } from '../references/id-index.ts';
import {
  allReferences,
  isVerified,
  type JudgedReference,
  type JudgedSignature,
} from '../signature/judged-signature.ts';
import { covers, heldBy } from '../signature/node-coverage.ts';
import type { Axes, CoverageEntry } from '../trace/trace.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  ancestors,
  attributeValue,
  childElements,
  childElementsNamed,
  elementPath,
  isElement,
  isWithin,
  namespaceUri,
  nodeRange,
} from '../xml/navigate.ts';
import { consumedInEnvelope, consumedInSaml, type ConsumedElement } from './consumed-elements.ts';

/** What coverage is judged from. */
export interface CoverageInput {
  readonly document: XmlDocument;
  readonly ids: IdIndex;
  readonly envelope: Envelope | null;
  /** Security headers that this receiver processes. */
  readonly ours: readonly NodeIndex[];
  readonly signatures: readonly JudgedSignature[];
  /** Every xenc:EncryptedData. */
  readonly ciphertexts: readonly NodeIndex[];
  /** What stayed encrypted in our Security headers: a signature may stand in it. */
  readonly closed: readonly NodeIndex[];
  /** Plaintext that the signature over its ciphertext does not bind. */
  readonly unbound: readonly NodeIndex[];
}

/** The xenc:EncryptedData of our headers that stand for elements: of a message in which something stayed closed. */
export function closedHeaders(
  { document, ours }: Pick<CoverageInput, 'document' | 'ours'>,
  data: readonly NodeIndex[],
): readonly NodeIndex[] {
  return data.filter(
    (node) =>
      ours.some((header) => isWithin(document, node, header)) &&
      attributeValue(document, node, '', 'Type')?.endsWith('#Content') !== true,
  );
}

/** What a receiver consumes, and how it is covered. */
export interface CoveredElement extends ConsumedElement {
  readonly entry: CoverageEntry;
}

/** Which consumed elements are signed, and the axis. */
export interface Coverage {
  readonly entries: readonly CoverageEntry[];
  /** The consumed elements behind `entries`, in the same order. */
  readonly consumed: readonly CoveredElement[];
  readonly axis: Axes['coverage'];
}

type Signed = CoverageEntry['signed'];

/** Says of every element that the receiver acts on whether a signature of its own protects it. */
export function judgeCoverage(all: CoverageInput): Coverage {
  const input = { ...all, signatures: coveringSignatures(all) };
  const consumed = consumedElements(input).map((element) => ({ ...element, entry: coverageOf(element, input) }));
  const entries = consumed.map(({ entry }) => entry);
  return { entries, consumed, axis: axisOf(entries, input) };
}

/**
 * The signatures that protect what this receiver consumes. One that stands elsewhere in a SOAP message is content, or
 * meant for another receiver: whose key made it is not asked for the verdict, so it covers nothing there, or a stranger
 * could sign the Body beside a signature that we trust. Where no other speaks, one outside all Security headers may.
 */
function coveringSignatures({ document, envelope, ours, signatures }: CoverageInput): readonly JudgedSignature[] {
  if (envelope === null) return signatures;
  const own = signatures.filter((signature) => signature.place !== 'elsewhere');
  if (own.length > 0) return own;
  return signatures.filter(
    (signature) =>
      ![...ancestors(document, signature.node)].some(
        (node) => isElement(document, node, WSSE, 'Security') && !ours.includes(node),
      ),
  );
}

function consumedElements(input: CoverageInput): readonly ConsumedElement[] {
  const { document, envelope } = input;
  if (envelope !== null) return consumedInEnvelope(document, envelope, input.ours);
  const saml = consumedInSaml(document);
  if (saml !== null) return saml;
  if (document.root === NO_NODE) return [];
  const own = input.signatures.filter((signature) => signature.document === document);
  if (own.length === 0) return [];
  const targets = new Set<NodeIndex>();
  for (const signature of own) {
    for (const reference of signature.references) {
      const { target } = reference.processed;
      if (target === null) continue;
      // An enveloped signature speaks for the document it stands in.
      targets.add(isWithin(document, signature.node, target) ? document.root : target);
    }
  }
  return [...targets]
    .sort((a, b) => a - b)
    .map((node) => ({
      role: node === document.root || node === 0 ? 'root' : 'object',
      node: node === 0 ? document.root : node,
      required: true,
    }));
}

function coverageOf(element: ConsumedElement, input: CoverageInput): CoverageEntry {
  const { document, ids } = input;
  let signed: Signed = 'none';
  const by: string[] = [];
  for (const signature of input.signatures) {
    if (signature.document !== document) continue;
    for (const reference of allReferences(signature)) {
      const held = heldBy(reference, element.node, signature);
      if (held === 'none') continue;
      const status = statusOf(signature, reference, held);
      if (status === 'full' || status === 'partial') by.push(reference.report.step);
      if (RANK[status] > RANK[signed]) signed = status;
    }
  }
  if (signed === 'none' && input.closed.length > 0) signed = 'unknown';
  if (signed === 'full' && (holdsUnbound(element.node, input) || carriesUnsignedContent(element.node, input))) {
    signed = 'partial';
  }
  return {
    role: element.role,
    required: element.required,
    signed,
    by,
    encrypted: input.ciphertexts.some((node) => isWithin(document, node, element.node)),
    target: {
      ...nodeRange(document, element.node),
      path: elementPath(document, element.node),
      id: ids.idOf(element.node),
    },
  };
}

/** Whether the element holds plaintext that another key could have made of the same signed octets. */
export function holdsUnbound(element: NodeIndex, { document, unbound }: CoverageInput): boolean {
  return unbound.some((node) => isWithin(document, node, element));
}

/**
 * A signature inside the element leaves itself out of what it signs; what its ds:Object elements carry is then in the
 * element and under no signature, unless a reference names it. XAdES' own properties are not content.
 */
function carriesUnsignedContent(element: NodeIndex, { document, signatures }: CoverageInput): boolean {
  return signatures.some((signature) => {
    if (signature.document !== document || !isWithin(document, signature.node, element)) return false;
    return childElementsNamed(document, signature.node, DS, 'Object')
      .flatMap((object) => childElements(document, object))
      .some((content) => !isSignatureContent(document, content) && !signatures.some((one) => covers(one, content)));
  });
}

function isSignatureContent(document: XmlDocument, node: NodeIndex): boolean {
  const uri = namespaceUri(document, node);
  return uri === DS || uri.startsWith(XADES);
}

const RANK: Readonly<Record<Signed, number>> = { none: 0, broken: 1, unknown: 2, partial: 3, full: 4 };

function statusOf(signature: JudgedSignature, reference: JudgedReference, held: 'full' | 'partial'): Signed {
  if (isVerified(signature) && reference.report.digest === 'pass') return held;
  return signature.report.value === 'fail' || reference.report.digest === 'fail' ? 'broken' : 'unknown';
}

function axisOf(entries: readonly CoverageEntry[], input: CoverageInput): Axes['coverage'] {
  const required = entries.filter((entry) => entry.required);
  if (required.length === 0) {
    if (input.signatures.length === 0) return input.envelope === null ? 'absent' : 'none';
    // Nothing in the document was signed, only octets outside it: they are what the signature covers.
    const outside = input.signatures.some(
      (signature) =>
        isVerified(signature) && signature.references.some((reference) => reference.report.digest === 'pass'),
    );
    return outside && input.envelope === null ? 'full' : 'none';
  }
  // An envelope without a Body is none that a receiver takes, whatever else of it is signed.
  if (required.every((entry) => entry.signed === 'full') && (input.envelope === null || input.envelope.body !== null)) {
    return 'full';
  }
  return required.some((entry) => entry.signed === 'full' || entry.signed === 'partial') ? 'partial' : 'none';
}

/** Whether `node` stands inside a ds:Signature. */
export function insideSignature(document: XmlDocument, node: NodeIndex): boolean {
  for (const at of ancestors(document, node)) if (isElement(document, at, DS, 'Signature')) return true;
  return false;
}

/**
 * Canonicalizes ds:SignedInfo and reads the references back from those very octets (XML Signature §3.2.2;
 * docs/attacks.md SIG-03).
 */
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import { didYouMean } from '../algorithms/near-miss.ts';
import { canonicalize } from '../canonicalization/canonicalize.ts';
import { readCanonicalizationMethod } from '../canonicalization/parse-canonicalization-method.ts';
import { DS } from '../xml/namespaces.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { NodeIndex } from '../xml/document.ts';
import { attributeValue, childElements, isElement, nodeRange } from '../xml/navigate.ts';
import { parseXml } from '../xml/parse.ts';
import { readReference, type ReferenceFields, type SignatureParts } from './read-signature.ts';
import type { SignatureContext } from './signature-context.ts';

/** One ds:Reference of SignedInfo. */
export interface SignedReference {
  readonly node: NodeIndex;
  readonly fields: ReferenceFields;
}

/** A ds:SignedInfo with its canonical octets. */
export interface SignedInfo {
  /** Null where the canonicalization method is not supported. */
  readonly octets: Uint8Array | null;
  readonly canonicalization: string;
  /** As the tree has them. Where there are canonical octets and no obstacle, those say the same. */
  readonly references: readonly SignedReference[];
  readonly obstacle: 'unsupported' | 'malformed' | null;
  readonly step: string;
}

/** Canonicalizes ds:SignedInfo and reads the references from what was canonicalized (XML Signature 1.1 §3.2.2). */
export function canonicalizeSignedInfo(parts: SignatureParts, context: SignatureContext, parent: OpenStep): SignedInfo {
  const { document } = context;
  const uri = attributeValue(document, parts.canonicalizationMethod, '', 'Algorithm') ?? '';
  const step = parent.child('signed-info', {
    range: nodeRange(document, parts.signedInfo),
    data: { algorithm: uri, references: parts.references.length },
    citation: { spec: 'XMLDSIG', section: '3.2.2' },
  });
  const references = parts.references.map((node) => ({ node, fields: readReference(document, node) }));
  const { method, problem } = readCanonicalizationMethod(document, parts.canonicalizationMethod, context.budget);
  if (method === null) {
    const known = algorithmByUri(uri);
    step.finding({
      // A transform in this place is an attack's way to have anything hashed (CVE-2013-2172).
      code: known?.kind === 'transform' ? 'SIG-05' : problem.code,
      severity: 'error',
      ranges: [problem.range],
      data: { ...problem.data, algorithm: uri, meant: didYouMean(uri, 'canonicalization')[0]?.uri ?? null },
    });
    step.end('unsupported');
    return { octets: null, canonicalization: uri, references, obstacle: 'unsupported', step: step.id };
  }
  const canonical = canonicalize(
    { type: 'subtree', document, apex: parts.signedInfo, comments: true, excluded: [] },
    method,
    context.budget,
  );
  context.recorder.space(step.id, 'canonical', 'SignedInfo', canonical.octets, document.space, () =>
    canonical.origin(),
  );
  step.input({ type: 'nodes', label: 'SignedInfo', ranges: [nodeRange(document, parts.signedInfo)] });
  step.output({ type: 'octets', label: 'SignedInfo', space: step.id });
  const verified = readBack(canonical.octets, step.id, context);
  if (verified === null || JSON.stringify(verified) !== JSON.stringify(references.map(({ fields }) => fields))) {
    step.finding({
      code: 'signedinfo-tree-differs',
      severity: 'error',
      data: { tree: references.length, octets: verified?.length ?? -1 },
    });
    step.end('failed');
    return {
      octets: canonical.octets,
      canonicalization: uri,
      references,
      obstacle: 'malformed',
      step: step.id,
    };
  }
  step.end();
  return { octets: canonical.octets, canonicalization: uri, references, obstacle: null, step: step.id };
}

/** The references as a reader of the verified octets sees them; null where those are not one SignedInfo. */
function readBack(octets: Uint8Array, space: string, context: SignatureContext): readonly ReferenceFields[] | null {
  const { document, wellFormed } = parseXml(octets, { space, budget: context.budget });
  if (!wellFormed || !isElement(document, document.root, DS, 'SignedInfo')) return null;
  return childElements(document, document.root)
    .filter((child) => isElement(document, child, DS, 'Reference'))
    .map((reference) => readReference(document, reference));
}

/**
 * The causes of a wrong digest in the order in which they are tried: likely and cheap ones first. A cause of one's own
 * is a file with its candidates, here or in `edits` and `signer`, and a row in a stage (CONTRIBUTING.md, "Add a cause").
 */
import type { Hypothesis, Stage } from '../hypothesis.ts';
import { certificatesInstead } from '../signer/signer-certificates.ts';
import { otherElements, partsOfElement, signaturesLeftOut } from '../signer/signer-elements.ts';
import { encodedOctets, hashedAgain, wrappedOctets } from '../signer/signer-octets.ts';
import { attributeOrders, emptyElements, escapeFaults } from '../signer/signer-serialisation.ts';
import { cdataFaults, rawReturns, rawSlices } from '../signer/signer-source.ts';
import { otherTrees, renderedXmlPrefix, unawareTrees, undeclaredTrees, xmlAttributes } from '../signer/signer-trees.ts';
import { attachmentHypotheses } from './attachment-octets.ts';
import { decryptedContent } from './decrypted-content.ts';
import { EDITED_EVERYWHERE, EDITED_SOMEWHERE, TWO_CHANGES } from './edit-causes.ts';
import { includeHypotheses } from './include-octets.ts';
import { FAR_METHODS, METHODS_LEFT, NEAR_METHODS } from './method-causes.ts';
import { inheritedDeclarations, innerDeclarations, namespaceFaults } from './namespace-causes.ts';
import { indentedWithSignature } from './indented-signature.ts';
import { listedPrefixes } from './prefix-list-causes.ts';
import { attachmentOf } from './reference-subject.ts';
import type { ReferenceSearch } from './reference-search.ts';

const INCLUDES: Hypothesis<ReferenceSearch> = {
  name: 'parts-out-of-place',
  one: true,
  candidates: ({ subject, parts, budget }) => (parts === null ? [] : includeHypotheses(subject, parts, budget)),
};

const HASHED_AGAIN: Hypothesis<ReferenceSearch> = {
  name: 'hashed-again',
  candidates: ({ subject, computed }) => hashedAgain(subject.octets, computed),
};

/** Where the message is what it was and only the octets around it or between are not: all names that fit are given. */
const NEAR: Stage<ReferenceSearch> = [
  HASHED_AGAIN,
  { name: 'decrypted-content', one: true, candidates: ({ subject }) => decryptedContent(subject) },
  { name: 'certificate-of-key-info', candidates: ({ subject }) => certificatesInstead(subject) },
  { name: 'xml-attributes', candidates: ({ subject }) => xmlAttributes(subject) },
  { name: 'inherited-declarations', candidates: ({ subject, signature }) => inheritedDeclarations(subject, signature) },
  NEAR_METHODS,
  {
    name: 'inner-declarations-inclusive',
    candidates: ({ subject }) => (isInclusive(subject) ? innerDeclarations(subject) : []),
  },
  FAR_METHODS,
  { name: 'xml-prefix-rendered', candidates: ({ subject }) => renderedXmlPrefix(subject) },
  { name: 'listed-prefixes', candidates: ({ subject }) => listedPrefixes(subject) },
  {
    name: 'signatures-left-out',
    candidates: ({ subject, signature, budget }) => signaturesLeftOut(subject, signature, budget),
  },
  { name: 'cdata', candidates: ({ subject, budget }) => cdataFaults(subject, budget) },
  { name: 'raw-returns', candidates: ({ subject, budget }) => rawReturns(subject, budget) },
  EDITED_EVERYWHERE,
  {
    name: 'indented-with-signature',
    one: true,
    candidates: ({ subject, signature, budget }) => indentedWithSignature(subject, signature, budget),
  },
  {
    name: 'inner-declarations',
    candidates: ({ subject }) => (isInclusive(subject) ? [] : innerDeclarations(subject)),
  },
  {
    name: 'part-of-element',
    candidates: ({ subject, signature, budget }) => partsOfElement(subject, signature, budget),
  },
];

/** What a signer's own canonicalizer got wrong, and other elements than the one that is referenced. */
const FAR: Stage<ReferenceSearch> = [
  { name: 'other-trees', candidates: ({ subject }) => otherTrees(subject) },
  { name: 'declarations-lost-or-repeated', candidates: ({ subject }) => namespaceFaults(subject) },
  { name: 'tree-not-namespace-aware', candidates: ({ subject }) => unawareTrees(subject) },
  { name: 'tree-without-declarations', candidates: ({ subject }) => undeclaredTrees(subject) },
  { name: 'attribute-order', candidates: ({ subject }) => attributeOrders(subject) },
  { name: 'empty-elements', candidates: ({ subject }) => emptyElements(subject) },
  { name: 'escapes', candidates: ({ subject }) => escapeFaults(subject) },
  { name: 'raw-text', candidates: ({ subject }) => rawSlices(subject) },
  { name: 'wrapped-text', candidates: ({ subject }) => wrappedOctets(subject.octets) },
  { name: 'other-encoding', candidates: ({ subject }) => encodedOctets(subject.octets) },
  {
    name: 'other-element',
    one: true,
    candidates: ({ subject, signature, budget }) => otherElements(subject, signature, budget),
  },
];

/** Of a reference to nodes or to the whole message. */
export const REFERENCE_STAGES: readonly Stage<ReferenceSearch>[] = [
  [INCLUDES],
  NEAR,
  FAR,
  METHODS_LEFT,
  [EDITED_SOMEWHERE],
  [TWO_CHANGES],
];

/** Of a reference to an attachment. */
export const ATTACHMENT_STAGES: readonly Stage<ReferenceSearch>[] = [
  [
    {
      name: 'attachment-form',
      one: true,
      candidates: ({ reference, budget }) => {
        const attachment = attachmentOf(reference);
        return attachment === null ? [] : attachmentHypotheses(attachment, reference.processed.transforms, budget);
      },
    },
  ],
];

const isInclusive = ({ method }: ReferenceSearch['subject']): boolean =>
  method !== null && method.family !== 'exclusive-1.0';

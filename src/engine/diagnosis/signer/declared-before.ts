/**
 * Declarations above an element that were there when it was signed, so that nobody can have added them on the way
 * (docs/faults.md: inclusive-ancestor-ns-added-later, signedinfo-missing-xmlns).
 */
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import { DS, SOAP11, SOAP12, WSSE } from '../../xml/namespaces.ts';
import type { NodeIndex, XmlDocument } from '../../xml/document.ts';
import {
  ancestors,
  attributes,
  declaredPrefix,
  isElement,
  isNamespaceDeclaration,
  isWithin,
  namespaceUri,
  qualifiedName,
} from '../../xml/navigate.ts';
import { prefixOf } from '../canonical-tokens.ts';
import { finalMethod } from '../reference/reference-subject.ts';

/** Prefixes by what is known of their nearest declaration above an element. */
export interface Above {
  /** It was there: what was there needs it, it stands on ds:Signature, or a digest that holds covers it. */
  readonly certain: ReadonlySet<string>;
  /** An ancestor bears the prefix itself, but that may have been put around later with all that it declares. */
  readonly borne: ReadonlySet<string>;
}

/** What is known of the surroundings of an element. */
export interface Surroundings {
  /** Elements that were there when it was signed, with what they stand in up to the element. */
  readonly there: (node: NodeIndex) => boolean;
  /** Whether a digest that holds takes in the declarations of that element. */
  readonly covered: (node: NodeIndex) => boolean;
}

/** The declarations above an element, each prefix by its nearest. */
export function declaredAbove(document: XmlDocument, apex: NodeIndex, { there, covered }: Surroundings): Above {
  const needed = new Set<string>();
  const used = new Set<string>();
  const found = new Set<string>();
  const certain = new Set<string>();
  const borne = new Set<string>();
  for (const node of ancestors(document, apex)) {
    if (node <= 0) continue;
    const own = prefixOf(qualifiedName(document, node));
    used.add(own);
    if (there(node)) needed.add(own);
    const known = isElement(document, node, DS, 'Signature') || covered(node);
    for (const attribute of attributes(document, node)) {
      const prefix = isNamespaceDeclaration(document, attribute) ? declaredPrefix(document, attribute) : null;
      if (prefix === null || found.has(prefix)) continue;
      found.add(prefix);
      if (known || needed.has(prefix)) certain.add(prefix);
      else if (used.has(prefix)) borne.add(prefix);
    }
  }
  return { certain, borne };
}

/** Whether an element belongs to a SOAP message: its parts are signed where they stand. */
export function isOfMessage(document: XmlDocument, node: NodeIndex): boolean {
  return [SOAP11, SOAP12].includes(namespaceUri(document, node)) || isElement(document, node, WSSE, 'Security');
}

/** What is known of the declarations that SignedInfo inherits. @param elements the ds:Reference elements */
export function aboveSignedInfo(
  signature: JudgedSignature,
  signedInfo: NodeIndex,
  elements: readonly NodeIndex[],
): Above {
  const { document, references, node } = signature;
  const targets = references.flatMap(({ processed }) =>
    processed.status === 'octets' && processed.target !== null && processed.target > 0 ? [processed.target] : [],
  );
  const around = targets.filter((target) => isWithin(document, node, target));
  const whole = references.flatMap(({ report, processed }, index) => {
    const element = elements[index];
    const holds = element !== undefined && report.digest === 'pass' && processed.status === 'octets';
    return holds && processed.target !== null && finalMethod(document, element).method.family !== 'exclusive-1.0'
      ? [processed.target]
      : [];
  });
  const above = declaredAbove(document, signedInfo, {
    there: (one) =>
      around.length > 0
        ? around.some((target) => isWithin(document, one, target))
        : isOfMessage(document, one) || isElement(document, one, DS, 'Signature'),
    covered: (one) =>
      whole.some((target) => target === 0 || isWithin(document, one, target) || isWithin(document, target, one)),
  });
  // What is signed with its Signature in it is often put into another message as it is.
  return around.length > 0 ? { ...above, borne: new Set() } : above;
}

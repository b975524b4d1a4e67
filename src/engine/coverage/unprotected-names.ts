/**
 * Prefixes in content whose binding no digest holds (docs/attacks.md C14-06): Exclusive C14N leaves declarations out
 * that only a QName in content uses (Exclusive XML Canonicalization §1.3).
 */
import { EXCLUSIVE_C14N, EXCLUSIVE_C14N_COMMENTS } from '../algorithms/identifiers.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { indexOfOctets } from '../bytes/octets.ts';
import { isVerified, type JudgedReference, type JudgedSignature } from '../signature/judged-signature.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { AttributeIndex, NodeIndex, XmlDocument } from '../xml/document.ts';
import { XSD, XSI } from '../xml/namespaces.ts';
import {
  attributeLocalName,
  attributeNamespaceUri,
  attributeText,
  attributeValueRange,
  elementPath,
  ownerOf,
  resolvePrefix,
} from '../xml/navigate.ts';

/** Names listed of one message. */
const MOST_NAMES = 20;

/**
 * xsi:type values whose prefix is declared outside what was digested: another declaration there changes the type and
 * no digest. A name of XML Schema's own types is left out: it means the same to everybody.
 */
export function unprotectedNames(document: XmlDocument, signatures: readonly JudgedSignature[]): FindingDraft[] {
  if (!document.uris.includes(XSI)) return [];
  const found = new Map<string, FindingDraft>();
  for (const signature of signatures) {
    if (signature.document !== document || !isVerified(signature)) continue;
    for (const reference of signature.references) {
      if (found.size >= MOST_NAMES) break;
      tellNames(document, reference, found);
    }
  }
  return [...found.values()];
}

/** The xsi:type values whose prefix nothing around them declares, as one finding; none where all are declared. */
export function unboundNames(document: XmlDocument): readonly FindingDraft[] {
  if (!document.uris.includes(XSI)) return [];
  const found: AttributeIndex[] = [];
  for (const attribute of typeAttributes(document, 0)) {
    const value = attributeText(document, attribute).trim();
    const colon = value.indexOf(':');
    if (colon <= 0 || resolvePrefix(document, ownerOf(document, attribute), value.slice(0, colon)) !== null) continue;
    found.push(attribute);
  }
  const [first] = found;
  if (first === undefined) return [];
  const name = attributeText(document, first).trim();
  const path = elementPath(document, ownerOf(document, first));
  return [
    {
      code: 'qname-prefix-unbound',
      severity: 'warning',
      ranges: found.slice(0, MOST_NAMES).map((attribute) => attributeValueRange(document, attribute)),
      data: { name, prefix: name.slice(0, name.indexOf(':')), path, count: found.length },
    },
  ];
}

const isExclusive = (uri: string): boolean => uri === EXCLUSIVE_C14N || uri === EXCLUSIVE_C14N_COMMENTS;

function tellNames(document: XmlDocument, reference: JudgedReference, found: Map<string, FindingDraft>): void {
  const { processed } = reference;
  if (reference.report.digest !== 'pass' || processed.status !== 'octets' || processed.target === null) return;
  if (processed.kept === null || !processed.transforms.some(isExclusive)) return;
  for (const attribute of typeAttributes(document, processed.target)) {
    if (found.size >= MOST_NAMES) return;
    const owner = document.attributeOwner[attribute] ?? 0;
    const value = attributeText(document, attribute).trim();
    const prefix = value.includes(':') ? value.slice(0, value.indexOf(':')) : '';
    const uri = prefix === '' ? null : resolvePrefix(document, owner, prefix);
    if (uri === null || uri === XSD || found.has(`${prefix} ${uri}`)) continue;
    if (indexOfOctets(processed.octets, encodeUtf8(` xmlns:${prefix}="${escaped(uri)}"`)) >= 0) continue;
    found.set(`${prefix} ${uri}`, {
      code: 'C14-06',
      severity: 'warning',
      ranges: [attributeValueRange(document, attribute)],
      data: { name: value, prefix, namespace: uri, path: elementPath(document, owner) },
    });
  }
}

function* typeAttributes(document: XmlDocument, target: NodeIndex): Generator<AttributeIndex> {
  const end = document.next[target] ?? 0;
  for (let attribute = 0; attribute < document.attributeTotal; attribute++) {
    const owner = document.attributeOwner[attribute] ?? 0;
    if (owner < target) continue;
    if (owner >= end) return;
    if (attributeLocalName(document, attribute) !== 'type') continue;
    if (attributeNamespaceUri(document, attribute) === XSI) yield attribute;
  }
}

/** An attribute's value as Canonical XML writes it (§2.3). */
function escaped(uri: string): string {
  return uri.replaceAll('&', '&amp;').replaceAll('<', '&lt;').replaceAll('"', '&quot;');
}

/** Parameters in a ds:SignatureMethod: HMACOutputLength (XML Signature §6.3.1) and RSAPSSParams (RFC 9231 §2.3.9). */
import { algorithmOfKind } from '../algorithms/algorithm-table.ts';
import { Digest } from '../algorithms/identifiers.ts';
import { DS, MORE07 } from '../xml/namespaces.ts';
import type { PssParameters } from '../crypto/provider.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, childElementsNamed, firstChildElement, textContent } from '../xml/navigate.ts';

/** HMACOutputLength as it stands; what it is worth is the strength policy's to say. */
export interface OutputLength {
  readonly text: string;
  /** NaN where it is no number. */
  readonly bits: number;
}

/** Reads ds:HMACOutputLength; null where there is none, `bits` NaN where it is no number. */
export function readOutputLength(document: XmlDocument, method: NodeIndex): OutputLength | null {
  const elements = childElementsNamed(document, method, DS, 'HMACOutputLength');
  if (elements.length === 0) return null;
  const text = elements.map((element) => textContent(document, element).trim()).join(' ');
  // Two of them are no number either: one reader takes the first, another the last.
  return { text, bits: /^-?[0-9]{1,9}$/.test(text) ? Number(text) : Number.NaN };
}

/** The parameters with the defaults of RFC 9231 filled in; `saltLength` in octets. */
export function readPssParameters(document: XmlDocument, method: NodeIndex): PssParameters {
  const element = firstChildElement(document, method, MORE07, 'RSAPSSParams');
  const child = (parent: NodeIndex, uri: string, local: string) =>
    parent === NO_NODE ? NO_NODE : firstChildElement(document, parent, uri, local);
  const algorithm = (node: NodeIndex) => (node === NO_NODE ? null : attributeValue(document, node, '', 'Algorithm'));
  const number = (node: NodeIndex) => {
    const text = node === NO_NODE ? '' : textContent(document, node).trim();
    return /^[0-9]{1,6}$/.test(text) ? Number(text) : null;
  };
  const digest = algorithm(child(element, DS, 'DigestMethod')) ?? Digest.sha256;
  const mask = child(element, MORE07, 'MaskGenerationFunction');
  return {
    digest,
    maskDigest: algorithm(child(mask, DS, 'DigestMethod')) ?? maskDigestOf(algorithm(mask), digest),
    saltLength: number(child(element, MORE07, 'SaltLength')) ?? (algorithmOfKind(digest, 'digest')?.bits ?? 256) / 8,
    trailerField: number(child(element, MORE07, 'TrailerField')) ?? 1,
  };
}

/** The MGF URIs of XML Encryption 1.1 name their hash: `…xmlenc11#mgf1sha256`. */
function maskDigestOf(mask: string | null, digest: string): string {
  const named = mask === null ? undefined : /#mgf1sha(1|224|256|384|512)$/.exec(mask)?.[1];
  return named === undefined ? digest : Digest[`sha${named}` as 'sha1' | 'sha224' | 'sha256' | 'sha384' | 'sha512'];
}

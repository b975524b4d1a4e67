/**
 * What a receiver acts on: the elements whose coverage decides (docs/command.md, "How the axes are judged";
 * docs/attacks.md XSW-13).
 */
import { DS, SAML1, SAML1P, SAML2, SAML2P, WSA_2004, WSA_2005, WSSE, WSSE11, WSU } from '../xml/namespaces.ts';
import { embeddedTokens } from '../tokens/embedded-tokens.ts';
import type { Envelope } from '../envelope/read-envelope.ts';
import {
  attributeValue,
  childElements,
  descendantElements,
  isElement,
  localName,
  namespaceUri,
  nextOf,
  qualifiedName,
} from '../xml/navigate.ts';
import { NO_NODE, NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';

/** An element that a receiver acts on. */
export interface ConsumedElement {
  /**
   * `Body`, `Timestamp`, `wsa:To`, `UsernameToken`, `SAMLAssertion`, `BinarySecurityToken`, `header:NAME`, `beside:NAME`, `root`,
   * `object`.
   */
  readonly role: string;
  readonly node: NodeIndex;
  /** Counts for the axis. */
  readonly required: boolean;
}

/** @param ours the Security headers that this receiver processes */
export function consumedInEnvelope(
  document: XmlDocument,
  envelope: Envelope,
  ours: readonly NodeIndex[],
): readonly ConsumedElement[] {
  // Two Bodies leave open which one a receiver takes, and one of another namespace whether it looks at that: each is
  // judged as if it were the one.
  const consumed: ConsumedElement[] = childElements(document, envelope.node).flatMap((node) => {
    const name = localName(document, node);
    if (name === 'Body') return [{ role: 'Body', node, required: true }];
    // SOAP 1.1 lets elements follow the Body (§4), and a Body of its encoding refers to them (§5.4.1).
    // A signature there is no content: the signer of the envelope put it in.
    return name === 'Header' || isSignature(document, node) ? [] : [{ role: `beside:${name}`, node, required: true }];
  });
  for (const header of ours) {
    for (const child of childElements(document, header)) {
      const role = tokenRole(document, child);
      if (role !== null) consumed.push({ role, node: child, required: role !== 'BinarySecurityToken' });
      // Opened, or never encrypted at all.
      else if (isElement(document, child, SAML2, 'EncryptedAssertion')) {
        consumed.push(...assertionsUnder(document, child));
      } else if (isElement(document, child, WSSE11, 'SignatureConfirmation')) {
        // Unsigned it lets a response be given to another request (SMS §8.5).
        consumed.push({ role: 'SignatureConfirmation', node: child, required: true });
      } else {
        for (const node of embeddedTokens(document, child)) {
          const embedded = tokenRole(document, node);
          if (embedded !== null) {
            consumed.push({ role: embedded, node, required: embedded !== 'BinarySecurityToken' });
          }
        }
      }
    }
  }
  for (const block of envelope.blocks) {
    if (isElement(document, block.node, WSSE, 'Security')) continue;
    consumed.push(
      isAddressing(block.uri) || isReferenceParameter(document, block.node)
        ? { role: `wsa:${block.local}`, node: block.node, required: true }
        : { role: `header:${block.local}`, node: block.node, required: false },
    );
  }
  return consumed.sort((a, b) => a.node - b.node);
}

/**
 * The assertions of a SAML response, wherever a receiver may look for them, or the assertion that is the document
 * itself;
 * null where the document is neither.
 */
export function consumedInSaml(document: XmlDocument): readonly ConsumedElement[] | null {
  const { root } = document;
  if (root === NO_NODE) return null;
  if (isAssertion(document, root)) return [{ role: 'SAMLAssertion', node: root, required: true }];
  if (namespaceUri(document, root) !== SAML2P && namespaceUri(document, root) !== SAML1P) return null;
  const assertions = assertionsUnder(document, root);
  return assertions.length > 0 ? assertions : [{ role: 'root', node: root, required: true }];
}

/** Outermost assertions beneath an element; those that a ds:Signature carries in its Objects are nobody's token. */
function assertionsUnder(document: XmlDocument, top: NodeIndex): readonly ConsumedElement[] {
  const found: ConsumedElement[] = [];
  const end = nextOf(document, top);
  for (let node = top + 1; node < end; node++) {
    if (document.kind[node] !== NodeKind.element) continue;
    if (isAssertion(document, node)) found.push({ role: 'SAMLAssertion', node, required: true });
    else if (!isSignature(document, node)) continue;
    node = nextOf(document, node) - 1;
  }
  return found;
}

/** Role of an element by its name alone, for one that stands outside its place; null for names that have none. */
export function roleByName(document: XmlDocument, node: NodeIndex, soapNamespace: string | null): string | null {
  if (soapNamespace !== null && isElement(document, node, soapNamespace, 'Body')) return 'Body';
  if (isAddressing(namespaceUri(document, node))) return `wsa:${localName(document, node)}`;
  return tokenRole(document, node);
}

function tokenRole(document: XmlDocument, node: NodeIndex): string | null {
  if (isElement(document, node, WSU, 'Timestamp')) return 'Timestamp';
  if (isElement(document, node, WSSE, 'UsernameToken')) return 'UsernameToken';
  if (isElement(document, node, WSSE, 'BinarySecurityToken')) return 'BinarySecurityToken';
  return isAssertion(document, node) ? 'SAMLAssertion' : null;
}

function isAssertion(document: XmlDocument, node: NodeIndex): boolean {
  return isElement(document, node, SAML2, 'Assertion') || isElement(document, node, SAML1, 'Assertion');
}

function isSignature(document: XmlDocument, node: NodeIndex): boolean {
  return isElement(document, node, DS, 'Signature');
}

/**
 * The first element inside the Body with the same expanded name as `node`, or NO_NODE: where a forged payload would
 * stand.
 */
export function sameNameInBody(document: XmlDocument, node: NodeIndex, body: NodeIndex): NodeIndex {
  for (const inner of descendantElements(document, body)) {
    if (
      localName(document, inner) === localName(document, node) &&
      namespaceUri(document, inner) === namespaceUri(document, node)
    ) {
      return inner;
    }
  }
  return NO_NODE;
}

/** For words: the name as written. */
export function nameOf(document: XmlDocument, node: NodeIndex): string {
  return qualifiedName(document, node);
}

/** A block that a receiver takes for part of an endpoint's address (WS-Addressing 1.0 SOAP Binding §3). */
function isReferenceParameter(document: XmlDocument, node: NodeIndex): boolean {
  return attributeValue(document, node, WSA_2005, 'IsReferenceParameter') !== null;
}

/** The Recommendation's namespace and those of its submissions and drafts, which stacks still read. */
const ADDRESSING: ReadonlySet<string> = new Set([
  WSA_2005,
  WSA_2004,
  'http://schemas.xmlsoap.org/ws/2004/03/addressing',
  'http://schemas.xmlsoap.org/ws/2003/03/addressing',
]);

function isAddressing(uri: string): boolean {
  return ADDRESSING.has(uri);
}

/** What a wsse:SecurityTokenReference stands for in an STR-Transform (SMS 1.1 §8.3). */
import { X509V3 } from '../tokens/binary-security-token.ts';
import { tokenKind } from '../tokens/read-tokens.ts';
import { WSSE, WSSE_DRAFTS, XENC } from '../xml/namespaces.ts';
import { readEncryptedKey } from '../tokens/encrypted-key.ts';
import { base64Octets, encodeBase64 } from '../bytes/base64.ts';
import type { DereferencedToken } from '../transforms/transform-types.ts';
import type { NodeIndex } from '../xml/document.ts';
import { attributeValue, childElements, descendantElementsNamed, localName, namespaceUri } from '../xml/navigate.ts';
import { certificateNamed } from './certificate-search.ts';
import type { CertificateIdentifier } from './certificate-identifier.ts';
import type { KeyResolutionContext } from './key-resolution-types.ts';
import { assertionById, followReference, readKeyIdentifier } from './security-token-reference.ts';
import { identifiersIn } from './x509-data.ts';

const missing = (reason: string): DereferencedToken => ({ type: 'missing', reason });

/** A function that follows one reference to its token: a node, or the certificate of which a token is synthesised. */
export function makeTokenDereferencer(
  context: KeyResolutionContext,
): (securityTokenReference: NodeIndex) => DereferencedToken {
  const { document } = context;
  const node = (at: NodeIndex | null, reason: string): DereferencedToken =>
    at === null ? missing(reason) : { type: 'node', document, node: at };
  const certificate = (identifier: CertificateIdentifier): DereferencedToken => {
    const found = certificateNamed(context, identifier);
    return found === null
      ? missing('signer-certificate-not-found')
      : { type: 'certificate', der: found.der, valueType: X509V3 };
  };
  const byKeyIdentifier = (at: NodeIndex): DereferencedToken => {
    const identifier = readKeyIdentifier(document, at);
    if (identifier.kind === 'saml') return node(assertionById(document, identifier.id), 'id-not-found');
    if (identifier.kind === 'encrypted-key-sha1') {
      const octets = base64Octets(identifier.text);
      const wanted = octets === null ? identifier.text : encodeBase64(octets);
      const found = descendantElementsNamed(document, 0, XENC, 'EncryptedKey').find(
        (one) => readEncryptedKey(document, one, context.crypto).sha1 === wanted,
      );
      return node(found ?? null, 'encryptedkey-missing');
    }
    if (identifier.kind !== 'certificate') return missing('keyid-type-unexpected');
    const whole = identifier.identifier.form === 'certificate' ? identifier.identifier.octets : null;
    return whole === null ? certificate(identifier.identifier) : { type: 'certificate', der: whole, valueType: X509V3 };
  };
  return (reference) => {
    const child = childElements(document, reference)[0];
    if (child === undefined) return missing('keyinfo-missing-or-empty');
    const wsse = namespaceUri(document, child) === WSSE || WSSE_DRAFTS.has(namespaceUri(document, child));
    const name = localName(document, child);
    if (wsse && name === 'Reference') {
      const target = followReference(context, attributeValue(document, child, '', 'URI'));
      return target.status === 'found' ? node(target.node, '') : missing('bst-reference-broken');
    }
    if (wsse && name === 'Embedded') return node(childElements(document, child)[0] ?? null, 'keyinfo-missing-or-empty');
    if (wsse && name === 'KeyIdentifier') return byKeyIdentifier(child);
    if (name === 'X509Data') {
      const identifier = identifiersIn(document, child)[0]?.identifier;
      return identifier ? certificate(identifier) : node(child, '');
    }
    return tokenKind(document, child) === null ? missing('keyid-type-unexpected') : node(child, '');
  };
}

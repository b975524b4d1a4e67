/** Words for algorithm and type URIs: the engine's table said in sentences, and what a misspelt one was meant to be. */
import { algorithmByUri } from '../engine/algorithms/algorithm-table.ts';
import type { Algorithm, AlgorithmKind } from '../engine/algorithms/algorithm.ts';
import { didYouMean } from '../engine/algorithms/near-miss.ts';
import type { SpecCitation } from '../engine/trace/trace.ts';

/** What a URI stands for. */
export interface UriWords {
  readonly name: string;
  readonly text: string;
  readonly citation: SpecCitation;
}

const KIND: Readonly<Record<AlgorithmKind, string>> = {
  signature: 'Signature algorithm',
  mac: 'Message authentication code',
  digest: 'Digest',
  canonicalization: 'Canonicalization',
  transform: 'Transform',
  'block-encryption': 'Content encryption',
  'key-transport': 'Key transport',
  'key-wrap': 'Key wrap',
  'key-agreement': 'Key agreement',
  'key-derivation': 'Key derivation',
  'mask-generation': 'Mask generation',
  'encryption-type': 'What was encrypted',
};

const STRENGTH: Readonly<Record<Algorithm['strength'], string>> = {
  current: '',
  legacy: 'Retired; nothing new should use it.',
  weak: 'Too weak to rely on today.',
  refused: 'Never run here: it lets a message execute code or choose what is hidden.',
  unknown: 'Not a standard algorithm that other stacks can be expected to know.',
};

/** What a canonicalization or transform does to the octets, where the name does not say it. */
const EFFECT: Readonly<Record<string, string>> = {
  'http://www.w3.org/2001/10/xml-exc-c14n#':
    'Writes only the namespace declarations that are visibly used, so that the element can be moved into ' +
    'another envelope. Drops comments.',
  'http://www.w3.org/2001/10/xml-exc-c14n#WithComments':
    'Writes only the namespace declarations that are visibly used. Keeps comments.',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315':
    'Writes every namespace declaration in scope, also those of the ancestors: a new xmlns on the Envelope ' +
    'changes the digest of the Body.',
  'http://www.w3.org/TR/2001/REC-xml-c14n-20010315#WithComments':
    'Writes every namespace declaration in scope, also those of the ancestors. Keeps comments.',
  'http://www.w3.org/2006/12/xml-c14n11': 'As Canonical XML 1.0, but xml:id is not inherited and xml:base is resolved.',
  'http://www.w3.org/2000/09/xmldsig#enveloped-signature': 'Leaves out the signature being verified, and nothing else.',
  'http://www.w3.org/2000/09/xmldsig#base64': 'Decodes Base64: the octets are signed, not their text.',
  'http://www.w3.org/TR/1999/REC-xpath-19991116':
    'Keeps the nodes for which the expression is true. What it leaves out is not signed.',
  'http://www.w3.org/2002/06/xmldsig-filter2':
    'Intersects, subtracts or adds whole subtrees. What it leaves out is not signed.',
  'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#STR-Transform':
    'Puts the referenced token in the place of the reference to it, so that the token itself is signed.',
};

/** ValueTypes and other URIs that are no algorithms. */
const TYPES: Readonly<Record<string, UriWords>> = Object.fromEntries(
  [
    [
      'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0#Base64Binary',
      'Base64Binary',
      'The content is Base64. It is the only encoding there is.',
      'SMS',
      '6.3',
    ],
    [
      'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509v3',
      'X509v3',
      'One certificate, DER.',
      'XTP',
      '3.1.1',
    ],
    [
      'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509PKIPathv1',
      'X509PKIPathv1',
      'A certificate path, the anchor’s end first.',
      'XTP',
      '3.1.2',
    ],
    [
      'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#PKCS7',
      'PKCS7',
      'Certificates in a PKCS #7 envelope.',
      'XTP',
      '3.1.3',
    ],
    [
      'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-x509-token-profile-1.0#X509SubjectKeyIdentifier',
      'X509SubjectKeyIdentifier',
      'The certificate’s subject key identifier. Certificates without that extension cannot be named this way.',
      'XTP',
      '3.2.1',
    ],
    [
      'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#ThumbprintSHA1',
      'ThumbprintSHA1',
      'SHA-1 over the certificate’s DER.',
      'SMS',
      '7.3',
    ],
    [
      'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#EncryptedKeySHA1',
      'EncryptedKeySHA1',
      'SHA-1 over the decoded CipherValue of an EncryptedKey, often one that the request carried.',
      'SMS',
      '7.3',
    ],
    [
      'http://docs.oasis-open.org/wss/oasis-wss-soap-message-security-1.1#EncryptedKey',
      'EncryptedKey',
      'The token is an encrypted session key.',
      'SMS',
      '7.7',
    ],
    [
      'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.0#SAMLAssertionID',
      'SAMLAssertionID',
      'A SAML 1.1 assertion by its AssertionID.',
      'STP',
      '3.4',
    ],
    [
      'http://docs.oasis-open.org/wss/oasis-wss-saml-token-profile-1.1#SAMLID',
      'SAMLID',
      'A SAML 2.0 assertion by its ID.',
      'STP',
      '3.4',
    ],
    [
      'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordText',
      'PasswordText',
      'The password itself. Only the transport hides it.',
      'UTP',
      '3.1',
    ],
    [
      'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-username-token-profile-1.0#PasswordDigest',
      'PasswordDigest',
      'Base64 of SHA-1 over nonce, created and password. The receiver must know the password itself.',
      'UTP',
      '3.1',
    ],
  ].map(([uri, name, text, spec, section]) => [uri, { name, text, citation: { spec, section } }]),
) as Record<string, UriWords>;

/** An algorithm, a namespace or a type by its URI; null where it is not known. */
export function describeUri(uri: string): UriWords | null {
  const type = TYPES[uri];
  if (type) return type;
  const algorithm = algorithmByUri(uri);
  if (!algorithm) return null;
  const support = algorithm.support.verdict === 'no' && algorithm.strength !== 'refused' ? 'Not available here.' : '';
  return {
    name: algorithm.name,
    text: [`${KIND[algorithm.kind]}.`, EFFECT[uri] ?? '', STRENGTH[algorithm.strength], support]
      .filter(Boolean)
      .join(' '),
    citation: algorithm.citation,
  };
}

/** The URI that was probably meant, or null where `uri` is known or nothing is near. */
export function suggestUri(uri: string): { readonly uri: string; readonly name: string } | null {
  if (TYPES[uri] || algorithmByUri(uri)) return null;
  const skeleton = uri.trim().toLowerCase();
  const type = Object.keys(TYPES).find(
    (candidate) => candidate.toLowerCase() === skeleton || candidate.slice(candidate.indexOf('#')) === uri,
  );
  const near = type ?? didYouMean(uri)[0]?.uri;
  return near === undefined ? null : { uri: near, name: describeUri(near)?.name ?? near };
}

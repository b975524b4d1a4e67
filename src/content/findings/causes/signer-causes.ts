/** Errors of the signer in what a digest was made of. */
import type { NamedCause } from '../../../engine/trace/finding-data/causes.ts';
import { said } from '../catalogue.ts';
import { signer, The, the, type Cause } from './cause-words.ts';

/** By code; each blames the signer. */
export const SIGNER_CAUSES = {
  'crlf-raw-cr-kept': signer(
    (data) => `${The(data)} was hashed with the carriage returns of the file`,
    'XML parsers turn CR LF into LF before anything else. The signer must normalise line ends before it hashes.',
  ),
  'entity-text-overescaped': signer(
    (data) => `${The(data)} was hashed with escapes that canonical XML does not use`,
    'The signer’s canonicalizer must escape as Canonical XML says: in text only &, <, > and CR.',
  ),
  'char-replaced-by-question-mark': signer(
    (data) => `Letters of ${the(data)} were replaced by question marks`,
    'Somewhere text was written in a charset that lacks the letter. Write and read UTF-8.',
  ),
  'cdata-mishandled': signer(
    (data) => `${The(data)} was hashed with its CDATA sections mishandled`,
    'Canonical XML replaces CDATA sections by escaped text. The signer must use a conforming canonicalizer, or ' +
      'send escaped text.',
  ),
  'utf8-read-as-latin1-or-ascii': signer(
    (data) => `Text of ${the(data)} was read in a wrong encoding`,
    'UTF-8 octets were read as a charset of single octets, or cut to ASCII. Whoever did must read and write ' +
      'octets as UTF-8.',
  ),
  'digest-over-declared-charset': signer(
    (data) => `${The(data)} was hashed in another encoding than UTF-8`,
    'Canonical octets are UTF-8 whatever the document’s encoding. The signer must hash those.',
  ),
  'id-added-after-digest': signer(
    (data) =>
      data.how === 'inner-id-removed'
        ? `${said(data.element)} in ${the(data)} got its Id after ${the(data)} was hashed`
        : `${The(data)} got its Id after it was hashed`,
    'The signer must set the Id first.',
  ),
  'inclusive-ancestor-ns-missing': signer(
    (data) => `${The(data)} was hashed outside its document`,
    'Under inclusive canonicalization the declarations above it belong to it. The signer must hash it in place, ' +
      'or use Exclusive C14N.',
  ),
  'ns-decl-lost-on-extraction': signer(
    (data) => `${The(data)} was cut out as a string and hashed without its inherited namespaces`,
    'Canonicalize the node in its document, not a string.',
  ),
  'inclusive-dup-ns-bug': signer(
    (data) => `${The(data)} was hashed with inherited namespaces repeated`,
    'The signer’s canonicalizer is faulty: update it.',
  ),
  'xades-signedproperties-digest': signer(
    () => 'SignedProperties was hashed outside the signature',
    'Put SignedProperties in its place before its digest is made.',
  ),
  'prefixlist-ignored-in-reference': signer(
    () => 'The signer ignored the PrefixList of the Transform',
    'Write the PrefixList that was used, or use the one that is written.',
  ),
  'prefixlist-default-token': signer(
    () => 'The signer mishandled #default in the PrefixList',
    '#default stands for the default namespace. Update the canonicalizer.',
  ),
  'prefixlist-used-but-not-declared': {
    title: (data) =>
      data.party === 'transit'
        ? 'The PrefixList was changed after signing'
        : 'The signer used a PrefixList that it did not write',
    blame: 'The PrefixList that canonicalization used has to stand in InclusiveNamespaces, and nobody may change it.',
  },
  'inclusive-labelled-exclusive': signer(
    (data) => `${The(data)} was canonicalized with another algorithm than the one named`,
    'The signer must name the algorithm that it uses; for SOAP that should be Exclusive C14N, set on every Reference.',
  ),
  'missing-c14n-transform': signer(
    () => 'No canonicalization is named, and the signer did not use the default',
    'Without a canonicalization the default is inclusive Canonical XML 1.0. The signer must add the Transform it uses.',
  ),
  'comments-in-digest': signer(
    (data) => `Comments of ${the(data)} were not handled as the algorithm says`,
    'A reference to #id leaves comments out, and so does a method without comments. The signer must align label ' +
      'and behaviour.',
  ),
  'attr-order-not-sorted': signer(
    (data) => `${The(data)} was hashed with attributes in a wrong order`,
    'Canonical XML sorts declarations by prefix and attributes by namespace and local name. The signer must use ' +
      'a conforming canonicalizer.',
  ),
  'empty-elem-form': signer(
    (data) => `${The(data)} was hashed with empty elements in short form`,
    'Canonical XML writes <a></a>. The signer must use a conforming canonicalizer.',
  ),
  'digest-of-raw-serialisation': signer(
    (data) => `${The(data)} was hashed as raw text, not canonicalized`,
    'The signer must hash the canonical form.',
  ),
  'bom-in-digest': signer(
    (data) => `${The(data)} was hashed with a byte order mark`,
    'The signer must hash canonical octets, which have none.',
  ),
  'xmldecl-in-digest': signer(
    (data) => `${The(data)} was hashed with text around it`,
    'The canonical form has no XML declaration and no line end around it. The signer must hash nothing else.',
  ),
  'digest-double-hash': signer(
    (data) => `${The(data)} was hashed twice`,
    'The signer hands a digest to a function that hashes again. Hand it the data.',
  ),
  'digest-of-empty': signer(
    (data) => `Nothing was hashed for ${the(data)}`,
    'The digest is that of no octets: the signer did not find the element, or its stream was read already.',
  ),
  'digest-alg-label-mismatch': {
    title: (data) =>
      data.how === 'digest-method-changed'
        ? 'DigestMethod was changed after signing'
        : 'The digest was made with another algorithm than DigestMethod names',
    blame: 'DigestMethod must name the algorithm that was used.',
  },
  'digest-of-element-content': signer(
    (data) => `The content of ${the(data)} was hashed, not the element`,
    'A reference to an Id means the element with its tags. The signer must hash the element.',
  ),
  'wrong-element-referenced': signer(
    (data) => `The digest is of ${said(data.element, 'another element')}, not of ${the(data)}`,
    'The signer hashed another element than the one that the URI names. Select it by namespace and place, and by Id.',
  ),
  'str-transform-missing-or-wrong': signer(
    () => 'The digest is of the token instead of its reference, or the other way round',
    'With STR-Transform the token is hashed, without it the SecurityTokenReference. The signer must label what ' +
      'it does.',
  ),
  'enveloped-transform-order': signer(
    (data) => `${The(data)} was hashed ${data.how === 'signature-kept' ? 'with' : 'without'} the Signature in it`,
    'The enveloped-signature transform must stand before canonicalization, exactly where the Signature was left out.',
  ),
  'decrypted-content-reserialised': signer(
    (data) => `The encrypted part of ${the(data)} was serialised again before it was encrypted`,
    'Encrypt the very octets that were signed: serialize the element in its document, with the namespaces in ' +
      'scope, and do not parse or indent it on its own.',
  ),
  'signed-tree-not-namespace-aware': signer(
    (data) => `${The(data)} was hashed from a tree that knows no namespaces`,
    'The signer parsed or built its message without namespaces, so that xmlns attributes were hashed like any other. ' +
      'In Java: setNamespaceAware(true) on the DocumentBuilderFactory, and createElementNS with setAttributeNS.',
  ),
  'ns-decl-not-in-signed-tree': signer(
    (data) => `${The(data)} was hashed without namespace declarations, which were written later`,
    'The signer built its tree without xmlns attributes, and its serializer added them after the digest. Add them as ' +
      'attributes, or write the message and parse it again before signing.',
  ),
  'xmlns-xml-rendered': signer(
    (data) => `${The(data)} was hashed with a declaration of the prefix xml`,
    'Canonical XML leaves xmlns:xml out, the .NET canonicalizer writes it. Do not declare the prefix xml in the ' +
      'message.',
  ),
  'xml-attribute-inheritance': signer(
    (data) =>
      data.how === 'xml-attributes-inherited'
        ? `${The(data)} was hashed with ${said(data.attribute, 'xml: attributes')} of its ancestors`
        : `${The(data)} was hashed without the ${said(data.attribute, 'xml: attributes')} that it inherits`,
    'Canonical XML 1.0 takes over the xml: attributes of ancestors, Exclusive C14N none. The signer must use a ' +
      'conforming canonicalizer, or keep xml: attributes off the ancestors of what it signs.',
  ),
  'inner-signature-added-later': signer(
    (data) => `Another Signature was put into ${the(data)} after it was signed`,
    'The enveloped-signature transform leaves out its own Signature alone. Sign from the inside out: the inner ' +
      'Signature first, the outer one last.',
  ),
  'enveloped-tail-lost': {
    title: (data) => `${The(data)} was hashed without the text behind its Signature`,
    blame:
      'The signer’s tree keeps a text with the element before it and lost it with the Signature (lxml does), or the ' +
      'text, often a line end, was put there later. Only the Signature may be left out; nothing may follow it later.',
  },
  'keyinfo-digest-of-certificate': signer(
    (data) => `The certificate in ${the(data)} was hashed, not ${the(data)}`,
    'The reference names an element, so that its canonical form is what is hashed.',
  ),
  'xslt-xpath-transform-variant': signer(
    () => 'The XPath transform was evaluated otherwise',
    'Use enveloped-signature in place of an XPath that leaves out the Signature.',
  ),
} satisfies Partial<Record<NamedCause, Cause>>;

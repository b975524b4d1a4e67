/**
 * Fixes by stack for causes that diagnosis proves, from the study of interoperability faults: who changes what, where.
 */

const OWN_CODE = 'code of your own';

/** By finding code, then by stack or party. */
export const CAUSE_FIXES: Readonly<Record<string, Readonly<Record<string, string>>>> = {
  'prefixlist-ignored-in-reference': {
    WSS4J:
      'To send no PrefixList to a partner that ignores it, set addInclusivePrefixes=false in the signer’s ' +
      'configuration.',
    PHP: 'When signing or verifying, hand the prefixes of the list to $node->C14N() as its fourth argument, an array.',
    'xml-crypto': 'Give the prefixes as inclusiveNamespacesPrefixList when calling addReference.',
    signxml: 'Give the prefixes with the inclusive_ns_prefixes parameter.',
    'Ruby signer': 'Give the prefixes with the inclusive_namespaces option.',
    'nginx-saml': 'The list is read since pull request 25: update to a version that holds it.',
  },
  'prefixlist-ignored-in-signedinfo': {
    xmlseclibs: 'The list of CanonicalizationMethod is read since pull requests 178 and 205: update the library.',
    'xml-crypto': 'Mended with issue 94: update the library.',
    signxml: 'Mended with issue 145: update the library.',
    'aschamberger (PHP)': 'Mended with pull request 23: update the library.',
  },
  'prefixlist-default-token': {
    signer:
      'The library looks for a prefix called #default instead of the default namespace: update it, or leave ' +
      '#default out of the PrefixList.',
  },
  'prefixlist-used-but-not-declared': {
    signer:
      'Write the prefixes into ec:InclusiveNamespaces below the Transform, or canonicalize with plain Exclusive ' +
      'XML Canonicalization.',
  },
  'inclusive-labelled-exclusive': {
    '.NET':
      'SignedXml canonicalizes inclusively unless told otherwise: add an XmlDsigExcC14NTransform to each ' +
      'Reference, not only to SignedInfo.',
    'xml-crypto': 'Name the transforms of each reference explicitly when calling addReference.',
    pyXMLSecurity: 'Mended with pull request 28: update the library.',
  },
  'missing-c14n-transform': {
    signer:
      'Add Exclusive XML Canonicalization as the last Transform of each Reference. Without it inclusive ' +
      'canonicalization applies, and the Basic Security Profile asks for it anyway.',
  },
  'comments-in-digest': {
    'Nokogiri, Ruby signer': 'Give nil, not true, as the third argument: canonicalize(mode, namespaces, nil).',
    'xml-crypto': 'Mended with pull request 589: update the library.',
    pyXMLSecurity: 'Name the canonicalization that is really applied, with or without comments.',
  },
  'inclusive-ancestor-ns-missing': {
    signer:
      'Canonicalize the element where it stands in its Envelope, or change to Exclusive XML Canonicalization, ' +
      'which does not depend on the place.',
    goxmldsig: 'Mended with pull request 93: update the library.',
    signxml: 'Update to version 3.2 or later.',
  },
  'inclusive-ancestor-ns-added-later': {
    signer:
      'Change to Exclusive XML Canonicalization; where that is not allowed, declare every namespace on the ' +
      'Envelope before signing, so that no later step adds one.',
  },
  'ns-decl-lost-on-extraction': {
    'xml-crypto': 'Hand over the node in its document, not the text of the element (pull request 105).',
    '.NET':
      'Do not sign OuterXml: clone the element with the namespaces in scope, in a document with ' +
      'PreserveWhitespace set.',
    'ruby-saml': 'Update the library.',
  },
  'ns-decl-added-in-subtree': {
    'php-saml': 'Do not call setAttributeNS on the decrypted node: it declares a namespace inside the signed element.',
  },
  'inclusive-dup-ns-bug': { 'xml-crypto': 'Mended with pull requests 242 and 541: update the library.' },
  'xmlns-empty-spurious': {
    Java:
      'Create every element with createElementNS. Elements made with createElement have no namespace, and the ' +
      'serializer writes xmlns="" for them.',
    '.NET': 'Give every XName of the children their namespace.',
    signxml: 'Do not map the default namespace to XML Signature ({None: …}); see pull requests 283 and 286.',
  },
  'xades-signedproperties-digest': {
    'XAdES libraries':
      'Insert SignedProperties into its Signature first and digest it in place, so that the declarations it ' +
      'inherits are there.',
    '.NET': 'FirmaXadesNet does it in this order.',
  },
  'ws-pretty-print-after-sign': {
    zeep: 'Update, and do not serialize the signed envelope with pretty_print.',
    'lxml, signxml': 'Call tostring without pretty_print; if you want indentation, indent before signing.',
    PHP: 'Set $document->formatOutput = false before saveXML().',
    Java: 'Set OutputKeys.INDENT of the Transformer to "no".',
    'SoapUI, SAML-tracer':
      'If the message was copied from there, copy it from the Raw view: the formatted view is not what travelled.',
  },
  'ws-stripped-on-parse': {
    '.NET':
      'Set XmlDocument.PreserveWhitespace = true before Load, where the message is signed and where it is verified.',
    PHP: 'Set preserveWhiteSpace = true and formatOutput = false on the DOMDocument before loading.',
    Python: 'Parse without remove_blank_text, and do not parse again with minidom.',
    'IHE toolkit': 'Set Sts_RemoveWhitespace=false.',
  },
  'ws-trim-text-values': { intermediary: 'Do not map or trim values after signing: let signing be the last step.' },
  'ws-between-header-blocks': {
    'node-soap': 'Update to 0.30 or later, which joins header blocks with a space (pull request 1091).',
  },
  'ws-signedinfo-reformatted': {
    sender: 'Write the Signature exactly as it was signed: no formatter, no line-end conversion behind the signer.',
    'xml-crypto': 'Turn CR LF into LF before both loadSignature and checkSignature, not before one of them only.',
  },
  'saml-assertion-reserialised': {
    CXF: 'Pass the token on as the DOM element that the token service gave, untouched.',
    'DGWS clients': 'Do not pretty-print the assertion.',
  },
  'crlf-raw-cr-kept': {
    'xml-crypto, passport-saml':
      'Replace \\r\\n? by \\n in the text before it is given to DOMParser, as an XML parser must (XML 1.0 §2.11).',
    git: 'Keep signed files as they are: core.autocrlf=false, or mark them -text in .gitattributes.',
  },
  'crlf-inserted-charref': {
    Java: 'Turn the line ends of values into LF before they are put into the DOM: a CR in a DOM is written as &#13;.',
  },
  'cr-charref-lost': {
    'xml-crypto': 'Pull request 196 keeps the reference; do not serialize and parse a signed message again.',
    'auth0 WS-Federation': 'Mended with pull request 158: update the library.',
  },
  'unicode-normalised': {
    intermediary:
      'Do not normalise text (NFC, NFD) after signing: databases and file systems that do must not hold the ' +
      'signed message.',
  },
  'comment-stripped-or-added': {
    signer: 'Use canonicalization without comments; then comments do not matter to the digest.',
  },
  'entity-double-or-lost-amp': {
    sender: 'Do not escape text before you give it to a DOM or a binding: the serializer escapes it.',
    xmldsigjs: 'See issue 47 of the library.',
  },
  'entity-text-overescaped': {
    'xml-crypto': 'Mended with issue 28: update the library.',
    SAP: 'Look for the SAP note or an update of the signing function; until then avoid > in values.',
    'ec-sri-signer': 'Mended with pull request 27: update the library.',
  },
  'char-replaced-by-question-mark': {
    'Java, xades4j': 'Write the message as octets in UTF-8, not as a String in the platform’s charset.',
  },
  'attr-ws-normalisation': {
    'xml-crypto': 'Pull request 196, in versions after 1.4.0, keeps the references: update the library.',
    'Dart xml, xml-writer': 'Update the library.',
  },
  'cdata-mishandled': {
    'xmldsigjs, xml-crypto': 'Update the library, or send escaped text in place of CDATA sections.',
  },
  'utf8-read-as-latin1-or-ascii': {
    Python: 'Take the octets, response.content, not response.text.',
    Node: 'Decode with buffer.toString("utf8"), not "latin1" or "binary".',
    Java:
      'Name the charset: getBytes(StandardCharsets.UTF_8), new String(octets, UTF_8); or start with ' +
      '-Dfile.encoding=UTF-8.',
  },
  'digest-over-declared-charset': {
    '.NET':
      'Hash the octets that the transform gives. Encoding.Unicode.GetBytes makes UTF-16; canonical XML is UTF-8 ' +
      'always.',
    'xml-crypto': 'Mended with pull request 13: update the library.',
  },
  'id-added-after-digest': { signer: 'Put the Id on the element first, then digest it.' },
  'id-value-or-name-mangled': {
    intermediary: 'Leave Id attributes of signed elements as they are, their name, prefix and value.',
  },
  'mustunderstand-or-actor-altered': {
    intermediary:
      'Do not rewrite, add or take away attributes of header blocks that are signed; mustUnderstand="1" must ' +
      'not become "true".',
  },
  'schema-default-or-xsi-added': {
    Java: 'Sign and verify a DOM that was parsed without a schema: validation puts default attributes into it.',
    JAXB: 'Do not unmarshal and marshal a signed message again; pass the DOM on.',
  },
  'value-lexical-rewrite': {
    sender: 'Sign what you send: a message that went through data binding has its times, numbers and base64 rewritten.',
  },
  'ns-prefix-rewritten': {
    pysaml2: 'Verify the part of the text as it came, not what ElementTree writes.',
    'Python ElementTree':
      'Call register_namespace for the prefixes of the message before serializing; better, do not serialize a ' +
      'signed message.',
    ESB: 'Send signed messages through in pass-through mode.',
  },
  'ds-prefix-changed-after-sign': {
    '.NET':
      'Set the prefix before the signature is computed, by overriding GetXml; SetPrefix after ComputeSignature ' +
      'breaks it.',
    xmlseclibs: 'Give the prefix to the constructor of XMLSecurityDSig.',
    Santuario: 'Call ElementProxy.setDefaultPrefix before signing.',
  },
  'soap-version-or-content-type': {
    sender:
      'Use one SOAP version from the start: the namespace of the Envelope, the Content-Type and mustUnderstand ' +
      'must agree before signing.',
  },
  'stale-dom-signed': {
    CXF:
      'WSS4JOutInterceptor must be the last that changes the message: nothing in the phase POST_PROTOCOL or later ' +
      'may touch it.',
    'Spring-WS': 'Mended with issue 497: update the library.',
    SAAJ: 'Call message.saveChanges() before signing.',
  },
  'decrypted-content-reserialised': {
    'php-saml':
      'See issue 578: do not set declarations on the node when the decrypted element is put back into its place.',
  },
  'attr-order-not-sorted': {
    'xml-crypto': 'The order of attributes was fixed with issue 25: update the library.',
    [OWN_CODE]:
      'Sort by namespace name, then by local name; declarations stand first, by prefix. A canonicalization ' +
      'library does all of it.',
  },
  'empty-elem-form': { [OWN_CODE]: 'Hash the output of a canonicalization library, which writes <a></a> for <a/>.' },
  'digest-of-raw-serialisation': {
    PHP: 'Hash $node->C14N(true, false), not saveXML().',
    Java: 'Hash what Canonicalizer.canonicalizeSubtree gives, not what a Transformer writes.',
    'ABAP, Delphi': 'Use a library for XML signatures; text put together by hand is not canonical.',
  },
  'bom-in-digest': {
    '.NET': 'Write with new UTF8Encoding(false); Encoding.UTF8 puts a BOM before the text.',
    Java: 'Read the file through BOMInputStream of Commons IO.',
    PHP: 'Cut off the first three octets where they are EF BB BF.',
  },
  'xmldecl-in-digest': {
    signer: 'Hash the output of the canonicalization only: it has no XML declaration and no line end after the root.',
  },
  'digest-double-hash': { signer: 'Hand the signing function the data, not its digest: it hashes by itself.' },
  'digest-of-empty': {
    'phase4, WSS4J':
      'Give attachments from a source that can be read twice; a stream is at its end when it is digested.',
  },
  'digest-alg-label-mismatch': {
    zeep: 'Give both when making the signature: signature_method and digest_method=xmlsec.Transform.SHA256.',
    'ruby-saml': 'Update the library.',
  },
  'digest-of-element-content': {
    WSS4J: 'Sign the element and not its content: {Element}{namespace}Body in signatureParts.',
    [OWN_CODE]: 'Canonicalize the Body itself, with its start and end tag, not its children.',
  },
  'wrong-element-referenced': {
    'node-soap': 'Pull request 911 selects header and Body by exact XPath: update the library.',
    [OWN_CODE]: 'Select by namespace and parent, /soap:Envelope/soap:Body, and not the first element of that name.',
  },
  'str-transform-missing-or-wrong': {
    WSS4J:
      'Sign the token through its reference with {}{}STRTransform in signatureParts, or the token itself by its ' +
      'Id; both sides must do the same.',
    '.NET': 'System.Security.Cryptography.Xml has no STR-Transform (issue 303): agree on signing the token by its Id.',
  },
  'enveloped-transform-order': { 'xml-crypto': 'List enveloped-signature first in the transforms of the reference.' },
  'enveloped-on-detached': {
    'node-soap, strong-soap':
      'Set the transforms in the signer’s options; the list was copied from SAML, where the assertion does hold ' +
      'its Signature.',
  },
  'xslt-xpath-transform-variant': {
    signer:
      'Use enveloped-signature and Exclusive XML Canonicalization in place of an XPath or XSLT transform; the ' +
      'Basic Security Profile does not allow these.',
  },
  'sig-hash-label-mismatch': {
    'PHP, xmlseclibs':
      'The type given to XMLSecurityKey and the algorithm that SignatureMethod names must be the same.',
    zeep: 'Give signature_method and digest_method together.',
    'eidas-keycloak': 'Issue 17: RSA_SHA512 was mapped to SHA-1. Update the extension.',
  },
  'sig-no-digestinfo': {
    forge: 'Call privateKey.sign(md) with the message digest object, which writes DigestInfo.',
    PHP: 'Use openssl_sign, not openssl_private_encrypt.',
    HSM: 'With CKM_RSA_PKCS put DigestInfo before the hash, or use a mechanism that hashes.',
  },
  'sig-pss-vs-pkcs1': {
    signer:
      'Choose the padding by the algorithm’s URI: rsa-sha256 is PKCS#1 v1.5; PSS has URIs of its own. Some key ' +
      'stores and providers default to PSS.',
  },
  'sig-double-hash': {
    'WebCrypto, OpenSSL':
      'Give the data to the signing function; for a digest use the call for it (Prehashed, signHash).',
  },
  'sig-over-body-not-signedinfo': {
    signer: 'Sign the canonical octets of SignedInfo; the Body counts through its digest there.',
  },
  'signedinfo-raw': { signer: 'Canonicalize SignedInfo with the method that it names, and sign that.' },
  'signedinfo-missing-xmlns': {
    signer: 'Put SignedInfo into its Signature and the Signature into the document first; then canonicalize it there.',
    goxmldsig: 'Mended with pull request 2: update the library.',
  },
  'sig-wrong-key-for-cert': {
    signer: 'Export key and certificate from one PKCS#12 file, and compare the modulus of both.',
    Java: 'Look with keytool -list -v which certificate stands under the alias that signs.',
    DataPower: 'The identification credential is “up” only where key and certificate belong together.',
  },
  'multiple-bst-wrong-picked': {
    receiver:
      'Take the token that the SecurityTokenReference in KeyInfo names, not the first in the header: another ' +
      'may be there for encryption.',
    'akami (Ruby)': 'Pull requests 48 and 62 fix the reference: update the library.',
  },
  'verify-with-own-cert': {
    zeep:
      'One certificate serves to sign and to verify: pull request 1134 adds verify_cert_file; until then override ' +
      'verify().',
    Node: 'Configure the partner’s certificate for verifying apart from your own.',
  },
  'ecdsa-der-not-rs': {
    Node: 'Sign with dsaEncoding: "ieee-p1363".',
    '.NET': 'Sign with DSASignatureFormat.IeeeP1363FixedFieldConcatenation.',
    signxml: 'Mended with pull request 150: update the library.',
    goxmldsig: 'Issue 163 is open: convert the ASN.1 value yourself.',
    xmlsec: 'Pull request 996 adds an option that accepts this form.',
  },
  'ecdsa-rs-padding': {
    signer:
      'Write r and s each in the width of the curve’s order, with leading zeros (I2OSP), not as ' +
      'BigInteger.toByteArray gives them.',
    xmlsec: 'Version 1.3.6, or its lax option, accepts other widths.',
  },
  'sig-byte-order-reversed': {
    'CryptoAPI, VB, Delphi':
      'Reverse the octets of the signature: CryptSignHash gives the lowest first. CNG and .NET give them in the ' +
      'right order.',
  },
  'sigvalue-base64-damaged': {
    signer:
      'Encode once, in the standard alphabet with + and /, and do not send the message as a form field without ' +
      'escaping.',
  },
  'sigvalue-base64-entities': {
    Java:
      'Start with -Dorg.apache.xml.security.ignoreLineBreaks=true, or for the JDK’s own signatures ' +
      '-Dcom.sun.org.apache.xml.internal.security.lineFeedOnly=true.',
    'python-xmlsec': 'Call xmlsec.base64_line_size(0).',
    WSO2: 'Set the same Java property in the start-up script.',
  },
  'hmac-key-derivation': {
    WCF: 'For a partner without derived keys set requireDerivedKeys="false".',
    WSS4J:
      'Set derivedKeyLength to what the partner takes, and choose the same WS-SecureConversation version ' +
      '(ConversationConstants).',
    'psr18-wsse': 'Symmetric bindings are there from version 4.',
  },
  'hmac-truncation-or-key-text': {
    'both sides':
      'Agree whether the shared secret is its text, or the octets that its base64 or hexadecimal stands for; ' +
      'send the whole MAC or name HMACOutputLength.',
  },
};

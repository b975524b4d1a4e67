/** Words for the causes that diagnosis finds: what was done to the message, how we know, who must change what. */
import type { CauseData, DiagnosisFindings, JudgedCauses, NamedCause } from '../../engine/trace/finding-data/causes.ts';
import { algorithmName } from '../steps.ts';
import { said, type FindingCatalogue, type FindingWords } from './catalogue.ts';
import { JUDGED_WORDS } from './judged-words.ts';

/** An algorithm by the name people use. */
function named(algorithm: string | null | undefined, otherwise = 'another algorithm'): string {
  return said(algorithm) === '' ? otherwise : algorithmName(said(algorithm));
}

const SIGNED_INFO = 'SignedInfo';

/** "the Body", "SignedInfo", "the whole document". */
function the(data: CauseData): string {
  const what = said(data.what, 'document');
  return what === SIGNED_INFO ? SIGNED_INFO : what === 'document' ? 'the document' : `the ${what}`;
}

function The(data: CauseData): string {
  const what = the(data);
  return what[0]!.toUpperCase() + what.slice(1);
}

function runs(data: CauseData, one: string, many = `${one}s`): string {
  const count = said(data.count, '1');
  return count === '1' ? `the ${one}` : `the ${count} ${many}`;
}

const several = (data: CauseData): string =>
  Array.isArray(data.prefixes) && data.prefixes.length === 1 ? 'declaration' : 'declarations';

const into = (data: CauseData): string =>
  said(data.element) === '' || said(data.what) === SIGNED_INFO ? '' : ` at ${said(data.element)}`;

/** What the search did, as the first half of "…, the Body's digest equals the signed one". */
const DEEDS: Readonly<Record<string, (data: CauseData) => string>> = {
  'white-space-removed': (data) =>
    `Without ${runs(data, 'run of white space between its elements', 'runs of white space between its elements')}`,
  'line-breaks-removed': (data) =>
    `Without ${runs(data, 'line break with its indentation', 'line breaks with their indentation')}`,
  'white-space-removed-in': (data) => `Without the white space between the elements inside ${said(data.element)}`,
  'indented-again': (data) =>
    data.indent === 'space'
      ? 'With one space between its elements'
      : 'With each element on a line of its own, indented by ' +
        `${said(data.indent) === 'tab' ? 'a tab' : said(data.indent) === '0' ? 'nothing' : `${said(data.indent)} spaces`}${data.crlf === true ? ', lines ended by CR and LF' : ''}`,
  'white-space-inserted': (data) => `With white space again after ${said(data.element, 'a tag')}`,
  'texts-trimmed': (data) =>
    `Without the white space around ${data.count === 1 ? `the text${into(data)}` : 'its texts'}`,
  'texts-collapsed': () => 'With each run of white space inside its texts as one space',
  'invisible-characters-removed': (data) => `Without ${runs(data, 'invisible character')} in its texts`,
  'trailing-space-restored': (data) => `With a space behind the text${into(data)}`,
  'leading-space-restored': (data) => `With a space before the text${into(data)}`,
  'line-break-restored': (data) => `With line breaks around the text${into(data)}`,
  'spaces-restored': () => 'With spaces around its texts',
  'carriage-returns-removed': () => 'Without the carriage returns (&#13;) in its texts',
  'carriage-returns-to-line-feeds': () => 'With line feeds in place of carriage returns',
  'carriage-returns-restored': () => 'With a carriage return (&#13;) before each line feed of its texts',
  'carriage-return-restored': () => 'With one carriage return (&#13;) put back into its text',
  'returns-kept': () => 'With every CR LF of the file hashed as &#13; and LF',
  'raw-crlf-hashed': () => 'With CR LF in place of every LF',
  normalised: (data) => `In Unicode normalization form ${said(data.form)}`,
  'comments-removed': () => 'Without the comments',
  'processing-instructions-removed': (data) => `Without ${runs(data, 'processing instruction')}`,
  'escaped-once': () => 'With text escaped once instead of twice',
  'escaped-twice': () => 'With text escaped twice',
  'ampersand-escaped-twice': () => 'With each & escaped twice',
  'ampersand-dropped': () => 'Without the & of its texts',
  'escapes-dropped': () => 'Without the escaped characters of its texts',
  'ampersand-name-dropped': () => 'With & left unescaped',
  'letters-to-question-marks': () => 'With every letter outside the charset as a question mark',
  'letters-to-replacement-characters': () => 'With every letter outside ASCII as U+FFFD',
  'letter-restored': (data) => `With “${said(data.letter)}” in place of the question mark`,
  'id-removed': () => 'Without its Id attribute',
  'id-restored': (data) => `With the attribute ${said(data.name)} again`,
  'id-renamed': (data) => `With its Id attribute written ${said(data.name)} instead of ${said(data.now)}`,
  'soap-attribute-changed': (data) =>
    `With ${said(data.attribute)}="${said(data.signed)}" instead of "${said(data.now)}"`,
  'soap-attribute-removed': (data) => `Without ${said(data.attribute)}`,
  'soap-attribute-restored': (data) => `With ${said(data.attribute)}="${said(data.signed)}" again`,
  'schema-attributes-removed': (data) => `Without ${said(data.attribute, 'its xsi attributes')}`,
  'attribute-removed': (data) => `Without the attribute ${said(data.attribute)} of ${said(data.element)}`,
  'value-rewritten': (data) => `With “${said(data.signed)}” instead of “${said(data.now)}” in ${said(data.element)}`,
  'zero-fractions-removed': () => 'With times written without .000',
  'milliseconds-restored': () => 'With times written with .000',
  'fractions-shortened': () => 'With fractions of seconds without trailing zeros',
  'fractions-lengthened': () => 'With fractions of seconds in three digits',
  'zone-as-offset': () => 'With +00:00 in place of Z',
  'zone-as-z': () => 'With Z in place of +00:00',
  'trailing-zeros-removed': () => 'With decimals without trailing zeros',
  'two-decimals-restored': () => 'With decimals of two digits',
  'booleans-as-words': () => 'With true and false in place of 1 and 0',
  'booleans-as-digits': () => 'With 1 and 0 in place of true and false',
  'base64-lines': () => 'With its base64 broken into other lines',
  'prefix-renamed': (data) => `With the prefix ${said(data.signed)} instead of ${said(data.now)}`,
  'soap-namespace-swapped': (data) => `With the SOAP namespace ${said(data.signed)}`,
  'empty-default-removed': () => 'Without xmlns=""',
  'empty-default-added': (data) => `With xmlns="" on its unqualified elements${into(data)}`,
  'inherited-declarations-removed': (data) =>
    `Without the namespace ${several(data)} ${said(data.prefixes)}, which it inherits and does not use`,
  'declarations-lost': (data) => `Without the inherited namespace ${several(data)} ${said(data.prefixes)}`,
  'declaration-removed': (data) => `Without the namespace declaration ${said(data.prefix)} on ${said(data.element)}`,
  'repeated-where-used': () => 'With inherited declarations repeated wherever they are used',
  'repeated-on-children': () => 'With inherited declarations repeated on its children',
  'repeated-on-grandchildren': () => 'With inherited declarations repeated on its grandchildren',
  'repeated-everywhere': () => 'With inherited declarations repeated on every element',
  'attribute-line-feeds-restored': () => 'With line feeds or tabs (&#xA;, &#x9;) in place of spaces in attributes',
  'attribute-tabs-restored': () => 'With tabs (&#x9;) in place of spaces in attributes',
  'attribute-returns-restored': () => 'With CR LF in place of spaces in attributes',
  'attribute-references-to-spaces': () => 'With spaces in place of tabs and line ends in attributes',
  'attribute-references-dropped': () => 'Without tabs and line ends in attributes',
  'attribute-spaces-collapsed': () => 'With attribute values trimmed and collapsed',
  'attribute-references-raw': () => 'With tabs and line ends in attributes left unescaped',
  'prefixlist-ignored': (data) => `Canonicalized without the PrefixList “${said(data.declaredPrefixes)}”`,
  'default-token-ignored': () => 'Canonicalized without #default',
  'other-prefixlist': (data) => `Canonicalized with the PrefixList “${said(data.prefixes)}”`,
  'other-method': (data) =>
    'Canonicalized with ' +
    `${named(data.used)}${said(data.prefixes) === '' ? '' : ` and the prefixes ${said(data.prefixes)}`}`,
  'comments-kept': () => 'With its comments',
  'comments-dropped': () => 'Without its comments',
  'content-only': () => 'Without its own tags, the content alone',
  'first-child': () => 'Taking its first child instead',
  'child-elements': () => 'Taking its child elements one after another',
  'inner-text': () => 'Taking what stands between its tags, as it stands',
  'other-element': (data) => `Taking ${said(data.element)} instead`,
  'token-instead-of-reference': (data) => `Taking ${said(data.element)} instead`,
  'signature-removed': () => 'Without the Signature in it',
  'signature-kept': () => 'With the Signature in it',
  'signatures-removed': () => 'Without any Signature in it',
  'source-order': () => 'With attributes and declarations in the order written',
  'attributes-in-source-order': () => 'With attributes in the order written',
  'sorted-by-qualified-name': () => 'With attributes sorted by prefix and name',
  'sorted-by-local-name': () => 'With attributes sorted by local name',
  'declarations-last': () => 'With declarations after attributes',
  'declarations-last-source-order': () => 'With declarations after attributes, in the order written',
  'all-sorted-by-name': () => 'With declarations and attributes sorted together',
  'declarations-in-source-order': () => 'With declarations in the order written',
  collapsed: () => 'With empty elements written as one tag',
  'collapsed-with-space': () => 'With empty elements written as one tag with a space',
  literal: () => 'Taken literally, as it stands in the file',
  'literal-crlf': () => 'Taken literally, with CR LF',
  'literal-lf': () => 'Taken literally, with LF',
  'literal-one-line': () => 'Taken literally, in one line',
  'literal-trimmed': () => 'Taken literally, trimmed',
  'literal-with-line-end': () => 'Taken literally, with a line end',
  'literal-content': () => 'Taken literally, without its own tags',
  'literal-empty-expanded': () => 'Taken literally, with empty elements in two tags',
  'literal-with-declarations': () => 'Taken literally, with the declarations it inherits written in',
  'bom-before': () => 'With a byte order mark before it',
  'bom-removed': () => 'Without U+FEFF',
  'declaration-before': (data) => `With ${said(data.declaration, 'an XML declaration')} before it`,
  'line-end-hashed': () => 'With white space before or after it',
  'other-encoding': (data) => `Encoded as ${said(data.encoding)}`,
  'misread-undone': (data) => `Read as UTF-8 again after it was read as ${said(data.encoding)}`,
  misread: (data) => `With its UTF-8 octets read as ${said(data.encoding)}`,
  'seven-bits': () => 'With each octet cut to seven bits',
  'letters-dropped': () => 'Without its letters outside ASCII',
  'hash-of-hash': () => 'Hashed twice',
  'hash-of-hex': () => 'Hashed, and the hexadecimal text hashed again',
  'hash-of-base64': () => 'Hashed, and the base64 text hashed again',
  'hash-of-base64-text': () => 'Encoded in base64 and then hashed',
  'nothing-hashed': () => 'Taking no octets at all',
  'other-digest': (data) => `Hashed with ${named(data.used)}`,
  'cdata-literal': () => 'With CDATA sections as they stand',
  'cdata-dropped': () => 'Without its CDATA sections',
  'cdata-unescaped': () => 'With the text of CDATA sections unescaped',
  'cdata-escaped-twice': () => 'With the text of CDATA sections escaped twice',
  'digest-value-changed': (data) => `With the digest that the content of ${said(data.uri)} has in place of DigestValue`,
  'reference-removed': (data) => `With a Reference to ${said(data.uri)} put back`,
  'digest-method-changed': (data) => `With ${named(data.signed)} as DigestMethod`,
  'signature-method-changed': (data) => `With ${named(data.signed)} as SignatureMethod`,
  'transform-relabelled': (data) =>
    'With ' +
    `${named(data.signed)}${said(data.prefixes) === '' ? '' : ` and the PrefixList “${said(data.prefixes)}”`} ` +
    `in the Transform of ${said(data.uri)}`,
  'canonicalization-relabelled': (data) =>
    'With ' +
    `${named(data.signed)}${said(data.prefixes) === '' ? '' : ` and the PrefixList “${said(data.prefixes)}”`} ` +
    'as CanonicalizationMethod',
  'referenced-octets': (data) => `Taking the content of ${said(data.uri, 'the reference')} instead`,
  'digest-value-octets': () => 'Taking the octets of a DigestValue instead',
  'digest-value-text': () => 'Taking the text of a DigestValue instead',
};

const ESCAPED = (data: CauseData): string => `With other escapes (${said(data.how).replaceAll('-', ' ')})`;

function evidence(data: CauseData): string {
  const deed = (DEEDS[said(data.how)] ?? ESCAPED)(data);
  const second =
    said(data.secondHow) === '' ? '' : `, and with a second change undone (${title(said(data.second), data)})`;
  if (data.alternativeTo !== undefined) {
    return (
      `${deed} it gives the same octets as the cause named first, so that the value alone cannot tell the two ` +
      'apart.'
    );
  }
  return said(data.what) === SIGNED_INFO
    ? `${deed}${second}, the signature value verifies.`
    : `${deed}${second}, the digest of ${the(data)} equals the signed one.`;
}

interface Cause {
  readonly title: (data: CauseData) => string;
  /** Who must change what. */
  readonly blame: string;
  readonly explain?: string;
}

const TRANSIT = 'The sender signed correctly; something between you and the sender changed it afterwards.';
const changed = (what: string, blame: string): Cause => ({
  title: (data) => `${The(data)} ${what} after it was signed`,
  blame: `${TRANSIT} ${blame}`,
});
const signer = (title: (data: CauseData) => string, blame: string): Cause => ({ title, blame });

const CAUSES: Readonly<Record<NamedCause, Cause>> = {
  'ws-pretty-print-after-sign': changed(
    'was re-indented',
    'Ask for the raw octets, or turn formatting off in that hop.',
  ),
  'ws-stripped-on-parse': changed(
    'lost its white space',
    'Whoever parses and writes the message on the way must keep white space.',
  ),
  'ws-trim-text-values': changed(
    'had white space around its texts changed',
    'That hop must pass texts on as they are.',
  ),
  'ws-between-header-blocks': changed(
    'had white space between its header blocks changed',
    'Write the header once, before signing, and send those octets.',
  ),
  'ws-signedinfo-reformatted': {
    title: () => 'White space in SignedInfo was changed after it was signed',
    blame: 'Whoever writes the Signature must send it octet for octet as it was when its value was made.',
  },
  'saml-assertion-reserialised': changed(
    'was serialised again',
    'The assertion must be put into the message as it came from its issuer.',
  ),
  'crlf-inserted-charref': changed(
    'got carriage returns',
    'That hop must normalise line ends before it builds its tree, or pass the octets on.',
  ),
  'cr-charref-lost': changed(
    'lost its carriage returns',
    'A character reference &#13; does not survive parsing twice; that hop must not serialise the message again.',
  ),
  'crlf-raw-cr-kept': signer(
    (data) => `${The(data)} was hashed with the carriage returns of the file`,
    'XML parsers turn CR LF into LF before anything else. The signer must normalise line ends before it hashes.',
  ),
  'unicode-normalised': changed(
    'was brought to another Unicode normalization form',
    'Nothing may normalise text after signing.',
  ),
  'comment-stripped-or-added': changed(
    'had comments added',
    'Nothing may add comments, or the sender should canonicalize without them.',
  ),
  'processing-instruction-inserted': changed(
    'had a processing instruction inserted',
    'That hop must not write processing instructions into signed content.',
  ),
  'entity-double-or-lost-amp': changed('had its escapes changed', 'That hop must not escape or unescape text by hand.'),
  'entity-text-overescaped': signer(
    (data) => `${The(data)} was hashed with escapes that canonical XML does not use`,
    'The signer’s canonicalizer must escape as Canonical XML says: in text only &, <, > and CR.',
  ),
  'char-replaced-by-question-mark': signer(
    (data) => `Letters of ${the(data)} were replaced by question marks`,
    'Somewhere text was written in a charset that lacks the letter. Write and read UTF-8.',
  ),
  'attr-ws-normalisation': changed(
    'had white space in attributes normalised',
    'Tabs and line ends in attributes must be written as character references.',
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
    (data) => `${The(data)} got its Id after it was hashed`,
    'The signer must set the Id first.',
  ),
  'id-value-or-name-mangled': changed('had its Id rewritten', 'That hop must leave Ids as they are.'),
  'mustunderstand-or-actor-altered': changed(
    'had a SOAP attribute changed',
    'A node must not touch signed header blocks.',
  ),
  'schema-default-or-xsi-added': changed(
    'had an attribute added',
    'Parse without a schema, and do not bind and write signed content again.',
  ),
  'value-lexical-rewrite': changed(
    'had a value written in another form',
    'Data binding on the way rewrote a value that means the same. Pass the octets on.',
  ),
  'ns-prefix-rewritten': changed(
    'had a namespace prefix changed',
    'Prefixes are part of the canonical form. That hop must pass the message through unparsed or keep prefixes.',
  ),
  'ds-prefix-changed-after-sign': changed(
    'had its namespace prefix changed',
    'Set the prefix before the value is computed.',
  ),
  'soap-version-or-content-type': changed(
    'was moved to another SOAP version',
    'A gateway that changes the envelope’s namespace breaks every signature in it.',
  ),
  'xmlns-empty-spurious': changed(
    'had xmlns="" added or taken away',
    'Elements must be created with their namespace, so that no serializer has to correct it.',
  ),
  'inclusive-ancestor-ns-added-later': changed(
    'inherits a namespace declaration that was added',
    'Inclusive canonicalization takes in every declaration above. Declare all before signing, or sign with ' +
      'Exclusive C14N.',
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
  'ns-decl-added-in-subtree': changed(
    'had a namespace declaration added',
    'That hop must not declare namespaces inside signed content.',
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
  'prefixlist-ignored-in-signedinfo': signer(
    () => 'The signer ignored the PrefixList of CanonicalizationMethod',
    'Canonicalize SignedInfo with the PrefixList that it names.',
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
  'c14n-relabelled': {
    title: () => 'The Transform was relabelled after signing',
    blame: `${TRANSIT} Nobody may change SignedInfo.`,
  },
  'signedinfo-c14n-relabelled': {
    title: () => 'CanonicalizationMethod was relabelled after signing',
    blame: `${TRANSIT} Nobody may change SignedInfo.`,
  },
  'signedinfo-edited': {
    title: (data) =>
      data.how === 'digest-value-changed'
        ? 'A DigestValue was changed after signing'
        : data.how === 'reference-removed'
          ? 'A Reference was taken out of SignedInfo after signing'
          : 'SignedInfo was changed after signing',
    blame: `${TRANSIT} If nobody can say why, treat the message as forged.`,
  },
  'signature-of-other-signedinfo': {
    title: () => 'The key signed another SignedInfo than this one',
    blame:
      'Under the key found the value reads as a proper signature, of other octets. Either SignedInfo was ' +
      'changed in a way we did not find, or the value belongs to another message.',
  },
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
  'xslt-xpath-transform-variant': signer(
    () => 'The XPath transform was evaluated otherwise',
    'Use enveloped-signature in place of an XPath that leaves out the Signature.',
  ),
  'stale-dom-signed': {
    title: (data) =>
      `${said(data.added) === '' ? 'Content' : said(data.added)} was added to ${the(data)} after it was hashed`,
    blame:
      'Sign last: no handler may add to signed content. If nobody on your side or theirs adds it, treat the ' +
      'message as forged.',
  },
  'sig-hash-label-mismatch': signer(
    () => 'The signature was made with another hash than SignatureMethod names',
    'The algorithm named and the one used must be the same.',
  ),
  'sig-no-digestinfo': signer(
    () => 'The signature is of a bare hash',
    'PKCS#1 wants the hash inside DigestInfo, which names its algorithm. Use a signing function, not raw RSA.',
  ),
  'sig-pss-vs-pkcs1': signer(
    () => 'The padding of the RSA signature is not the one named',
    'PSS and PKCS#1 v1.5 have URIs of their own. The signer must name the one it uses, with its parameters.',
  ),
  'sig-double-hash': signer(
    () => 'SignedInfo was hashed twice',
    'The signer hands a digest to a function that hashes again. Hand it the canonical octets.',
  ),
  'sig-over-body-not-signedinfo': signer(
    () => 'Something else than SignedInfo was signed',
    'The signature value is over canonical SignedInfo, which holds the digests of the rest.',
  ),
  'signedinfo-raw': signer(
    () => 'SignedInfo was signed without proper canonicalization',
    'The signer must sign the canonical octets of SignedInfo.',
  ),
  'signedinfo-missing-xmlns': signer(
    () => 'SignedInfo was signed without a namespace declaration it inherits',
    'Put SignedInfo into its Signature and document first, then canonicalize it.',
  ),
  'sig-wrong-key-for-cert': {
    title: (data) =>
      data.how === 'random-block'
        ? 'Another key signed, or the value is damaged'
        : 'Another key signed than the one the message names',
    blame: 'The certificate in the message and the private key that signs must belong together.',
  },
  'multiple-bst-wrong-picked': signer(
    () => 'The signature belongs to another token of the message',
    'The reference in KeyInfo must name the token whose key signed.',
  ),
  'verify-with-own-cert': {
    title: () => 'A key of ours was used to verify, not the signer’s',
    blame: 'Verify with the certificate that the message carries or names.',
  },
  'verifies-with-other-key': {
    title: () => 'The signature value verifies with a key that KeyInfo does not lead to',
    blame: 'Only the way to the key is broken.',
  },
  'ecdsa-der-not-rs': signer(
    () => 'The ECDSA value is in ASN.1 form',
    'XML Signature wants r and s side by side, each as wide as the curve. The signer must convert.',
  ),
  'ecdsa-rs-padding': signer(
    () => 'r and s of the ECDSA value have a wrong width',
    'Each must be as wide as the curve, with leading zeros.',
  ),
  'sig-byte-order-reversed': signer(
    () => 'The octets of the signature value are reversed',
    'CryptoAPI gives the lowest octet first. The signer must reverse them.',
  ),
  'sigvalue-base64-damaged': signer(
    () => 'SignatureValue is written in a damaged base64',
    'It must be plain base64 with + and /, once.',
  ),
  'hmac-key-derivation': signer(
    () => 'The MAC was made with a key that was derived in another way',
    'Both sides must use the same label, nonce, offset, length and secret.',
  ),
  'hmac-truncation-or-key-text': signer(
    () => 'The MAC was made with the key as text, or cut off',
    'Agree on the octets of the key, and send the whole MAC or name its length.',
  ),
  'id-not-found': {
    title: () => 'The reference names an Id that is not there',
    blame: 'Its digest is that of another element, whose Id or whose reference was changed.',
  },
};

function title(code: string, data: CauseData): string {
  return Object.hasOwn(CAUSES, code) ? CAUSES[code as NamedCause].title(data) : code;
}

/** Causes that are no other octets have evidence of their own. */
function keyEvidence(data: CauseData): string {
  const subject = said(data.subject, said(data.where, 'another key'));
  switch (said(data.how)) {
    case 'other-key':
      return (
        'SignedInfo as it stands verifies with the key of ' +
        `${subject}${said(data.named) === '' ? '' : `, not with that of ${said(data.named)}`}.`
      );
    case 'key-found-elsewhere':
      return `SignedInfo as it stands verifies with the key of ${subject}.`;
    case 'other-secret':
      return `The MAC verifies with the secret ${subject}.`;
    case 'random-block':
      return (
        `Under the key of ${subject} the value does not read as an RSA signature at all. That is so where another ` +
        'key signed and where the value itself was damaged; which of the two is not proven.'
      );
    case 'other-length':
      return `The value has ${said(data.octets)} octets; the key of ${subject} makes ${said(data.expected)}.`;
    case 'well-formed-block':
      return `The value opens under the key of ${subject} to a proper signature block.`;
    case 'other-hash':
      return (
        `Hashed with ${said(data.used) === '' ? named(data.digestUsed) : named(data.used)}, SignedInfo ` +
        `verifies; SignatureMethod says ${named(data.declared)}.`
      );
    case 'bare-hash':
      return 'The padding is right, and behind it stands the hash alone.';
    case 'pss-under-pkcs1':
    case 'other-pss-parameters':
      return (
        `With PSS, ${named(data.digest)}, mask ${named(data.maskDigest)} and a salt of ` +
        `${said(data.saltLength)} octets it verifies.`
      );
    case 'truncated':
      return `The value is the first ${said(data.octets)} of ${said(data.whole)} octets.`;
    case 'reference-means':
      return `${said(data.meant)} has the digest that was signed.`;
    case 'content-added':
      return 'Without it the digest equals the signed one.';
    case 'der':
    case 'width':
    case 'reversed':
    case 'reversed-halves':
    case 'halves-swapped':
      return 'In the right form the value verifies.';
    default:
      return data.variant === undefined
        ? 'Once that is repaired the value verifies.'
        : `With ${said(data.variant).replace(':', ' ')} it verifies.`;
  }
}

const OWN_EVIDENCE: ReadonlySet<string> = new Set([
  'sig-wrong-key-for-cert',
  'multiple-bst-wrong-picked',
  'verify-with-own-cert',
  'verifies-with-other-key',
  'signature-of-other-signedinfo',
  'sig-hash-label-mismatch',
  'sig-no-digestinfo',
  'sig-pss-vs-pkcs1',
  'ecdsa-der-not-rs',
  'ecdsa-rs-padding',
  'sig-byte-order-reversed',
  'sigvalue-base64-damaged',
  'hmac-key-derivation',
  'hmac-truncation-or-key-text',
  'id-not-found',
  'stale-dom-signed',
]);

function causeWords(code: NamedCause, cause: Cause): FindingWords<CauseData> {
  return {
    title: cause.title,
    message: (data) =>
      (
        `${OWN_EVIDENCE.has(code) ? keyEvidence(data) : evidence(data)} ` +
        (data.alternativeTo === undefined ? cause.blame : '')
      ).trim(),
    ...(cause.explain === undefined ? {} : { explain: cause.explain }),
  };
}

const CAUSE_WORDS = Object.fromEntries(
  Object.entries(CAUSES).map(([code, cause]) => [code, causeWords(code as NamedCause, cause)]),
) as unknown as FindingCatalogue<Record<NamedCause, CauseData>>;

/** The search speaks where its data says who did it; the room that judged speaks otherwise. */
function judgedOr<Code extends keyof JudgedCauses>(code: Code): FindingWords<JudgedCauses[Code]> {
  const judged: FindingWords<JudgedCauses[Code]> = JUDGED_WORDS[code];
  const own = CAUSE_WORDS[code];
  const isCause = (data: Partial<CauseData>): data is CauseData => data.party !== undefined;
  return {
    ...own,
    ...judged,
    title: (data) => (isCause(data) ? own.title(data) : judged.title(data)),
    message: (data) => (isCause(data) ? own.message(data) : judged.message(data)),
  };
}

export const DIAGNOSIS_FINDINGS: FindingCatalogue<DiagnosisFindings> = {
  ...CAUSE_WORDS,
  'id-not-found': judgedOr('id-not-found'),
  'enveloped-transform-order': judgedOr('enveloped-transform-order'),
  'sigvalue-base64-damaged': judgedOr('sigvalue-base64-damaged'),
  'sig-wrong-key-for-cert': judgedOr('sig-wrong-key-for-cert'),
  'hmac-key-derivation': judgedOr('hmac-key-derivation'),
  'digest-mismatch-explained': {
    title: (data) => `The digest of reference ${said(data.uri, 'without URI')} does not match`,
    message: (data) =>
      `The content hashes to ${said(data.computed)}; DigestValue says ${said(data.expected)}. Why is ` +
      'proven above.',
  },
  'sigvalue-base64-entities': {
    title: () => 'Base64 holds carriage returns written as &#13;',
    message: (data) =>
      `${said(data.elements, 'SignatureValue')} ` +
      `${said(data.count, '1') === '1' ? 'holds a carriage return' : `hold ${said(data.count)} carriage returns`} ` +
      'written as a character reference. Base64 may hold white space, so ' +
      `${data.signatureHolds ? 'the value verifies here without them' : 'that alone is no reason to fail'}; ` +
      'strict receivers refuse it. The sender should write base64 in one line, or with line feeds only.',
    explain:
      'A MIME encoder ends each line of 76 characters with CR LF. The DOM keeps the CR, and the serializer must ' +
      'write it as &#13; so that it survives parsing.',
  },
  'enveloped-on-detached': {
    title: (data) =>
      `enveloped-signature is named for ${said(data.element, 'an element')}, which does not hold the Signature`,
    message: (data) =>
      `The reference ${said(data.uri, 'without URI')} takes the Signature out of ` +
      `${said(data.element, 'an element')}, where there is none, so the transform does nothing. Most ` +
      'receivers go on, strict ones refuse it. The sender should leave it out for anything that is not a ' +
      'document signed from within.',
  },
  'diagnosis-budget': {
    title: () => 'The search for the cause ended before everything was tried',
    message: (data) =>
      `${said(data.trials, '0')} recomputations were made, the likeliest first, and none gave what was ` +
      `signed${said(data.signatures, '1') === '1' ? '' : ` for ${said(data.signatures)} of the signatures`}; ` +
      'changes of single places were not all tried. That something does not match is certain; only its cause ' +
      'was not found.',
    explain:
      'The search has a bound of its own, counted in trials and octets and not in time, so that a large or ' +
      'hostile message cannot hold it up and the same message always gives the same answer. A smaller message ' +
      'with the same fault is searched further: send one with less in its Body.',
  },
  'signature-mismatch-explained': {
    title: () => 'The signature value does not match SignedInfo',
    message: () => 'SignedInfo as it stands was not signed with the key found. Why is proven above.',
  },
};

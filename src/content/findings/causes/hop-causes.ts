/** Changes of what a digest covers, after it was signed. */
import type { NamedCause } from '../../../engine/trace/finding-data/causes.ts';
import { changed, HOP_OR_OWN_SOFTWARE, OWN_SOFTWARE_OR_HOP, type Cause } from './cause-words.ts';

/** By code; a signer that writes the signed message again does the same, so that each names both. */
export const HOP_CAUSES = {
  'ws-pretty-print-after-sign': changed(
    'was re-indented',
    HOP_OR_OWN_SOFTWARE('gateways and logs indent what they pass on'),
    'Ask for the raw octets, or turn formatting off in that hop.',
  ),
  'ws-stripped-on-parse': changed(
    'lost its white space',
    HOP_OR_OWN_SOFTWARE('gateways that parse a message often drop white space'),
    'Whoever parses and writes the message on the way must keep white space.',
  ),
  'ws-trim-text-values': changed(
    'had white space around its texts changed',
    OWN_SOFTWARE_OR_HOP('data binding trims texts when the message is built and written again'),
    'That hop must pass texts on as they are.',
  ),
  'ws-between-header-blocks': changed(
    'had white space between its header blocks changed',
    OWN_SOFTWARE_OR_HOP('headers are often put together after the signature is made'),
    'Write the header once, before signing, and send those octets.',
  ),
  'saml-assertion-reserialised': changed(
    'was serialised again',
    OWN_SOFTWARE_OR_HOP('a client parses the assertion and writes it into its own message'),
    'The assertion must be put into the message as it came from its issuer.',
  ),
  'crlf-inserted-charref': changed(
    'got carriage returns',
    HOP_OR_OWN_SOFTWARE('line ends change where a message is stored or passed on as text'),
    'That hop must normalise line ends before it builds its tree, or pass the octets on.',
  ),
  'cr-charref-lost': changed(
    'lost its carriage returns',
    HOP_OR_OWN_SOFTWARE('a message loses them when it is parsed and written a second time'),
    'A character reference &#13; does not survive parsing twice; that hop must not serialise the message again.',
  ),
  'unicode-normalised': changed(
    'was brought to another Unicode normalization form',
    HOP_OR_OWN_SOFTWARE('databases and queues normalise what they keep'),
    'Nothing may normalise text after signing.',
  ),
  'comment-stripped-or-added': changed(
    'had comments added',
    HOP_OR_OWN_SOFTWARE('a signer seldom adds comments to what it has signed'),
    'Nothing may add comments, or the sender should canonicalize without them.',
  ),
  'processing-instruction-inserted': changed(
    'had a processing instruction inserted',
    HOP_OR_OWN_SOFTWARE('a signer seldom adds them to what it has signed'),
    'That hop must not write processing instructions into signed content.',
  ),
  'entity-double-or-lost-amp': changed(
    'had its escapes changed',
    OWN_SOFTWARE_OR_HOP('a writer that escapes wrongly does so with every message'),
    'That hop must not escape or unescape text by hand.',
  ),
  'attr-ws-normalisation': changed(
    'had white space in attributes normalised',
    HOP_OR_OWN_SOFTWARE('each parser on the way normalises attributes again'),
    'Tabs and line ends in attributes must be written as character references.',
  ),
  'id-value-or-name-mangled': changed(
    'had its Id rewritten',
    OWN_SOFTWARE_OR_HOP('Ids are often set again when a message is put together'),
    'That hop must leave Ids as they are.',
  ),
  'mustunderstand-or-actor-altered': changed(
    'had a SOAP attribute changed',
    HOP_OR_OWN_SOFTWARE('SOAP nodes on the way set these attributes'),
    'A node must not touch signed header blocks.',
  ),
  'schema-default-or-xsi-added': changed(
    'had an attribute added',
    HOP_OR_OWN_SOFTWARE('a parser with a schema adds its defaults'),
    'Parse without a schema, and do not bind and write signed content again.',
  ),
  'value-lexical-rewrite': changed(
    'had a value written in another form',
    HOP_OR_OWN_SOFTWARE('data binding on the way writes values in its own form'),
    'Data binding on the way rewrote a value that means the same. Pass the octets on.',
  ),
  'ns-prefix-rewritten': changed(
    'had a namespace prefix changed',
    HOP_OR_OWN_SOFTWARE('a message parsed and written again gets the prefixes of the writer'),
    'Prefixes are part of the canonical form. That hop must pass the message through unparsed or keep prefixes.',
  ),
  'ds-prefix-changed-after-sign': changed(
    'had its namespace prefix changed',
    OWN_SOFTWARE_OR_HOP('libraries set the prefix after the value is made'),
    'Set the prefix before the value is computed.',
  ),
  'soap-version-or-content-type': changed(
    'was moved to another SOAP version',
    HOP_OR_OWN_SOFTWARE('gateways move messages between SOAP versions'),
    'A gateway that changes the envelope’s namespace breaks every signature in it.',
  ),
  'xmlns-empty-spurious': changed(
    'had xmlns="" added or taken away',
    OWN_SOFTWARE_OR_HOP('a serializer corrects elements that were created without their namespace'),
    'Elements must be created with their namespace, so that no serializer has to correct it.',
  ),
  'inclusive-ancestor-ns-added-later': changed(
    'inherits a namespace declaration that was added',
    HOP_OR_OWN_SOFTWARE('a signer that hashes in place has all declarations'),
    'Inclusive canonicalization takes in every declaration above. Declare all before signing, or sign with ' +
      'Exclusive C14N.',
  ),
  'ns-decl-added-in-subtree': changed(
    'had a namespace declaration added',
    HOP_OR_OWN_SOFTWARE('a writer on the way declares what it finds in scope'),
    'That hop must not declare namespaces inside signed content.',
  ),
  'ns-decl-moved': changed(
    'had a namespace declaration moved',
    OWN_SOFTWARE_OR_HOP('a tree is often cleaned up or cut out before it is sent'),
    'The PrefixList names the prefix, so that the place of its declaration is hashed. Leave declarations where ' +
      'they are.',
  ),
  'prefixlist-prefix-unbound': changed(
    'lost the declaration of a prefix that the PrefixList names',
    OWN_SOFTWARE_OR_HOP('an element that is cut out of its message loses what it inherits'),
    'Declare the prefix on the element that is signed, so that it goes along with it.',
  ),
} satisfies Partial<Record<NamedCause, Cause>>;

/** Changes of what a digest covers, after it was signed. */
import type { NamedCause } from '../../../engine/trace/finding-data/causes.ts';
import { changed, type Cause } from './cause-words.ts';

/** By code; each blames whoever changed the message. */
export const HOP_CAUSES = {
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
  'attr-ws-normalisation': changed(
    'had white space in attributes normalised',
    'Tabs and line ends in attributes must be written as character references.',
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
  'ns-decl-added-in-subtree': changed(
    'had a namespace declaration added',
    'That hop must not declare namespaces inside signed content.',
  ),
} satisfies Partial<Record<NamedCause, Cause>>;

/** Words for what the XML parser reports: form, namespaces, encoding. */
import type { NotWellFormed, XmlFindings } from '../../engine/trace/finding-data/xml.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

/** What stood there, as the reader sees it. */
function found(data: NotWellFormed): string {
  return data.found === '' || data.found === undefined ? 'the input ends' : `“${data.found}” stands`;
}

/** One sentence for each `reason` of `not-wellformed-xml`. */
const REASONS: Readonly<Record<string, (data: NotWellFormed) => string>> = {
  'mismatched-end-tag': (data) =>
    `The end tag of ${data.found} stands where that of ${data.expected} is due; ${data.expected} was opened at ` +
    `octet ${data.openedAt}.`,
  'unclosed-element': (data) =>
    `The input ends while ${data.name}, opened at octet ${data.openedAt}, has no end tag yet. The message was ` +
    'probably cut short.',
  'unclosed-attribute-value': (data) =>
    `The value of ${data.name}, opened at octet ${data.openedAt}, has no closing quote.`,
  'unclosed-comment': (data) => `The comment opened at octet ${data.openedAt} has no end.`,
  'unclosed-cdata': (data) => `The CDATA section opened at octet ${data.openedAt} has no end.`,
  'unclosed-processing-instruction': (data) =>
    `The processing instruction opened at octet ${data.openedAt} has no end.`,
  'duplicate-attribute': (data) =>
    `The attribute ${data.name}${data.uri === undefined ? '' : ` (namespace ${data.uri})`} stands twice in one ` +
    'start tag.',
  'unbound-prefix': (data) =>
    `The prefix ${data.prefix} of ${data.name} is not declared here or on any element around.`,
  'prefix-undeclared': (data) =>
    `The declaration of the prefix ${data.prefix} is empty. Only the default namespace can be undeclared.`,
  'reserved-prefix': (data) =>
    'The prefix ' +
    `${data.prefix === '' ? '(default)' : data.prefix}${data.uri === undefined ? '' : ` cannot be bound to ${data.uri}`}: ` +
    'xml and xmlns and their namespaces are reserved.',
  'colon-in-name': () => 'A name has more than one colon.',
  'name-expected': (data) => `A name is due, and ${found(data)} there.`,
  'unexpected-octets': (data) => `Expected ${data.expected}, and ${found(data)} there.`,
  'less-than-in-attribute': (data) => `The value of ${data.name} has a bare “<”, which has to be written &lt;.`,
  'reference-syntax': () =>
    'A bare “&” or an unfinished reference. In text and attribute values it has to be written &amp;.',
  'undeclared-entity': (data) =>
    `The entity ${data.reference} is not declared. Without a DOCTYPE, which SOAP forbids, only lt, gt, amp, ` +
    'quot and apos exist.',
  'illegal-character-reference': (data) => `${data.reference} is not a character that XML allows.`,
  'illegal-character': (data) => `The character ${data.character} is not allowed in XML.`,
  'cdata-end-in-text': () => 'Text contains “]]>”, which may only end a CDATA section; write ]]&gt;.',
  'double-hyphen-in-comment': () => 'A comment contains “--”.',
  'cdata-outside-root': () => 'A CDATA section stands outside the document element.',
  'reserved-target': () =>
    'An XML declaration stands elsewhere than at the very first octet; often white space or a line end was put ' +
    'before it.',
  'colon-in-target': (data) => `The target ${data.target} of a processing instruction has a colon.`,
  'text-before-root': () =>
    'Text stands before the document element. Often this is something other than XML: an HTTP header, a log ' +
    'line, a JSON body.',
  'text-after-root': () =>
    'Text stands after the document element. Often two captures were joined, or a log line was copied along.',
  'second-root': () => 'A second document element begins after the first one has ended.',
  'unexpected-end-tag': () => 'An end tag stands where no element is open.',
  'no-root-element': () => 'There is no element: the input is empty or has comments and white space only.',
  'xml-declaration': (data) => `The XML declaration is not as it has to be: expected ${data.expected}.`,
};

const BUILD_WITH_SERIALIZER =
  'Build the message with an XML writer, not with string templates, and send its octets unchanged.';

/** By code, each with the data that its code carries. */
export const XML_FINDINGS: FindingCatalogue<XmlFindings> = {
  'not-wellformed-xml': {
    title: () => 'The message is not well-formed XML',
    message: (data) =>
      `${REASONS[data.reason]?.(data) ?? 'A rule of XML is broken here.'} Nothing after this place could be read.`,
    explain:
      'XML has one set of rules, and a receiver must refuse a document that breaks any of them. What stood ' +
      'before the first error is shown; no digest or signature over the rest can be judged.',
    fixes: {
      sender: BUILD_WITH_SERIALIZER,
      receiver: 'Check that the octets were captured on the wire, and were not cut, joined or changed by a log.',
    },
  },
  'doctype-or-entity-refused': {
    title: () => 'The message has a DOCTYPE, and is refused',
    message: () =>
      'SOAP forbids a document type declaration (SOAP 1.1 §3, SOAP 1.2 Part 1 §5), and a DOCTYPE can change ' +
      'what a signature covers by entities and default attributes. Nothing after it was read.',
    explain:
      'Entities expand to text that the signer may not have seen, can be made to expand without bound, and can ' +
      'name files and hosts. Every hardened receiver stops at the DOCTYPE, before it means anything.',
    fixes: { sender: 'Leave the DOCTYPE out; write the entities’ text in place.' },
  },
  'xml-encoding-mismatch': {
    title: (data) =>
      data.declared === ''
        ? `The message is in ${data.actual} and does not say so`
        : `The message declares ${data.declared} and is in ${data.actual}`,
    message: (data) =>
      data.declared === ''
        ? `The octets are ${data.actual} without a byte order mark and without a declaration, where XML allows ` +
          `UTF-8 only. It was read as ${data.actual} to show it.`
        : `The XML declaration names ${data.declared}, the octets are ${data.actual}. A receiver must refuse ` +
          `that; it was read as ${data.actual} to show it.`,
    explain:
      'XML 1.0 §4.3.3 makes it a fatal error to present a document in another encoding than the declared one. ' +
      'It often comes from a declaration written while the text was still a string in memory.',
    fixes: {
      '.NET':
        'A StringWriter says utf-16. Write to a stream with XmlWriterSettings.Encoding set, or override ' +
        'StringWriter.Encoding.',
      sender: 'Let the writer that makes the octets write the declaration.',
    },
  },
  'xml-encoding-unsupported': {
    title: (data) => `The encoding ${data.name} is not read`,
    message: (data) =>
      `Every XML receiver has to read UTF-8 and UTF-16; ${data.name} is up to each. This tool reads UTF-8, ` +
      'UTF-16, US-ASCII, the ISO-8859, Windows and KOI8 encodings, GB 18030, Big5, EUC-JP, Shift_JIS and EUC-KR. The ' +
      'sender should send UTF-8.',
    fixes: { sender: 'Send UTF-8.' },
  },
  'C14-09': {
    title: (data) =>
      data.reads === undefined
        ? `The ${said(data.octet).length > 2 ? 'octets' : 'octet'} 0x${data.octet} ` +
          `${said(data.octet).length > 2 ? 'mean' : 'means'} nothing in ${data.encoding}`
        : `The message declares ${data.encoding} and seems to be ${data.reads}`,
    message: (data) =>
      data.reads === undefined
        ? `Here the octets are not ${data.encoding}. ` +
          `${
            data.encoding === 'UTF-8'
              ? 'Either the message was written in another encoding, such as ISO-8859-1, without saying so, or it ' +
                'was ' +
                'cut inside a character.'
              : 'Either the declaration is wrong or the octets were damaged.'
          } ` +
          'Nothing after this place could be read.'
        : `Everything in it outside ASCII is well-formed ${data.reads}, which text in ${data.encoding} is almost ` +
          `never by chance. It is read as ${data.encoding}, as it says; whoever signed it as ${data.reads} gets ` +
          'other digests. Whoever wrote the declaration must name the encoding that the octets are in.',
    explain:
      'Each receiver reads the characters that its own idea of the encoding gives. Where two differ, one ' +
      'verifies what the other does not read.',
    fixes: { sender: 'Encode the text in the encoding that the declaration and the Content-Type name.' },
  },
  'xml-encoding-no-bom': {
    title: (data) => `${data.actual} without a byte order mark`,
    message: (data) =>
      `XML wants a byte order mark before UTF-16 (XML 1.0 §4.3.3). The declaration names ${data.declared}, so ` +
      'it can be read, but some receivers will not.',
    fixes: { sender: 'Send UTF-8, or write the byte order mark.' },
  },
  'xml-encoding-transcoded': {
    title: (data) => `The message is in ${data.name}`,
    message: (data) =>
      `It was decoded from ${data.name} to be read. Canonicalization always yields UTF-8, so digests are over ` +
      'UTF-8 octets whatever the message is sent in; places are shown in the octets that arrived.' +
      (data.several === true
        ? ` Readers of ${data.name} do not agree on a few characters (such as the wave dash): where one of them is ` +
          'signed, their digests differ.'
        : ''),
  },
  'charset-header-mismatch': {
    title: (data) => `The Content-Type says ${data.external}, the message ${data.declared}`,
    message: (data) =>
      'A byte order mark wins over the charset of the Content-Type, and that wins over the XML declaration (RFC ' +
      '7303 §3). A receiver that goes by the other one reads other characters, and its digests will differ ' +
      `where ${data.external} and ${data.declared} do.`,
    fixes: { sender: 'Name the same encoding in both, best UTF-8.' },
  },
  'xml-version-not-1.0': {
    title: (data) => `The message declares XML ${data.version}`,
    message: (data) =>
      'It is read by the rules of XML 1.0, as the fifth edition says. SOAP messages are XML 1.0, and a receiver ' +
      `may refuse version ${data.version}.`,
    fixes: { sender: 'Declare version 1.0.' },
  },
};

/** Words for attachments: MIME parts, the transforms that sign them, xop:Include. */
import type { AttachmentFindings } from '../../engine/trace/finding-data/attachments.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

const part = (data: { readonly attachment?: string | null }): string =>
  said(data.attachment) === '' ? 'the attachment' : `the attachment “${said(data.attachment)}”`;

const HEADER_FORMS: Readonly<Record<string, string>> = {
  'header-in-content': 'of the part without the header lines at its beginning',
  content: 'over the content alone, although the transform named asks for the MIME header too',
  complete: 'over the MIME header and the content, although the transform named asks for the content alone',
  'complete-blank-line': 'with a blank line between the canonical MIME header and the content',
  'complete-as-written': 'over the MIME header as it was written and not in its canonical form',
};

const LINE_FORMS: Readonly<Record<string, string>> = {
  'as-sent': 'over the line ends as they stand, without bringing them to CRLF',
  lf: 'over line ends of LF',
  crlf: 'over line ends of CRLF',
  'crlf-added': 'with a line end after the last line that is not there now',
  'crlf-removed': 'without the line end at its end',
  xml: 'over its canonical XML form',
  'not-xml': 'over its octets as they stand, not over its canonical XML form',
};

const XOP_PROBLEMS: Readonly<Record<string, string>> = {
  scheme: 'does not name a part by "cid:". Nothing was read from it; a receiver that does would fetch it',
  'beside-content': 'is not alone in its element. It stands for the whole content of it or for nothing',
  children: 'holds content of its own',
};

/** By code, each with the data that its code carries. */
export const ATTACHMENT_FINDINGS: FindingCatalogue<AttachmentFindings> = {
  'attachment-transform-misplaced': {
    title: () => 'An attachment transform is used on something that is not an attachment',
    message: () =>
      'The transforms of the SOAP with Attachments profile take what a cid: reference names. This reference ' +
      'names something else, so the transform cannot run. The sender must use them for cid: references only, as ' +
      'the first transform.',
  },
  'attachment-headers-missing': {
    title: () => "The attachment's MIME header is needed",
    message: (data) =>
      `The signature covers the MIME header of ${part(data)}, and only its content was given. Give the whole ` +
      'MIME message.',
    explain:
      'Attachment-Complete-Signature-Transform digests the fields Content-Description, Content-Disposition, ' +
      'Content-ID, Content-Location and Content-Type before the content (SWA 1.1 §5.3.2).',
  },
  'attachment-type-from-digest': {
    title: (data) => `The attachment was signed as ${said(data.form) === 'xml' ? 'XML' : 'text'}`,
    message: (data) =>
      `Without its MIME header nothing says what type ${part(data)} is. Its digest matches when it is taken as ` +
      `${said(data.form) === 'xml' ? 'XML and brought to canonical form' : 'text and its line ends are brought to CRLF'}.`,
  },
  'attachment-xml-malformed': {
    title: () => 'An XML attachment is not well-formed',
    message: (data) =>
      `The type of ${part(data)} is ${said(data.type, 'XML')}, so its canonical XML is signed, but its ` +
      'content is not well-formed XML. The sender must send XML or name another type.',
    explain: 'Content of an XML type is brought to Exclusive Canonical XML before it is digested (SWA 1.1 §5.4.2).',
  },
  'attachment-headers-in-digest': {
    title: (data) =>
      said(data.form) === 'header-in-content'
        ? 'The attachment holds MIME header lines that were not digested'
        : said(data.form) === 'content'
          ? "The attachment's MIME header was not digested"
          : "The attachment's MIME header was digested another way",
    message: (data) =>
      `The digest of ${part(data)} was made ` +
      `${HEADER_FORMS[said(data.form)] ?? 'with another treatment of the MIME header'}: recomputed like that ` +
      `it matches. ${
        said(data.form) === 'header-in-content'
          ? 'Whoever writes the part, the sender after encrypting or a hop, must write its header before the ' +
            'blank line.'
          : 'The sender must name the transform it used.'
      }`,
    explain:
      'Two transforms sign an attachment: one its content, the other its content after its canonical MIME ' +
      'header. A stack that mixes them up makes digests that nobody else reproduces (SWA 1.1 §5.3).',
    fixes: { WSS4J: '{Content}cid:Attachments; signs the content, {Element}cid:Attachments; header and content.' },
  },
  'attachment-cte-base64': {
    title: (data) =>
      data.form === 'decoded'
        ? 'The attachment lost its Content-Transfer-Encoding'
        : 'The attachment was digested in its transfer encoding',
    message: (data) =>
      data.form === 'decoded'
        ? `The content of ${part(data)} is ${said(data.encoding, 'encoded')} text, and no field of the part says so. ` +
          'The digest was made over what the text stands for: decoded, it matches. Whoever wrote the part, the ' +
          'sender or something on the way, must keep Content-Transfer-Encoding with the text.'
        : `The digest of ${part(data)} was made over its ${said(data.encoding, 'encoded')} text as it travels ` +
          'and not over the content that the encoding stands for: recomputed like that it matches. Either the sender ' +
          'must digest the decoded content, or something on the way added Content-Transfer-Encoding.',
    explain:
      'Content-Transfer-Encoding belongs to the transport and may change on the way; what is signed is the ' +
      'content without it (SWA 1.1 §5.4.4).',
    fixes: { sender: 'Send attachments with Content-Transfer-Encoding: binary.' },
  },
  'attachment-line-ends': {
    title: () => "The attachment's line ends differ from those that were digested",
    message: (data) =>
      `The digest of ${part(data)} was made ${LINE_FORMS[said(data.form)] ?? 'with other line ends'}: ` +
      'recomputed like that it matches. Either the sender does not bring text to its canonical form, or ' +
      'something on the way changed line ends.',
    explain:
      'Text parts are digested with CRLF line ends, XML parts in canonical form, others as they are (SWA 1.1 ' +
      '§5.4.2, §5.4.3).',
    fixes: {
      sender: 'Send payloads as application/octet-stream or application/gzip, which nobody on the way may touch.',
    },
  },
  'attachment-compressed-order': {
    title: () => 'The attachment was digested before it was compressed',
    message: (data) =>
      `The digest of ${part(data)} matches its uncompressed content, not the compressed octets that arrived. ` +
      'The sender must compress first and sign what it sends (AS4 §3.1).',
    fixes: { phase4: 'Let the library compress: set the CompressionType property on the part.' },
  },
  'mtom-signed-before-after': {
    title: (data) =>
      said(data.form) === 'literal'
        ? 'xop:Include was signed, not the content it stands for'
        : 'The content of xop:Include was signed in another spelling',
    message: (data) =>
      said(data.form) === 'literal'
        ? 'The digest matches the message with its xop:Include elements as they stand. The octets of the ' +
          'attachments are under no signature: anybody on the way can exchange them. The sender must sign the ' +
          'content, with the base64 in the place of xop:Include.'
        : 'The digest matches the message with the base64 of its attachments broken into lines. The base64 that ' +
          'stands for an attachment is one line without white space; the sender must digest it like that.',
    explain:
      'An MTOM message stands for the document in which every xop:Include is replaced by the base64 of its ' +
      'part, and that document is what is signed (XOP 1.0 §3.1, §4.2).',
    fixes: {
      'CXF, WSS4J': 'Set expandXopInclude to true on the sending side.',
      '.NET': 'Apply security before the MTOM encoder.',
    },
  },
  'bst-mtom-optimised': {
    title: (data) =>
      `${said(data.count, '1') === '1' ? 'A value' : `${said(data.count)} values`} in the Security header ` +
      `${said(data.count, '1') === '1' ? 'travels' : 'travel'} as an attachment`,
    message: (data) =>
      said(data.href) === ''
        ? `An xop:Include stands in ${said(data.path, 'the Security header')}. It was resolved here; receivers ` +
          'that do not do so see an empty token or ciphertext.'
        : `An xop:Include (${said(data.href)}) stands where the token's text should be. Receivers that read ` +
          'the header before they resolve attachments find no certificate.',
    fixes: {
      'CXF, WSS4J':
        'Set ws-security.store.bytes.in.attachment (storeBytesInAttachment) to false on the sending side, or ' +
        'expandXopInclude on the receiving one.',
      SoapUI: 'Switch "Force MTOM" off.',
    },
  },
  'xop-include-malformed': {
    title: () => 'An xop:Include that receivers read in different ways',
    message: (data) =>
      `The xop:Include in ${said(data.path, 'the message')} (href "${said(data.uri)}") ` +
      `${XOP_PROBLEMS[said(data.problem)] ?? 'is not as XOP has it'}. One receiver puts a part in its place, another ` +
      'leaves it or refuses it, so that what is verified need not be what is used.',
    explain: 'xop:Include is the only child of its element, and its href is a cid: URI (XOP 1.0 §2.1, §4.1).',
  },
  'digest-over-missing-part': {
    title: () => 'A part of the signed content is missing',
    message: (data) =>
      `The content of ${said(data.uri, 'the reference')} holds an xop:Include whose part was not given, so ` +
      'its digest cannot be judged. Give the whole MIME message, or the part under its content id.',
  },
  'attachment-not-signed': {
    title: (data) => `Attachment “${said(data.attachment)}” is under no signature`,
    message: (data) =>
      `No verified reference covers ${part(data)}: anybody on the way can change it unseen. A sender that means ` +
      'it to be protected must sign it.',
  },
  'XSW-15': {
    title: () => 'The signature covers a link to an attachment, not the attachment',
    message: () =>
      'What was signed is an xop:Include element as it stands. The part it names can be exchanged without ' +
      'breaking the signature. The receiver must put the base64 of the part in its place before it verifies, ' +
      'and the sender must sign that.',
    explain:
      'An attack of the signature wrapping family: the signature stays valid while the octets that the ' +
      'application reads are replaced.',
    fixes: { 'CXF, WSS4J': 'Keep expandXopInclude on when verifying.' },
  },
};

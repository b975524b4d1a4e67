/** Words for opening the input, bounds, and what concerns the message as a whole. */
import type { ProcessingFindings } from '../../engine/trace/finding-data/processing.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

const BOUNDS: Readonly<Record<string, string>> = {
  inputOctets: 'octets of input',
  elementDepth: 'nested elements',
  attributesPerElement: 'attributes in one element',
  nodes: 'nodes',
  nameLength: 'octets in one name',
  referencesPerSignature: 'references in one signature',
  transformsPerReference: 'transforms in one reference',
  derivedOctets: 'octets canonicalized and digested',
  prefixListTokens: 'prefixes in one list',
  signatures: 'signatures',
  securityHeaders: 'Security headers',
  tokens: 'tokens',
  keyInfoDepth: 'nested key references',
  xpathSteps: 'XPath steps',
  decryptions: 'decryptions',
  plaintextOctets: 'decrypted octets',
  decryptionLayers: 'layers of encryption',
  certificatesInMessage: 'certificates in the message',
  certificatePathLength: 'certificates in a path',
  iterations: 'iterations of a key derivation, or as much work for agreeing on keys',
  rsaModulusBits: 'bits in an RSA key',
  mimeParts: 'MIME parts',
};

const AMBIGUOUS: Readonly<Record<string, string>> = {
  'name-twice': 'Two entries of the ZIP archive have one name',
  'headers-differ': "An entry's own header says something else than the directory of the ZIP archive",
  'unlisted-entry': 'Between its entries the ZIP archive holds one that its directory does not list',
  overlap: 'Two entries of the ZIP archive share octets',
  'directory-twice': 'The ZIP archive has two directories',
};

const UNREADABLE: Readonly<Record<string, string>> = {
  cut: 'The ZIP archive is cut off or damaged',
  zip64: 'The ZIP archive is in the format ZIP64, which is not read here',
  encrypted: 'An entry is encrypted',
  method: 'An entry is packed by another method than deflate',
};

const DAMAGED: Readonly<Record<string, string>> = {
  malformed: 'Its data do not unpack',
  'size-differs': 'It unpacks to another size than it says',
  'checksum-differs': 'Its checksum is another than it says',
};

/** By code, each with the data that its code carries. */
export const PROCESSING_FINDINGS: FindingCatalogue<ProcessingFindings> = {
  limit: {
    title: (data) => `More than ${said(data.limit)} ${BOUNDS[said(data.bound)] ?? said(data.bound)}`,
    message: (data) =>
      `The message passes the bound of ${said(data.limit)} ` +
      `${BOUNDS[said(data.bound)] ?? said(data.bound)}, and was judged no further. A message that needs ` +
      'more than that is an attack or a mistake.',
  },
  cancelled: { title: () => 'The run was cancelled', message: () => 'What stands here is what was judged until then.' },
  'input-compressed': {
    title: (data) => `The input is compressed (${said(data.format)})`,
    message: (data) =>
      `Unpack it first: compressed input (${said(data.format)}) is not opened here, because small input that ` +
      'unpacks to gigabytes is an attack.',
  },
  'container-opened': {
    title: (data) => `The message is ${said(data.entry, 'an entry')} of a container`,
    message: (data) =>
      `${said(data.entry, 'The first entry with signatures')} was taken out of the ZIP archive and judged; the other ` +
      `files of it (${said(data.files, '0')}) stand ready for its references.` +
      (said(data.others) === '' ? '' : ` Not judged: ${said(data.others)}. Take each out to have it judged.`),
  },
  'container-ambiguous': {
    title: () => 'The container can be read in two ways',
    message: (data) =>
      `${AMBIGUOUS[said(data.reason)] ?? 'What it lists and what it holds differ'}` +
      `${said(data.entry) === '' ? '' : ` ("${said(data.entry)}")`}. One reader takes the one and another the other, so ` +
      'that what is verified need not be what is used. Nothing was taken out; whoever made the container must ' +
      'write it ' +
      'anew.',
  },
  'container-unreadable': {
    title: () => 'The container cannot be opened',
    message: (data) =>
      `${UNREADABLE[said(data.reason)] ?? 'The ZIP archive is damaged'}` +
      `${said(data.entry) === '' ? '' : ` ("${said(data.entry)}")`}. Take the signature and its files out with another ` +
      'program, and give them one by one.',
  },
  'container-without-signatures': {
    title: () => 'The container has no XML signature',
    message: (data) =>
      said(data.found) === ''
        ? 'No entry META-INF/*signatures*.xml stands in the ZIP archive.'
        : `It holds ${said(data.found)}: signatures or time-stamps in CMS, which are not read here.`,
  },
  'container-file-unreadable': {
    title: (data) => `${said(data.entry, 'A file')} of the container is damaged`,
    message: (data) =>
      `${DAMAGED[said(data.reason)] ?? 'It does not unpack'}. It was left out; a reference to it cannot be judged.`,
  },
  'container-file-not-signed': {
    title: (data) => `${said(data.file, 'A file')} of the container is not signed`,
    message: (data) =>
      `No reference of the signature that was judged leads to it${data.count > 1 ? `, nor to ${data.count - 1} more` : ''}. ` +
      'Anybody could have added it: who opens the container takes it for signed. Each file must be signed ' +
      '(EN 319 162-1 §4.4), or stand outside.',
  },
  'multipart-without-parts': {
    title: () => 'The MIME multipart has no part',
    message: (data) =>
      `No line holds the boundary "${said(data.boundary)}" that the Content-Type names. The capture is cut ` +
      'off, or the header belongs to another body.',
  },
  'multipart-content-id-repeated': {
    title: (data) => `Two parts have the Content-ID ${said(data.id)}`,
    message: (data) =>
      `A Content-ID names one part (RFC 2392), and here ${said(data.id)} names several. One receiver takes ` +
      'the first, another the last, so that what is verified need not be what is used. Here the first was read.',
    fixes: { sender: 'Give every part a Content-ID of its own.' },
  },
  'multipart-root-not-found': {
    title: () => 'The root part is not there',
    message: (data) =>
      `Content-Type names the part ${said(data.start)} as the root, but no part has that Content-ID. One ` +
      'receiver reads the first part, another refuses the message. Here the first was read.',
    fixes: { sender: 'Let the start parameter name the Content-ID of the part that holds the envelope.' },
  },
  'mime-field-repeated': {
    title: (data) => `The header field ${said(data.field)} stands twice`,
    message: (data) =>
      `It says "${said(data.first)}" and "${said(data.second)}". One receiver reads the first, another the last, ` +
      'so that what is verified need not be what is used. Here the first was read.',
    fixes: { sender: 'Write each field once.' },
  },
  'mime-encoding-unknown': {
    title: (data) => `Content-Transfer-Encoding ${said(data.encoding)} is none that every receiver knows`,
    message: () =>
      'A receiver that knows it decodes the part, another takes it as it stands, so that what is verified need ' +
      'not be ' +
      'what is used. Here it was taken as it stands.',
    fixes: { sender: 'Send parts with Content-Transfer-Encoding: binary.' },
  },
  'http-length-differs': {
    title: (data) =>
      data.chunked ? 'Content-Length beside Transfer-Encoding' : 'Content-Length ends before the message does',
    message: (data) =>
      data.chunked
        ? `The header gives the length of the body twice: Content-Length ${said(data.declared)} and ` +
          'Transfer-Encoding. ' +
          'Receivers that go by one and by the other read different messages; here it was read by ' +
          'Transfer-Encoding, as ' +
          'RFC 9112 has it.'
        : `It says ${said(data.declared)} octets, and ${said(data.octets)} stand here. A receiver that goes by it ` +
          'reads ' +
          'the first of them only. Either the capture was edited, or whoever sent it wants two receivers to read two ' +
          'messages. Here all of it was read.',
    explain: 'What stands behind Content-Length belongs to the next message (RFC 9112 §6.3): request smuggling.',
  },
  'mime-delimiter-lookalike': {
    title: () => 'A line looks like the boundary and is none',
    message: (data) =>
      `It begins with "--${said(data.boundary)}" and goes on, or its line ends with a bare line feed where others ` +
      'end ' +
      'with CRLF. By RFC 2046 that is no delimiter; receivers that look less closely split the message there, and ' +
      'read other parts. Here it was read as content.',
    fixes: { sender: 'Choose a boundary that begins no line of the content.' },
  },
  unsecured: {
    title: () => 'Nothing secures this message',
    message: () =>
      'It holds no security token, no signature and no encryption. Whatever protected it on the way, nothing in ' +
      'it does now.',
  },
  'not-decrypted': {
    title: () => 'A part is encrypted and was not opened',
    message: (data) => `${said(data.path, 'It')} holds EncryptedData. Its content was not read and not judged.`,
  },
  'trust-by-assertion': {
    title: () => 'The key is trusted through the assertion that confirms it',
    message: (data) =>
      'The signing key is confirmed to its holder by the SAML ' +
      `assertion${typeof data.assertion === 'string' ? ` ${data.assertion}` : ''}, whose own ` +
      `signature${typeof data.issuer === 'string' ? ` by ${data.issuer}` : ''} is trusted. No certificate ` +
      'of the key itself is needed.',
    explain:
      'Holder of key: the issuer of the assertion says whose key it is (WSS SAML Token Profile §3.5.1). WSS4J ' +
      'trusts such a key too, and only when the assertion has a signature of its own.',
  },
  'session-key-of-anybody': {
    title: () => 'Nobody vouches for the key of this signature',
    message: () =>
      'The signature was made with a session key that came encrypted for the receiver. Whoever has the receiver’s ' +
      'certificate can make such a key: that the signature verifies shows that nothing was changed, not who sent it.',
    fixes: {
      sender: 'Add an endorsing signature with a key of your own, or a UsernameToken under this signature.',
    },
  },
  'trust-not-asked': {
    title: () => 'No trust anchors are given',
    message: (data) =>
      `Whether ${said(data.subject, 'the signer')} can be trusted is not known without them. Give ` +
      'the certificates that you trust.',
  },
  'id-duplicates': {
    title: (data) => `${said(data.count)} Ids stand more than once`,
    message: (data) =>
      `Among them "${said(data.first)}". No reference uses them, or that would be an error: the sender ` +
      'should make Ids unique.',
  },
};

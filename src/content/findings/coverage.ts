/** Words for coverage and wrapping. */
import type { CoverageFindings, WrappingData } from '../../engine/trace/finding-data/coverage.ts';
import { said, type FindingCatalogue, type FindingWords } from './catalogue.ts';

const wrapped = (how: string): FindingWords<WrappingData> => ({
  title: (data) => `The signed ${said(data.role, 'element')} is not the one a receiver reads`,
  message: (data) =>
    `The signature is over ${said(data.verified)}, ${how}. A receiver reads ${said(data.consumed)}, which ` +
    'no signature covers. Whoever changed the message left the signed element there and put another in its ' +
    'place; the receiver must check that what it reads is what was verified.',
  explain:
    'Signature wrapping (McIntosh and Austel, 2005). xmlsec1 and the JDK call such a signature valid, because ' +
    'the element that the reference names is unchanged. Only comparing the verified element with the consumed ' +
    'one shows it.',
});

const MOVED_AWAY = wrapped('which stands outside the place where it means something');

/** What a copy is seen by, where it is no mark in an element. */
const COPIES: Readonly<Record<string, string>> = {
  tree: 'It begins with "-", as browsers show a tree of elements',
  end: 'It ends in the middle, with a sign that something was cut off',
};

const ERROR_KINDS = { 'soap-fault': 'SOAP Fault', 'ebms-error': 'ebMS error', 'saml-status': 'SAML status' } as const;

/** By code, each with the data that its code carries. */
export const COVERAGE_FINDINGS: FindingCatalogue<CoverageFindings> = {
  'XSW-01': {
    ...MOVED_AWAY,
    title: (data) =>
      data.removed === true ? `The signed ${said(data.role)} was moved out of its place` : MOVED_AWAY.title(data),
    message: (data) =>
      data.removed === true
        ? `The signature covers ${said(data.verified)}, where no receiver looks for it; ` +
          `${said(data.consumed)} has none. A receiver that does not insist on a ${said(data.role)} takes ` +
          'the message as one without, at any time later. The receiver must ask for it in its place.'
        : MOVED_AWAY.message(data),
  },
  'strict-layout-order': {
    title: (data) => `${said(data.element)} stands behind the Signature`,
    message: () =>
      'Under a policy with the layout Strict what a signature covers stands before it in the header; such receivers ' +
      'refuse the message. With Lax the order says nothing.',
    fixes: { 'The sender': 'Add SignatureConfirmation to the header before signing, or agree on Lax.' },
  },
  'id-not-ncname': {
    title: () => 'An Id that is no XML name',
    message: (data) =>
      `The signature refers to "${said(data.id)}". An Id is an xs:ID and so begins with a letter or an underscore; ` +
      '.NET and validating receivers do not find such a one. The sender must put a letter in front.',
    fixes: { 'The sender': 'Write ids such as `_` and a UUID.' },
  },
  'saml-reference-not-to-assertion-id': {
    title: () => "The signature does not refer to the assertion's own ID",
    message: (data) =>
      `It refers to "${said(data.id)}", another attribute of the element. SAML asks for the value of ` +
      `${said(data.attribute)} (SAML 1.1 §5.4.2, SAML 2.0 §5.4.2); strict receivers refuse it.`,
  },
  'unsigned-error-hides-cause': {
    title: (data) => `An unsecured ${ERROR_KINDS[data.kind] ?? 'error'}`,
    message: (data) =>
      (said(data.text) === '' ? 'It has no text. ' : `It says: "${said(data.text)}". `) +
      'That is the answer to look into. It is neither signed nor encrypted, so that a client that asks for security ' +
      'refuses it with an error of its own, which hides this one.',
    fixes: { 'The receiver of the answer': 'Read the text before the security is checked, and mend the request.' },
  },
  'XSW-04': wrapped('an assertion that the receiver does not take its subject from'),
  'XSW-05': {
    title: (data) => `${said(data.role, said(data.element, 'An element'))} stands more than once`,
    message: (data) =>
      data.verified === undefined
        ? `There are ${said(data.count, 'several')} of them where one is allowed. One program takes the first, ` +
          'another the last.'
        : `The signature covers ${said(data.verified)}, but ${said(data.consumed)} stands beside it ` +
          'unsigned. A program that verifies one and reads the other is tricked.',
  },
  'XSW-10': wrapped('which was moved into the Signature itself'),
  'captured-not-wire': {
    title: () => 'This looks like a copy, not the message that was sent',
    message: ({ where, mark }) =>
      `${COPIES[where] ?? `"${said(mark, '…')}" stands in ${said(where, 'an element')}, where a log hides or shortens what it shows`}. ` +
      'What it took the place of is not here, so that nothing that depends on it could be checked. Get the octets as ' +
      'they were sent.',
    explain:
      'Logs indent, mask and cut off; a browser shows a tree and not the text. A signature covers octets: it can ' +
      'only ' +
      'be checked over those that were on the wire.',
    fixes: {
      CXF: 'Log with prettyLogging off and no limit (LoggingFeature), or capture the traffic.',
      WCF: 'Service-level logs are decrypted and changed: log malformed messages at transport level.',
      SoapUI: 'Copy from the Raw tab.',
      browser: 'Use "view source" or save the response.',
    },
  },
  'qname-prefix-unbound': {
    title: (data) => `The prefix ${said(data.prefix)} is not declared`,
    message: (data) =>
      `xsi:type="${said(data.name)}" in ${said(data.path)}${(data.count ?? 1) > 1 ? `, and ${data.count - 1} more such values,` : ''} ` +
      'uses a prefix that no element around it declares. Signatures do not mind; receivers that look up the type ' +
      'refuse ' +
      'the message. Either the sender never declared it, or the declaration was lost where the element was taken ' +
      'out of ' +
      'its document, as Exclusive canonicalization leaves out what only a value uses.',
    fixes: { sender: 'Declare the prefix on the element itself, or name it in the PrefixList of InclusiveNamespaces.' },
  },
  'C14-06': {
    title: (data) => `No digest protects what the prefix ${said(data.prefix)} means`,
    message: (data) =>
      `xsi:type="${said(data.name)}" in ${said(data.path)} uses the prefix ${said(data.prefix)}, which is declared ` +
      `outside what was signed and now stands for "${said(data.namespace)}". Exclusive canonicalization leaves out a ` +
      'declaration that only such a value uses: anybody on the way can rebind it and no digest changes.',
    fixes: {
      sender: 'Declare the prefix on the signed element, or name it in the PrefixList of InclusiveNamespaces.',
    },
  },
  'message-nested': {
    title: () => 'The secured message stands inside another document',
    message: (data) =>
      `A SOAP envelope with a Security header stands at ${said(data.path)}, inside ${said(data.root)}. Its ` +
      'signatures were checked; its tokens, its times and which parts a receiver reads were not. Take the inner ' +
      'envelope out and check it alone.',
  },
  'required-part-not-signed': {
    title: (data) => `${said(data.role, 'An element')} is not signed`,
    message: (data) =>
      'No verified signature covers ' +
      `${said(data.path)}${said(data.signed) === 'partial' ? ' in full' : ''}. Anybody on the way can ` +
      'change it unnoticed. The sender should sign it.',
  },
  'referred-part-not-signed': {
    title: (data) =>
      data.kind === 'element'
        ? `What the signed content refers to as ${said(data.uri)} is not signed`
        : `The attachment ${said(data.uri)} that the signed content refers to is not signed`,
    message: (data) =>
      `${said(data.path)} is signed and refers to "${said(data.uri)}". The signature holds that reference, not ` +
      `${data.kind === 'element' ? 'the element with that id' : 'the octets of the part'}: anybody on the way can put ` +
      'other content there unnoticed. The sender must sign that too.',
    fixes: { 'The sender': 'Sign the attachment or the element as well, each by a reference of its own.' },
  },
  'ENC-11': {
    title: () => 'The signature covers ciphertext, and nothing holds the key that opens it',
    message: (data) =>
      `What stands at ${said(data.path)} was signed while it was encrypted, and the EncryptedKey that carries its ` +
      'key ' +
      'is under no signature. Anybody can encrypt another key to the receiver, and this cipher (' +
      `${said(data.method)}) opens with every key: the same signed octets then become other text, mostly random, and ` +
      'the signature still holds. What the receiver reads is not what the signature protects.',
    explain:
      'A cipher with authentication (AES-GCM) does not open with a key that its sender did not make it for; only who ' +
      'made the ciphertext could prepare it for two keys. With CBC the key must be protected as well: signed, or the ' +
      'one that the signature itself was made with.',
    fixes: {
      'The sender': 'Sign before encrypting, or sign the EncryptedKey too, or encrypt with AES-GCM.',
    },
  },
  'token-not-signed': {
    title: (data) => `${said(data.role, 'A token')} is not signed`,
    message: (data) =>
      data.used
        ? `${said(data.path)} carries the signer's certificate and is itself outside the signature. That is ` +
          'common and no harm by itself: another certificate in its place would not verify.'
        : `${said(data.path)} is outside the signatures, and none of them holds with its key: anybody can ` +
          'put another in its place.',
  },
};

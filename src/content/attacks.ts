/** Words for attacks: what each does to a message, and why one finds nothing to do. */
import type { AttackName } from '../engine/attack/attacks.ts';
import type { Unfit } from '../engine/attack/attacked-message.ts';

/** The words of one attack. */
export interface AttackWords {
  readonly title: string;
  /** What was done, and what a naive receiver makes of it. */
  readonly did: string;
}

/** By name. */
export const ATTACK_WORDS: Readonly<Record<AttackName, AttackWords>> = {
  'body-into-header': {
    title: 'The signed Body wrapped into the Header',
    did:
      'The Body that was signed stands in a header block now, and another in its place. The signature still finds ' +
      'the first by its Id; a receiver reads the second.',
  },
  'body-into-header-bare': {
    title: 'The signed Body moved into the Header',
    did: 'The Body that was signed is the first child of the Header now, and another stands in its place.',
  },
  'body-into-security': {
    title: 'The signed Body moved into the Security header',
    did: 'The Body that was signed stands among the tokens now, and another in its place.',
  },
  'body-into-object': {
    title: 'The signed Body moved into the Signature',
    did: 'The Body that was signed stands in a ds:Object of its own signature now, and another in its place.',
  },
  'body-behind-body': {
    title: 'Another Body before the signed one',
    did:
      'The Body that was signed stands second now. Who verifies by Id takes it, who reads the first Body takes ' +
      'the other.',
  },
  'body-with-same-id': {
    title: 'Two Bodies of one Id',
    did:
      'The Body that was signed was moved away, and another with the same Id stands in its place. Which of them ' +
      'the signature means, readers decide differently.',
  },
  'second-body-before': {
    title: 'A second Body, before the signed one',
    did: 'A Body without an Id was put before the one that is signed.',
  },
  'second-body-after': {
    title: 'A second Body, behind the signed one',
    did: 'A Body without an Id was put behind the one that is signed.',
  },
  'id-in-another-attribute': {
    title: 'The Id of a signed element in another attribute',
    did:
      'A header block carries the Id of something signed in an attribute of another name, which some readers take ' +
      'for an Id as well.',
  },
  'element-beside-body': {
    title: 'An element behind the Body',
    did: 'An element that nobody signed was put behind the Body, where SOAP 1.1 allows one.',
  },
  'timestamp-aside': {
    title: 'The Timestamp put aside',
    did:
      'The signed Timestamp was moved out of the Security header, into a block that nobody reads: the message ' +
      'never grows old.',
  },
  'timestamp-replaced': {
    title: 'The Timestamp replaced',
    did: 'The signed Timestamp was put aside, and one without an Id stands in its place.',
  },
  'timestamp-twice': {
    title: 'A second Timestamp',
    did: 'A Timestamp without an Id was put behind the signed one.',
  },
  'addressing-replaced': {
    title: 'A signed addressing header replaced',
    did: 'A signed WS-Addressing header was wrapped, and another that says something else stands in its place.',
  },
  'object-with-signed-info': {
    title: 'A second SignedInfo in an Object',
    did:
      'The Body was changed, and a copy of SignedInfo put into a ds:Object for readers that search the whole ' +
      'signature.',
  },
  'root-around': {
    title: 'Another root around the message',
    did:
      'The envelope stands inside an element of another namespace, so that the rules of SOAP may not be applied ' +
      'to it.',
  },
  'envelope-around': {
    title: 'An envelope around the envelope',
    did: 'The message stands in the Body of another envelope that has no security.',
  },
  'second-root': { title: 'Two roots', did: 'A second element was put behind the envelope.' },
  'language-from-outside': {
    title: 'xml:lang on the Envelope',
    did:
      'An xml:lang that holds for all of the message was put on its root. Inclusive canonicalization takes it ' +
      'over into what is signed, exclusive does not.',
  },
  'signatures-removed': { title: 'The signatures taken away', did: 'Every ds:Signature was taken out.' },
  'references-removed': { title: 'The references taken away', did: 'SignedInfo has no ds:Reference any more.' },
  'reference-to-nothing': { title: 'A reference to nothing', did: 'A ds:Reference names an Id that no element has.' },
  'reference-to-another-host': {
    title: 'A reference to another host',
    did: 'A ds:Reference names a file or a host. A naive verifier fetches it.',
  },
  'second-signed-info': { title: 'SignedInfo twice', did: 'A copy of ds:SignedInfo was put behind the first.' },
  'second-signature-value': {
    title: 'SignatureValue twice',
    did: 'A copy of ds:SignatureValue was put behind the first.',
  },
  'comment-in-digest': {
    title: 'A comment in a DigestValue',
    did:
      'A comment stands before the digest. Canonicalization drops it; a reader of the first text sees another ' +
      'value.',
  },
  'element-in-signature-value': {
    title: 'An element in SignatureValue',
    did: 'An element was put into ds:SignatureValue, where only text may stand.',
  },
  'stray-base64': {
    title: 'A character in SignatureValue that is no base64',
    did: 'An exclamation mark stands before the value. Lenient readers leave it out.',
  },
  'digest-replaced': { title: 'Another DigestValue', did: 'A digest was exchanged inside what is signed.' },
  'hmac-cut-short': {
    title: 'HMACOutputLength of 8',
    did: 'SignatureMethod asks for eight bits of an HMAC, of which one in 256 is right by chance.',
  },
  'other-signature-method': {
    title: 'Another kind of signature method',
    did:
      'SignatureMethod names an HMAC where a public key signed, or the other way round: a naive verifier takes ' +
      'the public key for a secret.',
  },
  'weaker-signature-method': {
    title: 'A weaker signature method',
    did: 'SignatureMethod names an algorithm with a weaker hash.',
  },
  'weaker-digest-method': { title: 'A weaker digest method', did: 'DigestMethod names a weaker hash.' },
  'other-canonicalization': {
    title: 'Another CanonicalizationMethod',
    did: 'SignedInfo says that it was canonicalized otherwise.',
  },
  'transform-that-keeps-nothing': {
    title: 'A transform that keeps nothing',
    did: 'A ds:Reference has an XPath more, under which nothing is left to be signed.',
  },
  'key-info-removed': {
    title: 'KeyInfo taken away',
    did: 'The signature no longer says which key made it. KeyInfo is rarely signed.',
  },
  'key-info-of-another': { title: 'KeyInfo names another key', did: 'KeyInfo names a key that nobody has.' },
  'text-changed': { title: 'A signed text changed', did: 'A text of the signed Body says something else.' },
  'comment-in-text': {
    title: 'A comment in a signed text',
    did:
      'A comment splits a text of the signed Body. Canonicalization drops it; a program that reads the first text ' +
      'node sees less than was signed.',
  },
  'instruction-in-text': {
    title: 'A processing instruction in a signed text',
    did: 'A processing instruction splits a text of the signed Body.',
  },
  'cdata-in-text': {
    title: 'An empty CDATA section in a signed text',
    did: 'A CDATA section that holds nothing was put into a text of the signed Body: the same text, written otherwise.',
  },
  'carriage-return-in-text': {
    title: 'A carriage return in a signed text',
    did: 'A carriage return was written as a reference into a text of the signed Body.',
  },
  'control-character-in-text': {
    title: 'A control character in a signed text',
    did: 'A character that XML 1.0 does not have was written as a reference.',
  },
  'broken-utf-8': {
    title: 'Octets that are no UTF-8',
    did: 'An overlong form of a slash stands in a text of the signed Body.',
  },
  'doctype-with-defaults': {
    title: 'A DOCTYPE with attributes',
    did: 'A document type declaration gives attributes that some parsers add to the message.',
  },
  'entity-in-text': {
    title: 'An entity in a signed text',
    did: 'A text of the signed Body has an entity that a document type declaration defines.',
  },
  'relative-namespace': {
    title: 'A relative namespace URI',
    did: 'The signed Body declares a prefix with a relative URI, on which some canonicalizers fail and hash nothing.',
  },
  'name-of-two-colons': {
    title: 'A name with two colons',
    did: 'An attribute has a name that only some parsers take.',
  },
  'attribute-on-signed-element': {
    title: 'An attribute on a signed element',
    did: 'A signed element has an attribute more.',
  },
  'type-prefix-rebound': {
    title: 'A prefix in xsi:type bound anew',
    did:
      'The prefix of an xsi:type in the Body stands for another namespace now. Exclusive canonicalization does ' +
      'not write a declaration that only such a value uses.',
  },
  'addressing-added': {
    title: 'An addressing header added',
    did: 'A ReplyTo that nobody signed was put into the Header.',
  },
  'second-security-header': {
    title: 'A second Security header',
    did: 'A Security header for the same receiver was added, with the token of somebody else.',
  },
  'security-header-for-next': {
    title: 'A Security header for the next receiver',
    did: 'A Security header for whoever comes next was added, with the token of somebody else.',
  },
  'security-header-renamed': {
    title: 'The Security header addressed to somebody else',
    did: 'The Security header names another receiver, so that this one may think that the message has none.',
  },
  'username-added': {
    title: 'A UsernameToken added',
    did: 'A UsernameToken that nobody signed was put into the Security header.',
  },
  'assertion-added': {
    title: 'An assertion added',
    did: 'An assertion that nobody signed was put into the Security header.',
  },
  'assertion-embedded': {
    title: 'An assertion embedded in a reference',
    did: 'A SecurityTokenReference with an assertion that nobody signed was put into the Security header.',
  },
  'confirmation-added': {
    title: 'A SignatureConfirmation added',
    did: 'A SignatureConfirmation that nobody signed was put into the Security header.',
  },
  'timestamp-removed': { title: 'The signed Timestamp taken away', did: 'The signed Timestamp was taken out.' },
  'timestamp-extended': {
    title: 'The signed Timestamp extended',
    did: 'The year of the signed Timestamp was changed.',
  },
  'timestamp-unsigned': {
    title: 'A Timestamp that nobody signed',
    did: 'A Timestamp was put into a Security header that had none.',
  },
  'password-changed': { title: 'Another password', did: 'The password of the UsernameToken was exchanged.' },
  'user-changed': { title: 'Another user', did: 'The name in the UsernameToken was exchanged.' },
  'assertion-changed': { title: 'The assertion changed', did: 'A text of the assertion says something else.' },
  'assertion-twice': {
    title: 'A second assertion',
    did: 'An assertion without an Id that says something else was put behind the first.',
  },
  'token-exchanged': {
    title: 'Another BinarySecurityToken',
    did: 'The octets of the token were exchanged.',
  },
  'token-type-changed': {
    title: 'Another ValueType',
    did: 'The token says that it is of a type that no profile defines.',
  },
  'header-nested-deep': {
    title: 'Four hundred elements inside each other',
    did: 'A header block nests deeper than a careful reader goes.',
  },
  'header-of-many-attributes': {
    title: 'Six hundred attributes',
    did: 'An element has more attributes than a careful reader takes.',
  },
  'vector-bit-flipped': {
    title: 'A bit of the initialization vector flipped',
    did: 'One bit before the ciphertext was flipped. Under CBC the same bit of the plaintext changes and nothing else.',
  },
  'padding-changed': {
    title: 'The padding changed',
    did:
      'A bit was flipped so that the padding of the last block says another length. Whoever answers differently ' +
      'to it gives the plaintext away.',
  },
  'block-left-out': { title: 'The last block left out', did: 'The ciphertext ends a block earlier.' },
  'authenticated-bit-flipped': {
    title: 'A bit of authenticated ciphertext flipped',
    did: 'One bit of what AES-GCM protects was flipped.',
  },
  'tag-cut-short': {
    title: 'The authentication tag cut short',
    did: 'Four octets of the tag are missing, so that it is easier to guess.',
  },
  'encrypted-key-changed': {
    title: 'The EncryptedKey changed',
    did: 'A bit of the wrapped key was flipped. Whoever tells a wrong padding apart gives the key away.',
  },
  'encrypted-key-removed': { title: 'The EncryptedKey taken away', did: 'An EncryptedKey was taken out.' },
  'data-twice': { title: 'EncryptedData twice', did: 'A copy of an EncryptedData with the same Id stands behind it.' },
  'data-replaced-by-text': {
    title: 'Plain content in the place of ciphertext',
    did: 'An EncryptedData in the Body was exchanged for an element that anybody can read and write.',
  },
  'comment-in-cipher-value': {
    title: 'A comment in a CipherValue',
    did: 'A comment stands before the ciphertext.',
  },
  'boundary-twice': {
    title: 'Two boundaries',
    did:
      'Content-Type gives the parameter boundary twice: one reader splits the message by the first, another by ' +
      'the last.',
  },
  'root-named-anew': {
    title: 'Another root part',
    did: 'The start parameter names a part that is not there.',
  },
  'content-id-twice': {
    title: 'Two Content-IDs in one part',
    did: 'A part has a second Content-ID: one reader finds it by the first, another by the last.',
  },
  'transfer-encoding-unknown': {
    title: 'An unknown transfer encoding',
    did: 'A part says that it is encoded in a way that only some readers know.',
  },
  'part-added': { title: 'A part added', did: 'A part that nobody names was added at the end.' },
};

/** Why an attack finds nothing to work on. */
export const UNFIT_WORDS: Readonly<Record<Unfit, string>> = {
  encoded: 'The document is not in UTF-8, or a transfer coding lies around it.',
  'not-well-formed': 'The document is not well-formed.',
  'not-soap': 'The document is no SOAP envelope.',
  'no-header': 'The envelope has no Header.',
  'no-security-header': 'The message has no Security header that this could be done to.',
  'no-signature': 'The message has no signature that this could be done to.',
  'no-signed-body': 'No reference names the Body by its Id.',
  'no-signed-timestamp': 'No reference names the Timestamp by its Id.',
  'no-signed-addressing': 'No reference names an addressing header by its Id.',
  'no-text': 'The signed Body has no text for it.',
  'no-key-info': 'The signature has no KeyInfo.',
  'no-token': 'The message has no BinarySecurityToken.',
  'no-username-token': 'The message has no UsernameToken with it.',
  'no-assertion': 'The message has no SAML assertion.',
  'no-encrypted-data': 'The message has no EncryptedData with its ciphertext.',
  'no-encrypted-key': 'The message has no EncryptedKey with its ciphertext.',
  'no-cbc': 'Nothing in the message is encrypted under CBC.',
  'no-gcm': 'Nothing in the message is encrypted under AES-GCM.',
  'no-parts': 'The message has no parts beside the envelope for it.',
  'no-type-name': 'No xsi:type of the Body uses a prefix of the root.',
};

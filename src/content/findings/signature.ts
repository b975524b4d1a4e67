/** Words for what verifying a ds:Signature finds. */
import type { SignatureFindings } from '../../engine/trace/finding-data/signature.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

function reference({ uri }: { readonly uri: string | null }): string {
  return uri === null
    ? 'The reference without URI'
    : uri === ''
      ? 'The reference to the whole document'
      : `Reference ${uri}`;
}

const meant = (data: { readonly meant?: string | null }): string =>
  said(data.meant) === '' ? '' : ` Probably meant: ${said(data.meant)}.`;

/** By code, each with the data that its code carries. */
export const SIGNATURE_FINDINGS: FindingCatalogue<SignatureFindings> = {
  'SIG-01': {
    title: (data) => `${said(data.element, 'An element')} stands twice or out of order in the Signature`,
    message: (data) =>
      `XML Signature allows one ${said(data.element, 'such element')} in that place. With two, one program ` +
      'verifies the first and another reads the second. The sender, or whoever changed the message, must write ' +
      'a Signature by the schema.',
    explain:
      'A second SignedInfo is a known attack (CVE-2025-29774): the verified one is genuine, the one that is ' +
      'read is not.',
  },
  'signature-child-unknown': {
    title: (data) => `${said(data.element, 'An element')} has no place in a Signature`,
    message: (data) =>
      `XML Signature knows SignedInfo, SignatureValue, KeyInfo and Object there. ${said(data.element, 'It')} ` +
      'is left alone here; receivers that go by the schema refuse the whole signature. The sender, or whoever ' +
      'changed the message, must take it out or write its right name.',
  },
  'signature-incomplete': {
    title: (data) => `The Signature has no ${said(data.element, 'required element')}`,
    message: (data) =>
      `Without ${said(data.element, 'it')} there is nothing to verify. The signer must write a complete ` +
      'ds:Signature.',
  },
  'signedinfo-tree-differs': {
    title: () => 'SignedInfo reads differently from its own canonical octets',
    message: () =>
      'The references in the message and those in the octets that the signature value is over are not the same. ' +
      'Such a signature is not believed.',
  },
  'SIG-05': {
    title: () => 'CanonicalizationMethod names a transform',
    message: (data) =>
      `${said(data.algorithm)} is not a canonicalization. A signature that may choose any transform here can be ` +
      'made to cover nothing (CVE-2013-2172), so it is not run.',
  },
  'SIG-02': {
    title: () => 'A comment or processing instruction stands inside a value of the Signature',
    message: (data) =>
      `${said(data.count, '1')} of them between the text of DigestValue or a like element. Canonicalization ` +
      'drops comments, but a program that takes the first text node reads another value than the one verified ' +
      '(CVE-2025-29775). Nobody writes that by accident: ask the sender.',
  },
  'SIG-08': {
    title: () => 'A comment splits a text that is signed',
    message: (data) =>
      `In ${said(data.path, 'signed content')}. The signature holds, as comments are not digested, but some ` +
      'programs read only the text before the comment: "admin<!-- -->.evil" becomes "admin". The receiver must ' +
      'read all text nodes, and the sender should send none such.',
  },
  'SIG-07': {
    title: () => 'The HMAC is cut off below what is safe',
    message: (data) =>
      `HMACOutputLength says "${said(data.length)}"; the least accepted is ${said(data.floor)} of ` +
      `${said(data.digestBits)} bits. With few bits anybody guesses a value that verifies (CVE-2009-0217), ` +
      'so the signature is refused whether it matches or not. The signer must send the whole HMAC.',
  },
  'hmac-output-length-misplaced': {
    title: () => 'HMACOutputLength stands in a method that is no HMAC',
    message: (data) =>
      `It says "${said(data.length)}", means nothing there and is ignored. The signer should leave it out.`,
  },
  'signature-template-empty': {
    title: () => 'A value of the Signature is empty',
    message: () =>
      'DigestValue or SignatureValue holds nothing: the template of a signature was sent before it was signed. ' +
      'The sender must sign after the message is complete, and send what the signer returns.',
  },
  'signature-mismatch-unproven': {
    title: () => 'The signature value does not match SignedInfo',
    message: (data) =>
      'SignedInfo as it stands, in canonical form, was not signed with the key ' +
      `found${said(data.subject) === '' ? '' : ` (${said(data.subject)})`}. Either SignedInfo was changed ` +
      'after signing, or another key signed it. Which of the two is not proven.',
    explain:
      'Compare the canonical octets shown here with those that the signer hashed: most signing stacks can log them.',
  },
  'algorithm-unsupported': {
    title: (data) =>
      data.why === 'no-such-name'
        ? `${said(data.algorithm)} is the name of no algorithm`
        : `${said(data.algorithm, 'An algorithm')} is not supported here`,
    message: (data) =>
      data.why === 'no-such-name'
        ? 'W3C has given no algorithm this name: a receiver cannot know how to decrypt the part. The key for it is ' +
          'there, and both have lengths that a block cipher gives. The sender must name the algorithm that it used. ' +
          `A name that exists and is close: ${said(data.meant)}.`
        : `This program cannot compute it${said(data.what) === '' ? '' : ` (${said(data.what)})`}, so that ` +
          `this part was not judged.${meant(data)}`,
  },
  'alg-suite-mismatch': {
    title: (data) => `A key of kind ${said(data.key, 'unknown')} cannot verify this method`,
    message: (data) =>
      `SignatureMethod is ${said(data.algorithm)}, the key found is ${said(data.key, 'of another kind')}. ` +
      'The sender named the wrong method or the wrong key.',
  },
  'KEY-03': {
    title: () => 'An HMAC is claimed with a public key',
    message: (data) =>
      'The key information leads to a certificate or public ' +
      `key${said(data.subject) === '' ? '' : ` (${said(data.subject)})`}, but the method is an HMAC. A ` +
      'receiver that takes the octets of a public key as the secret accepts signatures that anybody can make. ' +
      'It is refused here.',
  },
  'KEY-04': {
    title: () => 'KeyInfo names two different keys',
    message: (data) =>
      'The signature verifies with the key of ' +
      `${said(data.how)}${said(data.subject) === '' ? '' : ` (${said(data.subject)})`}, and the same ` +
      'KeyInfo also holds another one as ' +
      `${said(data.other)}${said(data.otherSubject) === '' ? '' : ` (${said(data.otherSubject)})`}. ` +
      'All its children must name one key; a receiver that trusts the one and verifies with the other takes a ' +
      `stranger's signature for its partner's. The sender must name its own key only.`,
  },
  'digest-mismatch-unproven': {
    title: (data) => `${reference(data)}: the digest does not match`,
    message: (data) =>
      `${reference(data)} was signed with digest ${said(data.expected)}, but the octets here give ` +
      `${said(data.computed)}. What it points to was changed after signing, or was canonicalized otherwise. ` +
      'Why is not proven.',
  },
  'digest-hex-base64': {
    title: (data) => `${reference(data)}: DigestValue is written in ${said(data.form, 'another form')}`,
    message: (data) =>
      `DigestValue must be base64 of the digest's octets; it reads as ` +
      `${said(data.form)}.${data.same ? ' Decoded that way it is exactly the right digest, so the content is intact: only the writing is wrong.' : ' Decoded that way it is still another digest.'} ` +
      'The signer must encode it as base64.',
  },
  'SIG-04': {
    title: (data) => `${reference(data)}: DigestValue is not base64`,
    message: () =>
      'It holds characters that base64 does not have, or its padding is wrong. Something on the way damaged it, ' +
      'or the signer encoded it otherwise.',
  },
  'digestvalue-ws-or-linebreak': {
    title: () => 'White space stands in DigestValue',
    message: () =>
      'It is allowed and ignored here, but receivers that compare the text and not the octets call the digest ' +
      'wrong. The signer had better write it without any.',
  },
  'digest-over-undecrypted': {
    title: (data) => `${reference(data)} was signed before it was encrypted`,
    message: () =>
      'Its content still holds EncryptedData, so that the digest over the plain content cannot be checked. Give ' +
      'the key that decrypts it.',
  },
  'SIG-06': {
    title: (data) => `${said(data.wrong, 'Some')} of ${said(data.count)} references of a Manifest do not match`,
    message: () =>
      'The signature covers the Manifest itself; whether what it lists must match is for the application to ' +
      'say. What does not match counts as not signed.',
  },
  'XSW-07': {
    title: () => 'The Signature refers to nothing',
    message: () =>
      'SignedInfo holds no Reference, so that the signature value, right or not, protects nothing. Such a ' +
      'message is never valid.',
  },
};

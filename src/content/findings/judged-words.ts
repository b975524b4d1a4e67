/**
 * What the rooms that judge say of codes that the search for causes gives as well: there without a party, here with its
 * proof.
 */
import type { JudgedCauses } from '../../engine/trace/finding-data/causes.ts';
import { said, type FindingCatalogue } from './catalogue.ts';
import { nearMiss } from './references.ts';

/** By code; each is given data without a party. */
export const JUDGED_WORDS: FindingCatalogue<JudgedCauses> = {
  'id-not-found': {
    title: (data) => `No element has the Id “${said(data.id)}”`,
    message: (data) =>
      `${data.uri === undefined ? 'A reference' : `The reference “${said(data.uri)}”`} names an element ` +
      `that is not in the message.${nearMiss(data)}`,
    explain:
      'A reference finds its target by an Id attribute: wsu:Id, xml:id, Id, ID, id, AssertionID of SAML 1.1, or ' +
      'one named in the settings. The value is compared character by character. Either the element was removed, ' +
      'renamed or encrypted after it was signed, or the Id stands in an attribute that the receiver does not ' +
      'take for one.',
    fixes: {
      sender: 'Write the same Id on the element and in the reference, and do not touch it after signing.',
      '.NET': 'SignedXml knows Id, id and ID only: override GetIdElement for wsu:Id.',
      xmlsec: 'Name the Id attribute: --id-attr:Id {namespace}Body.',
      'xml-crypto': 'Use idMode: "wssecurity" for wsu:Id.',
      Java: 'Declare the attribute as an ID with setIdAttributeNS before validating.',
    },
  },
  'enveloped-transform-order': {
    title: () => 'enveloped-signature comes too late',
    message: () =>
      'The enveloped-signature transform stands after one that makes octets. In octets there is no signature ' +
      'element left that it could remove. The sender must list enveloped-signature before the canonicalization.',
    explain:
      'Transforms run in the order written. A canonicalization turns nodes into octets; parsing them again ' +
      'gives new nodes, none of which is the signature being checked (XML Signature §6.6.4).',
    fixes: {
      sender: 'Put enveloped-signature first.',
      'xml-crypto': 'List the enveloped-signature transform first in transforms.',
    },
  },
  'sigvalue-base64-damaged': {
    title: (data) =>
      said(data.form) === 'double' ? 'SignatureValue is base64 of base64' : 'SignatureValue is not base64',
    message: (data) => {
      switch (said(data.form)) {
        case 'double':
          return (
            'Decoded once it is base64 text again, which decodes to octets as long as a signature. The sender ' +
            'encoded it twice and must encode it once.'
          );
        case 'elements':
          return 'It holds elements, where only base64 may stand: one receiver leaves them out, another refuses it.';
        case 'base64url':
          return (
            'It uses the characters of base64url (- and _). XML Signature asks for base64 with + and /. The ' +
            'sender must use the standard alphabet.'
          );
        default:
          return (
            'It holds characters outside the base64 alphabet, or its padding is wrong. Something on the way ' +
            'changed it (a + turned into a space, a line cut off), or the sender encoded it otherwise.'
          );
      }
    },
  },
  'sig-wrong-key-for-cert': {
    title: () => 'The signature was not made with the key of this certificate',
    message: (data) =>
      `SignatureMethod is ${said(data.algorithm)}; the ` +
      `certificate${said(data.subject) === '' ? '' : ` of ${said(data.subject)}`} holds a key of kind ` +
      `${said(data.key, 'unknown')}, which cannot make such a value. The sender must send the certificate ` +
      'that belongs to the key it signs with.',
  },
  'hmac-key-derivation': {
    title: (data) =>
      said(data.how) !== ''
        ? 'The key was derived in another way than the message says'
        : 'The key from the password lacks salt or iterations',
    message: (data) =>
      said(data.how) !== ''
        ? 'With another derivation ' +
          `(${said(data.how).replace('parent:', '').replace(':', ' ').replaceAll('-', ' ')}) the value ` +
          'verifies: that is what the sender did. What the DerivedKeyToken or UsernameToken says must be what was ' +
          'done, or it was changed on the way.'
        : `${said(data.reason) === 'salt-missing' ? 'wsse11:Salt' : 'wsse11:Iteration'} is missing; ` +
          'UsernameToken Profile 1.1 §4 cannot be applied. The password itself is tried as the key.',
    fixes: {
      WCF: '`requireDerivedKeys="false"` for peers without derived keys.',
      WSS4J: '`derivedKeyLength` must fit the algorithm of the peer.',
    },
  },
};

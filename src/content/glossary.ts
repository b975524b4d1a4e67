/** What the elements of a secured message are, in a sentence or two each, with the clause that defines them. */
import type { SpecCitation } from '../engine/trace/trace.ts';
import {
  DS,
  DS11,
  EC,
  SAML1,
  SAML2,
  SOAP11,
  SOAP12,
  WSA_2004,
  WSA_2005,
  WSC_2005,
  WSC_2005_12,
  WSSE,
  WSSE11,
  WSU,
  XENC,
  XENC11,
  XOP,
} from '../engine/xml/namespaces.ts';

/** An element or attribute as the editor explains it. */
export interface GlossaryEntry {
  readonly text: string;
  readonly citation: SpecCitation;
}

const entry = (text: string, spec: string, section: string): GlossaryEntry => ({ text, citation: { spec, section } });

const SOAP_ELEMENTS = (
  spec: string,
  sections: readonly [string, string, string],
): Readonly<Record<string, GlossaryEntry>> => ({
  Envelope: entry('The whole message. Its namespace says which version of SOAP it is.', spec, sections[0]),
  Header: entry(
    'Blocks for the receivers on the way: security, addressing, reliability. Each block may name the receiver ' +
      'it is for and whether it must be understood.',
    spec,
    sections[1],
  ),
  Body: entry(
    'What the application at the end reads. A signature protects it only if one of its references points here ' +
      'and the digest matches.',
    spec,
    sections[2],
  ),
});

const WSC_ELEMENTS: Readonly<Record<string, GlossaryEntry>> = {
  SecurityContextToken: entry(
    'Names a security context that both sides share. The secret is not in the message: it was agreed on before.',
    'WSSC',
    '2',
  ),
  DerivedKeyToken: entry(
    'A key computed from another one with P_SHA-1 over a label and a nonce. Length and offset say which octets ' +
      'of the output are taken.',
    'WSSC',
    '7',
  ),
  Nonce: entry('Random octets that make the derived key differ from every other.', 'WSSC', '7'),
  Length: entry('How many octets of the derivation are the key.', 'WSSC', '7'),
  Offset: entry('At which octet of the derivation the key begins.', 'WSSC', '7'),
  Label: entry(
    'Text that goes into the derivation before the nonce. Without it both sides use the default; stacks that ' +
      'differ here derive different keys.',
    'WSSC',
    '7',
  ),
  Identifier: entry('The URI of the security context.', 'WSSC', '2'),
};

const WSA_ELEMENTS: Readonly<Record<string, GlossaryEntry>> = {
  To: entry('Where the message is going. Unsigned, it can be sent somewhere else unnoticed.', 'WSA', '3.2'),
  Action: entry(
    'What the receiver is asked to do. Unsigned, a signed Body can be given another meaning.',
    'WSA',
    '3.2',
  ),
  MessageID: entry('The message’s own identifier, which its answer names in RelatesTo.', 'WSA', '3.2'),
  RelatesTo: entry('The MessageID of the message that this one answers.', 'WSA', '3.2'),
  ReplyTo: entry('Where an answer goes. Unsigned, an answer can be led elsewhere.', 'WSA', '3.2'),
  FaultTo: entry('Where a fault goes.', 'WSA', '3.2'),
  From: entry('Where the message came from.', 'WSA', '3.2'),
};

const ELEMENTS: Readonly<Record<string, Readonly<Record<string, GlossaryEntry>>>> = {
  [SOAP11]: SOAP_ELEMENTS('SOAP11', ['4', '4.2', '4.3']),
  [SOAP12]: SOAP_ELEMENTS('SOAP12', ['5.1', '5.2', '5.3']),
  [WSSE]: {
    Security: entry(
      'The header that carries everything WS-Security adds: tokens, signatures, keys. There is at most one for ' +
        'each receiver. It is processed from top to bottom.',
      'SMS',
      '5',
    ),
    UsernameToken: entry('Who is asking, by name, and a password or a digest of it.', 'UTP', '3.1'),
    Username: entry('The name of the user whom the token claims.', 'UTP', '3.1'),
    Password: entry(
      'A password, as text or as Base64(SHA-1(nonce + created + password)). The attribute Type says which.',
      'UTP',
      '3.1',
    ),
    Nonce: entry(
      'Random octets, Base64. The digest is over the decoded octets, not over this text; receivers remember it ' +
        'so that a message cannot be sent twice.',
      'UTP',
      '3.1',
    ),
    BinarySecurityToken: entry(
      'A token that is not XML, Base64: most often the signer’s certificate. ValueType says what it is.',
      'SMS',
      '6.3',
    ),
    SecurityTokenReference: entry(
      'Says which token holds the key: by its Id, by an identifier of the certificate, by issuer and serial ' +
        'number, or by holding the token itself.',
      'SMS',
      '7.1',
    ),
    Reference: entry(
      'A direct reference: URI names a token in the message by its Id, with a # before it.',
      'SMS',
      '7.2',
    ),
    KeyIdentifier: entry(
      'A value that identifies the key: the subject key identifier, the SHA-1 thumbprint of the certificate, ' +
        'the SHA-1 of an encrypted key, a SAML assertion’s id. ValueType says which.',
      'SMS',
      '7.3',
    ),
    Embedded: entry('The token stands inside the reference.', 'SMS', '7.4'),
    TransformationParameters: entry(
      'How STR-Transform canonicalizes the token that it puts in place of the reference.',
      'SMS',
      '8.3',
    ),
  },
  [WSSE11]: {
    SignatureConfirmation: entry(
      'In an answer: the SignatureValue of the request, so that the client knows which request was read.',
      'SMS',
      '8.5',
    ),
    EncryptedHeader: entry('A header block that was encrypted as a whole.', 'SMS', '9.3'),
    Salt: entry(
      '16 octets that go into a key derived from a password; the first says whether the key signs or encrypts.',
      'UTP',
      '4',
    ),
    Iteration: entry('How often SHA-1 is applied when a key is derived from a password.', 'UTP', '4'),
  },
  [WSU]: {
    Timestamp: entry(
      'When the message was made and until when it is to be accepted. Unsigned, anyone can change it.',
      'SMS',
      '10',
    ),
    Created: entry('When it was made, in UTC.', 'SMS', '10'),
    Expires: entry(
      'After this moment a receiver refuses the message. The sender’s clock decides, not the receiver’s.',
      'SMS',
      '10',
    ),
  },
  [DS]: {
    Signature: entry(
      'An XML signature: SignedInfo lists digests of what is protected, SignatureValue signs SignedInfo, ' +
        'KeyInfo says with which key.',
      'XMLDSIG',
      '4.1',
    ),
    SignedInfo: entry(
      'What SignatureValue really signs: the canonical octets of this element. Change a character in it and the ' +
        'value is wrong; change the Body and only its digest is.',
      'XMLDSIG',
      '4.4',
    ),
    CanonicalizationMethod: entry(
      'How SignedInfo is turned into octets before it is signed. It says nothing about the references: each has ' +
        'its own transforms.',
      'XMLDSIG',
      '4.4.1',
    ),
    SignatureMethod: entry('The algorithm of SignatureValue: digest and key type together.', 'XMLDSIG', '4.4.2'),
    Reference: entry(
      'One thing that is signed: URI names it, the transforms turn it into octets, and the digest of those ' +
        'octets must equal DigestValue.',
      'XMLDSIG',
      '4.4.3',
    ),
    Transforms: entry(
      'Steps from the referenced element to octets, in this order. What a transform leaves out is not signed.',
      'XMLDSIG',
      '4.4.3.4',
    ),
    Transform: entry('One step: the output of one is the input of the next.', 'XMLDSIG', '4.4.3.4'),
    DigestMethod: entry('The hash over the octets that the transforms gave.', 'XMLDSIG', '4.4.3.5'),
    DigestValue: entry('The hash the signer computed, Base64.', 'XMLDSIG', '4.4.3.6'),
    SignatureValue: entry('The signature over the canonical octets of SignedInfo, Base64.', 'XMLDSIG', '4.3'),
    KeyInfo: entry(
      'A hint to the key. It is not signed unless a reference says so, and a key it carries proves nothing ' +
        'about who signed.',
      'XMLDSIG',
      '4.5',
    ),
    KeyName: entry('The key’s name, as both sides agreed.', 'XMLDSIG', '4.5.1'),
    KeyValue: entry(
      'The public key itself. Anyone can put one here: trust has to come from elsewhere.',
      'XMLDSIG',
      '4.5.2',
    ),
    RetrievalMethod: entry('Where the key material is found.', 'XMLDSIG', '4.5.3'),
    X509Data: entry('A certificate or what identifies one.', 'XMLDSIG', '4.5.4'),
    X509Certificate: entry('A certificate, Base64 of its DER.', 'XMLDSIG', '4.5.4'),
    X509IssuerSerial: entry(
      'A certificate by its issuer’s name and its serial number. Stacks write the name differently; the number ' +
        'is decimal.',
      'XMLDSIG',
      '4.5.4.1',
    ),
    X509SKI: entry('A certificate by its subject key identifier.', 'XMLDSIG', '4.5.4'),
    Object: entry('Any content that travels inside the signature.', 'XMLDSIG', '4.6'),
    Manifest: entry(
      'A list of references that is signed as one. Whether each of them matches is the application’s business; ' +
        'it is shown here.',
      'XMLDSIG',
      '5.1',
    ),
    HMACOutputLength: entry('To how many bits the MAC is cut. Too few and it can be guessed.', 'XMLDSIG', '4.4.2'),
  },
  [DS11]: {
    ECKeyValue: entry('An elliptic-curve public key: the curve by its OID and the point.', 'XMLDSIG', '4.5.2.3'),
    DEREncodedKeyValue: entry('A public key as DER SubjectPublicKeyInfo.', 'XMLDSIG', '4.5.9'),
  },
  [EC]: {
    InclusiveNamespaces: entry(
      'Prefixes that exclusive canonicalization writes as inclusive canonicalization would, even where they are ' +
        'not visibly used. Signer and verifier have to read the same list.',
      'EXC-C14N',
      '4',
    ),
  },
  [XENC]: {
    EncryptedKey: entry('A session key, encrypted for a receiver whose certificate KeyInfo names.', 'XMLENC', '3.5.1'),
    EncryptedData: entry(
      'An element, or the content of one, that was encrypted. Type says which, and so where the plaintext goes.',
      'XMLENC',
      '3.4',
    ),
    EncryptionMethod: entry('The algorithm, and for RSA-OAEP its digest and mask generation.', 'XMLENC', '3.2'),
    CipherData: entry('The ciphertext or where it is.', 'XMLENC', '3.3'),
    CipherValue: entry(
      'The ciphertext, Base64; the initialization vector stands before it, a GCM tag after it.',
      'XMLENC',
      '3.3',
    ),
    CipherReference: entry('Where the ciphertext is found, for example in an attachment.', 'XMLENC', '3.3.1'),
    ReferenceList: entry('Which encrypted parts this key opens.', 'XMLENC', '3.6'),
    DataReference: entry('One encrypted part, by its Id.', 'XMLENC', '3.6'),
  },
  [XENC11]: {
    MGF: entry(
      'The mask generation function of RSA-OAEP. It has a digest of its own, which need not be the other one.',
      'XMLENC',
      '5.5.2',
    ),
    ConcatKDFParams: entry('What goes into the key derivation beside the shared secret.', 'XMLENC', '5.4.1'),
  },
  [SAML1]: {
    Assertion: entry(
      'A SAML 1.1 assertion: what its issuer says about a subject. It has a signature of its own, or the ' +
        'message’s signature has to cover it.',
      'STP',
      '3.3',
    ),
  },
  [SAML2]: {
    Assertion: entry(
      'A SAML 2.0 assertion: what its issuer says about a subject. It has a signature of its own, or the ' +
        'message’s signature has to cover it.',
      'STP',
      '3.3',
    ),
    Conditions: entry('From when to when, and for whom, the assertion may be used.', 'SAML2', '2.5'),
    SubjectConfirmation: entry(
      'How the sender shows to be the subject: by having the assertion (bearer), by a key (holder-of-key), or ' +
        'because the sender vouches.',
      'SAML2',
      '2.4.1.1',
    ),
  },
  [WSC_2005]: WSC_ELEMENTS,
  [WSC_2005_12]: WSC_ELEMENTS,
  [WSA_2004]: WSA_ELEMENTS,
  [WSA_2005]: WSA_ELEMENTS,
  [XOP]: {
    Include: entry(
      'Stands for octets that travel in another MIME part. A signature is over the Base64 text that they stand for.',
      'XOP',
      '2.1',
    ),
  },
};

/** The entry for an element, or null. */
export function explainElement(namespace: string, local: string): GlossaryEntry | null {
  return ELEMENTS[namespace]?.[local] ?? null;
}

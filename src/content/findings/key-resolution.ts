/** Words for finding the key: references, identifiers, certificates, secrets, and subject confirmation. */
import type { CertificateNamed, KeyResolutionFindings } from '../../engine/trace/finding-data/key-resolution.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

/** What the message says about the certificate it means. */
function named(data: Omit<CertificateNamed, 'form'> & { readonly form?: string }): string {
  switch (said(data.form)) {
    case 'issuer-serial':
      return `issuer "${said(data.issuer)}" and serial number ${said(data.serial)}`;
    case 'subject-name':
      return `the subject "${said(data.subject)}"`;
    case 'ski':
      return `the subject key identifier ${said(data.value)} (hex ${said(data.hex, 'unreadable')})`;
    case 'thumbprint':
      return `the SHA-1 thumbprint ${said(data.value)} (hex ${said(data.hex, 'unreadable')})`;
    case 'x509-digest':
      return `the digest ${said(data.value)}`;
    default:
      return 'an identifier';
  }
}

const HOW: Readonly<Record<string, string>> = {
  'hex-text': 'written in hexadecimal, not base64',
  'base64-of-hex': 'base64 of hexadecimal text',
  'base64-twice': 'base64 of base64',
  'sha256-of-certificate': 'the SHA-256 of the certificate',
  'sha1-of-key': 'the SHA-1 of the SubjectPublicKeyInfo',
  'sha1-of-key-bits': "the SHA-1 of the key's bits, though the certificate states another identifier",
  'sha256-of-key': 'the SHA-256 of the SubjectPublicKeyInfo',
  'sha1-of-base64': "the SHA-1 of the certificate's base64 text",
  'subject-key-identifier': 'the subject key identifier',
  'octet-string-header': 'the identifier with its DER header 04 14 left on',
  'octet-string-header-twice': 'the whole extension value, two DER headers included',
  'sha1-of-certificate': 'the SHA-1 of the certificate, which is the thumbprint',
  'authority-key-identifier': "the issuer's key identifier",
  'twos-complement': 'read as a signed number',
  'low-64-bits': 'cut to 64 bits',
  'low-32-bits': 'cut to 32 bits',
  'byte-reversed': 'with its octets in reverse order',
  hex: 'written in hexadecimal',
  'reversed-order': 'in reverse order',
  'slash-form': "in OpenSSL's form with slashes",
  unescaped: 'with a separator inside a value that is neither quoted nor escaped',
  'method-2': 'the short form of eight octets (RFC 5280 §4.2.1.2, method 2)',
  'base64-text': "of the CipherValue's text instead of its octets",
  'base64-text-without-white-space': "of the CipherValue's text instead of its octets",
  'plain-key': 'of the plain key instead of the encrypted one',
};

const how = (data: { readonly how?: string }): string => HOW[said(data.how)] ?? said(data.how).replaceAll('-', ' ');

/** By code, each with the data that its code carries. */
export const KEY_RESOLUTION_FINDINGS: FindingCatalogue<KeyResolutionFindings> = {
  'signer-certificate-not-found': {
    title: () => "The signer's certificate is not known",
    message: (data) =>
      `The message names it by ${named(data)}. Neither the message nor the key files hold it. Add the file with ` +
      'this certificate; the signature cannot be checked without it.',
    fixes: {
      'The sender': 'Send the certificate along (direct reference to a BinarySecurityToken).',
      'The receiver': "Put the sender's certificate into the trust or key store.",
    },
  },
  'cert-renewed-same-key': {
    title: () => 'The named certificate is not known, and a given key verifies',
    message: (data) =>
      `The message names the certificate by ${named(data)}. Nobody here has it. The signature verifies with the key ` +
      `of ${data.signer === null ? 'a given key file' : `"${said(data.signer)}"`}: the certificate that is named is ` +
      'another one of the same key, a renewed one for instance, or it is named wrongly.',
    fixes: {
      'The sender': 'Name the certificate that the receiver has, or send it along.',
      'The receiver': 'Take the renewed certificate into the store.',
    },
  },
  'key-not-named': {
    title: () => 'A given key verifies that the message does not name',
    message: (data) =>
      `The signature verifies with the key of ${data.signer === null ? 'a given key file' : `"${said(data.signer)}"`}. ` +
      'KeyInfo does not lead to it: a receiver that goes by KeyInfo finds no key.',
  },
  'private-key-not-found': {
    title: () => 'No private key for this recipient',
    message: (data) =>
      data.certificateKnown === true
        ? `The key was encrypted for "${said(data.subject)}". This certificate is known, its private key is ` +
          'not: the entry holds the certificate only.'
        : said(data.opens) !== ''
          ? `The message names its recipient by ${named(data)}, which no given certificate has. The private key ` +
            `of ${said(data.opensSubject, said(data.opens))} opens it all the same: it was encrypted for that key, ` +
            'and receivers that go by the name do not find it.'
          : data.how === 'unnamed'
            ? 'The message does not say for whom its key was encrypted, and none of the given private keys opens it. ' +
              'Give the private key of the recipient.'
            : (data.bare ?? 0) > 0
              ? `The key was encrypted for the certificate with ${named(data)}. No certificate is known of ` +
                `${data.bare === 1 ? 'a given private key' : `${said(data.bare)} given private keys`}, so that nothing ` +
                'says whether it is the one; it does not open it. Either the right key is missing, or the ' +
                'encrypted key ' +
                'was damaged.'
              : `The key was encrypted for the certificate with ${named(data)}. Its private key is not among what ` +
                'was ' +
                'given: give it, or the sender must encrypt for the certificate that is in use now.',
    fixes: {
      Java: 'Import a PrivateKeyEntry (PKCS#12), not a trustedCertEntry.',
      'Oxalis and AS4': 'Update the certificate in the SMP or the P-Mode.',
    },
  },
  'encrypted-for-another-recipient': {
    title: () => 'A key for another recipient',
    message: (data) =>
      'The sender wrapped a session key for several recipients. This one is for the certificate with ' +
      `${named(data)}, which is not yours. Nothing is missing: what the message encrypts was opened with ` +
      'your own key.',
  },
  'secret-not-given': {
    title: () => 'The shared secret is not given',
    message: (data) => `The message names it "${said(data.names)}". Give the secret under this name.`,
  },
  'encryptedkey-missing': {
    title: () => 'The EncryptedKey is not in the message',
    message: (data) =>
      `A reference points to an encrypted session key (${said(data.uri, said(data.value))}) that stands ` +
      `nowhere in the message. In a response it may be the request's: give the request as well.`,
  },
  'encryptedkeysha1-wrong': {
    title: () => 'EncryptedKeySHA1 does not match any key',
    message: (data) =>
      said(data.how) !== ''
        ? `The value is the SHA-1 ${how(data)}. It must be the SHA-1 of the decoded CipherValue; the sender must ` +
          'correct that.'
        : `None of the ${said(data.encryptedKeys)} encrypted keys has the SHA-1 ${said(data.value)}. If it ` +
          `is the request's key, give the request as well.`,
  },
  'issuer-dn-format': {
    title: () => 'The distinguished name is written in an unusual way',
    message: (data) =>
      data.how === 'escaped'
        ? `The message says "${said(data.written)}". RFC 4514 allows the backslash before a comma or plus sign; WCF ` +
          'reads such a value only in quotation marks, and reports a token that it cannot find.'
        : `The message says "${said(data.written)}", which is the name of the certificate ${how(data)}: ` +
          `"${said(data.issuer, said(data.subject))}" by RFC 4514. ` +
          (said(data.in) === ''
            ? 'It was found here; receivers that compare text say "No certificates were found".'
            : `It stands in ${said(data.in)} beside a digest that fits; verifiers that compare text refuse it.`),
    fixes: {
      WSS4J: '`IssuerSerialQuoteFormat` for WCF.',
      Metro: 'Use getIssuerX500Principal().',
      WCF: 'Refer by thumbprint or subject key identifier instead.',
    },
  },
  'issuer-is-subject': {
    title: () => "The subject's name stands where the issuer's is asked for",
    message: (data) =>
      `X509IssuerName is "${said(data.written)}", the subject of the certificate. Its issuer is ` +
      `"${said(data.issuer)}". With a self-signed test certificate this goes unnoticed. The sender must ` +
      'write the issuer.',
    fixes: { Java: '`certificate.getIssuerX500Principal().getName()`' },
  },
  'serial-hex-or-sign': {
    title: () => 'The serial number is not written as a decimal number',
    message: (data) =>
      `X509SerialNumber is "${said(data.written)}": the certificate's ${said(data.serial)} ${how(data)}. ` +
      'It must be decimal (xs:integer); the sender must correct that.',
    fixes: {
      PHP: 'Use serialNumber, not serialNumberHex, of openssl_x509_parse().',
      '.NET': 'GetSerialNumber() is little-endian and signed: make a positive BigInteger of it.',
    },
  },
  'thumbprint-wrong': {
    title: () => 'The thumbprint is made in a wrong way',
    message: (data) =>
      `The value is that of "${said(data.subject)}", but ${how(data)}. It must be base64 of the SHA-1 of the ` +
      `certificate's DER; the sender must correct that.`,
  },
  'ski-computed-wrong': {
    title: () => 'The subject key identifier is made in a wrong way',
    message: (data) =>
      `The value is that of "${said(data.subject)}", but ${how(data)}. It must be the octets of the ` +
      `certificate's SubjectKeyIdentifier extension; the sender must correct that, or refer by thumbprint.`,
  },
  'bst-reference-broken': {
    title: () => 'The reference to the token leads nowhere',
    message: (data) => {
      const uri = said(data.uri);
      if (said(data.reason) === 'missing-hash') {
        return (
          `The URI is "${uri}"; the token has that id, but a reference within the message begins with #. The ` +
          `sender must write "#${uri}".`
        );
      }
      if (said(data.reason) === 'no-uri') {
        return 'The Reference has no URI. The sender must write # and the id of the token.';
      }
      if (said(data.reason) === 'external') {
        return `"${uri}" is nothing in this message, and nothing known under this name was given.`;
      }
      const near = said(data.near);
      return near === ''
        ? `No element has the id in "${uri}". The token is missing, or has another id.`
        : `No element has the id in "${uri}". ${near} has almost this id ` +
            `(${said(data.nearKind).replaceAll('-', ' ')}): ids must be equal letter for letter.`;
    },
    fixes: {
      'strong-soap': 'Issue 617: the template lacks the #.',
      'Any sender': 'Give the BinarySecurityToken a wsu:Id and refer to it with # and that id.',
    },
  },
  'keyid-type-unexpected': {
    title: (data) =>
      data.actual === null ? 'An unknown way of naming the key' : 'The reference says another type than the token has',
    message: (data) =>
      data.actual === null
        ? `"${said(data.stated, '(none)')}" is no ValueType that a token profile defines for a key identifier.`
        : `The reference says "${said(data.stated)}", the token is "${said(data.actual)}". Strict receivers ` +
          'refuse that (Basic Security Profile R3058); the sender must write the same type in both places.',
    fixes: { 'WSS4J and CXF': '`signatureKeyIdentifier` chooses the form.', WCF: 'X509ReferenceStyle.' },
  },
  'keyinfo-missing-or-empty': {
    title: (data) =>
      said(data.element) === 'none'
        ? 'The message does not say which key was used'
        : data.empty === false
          ? `${said(data.element, 'KeyInfo')} leads to no key`
          : `${said(data.element, 'KeyInfo')} is empty`,
    message: (data) => {
      const tried = said(data.tried, '0');
      if (tried === '0') return 'Give the key that the receiver is to use, or the sender must name it in KeyInfo.';
      const trial =
        tried === '1'
          ? 'The one given key that could serve is tried.'
          : `The ${tried} given keys that could serve are tried.`;
      if (said(data.element) === 'none') return `${trial} Most receivers refuse a message without a usable KeyInfo.`;
      return (
        `${trial} A receiver has nothing to find the key by and refuses the message, whatever the trial shows: ` +
        'the sender must put a reference to its token or certificate there.'
      );
    },
    fixes: { 'xml-crypto': 'Set getKeyInfoContent.', '.NET': 'KeyInfo.AddClause(…)' },
  },
  'key-name-unknown': {
    title: (data) => `No given key is named ${said(data.name, '(empty)')}`,
    message: () =>
      'Given keys of the right kind are tried where the message names the key in no other way. Give the key ' +
      'under this name (NAME=FILE) to settle it.',
  },
  'key-reference-cycle': {
    title: () => 'A key reference leads back to itself',
    message: () => 'The chain of references that should end at a key is a circle. The sender must refer to a token.',
  },
  'reference-to-reference': { title: () => 'A reference to a reference', message: () => 'It is not followed.' },
  R3057: {
    title: () => 'A reference to a reference',
    message: () =>
      'Basic Security Profile R3057: a Reference must not point to another SecurityTokenReference. It is not followed.',
  },
  R3056: {
    title: () => 'An embedded reference',
    message: () =>
      'Basic Security Profile R3056: Embedded must hold a token, not another SecurityTokenReference. It is not ' +
      'followed.',
  },
  R3054: {
    title: () => 'The KeyIdentifier has no ValueType',
    message: () =>
      'Basic Security Profile R3054 asks for it. It is guessed here from the length of the value; other ' +
      'receivers refuse it.',
  },
  R3061: {
    title: (data) => `The SecurityTokenReference holds ${said(data.count)} references`,
    message: () =>
      'Basic Security Profile R3061 asks for exactly one. All are tried here; receivers differ in which they take.',
  },
  R5206: {
    title: () => 'The key identifier is a whole certificate',
    message: () =>
      'WSS4J writes and reads this (X509KeyIdentifier); no profile defines it, and strict receivers refuse it ' +
      '(Basic Security Profile R5206).',
  },
  'key-value-malformed': {
    title: () => 'The key value cannot be read',
    message: (data) =>
      `${said(data.detail, 'It')}: ${said(data.reason).replaceAll('-', ' ')}. The sender wrote the ` +
      'numbers of the key wrongly, or they were changed.',
  },
  'x509-certificate-malformed': {
    title: (data) =>
      said(data.reason) === 'pem-armour'
        ? 'An X509Certificate holds a PEM file'
        : 'An X509Certificate holds no certificate',
    message: (data) =>
      said(data.reason) === 'pem-armour'
        ? 'The lines BEGIN and END CERTIFICATE were left in. The certificate was read anyway; strict ' +
          'receivers refuse it.'
        : `Its content is not the base64 of a DER certificate (${said(data.reason).replaceAll('-', ' ')}).`,
  },
  'username-key-guessable': {
    title: () => 'Anybody can make the key of this UsernameToken',
    message: (data) =>
      data.reason === 'empty-password'
        ? 'It is derived from an empty password, and salt and iterations stand in the message.'
        : 'It is derived in one iteration: whoever has the message can try passwords at full speed. The profile ' +
          'recommends 1000 or more (UsernameToken Profile 1.1 §4.1).',
  },
  'x509data-identifier-differs': {
    title: () => 'X509Data names another certificate than it holds',
    message: (data) =>
      `The identifiers beside it fit none of ${said(data.certificates)}. The end certificate is taken.`,
  },
  'retrieval-method-transforms': {
    title: () => 'RetrievalMethod with transforms',
    message: () => 'Transforms on the way to a key are an open door for attacks and are not run.',
  },
  'retrieval-method-external': {
    title: () => 'The key is to be fetched from elsewhere',
    message: (data) => `"${said(data.uri)}" is outside this message. Nothing is fetched from the network.`,
  },
  'keyinfo-element-unknown': {
    title: (data) => `${said(data.element)} is not understood here`,
    message: () => 'It names a key in a way that is not supported; the other children of KeyInfo are tried.',
  },

  'encrypted-key-not-opened': {
    title: () => 'The session key is still encrypted',
    message: () =>
      'The key stands in an EncryptedKey that was not opened: give the private key of its recipient, or the ' +
      'session key itself.',
  },
  'derived-key-without-reference': {
    title: () => 'The derived key does not name the key it is derived from',
    message: () => 'The DerivedKeyToken does not say from which key it is derived.',
  },
  'saml-assertion-encrypted': {
    title: () => 'The assertion is encrypted',
    message: () => 'The key is named by an assertion that was not decrypted.',
  },
  'token-type-unsupported': {
    title: () => 'A token of an unsupported type',
    message: (data) => `No key can be taken from a token of the type "${said(data.valueType, '(none)')}".`,
  },

  'saml-without-key': {
    title: () => 'The assertion holds no key',
    message: (data) =>
      'The signature refers to an assertion that confirms no key ' +
      `(${said(data.methods) || 'no confirmation'}). Only a holder-of-key assertion names the key of the ` +
      'message.',
  },
  'saml-assertion-unsigned': {
    title: () => 'The assertion is not signed by its issuer',
    message: (data) =>
      data.coveredByMessage
        ? `Nothing but the message's own signature vouches for what "${said(data.issuer, 'the issuer')}" is ` +
          'said to state.'
        : `Anybody could have written it: neither "${said(data.issuer, 'the issuer')}" nor the sender signed ` +
          'it. A receiver must not believe it.',
  },
  'saml-subject-confirmation': {
    title: () => 'The sender does not confirm the subject',
    message: (data) => {
      switch (said(data.reason)) {
        case 'no-key':
          return (
            'The assertion says holder-of-key but contains no key. Its issuer must put the key into the ' +
            'SubjectConfirmation.'
          );
        case 'signature-fails-with-this-key':
          return (
            "The message's signature does not verify with the key that the assertion confirms: the sender signed " +
            'with another key.'
          );
        case 'assertion-not-signed-by-sender':
          return (
            'Sender-vouches asks that the sender sign the assertion together with the message; no verified ' +
            'signature covers it.'
          );
        default:
          return (
            'No verified signature of the message was made with the key that the assertion confirms. The sender ' +
            "must sign with the subject's key."
          );
      }
    },
    fixes: {
      CXF: 'Check the confirmation method in the SAML callback handler, and that the endorsing signature is there.',
    },
  },
  'signature-confirmation-without-request': {
    title: () => 'The confirmation cannot be checked',
    message: ({ request }) =>
      request === 'not-opened'
        ? 'The response repeats the signature values of its request, whose header stayed encrypted. Give the private ' +
          'key that opens the request to have them compared.'
        : 'The response repeats the signature values of its request. Give the request as well to have them compared.',
  },
  'signature-confirmation-missing': {
    title: () => "The response does not confirm the request's signatures",
    message: () =>
      'The request was signed and the response has no SignatureConfirmation. Receivers that enable it refuse ' +
      'the response.',
  },
};

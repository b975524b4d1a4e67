/** Words for weaknesses of algorithms and keys, for key values that give no key, and for unknown algorithm URIs. */
import type { CryptoFindings } from '../../engine/trace/finding-data/crypto.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

const WEAK_REASONS: Readonly<Record<string, string>> = {
  'sha1-collisions':
    'SHA-1 collisions have been made since 2017, so two different contents can share one digest; a current JDK ' +
    'refuses it under secure validation.',
  'md5-collisions': 'MD5 collisions take seconds on a laptop, so two different contents can share one digest.',
  'ripemd160-short': 'RIPEMD-160 gives 80 bits against collisions, which is within reach of an attacker with means.',
  'block-of-64-bits': 'A block of 64 bits repeats after some gigabytes under one key, and the mode is malleable.',
  'rsa15-oracle':
    'A receiver that tells bad padding from good lets an attacker decrypt (Bleichenbacher); current stacks ' +
    'refuse it by default.',
  'cbc-malleable': 'CBC lets ciphertext be changed unnoticed unless a signature covers it.',
  retired: 'It was withdrawn from the standards.',
};

const KEY_VALUE_CODES: Readonly<Record<string, string>> = {
  'key-value-missing-part': 'a required element is missing',
  'key-value-not-base64': 'a number in it is not base64',
  'key-value-too-large': 'a number in it is longer than any key in use',
  'key-value-unknown-form': 'its form is not known',
  'key-value-unknown-curve': 'its curve is not one of the named curves',
  'key-value-empty': 'it is empty',
  'key-malformed': 'its numbers are out of range',
  'spki-not-der': 'its octets are not DER',
  'spki-malformed': 'its octets are not a SubjectPublicKeyInfo',
  'point-not-on-curve': 'its point is not on the curve',
  'point-encoding': 'its point is encoded in a way the curve does not have',
};

/** By code, each with the data that its code carries. */
export const CRYPTO_FINDINGS: FindingCatalogue<CryptoFindings> = {
  'weak-algorithm': {
    title: (data) => `${data.name} is weak`,
    message: (data) =>
      `The message uses ${data.name} (${data.algorithm}). ${WEAK_REASONS[data.reason] ?? ''} The sender ` +
      'should move to a SHA-256 or AES-GCM algorithm of the same family.',
    explain:
      'What counts as weak is one table, in strength-policy.ts: SHA-1, MD5 and RIPEMD-160 in signatures and ' +
      'digests, Triple DES, RSA PKCS#1 v1.5 key transport, and keys below 112 bits of security.',
    fixes: {
      'WSS4J / CXF':
        'Set signatureAlgorithm to http://www.w3.org/2001/04/xmldsig-more#rsa-sha256 and ' +
        'signatureDigestAlgorithm to http://www.w3.org/2001/04/xmlenc#sha256.',
      '.NET': 'Use an algorithm suite ending in Sha256.',
      sender: 'Sign with RSA-SHA256 or ECDSA-SHA256 and digest with SHA-256.',
    },
  },
  'legacy-algorithm': {
    title: (data) => `${data.name} is of an older generation`,
    message: (data) =>
      `The message uses ${data.name}. It is not broken in this use, but new messages should not be made with ` +
      `it.${data.reason === 'cbc-malleable' ? ` ${WEAK_REASONS['cbc-malleable']}` : ''}`,
  },
  'weak-key': {
    title: (data) => `The ${data.kind} key has only ${data.bits} bits`,
    message: (data) =>
      `The ${data.kind} key has ${data.bits} bits; below ${data.minimum} it gives less than 112 bits of ` +
      'security. The owner of the key should replace it.',
  },
  'small-rsa-exponent': {
    title: (data) => `The RSA key's public exponent is ${data.exponent}`,
    message: (data) =>
      `The public exponent is ${data.exponent}. That is allowed, but verifiers with sloppy padding checks can ` +
      'be tricked with such a key; 65537 is usual.',
  },
  'key-integer-not-der': {
    title: () => 'A number of the RSA key is not written in DER',
    message: (data) =>
      `${said(data.subject) === '' ? 'The key' : `The key of "${said(data.subject)}"`} has a number ` +
      (data.form === 'over-long'
        ? 'with more octets 00 in front than it needs, and was taken for it all the same; OpenSSL and other strict '
        : 'without the octet 00 in front, so that it reads as negative. It was taken for the positive number that it ' +
          'plainly is, as OpenSSL does; strict ') +
      'readers refuse the key with its certificate. Who issued it must write DER (X.690 §8.3.2).',
  },
  'hmac-truncated': {
    title: (data) => `The HMAC is cut to ${data.bits} of ${data.digestBits} bits`,
    message: (data) =>
      `HMACOutputLength is ${data.bits} bits. That is above the floor of ${data.floor}, but weaker than the ` +
      'whole output, and WS-I Basic Security Profile R5401 forbids it.',
  },
  'hmac-truncated-below-floor': {
    title: (data) => `The HMAC is cut to ${data.bits} bits`,
    message: (data) =>
      `HMACOutputLength is ${data.bits} bits, below the floor of ${data.floor}. A value so short can be guessed ` +
      '(CVE-2009-0217), so it is refused whether it matches or not.',
  },
  'hmac-output-length-invalid': {
    title: () => 'HMACOutputLength is not a possible length',
    message: (data) => `HMACOutputLength is ${data.bits}; it must be a multiple of 8 and at most ${data.digestBits}.`,
  },
  'digestmethod-uri-invalid': {
    title: () => 'This algorithm URI does not exist',
    message: (data) =>
      data.meant
        ? `“${data.algorithm}” is not an algorithm. Probably ${data.meant} was ` +
          `meant${data.reason === 'namespace' ? ': the name is right, the namespace is not' : ''}. The sender ` +
          'must write the URI exactly.'
        : `“${data.algorithm}” is not an algorithm of any specification. The sender must write the URI exactly.`,
    explain:
      'Algorithm URIs of one family live in different namespaces for historical reasons: SHA-1 in xmldsig#, ' +
      'SHA-256 and SHA-512 in xmlenc#, SHA-224 and SHA-384 in xmldsig-more#, RSA-SHA256 in xmldsig-more#. ' +
      'Receivers compare them character by character.',
  },
  'key-value-unreadable': {
    title: () => 'The key value in the message is not a key',
    message: (data) =>
      'The key value could not be read: ' +
      `${KEY_VALUE_CODES[data.reason] ?? data.reason}${data.detail ? ` (${data.detail})` : ''}. The ` +
      'sender must write it as XML Signature 1.1 §4.5.2 says.',
  },
};

/** Why the second opinion (xmldsigjs 2.8.8) differs, by the codes of `src/second-opinion/defects.ts`. */
export const SECOND_OPINION_WORDS: Readonly<Record<string, string>> = {
  D1:
    'It does not sign attributes whose prefix ends in “xmlns”, so such attributes can be added to signed content ' +
    'without it noticing.',
  D2:
    'Its enveloped-signature transform removes every ds:Signature child, not only the one being verified, so ' +
    'content hidden in another one is not covered.',
  D3: 'For URI="" it digests the document element only: comments and processing instructions outside it are left out.',
  D4: 'Its XPath transform swallows errors and removes whole subtrees; in a worker it does nothing.',
  D5: 'It looks for Id, ID and id without a namespace only; wsu:Id and AssertionID were found for it here.',
  D6: 'It ignores InclusiveNamespaces under CanonicalizationMethod, so the octets of SignedInfo differ.',
  D7: 'It misreads #default and repeated spaces in a PrefixList.',
  D8: 'Its inclusive canonicalization lets outer namespace bindings win and does not inherit xml: attributes.',
  D9: 'It writes xmlns="" where canonical XML leaves it out.',
  D10: 'It orders attributes by namespace and name run together, and by UTF-16 units.',
  D11: 'It does not escape special characters in namespace names, and mishandles prefixes outside ASCII.',
  D12: 'For a URI outside the document it silently digests the document itself.',
  D13: 'It keeps comments in a same-document reference, which XML Signature §4.4.3.3 drops.',
  D14: 'It removes the signature for enveloped-signature only where it is a child of the document element.',
  D15: 'It does not find a target inside another signature.',
  D16: 'It sorts transforms and gives each of them the first one’s input.',
  D18: 'It ignores HMACOutputLength and compares the whole value.',
  D21: 'It recurses over the depth of the document and may run out of stack.',
  'xmldom-line-ends': 'Its parser turns U+0085 and U+2028 into line feeds, a rule of XML 1.1.',
  'not-implemented': 'It does not have this algorithm or key form; that is not a defect.',
  'as-it-arrived':
    'It has the message as it arrived; here it was judged with what was encrypted or attached in its place.',
  'no-key': 'It was given no key and finds none in ds:KeyInfo that it can read.',
};

/** Why an algorithm is not, or only partly, supported: the codes of `support.why` in the algorithm table. */
export const ALGORITHM_SUPPORT_WORDS: Readonly<Record<string, string>> = {
  'no-implementation': 'not supported here',
  'gost-national': 'a Russian national standard, left out',
  'post-quantum-experimental': 'experimental in one stack, no specification yet',
  'not-in-xmldsig': 'from a draft before RFC 4050; no stack makes it',
  'not-in-xmlenc': 'never part of XML Encryption',
  'private-to-one-stack': 'private to one stack',
  'xslt-refused': 'refused: a stylesheet in a message is a program from its sender',
  'attachment-needed': 'needs the attachment to be supplied',
  'empty-context-only': 'with the empty context; RFC 9231 has no place for another',
  negotiation: 'part of a negotiation that leaves no key in the message',
};

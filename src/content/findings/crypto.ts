/** Words for weaknesses of algorithms and keys, for key values that give no key, and for unknown algorithm URIs. */
import type { FindingCatalogue } from './catalogue.ts';

const WEAK_REASONS: Readonly<Record<string, string>> = {
  'sha1-collisions': 'SHA-1 collisions have been made since 2017, so two different contents can share one digest; a current JDK refuses it under secure validation.',
  'md5-collisions': 'MD5 collisions take seconds on a laptop, so two different contents can share one digest.',
  'ripemd160-short': 'RIPEMD-160 gives 80 bits against collisions, which is within reach of an attacker with means.',
  'block-of-64-bits': 'A block of 64 bits repeats after some gigabytes under one key, and the mode is malleable.',
  'rsa15-oracle': 'A receiver that tells bad padding from good lets an attacker decrypt (Bleichenbacher); current stacks refuse it by default.',
  'cbc-malleable': 'CBC lets ciphertext be altered unseen unless a signature covers it.',
  retired: 'It was withdrawn from the standards.',
};

const KEY_VALUE_CODES: Readonly<Record<string, string>> = {
  'key-value-missing-part': 'a required element is missing',
  'key-value-not-base64': 'a number in it is not base64',
  'key-value-too-large': 'a number in it is longer than any key in use',
  'key-value-unknown-form': 'its form is not known',
  'key-value-unknown-curve': 'its curve is none of the named ones',
  'key-value-empty': 'it is empty',
  'key-malformed': 'its numbers are out of range',
  'spki-not-der': 'its octets are not DER',
  'spki-malformed': 'its octets are not a SubjectPublicKeyInfo',
  'point-not-on-curve': 'its point is not on the curve',
  'point-encoding': 'its point is encoded in a way the curve does not have',
};

export const CRYPTO_FINDINGS: FindingCatalogue = {
  'weak-algorithm': {
    title: (data) => `${data.name} is weak`,
    message: (data) => `The message uses ${data.name} (${data.algorithm}). ${WEAK_REASONS[String(data.reason)] ?? ''} The sender should move to a SHA-256 or AES-GCM algorithm of the same family.`,
    explain: 'What counts as weak is one table, in strength-policy.ts: SHA-1, MD5 and RIPEMD-160 in signatures and digests, Triple DES, RSA PKCS#1 v1.5 key transport, and keys below 112 bits of security.',
    fixes: {
      'WSS4J / CXF': 'Set signatureAlgorithm to http://www.w3.org/2001/04/xmldsig-more#rsa-sha256 and signatureDigestAlgorithm to http://www.w3.org/2001/04/xmlenc#sha256.',
      '.NET': 'Use an algorithm suite ending in Sha256.',
      sender: 'Sign with RSA-SHA256 or ECDSA-SHA256 and digest with SHA-256.',
    },
  },
  'legacy-algorithm': {
    title: (data) => `${data.name} is of an older generation`,
    message: (data) => `The message uses ${data.name}. It is not broken in this use, but new messages should not be made with it.${data.reason === 'cbc-malleable' ? ` ${WEAK_REASONS['cbc-malleable']}` : ''}`,
  },
  'weak-key': {
    title: (data) => `The ${data.kind} key has only ${data.bits} bits`,
    message: (data) => `The ${data.kind} key has ${data.bits} bits; below ${data.minimum} it gives less than 112 bits of security. The owner of the key should replace it.`,
  },
  'small-rsa-exponent': {
    title: (data) => `The RSA key's public exponent is ${data.exponent}`,
    message: (data) => `The public exponent is ${data.exponent}. That is allowed, but verifiers with sloppy padding checks can be deceived under such a key; 65537 is usual.`,
  },
  'hmac-truncated': {
    title: (data) => `The HMAC is cut to ${data.bits} of ${data.digestBits} bits`,
    message: (data) => `HMACOutputLength is ${data.bits} bits. That is above the floor of ${data.floor}, but weaker than the whole output, and WS-I Basic Security Profile R5401 forbids it.`,
  },
  'hmac-truncated-below-floor': {
    title: (data) => `The HMAC is cut to ${data.bits} bits`,
    message: (data) => `HMACOutputLength is ${data.bits} bits, below the floor of ${data.floor}. A value so short can be guessed (CVE-2009-0217), so it is refused whether it matches or not.`,
  },
  'hmac-output-length-invalid': {
    title: () => 'HMACOutputLength is not a possible length',
    message: (data) => `HMACOutputLength is ${data.bits}; it must be a multiple of 8 and at most ${data.digestBits}.`,
  },
  'digestmethod-uri-invalid': {
    title: () => 'This algorithm URI does not exist',
    message: (data) => data.meant
      ? `“${data.algorithm}” is no algorithm. Probably ${data.meant} was meant${data.reason === 'namespace' ? ': the name is right, the namespace is not' : ''}. The sender must write the URI exactly.`
      : `“${data.algorithm}” is no algorithm that any specification names. The sender must write the URI exactly.`,
    explain: 'Algorithm URIs of one family live in different namespaces for historical reasons: SHA-1 in xmldsig#, SHA-256 and SHA-512 in xmlenc#, SHA-224 and SHA-384 in xmldsig-more#, RSA-SHA256 in xmldsig-more#. Receivers compare them character by character.',
  },
  'key-value-unreadable': {
    title: () => 'The key value in the message gives no key',
    message: (data) => `The key value could not be read: ${KEY_VALUE_CODES[String(data.reason)] ?? data.reason}${data.detail ? ` (${data.detail})` : ''}. The sender must write it as XML Signature 1.1 §4.5.2 says.`,
  },
};

/** Words for decryption: keys that do not open, parameters that would, content that cannot stand where it belongs. */
import type { EncryptionFindings } from '../../engine/trace/finding-data/encryption.ts';
import { said, type FindingCatalogue } from './catalogue.ts';

/** The last part of a URI, which is how people name an algorithm. */
const short = (algorithm: string | null | undefined, otherwise: string): string => {
  const uri = said(algorithm);
  return uri === '' ? otherwise : uri.slice(Math.max(uri.lastIndexOf('#'), uri.lastIndexOf('/')) + 1);
};

const REASONS: Readonly<Record<string, string>> = {
  padding: 'the octets after decryption do not have the padding they should',
  tag: 'the authentication tag does not fit',
  integrity: 'the check value inside the wrapped key is wrong',
  range: 'the number is larger than the modulus',
  'oaep-first-octet': 'the block does not begin with a zero octet',
  'oaep-label': 'the hash of the label is not the one expected',
  'oaep-separator': 'the padding inside the block is broken',
  'ciphertext-length': 'the ciphertext has a length that the algorithm cannot give',
  plaintext: 'the octets that come out are no XML',
};

const why = (data: { readonly reason?: string }): string =>
  REASONS[said(data.reason)] ?? said(data.reason, 'it does not open');

const DAMAGE: Readonly<Record<string, string>> = {
  'no-cipher-data': 'CipherData is missing',
  'no-cipher-value': 'CipherData holds neither CipherValue nor CipherReference',
  empty: 'CipherValue is empty',
  'base64-alphabet': 'CipherValue holds a character that is not base64',
  'base64-padding': "the padding of CipherValue's base64 is wrong",
  'base64-length': 'CipherValue ends in the middle of a base64 group',
  'base64-twice': 'the ciphertext was put into base64 twice',
  hex: 'the ciphertext is written in hexadecimal',
  'ciphertext-length': 'the ciphertext has a length that this algorithm cannot give',
  'wrapped-key-length': 'the wrapped key has a length that key wrap cannot give',
  'reference-to-nodes': 'the CipherReference leads to markup, not to octets',
  'tag-cut': 'the tag has fewer than its 16 octets',
  'tag-missing': 'the 16 octets of the tag are not there',
};

const LAYOUTS: Readonly<Record<string, string>> = {
  'tag-before-ciphertext': 'the tag stands between IV and ciphertext',
  'tag-first': 'the tag stands first',
  'iv-16': 'the IV has 16 octets instead of 12',
  'iv-last': 'the IV stands last',
  'no-tag': 'the tag is missing',
  'tag-wrong': 'the ciphertext is right, the tag is not',
};

/** Layouts that the way can have made, too. */
const TAGS: ReadonlySet<string> = new Set(['no-tag', 'tag-cut', 'tag-wrong']);

const RECIPIENT_FIXES = {
  sender: "Encrypt for the receiver's certificate, and refresh it when it is renewed.",
  'SMP / P-Mode': 'Publish the certificate that is in use now.',
};

/** By code, each with the data that its code carries. */
export const ENCRYPTION_FINDINGS: FindingCatalogue<EncryptionFindings> = {
  'decryption-failed-unproven': {
    title: (data) => `${said(data.what, 'An encrypted part')} does not open with its key`,
    message: (data) =>
      `The key that the message names was found, but with it ${why(data)} ` +
      `(${short(data.algorithm, 'no algorithm')}). No other padding, digest, label, layout or key given here ` +
      'opens it: it was damaged or changed on the way, or encrypted for another recipient.',
    explain:
      'Here you are told which check failed, because you open your own message with your own key. A service ' +
      'must not tell: an attacker who learns whether the padding was right can decrypt any message by asking ' +
      'often enough (Bleichenbacher for RSA 1.5, Vaudenay for CBC). It has to go on with a random session key, ' +
      'take the same time and report one general fault.',
  },
  'enc-wrong-recipient-cert': {
    title: () => 'The key was encrypted for another certificate',
    message: (data) =>
      said(data.opens) === ''
        ? `The encrypted key has ${said(data.cipherOctets)} octets; the RSA key that the message names has ` +
          `${said(data.modulusBits)} ` +
          `bits${said(data.subject) === '' ? '' : ` ("${said(data.subject)}")`}. It was encrypted with a ` +
          'key of another size, for another certificate.'
        : 'The message names one certificate, but the private key ' +
          `${said(data.subject) === '' ? `in ${said(data.file)}` : `of "${said(data.subject)}"`} opens ` +
          'it. The sender encrypted with one certificate and wrote down another.',
    fixes: RECIPIENT_FIXES,
  },
  'oaep-digest-mgf-mismatch': {
    title: () => 'RSA-OAEP was done with another digest or mask than the message says',
    message: (data) =>
      `The message says ${short(data.stated, 'RSA-OAEP')} with digest ` +
      `${short(data.statedDigest, 'sha1 (by default)')} and mask ` +
      `${short(data.statedMask, 'mgf1sha1 (by default)')}. It opens with digest ` +
      `${short(data.digest, 'sha1')} and mask ${short(data.mask, 'mgf1sha1')}: that is what the sender ` +
      'did, and must write.',
    explain:
      'rsa-oaep-mgf1p always masks with MGF1 and SHA-1, whatever the DigestMethod. Many libraries use one hash ' +
      'for both. To mask with another hash the algorithm is xenc11 rsa-oaep with an MGF element.',
    fixes: {
      'node-xml-encryption': 'Update to a version of 2026 or later.',
      Java: 'Give an OAEPParameterSpec with both hashes.',
      phase4: 'Set digest and MGF both, e.g. sha256 and mgf1sha256.',
    },
  },
  'oaep-params-label': {
    title: () => 'The OAEP label differs',
    message: (data) =>
      'The masks and the padding are right, the label is not: the message ' +
      `${said(data.statedLabelOctets) === '0' ? 'states none' : `states one of ${said(data.statedLabelOctets)} octets in OAEPparams`}, ` +
      'the sender used ' +
      `${data.labelOctets === null ? 'another' : data.labelOctets === 0 ? 'none' : `one of ${said(data.labelOctets)} octets`}. ` +
      'OAEPparams was changed, or one side does not pass it on.',
  },
  'oaep-vs-pkcs15': {
    title: () => 'The key was encrypted with the other RSA padding',
    message: (data) =>
      `The message says ${short(data.stated, 'one padding')}; it opens with ` +
      `${short(data.opens, 'the other')}. The sender must name the padding that it used.`,
  },
  'recipient-not-compared': {
    title: () => 'A private key without certificate opened it',
    message: (data) =>
      `No certificate of the private key in ${said(data.file, 'the key file')} is given, so that the ` +
      'certificate which the message names could not be compared with it. That it opens shows that it is the ' +
      'right one.',
  },
  'data-algorithm-relabelled': {
    title: () => 'The content was encrypted with another algorithm than the message says',
    message: (data) =>
      `EncryptionMethod says ${said(data.stated, 'nothing')}; with the same key the content opens as ` +
      `${short(data.opens, 'another algorithm')}. The sender must name the algorithm it used, or the URI was ` +
      'changed on the way.',
  },
  'session-key-encoding-or-size': {
    title: () => 'The session key has the wrong size for its algorithm',
    message: (data) => {
      const sizes =
        `${short(data.algorithm, 'The algorithm')} takes a key of ${said(data.needed)} octets; this one has ` +
        `${said(data.actual, said(data.stated))}.`;
      switch (said(data.reason)) {
        case 'base64':
        case 'hex':
          return (
            `${sizes} It was written as ${said(data.reason)} text before it was encrypted; decoded it opens ` +
            'the content. The sender must wrap the raw octets.'
          );
        case 'longer':
          return (
            `${sizes} Its first ${said(data.needed)} octets open the content, which is how xmlsec works; other ` +
            'receivers refuse it. The sender should make the key as long as the algorithm takes.'
          );
        default:
          return `${sizes} Either the key or the algorithm is not the one that the sender used.`;
      }
    },
  },
  'gcm-tag-iv-layout': {
    title: ({ layout }) =>
      TAGS.has(layout) ? 'The tag of AES-GCM is not the right one' : 'AES-GCM with IV and tag in another order',
    message: (data) =>
      'XML Encryption wants 12 octets of IV, the ciphertext, 16 octets of tag. Here ' +
      `${data.layout === 'tag-cut' ? `only ${said(data.tagOctets, 'some')} octets of the tag are there, and they are right` : (LAYOUTS[said(data.layout)] ?? 'the layout is another')}` +
      ': read that way it opens. ' +
      (TAGS.has(data.layout)
        ? 'The sender wrote it so, or it was cut or changed on the way: both give these octets.'
        : 'The sender must put them in order.'),
    fixes: {
      'forge and Node': 'Append getAuthTag() to the ciphertext yourself.',
      '.NET': 'AesGcm gives the tag apart: append it.',
    },
  },
  'cbc-padding-scheme': {
    title: () => 'CBC with another padding',
    message: (data) =>
      'XML Encryption pads to whole blocks and counts the padding in the last octet. This content is ' +
      `${said(data.padding) === 'zeros' ? `padded with ${said(data.count)} zeros` : 'not padded at all'}. ` +
      'The sender must pad as XML Encryption §5.2 says.',
    explain:
      'The other octets of the padding may be anything (ISO 10126); receivers that insist on PKCS#7 refuse ' +
      'valid messages.',
    fixes: { Node: 'Do not use setAutoPadding(true) on the receiving side.', '.NET': 'PaddingMode.ISO10126.' },
  },
  'ciphertext-truncated-or-encoded': {
    title: () => 'The ciphertext is damaged',
    message: (data) =>
      `${capital(DAMAGE[said(data.reason)] ?? 'It cannot be read')}${said(data.length) === '' ? '' : ` (${said(data.length)} octets)`}. ` +
      'It was cut off, encoded twice or treated as text, by the sender or on the way.',
  },
  'enc-type-content-vs-element': {
    title: () => 'The Type of the encrypted data does not fit what it holds',
    message: (data) =>
      said(data.reason) === 'parent-again'
        ? 'Type says Content, but what came out is the surrounding element once more: it now stands inside ' +
          'itself. The sender encrypted the element and wrote Content.'
        : `Type says ${short(data.type, 'nothing')}; what came out ` +
          `${said(data.elements) === '1' ? 'has text around its element' : `holds ${said(data.elements)} elements`} ` +
          'and so is content, not one element. The sender encrypted content and wrote Element.',
    fixes: { WSS4J: 'Write the part as {Content}{namespace}Body or {Element}{namespace}Name.' },
  },
  'referencelist-missing': {
    title: () => 'No ReferenceList names this encrypted part',
    message: (data) =>
      `${said(data.path, 'The part')} is encrypted, but no DataReference leads to ` +
      `${said(data.id) === '' ? 'it: it has no Id' : `#${said(data.id)}`}. Receivers that go by the lists ` +
      'leave it encrypted. The sender must list it in a ReferenceList.',
  },
  'encrypt-then-sign-confusion': {
    title: () => 'Signed and encrypted in the other order than the header says',
    message: (data) =>
      said(data.signedOver) === 'plaintext'
        ? 'In the order of the Security header the signature comes before the decryption, and its digests do not ' +
          'match. Over the decrypted content they do: the sender signed first and encrypted then, but put the ' +
          'EncryptedKey or ReferenceList after the Signature. It must stand before it.'
        : 'In the order of the Security header the content is decrypted before the signature is checked, and its ' +
          'digests do not match. Over the ciphertext they do: the sender encrypted first and signed then. The ' +
          'Signature must stand before the EncryptedKey or ReferenceList.',
    explain:
      'Every step of the sender is put in front of the earlier ones, so that a receiver that works from top to ' +
      'bottom undoes them in the right order (SMS §5).',
    fixes: {
      WSS4J: 'Mind the order of the actions; a receiver checks it with the same order.',
      'WS-SecurityPolicy': 'EncryptBeforeSigning or SignBeforeEncrypting must be the same on both sides.',
    },
  },
  'key-derivation-malformed': {
    title: () => 'The key derivation cannot be read',
    message: (data) => `${said(data.what, 'A parameter')} is missing or malformed, so that the key cannot be derived.`,
  },
  'originator-key-missing': {
    title: () => "The originator's public key is not there",
    message: () =>
      "The key is agreed on with the originator's public key, which OriginatorKeyInfo should hold or name. Give " +
      'its certificate, or have the sender write the key.',
  },
  'ENC-04': {
    title: (data) => `${said(data.count)} parts are encrypted with one key and one IV`,
    message: () =>
      'AES-GCM needs a new IV for every part under the same key. With the same one twice, an eavesdropper ' +
      'learns the difference of the two contents and can forge further ones. The sender must draw a fresh IV ' +
      'each time.',
  },
  'ENC-06': {
    title: () => 'Encrypted keys that need each other',
    message: () =>
      'To open one of these EncryptedKeys another is needed, and so on round to the first. No order opens them. ' +
      'Such a message is made to keep receivers busy.',
  },
  'agreement-key-unusable': {
    title: () => "The originator's key does not go with the recipient's",
    message: (data) =>
      `${capital(AGREEMENT_DEFECTS[said(data.reason)] ?? 'The two keys cannot agree')}. The key tried is in ` +
      `${said(data.file, 'the key file')}. The sender must make its key in the group of the recipient's, or ` +
      `the recipient's key is another one.`,
  },
  'ENC-09': {
    title: (data) =>
      said(data.reason) === 'agreement-zero' ? 'The agreed secret is zero' : "The originator's public key is not valid",
    message: (data) =>
      said(data.reason) === 'dh-public-value-range'
        ? 'The public number in the message is 0, 1, or not below the prime: whoever sent it knows the outcome ' +
          'without any key. It is refused.'
        : 'The public key in the message is of small order: whoever sent it knows the outcome without any key, or ' +
          'learns of the private key what it is. It is refused.',
  },
};

/** Why two keys do not agree. */
const AGREEMENT_DEFECTS: Readonly<Record<string, string>> = {
  'curves-differ': 'the two keys are on different curves',
  'groups-differ': 'the two keys are in different Diffie-Hellman groups: prime or generator differ',
  'dh-prime-too-large': 'the prime of the Diffie-Hellman group has more than 8192 bits',
  'dh-parameters-invalid': 'prime and generator are no Diffie-Hellman group',
  'dh-exponent-invalid': 'the private number is not below the prime',
  'ec-scalar-invalid': 'the private number is not below the order of the curve',
  'ec-point-invalid': 'the public key is not a point on the curve',
};

function capital(words: string): string {
  return words.charAt(0).toUpperCase() + words.slice(1);
}

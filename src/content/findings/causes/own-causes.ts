/**
 * Causes that are no other octets: another key, another form of the value, another target. Their evidence is their
 * own.
 */
import type { NamedCause } from '../../../engine/trace/finding-data/causes.ts';
import { said } from '../catalogue.ts';
import { signer, the, type Cause } from './cause-words.ts';

/** By code; `own-evidence.ts` says how each is known. */
export const OWN_CAUSES = {
  'signature-of-other-signedinfo': {
    title: () => 'The key signed another SignedInfo than this one',
    blame:
      'Under the key found the value reads as a proper signature, of other octets. Either SignedInfo was ' +
      'changed in a way we did not find, or the value belongs to another message.',
  },
  'stale-dom-signed': {
    title: (data) =>
      `${said(data.added) === '' ? 'Content' : said(data.added)} was added to ${the(data)} after it was hashed`,
    blame:
      'Sign last: no handler may add to signed content. If nobody on your side or theirs adds it, treat the ' +
      'message as forged.',
  },
  'sig-hash-label-mismatch': signer(
    () => 'The signature was made with another hash than SignatureMethod names',
    'The algorithm named and the one used must be the same.',
  ),
  'sig-no-digestinfo': signer(
    () => 'The signature is of a bare hash',
    'PKCS#1 wants the hash inside DigestInfo, which names its algorithm. Use a signing function, not raw RSA.',
  ),
  'sig-pss-vs-pkcs1': signer(
    () => 'The padding of the RSA signature is not the one named',
    'PSS and PKCS#1 v1.5 have URIs of their own. The signer must name the one it uses, with its parameters.',
  ),
  'sig-wrong-key-for-cert': {
    title: (data) =>
      data.how === 'random-block'
        ? 'Another key signed, or the value is damaged'
        : 'Another key signed than the one the message names',
    blame: 'The certificate in the message and the private key that signs must belong together.',
  },
  'multiple-bst-wrong-picked': signer(
    () => 'The signature belongs to another token of the message',
    'The reference in KeyInfo must name the token whose key signed.',
  ),
  'verify-with-own-cert': {
    title: () => 'A key of ours was used to verify, not the signer’s',
    blame: 'Verify with the certificate that the message carries or names.',
  },
  'verifies-with-other-key': {
    title: () => 'The signature value verifies with a key that KeyInfo does not lead to',
    blame: 'Only the way to the key is broken.',
  },
  'ecdsa-der-not-rs': signer(
    () => 'The ECDSA value is in ASN.1 form',
    'XML Signature wants r and s side by side, each as wide as the curve. The signer must convert.',
  ),
  'ecdsa-rs-padding': signer(
    () => 'r and s of the ECDSA value have a wrong width',
    'Each must be as wide as the curve, with leading zeros.',
  ),
  'sig-byte-order-reversed': signer(
    () => 'The octets of the signature value are reversed',
    'CryptoAPI gives the lowest octet first. The signer must reverse them.',
  ),
  'sigvalue-base64-damaged': signer(
    () => 'SignatureValue is written in a damaged base64',
    'It must be plain base64 with + and /, once.',
  ),
  'hmac-key-derivation': signer(
    () => 'The MAC was made with a key that was derived in another way',
    'Both sides must use the same label, nonce, offset, length and secret.',
  ),
  'hmac-truncation-or-key-text': signer(
    () => 'The MAC was made with the key as text, or cut off',
    'Agree on the octets of the key, and send the whole MAC or name its length.',
  ),
  'id-not-found': {
    title: () => 'The reference names an Id that is not there',
    blame: 'Its digest is that of another element, whose Id or whose reference was changed.',
  },
} satisfies Partial<Record<NamedCause, Cause>>;

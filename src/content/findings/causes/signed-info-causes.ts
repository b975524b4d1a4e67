/** SignedInfo changed after its value was made, or its value made of something else. */
import type { NamedCause } from '../../../engine/trace/finding-data/causes.ts';
import { HOP_OR_OWN_SOFTWARE, OWN_SOFTWARE_OR_HOP, signer, TRANSIT, type Cause } from './cause-words.ts';

/** By code. */
export const SIGNED_INFO_CAUSES = {
  'ws-signedinfo-reformatted': {
    title: () => 'White space in SignedInfo was changed after it was signed',
    blame:
      `${OWN_SOFTWARE_OR_HOP('a Signature is often put into its message as text')} ` +
      'Whoever writes the Signature must send it octet for octet as it was when its value was made.',
  },
  'prefixlist-ignored-in-signedinfo': signer(
    () => 'The signer ignored the PrefixList of CanonicalizationMethod',
    'Canonicalize SignedInfo with the PrefixList that it names.',
  ),
  'c14n-relabelled': {
    title: () => 'The Transform was relabelled after signing',
    blame: `${TRANSIT} Nobody may change SignedInfo.`,
  },
  'signedinfo-c14n-relabelled': {
    title: () => 'CanonicalizationMethod was relabelled after signing',
    blame: `${TRANSIT} Nobody may change SignedInfo.`,
  },
  'signedinfo-edited': {
    title: (data) =>
      data.how === 'digest-value-changed'
        ? 'A DigestValue was changed after signing'
        : data.how === 'reference-removed'
          ? 'A Reference was taken out of SignedInfo after signing'
          : 'SignedInfo was changed after signing',
    blame:
      `${HOP_OR_OWN_SOFTWARE('a signer has no reason to edit what it has signed')} If nobody can say why, treat the ` +
      'message as forged.',
  },
  'sig-double-hash': signer(
    () => 'SignedInfo was hashed twice',
    'The signer hands a digest to a function that hashes again. Hand it the canonical octets.',
  ),
  'sig-over-body-not-signedinfo': signer(
    () => 'Something else than SignedInfo was signed',
    'The signature value is over canonical SignedInfo, which holds the digests of the rest.',
  ),
  'signedinfo-raw': signer(
    () => 'SignedInfo was signed without proper canonicalization',
    'The signer must sign the canonical octets of SignedInfo.',
  ),
  'signedinfo-missing-xmlns': signer(
    () => 'SignedInfo was signed without a namespace declaration it inherits',
    'Put SignedInfo into its Signature and document first, then canonicalize it.',
  ),
} satisfies Partial<Record<NamedCause, Cause>>;

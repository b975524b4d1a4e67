/** Which key made a signature value, and what SignedInfo has to be under it. */
import { algorithmByUri } from '../../algorithms/algorithm-table.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { Target } from '../hypothesis.ts';
import type { TrialAccount } from '../trial-account.ts';
import type { KnownKey } from './known-keys.ts';
import { usedKey, type ValueSearch } from './value-cause.ts';
import {
  isFast,
  recovered,
  recoveredTarget,
  recoveryWork,
  verifyingTarget,
  type NamedMethod,
  type RecoveredValue,
} from './value-target.ts';

/**
 * Public-key verifications that one search may cost where no block can be recovered: where WebCrypto verifies, and
 * where we do.
 */
const VERIFICATIONS = 200;
const SLOW_VERIFICATIONS = 60;

/** The key that made a value, as far as that can be told. */
export interface Signer {
  readonly known: KnownKey;
  /** What the value holds under this key; null where it is no RSA key, or holds nothing to read. */
  readonly recovered: RecoveredValue | null;
}

/** The key under which the value reads as a signature; where that cannot be told, the key that was used. */
export function realSigner(
  signature: JudgedSignature,
  value: Uint8Array,
  search: ValueSearch,
  account: TrialAccount,
): Signer | null {
  const maxBits = search.budget.limits.rsaModulusBits;
  const read = ({ key }: KnownKey) => (key.kind === 'RSA' ? recovered(key, value, maxBits) : null);
  for (const known of search.keys) {
    if (!account.spend(recoveryWork(known.key))) return null;
    const block = read(known);
    if (block?.block.padding === 'pkcs1' || block?.block.padding === 'pkcs1-bare') return { known, recovered: block };
  }
  const used = usedKey(signature);
  const known = search.keys.find((one) => one.key === used) ?? search.keys[0];
  return known === undefined ? null : { known, recovered: read(known) };
}

/** @returns null where no other SignedInfo can verify: a PKCS#1 label over a block that is none */
export function signerTarget(
  { known, recovered: held }: Signer,
  value: Uint8Array,
  named: NamedMethod,
  search: ValueSearch,
  account: TrialAccount,
): Target | null {
  const byDigest = held === null ? null : recoveredTarget(search.crypto, held, named);
  if (byDigest !== null) return byDigest;
  if (known.key.kind === 'RSA' && algorithmByUri(named.uri)?.scheme === 'rsa-pkcs1') return null;
  const most = isFast(known.key) ? VERIFICATIONS : SLOW_VERIFICATIONS;
  return verifyingTarget(search.crypto, named, known.key, value, account.extent(most));
}

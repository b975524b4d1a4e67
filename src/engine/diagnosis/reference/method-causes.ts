/**
 * Other canonicalizations as the cause of a wrong digest: the near ones first, and what is left of them after the edits
 * (docs/faults.md: inclusive-labelled-exclusive, prefixlist-…, missing-c14n-transform).
 */
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import type { Hypothesis } from '../hypothesis.ts';
import type { Match } from '../search.ts';
import { otherMethods } from '../signer/signer-methods.ts';
import type { TrialAccount } from '../trial-account.ts';
import { methodAccount } from './method-search.ts';
import type { ReferenceSearch } from './reference-search.ts';

/** Methods that differ by little. */
export const NEAR_METHODS: Hypothesis<ReferenceSearch> = {
  name: 'other-method',
  candidates: ({ methods }) => methods.near,
  extent: (account, { methods }) => methods.account(account),
};

/** Exclusive methods with PrefixLists where an inclusive one is named. */
export const FAR_METHODS: Hypothesis<ReferenceSearch> = {
  name: 'other-method-with-list',
  candidates: ({ methods }) => methods.far,
  extent: (account, { methods }) => methods.account(account),
};

/** What the account of both did not pay for. */
export const METHODS_LEFT: readonly Hypothesis<ReferenceSearch>[] = [
  { ...NEAR_METHODS, extent: methodAccount },
  { ...FAR_METHODS, extent: methodAccount },
];

/** All canonicalizations that give the digest: SignedInfo tells later which of them it named. */
export async function matchingMethods(
  { subject, target, budget }: ReferenceSearch,
  account: TrialAccount,
  found: readonly Match[],
): Promise<readonly CanonicalizationMethod[]> {
  if (!found.some((match) => 'method' in match.candidate)) return [];
  const methods: CanonicalizationMethod[] = [];
  for (const candidate of otherMethods(subject, false, budget)) {
    const octets = candidate.octets();
    if (!account.take(octets.length)) break;
    if ((await target.matches(octets)) !== null) methods.push(candidate.method);
  }
  return methods;
}

/**
 * Searches the cause of a MAC that does not verify: other keys, other algorithms, then other SignedInfo
 * (docs/faults.md: hmac-key-derivation, hmac-truncation-or-key-text).
 */
import type { CauseCode, Deed } from '../../trace/finding-data/causes.ts';
import { MAC_ALGORITHMS } from '../../algorithms/signature-algorithms.ts';
import { equalOctets } from '../../bytes/octets.ts';
import { macKeyVariants } from '../../key-resolution/mac-key-variants.ts';
import type { SignatureParts } from '../../signature/read-signature.ts';
import type { Direct } from '../reference/direct-causes.ts';
import { searchSignedInfo } from './search-signed-info.ts';
import type { Match } from '../search.ts';
import type { TrialAccount } from '../trial-account.ts';
import type { ValueCause } from './value-cause.ts';
import { valueForms } from './value-forms.ts';
import { macTarget } from './value-target.ts';

/** HMAC: other keys, other algorithms, then other SignedInfo. */
export async function diagnoseMac(
  mac: Omit<Direct, 'causes'> & { readonly parts: SignatureParts },
  account: TrialAccount,
  causes: ValueCause[],
  matches: Match[],
): Promise<void> {
  const { signature, subject, named, text, search, parts } = mac;
  const { crypto } = search;
  const secrets = (signature.resolution?.keys ?? []).flatMap((key) => (key.secret === null ? [] : [key.secret]));
  const values: readonly { readonly code: CauseCode | null; readonly how: string; readonly octets: Uint8Array }[] = [
    ...(mac.value === null ? [] : [{ code: null, how: '', octets: mac.value }]),
    ...valueForms(text, mac.value, null),
  ];
  const passes = async (uri: string, secret: Uint8Array, octets: Uint8Array, parameters = named.parameters) =>
    account.take(subject.octets.length) &&
    (await crypto.verifyMac(uri, parameters, secret, subject.octets, octets)).result === 'pass';
  const add = (code: CauseCode, how: string, data: Deed = {}) =>
    causes.push({ code, party: 'signer', how, data, proven: true, also: [] });
  for (const form of values) {
    for (const secret of secrets) {
      if (form.code !== null && (await passes(named.uri, secret, form.octets))) return void add(form.code, form.how);
    }
  }
  if (mac.value === null) return;
  const { value } = mac;
  if (parts.keyInfo !== null) {
    for (const variant of macKeyVariants(parts.keyInfo, search.resolution)) {
      if (await passes(named.uri, variant.secret, value)) {
        return void add(
          variant.how.startsWith('key-as-text') ? 'hmac-truncation-or-key-text' : 'hmac-key-derivation',
          variant.how,
          { variant: variant.how },
        );
      }
    }
  }
  for (const secret of secrets) {
    for (const algorithm of MAC_ALGORITHMS) {
      if (algorithm.uri !== named.uri && (await passes(algorithm.uri, secret, value, {}))) {
        return void add('sig-hash-label-mismatch', 'other-hash', { declared: named.uri, used: algorithm.uri });
      }
    }
    const whole = crypto.mac(named.uri, secret, subject.octets);
    if (
      whole !== null &&
      value.length >= 10 &&
      value.length !== whole.length &&
      equalOctets(whole.subarray(0, value.length), value)
    ) {
      return void add('hmac-truncation-or-key-text', 'truncated', { octets: value.length, whole: whole.length });
    }
  }
  for (const entry of search.resolution.keys) {
    if (entry.secret !== null && (await passes(named.uri, entry.secret, value))) {
      return void add('sig-wrong-key-for-cert', 'other-secret', { where: entry.name ?? entry.file, subject: null });
    }
  }
  for (const secret of secrets.slice(0, 2)) {
    await searchSignedInfo(
      { subject, parts, signature, named, value: null },
      macTarget(crypto, named, secret, value),
      search,
      account,
      matches,
    );
  }
}

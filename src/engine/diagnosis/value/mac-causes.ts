/**
 * Causes of a MAC that does not verify and that need no other SignedInfo, in the order in which they are tried
 * (docs/faults.md: hmac-key-derivation, hmac-truncation-or-key-text).
 */
import { MAC_ALGORITHMS } from '../../algorithms/signature-algorithms.ts';
import { equalOctets } from '../../bytes/octets.ts';
import type { SignatureParameters } from '../../crypto/provider.ts';
import { macKeyVariants } from '../../key-resolution/mac-key-variants.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import { signersCause, type ValueHypothesis, type WrongValue } from './value-cause.ts';
import { valueForms } from './value-forms.ts';

/** Secrets that KeyInfo leads to. */
export function secretsOf({ resolution }: JudgedSignature): readonly Uint8Array[] {
  return (resolution?.keys ?? []).flatMap((key) => (key.secret === null ? [] : [key.secret]));
}

async function macPasses(
  { subject, search, named }: WrongValue,
  secret: Uint8Array,
  value: Uint8Array,
  uri = named.uri,
  parameters: SignatureParameters = named.parameters,
): Promise<boolean> {
  if (!subject.account.take(subject.octets.length)) return false;
  return (await search.crypto.verifyMac(uri, parameters, secret, subject.octets, value)).result === 'pass';
}

const OTHER_FORM: ValueHypothesis = {
  name: 'other-form',
  async prove(wrong) {
    for (const form of valueForms(wrong.text, wrong.value, null)) {
      for (const secret of secretsOf(wrong.signature)) {
        if (await macPasses(wrong, secret, form.octets)) return [signersCause(form.code, form.how)];
      }
    }
    return [];
  },
};

const OTHER_DERIVATION: ValueHypothesis = {
  name: 'other-derivation',
  async prove(wrong) {
    const { parts, search, value } = wrong;
    if (value === null || parts.keyInfo === null) return [];
    for (const { secret, how } of macKeyVariants(parts.keyInfo, search.resolution)) {
      if (!(await macPasses(wrong, secret, value))) continue;
      const code = how.startsWith('key-as-text') ? 'hmac-truncation-or-key-text' : 'hmac-key-derivation';
      return [signersCause(code, how, { variant: how })];
    }
    return [];
  },
};

const OTHER_HASH_OR_LENGTH: ValueHypothesis = {
  name: 'other-hash-or-length',
  async prove(wrong) {
    const { signature, subject, named, search, value } = wrong;
    if (value === null) return [];
    for (const secret of secretsOf(signature)) {
      for (const { uri } of MAC_ALGORITHMS) {
        if (uri !== named.uri && (await macPasses(wrong, secret, value, uri, {}))) {
          return [signersCause('sig-hash-label-mismatch', 'other-hash', { declared: named.uri, used: uri })];
        }
      }
      const whole = search.crypto.mac(named.uri, secret, subject.octets);
      if (whole !== null && isCut(value, whole)) {
        const data = { octets: value.length, whole: whole.length };
        return [signersCause('hmac-truncation-or-key-text', 'truncated', data)];
      }
    }
    return [];
  },
};

/** Fewer octets would match by accident. */
const FEWEST = 10;

function isCut(value: Uint8Array, whole: Uint8Array): boolean {
  return value.length >= FEWEST && value.length !== whole.length && equalOctets(whole.subarray(0, value.length), value);
}

const OTHER_SECRET: ValueHypothesis = {
  name: 'other-secret',
  async prove(wrong) {
    const { search, value } = wrong;
    if (value === null) return [];
    for (const { secret, name, file } of search.resolution.keys) {
      if (secret !== null && (await macPasses(wrong, secret, value))) {
        return [signersCause('sig-wrong-key-for-cert', 'other-secret', { where: name ?? file, subject: null })];
      }
    }
    return [];
  },
};

/** Likely and cheap ones first. */
export const MAC_CAUSES: readonly ValueHypothesis[] = [
  OTHER_FORM,
  OTHER_DERIVATION,
  OTHER_HASH_OR_LENGTH,
  OTHER_SECRET,
];

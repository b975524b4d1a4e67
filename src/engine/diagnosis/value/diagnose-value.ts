/** Searches the cause of a signature value that does not verify (docs/faults.md, "Signature value"). */
import { algorithmByUri } from '../../algorithms/algorithm-table.ts';
import { decodeBase64 } from '../../bytes/base64.ts';
import { equalOctets } from '../../bytes/octets.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import { parseCanonicalizationMethod } from '../../canonicalization/parse-canonicalization-method.ts';
import type { SignatureParameters } from '../../crypto/provider.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import { readSignature, type SignatureParts } from '../../signature/read-signature.ts';
import { readOutputLength, readPssParameters } from '../../signature/signature-parameters.ts';
import type { Data } from '../../trace/trace.ts';
import { attributeValue, textContent } from '../../xml/navigate.ts';
import { tokenize } from '../canonical-tokens.ts';
import { diagnoseMac } from './diagnose-mac.ts';
import { MOST_TOKENIZED } from '../reference/diagnose-reference.ts';
import { directCauses } from '../reference/direct-causes.ts';
import type { KnownKey } from './known-keys.ts';
import { searchSignedInfo } from './search-signed-info.ts';
import type { Match, Target } from '../search.ts';
import { editSubject, type TextSubject } from '../text-subject.ts';
import { WORK, type TrialAccount } from '../trial-account.ts';
import { keyData, otherKey, type ValueCause, type ValueSearch } from './value-cause.ts';
import {
  isFast,
  recovered,
  recoveryWork,
  recoveredTarget,
  verifyingTarget,
  type NamedMethod,
  type RecoveredValue,
} from './value-target.ts';

export interface ValueDiagnosis {
  readonly signature: JudgedSignature;
  readonly parts: SignatureParts;
  readonly subject: TextSubject;
  readonly causes: readonly ValueCause[];
  readonly matches: readonly Match[];
  /** What can be said where nothing is proven: the recovered block's padding, and whether this key made the value. */
  readonly known: Data;
}

/**
 * Public-key verifications that one search may cost where no block can be recovered: where WebCrypto verifies, and
 * where we do.
 */
const VERIFICATIONS = 200;
const SLOW_VERIFICATIONS = 60;

/** @returns null where the signature has no SignedInfo and value to look at */
export async function diagnoseValue(
  signature: JudgedSignature,
  search: ValueSearch,
  account: TrialAccount,
): Promise<ValueDiagnosis | null> {
  const { document } = signature;
  const read = readSignature(document, signature.node);
  if (!read.ok) return null;
  const { parts } = read;
  const { method } = parseCanonicalizationMethod(document, parts.canonicalizationMethod);
  if (method === null) return null;
  const set = { type: 'subtree', document, apex: parts.signedInfo, comments: true, excluded: [] } as const;
  if (account.empty) return null;
  const { octets } = canonicalize(set, method, search.budget);
  const tokens = octets.length > MOST_TOKENIZED ? null : tokenize(octets);
  account.spend((tokens?.length ?? 0) * WORK.tokenRead);
  const subject: TextSubject = {
    ...editSubject(document, search.names, parts.signedInfo, null, account),
    document,
    set,
    apex: parts.signedInfo,
    method,
    implicit: false,
    octets,
    tokens,
    names: search.names,
  };
  const text = textContent(document, parts.signatureValue);
  const value = decodeBase64(text.trim()).octets;
  const named = namedMethod(signature, parts);
  const causes: ValueCause[] = [];
  const matches: Match[] = [];
  const known: Record<string, string | boolean | null> = {};
  const done = (): ValueDiagnosis => ({ signature, parts, subject, causes, matches, known });
  if (algorithmByUri(named.uri)?.kind === 'mac') {
    await diagnoseMac({ signature, subject, named, text, value, search, parts }, account, causes, matches);
    return done();
  }
  const direct = await directCauses({ signature, subject, named, text, value, search, causes });
  if (direct || value === null) return done();
  const signer = realSigner(signature, value, search, account);
  if (signer === null) known['padding'] = null;
  else {
    known['padding'] = signer.value?.block.padding ?? null;
    if (signer.value !== null && signer.value.block.padding === 'pkcs1-bare') known['bare'] = true;
    const target = targetOf(signer, value, named, search, account);
    if (target !== null) {
      await searchSignedInfo(
        { subject, parts, signature, named, value: signer.value },
        target,
        search,
        account,
        matches,
      );
    }
    if (
      matches.length > 0 &&
      signer.value?.block.padding === 'pkcs1-bare' &&
      !matches.some((match) => match.code === 'sig-no-digestinfo')
    ) {
      causes.push({
        code: 'sig-no-digestinfo',
        party: 'signer',
        how: 'bare-hash',
        data: keyData(signer.known),
        proven: true,
        also: [],
      });
    }
    const used = signature.used?.publicKey ?? null;
    if (
      matches.length > 0 &&
      used !== null &&
      signer.known.key !== used &&
      !equalOctets(signer.known.key.spki, used.spki)
    ) {
      causes.push(otherKey(signer.known, signature, true));
    }
    known['madeBySigner'] = signer.value?.block.padding === 'pkcs1';
  }
  if (matches.length === 0 && causes.length === 0) unprovenCauses(signature, signer, value, causes);
  return done();
}

function namedMethod(signature: JudgedSignature, parts: SignatureParts): NamedMethod {
  const { document } = signature;
  const uri = attributeValue(document, parts.signatureMethod, '', 'Algorithm') ?? '';
  const parameters: { -readonly [K in keyof SignatureParameters]: SignatureParameters[K] } = {};
  if (algorithmByUri(uri)?.scheme === 'rsa-pss-parameters') {
    parameters.pss = readPssParameters(document, parts.signatureMethod);
  }
  const length = readOutputLength(document, parts.signatureMethod);
  if (length !== null && Number.isFinite(length.bits) && length.bits > 0) parameters.hmacOutputLength = length.bits;
  return { uri, parameters };
}

interface Signer {
  readonly known: KnownKey;
  readonly value: RecoveredValue | null;
}

/** The key under which the value reads as a signature; where that cannot be told, the key that was used. */
function realSigner(
  signature: JudgedSignature,
  value: Uint8Array,
  search: ValueSearch,
  account: TrialAccount,
): Signer | null {
  const maxBits = search.budget.limits.rsaModulusBits;
  for (const known of search.keys) {
    if (!account.spend(recoveryWork(known.key))) return null;
    const read = known.key.kind === 'RSA' ? recovered(known.key, value, maxBits) : null;
    if (read !== null && (read.block.padding === 'pkcs1' || read.block.padding === 'pkcs1-bare')) {
      return { known, value: read };
    }
  }
  const used = signature.used?.publicKey ?? search.keys[0]?.key ?? null;
  const known = search.keys.find((one) => one.key === used) ?? search.keys[0];
  if (known === undefined) return null;
  return { known, value: known.key.kind === 'RSA' ? recovered(known.key, value, maxBits) : null };
}

function targetOf(
  signer: Signer,
  value: Uint8Array,
  named: NamedMethod,
  search: ValueSearch,
  account: TrialAccount,
): Target | null {
  const byDigest = signer.value === null ? null : recoveredTarget(search.crypto, signer.value, named);
  if (byDigest !== null) return byDigest;
  // A PKCS#1 label over a block that is none: no other SignedInfo will verify.
  if (signer.known.key.kind === 'RSA' && algorithmByUri(named.uri)?.scheme === 'rsa-pkcs1') return null;
  return verifyingTarget(
    search.crypto,
    named,
    signer.known.key,
    value,
    account.extent(isFast(signer.known.key) ? VERIFICATIONS : SLOW_VERIFICATIONS),
  );
}

/** What a value that nothing explains may still mean. */
function unprovenCauses(
  signature: JudgedSignature,
  signer: Signer | null,
  value: Uint8Array,
  causes: ValueCause[],
): void {
  const used = signature.used?.publicKey ?? null;
  if (signer === null || used === null) return;
  // Null: the value, as a number, is not below the modulus, so that this key cannot have made it.
  const { padding } = signer.value?.block ?? {};
  if (padding === 'pkcs1') {
    // Well-formed under this key: it signed, but not this SignedInfo.
    causes.push({
      code: 'signature-of-other-signedinfo',
      party: 'transit',
      how: 'well-formed-block',
      data: { ...keyData(signer.known), digest: signer.value?.digest ?? null },
      proven: false,
      also: [],
    });
  } else if (
    used.kind === 'RSA' &&
    (padding === 'none' || signer.value === null) &&
    value.length === (used.bits + 7) >> 3
  ) {
    causes.push({
      code: 'sig-wrong-key-for-cert',
      party: 'signer',
      how: 'random-block',
      data: { ...keyData(signer.known), named: signature.used?.certificate?.subjectText ?? null },
      proven: false,
      also: [],
    });
  } else if (used.kind === 'RSA' && value.length !== (used.bits + 7) >> 3) {
    causes.push({
      code: 'sig-wrong-key-for-cert',
      party: 'signer',
      how: 'other-length',
      data: { ...keyData(signer.known), octets: value.length, expected: (used.bits + 7) >> 3 },
      proven: false,
      also: [],
    });
  }
}

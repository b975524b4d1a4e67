/** Searches the cause of a signature value that does not verify (docs/faults.md, "Signature value"). */
import { algorithmByUri } from '../../algorithms/algorithm-table.ts';
import { decodeBase64 } from '../../bytes/base64.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import { parseCanonicalizationMethod } from '../../canonicalization/parse-canonicalization-method.ts';
import { ecdsaValueFromDer } from '../../crypto/ecdsa-value.ts';
import type { PublicKey } from '../../crypto/keys.ts';
import type { SignatureParameters } from '../../crypto/provider.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import { readSignature, type SignatureParts } from '../../signature/read-signature.ts';
import { readOutputLength, readPssParameters } from '../../signature/signature-parameters.ts';
import type { Data } from '../../trace/trace.ts';
import { attributeValue, textContent } from '../../xml/navigate.ts';
import { tokenizeBounded } from '../canonical-tokens.ts';
import { tryStages, type Match } from '../search.ts';
import { editSubject, type TextSubject } from '../text-subject.ts';
import { WORK, type TrialAccount } from '../trial-account.ts';
import { MAC_CAUSES, secretsOf } from './mac-causes.ts';
import { isUsed, otherKey } from './other-key.ts';
import { PUBLIC_KEY_CAUSES } from './public-key-causes.ts';
import { realSigner, signerTarget, type Signer } from './real-signer.ts';
import { SIGNED_INFO_STAGES } from './signed-info-causes.ts';
import { unprovenCause } from './unproven-cause.ts';
import {
  firstProof,
  keyData,
  signersCause,
  usedKey,
  type ValueCause,
  type ValueSearch,
  type WrongValue,
} from './value-cause.ts';
import { macTarget, type NamedMethod } from './value-target.ts';

/** What was found about one signature value. */
export interface ValueDiagnosis {
  readonly parts: SignatureParts;
  readonly causes: readonly ValueCause[];
  readonly matches: readonly Match[];
  /** What can be said where nothing is proven: the recovered block's padding, and whether this key made the value. */
  readonly known: Data;
}

type Searched = Omit<ValueDiagnosis, 'parts'>;

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
  const subject = signedInfoSubject(signature, parts, search, account);
  if (subject === null) return null;
  const text = textContent(document, parts.signatureValue);
  const value = decodeBase64(text.trim()).octets;
  const named = namedMethod(signature, parts);
  const wrong: WrongValue = { signature, parts, subject, named, text, value, search };
  const isMac = algorithmByUri(named.uri)?.kind === 'mac';
  const causes = await firstProof(isMac ? MAC_CAUSES : PUBLIC_KEY_CAUSES, wrong);
  if (causes.length > 0 || value === null) return { parts, causes, matches: [], known: {} };
  const searched = await (isMac ? searchMac(wrong, value, account) : searchSigned(wrong, value, account));
  return { parts, ...searched };
}

function signedInfoSubject(
  { document }: JudgedSignature,
  parts: SignatureParts,
  { names, budget }: ValueSearch,
  account: TrialAccount,
): TextSubject | null {
  const { method } = parseCanonicalizationMethod(document, parts.canonicalizationMethod);
  if (method === null || account.empty) return null;
  const apex = parts.signedInfo;
  const set = { type: 'subtree', document, apex, comments: true, excluded: [] } as const;
  const { octets } = canonicalize(set, method, budget);
  const tokens = tokenizeBounded(octets);
  account.spend((tokens?.length ?? 0) * WORK.tokenRead);
  return {
    ...editSubject(document, names, apex, null, account),
    document,
    set,
    apex,
    method,
    implicit: false,
    octets,
    tokens,
    names,
  };
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

/** Secrets of which other SignedInfo is tried; a message has one. */
const MOST_SECRETS = 2;

/** Another SignedInfo under the secrets that KeyInfo leads to. */
async function searchMac(wrong: WrongValue, value: Uint8Array, account: TrialAccount): Promise<Searched> {
  const matches: Match[] = [];
  for (const secret of secretsOf(wrong.signature).slice(0, MOST_SECRETS)) {
    const target = macTarget(wrong.search.crypto, wrong.named, secret, value);
    await tryStages(SIGNED_INFO_STAGES, { ...wrong, recovered: null }, target, account, matches);
  }
  return { causes: [], matches, known: {} };
}

/** Another SignedInfo under the key that made the value. */
async function searchSigned(wrong: WrongValue, value: Uint8Array, account: TrialAccount): Promise<Searched> {
  const { signature, named, search } = wrong;
  const signer = realSigner(signature, value, search, account);
  if (signer === null) return { causes: [], matches: [], known: { padding: null } };
  const matches: Match[] = [];
  // Where SignedInfo is wrong as well, no value verifies as it stands: what can only be DER is read as DER.
  const der = derValue(signer.known.key, value);
  const target = signerTarget(signer, der ?? value, named, search, account);
  if (target !== null) {
    await tryStages(SIGNED_INFO_STAGES, { ...wrong, recovered: signer.recovered }, target, account, matches);
  }
  const unproven = matches.length > 0 ? null : unprovenCause(signature, signer, value);
  const causes =
    matches.length > 0 ? besides(matches, signer, signature, der !== null) : unproven === null ? [] : [unproven];
  const padding = signer.recovered?.block.padding ?? null;
  const known = { padding, ...(padding === 'pkcs1-bare' ? { bare: true } : {}), madeBySigner: padding === 'pkcs1' };
  return { causes, matches, known };
}

/**
 * r and s of a value that is an Ecdsa-Sig-Value and has not the length of r and s; null for any other (RFC 3279
 * §2.2.3).
 */
function derValue(key: PublicKey, value: Uint8Array): Uint8Array | null {
  if (key.kind !== 'EC') return null;
  const made = ecdsaValueFromDer(key.curve, value);
  return made === null || made.length === value.length ? null : made;
}

/** What is wrong as well where another SignedInfo matches: the value's form, the key. */
function besides(
  matches: readonly Match[],
  signer: Signer,
  signature: JudgedSignature,
  der: boolean,
): readonly ValueCause[] {
  const causes: ValueCause[] = der ? [signersCause('ecdsa-der-not-rs', 'der', keyData(signer.known))] : [];
  const bare = signer.recovered?.block.padding === 'pkcs1-bare';
  if (bare && !matches.some((match) => match.code === 'sig-no-digestinfo')) {
    causes.push(signersCause('sig-no-digestinfo', 'bare-hash', keyData(signer.known)));
  }
  if (usedKey(signature) !== null && !isUsed(signer.known, signature)) causes.push(otherKey(signer.known, signature));
  return causes;
}

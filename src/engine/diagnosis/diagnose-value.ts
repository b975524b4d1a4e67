/** Searches the cause of a signature value that does not verify (faults.json, category "signature value"). */
import { algorithmByUri } from '../algorithms/algorithm-table.ts';
import { MAC_ALGORITHMS, SIGNATURE_ALGORITHMS } from '../algorithms/signature-algorithms.ts';
import { Digest } from '../algorithms/namespaces.ts';
import { decodeBase64Lenient } from '../bytes/base64.ts';
import { equalOctets } from '../bytes/octets.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { canonicalize } from '../canonicalization/canonicalize.ts';
import { parseCanonicalizationMethod } from '../canonicalization/parse-canonicalization-method.ts';
import type { PublicKey } from '../crypto/keys.ts';
import type { SignatureParameters } from '../crypto/provider.ts';
import type { KeyResolutionContext } from '../key-resolution/key-resolution-types.ts';
import { macKeyVariants } from '../key-resolution/mac-key-variants.ts';
import type { IdIndex } from '../references/id-index.ts';
import type { JudgedSignature } from '../signature/judged-signature.ts';
import { readSignature, type SignatureParts } from '../signature/read-signature.ts';
import { readOutputLength, readPssParameters } from '../signature/signature-parameters.ts';
import type { Data } from '../trace/trace.ts';
import { attributeValue, textContent } from '../xml/navigate.ts';
import { tokenize, tokensOctets } from './canonical-tokens.ts';
import { MOST_TOKENIZED, type ReferenceDiagnosis, type SearchPorts } from './diagnose-reference.ts';
import { withoutInherited, withoutInner, withoutUsed } from './edit-namespaces.ts';
import { EDITS, FREQUENT_EDITS } from './edits.ts';
import type { Candidate } from './hypothesis.ts';
import type { KnownKey } from './known-keys.ts';
import { editsEverywhere, editsSomewhere, tryAll, tryPairs, tryUntilOne, type Match, type Target } from './search.ts';
import { otherElements } from './signer-elements.ts';
import { otherMethods } from './signer-methods.ts';
import { encodedOctets, hashedAgain, wrappedOctets } from './signer-octets.ts';
import { attributeOrders, emptyElements, escapeFaults } from './signer-serialisation.ts';
import { rawReturns, rawSlices } from './signer-source.ts';
import { signedInfoEdits } from './signed-info-edits.ts';
import { editSubject, type MessageNames, type TextSubject } from './text-subject.ts';
import { WORK, tokensWork, type TrialAccount } from './trial-account.ts';
import { valueForms } from './value-forms.ts';
import { isFast, macTarget, recovered, recoveryWork, recoveredTarget, verificationWork, verifyingTarget, type NamedMethod, type RecoveredValue } from './value-target.ts';

export interface ValueSearch extends SearchPorts {
  readonly names: MessageNames;
  readonly ids: IdIndex;
  readonly keys: readonly KnownKey[];
  readonly resolution: KeyResolutionContext;
  readonly failing: readonly ReferenceDiagnosis[];
}

/** A cause that is no other octets: another key, another form of the value, another algorithm. */
export interface ValueCause {
  readonly code: string;
  readonly party: Candidate['party'];
  readonly how: string;
  readonly data: Data;
  readonly proven: boolean;
  readonly also: readonly string[];
}

export interface ValueDiagnosis {
  readonly signature: JudgedSignature;
  readonly parts: SignatureParts;
  readonly subject: TextSubject;
  readonly causes: readonly ValueCause[];
  readonly matches: readonly Match[];
  /** What can be said where nothing is proven: the recovered block's padding, and whether this key made the value. */
  readonly known: Data;
}

/** Public-key verifications that one search may cost where no block can be recovered: where WebCrypto verifies, and where we do. */
const VERIFICATIONS = 200;
const SLOW_VERIFICATIONS = 60;

/** @returns null where the signature has no SignedInfo and value to look at */
export async function diagnoseValue(signature: JudgedSignature, search: ValueSearch, account: TrialAccount): Promise<ValueDiagnosis | null> {
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
  const subject: TextSubject = { ...editSubject(document, search.names, parts.signedInfo, null, account), document, set, apex: parts.signedInfo, method, implicit: false, octets, tokens, names: search.names };
  const text = textContent(document, parts.signatureValue);
  const value = decodeBase64Lenient(text.trim()).octets;
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
    if (target !== null) await searchSignedInfo({ subject, parts, signature, named, value: signer.value }, target, search, account, matches);
    if (matches.length > 0 && signer.value?.block.padding === 'pkcs1-bare' && !matches.some((match) => match.code === 'sig-no-digestinfo')) causes.push({ code: 'sig-no-digestinfo', party: 'signer', how: 'bare-hash', data: keyData(signer.known), proven: true, also: [] });
    const used = signature.used?.publicKey ?? null;
    if (matches.length > 0 && used !== null && signer.known.key !== used && !equalOctets(signer.known.key.spki, used.spki)) causes.push(otherKey(signer.known, signature, true));
    known['madeBySigner'] = signer.value?.block.padding === 'pkcs1';
  }
  if (matches.length === 0 && causes.length === 0) unprovenCauses(signature, signer, value, causes);
  return done();
}

function namedMethod(signature: JudgedSignature, parts: SignatureParts): NamedMethod {
  const { document } = signature;
  const uri = attributeValue(document, parts.signatureMethod, '', 'Algorithm') ?? '';
  const parameters: { -readonly [K in keyof SignatureParameters]: SignatureParameters[K] } = {};
  if (algorithmByUri(uri)?.scheme === 'rsa-pss-parameters') parameters.pss = readPssParameters(document, parts.signatureMethod);
  const length = readOutputLength(document, parts.signatureMethod);
  if (length !== null && Number.isFinite(length.bits) && length.bits > 0) parameters.hmacOutputLength = length.bits;
  return { uri, parameters };
}

const keyData = (known: KnownKey | null): Record<string, string | null> => ({ subject: known?.certificate?.subjectText ?? null, key: known?.key.kind ?? null, where: known?.where ?? null });

function otherKey(known: KnownKey, signature: JudgedSignature, proven: boolean): ValueCause {
  const data = { ...keyData(known), named: signature.used?.certificate?.subjectText ?? null };
  // A key of our own was taken to verify with, although the message has the signer's.
  if (signature.used === null) return { code: 'verifies-with-other-key', party: 'signer', how: 'key-found-elsewhere', data, proven: false, also: [] };
  const own = signature.used.from === 'given' && signature.used.how !== 'given' && known.from === 'message';
  const several = known.from === 'message' && signature.used.from === 'message';
  const code = several ? 'multiple-bst-wrong-picked' : own ? 'verify-with-own-cert' : 'sig-wrong-key-for-cert';
  return { code, party: own ? 'receiver' : 'signer', how: 'other-key', data, proven, also: code === 'sig-wrong-key-for-cert' ? [] : ['sig-wrong-key-for-cert'] };
}

interface Direct {
  readonly signature: JudgedSignature;
  readonly subject: TextSubject;
  readonly named: NamedMethod;
  readonly text: string;
  readonly value: Uint8Array | null;
  readonly search: ValueSearch;
  readonly causes: ValueCause[];
}

/** Causes that need no other SignedInfo: the key, the value's form, the algorithm. */
async function directCauses(direct: Direct): Promise<boolean> {
  const { signature, subject, named, text, value, search, causes } = direct;
  const { account } = subject;
  const passes = async (uri: string, parameters: SignatureParameters, key: PublicKey, octets: Uint8Array) => account.take(subject.octets.length, verificationWork(key, uri)) && (await search.crypto.verify(uri, parameters, key, subject.octets, octets)).result === 'pass';
  const used = signature.used?.publicKey ?? null;
  const isUsed = (known: KnownKey) => used !== null && equalOctets(known.key.spki, used.spki);
  const add = (known: KnownKey, cause: Omit<ValueCause, 'proven' | 'also'>) => {
    causes.push({ ...cause, proven: true, also: [] });
    if (!isUsed(known)) causes.push(otherKey(known, signature, true));
    return true;
  };
  if (value !== null) {
    for (const known of search.keys) {
      if (isUsed(known) || !(await passes(named.uri, named.parameters, known.key, value))) continue;
      causes.push(otherKey(known, signature, true));
      return true;
    }
  }
  for (const known of search.keys.slice(0, 6)) {
    for (const form of valueForms(text, value, known.key)) {
      if (await passes(named.uri, named.parameters, known.key, form.octets)) return add(known, { code: form.code, party: 'signer', how: form.how, data: keyData(known) });
    }
  }
  if (value === null) return false;
  for (const known of search.keys.slice(0, 6)) {
    // Only a block that ends as PSS ends is worth its many parameters.
    if (!account.spend(recoveryWork(known.key))) return false;
    if (known.key.kind === 'RSA' && recovered(known.key, value, search.budget.limits.rsaModulusBits)?.block.padding !== 'pss') continue;
    for (const other of otherSchemes(named, known.key)) {
      if (await passes(other.uri, other.parameters, known.key, value)) return add(known, { code: other.code, party: 'signer', how: other.how, data: { ...keyData(known), declared: named.uri, used: other.uri, ...other.data } });
    }
  }
  return false;
}

interface OtherScheme extends NamedMethod {
  readonly code: string;
  readonly how: string;
  readonly data: Data;
}

const PSS_PARAMETERS = SIGNATURE_ALGORITHMS.find((algorithm) => algorithm.scheme === 'rsa-pss-parameters')?.uri ?? null;
const PSS_DIGESTS = [Digest.sha256, Digest.sha1, Digest.sha384, Digest.sha512] as const;

/** Other algorithms of the same kind of key; PSS with each usual salt and mask. */
function* otherSchemes(named: NamedMethod, key: PublicKey): Generator<OtherScheme> {
  const scheme = algorithmByUri(named.uri)?.scheme ?? null;
  if (key.kind === 'RSA') {
    if (PSS_PARAMETERS === null) return;
    const size = (key.bits + 7) >> 3;
    for (const digest of PSS_DIGESTS) {
      const length = { [Digest.sha256]: 32, [Digest.sha1]: 20, [Digest.sha384]: 48, [Digest.sha512]: 64 }[digest];
      for (const maskDigest of new Set([digest, Digest.sha1, Digest.sha256])) {
        for (const saltLength of new Set([length, 20, 32, size - length - 2, 0])) {
          if (saltLength < 0 || saltLength > size - length - 2) continue;
          yield { uri: PSS_PARAMETERS, parameters: { pss: { digest, maskDigest, saltLength, trailerField: 1 } }, code: 'sig-pss-vs-pkcs1', how: scheme === 'rsa-pkcs1' ? 'pss-under-pkcs1' : 'other-pss-parameters', data: { digest, maskDigest, saltLength } };
        }
      }
    }
    return;
  }
  for (const algorithm of SIGNATURE_ALGORITHMS) {
    if (algorithm.uri === named.uri || algorithm.scheme !== scheme || algorithm.support.verdict !== 'yes') continue;
    yield { uri: algorithm.uri, parameters: {}, code: 'sig-hash-label-mismatch', how: 'other-hash', data: {} };
  }
}

interface Signer {
  readonly known: KnownKey;
  readonly value: RecoveredValue | null;
}

/** The key under which the value reads as a signature; where that cannot be told, the key that was used. */
function realSigner(signature: JudgedSignature, value: Uint8Array, search: ValueSearch, account: TrialAccount): Signer | null {
  const maxBits = search.budget.limits.rsaModulusBits;
  for (const known of search.keys) {
    if (!account.spend(recoveryWork(known.key))) return null;
    const read = known.key.kind === 'RSA' ? recovered(known.key, value, maxBits) : null;
    if (read !== null && (read.block.padding === 'pkcs1' || read.block.padding === 'pkcs1-bare')) return { known, value: read };
  }
  const used = signature.used?.publicKey ?? search.keys[0]?.key ?? null;
  const known = search.keys.find((one) => one.key === used) ?? search.keys[0];
  if (known === undefined) return null;
  return { known, value: known.key.kind === 'RSA' ? recovered(known.key, value, maxBits) : null };
}

function targetOf(signer: Signer, value: Uint8Array, named: NamedMethod, search: ValueSearch, account: TrialAccount): Target | null {
  const byDigest = signer.value === null ? null : recoveredTarget(search.crypto, signer.value, named);
  if (byDigest !== null) return byDigest;
  // A PKCS#1 label over a block that is none: no other SignedInfo will verify.
  if (signer.known.key.kind === 'RSA' && algorithmByUri(named.uri)?.scheme === 'rsa-pkcs1') return null;
  return verifyingTarget(search.crypto, named, signer.known.key, value, account.extent(isFast(signer.known.key) ? VERIFICATIONS : SLOW_VERIFICATIONS));
}

interface SignedInfoSearch {
  readonly subject: TextSubject;
  readonly parts: SignatureParts;
  readonly signature: JudgedSignature;
  readonly named: NamedMethod;
  readonly value: RecoveredValue | null;
}

/** The codes of digests where the octets are SignedInfo's. */
const SIGNED_INFO_CODES: Readonly<Record<string, string>> = {
  'digest-of-raw-serialisation': 'signedinfo-raw', 'attr-order-not-sorted': 'signedinfo-raw', 'empty-elem-form': 'signedinfo-raw', 'entity-text-overescaped': 'signedinfo-raw', 'xmldecl-in-digest': 'signedinfo-raw', 'bom-in-digest': 'signedinfo-raw',
  'crlf-raw-cr-kept': 'ws-signedinfo-reformatted', 'digest-double-hash': 'sig-double-hash', 'digest-over-declared-charset': 'signedinfo-raw', 'utf8-read-as-latin1-or-ascii': 'signedinfo-raw',
  'wrong-element-referenced': 'sig-over-body-not-signedinfo', 'str-transform-missing-or-wrong': 'sig-over-body-not-signedinfo',
};

function* renamed(candidates: Iterable<Candidate>): Generator<Candidate> {
  for (const candidate of candidates) yield { ...candidate, code: SIGNED_INFO_CODES[candidate.code] ?? candidate.code };
}

async function searchSignedInfo(search: SignedInfoSearch, target: Target, ports: ValueSearch, account: TrialAccount, found: Match[]): Promise<void> {
  const { subject, parts, signature, named, value } = search;
  const { budget } = ports;
  const { tokens, octets } = subject;
  const scheme = algorithmByUri(named.uri)?.scheme;
  const asIs = value?.block.padding === 'pkcs1-bare' ? 'sig-no-digestinfo' : scheme === 'rsa-pkcs1' ? 'sig-hash-label-mismatch' : 'sig-pss-vs-pkcs1';
  if (value !== null) await tryAll([{ code: asIs, party: 'signer', how: asIs === 'sig-no-digestinfo' ? 'bare-hash' : 'other-hash', data: { declared: named.uri }, octets: () => octets }], target, account, found);
  if (found.length > 0) return;
  if (subject.method?.family !== 'exclusive-1.0') await tryAll(missingDeclarations(subject), target, account, found);
  if (found.length > 0) return;
  await tryAll(otherMethods(subject, true, budget), target, account, found);
  if (found.length === 0 && tokens !== null) await tryUntilOne(editsEverywhere(FREQUENT_EDITS, tokens, subject, true), target, account, found);
  if (found.length > 0) return;
  const share = account.extent(2_000, 0.5);
  await tryUntilOne(signedInfoEdits({ subject, parts, ids: ports.ids, failing: ports.failing, crypto: ports.crypto, budget }), target, share, found);
  if (found.length > 0) return;
  if (tokens !== null) {
    await tryAll(editsEverywhere(EDITS, tokens, subject, true), target, account, found);
    await tryAll(missingDeclarations(subject), target, account, found);
  }
  if (found.length > 0) return;
  await tryAll(renamed(rawReturns(subject, budget)), target, account, found);
  await tryAll(renamed(rawSlices(subject)), target, account, found);
  for (const candidates of [attributeOrders(subject), emptyElements(subject), escapeFaults(subject), wrappedOctets(octets), encodedOctets(octets)]) await tryAll(renamed(candidates), target, account, found);
  await tryAll(renamed([...hashedAgain(octets, (text) => ports.crypto.digestNow(value?.digest ?? algorithmByUri(named.uri)?.digest ?? Digest.sha256, text))].filter((one) => one.code === 'digest-double-hash')), target, account, found);
  await tryAll(bodyInstead(search), target, account, found);
  if (found.length === 0) await tryUntilOne(renamed(otherElements(subject, signature.node, budget)), target, account, found);
  if (found.length > 0 || tokens === null) return;
  await tryUntilOne(editsSomewhere(EDITS, tokens, subject, true), target, account.extent(700, 0.5), found);
  await tryPairs(EDITS, tokens, subject, true, target, account.extent(400), found);
}

/** Declarations that SignedInfo inherits and its signer left out, or that were added above it later. */
function* missingDeclarations(subject: TextSubject): Generator<Candidate> {
  const { tokens } = subject;
  if (tokens === null) return;
  const own = { own: new Set<string>() };
  for (const edited of withoutInherited(tokens, own)) {
    const added = subject.method?.family !== 'exclusive-1.0';
    const one: Candidate = { code: added ? 'inclusive-ancestor-ns-added-later' : 'signedinfo-missing-xmlns', party: added ? 'transit' : 'signer', how: edited.how, data: edited.data ?? {}, work: tokensWork(edited.tokens.length), octets: () => tokensOctets(edited.tokens) };
    yield one;
    if (added && edited.data?.['all'] === true) yield { ...one, code: 'signedinfo-missing-xmlns', party: 'signer' };
  }
  for (const edited of [...withoutUsed(tokens, own), ...withoutInner(tokens)]) yield { code: 'signedinfo-missing-xmlns', party: 'signer', how: edited.how, data: edited.data ?? {}, work: tokensWork(edited.tokens.length), octets: () => tokensOctets(edited.tokens) };
}

/** What was signed instead of SignedInfo: the content of a reference, or its digest. */
function* bodyInstead({ signature }: SignedInfoSearch): Generator<Candidate> {
  const make = (how: string, uri: string | null, octets: () => Uint8Array): Candidate => ({ code: 'sig-over-body-not-signedinfo', party: 'signer', how, data: { uri }, octets });
  for (const { report, processed } of signature.references) {
    if (processed.status === 'octets') yield make('referenced-octets', report.uri, () => processed.octets);
    const digest = decodeBase64Lenient(report.expected).octets;
    if (digest !== null) yield make('digest-value-octets', report.uri, () => digest);
    yield make('digest-value-text', report.uri, () => encodeUtf8(report.expected));
  }
}

/** What a value that nothing explains may still mean. */
function unprovenCauses(signature: JudgedSignature, signer: Signer | null, value: Uint8Array, causes: ValueCause[]): void {
  const used = signature.used?.publicKey ?? null;
  if (signer === null || used === null) return;
  const { padding } = signer.value?.block ?? {};
  if (padding === 'pkcs1') {
    // Well-formed under this key: it signed, but not this SignedInfo.
    causes.push({ code: 'signature-of-other-signedinfo', party: 'transit', how: 'well-formed-block', data: { ...keyData(signer.known), digest: signer.value?.digest ?? null }, proven: false, also: [] });
  } else if (used.kind === 'RSA' && padding === 'none' && value.length === (used.bits + 7) >> 3) {
    causes.push({ code: 'sig-wrong-key-for-cert', party: 'signer', how: 'random-block', data: { ...keyData(signer.known), named: signature.used?.certificate?.subjectText ?? null }, proven: false, also: [] });
  } else if (used.kind === 'RSA' && value.length !== (used.bits + 7) >> 3) {
    causes.push({ code: 'sig-wrong-key-for-cert', party: 'signer', how: 'other-length', data: { ...keyData(signer.known), octets: value.length, expected: (used.bits + 7) >> 3 }, proven: false, also: [] });
  }
}

/** HMAC: other keys, other algorithms, then other SignedInfo. */
async function diagnoseMac(mac: Omit<Direct, 'causes'> & { readonly parts: SignatureParts }, account: TrialAccount, causes: ValueCause[], matches: Match[]): Promise<void> {
  const { signature, subject, named, text, search, parts } = mac;
  const { crypto } = search;
  const secrets = (signature.resolution?.keys ?? []).flatMap((key) => (key.secret === null ? [] : [key.secret]));
  const values = [...(mac.value === null ? [] : [{ code: '', how: '', octets: mac.value }]), ...valueForms(text, mac.value, null)];
  const passes = async (uri: string, secret: Uint8Array, octets: Uint8Array, parameters = named.parameters) => account.take(subject.octets.length) && (await crypto.verifyMac(uri, parameters, secret, subject.octets, octets)).result === 'pass';
  const add = (code: string, how: string, data: Data = {}) => causes.push({ code, party: 'signer', how, data, proven: true, also: [] });
  for (const form of values) for (const secret of secrets) if (form.code !== '' && (await passes(named.uri, secret, form.octets))) return void add(form.code, form.how);
  if (mac.value === null) return;
  const { value } = mac;
  if (parts.keyInfo !== null) {
    for (const variant of macKeyVariants(parts.keyInfo, search.resolution)) {
      if (await passes(named.uri, variant.secret, value)) return void add(variant.how.startsWith('key-as-text') ? 'hmac-truncation-or-key-text' : 'hmac-key-derivation', variant.how, { variant: variant.how });
    }
  }
  for (const secret of secrets) {
    for (const algorithm of MAC_ALGORITHMS) if (algorithm.uri !== named.uri && (await passes(algorithm.uri, secret, value, {}))) return void add('sig-hash-label-mismatch', 'other-hash', { declared: named.uri, used: algorithm.uri });
    const whole = crypto.mac(named.uri, secret, subject.octets);
    if (whole !== null && value.length >= 10 && value.length !== whole.length && equalOctets(whole.subarray(0, value.length), value)) return void add('hmac-truncation-or-key-text', 'truncated', { octets: value.length, whole: whole.length });
  }
  for (const entry of search.resolution.keys) {
    if (entry.secret !== null && (await passes(named.uri, entry.secret, value))) return void add('sig-wrong-key-for-cert', 'other-secret', { where: entry.name ?? entry.file, subject: null });
  }
  for (const secret of secrets.slice(0, 2)) await searchSignedInfo({ subject, parts, signature, named, value: null }, macTarget(crypto, named, secret, value), search, account, matches);
}

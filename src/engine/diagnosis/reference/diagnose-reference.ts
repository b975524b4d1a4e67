/** Searches the cause of a digest that does not match (docs/faults.md, "Digest mismatch"). */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { attachmentHypotheses } from './attachment-octets.ts';
import { includeHypotheses, type IncludedParts } from './include-octets.ts';
import { decodeBase64 } from '../../bytes/base64.ts';
import { equalOctets } from '../../bytes/octets.ts';
import { BudgetExceeded, type Budget } from '../../bytes/budget.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { CANONICALIZATION_METHODS } from '../../canonicalization/methods.ts';
import { parseCanonicalizationMethod } from '../../canonicalization/parse-canonicalization-method.ts';
import { DS, SAML1, SAML2, SOAP11, SOAP12, WSSE } from '../../xml/namespaces.ts';
import type { CryptoProvider } from '../../crypto/provider.ts';
import { readEncodedValue } from '../../signature/digest-value.ts';
import type { JudgedReference, JudgedSignature } from '../../signature/judged-signature.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../../xml/document.ts';
import {
  attributes,
  childElementsNamed,
  declaredPrefix,
  descendantElementsNamed,
  firstChildElement,
  isElement,
  isNamespaceDeclaration,
  qualifiedName,
} from '../../xml/navigate.ts';
import { tokenize, tokensOctets } from '../canonical-tokens.ts';
import { decryptedContent } from './decrypted-content.ts';
import { digestOf, digestTarget, likelyAlgorithm, otherAlgorithms, relabelled } from './digest-target.ts';
import { withoutInherited, withoutInner, withoutUsed, withRepeated } from '../edits/edit-namespaces.ts';
import { EDITS } from '../edits/edits.ts';
import type { Candidate, EditedTokens } from '../hypothesis.ts';
import {
  editsEverywhere,
  editsSomewhere,
  tryAll,
  tryNext,
  tryOne,
  tryPairs,
  tryUntilOne,
  type Match,
  type Target,
} from '../search.ts';
import { otherElements, partsOfElement } from '../signer/signer-elements.ts';
import { otherMethods, type MethodCandidate } from '../signer/signer-methods.ts';
import { encodedOctets, hashedAgain, wrappedOctets } from '../signer/signer-octets.ts';
import { attributeOrders, emptyElements, escapeFaults } from '../signer/signer-serialisation.ts';
import { cdataFaults, rawReturns, rawSlices } from '../signer/signer-source.ts';
import { editSubject, type MessageNames, type TextSubject } from '../text-subject.ts';
import { WORK, tokensWork, type TrialAccount } from '../trial-account.ts';

export interface SearchPorts {
  readonly crypto: CryptoProvider;
  readonly budget: Budget;
  /** Where the message is MTOM: the same without its parts in place. */
  readonly parts?: IncludedParts | null;
}

/** Longer canonical octets are not cut into tokens: only what works on octets and nodes is tried. */
export const MOST_TOKENIZED = 4 * 1024 * 1024;

export interface ReferenceDiagnosis {
  readonly reference: JudgedReference;
  /** The ds:Reference element. */
  readonly node: NodeIndex;
  readonly subject: TextSubject;
  readonly matches: readonly Match[];
  /** Every canonicalization that gives the digest, for the label that SignedInfo may have had. */
  readonly methods: readonly CanonicalizationMethod[];
  /** Text of ds:DigestMethod that the digest was made with, where it is not the one named. */
  readonly digestUsed: string | null;
}

/** The method of the chain's last canonicalization, that of an STR-Transform included. */
export function finalMethod(
  document: XmlDocument,
  reference: NodeIndex,
): { readonly method: CanonicalizationMethod; readonly implicit: boolean } {
  const list = firstChildElement(document, reference, DS, 'Transforms');
  const transforms = list === NO_NODE ? [] : childElementsNamed(document, list, DS, 'Transform');
  for (const transform of transforms.reverse()) {
    const inner = descendantElementsNamed(document, transform, DS, 'CanonicalizationMethod')[0];
    for (const element of inner === undefined ? [transform] : [inner]) {
      const { method } = parseCanonicalizationMethod(document, element);
      if (method !== null) return { method, implicit: false };
    }
  }
  return { method: { ...CANONICALIZATION_METHODS[0]!, inclusivePrefixes: [] }, implicit: true };
}

export function referenceSubject(
  document: XmlDocument,
  reference: JudgedReference,
  node: NodeIndex,
  names: MessageNames,
  account: TrialAccount,
): TextSubject | null {
  const { processed } = reference;
  if (processed.status !== 'octets') return null;
  const { method, implicit } = finalMethod(document, node);
  const apex = processed.target === null || processed.target === 0 ? null : processed.target;
  const uri = reference.report.uri;
  const id = uri !== null && uri.startsWith('#') ? uri.slice(1) : null;
  const set =
    processed.kept !== null && processed.kept.document === document && processed.alsoCovers.length === 0
      ? processed.kept
      : null;
  const tokens = processed.octets.length > MOST_TOKENIZED ? null : tokenize(processed.octets);
  account.spend((tokens?.length ?? 0) * WORK.tokenRead + processed.octets.length);
  return {
    ...editSubject(document, names, apex, id, account),
    document,
    set,
    apex,
    method: set === null && processed.target === null ? null : method,
    implicit,
    octets: processed.octets,
    tokens,
    names,
  };
}

/** @returns null where the digest cannot be searched for: nothing was hashed, or DigestValue is no octets */
export async function diagnoseReference(
  signature: JudgedSignature,
  reference: JudgedReference,
  node: NodeIndex,
  names: MessageNames,
  ports: SearchPorts,
  account: TrialAccount,
): Promise<ReferenceDiagnosis | null> {
  if (account.empty) return null;
  const subject = referenceSubject(signature.document, reference, node, names, account);
  if (subject === null) return null;
  const { digestMethod: named } = reference.report;
  const value = readEncodedValue(
    reference.report.expected,
    reference.report.computed === null
      ? null
      : Math.floor((reference.report.computed.length * 3) / 4) -
          (reference.report.computed.endsWith('==') ? 2 : reference.report.computed.endsWith('=') ? 1 : 0),
  );
  const declared = 'octets' in value ? value.octets : null;
  // Right octets in a wrong encoding: nothing to search.
  if (
    declared === null ||
    (reference.report.computed !== null &&
      equalOctets(declared, decodeBase64(reference.report.computed).octets ?? declared.subarray(0, 0)))
  ) {
    return null;
  }
  const algorithm = likelyAlgorithm(named, declared.length);
  const found: Match[] = [];
  for (const used of otherAlgorithms(declared.length, named)) {
    await tryOne(
      relabelled(subject.octets, named, used),
      digestTarget(ports.crypto, used, used, declared),
      account,
      found,
    );
  }
  if (found.length > 0 || algorithm === null) {
    return {
      reference,
      node,
      subject,
      matches: found,
      methods: [],
      digestUsed: found.length > 0 ? String(found[0]!.data['used']) : null,
    };
  }
  const target = digestTarget(ports.crypto, algorithm, named, declared);
  // The signature was judged on another state of the message, as it was before decryption: nothing here is about these
  // octets.
  if (
    subject.set !== null &&
    subject.method !== null &&
    (await target.matches(canonicalize(subject.set, subject.method, ports.budget).octets)) !== null
  ) {
    return null;
  }
  const attached = reference.processed.status === 'octets' ? reference.processed.attachment : undefined;
  if (attached !== undefined) {
    await tryUntilOne(
      attachmentHypotheses(attached, reference.processed.transforms, ports.budget),
      target,
      account,
      found,
    );
    return { reference, node, subject, matches: found, methods: [], digestUsed: null };
  }
  if (ports.parts !== undefined && ports.parts !== null) {
    await tryUntilOne(includeHypotheses(subject, ports.parts, ports.budget), target, account, found);
  }
  if (found.length > 0) return { reference, node, subject, matches: found, methods: [], digestUsed: null };
  let methods: readonly CanonicalizationMethod[] = [];
  try {
    await searchDigest(subject, signature.node, algorithm, target, ports, account, found);
    methods = await matchingMethods(subject, target, ports, account, found);
  } catch (error) {
    // A bound met while trying ends the search with what it found.
    if (!(error instanceof BudgetExceeded)) throw error;
  }
  return { reference, node, subject, matches: found, methods, digestUsed: algorithm === named ? null : algorithm };
}

/** Of the work left: for canonicalizations of other kinds, and for edits of one place each. */
const METHOD_SHARE = 0.3;
const EDIT_SHARE = 0.6;

async function searchDigest(
  subject: TextSubject,
  signature: NodeIndex,
  algorithm: string,
  target: Target,
  ports: SearchPorts,
  account: TrialAccount,
  found: Match[],
): Promise<void> {
  const { budget, crypto } = ports;
  const { tokens, octets } = subject;
  const names = namesHere(subject);
  const once = await digestOf(crypto, algorithm, octets);
  await tryAll(
    hashedAgain(octets, (text) => (text === octets ? once : crypto.digestNow(algorithm, text))),
    target,
    account,
    found,
  );
  await tryUntilOne(decryptedContent(subject), target, account, found);
  await tryAll(inheritedHypotheses(subject), target, account, found);
  const inclusive = subject.method !== null && subject.method.family !== 'exclusive-1.0';
  // From an inclusive form to an exclusive one with a PrefixList is a far way: nearer causes first.
  // Each canonicalization of a large text costs much: what is left of them comes after the edits.
  const methodShare = account.extent(account.trialsLeft, METHOD_SHARE);
  const plain = methodsWith(subject, budget, (method) => !inclusive || method.inclusivePrefixes.length === 0);
  const listed = methodsWith(subject, budget, (method) => inclusive && method.inclusivePrefixes.length > 0);
  await tryNext(plain, target, methodShare, found);
  if (inclusive) {
    await tryAll(innerDeclarations(subject), target, account, found);
    await tryNext(listed, target, methodShare, found);
  }
  await tryAll(cdataFaults(subject, budget), target, account, found);
  await tryAll(rawReturns(subject, budget), target, account, found);
  if (tokens !== null) {
    await tryAll(withNamesHere(editsEverywhere(EDITS, tokens, subject, false), names), target, account, found);
  }
  if (subject.tokens !== null) await tryAll(innerDeclarations(subject), target, account, found);
  await tryAll(partsOfElement(subject, signature, budget), target, account, found);
  if (found.length > 0) return;
  await tryAll(namespaceFaults(subject), target, account, found);
  await tryAll(serialisations(subject), target, account, found);
  await tryUntilOne(otherElements(subject, signature, budget), target, account, found);
  if (found.length === 0 && methodShare.cut) {
    for (const rest of [plain, listed]) {
      await tryNext(rest, target, account.extent(account.trialsLeft, METHOD_SHARE), found);
    }
  }
  if (found.length > 0 || tokens === null) return;
  await tryUntilOne(
    withNamesHere(editsSomewhere(EDITS, tokens, subject, false), names),
    target,
    account.extent(1_600, EDIT_SHARE),
    found,
  );
  await searchPairs(subject, target, ports, account, found);
}

function* serialisations(subject: TextSubject): Generator<Candidate> {
  yield* attributeOrders(subject);
  yield* emptyElements(subject);
  yield* escapeFaults(subject);
  yield* rawSlices(subject);
  yield* wrappedOctets(subject.octets);
  yield* encodedOctets(subject.octets);
}

function* methodsWith(
  subject: TextSubject,
  budget: Budget,
  fits: (method: CanonicalizationMethod) => boolean,
): Generator<Candidate, void> {
  for (const candidate of otherMethods(subject, false, budget)) if (fits(candidate.method)) yield candidate;
}

const SAML_SIGNED: ReadonlySet<string> = new Set(['Assertion']);

/** Names for an edit that fit the element better: between header blocks, in an assertion. */
function namesHere({ document, apex }: TextSubject): readonly CauseCode[] {
  if (apex === null) return [];
  if (
    ['Header', 'Security'].some((name) => [SOAP11, SOAP12, WSSE].some((uri) => isElement(document, apex, uri, name)))
  ) {
    return ['ws-between-header-blocks'];
  }
  return [SAML1, SAML2].some((uri) => [...SAML_SIGNED].some((name) => isElement(document, apex, uri, name)))
    ? ['saml-assertion-reserialised']
    : [];
}

function* withNamesHere(candidates: Iterable<Candidate>, also: readonly CauseCode[]): Generator<Candidate> {
  const assertion = also.includes('saml-assertion-reserialised');
  for (const candidate of candidates) {
    yield also.length > 0 && candidate.party === 'transit' && (assertion || candidate.code.startsWith('ws-'))
      ? { ...candidate, also }
      : candidate;
  }
}

const asCandidate = (code: CauseCode, party: Candidate['party'], edited: EditedTokens): Candidate => ({
  code,
  party,
  how: edited.how,
  data: edited.data ?? {},
  work: tokensWork(edited.tokens.length),
  octets: () => tokensOctets(edited.tokens),
});

function ownDeclarations(subject: TextSubject): ReadonlySet<string> {
  const { document } = subject;
  const element = subject.apex ?? document.root;
  return new Set(
    element < 0
      ? []
      : attributes(document, element)
          .filter((one) => isNamespaceDeclaration(document, one))
          .map((one) => declaredPrefix(document, one)),
  );
}

/** Inclusive forms only: what ancestors added, or should have. */
function* inheritedHypotheses(subject: TextSubject): Generator<Candidate> {
  if (
    subject.tokens === null ||
    subject.method === null ||
    subject.method.family === 'exclusive-1.0' ||
    subject.apex === null
  ) {
    return;
  }
  for (const edited of withoutInherited(subject.tokens, { own: ownDeclarations(subject) })) {
    const prefixes = edited.data?.prefixes ?? [];
    const detached = edited.data?.['all'] === true && prefixes.length > 1;
    yield asCandidate(
      detached ? 'inclusive-ancestor-ns-missing' : 'inclusive-ancestor-ns-added-later',
      detached ? 'signer' : 'transit',
      edited,
    );
    if (edited.data?.['all'] === true) {
      yield asCandidate(
        detached ? 'inclusive-ancestor-ns-added-later' : 'inclusive-ancestor-ns-missing',
        detached ? 'transit' : 'signer',
        edited,
      );
    }
  }
}

function alsoOf(subject: TextSubject): readonly CauseCode[] {
  return subject.apex !== null && qualifiedName(subject.document, subject.apex).endsWith('SignedProperties')
    ? ['xades-signedproperties-digest']
    : [];
}

function* innerDeclarations(subject: TextSubject): Generator<Candidate> {
  if (subject.tokens === null) return;
  const also = alsoOf(subject);
  for (const edited of withoutInner(subject.tokens)) {
    yield { ...asCandidate('ns-decl-added-in-subtree', 'transit', edited), also };
  }
}

function* namespaceFaults(subject: TextSubject): Generator<Candidate> {
  if (subject.tokens === null) return;
  const apex = { own: ownDeclarations(subject) };
  const also = alsoOf(subject);
  for (const edited of withoutUsed(subject.tokens, apex)) {
    yield { ...asCandidate('ns-decl-lost-on-extraction', 'signer', edited), also };
  }
  for (const edited of withRepeated(subject.tokens)) {
    yield { ...asCandidate('inclusive-dup-ns-bug', 'signer', edited), also };
  }
}

/** All canonicalizations that give the digest: SignedInfo tells later which of them it named. */
async function matchingMethods(
  subject: TextSubject,
  target: Target,
  ports: SearchPorts,
  account: TrialAccount,
  found: readonly Match[],
): Promise<readonly CanonicalizationMethod[]> {
  if (!found.some((match) => 'method' in match.candidate)) return [];
  const methods: CanonicalizationMethod[] = [];
  for (const candidate of otherMethods(subject, false, ports.budget)) {
    const octets = candidate.octets();
    if (!account.take(octets.length)) break;
    if ((await target.matches(octets)) !== null) methods.push(candidate.method);
  }
  return methods;
}

/** One wrong canonicalization and one edit, an edit and an encoding, two edits. */
async function searchPairs(
  subject: TextSubject,
  target: Target,
  ports: SearchPorts,
  account: TrialAccount,
  found: Match[],
): Promise<void> {
  const { tokens } = subject;
  if (tokens === null || found.length > 0) return;
  const share = account.extent(900);
  const seen = new Set<string>();
  const bases: { readonly candidate: MethodCandidate; readonly octets: Uint8Array }[] = [];
  for (const candidate of otherMethods(subject, false, ports.budget)) {
    if (bases.length >= 8) break;
    const octets = candidate.octets();
    if (!share.take(octets.length)) return;
    const key = String(octets.length);
    if (seen.has(key)) continue;
    seen.add(key);
    bases.push({ candidate, octets });
  }
  for (const { candidate, octets } of bases) {
    const other = tokenize(octets);
    if (other === null) continue;
    for (const edit of editsEverywhere(EDITS.slice(0, 16), other, subject, false)) {
      if (share.empty || found.length > 0) return;
      await tryOne({ ...edit }, target, share, found, {
        code: candidate.code,
        how: candidate.how,
        data: candidate.data ?? {},
        party: candidate.party,
      });
    }
    for (const wrapped of [...wrappedOctets(octets), ...encodedOctets(octets)]) {
      if (share.empty || found.length > 0) return;
      await tryOne(wrapped, target, share, found, {
        code: candidate.code,
        how: candidate.how,
        data: candidate.data ?? {},
        party: candidate.party,
      });
    }
  }
  await tryPairs(EDITS, tokens, subject, false, target, share, found);
}

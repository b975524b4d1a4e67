/**
 * Searches the SignedInfo that a value was made of (docs/faults.md: ws-signedinfo-reformatted, signedinfo-raw,
 * signedinfo-missing-xmlns, …; docs/command.md: signedinfo-edited).
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { algorithmByUri } from '../../algorithms/algorithm-table.ts';
import { Digest } from '../../algorithms/identifiers.ts';
import { decodeBase64 } from '../../bytes/base64.ts';
import { encodeUtf8 } from '../../bytes/utf8.ts';
import type { JudgedSignature } from '../../signature/judged-signature.ts';
import type { SignatureParts } from '../../signature/read-signature.ts';
import { tokensOctets } from '../canonical-tokens.ts';
import { withoutInherited, withoutInner, withoutUsed } from '../edits/edit-namespaces.ts';
import { EDITS, FREQUENT_EDITS } from '../edits/edits.ts';
import type { Candidate } from '../hypothesis.ts';
import { editsEverywhere, editsSomewhere, tryAll, tryPairs, tryUntilOne, type Match, type Target } from '../search.ts';
import { signedInfoEdits } from './signed-info-edits.ts';
import { otherElements } from '../signer/signer-elements.ts';
import { otherMethods } from '../signer/signer-methods.ts';
import { encodedOctets, hashedAgain, wrappedOctets } from '../signer/signer-octets.ts';
import { attributeOrders, emptyElements, escapeFaults } from '../signer/signer-serialisation.ts';
import { rawReturns, rawSlices } from '../signer/signer-source.ts';
import type { TextSubject } from '../text-subject.ts';
import { tokensWork, type TrialAccount } from '../trial-account.ts';
import type { ValueSearch } from './value-cause.ts';
import type { NamedMethod, RecoveredValue } from './value-target.ts';

export interface SignedInfoSearch {
  readonly subject: TextSubject;
  readonly parts: SignatureParts;
  readonly signature: JudgedSignature;
  readonly named: NamedMethod;
  readonly value: RecoveredValue | null;
}

/** The codes of digests where the octets are SignedInfo's. */
const SIGNED_INFO_CODES: Readonly<Partial<Record<CauseCode, CauseCode>>> = {
  'digest-of-raw-serialisation': 'signedinfo-raw',
  'attr-order-not-sorted': 'signedinfo-raw',
  'empty-elem-form': 'signedinfo-raw',
  'entity-text-overescaped': 'signedinfo-raw',
  'xmldecl-in-digest': 'signedinfo-raw',
  'bom-in-digest': 'signedinfo-raw',
  'crlf-raw-cr-kept': 'ws-signedinfo-reformatted',
  'digest-double-hash': 'sig-double-hash',
  'digest-over-declared-charset': 'signedinfo-raw',
  'utf8-read-as-latin1-or-ascii': 'signedinfo-raw',
  'wrong-element-referenced': 'sig-over-body-not-signedinfo',
  'str-transform-missing-or-wrong': 'sig-over-body-not-signedinfo',
};

function* renamed(candidates: Iterable<Candidate>): Generator<Candidate> {
  for (const candidate of candidates) yield { ...candidate, code: SIGNED_INFO_CODES[candidate.code] ?? candidate.code };
}

export async function searchSignedInfo(
  search: SignedInfoSearch,
  target: Target,
  ports: ValueSearch,
  account: TrialAccount,
  found: Match[],
): Promise<void> {
  const { subject, parts, signature, named, value } = search;
  const { budget } = ports;
  const { tokens, octets } = subject;
  const scheme = algorithmByUri(named.uri)?.scheme;
  const asIs =
    value?.block.padding === 'pkcs1-bare'
      ? 'sig-no-digestinfo'
      : scheme === 'rsa-pkcs1'
        ? 'sig-hash-label-mismatch'
        : 'sig-pss-vs-pkcs1';
  if (value !== null) {
    await tryAll(
      [
        {
          code: asIs,
          party: 'signer',
          how: asIs === 'sig-no-digestinfo' ? 'bare-hash' : 'other-hash',
          data: { declared: named.uri },
          octets: () => octets,
        },
      ],
      target,
      account,
      found,
    );
  }
  if (found.length > 0) return;
  if (subject.method?.family !== 'exclusive-1.0') await tryAll(missingDeclarations(subject), target, account, found);
  if (found.length > 0) return;
  await tryAll(otherMethods(subject, true, budget), target, account, found);
  if (found.length === 0 && tokens !== null) {
    await tryUntilOne(editsEverywhere(FREQUENT_EDITS, tokens, subject, true), target, account, found);
  }
  if (found.length > 0) return;
  const share = account.extent(2_000, 0.5);
  await tryUntilOne(
    signedInfoEdits({ subject, parts, ids: ports.ids, failing: ports.failing, crypto: ports.crypto, budget }),
    target,
    share,
    found,
  );
  if (found.length > 0) return;
  if (tokens !== null) {
    await tryAll(editsEverywhere(EDITS, tokens, subject, true), target, account, found);
    await tryAll(missingDeclarations(subject), target, account, found);
  }
  if (found.length > 0) return;
  await tryAll(renamed(rawReturns(subject, budget)), target, account, found);
  await tryAll(renamed(rawSlices(subject)), target, account, found);
  for (const candidates of [
    attributeOrders(subject),
    emptyElements(subject),
    escapeFaults(subject),
    wrappedOctets(octets),
    encodedOctets(octets),
  ]) {
    await tryAll(renamed(candidates), target, account, found);
  }
  await tryAll(
    renamed(
      [
        ...hashedAgain(octets, (text) =>
          ports.crypto.digestNow(value?.digest ?? algorithmByUri(named.uri)?.digest ?? Digest.sha256, text),
        ),
      ].filter((one) => one.code === 'digest-double-hash'),
    ),
    target,
    account,
    found,
  );
  await tryAll(bodyInstead(search), target, account, found);
  if (found.length === 0) {
    await tryUntilOne(renamed(otherElements(subject, signature.node, budget)), target, account, found);
  }
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
    const one: Candidate = {
      code: added ? 'inclusive-ancestor-ns-added-later' : 'signedinfo-missing-xmlns',
      party: added ? 'transit' : 'signer',
      how: edited.how,
      data: edited.data ?? {},
      work: tokensWork(edited.tokens.length),
      octets: () => tokensOctets(edited.tokens),
    };
    yield one;
    if (added && edited.data?.['all'] === true) yield { ...one, code: 'signedinfo-missing-xmlns', party: 'signer' };
  }
  for (const edited of [...withoutUsed(tokens, own), ...withoutInner(tokens)]) {
    yield {
      code: 'signedinfo-missing-xmlns',
      party: 'signer',
      how: edited.how,
      data: edited.data ?? {},
      work: tokensWork(edited.tokens.length),
      octets: () => tokensOctets(edited.tokens),
    };
  }
}

/** What was signed instead of SignedInfo: the content of a reference, or its digest. */
function* bodyInstead({ signature }: SignedInfoSearch): Generator<Candidate> {
  const make = (how: string, uri: string | null, octets: () => Uint8Array): Candidate => ({
    code: 'sig-over-body-not-signedinfo',
    party: 'signer',
    how,
    data: { uri },
    octets,
  });
  for (const { report, processed } of signature.references) {
    if (processed.status === 'octets') yield make('referenced-octets', report.uri, () => processed.octets);
    const digest = decodeBase64(report.expected).octets;
    if (digest !== null) yield make('digest-value-octets', report.uri, () => digest);
    yield make('digest-value-text', report.uri, () => encodeUtf8(report.expected));
  }
}

/**
 * The SignedInfo that a value was made of, as causes in the order in which they are tried: likely and cheap ones first
 * (docs/faults.md: ws-signedinfo-reformatted, signedinfo-raw, signedinfo-missing-xmlns, …; docs/command.md:
 * signedinfo-edited). A cause of one's own is a file with its candidates and a row in a stage (CONTRIBUTING.md, "Add a
 * cause").
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { algorithmByUri } from '../../algorithms/algorithm-table.ts';
import { Digest } from '../../algorithms/identifiers.ts';
import { decodeBase64 } from '../../bytes/base64.ts';
import { encodeUtf8 } from '../../bytes/utf8.ts';
import { withoutInherited, withoutInner, withoutUsed } from '../edits/edit-namespaces.ts';
import { EDITS, FREQUENT_EDITS } from '../edits/edits.ts';
import { atMost, type Candidate, type Hypothesis, type Stage } from '../hypothesis.ts';
import { editedCandidate, editPairs, editsEverywhere, editsSomewhere } from '../search.ts';
import { aboveSignedInfo } from '../signer/declared-before.ts';
import { otherElements } from '../signer/signer-elements.ts';
import { otherMethods } from '../signer/signer-methods.ts';
import { encodedOctets, hashedAgain, wrappedOctets } from '../signer/signer-octets.ts';
import { attributeOrders, emptyElements, escapeFaults } from '../signer/signer-serialisation.ts';
import { rawReturns, rawSlices } from '../signer/signer-source.ts';
import {
  emptyDefaultsBelow,
  renderedXmlPrefix,
  unawareTrees,
  undeclaredTrees,
  xmlAttributes,
} from '../signer/signer-trees.ts';
import type { TextSubject } from '../text-subject.ts';
import { signedInfoEdits } from './signed-info-edits.ts';
import type { WrongValue } from './value-cause.ts';
import type { RecoveredValue } from './value-target.ts';

/** What hypotheses about SignedInfo look at. */
export interface SignedInfoSearch extends WrongValue {
  /** What the value holds under the signer's RSA key; null for other keys. */
  readonly recovered: RecoveredValue | null;
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

const isExclusive = ({ method }: TextSubject): boolean => method?.family === 'exclusive-1.0';

const AS_IT_STANDS: Hypothesis<SignedInfoSearch> = {
  name: 'as-it-stands',
  *candidates({ subject, named, recovered }) {
    if (recovered === null) return;
    const bare = recovered.block.padding === 'pkcs1-bare';
    const pkcs1 = algorithmByUri(named.uri)?.scheme === 'rsa-pkcs1';
    yield {
      code: bare ? 'sig-no-digestinfo' : pkcs1 ? 'sig-hash-label-mismatch' : 'sig-pss-vs-pkcs1',
      party: 'signer',
      how: bare ? 'bare-hash' : 'other-hash',
      data: { declared: named.uri },
      octets: () => subject.octets,
    };
  },
};

const WHAT_IT_SAYS: Hypothesis<SignedInfoSearch> = {
  name: 'content-edited',
  one: true,
  extent: atMost(2_000, 0.5),
  candidates: ({ subject, parts, search: { ids, failing, crypto, budget } }) =>
    signedInfoEdits({ subject, parts, ids, failing, crypto, budget }),
};

const HASHED_AGAIN: Hypothesis<SignedInfoSearch> = {
  name: 'hashed-again',
  *candidates({ subject: { octets }, search: { crypto }, named, recovered }) {
    const algorithm = recovered?.digest ?? algorithmByUri(named.uri)?.digest ?? Digest.sha256;
    for (const candidate of hashedAgain(octets, crypto.digestNow(algorithm, octets))) {
      if (candidate.code === 'digest-double-hash') yield* renamed([candidate]);
    }
  },
};

const MISSING_DECLARATIONS: Hypothesis<SignedInfoSearch> = {
  name: 'missing-declarations',
  candidates: (search) => missingDeclarations(search),
};

/** What a tree held otherwise than the message that was written from it. */
const TREES: Stage<SignedInfoSearch> = [
  { name: 'empty-defaults-below', candidates: ({ subject }) => emptyDefaultsBelow(subject) },
  { name: 'xml-prefix-rendered', candidates: ({ subject }) => renderedXmlPrefix(subject) },
  { name: 'tree-not-namespace-aware', candidates: ({ subject }) => unawareTrees(subject) },
  { name: 'tree-without-declarations', candidates: ({ subject }) => undeclaredTrees(subject) },
];

/** What a signer's own canonicalizer got wrong, and what was signed instead of SignedInfo. */
const FAR: Stage<SignedInfoSearch> = [
  {
    name: 'raw-returns',
    candidates: ({ subject, search }) => renamed(rawReturns(subject, search.budget)),
  },
  { name: 'raw-text', candidates: ({ subject }) => renamed(rawSlices(subject)) },
  { name: 'attribute-order', candidates: ({ subject }) => renamed(attributeOrders(subject)) },
  { name: 'empty-elements', candidates: ({ subject }) => renamed(emptyElements(subject)) },
  { name: 'escapes', candidates: ({ subject }) => renamed(escapeFaults(subject)) },
  { name: 'wrapped-text', candidates: ({ subject }) => renamed(wrappedOctets(subject.octets)) },
  { name: 'other-encoding', candidates: ({ subject }) => renamed(encodedOctets(subject.octets)) },
  HASHED_AGAIN,
  { name: 'body-instead', candidates: (search) => bodyInstead(search) },
  {
    name: 'other-element',
    one: true,
    candidates: ({ subject, signature, search }) => renamed(otherElements(subject, signature.node, search.budget)),
  },
];

/** Near changes first; what costs a verification a piece comes late. */
export const SIGNED_INFO_STAGES: readonly Stage<SignedInfoSearch>[] = [
  [AS_IT_STANDS],
  [
    {
      ...MISSING_DECLARATIONS,
      candidates: (search) => (isExclusive(search.subject) ? [] : missingDeclarations(search)),
    },
  ],
  [
    { name: 'xml-attributes', candidates: ({ subject }) => xmlAttributes(subject) },
    {
      name: 'other-method',
      candidates: ({ subject, search }) => otherMethods(subject, true, search.budget),
    },
    {
      name: 'frequent-edits',
      one: true,
      candidates: ({ subject }) =>
        subject.tokens === null ? [] : editsEverywhere(FREQUENT_EDITS, subject.tokens, subject, true),
    },
  ],
  [WHAT_IT_SAYS],
  [
    {
      name: 'edited-everywhere',
      candidates: ({ subject }) =>
        subject.tokens === null ? [] : editsEverywhere(EDITS, subject.tokens, subject, true),
    },
    MISSING_DECLARATIONS,
    ...TREES,
  ],
  FAR,
  [
    {
      name: 'edited-somewhere',
      one: true,
      extent: atMost(700, 0.5),
      candidates: ({ subject }) =>
        subject.tokens === null ? [] : editsSomewhere(EDITS, subject.tokens, subject, true),
    },
    {
      name: 'two-edits',
      one: true,
      extent: atMost(400),
      candidates: ({ subject }) => (subject.tokens === null ? [] : editPairs(EDITS, subject.tokens, subject, true)),
    },
  ],
];

/** Declarations that SignedInfo inherits and its signer left out, or that were added above it later. */
function* missingDeclarations({ subject, signature, parts }: SignedInfoSearch): Generator<Candidate> {
  const { tokens } = subject;
  if (tokens === null) return;
  const own = { own: new Set<string>() };
  const inclusive = !isExclusive(subject);
  const { certain, borne } = aboveSignedInfo(signature, parts.signedInfo, parts.references);
  for (const edited of withoutInherited(tokens, own)) {
    const dropped = (edited.data?.prefixes ?? []).map((prefix) => (prefix === 'xmlns' ? '' : prefix));
    const missing = editedCandidate('signedinfo-missing-xmlns', 'signer', edited);
    const added = editedCandidate('inclusive-ancestor-ns-added-later', 'transit', edited);
    if (!inclusive || dropped.some((prefix) => certain.has(prefix))) yield missing;
    else if (dropped.some((prefix) => borne.has(prefix))) yield* [missing, added];
    else yield* edited.data?.all === true ? [added, missing] : [added];
  }
  for (const edited of [...withoutUsed(tokens, own), ...withoutInner(tokens)]) {
    yield editedCandidate('signedinfo-missing-xmlns', 'signer', edited);
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

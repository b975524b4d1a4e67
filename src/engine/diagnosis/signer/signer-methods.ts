/**
 * Other canonicalizations that the signer may have used than the one that is named (docs/faults.md:
 * inclusive-labelled-exclusive, prefixlist-…, comments-in-digest, missing-c14n-transform).
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import { EXCLUSIVE_C14N, EXCLUSIVE_C14N_COMMENTS } from '../../algorithms/identifiers.ts';
import type { Budget } from '../../bytes/budget.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { CANONICALIZATION_METHODS } from '../../canonicalization/methods.ts';
import type { NodeSet } from '../../canonicalization/node-set.ts';
import { inScopeNamespaces } from '../../xml/navigate.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';

/** A candidate with the canonicalization that made it. */
export interface MethodCandidate extends Candidate {
  readonly method: CanonicalizationMethod;
}

/** In-scope prefixes of which every combination is tried. */
const MOST_COMBINED = 6;

/** What is the same for every other method of one search. */
interface MethodTrial {
  readonly subject: TextSubject;
  readonly set: NodeSet;
  readonly declared: CanonicalizationMethod;
  /** Codes of a PrefixList that was not heeded, and of a method that is another. */
  readonly ignored: CauseCode;
  readonly other: CauseCode;
  readonly make: (code: CauseCode, method: CanonicalizationMethod, how: string) => MethodCandidate;
}

/**
 * Every other canonicalization of the same nodes, the likely ones first.
 *
 * @param signedInfo whether they are SignedInfo
 */
export function* otherMethods(
  subject: TextSubject,
  signedInfo: boolean,
  budget: Budget,
): Generator<MethodCandidate, void> {
  const { set, method: declared } = subject;
  if (set === null || declared === null) return;
  const named = (list: readonly string[]) => list.map((one) => (one === '' ? '#default' : one));
  const trial: MethodTrial = {
    subject,
    set,
    declared,
    ignored: signedInfo ? 'prefixlist-ignored-in-signedinfo' : 'prefixlist-ignored-in-reference',
    other: subject.implicit ? 'missing-c14n-transform' : 'inclusive-labelled-exclusive',
    make: (code, method, how) => ({
      code,
      party: 'signer',
      how,
      method,
      data: {
        declared: declared.uri,
        used: method.uri,
        prefixes: named(method.inclusivePrefixes),
        declaredPrefixes: named(declared.inclusivePrefixes),
      },
      octets: () => canonicalize(withComments(set, method.comments), method, budget).octets,
    }),
  };
  yield* withoutList(trial);
  yield* otherFamilies(trial, (comments) => comments === declared.comments);
  yield* otherComments(trial);
  yield* otherFamilies(trial, (comments) => comments !== declared.comments);
  yield* otherLists(trial);
}

const isExclusive = ({ family }: CanonicalizationMethod): boolean => family === 'exclusive-1.0';

/** The PrefixList not heeded, or only its `#default`. */
function* withoutList({ declared, ignored, make }: MethodTrial): Generator<MethodCandidate> {
  if (!isExclusive(declared) || declared.inclusivePrefixes.length === 0) return;
  yield make(ignored, { ...declared, inclusivePrefixes: [] }, 'prefixlist-ignored');
  const inclusivePrefixes = declared.inclusivePrefixes.filter((one) => one !== '');
  if (inclusivePrefixes.length < declared.inclusivePrefixes.length) {
    yield make('prefixlist-default-token', { ...declared, inclusivePrefixes }, 'default-token-ignored');
  }
}

function* otherFamilies(
  { declared, other, make }: MethodTrial,
  fits: (comments: boolean) => boolean,
): Generator<MethodCandidate> {
  for (const known of CANONICALIZATION_METHODS) {
    if (known.family === declared.family || !fits(known.comments)) continue;
    yield make(other, { ...known, inclusivePrefixes: [] }, 'other-method');
  }
}

/** The same with comments, or without. */
function* otherComments({ set, declared, make }: MethodTrial): Generator<MethodCandidate> {
  const { inclusivePrefixes } = declared;
  for (const known of CANONICALIZATION_METHODS) {
    if (known.family !== declared.family) continue;
    if (known.comments === declared.comments && (set.type !== 'subtree' || set.comments === known.comments)) continue;
    const how = known.comments ? 'comments-kept' : 'comments-dropped';
    yield make('comments-in-digest', { ...known, inclusivePrefixes }, how);
  }
}

/** Exclusive with other PrefixLists. */
function* otherLists(trial: MethodTrial): Generator<MethodCandidate> {
  const { subject, declared, other, make } = trial;
  const exclusive = isExclusive(declared);
  const uri = declared.comments ? EXCLUSIVE_C14N_COMMENTS : EXCLUSIVE_C14N;
  for (const inclusivePrefixes of prefixLists(subject)) {
    if (!exclusive) {
      yield make(
        other,
        { uri, family: 'exclusive-1.0', comments: declared.comments, inclusivePrefixes },
        'other-method',
      );
    } else if (!same(inclusivePrefixes, declared.inclusivePrefixes)) {
      yield make(listCode(trial, inclusivePrefixes), { ...declared, inclusivePrefixes }, 'other-prefixlist');
    }
  }
}

/** What it means that another PrefixList was used. */
function listCode({ declared, ignored }: MethodTrial, used: readonly string[]): CauseCode {
  if (declared.inclusivePrefixes.length === 0) return 'prefixlist-used-but-not-declared';
  const named = (list: readonly string[]) => list.filter((one) => one !== '');
  return same(named(used), named(declared.inclusivePrefixes)) ? 'prefixlist-default-token' : ignored;
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

function withComments(set: NodeSet, comments: boolean): NodeSet {
  return set.type === 'subtree' ? { ...set, comments } : set;
}

/** Prefixes that single lists are made of, in scope of the apex and declared below it. */
const MOST_IN_SCOPE = 24;
const MOST_INNER = 12;

/** Lists worth trying, each once: those the message has elsewhere, single prefixes, all of them, then combinations. */
function* prefixLists(subject: TextSubject): Generator<readonly string[]> {
  const { set, document, apex } = subject;
  if (set === null || set.type !== 'subtree') return;
  const scope = [...inScopeNamespaces(document, apex ?? document.root).keys()]
    .filter((prefix) => prefix !== 'xml')
    .slice(0, MOST_IN_SCOPE);
  const seen = new Set<string>();
  for (const list of everyList(subject, scope)) {
    const key = [...list].sort().join(' ');
    if (list.length === 0 || seen.has(key)) continue;
    seen.add(key);
    yield list;
  }
}

function* everyList(subject: TextSubject, scope: readonly string[]): Generator<readonly string[]> {
  yield* subject.names.lists;
  for (const prefix of scope) yield [prefix];
  yield scope;
  yield scope.filter((prefix) => prefix !== '');
  for (const without of scope) yield scope.filter((prefix) => prefix !== without);
  const few = scope.slice(0, MOST_COMBINED);
  for (let mask = 1; mask < 2 ** few.length; mask++) yield few.filter((_, bit) => (mask >> bit) & 1);
  const inner = [...new Set([...subject.names.prefixes.values()].flat())].filter((prefix) => !scope.includes(prefix));
  for (const prefix of inner.slice(0, MOST_INNER)) yield [prefix];
  // One more or one less than the list that is named.
  const declared = subject.method?.inclusivePrefixes ?? [];
  for (const prefix of ['', ...scope]) {
    yield declared.includes(prefix) ? declared.filter((one) => one !== prefix) : [...declared, prefix];
  }
}

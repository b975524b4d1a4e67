/**
 * Other canonicalizations that the signer may have used than the one that is named (docs/faults.md:
 * inclusive-labelled-exclusive, prefixlist-…, comments-in-digest, missing-c14n-transform).
 */
import type { CauseCode } from '../../trace/finding-data/causes.ts';
import type { Budget } from '../../bytes/budget.ts';
import { canonicalize } from '../../canonicalization/canonicalize.ts';
import type { CanonicalizationMethod } from '../../canonicalization/canonicalize-types.ts';
import { CANONICALIZATION_METHODS } from '../../canonicalization/methods.ts';
import type { NodeSet } from '../../canonicalization/node-set.ts';
import { inScopeNamespaces } from '../../xml/navigate.ts';
import type { Candidate } from '../hypothesis.ts';
import type { TextSubject } from '../text-subject.ts';

export interface MethodCandidate extends Candidate {
  readonly method: CanonicalizationMethod;
}

/** In-scope prefixes of which every combination is tried. */
const MOST_COMBINED = 6;

export function* otherMethods(subject: TextSubject, signedInfo: boolean, budget: Budget): Generator<MethodCandidate> {
  const { set } = subject;
  const declared = subject.method;
  if (set === null || declared === null) return;
  const make = (
    code: CauseCode,
    method: CanonicalizationMethod,
    how: string,
    comments = method.comments,
  ): MethodCandidate => ({
    code,
    party: 'signer',
    how,
    method,
    data: {
      declared: declared.uri,
      used: method.uri,
      prefixes: method.inclusivePrefixes.map((one) => (one === '' ? '#default' : one)),
      declaredPrefixes: declared.inclusivePrefixes.map((one) => (one === '' ? '#default' : one)),
    },
    octets: () => canonicalize(withComments(set, comments), method, budget).octets,
  });
  const ignored = signedInfo ? 'prefixlist-ignored-in-signedinfo' : 'prefixlist-ignored-in-reference';
  const exclusive = declared.family === 'exclusive-1.0';
  if (exclusive && declared.inclusivePrefixes.length > 0) {
    yield make(ignored, { ...declared, inclusivePrefixes: [] }, 'prefixlist-ignored');
    if (declared.inclusivePrefixes.includes('')) {
      yield make(
        'prefixlist-default-token',
        { ...declared, inclusivePrefixes: declared.inclusivePrefixes.filter((one) => one !== '') },
        'default-token-ignored',
      );
    }
  }
  const other = subject.implicit ? 'missing-c14n-transform' : 'inclusive-labelled-exclusive';
  for (const known of CANONICALIZATION_METHODS) {
    if (known.comments !== declared.comments) continue;
    if (known.family === declared.family) continue;
    yield make(other, { ...known, inclusivePrefixes: [] }, 'other-method');
  }
  const commented = CANONICALIZATION_METHODS.filter((known) => known.family === declared.family);
  for (const known of commented) {
    if (known.comments === declared.comments && (set.type !== 'subtree' || set.comments === known.comments)) continue;
    yield make(
      'comments-in-digest',
      { ...known, inclusivePrefixes: declared.inclusivePrefixes },
      known.comments ? 'comments-kept' : 'comments-dropped',
    );
  }
  for (const known of CANONICALIZATION_METHODS) {
    if (known.family !== declared.family && known.comments !== declared.comments) {
      yield make(other, { ...known, inclusivePrefixes: [] }, 'other-method');
    }
  }
  for (const inclusivePrefixes of prefixLists(subject)) {
    const method: CanonicalizationMethod = exclusive
      ? { ...declared, inclusivePrefixes }
      : {
          ...CANONICALIZATION_METHODS.find(
            (known) => known.family === 'exclusive-1.0' && known.comments === declared.comments,
          )!,
          inclusivePrefixes,
        };
    if (exclusive && same(inclusivePrefixes, declared.inclusivePrefixes)) continue;
    const onlyDefault =
      exclusive &&
      same(
        inclusivePrefixes.filter((one) => one !== ''),
        declared.inclusivePrefixes.filter((one) => one !== ''),
      ) &&
      declared.inclusivePrefixes.length > 0;
    const code = !exclusive
      ? other
      : onlyDefault
        ? 'prefixlist-default-token'
        : declared.inclusivePrefixes.length > 0
          ? ignored
          : 'prefixlist-used-but-not-declared';
    yield make(code, method, exclusive ? 'other-prefixlist' : 'other-method');
  }
}

function same(a: readonly string[], b: readonly string[]): boolean {
  return a.length === b.length && a.every((one) => b.includes(one));
}

function withComments(set: NodeSet, comments: boolean): NodeSet {
  return set.type === 'subtree' ? { ...set, comments } : set;
}

/** Lists worth trying: those the message has elsewhere, single prefixes, all of them, then combinations. */
function* prefixLists(subject: TextSubject): Generator<readonly string[]> {
  const { set, document, apex } = subject;
  if (set === null || set.type !== 'subtree') return;
  const element = apex ?? document.root;
  const scope = [...inScopeNamespaces(document, element).keys()].filter((prefix) => prefix !== 'xml').slice(0, 24);
  const inner = [...new Set([...subject.names.prefixes.values()].flat())]
    .filter((prefix) => !scope.includes(prefix))
    .slice(0, 12);
  const seen = new Set<string>();
  const fresh = (list: readonly string[]) => {
    const key = [...list].sort().join(' ');
    if (list.length === 0 || seen.has(key)) return false;
    seen.add(key);
    return true;
  };
  for (const list of subject.names.lists) if (fresh(list)) yield list;
  for (const prefix of scope) if (fresh([prefix])) yield [prefix];
  if (fresh(scope)) yield scope;
  const named = scope.filter((prefix) => prefix !== '');
  if (fresh(named)) yield named;
  for (const without of scope) {
    const list = scope.filter((prefix) => prefix !== without);
    if (fresh(list)) yield list;
  }
  const few = scope.slice(0, MOST_COMBINED);
  for (let mask = 1; mask < 2 ** few.length; mask++) {
    const list = few.filter((_, bit) => (mask >> bit) & 1);
    if (fresh(list)) yield list;
  }
  for (const prefix of inner) if (fresh([prefix])) yield [prefix];
  const declared = subject.method?.inclusivePrefixes ?? [];
  for (const prefix of ['', ...scope]) {
    const list = declared.includes(prefix) ? declared.filter((one) => one !== prefix) : [...declared, prefix];
    if (fresh(list)) yield list;
  }
}

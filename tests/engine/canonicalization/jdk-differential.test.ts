/**
 * Generated documents against the JDK's canonicalizer: whole documents, subtrees and node-sets. Where the JDK does not
 * do what the specifications say is in DIFFERENCES.md; those inputs are kept out here and tested one by one below.
 */
import { C14N_10, C14N_11, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { describe, expect, it } from 'vitest';
import type { CanonicalizationMethod } from '../../../src/engine/canonicalization/canonicalize-types.ts';
import type { SelectedSet } from '../../../src/engine/canonicalization/node-set.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../../../src/engine/xml/document.ts';
import { generateDocument, Random } from '../xml/generate-document.ts';
import { canonical, method, parsed, selected, subtree } from './documents.ts';
import { canonicalizedByJdk, jdkIsThere, keptBy, type JdkJob } from './jdk.ts';
import { ALL_BASES, METHOD_URIS, randomPrefixList, withRelativeBases } from './random-methods.ts';

const DOCUMENTS = 3_000;

const there = jdkIsThere();
if (!there) console.log('skipped: no JDK (javac, java) on the path');

/** The JDK reads names by the 4th edition of XML 1.0. */
function forFourthEdition(xml: string): string {
  return xml.replaceAll('\u{10400}', 'ა').replaceAll('ｚ', 'ж');
}

function elementsOf(document: XmlDocument): NodeIndex[] {
  return Array.from({ length: document.nodeCount }, (_, node) => node).filter(
    (node) => document.kind[node] === NodeKind.element,
  );
}

/** The node-set that CanonicalizeBatch calls `set SEED PERCENT`. */
function setOf(document: XmlDocument, seed: number, percent: number): SelectedSet {
  const ordinals = new Int32Array(document.nodeCount).fill(-1);
  elementsOf(document).forEach((element, ordinal) => {
    ordinals[element] = ordinal;
  });
  const hasElement = (element: NodeIndex) => keptBy(seed, ordinals[element]!, '#element', 70);
  return selected(document, {
    node: (node) =>
      document.kind[node] === NodeKind.element
        ? hasElement(node)
        : keptBy(seed, ordinals[document.parent[node]!]!, '#content', 80),
    attribute: (attribute) => hasElement(document.attributeOwner[attribute]!),
    namespace: (element, prefix) =>
      hasElement(element) && keptBy(seed, ordinals[element]!, prefix === '' ? 'xmlns' : `xmlns:${prefix}`, percent),
  });
}

describe.skipIf(!there)('generated documents', () => {
  it('have the canonical forms that the JDK gives them', () => {
    const jobs: JdkJob[] = [];
    const ours: string[] = [];
    const add = (xml: string, algorithm: CanonicalizationMethod, what: string, octets: string) => {
      jobs.push({ xml, uri: algorithm.uri, prefixes: algorithm.inclusivePrefixes, what });
      ours.push(octets);
    };
    for (let seed = 0; seed < DOCUMENTS; seed++) {
      const random = new Random(seed);
      const any = () => method(random.pick(METHOD_URIS), randomPrefixList(random));
      const xml = forFourthEdition(withRelativeBases(generateDocument(random), random, ALL_BASES));
      const whole = parsed(xml);
      const { root } = whole;
      // J1: what follows an empty document element is lost.
      if (whole.next[root] !== root + 1 || whole.nodeCount === whole.next[root]) {
        const algorithm = any();
        add(xml, algorithm, 'document', canonical(subtree(whole), algorithm));
      }
      // J2, J3: xml:* attributes are taken from the wrong ancestor.
      const plain = xml.replaceAll(/xml:(lang|space|id|base)/g, '$1-of');
      const document = parsed(plain);
      const at = random.below(elementsOf(document).length);
      const algorithm = any();
      add(plain, algorithm, `element ${at}`, canonical(subtree(document, elementsOf(document)[at]), algorithm));
      // J4, J5: attributes follow their elements; and all namespace nodes, under exclusive canonicalization.
      const other = any();
      const percent = other.family === 'exclusive-1.0' ? 100 : 75;
      const octets = canonical(setOf(document, seed, percent), other);
      // J1 and J6: an empty node-set is an error.
      if (octets !== '' && whole.next[root] !== root + 1) add(plain, other, `set ${seed} ${percent}`, octets);
    }
    expect(jobs.length).toBeGreaterThan(DOCUMENTS * 2.5);
    const theirs = canonicalizedByJdk(jobs);
    expect(theirs.length).toBe(jobs.length);
    jobs.forEach((job, i) => {
      if (ours[i] !== theirs[i]) expect({ ...job, octets: ours[i] }).toEqual({ ...job, octets: theirs[i] });
    });
  }, 120_000);
});

describe.skipIf(!there)('where the JDK is not right (DIFFERENCES.md)', () => {
  const job = (xml: string, uri: string, what = 'document'): JdkJob => ({ xml, uri, prefixes: [], what });
  const of = ({ xml, uri, what }: JdkJob) => {
    const document = parsed(xml);
    return canonical(
      subtree(document, what === 'document' ? 0 : elementsOf(document)[Number(what.slice(8))]),
      method(uri),
    );
  };
  const cases: readonly (readonly [string, JdkJob, string, string])[] = [
    ['J1: a PI after an empty document element is lost', job('<a/><?p?>', C14N_10), '<a></a>\n<?p?>', '<a></a>'],
    [
      'J2: the farthest xml:lang, not the nearest',
      job('<a xml:lang="en"><b xml:lang="no"><c/></b></a>', C14N_10, 'element 2'),
      '<c xml:lang="no"></c>',
      '<c xml:lang="en"></c>',
    ],
    [
      'J3: xml:base joined in the wrong order',
      job('<a xml:base="x/y"><b xml:base="z/w"><c/></b></a>', C14N_11, 'element 2'),
      '<c xml:base="x/z/w"></c>',
      '<c xml:base="z/x/y"></c>',
    ],
    [
      'J3: an empty join keeps the value',
      job('<a xml:base="x/"><b xml:base="../"/></a>', C14N_11, 'element 1'),
      '<b></b>',
      '<b xml:base="../"></b>',
    ],
    [
      'J7: order by UTF-16 units',
      job('<a xmlns:p="urn:\u{1f600}" xmlns:q="urn:\ue000" p:a="1" q:a="2"/>', C14N_10),
      '<a xmlns:p="urn:\u{1f600}" xmlns:q="urn:\ue000" q:a="2" p:a="1"></a>',
      '<a xmlns:p="urn:\u{1f600}" xmlns:q="urn:\ue000" p:a="1" q:a="2"></a>',
    ],
  ];
  // Where libxml2 differs from us, the JDK does not: L1, L2, L5.
  const agreed: readonly JdkJob[] = [
    job('<a xmlns="urn:x?a=1&amp;b=2"/>', C14N_10),
    job('<a xml:base=""/>', C14N_11),
    job('<a xml:base=".."><b xml:base=".."/></a>', C14N_11, 'element 1'),
    job('<a xml:base="http://example.org/"><b xml:base="../z"/></a>', C14N_11, 'element 1'),
  ];
  const errors = [
    job('<a xmlns="rel"/>', C14N_10),
    job('<a xml:base="urn:u"><b xml:base="z"/></a>', C14N_11, 'element 1'),
    job('<a xmlns="rel"/>', EXCLUSIVE_C14N),
  ];
  const theirs = there ? canonicalizedByJdk([...cases.map(([, one]) => one), ...agreed, ...errors]) : [];
  it.each(cases.map((one, i) => [one[0], one, theirs[i]] as const))('%s', (_, [, one, right, jdk], said) => {
    expect(of(one)).toBe(right);
    expect(said).toBe(jdk);
  });
  it.each(agreed.map((one, i) => [one, theirs[cases.length + i]] as const))('agrees on %j', (one, said) =>
    expect(of(one)).toBe(said),
  );
  it('J8: relative namespace URIs and opaque bases are errors', () => {
    expect(theirs.slice(-errors.length).map((said) => said.slice(0, 2))).toEqual(errors.map(() => '! '));
    expect(errors.map(of)).toEqual(['<a xmlns="rel"></a>', '<b xml:base="urn:z"></b>', '<a xmlns="rel"></a>']);
  });
});

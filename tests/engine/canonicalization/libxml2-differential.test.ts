/**
 * 10,000 generated documents, each canonicalized whole and as a subtree in several ways, against libxml2. Where the
 * two differ on purpose is in DIFFERENCES.md; those documents are kept out here and tested one by one below.
 */
import { C14N_10, C14N_11 } from '../../../src/engine/algorithms/identifiers.ts';
import { XmlC14NMode, XmlDocument as LibxmlDocument, type XmlNode } from 'libxml2-wasm';
import { describe, expect, it } from 'vitest';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import type { CanonicalizationMethod } from '../../../src/engine/canonicalization/canonicalize-types.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../../../src/engine/xml/document.ts';
import { generateDocument, Random } from '../xml/generate-document.ts';
import { canonical, method, parsed, subtree } from './documents.ts';
import { METHOD_URIS, randomPrefixList, withRelativeBases } from './random-methods.ts';

const DOCUMENTS = 10_000;
const PARTS = 10;

const MODES = {
  'c14n-1.0': XmlC14NMode.XML_C14N_1_0,
  'c14n-1.1': XmlC14NMode.XML_C14N_1_1,
  'exclusive-1.0': XmlC14NMode.XML_C14N_EXCLUSIVE_1_0,
};

function byLibxml(from: LibxmlDocument | XmlNode, algorithm: CanonicalizationMethod): string {
  return from.canonicalizeToString({
    mode: MODES[algorithm.family],
    withComments: algorithm.comments,
    ...(algorithm.inclusivePrefixes.length > 0
      ? {
          inclusiveNamespacePrefixes: algorithm.inclusivePrefixes.map((prefix) =>
            prefix === '' ? '#default' : prefix,
          ),
        }
      : {}),
  });
}

function elementsOf(document: XmlDocument): NodeIndex[] {
  const elements: NodeIndex[] = [];
  for (let node = 1; node < document.nodeCount; node++) {
    if (document.kind[node] === NodeKind.element) elements.push(node);
  }
  return elements;
}

describe.each(Array.from({ length: PARTS }, (_, part) => part))('generated documents, part %i', (part) => {
  it('have the canonical forms that libxml2 gives them', () => {
    for (let seed = part; seed < DOCUMENTS; seed += PARTS) {
      const random = new Random(seed);
      const text = withRelativeBases(generateDocument(random, { awkwardUris: false }), random);
      const ours = parsed(text);
      const elements = elementsOf(ours);
      using theirs = LibxmlDocument.fromBuffer(encodeUtf8(text));
      const found = theirs.find('//*');
      expect(found.length).toBe(elements.length);
      const whole = method(random.pick(METHOD_URIS), randomPrefixList(random));
      expect({ seed, whole, octets: canonical(subtree(ours), whole) }).toEqual({
        seed,
        whole,
        octets: byLibxml(theirs, whole),
      });
      for (let count = 2; count > 0; count--) {
        const at = random.below(elements.length);
        const part = method(random.pick(METHOD_URIS), randomPrefixList(random));
        expect({ seed, at, part, octets: canonical(subtree(ours, elements[at]), part) }).toEqual({
          seed,
          at,
          part,
          octets: byLibxml(found[at]!, part),
        });
      }
    }
  }, 60_000);
});

describe('where libxml2 is not right (DIFFERENCES.md)', () => {
  const both = (xml: string, uri: string): [string, string] => {
    using theirs = LibxmlDocument.fromBuffer(encodeUtf8(xml));
    return [canonical(subtree(parsed(xml)), method(uri)), byLibxml(theirs, method(uri))];
  };
  it('L1: & in a namespace name is not escaped', () => {
    expect(both('<a xmlns="urn:x?a=1&amp;b=2"/>', C14N_10)).toEqual([
      '<a xmlns="urn:x?a=1&amp;b=2"></a>',
      '<a xmlns="urn:x?a=1&b=2"></a>',
    ]);
  });
  it('L2: xml:base="" is left out although nothing was omitted', () => {
    expect(both('<a xml:base=""/>', C14N_11)).toEqual(['<a xml:base=""></a>', '<a></a>']);
  });
  it('L4: an opaque base is dropped with its scheme', () => {
    const xml = '<a xml:base="urn:u"><b xml:base="q?a=1"/></a>';
    using theirs = LibxmlDocument.fromBuffer(encodeUtf8(xml));
    const ours = parsed(xml);
    expect(canonical(subtree(ours, elementsOf(ours)[1]), method(C14N_11))).toBe('<b xml:base="urn:q?a=1"></b>');
    expect(byLibxml(theirs.get('//b')!, method(C14N_11))).toBe('<b xml:base="q?a=1"></b>');
  });
  it.each([
    ['x/', '../', '', ' xml:base="."'],
    ['..', '..', ' xml:base="../../"', ' xml:base="../.."'],
    ['http://example.org/', '../z', ' xml:base="http://example.org/z"', ' xml:base="http://example.org/../z"'],
  ])('L5: dot segments of %s and %s', (outer, inner, right, libxml) => {
    const xml = `<a xml:base="${outer}"><b xml:base="${inner}"/></a>`;
    using theirs = LibxmlDocument.fromBuffer(encodeUtf8(xml));
    const ours = parsed(xml);
    expect(canonical(subtree(ours, elementsOf(ours)[1]), method(C14N_11))).toBe(`<b${right}></b>`);
    expect(byLibxml(theirs.get('//b')!, method(C14N_11))).toBe(`<b${libxml}></b>`);
  });
  it('L3: a relative namespace URI ends it; we go on and report', () => {
    using theirs = LibxmlDocument.fromBuffer(encodeUtf8('<a xmlns="rel"/>'));
    expect(() => byLibxml(theirs, method(C14N_10))).toThrow();
    expect(canonical(subtree(parsed('<a xmlns="rel"/>')), method(C14N_10))).toBe('<a xmlns="rel"></a>');
  });
});

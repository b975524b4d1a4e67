/** Exclusive XML Canonicalization 1.0: the examples of §2.2 and §2.3, the PrefixList and the default namespace (§3). */
import { C14N_10, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { describe, expect, it } from 'vitest';
import { canonical, elementNamed, method, parsed, selected, subtree } from './documents.ts';

const of = (xml: string, apex: string, uri: string, prefixes: readonly string[] = []) => {
  const document = parsed(xml);
  return canonical(subtree(document, elementNamed(document, apex)), method(uri, prefixes));
};

describe('2.1 and 2.2: one element in two contexts', () => {
  const local = `<n0:local xmlns:n0="foo:bar" xmlns:n3="ftp://example.org">
  <n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
    <n3:stuff xmlns:n3="ftp://example.org"/>
  </n1:elem2>
</n0:local>`;
  const pdu = `<n2:pdu xmlns:n1="http://example.com" xmlns:n2="http://foo.example" xml:lang="fr" xml:space="retain">
  <n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
    <n3:stuff xmlns:n3="ftp://example.org"/>
  </n1:elem2>
</n2:pdu>`;
  it('inclusive differs', () => {
    expect(of(local, 'n1:elem2', C14N_10))
      .toBe(`<n1:elem2 xmlns:n0="foo:bar" xmlns:n1="http://example.net" xmlns:n3="ftp://example.org" xml:lang="en">
    <n3:stuff></n3:stuff>
  </n1:elem2>`);
    expect(of(pdu, 'n1:elem2', C14N_10))
      .toBe(`<n1:elem2 xmlns:n1="http://example.net" xmlns:n2="http://foo.example" xml:lang="en" xml:space="retain">
    <n3:stuff xmlns:n3="ftp://example.org"></n3:stuff>
  </n1:elem2>`);
  });
  it('exclusive is the same', () => {
    const expected = `<n1:elem2 xmlns:n1="http://example.net" xml:lang="en">
    <n3:stuff xmlns:n3="ftp://example.org"></n3:stuff>
  </n1:elem2>`;
    expect(of(local, 'n1:elem2', EXCLUSIVE_C14N)).toBe(expected);
    expect(of(pdu, 'n1:elem2', EXCLUSIVE_C14N)).toBe(expected);
  });
});

it('2.3 what is not in the node-set does not render a prefix for its children', () => {
  // n1:elem1 is left out: its child must declare n1 itself, once on each orphan.
  const document = parsed(
    '<n0:pdu xmlns:n0="http://a.example"><n1:elem1 ' +
      'xmlns:n1="http://b.example"><n1:elem2/><n1:elem2/></n1:elem1></n0:pdu>',
  );
  const omitted = elementNamed(document, 'n1:elem1');
  const set = selected(document, { node: (node) => node !== omitted });
  expect(canonical(set, method(EXCLUSIVE_C14N))).toBe(
    '<n0:pdu xmlns:n0="http://a.example"><n1:elem2 xmlns:n1="http://b.example"></n1:elem2><n1:elem2 ' +
      'xmlns:n1="http://b.example"></n1:elem2></n0:pdu>',
  );
});

describe('PrefixList', () => {
  const xml = '<a xmlns="urn:d" xmlns:p="urn:p" xmlns:q="urn:q"><p:b xmlns:r="urn:r"><p:c xmlns:q="urn:q2"/></p:b></a>';
  it('renders a listed prefix where it is in scope, and again where it changes', () => {
    expect(of(xml, 'p:b', EXCLUSIVE_C14N, ['q'])).toBe(
      '<p:b xmlns:p="urn:p" xmlns:q="urn:q"><p:c xmlns:q="urn:q2"></p:c></p:b>',
    );
  });
  it('#default', () => {
    expect(of(xml, 'p:b', EXCLUSIVE_C14N, [''])).toBe('<p:b xmlns="urn:d" xmlns:p="urn:p"><p:c></p:c></p:b>');
  });
  it('#default undeclared', () => {
    const undeclared = '<a xmlns="urn:d"><p:b xmlns:p="urn:p"><p:c xmlns=""><p:d/></p:c></p:b></a>';
    expect(of(undeclared, 'p:b', EXCLUSIVE_C14N, [''])).toBe(
      '<p:b xmlns="urn:d" xmlns:p="urn:p"><p:c xmlns=""><p:d></p:d></p:c></p:b>',
    );
    expect(of(undeclared, 'p:b', EXCLUSIVE_C14N)).toBe('<p:b xmlns:p="urn:p"><p:c><p:d></p:d></p:c></p:b>');
  });
  it('a prefix that is nowhere in scope changes nothing', () => {
    expect(of(xml, 'p:b', EXCLUSIVE_C14N, ['soap', 'xml', 'xmlns'])).toBe(of(xml, 'p:b', EXCLUSIVE_C14N));
  });
  it('a prefix declared between apex and element only', () => {
    expect(of(xml, 'p:b', EXCLUSIVE_C14N, ['r'])).toBe('<p:b xmlns:p="urn:p" xmlns:r="urn:r"><p:c></p:c></p:b>');
  });
});

describe('the default namespace', () => {
  it('an apex without one gets no xmlns=""', () => {
    expect(of('<a xmlns="urn:d"><b xmlns=""><c/></b></a>', 'b', EXCLUSIVE_C14N)).toBe('<b><c></c></b>');
  });
  it('is undeclared once, where an element without prefix needs it', () => {
    expect(
      of('<a xmlns="urn:d"><p:b xmlns:p="urn:p" xmlns=""><c/><c><d/></c></p:b><b/></a>', 'a', EXCLUSIVE_C14N),
    ).toBe('<a xmlns="urn:d"><p:b xmlns:p="urn:p"><c xmlns=""></c><c xmlns=""><d></d></c></p:b><b></b></a>');
  });
});

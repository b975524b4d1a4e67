/**
 * Node-sets in which elements, attributes and namespace nodes are apart, worked out by hand from Canonical XML 1.0 §2.3
 * and Exclusive 1.0 §3.
 */
import { C14N_10, C14N_11, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { describe, expect, it } from 'vitest';
import { canonical, elementNamed, method, parsed, selected } from './documents.ts';

const WITHOUT = method(C14N_10);
const EXCLUSIVE = method(EXCLUSIVE_C14N);

describe('an absent element', () => {
  const document = parsed('<a xmlns="urn:d" xmlns:p="urn:p" p:z="2" b="1">x<p:c/>y</a>');
  const a = elementNamed(document, 'a');
  const set = selected(document, { node: (node) => node !== a });
  it('has its axes processed, and declares nothing for its children', () => {
    expect(canonical(set, WITHOUT)).toBe(
      ' xmlns="urn:d" xmlns:p="urn:p" b="1" p:z="2"x<p:c xmlns="urn:d" xmlns:p="urn:p"></p:c>y',
    );
  });
  it('has no namespace nodes written by exclusive canonicalization, unless they are listed', () => {
    expect(canonical(set, EXCLUSIVE)).toBe(' b="1" p:z="2"x<p:c xmlns:p="urn:p"></p:c>y');
    expect(canonical(set, method(EXCLUSIVE_C14N, ['']))).toBe(
      ' xmlns="urn:d" b="1" p:z="2"x<p:c xmlns="urn:d" xmlns:p="urn:p"></p:c>y',
    );
  });
  it('does not undeclare the default namespace', () => {
    const inner = parsed('<a xmlns="urn:d"><b xmlns=""><c/></b></a>');
    const b = elementNamed(inner, 'b');
    expect(canonical(selected(inner, { node: (node) => node !== b }), WITHOUT)).toBe(
      '<a xmlns="urn:d"><c xmlns=""></c></a>',
    );
  });
});

describe('namespace nodes', () => {
  const document = parsed('<a xmlns="urn:d" xmlns:p="urn:p"><b><p:c/></b></a>');
  const b = elementNamed(document, 'b');
  it('one that is not in the set on an element is written again below it', () => {
    expect(canonical(selected(document, { namespace: (element) => element !== b }), WITHOUT)).toBe(
      '<a xmlns="urn:d" xmlns:p="urn:p"><b xmlns=""><p:c xmlns="urn:d" xmlns:p="urn:p"></p:c></b></a>',
    );
  });
  it('exclusive asks the nearest output ancestor that utilizes the prefix', () => {
    const nested = parsed('<p:a xmlns:p="urn:p"><b><p:c><p:d/></p:c></b></p:a>');
    const c = elementNamed(nested, 'p:c');
    expect(canonical(selected(nested, { namespace: (element) => element !== c }), EXCLUSIVE)).toBe(
      '<p:a xmlns:p="urn:p"><b><p:c><p:d xmlns:p="urn:p"></p:d></p:c></b></p:a>',
    );
  });
  it('an attribute that is not in the set utilizes nothing', () => {
    const one = parsed('<a xmlns:p="urn:p" p:x="1"><p:b/></a>');
    expect(canonical(selected(one, { attribute: () => false }), EXCLUSIVE)).toBe('<a><p:b xmlns:p="urn:p"></p:b></a>');
  });
});

describe('xml:* attributes of an element whose parent is absent', () => {
  const document = parsed('<a xml:lang="en" xml:id="i"><b xml:space="preserve"><c xml:lang="no"/><d/></b></a>');
  const b = elementNamed(document, 'b');
  const c = elementNamed(document, 'c');
  it('are taken over whether or not the ancestor is in the set, by 1.1 from those alone that are not', () => {
    const set = selected(document, {
      node: (node) => node !== b,
      attribute: (attribute) => document.attributeOwner[attribute] !== b,
    });
    expect(canonical(set, WITHOUT)).toBe(
      '<a xml:id="i" xml:lang="en"><c xml:id="i" xml:lang="no" xml:space="preserve"></c><d xml:id="i" ' +
        'xml:lang="en" xml:space="preserve"></d></a>',
    );
    expect(canonical(set, method(C14N_11))).toBe(
      '<a xml:id="i" xml:lang="en"><c xml:lang="no" xml:space="preserve"></c><d xml:space="preserve"></d></a>',
    );
  });
  it('an attribute of its own that is not in the set stops the taking over', () => {
    const set = selected(document, { node: (node) => node === c, attribute: () => false });
    expect(canonical(set, WITHOUT)).toBe('<c xml:id="i" xml:space="preserve"></c>');
  });
  it('nothing is taken over where the parent is in the set', () => {
    const set = selected(document, { attribute: (attribute) => document.attributeOwner[attribute] === c });
    expect(canonical(set, WITHOUT)).toBe('<a><b><c xml:lang="no"></c><d></d></b></a>');
  });
});

it('PIs and comments outside the document element keep their line feeds without it', () => {
  const document = parsed('<?p?><a>x</a><!--c-->');
  const a = elementNamed(document, 'a');
  expect(canonical(selected(document, { node: (node) => node !== a }), method(`${C14N_10}#WithComments`))).toBe(
    '<?p?>\nx\n<!--c-->',
  );
});

describe('inheritable attributes of an orphan that are not in the set', () => {
  // What xmlsec1 1.2 has before it hashes, for an XPath transform that keeps the elements alone.
  const document = parsed(
    '<r xml:lang="de" xml:base="r/"><a xml:base="foo/bar" xml:lang="en" xml:space="preserve" xml:id="i1" x="1">' +
      '<b xml:base=".."><d xml:base="x" xml:lang="fr" y="2">t</d></b></a></r>',
  );
  const [a, d] = [elementNamed(document, 'a'), elementNamed(document, 'd')];
  const only = (...nodes: readonly number[]) =>
    selected(document, { node: (node) => nodes.includes(node), attribute: () => false });
  it('are written by Canonical XML 1.1, joined where ancestors are left out', () => {
    expect(canonical(only(a, d), method(C14N_11))).toBe(
      '<a xml:base="r/foo/bar" xml:lang="en" xml:space="preserve"><d xml:base="../x" xml:lang="fr"></d></a>',
    );
    expect(canonical(only(d), method(C14N_11))).toBe('<d xml:base="r/x" xml:lang="fr" xml:space="preserve"></d>');
  });
  it('are written on the document element, too, whose parent is the root node', () => {
    const bare = parsed('<a xml:base="foo/bar" xml:lang="en" x="1"><b/></a>');
    const apex = elementNamed(bare, 'a');
    const set = selected(bare, { node: (node) => node === apex, attribute: () => false });
    expect(canonical(set, method(C14N_11))).toBe('<a xml:base="foo/bar" xml:lang="en"></a>');
    // With the root node in the set it is no orphan.
    const whole = selected(bare, { node: (node) => node === apex || node === 0, attribute: () => false });
    expect(canonical(whole, method(C14N_11))).toBe('<a></a>');
    expect(canonical(set, WITHOUT)).toBe('<a></a>');
  });
});

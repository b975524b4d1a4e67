/** The examples of Canonical XML 1.1 that differ from 1.0: xml:id, xml:base (§2.4, §3.8, appendix A). */
import { C14N_10, C14N_11, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { describe, expect, it } from 'vitest';
import { joinUriReferences, removeDotSegments } from '../../../src/engine/canonicalization/join-uri-references.ts';
import { canonical, elementNamed, method, parsed, selected, subtree } from './documents.ts';

describe('3.8 document subsets and XML attributes', () => {
  const example = (docBase: string, e2Base: string) => {
    // The specification's DTD gives e2 xml:space="preserve" and makes id an ID.
    const document = parsed(`<doc xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org" xml:base="${docBase}">
   <e1>
      <e2 xmlns="" xml:id="abc" xml:base="${e2Base}" xml:space="preserve">
         <e3 id="E3" xml:base="foo"/>
      </e2>
   </e1>
</doc>`);
    const e1 = elementNamed(document, 'e1');
    const e3 = elementNamed(document, 'e3');
    return selected(document, {
      node: (node) => node === e1 || node === e3,
      attribute: (attribute) => document.attributeOwner[attribute] === e3,
      namespace: (element) => element === e1 || element === e3,
    });
  };
  it('joins xml:base over what is omitted and leaves xml:id', () => {
    expect(canonical(example('http://www.example.com/something/else', '../bar/'), method(C14N_11))).toBe(
      '<e1 xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org" ' +
        'xml:base="http://www.example.com/something/else">' +
        '<e3 xmlns="" id="E3" xml:base="../bar/foo" xml:space="preserve"></e3></e1>',
    );
  });
  it('joins relative ones (erratum E01)', () => {
    expect(canonical(example('something/else', 'bar/'), method(C14N_11))).toBe(
      '<e1 xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org" xml:base="something/else">' +
        '<e3 xmlns="" id="E3" xml:base="bar/foo" xml:space="preserve"></e3></e1>',
    );
  });
  it('1.0 takes over xml:id, and its own xml:base stays', () => {
    expect(canonical(example('something/else', 'bar/'), method(C14N_10))).toBe(
      '<e1 xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org" xml:base="something/else">' +
        '<e3 xmlns="" id="E3" xml:base="foo" xml:id="abc" xml:space="preserve"></e3></e1>',
    );
  });
});

it('2.4 removing b and c gives d "../../x"', () => {
  const document = parsed('<a xml:base="foo/bar"><b xml:base=".."><c xml:base=".."><d xml:base="x"></d></c></b></a>');
  const omitted = [elementNamed(document, 'b'), elementNamed(document, 'c')];
  const set = selected(document, {
    node: (node) => !omitted.includes(node),
    attribute: (attribute) => !omitted.includes(document.attributeOwner[attribute]!),
  });
  expect(canonical(set, method(C14N_11))).toBe('<a xml:base="foo/bar"><d xml:base="../../x"></d></a>');
});

describe('a subtree', () => {
  const document = parsed(
    '<a xml:base="http://example.org/x/" xml:lang="de" xml:id="i" xml:foo="f"><b xml:base="y/" ' +
      'xml:space="preserve"><c xml:lang="en" z="1"/></b></a>',
  );
  const apex = elementNamed(document, 'c');
  it('1.0 inherits every xml:* attribute, nearest first', () => {
    expect(canonical(subtree(document, apex), method(C14N_10))).toBe(
      '<c z="1" xml:base="y/" xml:foo="f" xml:id="i" xml:lang="en" xml:space="preserve"></c>',
    );
  });
  it('1.1 inherits xml:lang and xml:space and joins xml:base', () => {
    expect(canonical(subtree(document, apex), method(C14N_11))).toBe(
      '<c z="1" xml:base="http://example.org/x/y/" xml:lang="en" xml:space="preserve"></c>',
    );
  });
  it('exclusive inherits none', () => {
    expect(canonical(subtree(document, apex), method(EXCLUSIVE_C14N))).toBe('<c z="1" xml:lang="en"></c>');
  });
  it('1.1 leaves out a base that joins to nothing', () => {
    const empty = parsed('<a xml:base="abc/"><b xml:base="../" q="1"/></a>');
    expect(canonical(subtree(empty, elementNamed(empty, 'b')), method(C14N_11))).toBe('<b q="1"></b>');
  });
});

/** Appendix A, in its order. */
const REMOVE_DOT_SEGMENTS: readonly (readonly [string, string])[] = [
  ['no/.././/pseudo-netpath/seg/file.ext', 'pseudo-netpath/seg/file.ext'],
  ['no/..//.///pseudo-netpath/seg/file.ext', 'pseudo-netpath/seg/file.ext'],
  ['yes/no//..//.///pseudo-netpath/seg/file.ext', 'yes/pseudo-netpath/seg/file.ext'],
  ['no/../yes', 'yes'],
  ['no/../yes/', 'yes/'],
  ['no/../yes/no/..', 'yes/'],
  ['../../no/../..', '../../../'],
  ['no/../..', '../'],
  ['no/..', ''],
  ['no/../', ''],
  ['/a/b/c/./../../g', '/a/g'],
  ['mid/content=5/../6', 'mid/6'],
  ['../../..', '../../../'],
  ['no/../../', '../'],
  ['..yes/..no/..no/..no/../../../..yes', '..yes/..yes'],
  ['..yes/..no/..no/..no/../../../..yes/', '..yes/..yes/'],
  ['../..', '../../'],
  ['../../../', '../../../'],
  ['.', ''],
  ['./', ''],
  ['./.', ''],
  ['//no/..', '/'],
  ['../../no/..', '../../'],
  ['../../no/../', '../../'],
  ['yes/no/../', 'yes/'],
  ['yes/no/no/../..', 'yes/'],
  ['yes/no/no/no/../../..', 'yes/'],
  ['yes/no/../yes/no/no/../..', 'yes/yes/'],
  ['yes/no/no/no/../../../yes', 'yes/yes'],
  ['yes/no/no/no/../../../yes/', 'yes/yes/'],
  ['/no/../', '/'],
  ['/yes/no/../', '/yes/'],
  ['/yes/no/no/../..', '/yes/'],
  ['/yes/no/no/no/../../..', '/yes/'],
  ['../../..no/..', '../../'],
  ['../../..no/../', '../../'],
  ['..yes/..no/../', '..yes/'],
  ['..yes/..no/..no/../..', '..yes/'],
  ['..yes/...no/..no/..no/../../..', '..yes/'],
  ['..yes/..no/../..yes/..no/..no/../..', '..yes/..yes/'],
  ['/..no/../', '/'],
  ['/..yes/..no/../', '/..yes/'],
  ['/..yes/..no/..no/../..', '/..yes/'],
  ['/..yes/..no/..no/..no/../../..', '/..yes/'],
  ['/', '/'],
  ['/.', '/'],
  ['/./', '/'],
  ['/./.', '/'],
  ['/././', '/'],
  ['/..', '/'],
  ['/../..', '/'],
  ['/../../..', '/'],
  ['//..', '/'],
  ['//..//..', '/'],
  ['//..//..//..', '/'],
  ['/./..', '/'],
  ['/./.././..', '/'],
  ['/./.././.././..', '/'],
  ['..', '../'],
  ['../', '../'],
];

describe('join-URI-References', () => {
  it.each(REMOVE_DOT_SEGMENTS)('removes dot segments of %j', (path, result) =>
    expect(removeDotSegments(path)).toBe(result),
  );
  it.each([
    ['abc/', '../', ''],
    ['../', '../', '../../'],
    ['..', '..', '../../'],
    ['a/', 'b#f', 'a/b'],
    ['a/?q', '', 'a/?q'],
    ['else', 'urn:x', 'urn:x'],
    ['http://h', 'x', 'http://h/x'],
    ['http://h/a', '//i/../b', 'http://i/b'],
    ['http://h/a/b', '/c', 'http://h/c'],
  ])('joins %j and %j', (base, reference, result) => expect(joinUriReferences(base, reference)).toBe(result));
});

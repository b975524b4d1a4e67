/** Each constraint by name: the code, the clause, the place and what was expected. */
import { describe, expect, test } from 'vitest';
import { findingWords } from '../../../src/content/findings/index.ts';
import { Budget } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { parseXml } from '../../../src/engine/xml/parse.ts';

/** reason, document with the error marked by ⟦ ⟧ (an empty mark is a place), rule, further data. */
const table: readonly (readonly [string, string, RegExp, object?])[] = [
  ['mismatched-end-tag', '<a><b>⟦</a⟧></b>', /Element Type Match/, { expected: 'b', found: 'a', openedAt: 3 }],
  ['mismatched-end-tag', '<a><bc>⟦</bcd⟧></a>', /Element Type Match/, { expected: 'bc', found: 'bcd' }],
  ['unclosed-element', '<a><b></b>⟦⟧', /element/, { name: 'a', openedAt: 0 }],
  ['unclosed-attribute-value', '<a x="1⟦⟧', /AttValue/, { name: 'x', openedAt: 5 }],
  ['unclosed-comment', '<a><!-- c -⟦⟧', /Comment/, { openedAt: 3 }],
  ['unclosed-cdata', '<a><![CDATA[ ]]⟦⟧', /CDSect/, { openedAt: 3 }],
  ['unclosed-processing-instruction', '<a><?p q?⟦⟧', /PI/, { openedAt: 3 }],
  ['duplicate-attribute', '<a x="1" y="2" ⟦x⟧="3"/>', /Unique Att Spec/, { name: 'x' }],
  [
    'duplicate-attribute',
    '<a xmlns:p="u" xmlns:q="u" p:x="1" ⟦q:x⟧="2"/>',
    /Attributes Unique/,
    { name: 'q:x', uri: 'u' },
  ],
  ['duplicate-attribute', '<a xmlns:p="a&#98;" xmlns:q="ab" p:x="1" ⟦q:x⟧="2"/>', /Attributes Unique/],
  ['unbound-prefix', '<⟦p:a⟧/>', /Prefix Declared/, { prefix: 'p' }],
  ['unbound-prefix', '<a><b xmlns:p="u"/><⟦p:a⟧/></a>', /Prefix Declared/],
  ['unbound-prefix', '<a ⟦p:x⟧="1"/>', /Prefix Declared/, { prefix: 'p', name: 'p:x' }],
  ['prefix-undeclared', '<a ⟦xmlns:p=""⟧/>', /No Prefix Undeclaring/],
  ['reserved-prefix', '<a ⟦xmlns:xmlns="u"⟧/>', /Reserved Prefixes/],
  ['reserved-prefix', '<a ⟦xmlns:xml="u"⟧/>', /Reserved Prefixes/],
  ['reserved-prefix', '<a ⟦xmlns:p="http://www.w3.org/XML/1998/namespace"⟧/>', /Reserved Prefixes/],
  ['reserved-prefix', '<a ⟦xmlns="http://www.w3.org/XML/1998/namespace"⟧/>', /Reserved Prefixes/],
  ['reserved-prefix', '<a ⟦xmlns="http://www.w3.org/2000/xmlns/"⟧/>', /Reserved Prefixes/],
  ['reserved-prefix', '<⟦xmlns⟧:a/>', /Reserved Prefixes/],
  ['colon-in-name', '<a:b⟦:⟧c xmlns:a="u"/>', /QName/],
  ['name-expected', '<a:⟦/⟧>', /NCName/],
  ['name-expected', '<⟦:⟧a/>', /Name/],
  ['name-expected', '<⟦1⟧a/>', /Name/, { found: '1' }],
  ['name-expected', '<a:⟦1⟧ xmlns:a="u"/>', /NCName/],
  ['name-expected', '<⟦·⟧a/>', /Name/, { found: '·' }],
  ['name-expected', '<a><⟦ ⟧b/></a>', /Name/],
  ['unexpected-octets', '<a⟦×⟧/>', /STag/, { found: '×' }],
  ['unexpected-octets', '<a x="1"⟦y⟧="2"/>', /STag/],
  ['unexpected-octets', '<a x⟦>⟧', /Eq/, { expected: '=' }],
  ['unexpected-octets', '<a x=⟦1⟧/>', /AttValue/],
  ['unexpected-octets', '<a/⟦ ⟧>', /EmptyElemTag/],
  ['unexpected-octets', '<a></a ⟦x⟧>', /ETag/, { expected: '>', found: 'x' }],
  ['unexpected-octets', '<?p⟦+⟧?><a/>', /PI/],
  ['unexpected-octets', '<a><!⟦E⟧LEMENT a></a>', /content/],
  ['less-than-in-attribute', '<a x="⟦<⟧"/>', /No < in Attribute Values/, { name: 'x' }],
  ['reference-syntax', '<a>⟦&⟧ b</a>', /Reference/],
  ['reference-syntax', '<a>⟦&#;⟧</a>', /Reference/],
  ['reference-syntax', '<a>⟦&#x;⟧</a>', /Reference/],
  ['reference-syntax', '<a>⟦&#xG;⟧</a>', /Reference/],
  ['reference-syntax', '<a>⟦&#X41;⟧</a>', /Reference/],
  ['reference-syntax', '<a>⟦&1;⟧</a>', /Reference/],
  ['reference-syntax', '<a>⟦&;⟧</a>', /Reference/],
  ['undeclared-entity', '<a>t⟦&nbsp;⟧</a>', /Entity Declared/, { reference: '&nbsp;' }],
  ['undeclared-entity', '<a x="⟦&AMP;⟧"/>', /Entity Declared/],
  ['illegal-character-reference', '<a>⟦&#0;⟧</a>', /Legal Character/],
  ['illegal-character-reference', '<a>⟦&#xD800;⟧</a>', /Legal Character/],
  ['illegal-character-reference', '<a>⟦&#xFFFF;⟧</a>', /Legal Character/],
  ['illegal-character-reference', '<a>⟦&#x110000;⟧</a>', /Legal Character/],
  ['illegal-character-reference', '<a>⟦&#99999999999999999999;⟧</a>', /Legal Character/],
  ['illegal-character', '<a>⟦\u0001⟧</a>', /Char/, { character: 'U+0001' }],
  ['illegal-character', '<a><!-- ⟦\uFFFE⟧ --></a>', /Char/, { character: 'U+FFFE' }],
  ['illegal-character', '<a x="⟦\u000b⟧"/>', /Char/],
  ['illegal-character', '<a/>⟦\u0000⟧', /Char/],
  ['cdata-end-in-text', '<a>x⟦]]>⟧</a>', /CharData/],
  ['double-hyphen-in-comment', '<a><!-- ⟦--⟧ --></a>', /Comment/],
  ['double-hyphen-in-comment', '<a><!-- ⟦--⟧-></a>', /Comment/],
  ['cdata-outside-root', '⟦<![CDATA[⟧x]]><a/>', /document/],
  ['reserved-target', '<a>⟦<?xml⟧ version="1.0"?></a>', /PITarget/],
  ['reserved-target', ' ⟦<?xml⟧ version="1.0"?><a/>', /PITarget/],
  ['reserved-target', '<a/>⟦<?XmL⟧?>', /PITarget/],
  ['colon-in-target', '<?⟦a:b⟧ c?><a/>', /§7/],
  ['text-before-root', '⟦x⟧<a/>', /document/],
  ['text-after-root', '<a/> ⟦x⟧', /document/],
  ['second-root', '<a/>⟦<⟧b/>', /document/],
  ['unexpected-end-tag', '<a/>⟦</⟧a>', /document/],
  ['no-root-element', '<!-- c -->⟦⟧', /document/],
  ['no-root-element', '⟦⟧', /document/],
  ['xml-declaration', '<?xml ⟦⟧encoding="UTF-8"?><a/>', /VersionInfo/, { expected: 'version="1.0"' }],
  ['xml-declaration', '<?xml version="⟦⟧2.0"?><a/>', /VersionInfo/],
  ['xml-declaration', '<?xml version="⟦⟧1."?><a/>', /VersionInfo/],
  ['xml-declaration', '<?xml version="1.0" encoding="⟦⟧%"?><a/>', /EncName/],
  ['xml-declaration', '<?xml version="1.0" standalone="⟦⟧YES"?><a/>', /SDDecl/],
  ['xml-declaration', '<?xml version="1.0" standalone="yes" ⟦⟧encoding="UTF-8"?><a/>', /XMLDecl/],
  ['xml-declaration', '<?xml version="1.0"⟦⟧encoding="UTF-8"?><a/>', /XMLDecl/],
  ['xml-declaration', '<?xml version="1.0" ⟦⟧>', /XMLDecl/],
];

describe('errors of form', () => {
  for (const [reason, marked, rule, data] of table) {
    test(`${reason}: ${marked}`, () => {
      const start = encodeUtf8(marked.slice(0, marked.indexOf('⟦'))).length;
      const end = encodeUtf8(marked.slice(0, marked.indexOf('⟧')).replace('⟦', '')).length;
      const result = parseXml(encodeUtf8(marked.replace(/[⟦⟧]/g, '')), { budget: new Budget(), space: 's1' });
      expect(result.wellFormed).toBe(false);
      expect(result.problems).toHaveLength(1);
      const [problem] = result.problems;
      expect(problem).toMatchObject({ code: 'not-wellformed-xml', severity: 'error', data: { reason, ...data } });
      expect(problem!.rule).toMatch(rule);
      expect(problem!.range.space).toBe('s1');
      expect(findingWords('not-wellformed-xml')!.message(problem!.data)).not.toMatch(
        /A rule of XML is broken|undefined/,
      );
      expect([problem!.range.start, problem!.range.end]).toEqual([start, Math.max(end, start)]);
    });
  }
});

test('a DOCTYPE is refused at its place', () => {
  const result = parseXml(encodeUtf8('<?xml version="1.0"?>\n<!-- c -->\n<!DOCTYPE a [<!ENTITY x "y">]><a>&x;</a>'), {
    budget: new Budget(),
  });
  expect(result.problems).toEqual([
    {
      code: 'doctype-or-entity-refused',
      rule: '[28] doctypedecl',
      severity: 'error',
      range: { space: 'input', start: 33, end: 42 },
      data: {},
    },
  ]);
});

test('a DOCTYPE elsewhere is not well-formed', () => {
  for (const text of ['<a/><!DOCTYPE a>', '<a><!DOCTYPE a></a>']) {
    expect(parseXml(encodeUtf8(text), { budget: new Budget() }).problems[0]!.code).toBe('not-wellformed-xml');
  }
});

test('version 1.1 is read by the rules of 1.0, with a warning', () => {
  const good = parseXml(encodeUtf8('<?xml version="1.1"?><a>\u0085</a>'), { budget: new Budget() });
  expect(good).toMatchObject({
    wellFormed: true,
    version: '1.1',
    problems: [{ code: 'xml-version-not-1.0', severity: 'warning', data: { version: '1.1' } }],
  });
  expect(parseXml(encodeUtf8('<?xml version="1.1"?><a>&#1;</a>'), { budget: new Budget() }).wellFormed).toBe(false);
});

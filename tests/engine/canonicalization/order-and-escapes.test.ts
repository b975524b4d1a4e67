/** Order by code points and the escapes of canonical form, where other implementations go wrong. */
import { C14N_10, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { describe, expect, it } from 'vitest';
import { compareCodePoints } from '../../../src/engine/canonicalization/canonical-order.ts';
import { canonical, method, parsed, subtree } from './documents.ts';

const of = (xml: string, uri = C14N_10) => canonical(subtree(parsed(xml)), method(uri));

describe('order', () => {
  it('puts U+FF5A before U+10400, which UTF-16 would not', () => {
    expect(of('<a \u{10400}="1" \uff5a="2" b="3"/>')).toBe('<a b="3" \uff5a="2" \u{10400}="1"></a>');
    expect(of('<a xmlns:\u{10400}="urn:1" xmlns:\uff5a="urn:2" xmlns="urn:0"/>')).toBe(
      '<a xmlns="urn:0" xmlns:\uff5a="urn:2" xmlns:\u{10400}="urn:1"></a>',
    );
    expect(of('<a xmlns:p="urn:\u{1f600}" xmlns:q="urn:\ue000" p:a="1" q:a="2"/>')).toBe(
      '<a xmlns:p="urn:\u{1f600}" xmlns:q="urn:\ue000" q:a="2" p:a="1"></a>',
    );
  });
  it('compares as UTF-8 octets do', () => {
    const texts = [
      '',
      'a',
      'ab',
      'b',
      'é',
      '\ud7ff',
      '\ue000',
      '\uffee',
      '\u{10000}',
      '\u{10ffff}',
      'a\u{10000}',
      'a\uffee',
      '\u{10000}a',
    ];
    for (const a of texts) {
      for (const b of texts) {
        expect(Math.sign(compareCodePoints(a, b))).toBe(Buffer.compare(Buffer.from(a), Buffer.from(b)));
      }
    }
  });
  it('sorts attributes by namespace name, not by prefix, unprefixed first', () => {
    expect(of('<a xmlns:z="urn:1" xmlns:y="urn:2" y:a="1" z:b="2" z:a="3" c="4"/>')).toBe(
      '<a xmlns:y="urn:2" xmlns:z="urn:1" c="4" z:a="3" z:b="2" y:a="1"></a>',
    );
  });
  it('sorts many', () => {
    const names = Array.from({ length: 250 }, (_, i) => `a${(i * 7919) % 250}`);
    expect(of(`<r ${names.map((name) => `${name}="1" xmlns:${name}="urn:${name}"`).join(' ')}/>`)).toBe(
      `<r${[...names]
        .sort()
        .map((name) => ` xmlns:${name}="urn:${name}"`)
        .join('')}${[...names]
        .sort()
        .map((name) => ` ${name}="1"`)
        .join('')}></r>`,
    );
  });
});

describe('escapes', () => {
  it('a namespace name like an attribute value', () => {
    expect(of('<a xmlns="urn:x?a=1&amp;b=&lt;&quot;&#9;&#10;&#13;>"/>')).toBe(
      '<a xmlns="urn:x?a=1&amp;b=&lt;&quot;&#x9;&#xA;&#xD;>"></a>',
    );
    expect(of(`<a xmlns='urn:"'/>`, EXCLUSIVE_C14N)).toBe('<a xmlns="urn:&quot;"></a>');
  });
  it('a declaration taken over from an ancestor', () => {
    const document = parsed("<a xmlns:p  =  'urn:\"&#x26;'><b><p:c/></b></a>");
    expect(canonical(subtree(document, document.root + 1), method(EXCLUSIVE_C14N))).toBe(
      '<b><p:c xmlns:p="urn:&quot;&amp;"></p:c></b>',
    );
  });
  it('one spelling for two of a namespace name', () => {
    expect(of('<a xmlns="urn:a&#x62;"><b xmlns="urn:ab"/></a>')).toBe('<a xmlns="urn:ab"><b></b></a>');
  });
  it('text', () => {
    expect(of('<a>&#13;&#10;&#9;\r\n\r&gt;>&quot;"&apos;&#x26;&#60;&#x1F600;</a>')).toBe(
      '<a>&#xD;\n\t\n\n&gt;&gt;""\'&amp;&lt;\u{1f600}</a>',
    );
  });
  it('a CR before a CDATA section that begins with LF is a line end of its own', () => {
    expect(of('<a>\r<![CDATA[\n\r]]>\n</a>')).toBe('<a>\n\n\n\n</a>');
  });
  it('values', () => {
    expect(of(`<a b='"&#9;&#10;&#13;\t\n\r\n\r&lt;&gt;>&apos;&#32;'/>`)).toBe(
      `<a b="&quot;&#x9;&#xA;&#xD;    &lt;>>' "></a>`,
    );
  });
  it('comments and PIs keep their text but for line ends', () => {
    expect(
      canonical(
        subtree(parsed('<a><!--&amp;\r\n\r<>--><?p\t \r\n&lt;\r\nx ?></a>')),
        method(`${C14N_10}#WithComments`),
      ),
    ).toBe('<a><!--&amp;\n\n<>--><?p &lt;\nx ?></a>');
  });
});

/** The examples of Canonical XML 1.0 §3; those with a DTD as equivalents without one. */
import { C14N_10, C14N_11, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import { describe, expect, it } from 'vitest';
import { canonical, elementNamed, method, parsed, selected, subtree } from './documents.ts';

const WITHOUT = method(C14N_10);
const WITH = method(`${C14N_10}#WithComments`);

describe('3.1 PIs, comments, and outside of document element', () => {
  const input = `<?xml version="1.0"?>

<?xml-stylesheet   href="doc.xsl"
   type="text/xsl"   ?>

<doc>Hello, world!<!-- Comment 1 --></doc>

<?pi-without-data     ?>

<!-- Comment 2 -->

<!-- Comment 3 -->
`;
  it('without comments', () => {
    expect(canonical(subtree(parsed(input)), WITHOUT)).toBe(`<?xml-stylesheet href="doc.xsl"
   type="text/xsl"   ?>
<doc>Hello, world!</doc>
<?pi-without-data?>`);
  });
  it('with comments', () => {
    expect(canonical(subtree(parsed(input)), WITH)).toBe(`<?xml-stylesheet href="doc.xsl"
   type="text/xsl"   ?>
<doc>Hello, world!<!-- Comment 1 --></doc>
<?pi-without-data?>
<!-- Comment 2 -->
<!-- Comment 3 -->`);
  });
});

it('3.2 white space in document content', () => {
  const input = `<doc>
   <clean>   </clean>
   <dirty>   A   B   </dirty>
   <mixed>
      A
      <clean>   </clean>
      B
      <dirty>   A   B   </dirty>
      C
   </mixed>
</doc>`;
  expect(canonical(subtree(parsed(input)), WITHOUT)).toBe(input);
});

it('3.3 start and end tags', () => {
  // The specification's DTD gives e9 the attribute attr="default"; here it is written.
  const input = `<doc>
   <e1   />
   <e2   ></e2>
   <e3   name = "elem3"   id="elem3"   />
   <e4   name="elem4"   id="elem4"   ></e4>
   <e5 a:attr="out" b:attr="sorted" attr2="all" attr="I'm"
      xmlns:b="http://www.ietf.org"
      xmlns:a="http://www.w3.org"
      xmlns="http://example.org"/>
   <e6 xmlns="" xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="" xmlns:a="http://www.w3.org">
            <e9 xmlns="" xmlns:a="http://www.ietf.org" attr="default"/>
         </e8>
      </e7>
   </e6>
</doc>`;
  expect(canonical(subtree(parsed(input)), WITHOUT)).toBe(`<doc>
   <e1></e1>
   <e2></e2>
   <e3 id="elem3" name="elem3"></e3>
   <e4 id="elem4" name="elem4"></e4>
   <e5 xmlns="http://example.org" xmlns:a="http://www.w3.org" xmlns:b="http://www.ietf.org" attr="I'm" attr2="all" b:attr="sorted" a:attr="out"></e5>
   <e6 xmlns:a="http://www.w3.org">
      <e7 xmlns="http://www.ietf.org">
         <e8 xmlns="">
            <e9 xmlns:a="http://www.ietf.org" attr="default"></e9>
         </e8>
      </e7>
   </e6>
</doc>`);
});

it('3.4 character modifications and character references', () => {
  // Without its DTD: attribute types other than CDATA are not known, so normId keeps its spaces.
  const input = `<doc>
   <text>First line&#x0d;&#10;Second line</text>
   <value>&#x32;</value>
   <compute><![CDATA[value>"0" && value<"10" ?"valid":"error"]]></compute>
   <compute expr='value>"0" &amp;&amp; value&lt;"10" ?"valid":"error"'>valid</compute>
   <norm attr=' &apos;   &#x20;&#13;&#xa;&#9;   &apos; '/>
</doc>`;
  expect(canonical(subtree(parsed(input)), WITHOUT)).toBe(`<doc>
   <text>First line&#xD;
Second line</text>
   <value>2</value>
   <compute>value&gt;"0" &amp;&amp; value&lt;"10" ?"valid":"error"</compute>
   <compute expr="value>&quot;0&quot; &amp;&amp; value&lt;&quot;10&quot; ?&quot;valid&quot;:&quot;error&quot;">valid</compute>
   <norm attr=" '    &#xD;&#xA;&#x9;   ' "></norm>
</doc>`);
});

it('3.6 UTF-8 encoding', () => {
  const input = Uint8Array.from(
    [...'<?xml version="1.0" encoding="ISO-8859-1"?><doc>&#169;']
      .map((c) => c.charCodeAt(0))
      .concat(
        [0xa9],
        [...'</doc>'].map((c) => c.charCodeAt(0)),
      ),
  );
  expect(canonical(subtree(parsed(input)), WITHOUT)).toBe('<doc>\u00a9\u00a9</doc>');
});

describe('3.7 document subsets', () => {
  const input = `<doc xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org">
   <e1>
      <e2 xmlns="">
         <e3 id="E3"/>
      </e2>
   </e1>
</doc>`;
  // (//. | //@* | //namespace::*)[self::ietf:e1 or (parent::ietf:e1 and not(self::text() or self::e2)) or
  // count(id("E3")|ancestor-or-self::node()) = count(ancestor-or-self::node())]
  const document = parsed(input);
  const e1 = elementNamed(document, 'e1');
  const e3 = elementNamed(document, 'e3');
  const set = selected(document, {
    node: (node) => node === e1 || node === e3,
    attribute: (attribute) => document.attributeOwner[attribute] === e3,
    namespace: (element) => element === e1 || element === e3,
  });
  const expected = '<e1 xmlns="http://www.ietf.org" xmlns:w3c="http://www.w3.org"><e3 xmlns="" id="E3"></e3></e1>';
  it('Canonical XML 1.0', () => expect(canonical(set, WITHOUT)).toBe(expected));
  it('Canonical XML 1.1', () => expect(canonical(set, method(C14N_11))).toBe(expected));
  it('Exclusive: only what is visibly utilized', () => {
    expect(canonical(set, method(EXCLUSIVE_C14N))).toBe(
      '<e1 xmlns="http://www.ietf.org"><e3 xmlns="" id="E3"></e3></e1>',
    );
  });
});

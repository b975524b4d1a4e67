/** What each form of URI names, and what a reader is told where it names nothing or too much. */
import { describe, expect, test } from 'vitest';
import { Recorder } from '../../../src/engine/trace/recorder.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { dereference } from '../../../src/engine/references/dereference.ts';
import { indexIds } from '../../../src/engine/references/index-ids.ts';
import { qualifiedName } from '../../../src/engine/xml/navigate.ts';
import { parsed } from '../xpath/evaluating.ts';

const WSU = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-wssecurity-utility-1.0.xsd';
const NONE: ReadonlyMap<string, Uint8Array> = new Map();

function resolve(xml: string, uri: string | null, external = NONE) {
  const document = parsed(xml);
  return {
    document,
    result: dereference(uri, { document, ids: indexIds(document, []), external, recorder: new Recorder(() => '') }),
  };
}

/** The name of what is found and whether comments stay, else status and code. */
function found(xml: string, uri: string | null, external = NONE): string {
  const { document, result } = resolve(xml, uri, external);
  if (result.status === 'nodes') {
    return `${qualifiedName(document, result.target) || 'document'}${result.set.comments ? ' with comments' : ''}`;
  }
  return result.status === 'octets' ? `octets of ${result.name}` : `${result.status} ${result.code}`;
}

const XML =
  `<r xmlns:u="${WSU}"><a u:Id="one"/><ds:Object xmlns:ds="http://www.w3.org/2000/09/xmldsig#" Id="o b"><b ` +
  'ID="two"/></ds:Object></r>';

describe('same-document references', () => {
  test.each([
    ['', 'document'],
    ['#one', 'a'],
    ['#two', 'b'],
    ['#o%20b', 'ds:Object'],
    ['#xpointer(/)', 'document with comments'],
    ["#xpointer(id('one'))", 'a with comments'],
    ['#xpointer(id("two"))', 'b with comments'],
    ['#xpointer(id(%27one%27))', 'a with comments'],
    ["#xpointer( id( 'one' ) )", 'a with comments'],
    ['#xpointer(//a)', 'unsupported xpointer-unsupported'],
    ['#element(/1)', 'r with comments'],
    ['#element(/1/2)', 'ds:Object with comments'],
    ['#element(/1/2/1)', 'b with comments'],
    ['#element(one)', 'a with comments'],
    ['#element(none)', 'failed id-not-found'],
    ['#element(/1/3)', 'failed xpointer-selects-nothing'],
    ['#element(/2)', 'failed xpointer-selects-nothing'],
    ['#element(/0)', 'unsupported xpointer-unsupported'],
    ['#element()', 'unsupported xpointer-unsupported'],
    ['#xpointer(/r/a)', 'a with comments'],
    ['#xpointer(/child::r/child::*[2]/b)', 'b with comments'],
    ['#xpointer(/r/*)', 'unsupported xpointer-unsupported'],
    ['#xpointer(/r/c)', 'failed xpointer-selects-nothing'],
    ['#xpointer(/r/ds:Object)', 'unsupported xpointer-unsupported'],
    ['#xmlns(d=http://www.w3.org/2000/09/xmldsig%23)%20xpointer(/r/d:Object/child::b)', 'b with comments'],
    ["#xmlns(d=http://www.w3.org/2000/09/xmldsig%23)xpointer(id('o%20b')/b)", 'b with comments'],
    ["#xpointer(id('one')/b)", 'failed xpointer-selects-nothing'],
    ["#xpointer(id('one')", 'unsupported xpointer-unsupported'],
    ["#xpointer(id('one')/@u:Id)", 'unsupported xpointer-unsupported'],
    ['#xpointer(string-range(/r,1))', 'unsupported xpointer-unsupported'],
    ['#xpointer()', 'unsupported xpointer-unsupported'],
    ['#xpointer(/r/a/..)', 'unsupported xpointer-unsupported'],
    ['#xpointer(/r/.)', 'unsupported xpointer-unsupported'],
    ['#xpointer(/r/self::r)', 'unsupported xpointer-unsupported'],
    ['#xpointer(/r/a|/r/b)', 'unsupported xpointer-unsupported'],
    ['#xpointer(/r/a+1)', 'unsupported xpointer-unsupported'],
    ['#none', 'failed id-not-found'],
    ['#', 'failed id-not-found'],
    ["#xpointer(id('none'))", 'failed id-not-found'],
  ])('%s', (uri, expected) => {
    expect(found(XML, uri)).toBe(expected);
  });
  test('no URI', () => {
    expect(found(XML, null)).toBe('missing reference-without-uri');
  });
});

describe('octets that the user supplied', () => {
  const octets = encodeUtf8('x');
  test.each([
    ['http://example.org/a.xml', 'http://example.org/a.xml', 'octets of http://example.org/a.xml'],
    ['a%20b.txt', 'a b.txt', 'octets of a b.txt'],
    ['cid:part@x', 'part@x', 'octets of part@x'],
    ['cid:part@x', '<part@x>', 'octets of <part@x>'],
    ['cid:part%40x', 'part@x', 'octets of part@x'],
    ['CID:part@x', 'cid:part@x', 'octets of cid:part@x'],
    ['cid:other', 'part@x', 'missing attachment-cid-not-found'],
    ['http://example.org/b.xml', 'http://example.org/a.xml', 'missing external-reference-not-supplied'],
    ['http://example.org/a.xml#id', 'http://example.org/a.xml', 'unsupported external-fragment-unsupported'],
    ['bad%', 'bad%', 'octets of bad%'],
  ])('%s among %s', (uri, name, expected) => {
    expect(found(XML, uri, new Map([[name, octets]]))).toBe(expected);
  });
  test('what a receiver would have fetched is named', () => {
    const { result } = resolve(XML, 'https://example.org:8080/a?b');
    expect(result).toMatchObject({ data: { scheme: 'https', host: 'example.org:8080' } });
  });
});

describe('an id that stands twice', () => {
  test('under one attribute name', () => {
    const { document, result } = resolve('<r><a Id="x"/><b Id="x"/><c Id="y"/></r>', '#x');
    expect(result).toMatchObject({
      status: 'refused',
      code: 'dup-id',
      data: { id: 'x', count: 2, elements: ['/r/a', '/r/b'], attributes: ['Id', 'Id'] },
    });
    expect(
      'ranges' in result &&
        result.ranges.map(({ start, end }) => new TextDecoder().decode(document.octets.slice(start, end))),
    ).toEqual(['x', 'x']);
  });
  test('under different names', () => {
    expect(resolve('<r><a Id="x"/><b ID="x"/></r>', '#x').result).toMatchObject({ status: 'refused', code: 'XSW-03' });
  });
  test('is no matter while nothing refers to it', () => {
    expect(found('<r><a Id="x"/><b Id="x"/><c Id="y"/></r>', '#y')).toBe('c');
  });
});

describe('near misses of a dangling reference', () => {
  test.each([
    ['case', '<r><a Id="Body-1"/></r>', '#body-1', 'Body-1'],
    ['white-space', '<r><a Id=" Body-1"/></r>', '#Body-1', ' Body-1'],
    ['attribute', '<r xmlns:o="urn:o"><a o:Id="Body-1"/></r>', '#Body-1', 'Body-1'],
    ['attribute', '<r><a Name="Body-1"/></r>', '#Body-1', 'Body-1'],
    ['similar', '<r><a Id="Boddy-1"/></r>', '#Body-1', 'Boddy-1'],
    ['number-sign', '<r><a Id="Body-1"/></r>', 'Body-1', '#Body-1'],
  ])('%s', (kind, xml, uri, candidate) => {
    expect(resolve(xml, uri).result).toMatchObject({
      status: 'failed',
      code: 'id-not-found',
      data: { nearMiss: kind, candidates: [candidate], candidateElements: ['/r/a'] },
    });
  });
  test('ids that differ in a digit are different ids', () => {
    expect(resolve('<r><a Id="Body-1"/></r>', '#Body-2').result).toMatchObject({
      data: { nearMiss: null, candidates: [] },
    });
  });
});

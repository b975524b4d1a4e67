/** What coverage rests on: the node-set kept, tokens put in, and whether content was left out. */
import { describe, expect, test } from 'vitest';
import { elementPath } from '../../../src/engine/xml/navigate.ts';
import { BASE64, ENVELOPED, EXCLUSIVE, filter2, signature, xpath } from './signed-document.ts';
import { message, shown } from './transforming.ts';

const DSIG = 'xmlns:d="http://www.w3.org/2000/09/xmldsig#"';

async function effects(transforms: string, uri = '', body = '<a k="1">text<b/></a>') {
  const run = message(`<r>${body}${signature(transforms, uri)}</r>`);
  const processed = await run.first();
  if (processed.status !== 'octets') throw new Error(processed.code);
  return { ...processed, document: run.document, signature: run.signatures[0]! };
}

describe('content left out', () => {
  test.each([
    ['nothing', '', '', false],
    ['the signature itself', ENVELOPED, '', false],
    ['the signature by XPath', xpath('not(ancestor-or-self::d:Signature)', DSIG), '', false],
    [
      'the signature by filter',
      filter2(['subtract', '//d:Signature']).replace('<f:XPath', `<f:XPath ${DSIG}`),
      '',
      false,
    ],
    ['everything', xpath('false()'), '', true],
    ['everything by filter', filter2(['intersect', '//none']), '', true],
    ['one element', xpath('not(self::b)'), '', true],
    ['one attribute', xpath("not(name() = 'k')"), '', true],
    ['text', xpath('not(self::text())'), '', true],
    ['a namespace node', xpath("not(name() = 'n')"), '#x', true],
    ['comments', xpath('not(self::comment())'), '#xpointer(/)', false],
    ['a part of a document parsed anew', EXCLUSIVE + xpath('not(self::b)'), '', true],
    ['nothing of a document parsed anew', EXCLUSIVE + xpath('true()'), '', false],
    ['mark-up around base64 in the target itself', BASE64, '#c', false],
    ['mark-up around base64 in a child', BASE64, '#p', true],
  ])('%s', async (_, transforms, uri, expected) => {
    const body = '<a k="1">text<b/><!-- c --></a><x Id="x" xmlns:n="urn:n"/><p Id="p"><c Id="c">aGk=</c></p>';
    expect((await effects(transforms, uri, body)).discards).toBe(expected);
  });
});

describe('the node-set kept', () => {
  test('the target less the signature', async () => {
    const { kept, document, signature: own } = await effects(ENVELOPED + EXCLUSIVE);
    expect(kept).toMatchObject({ type: 'subtree', apex: 0, excluded: [own] });
    expect(kept?.document).toBe(document);
  });
  test('what an XPath transform left, before the canonicalization', async () => {
    const { kept } = await effects(xpath('ancestor-or-self::a') + EXCLUSIVE);
    expect(kept?.type === 'selected' && [0, 1, 2, 3, 4, 5].map((node) => kept.hasNode(node))).toEqual([
      false,
      false,
      true,
      true,
      true,
      false,
    ]);
  });
  test('that of the first canonicalization, where octets are parsed anew', async () => {
    const { kept, document } = await effects(ENVELOPED + EXCLUSIVE + xpath('true()') + EXCLUSIVE);
    expect(kept?.document).toBe(document);
  });
  test('none where a document parsed anew lost something: what is left cannot be told', async () => {
    expect(await effects(EXCLUSIVE + xpath('not(self::b)'))).toMatchObject({ kept: null, discards: true });
  });
  test('all of a target inside the signature, though enveloped-signature stands before', async () => {
    const run = message(`<r>${signature(ENVELOPED + EXCLUSIVE, '#o', '<ds:Object Id="o">text</ds:Object>')}</r>`);
    const processed = await run.first();
    expect(shown(processed)).toContain('>text</ds:Object>');
    expect(processed).toMatchObject({ kept: { type: 'subtree', excluded: [] } });
  });
  test('none for base64 and for external octets', async () => {
    expect((await effects(BASE64, '#x', '<x Id="x">aGk=</x>')).kept).toBe(null);
    const external = message(`<r>${signature('', 'urn:x')}</r>`, {
      external: new Map([['urn:x', new Uint8Array([1])]]),
    });
    expect(await external.first()).toMatchObject({ status: 'octets', kept: null, target: null, discards: false });
  });
  test('the target is the element that the URI names', async () => {
    const { target, document } = await effects(EXCLUSIVE, '#x', '<a><x Id="x"/></a>');
    expect(target !== null && elementPath(document, target)).toBe('/r/a/x');
  });
});

test('only the signature being processed is removed', async () => {
  const run = message(`<r>${signature(ENVELOPED)}${signature(ENVELOPED)}</r>`);
  const [first, second] = run.signatures;
  const one = await run.process(run.references(first!)[0]!, first!);
  const two = await run.process(run.references(second!)[0]!, second!);
  expect(one).toMatchObject({ kept: { excluded: [first] } });
  expect(two).toMatchObject({ kept: { excluded: [second] } });
});

describe('expressions that follow a moved element', () => {
  test.each([
    ['//r', filter2(['intersect', '//r']), 'descendant'],
    ['local-name()', xpath("ancestor-or-self::*[local-name() = 'r']"), 'local-name'],
    ['a full path', filter2(['intersect', '/r']), null],
    ['what is left out', filter2(['subtract', '//b']), null],
    ['not in a signature', xpath('not(ancestor-or-self::d:Signature)', DSIG), null],
  ])('%s', async (_, transforms, risk) => {
    const run = message(`<r><b/>${signature(transforms)}</r>`);
    await run.first();
    const finding = run.recorder.findings.find(({ code }) => code === 'XSW-08');
    expect(finding?.data['risk'] ?? null).toBe(risk);
    expect(finding?.severity ?? 'note').toBe('note');
  });
});

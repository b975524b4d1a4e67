/** Where a chain of transforms ends without octets: status, code and what a reader is told. */
import { describe, expect, test } from 'vitest';
import { BudgetExceeded, DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { encodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { BASE64, DS, ENVELOPED, EXCLUSIVE, filter2, signature, transform, xpath } from './signed-document.ts';
import { message, shown } from './transforming.ts';

const SMS = 'http://docs.oasis-open.org/wss/2004/01/oasis-200401-wss-soap-message-security-1.0';

async function outcome(transforms: string, uri: string | null = '', body = '') {
  const run = message(`<r>${body}${signature(transforms, uri)}</r>`);
  const processed = await run.first();
  const finding = run.recorder.findings.at(-1);
  return { processed, shown: shown(processed), finding, steps: run.recorder.steps };
}

describe('transforms that are not run', () => {
  test.each([
    [
      'XSLT',
      transform('http://www.w3.org/TR/1999/REC-xslt-19991116', '<x/>'),
      'refused: xslt-refused',
      { algorithm: 'http://www.w3.org/TR/1999/REC-xslt-19991116' },
    ],
    [
      'decryption',
      transform('http://www.w3.org/2002/07/decrypt#XML'),
      'unsupported: transform-unsupported',
      { name: 'Decryption transform (XML)' },
    ],
    [
      'attachments',
      transform('http://docs.oasis-open.org/wss/oasis-wss-SwAProfile-1.1#Attachment-Content-Signature-Transform'),
      'failed: attachment-transform-misplaced',
      { complete: false },
    ],
    [
      'Canonical XML 2.0',
      transform('http://www.w3.org/2010/xml-c14n2'),
      'unsupported: transform-unsupported',
      { kind: 'canonicalization' },
    ],
    [
      'a slip in a URI',
      transform('http://www.w3.org/2001/10/xml-exc-c14n'),
      'unsupported: transform-unknown',
      { meant: 'http://www.w3.org/2001/10/xml-exc-c14n#' },
    ],
    [
      'a slip in another',
      transform(`${DS}enveloped_signature`),
      'unsupported: transform-unknown',
      { meant: `${DS}enveloped-signature` },
    ],
    ['nothing near', transform('urn:example:ours'), 'unsupported: transform-unknown', { meant: null }],
    ['no algorithm', '<ds:Transform/>', 'unsupported: transform-unknown', { algorithm: '', meant: null }],
  ])('%s', async (_, transforms, expected, data) => {
    const result = await outcome(transforms);
    expect(result.shown).toBe(expected);
    expect(result.finding).toMatchObject({ code: expected.split(': ')[1], data });
  });
});

describe('transforms that cannot be run', () => {
  test.each([
    ['base64 of other text', BASE64, '#a', '<x Id="a">not base64!</x>', 'failed: base64-invalid'],
    ['enveloped after octets', EXCLUSIVE + ENVELOPED, '', '', 'failed: enveloped-transform-order'],
    [
      'octets that are no XML',
      BASE64 + EXCLUSIVE,
      '#a',
      '<x Id="a">bm8geG1s</x>',
      'failed: transform-input-not-wellformed',
    ],
    [
      'octets with a DOCTYPE',
      BASE64 + EXCLUSIVE,
      '#a',
      `<x Id="a">${Buffer.from('<!DOCTYPE a><a/>').toString('base64')}</x>`,
      'refused: transform-input-not-wellformed',
    ],
    ['an XPath that is none', xpath('a['), '', '', 'failed: xpath-syntax'],
    ['an undeclared prefix', xpath('self::none:x'), '', '', 'failed: xpath-prefix-undeclared'],
    ['no XPath', transform('http://www.w3.org/TR/1999/REC-xpath-19991116'), '', '', 'failed: xpath-parameter-count'],
    [
      'two XPaths',
      transform('http://www.w3.org/TR/1999/REC-xpath-19991116', '<ds:XPath>a</ds:XPath><ds:XPath>b</ds:XPath>'),
      '',
      '',
      'failed: xpath-parameter-count',
    ],
    ['a filter that is no node-set', filter2(['intersect', 'true()']), '', '', 'failed: xpath-type'],
    [
      'an unknown filter',
      filter2(['intersect', '/']).replace('intersect', 'unify'),
      '',
      '',
      'failed: xpath-filter-unknown',
    ],
    ['here() after octets', EXCLUSIVE + xpath('here()'), '', '', 'failed: xpath-here-unavailable'],
    ['id() of an id that stands twice', xpath("id('a')"), '', '<x Id="a"/><y Id="a"/>', 'refused: dup-id'],
    [
      'STR-Transform of something else',
      transform(`${SMS}#STR-Transform`),
      '#a',
      '<x Id="a"/>',
      'failed: str-transform-not-on-reference',
    ],
    [
      'a prefix list that is none',
      transform(
        'http://www.w3.org/2001/10/xml-exc-c14n#',
        '<e:InclusiveNamespaces xmlns:e="http://www.w3.org/2001/10/xml-exc-c14n#" PrefixList="a:b"/>',
      ),
      '',
      '',
      'failed: prefixlist-malformed',
    ],
    ['an id that stands twice', '', '#a', '<x Id="a"/><y Id="a"/>', 'refused: dup-id'],
    ['an id that stands nowhere', '', '#a', '', 'failed: id-not-found'],
    ['octets not supplied', '', 'http://example.org/', '', 'missing: external-reference-not-supplied'],
    ['no URI', '', null, '', 'missing: reference-without-uri'],
  ])('%s', async (_, transforms, uri, body, expected) => {
    const result = await outcome(transforms, uri, body);
    expect(result.shown).toBe(expected);
    expect(result.finding?.code).toBe(expected.split(': ')[1]);
    const status = { failed: 'failed', refused: 'failed', unsupported: 'unsupported', missing: 'unknown' }[
      expected.split(': ')[0]!
    ];
    expect(result.steps.find(({ id }) => id === result.finding?.step)?.status).toBe(status);
  });
});

describe('limits', () => {
  test('transforms of a reference, at the limit and one past it', async () => {
    const limits = { ...DEFAULT_LIMITS, transformsPerReference: 3 };
    const run = (count: number) => message(`<r>${signature(EXCLUSIVE.repeat(count))}</r>`, { limits }).first();
    expect((await run(3)).status).toBe('octets');
    await expect(run(4)).rejects.toThrow(BudgetExceeded);
  });
  test('filters of one XPath Filter 2.0 transform', async () => {
    const limits = { ...DEFAULT_LIMITS, transformsPerReference: 3 };
    const run = (count: number) =>
      message(`<r>${signature(filter2(...Array.from({ length: count }, () => ['union', '/'] as const)))}</r>`, {
        limits,
      }).first();
    expect((await run(3)).status).toBe('octets');
    await expect(run(4)).rejects.toThrow(BudgetExceeded);
  });
  test('octets made on the way', async () => {
    const text = Buffer.from('x'.repeat(1_000)).toString('base64');
    const run = (derivedOctets: number) =>
      message(`<r><x Id="a">${text}</x>${signature(BASE64, '#a')}</r>`, {
        limits: { ...DEFAULT_LIMITS, derivedOctets },
      }).first();
    expect((await run(1_000)).status).toBe('octets');
    await expect(run(999)).rejects.toThrow(BudgetExceeded);
  });
});

test('an absent URI around an enveloped signature means the document, with a warning', async () => {
  const result = await outcome(ENVELOPED, null, 'text');
  expect(result.shown).toBe('<r>text</r>');
  expect(result.finding).toMatchObject({ code: 'reference-without-uri', severity: 'warning' });
});

test('external octets are taken as they are, and parsed where a transform needs nodes', async () => {
  const external = new Map([['http://example.org/a.xml', encodeUtf8("<a  b='1'/>")]]);
  const run = (transforms: string) =>
    message(`<r>${signature(transforms, 'http://example.org/a.xml')}</r>`, { external }).first();
  expect(shown(await run(''))).toBe("<a  b='1'/>");
  expect(shown(await run(EXCLUSIVE))).toBe('<a b="1"></a>');
});

/**
 * Every step of a reference is recorded, and what it made is kept under the step's id with an origin that leads back to
 * the input.
 */
import { createHash } from 'node:crypto';
import { expect, test } from 'vitest';
import { decodeUtf8 } from '../../../src/engine/bytes/utf8.ts';
import { BASE64, ENVELOPED, EXCLUSIVE, signature, xpath } from './signed-document.ts';
import { message } from './transforming.ts';

test('a chain of nodes, octets and nodes again', async () => {
  const inner = Buffer.from('<x  a="1"><y/></x>').toString('base64');
  const run = message(`<r><o Id="o">${inner}</o>${signature(BASE64 + EXCLUSIVE + xpath('not(self::y)'), '#o')}</r>`);
  const processed = await run.first();
  const { steps, spaces, kept } = run.recorder;
  expect(steps.map(({ kind, status, data }) => [kind, status, data['algorithm'] ?? data['uri']])).toEqual([
    ['reference', 'warned', undefined],
    ['dereference', 'passed', '#o'],
    ['transform', 'passed', 'http://www.w3.org/2000/09/xmldsig#base64'],
    ['canonicalize', 'passed', 'http://www.w3.org/2001/10/xml-exc-c14n#'],
    ['transform', 'warned', 'http://www.w3.org/TR/1999/REC-xpath-19991116'],
    ['canonicalize', 'passed', 'http://www.w3.org/TR/2001/REC-xml-c14n-20010315'],
  ]);
  expect(steps.slice(1).every(({ parent }) => parent === 's1')).toBe(true);
  expect(steps[5]?.data).toMatchObject({ implicit: true });
  expect(spaces.map(({ id, kind, parent }) => [id, kind, parent])).toEqual([
    ['s3', 'transformed', null],
    ['s4', 'canonical', 's3'],
    ['s6', 'canonical', 's4'],
  ]);
  expect(['s3', 's4', 's6'].map((id) => decodeUtf8(kept.get(id)!.octets))).toEqual([
    '<x  a="1"><y/></x>',
    '<x a="1"><y></y></x>',
    '<x a="1"></x>',
  ]);
  expect(processed).toMatchObject({ status: 'octets', space: 's6', discards: true, kept: null });
  for (const space of spaces) {
    expect(space.sha256).toBe(createHash('sha256').update(kept.get(space.id)!.octets).digest('hex'));
  }
});

test('ranges: the URI, the transform, the nodes they yield', async () => {
  const xml = `<r>before${signature(ENVELOPED)}after</r>`;
  const run = message(xml);
  await run.first();
  const shownRange = (range: { readonly start: number; readonly end: number } | null | undefined) =>
    range ? xml.slice(range.start, range.end) : null;
  const [, dereference, transform] = run.recorder.steps;
  expect(shownRange(dereference?.range)).toBe('');
  expect(shownRange(transform?.range)).toBe(ENVELOPED);
  const [kept] = transform?.outputs ?? [];
  expect(kept?.type === 'nodes' && kept.ranges.map(shownRange)).toEqual(['<r>before', 'after</r>']);
});

test('large octets have the same fingerprint as small ones', async () => {
  const run = message(`<r>${'x'.repeat(100_000)}${signature(ENVELOPED)}</r>`);
  await run.first();
  const [space] = run.recorder.spaces;
  expect(space?.sha256).toBe(createHash('sha256').update(run.recorder.kept.get(space!.id)!.octets).digest('hex'));
});

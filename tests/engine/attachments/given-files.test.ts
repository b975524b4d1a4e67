/** An envelope with its attachments as files beside it: their types are told by what was signed. */
import { expect, it } from 'vitest';
import { digests, envelopeOf, finding, judged, message, octetsOf, partOf } from './interop-parts.ts';

const text = message('swa-signed-content');
const files = new Map(
  ['notes@interop', 'list@interop', 'picture@interop'].map((id) => [id, octetsOf(partOf(text, id))]),
);

it('verifies as the whole MIME message does', async () => {
  const run = await judged(envelopeOf(text), { attachments: files });
  expect(Object.values(digests(run))).toEqual(['pass', 'pass', 'pass', 'pass']);
  expect(
    run.trace.findings
      .filter((one) => one.code === 'attachment-type-from-digest')
      .map((one) => one.data.form)
      .sort(),
  ).toEqual(['text', 'xml']);
  expect(run.trace.verdict.headline).toBe((await judged(text)).trace.verdict.headline);
});

it('takes content ids as cid: URIs and in angle brackets', async () => {
  const named = new Map([...files].map(([id, octets], index) => [index === 0 ? `cid:${id}` : `<${id}>`, octets]));
  const run = await judged(envelopeOf(text), { attachments: named });
  expect(Object.values(digests(run))).toEqual(['pass', 'pass', 'pass', 'pass']);
});

it('does not help a file that was changed', async () => {
  const run = await judged(envelopeOf(text), {
    attachments: new Map([...files, ['notes@interop', octetsOf('other')]]),
  });
  expect(digests(run)['cid:notes@interop']).toBe('fail');
  expect(finding(run, 'attachment-line-ends')).toBeUndefined();
  expect(run.trace.verdict.headline).toBe('invalid');
});

it('knows where in the envelope each octet of the expanded one comes from', async () => {
  const mtom = message('mtom-signed-expanded');
  const run = await judged(mtom);
  const expanded = run.octets.get('expanded')!;
  const opened = run.octets.get('opened')!.octets;
  const { segments } = expanded.origin!();
  expect(segments.map((segment) => segment.kind)).toEqual(['copied', 'rewritten', 'copied']);
  for (const { start, end, sourceStart, sourceEnd, kind } of segments) {
    const source = Buffer.from(opened.subarray(sourceStart, sourceEnd)).toString();
    const derived = Buffer.from(expanded.octets.subarray(start, end)).toString();
    if (kind === 'copied') expect(derived).toBe(source);
    else {
      expect([derived, source.slice(0, 12)]).toEqual([
        Buffer.from(partOf(mtom, 'picture@interop'), 'latin1').toString('base64'),
        '<xop:Include',
      ]);
    }
  }
});

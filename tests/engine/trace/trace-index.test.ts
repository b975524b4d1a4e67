import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { indexTrace } from '../../../src/engine/trace/trace-index.ts';
import { judgeMessage, keyFromPem } from '../judging.ts';

const sample = (path: string) => new URL(`../../../src/content/samples/${path}`, import.meta.url);

test('what it gives is what a search through the trace gives', async () => {
  const keys = await keyFromPem(readFileSync(sample('keys/trust.pem'), 'utf8'), true);
  const { trace } = await judgeMessage(readFileSync(sample('messages/order-reformatted.xml')), { keys });
  const index = indexTrace(trace);
  expect(trace.steps.length).toBeGreaterThan(20);
  for (const step of trace.steps) {
    expect(index.step(step.id)).toBe(step);
    expect(index.children(step.id)).toEqual(trace.steps.filter((one) => one.parent === step.id));
    expect(index.findingsOf(step.id)).toEqual(trace.findings.filter((one) => one.step === step.id));
    const line = index.lineage(step.id);
    expect(line[0]).toBe(step);
    expect(line.map((one) => one.parent)).toEqual([...line.slice(1).map((one) => one.id), null]);
    const ids = new Set(line.map((one) => one.id));
    const references = trace.signatures.flatMap((signature) => signature.references);
    expect(index.referenceOf(step.id)).toBe(references.find((one) => ids.has(one.step)) ?? null);
    expect(index.signatureOf(step.id)).toBe(trace.signatures.find((one) => ids.has(one.step)) ?? null);
  }
  expect(index.children(null)).toEqual(trace.steps.filter((one) => one.parent === null));
  for (const finding of trace.findings) expect(index.finding(finding.id)).toBe(finding);
  for (const space of trace.spaces) expect(index.space(space.id)).toBe(space);
  for (const certificate of trace.certificates) expect(index.certificate(certificate.id)).toBe(certificate);
  expect(index.references).toEqual(trace.signatures.flatMap((signature) => signature.references));
  expect(indexTrace(trace)).toBe(index);
});

test('unknown ids, and none, are null', async () => {
  const { trace } = await judgeMessage('<a/>');
  const index = indexTrace(trace);
  for (const id of [null, undefined, '', 's999']) {
    expect([index.step(id), index.finding(id), index.space(id), index.certificate(id)]).toEqual([
      null,
      null,
      null,
      null,
    ]);
    expect(index.lineage(id)).toEqual([]);
    expect([index.referenceOf(id), index.signatureOf(id)]).toEqual([null, null]);
  }
});

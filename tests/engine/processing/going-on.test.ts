/** A run goes on after failures, stops at bounds with a finding, and gives the same trace twice. */
import { describe, expect, it } from 'vitest';
import { DEFAULT_LIMITS } from '../../../src/engine/bytes/budget.ts';
import { judge } from '../../../src/engine/index.ts';
import { codes, crypto, judgeMessage, keyFromPem } from '../judging.ts';
import { document, PUBLIC_PEM, TARGET } from '../../building/signed-document.ts';

const keys = await keyFromPem(PUBLIC_PEM, true);
const good = document({ target: TARGET });

describe('a run', () => {
  it('judges every signature although the first is wrong', async () => {
    const second = document({ target: TARGET.replaceAll('"a"', '"c"').replace('urn:c', 'urn:a'), uri: '#c' });
    const { trace } = await judgeMessage(`<all>${good.replace('text', 'tezt')}${second}</all>`, { keys });
    expect(trace.signatures.map((signature) => signature.references[0]?.digest)).toEqual(['fail', 'pass']);
    expect(trace.verdict.headline).toBe('invalid');
  });

  it.each([
    ['signatures', { signatures: 1 }, `<all>${good}${good}</all>`],
    ['elementDepth', { elementDepth: 2 }, good],
    ['referencesPerSignature', { referencesPerSignature: 0 }, good],
    ['inputOctets', { inputOctets: 10 }, good],
  ])('stops at the bound on %s and keeps what it found', async (bound, limits, message) => {
    const run = await judgeMessage(message, { keys, limits: { ...DEFAULT_LIMITS, ...limits } });
    expect(run.trace.verdict.headline).toBe('limit');
    expect(run.trace.findings.find((finding) => finding.code === 'limit')?.data['bound']).toBe(bound);
  });

  it('keeps the tree of a broken message', async () => {
    const run = await judgeMessage(good.slice(0, -10), { keys });
    expect(run.trace.verdict.headline).toBe('malformed');
    expect(run.trace.input.elements).toBeGreaterThan(5);
    expect(codes(run)[0]).toBe('not-wellformed-xml');
  });

  it('refuses a DOCTYPE and does not call it malformed', async () => {
    const run = await judgeMessage(`<!DOCTYPE root [<!ENTITY e "x">]>${good}`, { keys });
    expect(run.trace.verdict.headline).toBe('refused');
    expect(run.trace.verdict.axes.structure).toBe('fail');
  });

  it('ends when it is cancelled', async () => {
    const run = await judge(
      {
        octets: new TextEncoder().encode(good),
        keys,
        crls: [],
        users: [],
        at: 0,
        skewSeconds: 0,
        ttlSeconds: null,
        request: null,
        attachments: new Map(),
        receiverActor: null,
        idAttributes: [],
      },
      { crypto, cancelled: () => true },
    );
    expect(run.trace.steps.some((step) => step.kind === 'signature')).toBe(false);
    expect(codes(run)).toEqual(['cancelled']);
  });

  it('gives the same trace for the same input, as plain JSON without secrets', async () => {
    const [first, second] = [await judgeMessage(good, { keys }), await judgeMessage(good, { keys })];
    expect(JSON.stringify(first.trace)).toBe(JSON.stringify(second.trace));
    expect(JSON.parse(JSON.stringify(first.trace))).toEqual(first.trace);
  });

  it('registers the octets of every space it names', async () => {
    const { trace, octets } = await judgeMessage(good, { keys });
    for (const space of trace.spaces) expect(octets.get(space.id)?.octets.length).toBe(space.size);
    for (const step of trace.steps) {
      for (const artifact of [...step.inputs, ...step.outputs]) {
        if (artifact.type === 'octets') expect(octets.has(artifact.space)).toBe(true);
      }
    }
  });

  it('judges an HTTP dump with places in the dump', async () => {
    const http = `POST / HTTP/1.1\r\nHost: x\r\n\r\n${good}`;
    const { trace } = await judgeMessage(http, { keys });
    const target = trace.signatures[0]!.references[0]!.target!;
    expect(trace.verdict.headline).toBe('valid');
    expect(http.slice(target.start, target.end)).toBe(TARGET);
  });
});

/** The proof of a re-indented Body: its octets hash to the declared digest, by a hash that is not ours. */
import { createHash, webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadSample, SAMPLES } from '../../src/content/samples/index.ts';
import { createCryptoProvider } from '../../src/engine/crypto/provider-web.ts';
import { explainRun } from '../../src/engine/diagnosis/explain.ts';
import { judge } from '../../src/engine/index.ts';
import { difference } from '../../src/state/octet-difference.ts';
import { proofOf, proofOfFinding, subjectOf } from '../../src/state/proof.ts';
import { leadingFinding } from '../../src/state/run.ts';
import { KeyBox } from '../../src/worker/inside/key-box.ts';
import { OWN_KEYS } from '../../src/worker/page/protocol.ts';

async function judged(id: string) {
  const loaded = await loadSample(SAMPLES.find((sample) => sample.id === id)!);
  const box = new KeyBox();
  for (const [index, key] of loaded.keys.entries()) await box.add({ id: `s${index}`, set: OWN_KEYS, ...key });
  const ports = { crypto: createCryptoProvider(webcrypto.subtle) };
  const run = await judge(
    {
      octets: loaded.message.octets,
      keys: box.entries([OWN_KEYS]),
      crls: box.crls([OWN_KEYS]),
      users: loaded.users,
      at: loaded.at,
      skewSeconds: 60,
      ttlSeconds: null,
      request: null,
      attachments: new Map(),
      receiverActor: null,
      idAttributes: [],
    },
    ports,
  );
  return explainRun(run, ports);
}

describe('proof', () => {
  it('of the leading finding: both octet strings, and the reference that they are about', async () => {
    const { trace, octets } = await judged('reindented');
    const leading = leadingFinding(trace)!;
    const proof = proofOfFinding(trace, leading)!;
    expect(leading.confidence).toBe('proven');
    expect(proof.reference?.uri).toBe('#Body-1');
    const signed = octets.get(proof.signed)!.octets;
    const arrived = octets.get(proof.arrived!)!.octets;
    expect(createHash('sha256').update(signed).digest('base64')).toBe(proof.reference!.expected);
    expect(createHash('sha256').update(arrived).digest('base64')).toBe(proof.reference!.computed);
    const { ranges, exact } = difference(arrived, signed);
    expect(exact).toBe(true);
    expect(ranges).toHaveLength(6);
    for (const range of ranges) {
      expect(new TextDecoder().decode(arrived.subarray(range.start, range.end)).trim()).toBe('');
    }
  });

  it('belongs to the failing reference and to its steps, and to no other', async () => {
    const { trace } = await judged('reindented');
    const [sound, broken] = trace.signatures[0]!.references;
    const digest = trace.steps.find((step) => step.parent === broken!.step && step.kind === 'digest')!;
    expect(proofOf(trace, null, broken!.step)?.reference?.step).toBe(broken!.step);
    expect(proofOf(trace, null, digest.id)?.reference?.step).toBe(broken!.step);
    expect(proofOf(trace, null, sound!.step)).toBeNull();
    expect(proofOf(trace, null, trace.steps[0]!.id)).toBeNull();
  });

  it('leads from the search for the cause to what was searched for', async () => {
    const { trace } = await judged('reindented');
    const search = trace.steps.find((step) => step.kind === 'diagnosis')!;
    expect(subjectOf(trace, search).kind).toBe('reference');
  });

  it('is none where nothing failed', async () => {
    const { trace } = await judged('signed');
    expect(trace.findings.every((finding) => proofOfFinding(trace, finding) === null)).toBe(true);
  });
});

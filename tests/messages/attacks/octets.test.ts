/**
 * Changing one octet of what was signed never leaves a signature standing; changing one of what was not never breaks
 * it.
 */
import { beforeAll, describe, expect, it } from 'vitest';
import { fileURLToPath } from 'node:url';
import { prepareJob, EMPTY_JOB } from '../../../src/cli/job.ts';
import { nodeCrypto } from '../../../src/cli/node-crypto.ts';
import { judge } from '../../../src/engine/index.ts';
import { INPUT_SPACE } from '../../../src/engine/bytes/source-range.ts';
import type { JudgeRequest, Run } from '../../../src/engine/message/request.ts';
import { attackRequest } from '../../building/attack.ts';
import { goodEnvelope, samlResponse, signedAssertion } from '../../building/good-message.ts';
import { random } from '../../building/random.ts';
import { peerCases } from '../corpora.mjs';

const BASES = 14;
const CHANGES = Number(process.env['OCTET_CHANGES'] ?? 40);

interface Base {
  readonly id: string;
  readonly request: JudgeRequest;
  readonly run: Run;
}
const bases: Base[] = [];

beforeAll(async () => {
  const crypto = nodeCrypto();
  const add = async (id: string, request: JudgeRequest) => {
    const run = await judge(request, { crypto });
    if (
      run.trace.verdict.axes.signature === 'pass' &&
      run.trace.verdict.axes.decryption === 'absent' &&
      run.trace.input.wrapping === null
    ) {
      bases.push({ id, request, run });
    }
  };
  await add('ours', await attackRequest({ message: () => goodEnvelope() }));
  await add('saml', await attackRequest({ message: () => samlResponse(signedAssertion('a1', 'alice')) }));
  for (const one of peerCases(fileURLToPath(new URL('../../fixtures/messages/', import.meta.url)))) {
    if (bases.length >= BASES) break;
    if (one.kind === 'message' && !one.encrypted) {
      await add(one.id, await prepareJob({ ...EMPTY_JOB, ...one.job, diagnosis: false }, process.cwd()));
    }
  }
});

/** Input octets that canonicalization copied into what was digested, by the origin of the digested octets. */
function copiedOctets({ request, run }: Base): number[] {
  const found = new Set<number>();
  for (const signature of run.trace.signatures) {
    for (const reference of signature.references) {
      const origin = reference.space === null ? null : (run.octets.get(reference.space)?.origin?.() ?? null);
      const parent = run.trace.spaces.find((space) => space.id === reference.space)?.parent;
      if (origin === null || parent !== INPUT_SPACE) continue;
      for (const segment of origin.segments) {
        if (segment.kind === 'copied') for (let at = segment.sourceStart; at < segment.sourceEnd; at++) found.add(at);
      }
    }
  }
  // A declaration under another prefix can be one more that nobody uses, beside an ancestor's own: the same canonical
  // octets.
  const text = Buffer.from(request.octets).toString('latin1');
  for (const { 0: name, index } of text.matchAll(/xmlns(?::[\w.-]+)?=/g)) {
    for (let at = index; at < index + name.length; at++) found.delete(at);
  }
  return [...found];
}

describe('one octet', () => {
  it('changed in what was digested never leaves the signature standing', async () => {
    const crypto = nodeCrypto();
    const standing: string[] = [];
    let judged = 0;
    for (const base of bases) {
      const source = random(`octets ${base.id}`);
      const places = copiedOctets(base);
      if (places.length === 0) continue;
      for (let change = 0; change < CHANGES; change++) {
        const at = source.pick(places);
        const octets = base.request.octets.slice();
        octets[at]! ^= 1 << source.below(7);
        const run = await judge({ ...base.request, octets }, { crypto });
        judged++;
        if (run.trace.verdict.axes.signature === 'pass' && run.trace.verdict.axes.structure === 'pass') {
          standing.push(`${base.id} octet ${at}: ${base.request.octets[at]} became ${octets[at]}`);
        }
        if (run.trace.verdict.headline.startsWith('valid')) {
          standing.push(`${base.id} octet ${at}: ${run.trace.verdict.headline}`);
        }
      }
    }
    expect(bases.length).toBeGreaterThanOrEqual(10);
    expect(judged).toBeGreaterThan(500);
    expect(standing).toEqual([]);
  }, 200_000);

  it('changed in text that no signature covers changes no digest', async () => {
    const crypto = nodeCrypto();
    const broken: string[] = [];
    for (const base of bases) {
      const source = random(`outside ${base.id}`);
      const message = new TextDecoder('latin1').decode(base.request.octets);
      const root = /<[\w.-]+:?[\w.-]*(?=[\s>])/.exec(message)!;
      // An attribute and a header block that nobody signed. The root is in no verified octets unless the whole document
      // is.
      if (
        base.run.trace.signatures.some((signature) => signature.references.some((reference) => reference.uri === ''))
      ) {
        continue;
      }
      if (base.id === 'saml') continue;
      for (let change = 0; change < 8; change++) {
        const value = String.fromCharCode(0x61 + source.below(26), 0x61 + source.below(26));
        const at = root.index + root[0].length;
        const octets = Uint8Array.from(
          Buffer.from(`${message.slice(0, at)} unsigned="${value}"${message.slice(at)}`, 'latin1'),
        );
        const run = await judge({ ...base.request, octets }, { crypto });
        const digests = (one: Run) =>
          one.trace.signatures.map((signature) => [
            signature.value,
            ...signature.references.map((reference) => reference.digest),
          ]);
        if (JSON.stringify(digests(run)) !== JSON.stringify(digests(base.run))) {
          broken.push(`${base.id} ${JSON.stringify(digests(run))}`);
        }
      }
    }
    expect(broken).toEqual([]);
  }, 60_000);

  it('changed in SignedInfo or SignatureValue never leaves the signature standing', async () => {
    const crypto = nodeCrypto();
    const standing: string[] = [];
    for (const base of bases) {
      const source = random(`signed info ${base.id}`);
      const message = new TextDecoder('latin1').decode(base.request.octets);
      const value = /<(?:[\w.-]+:)?(?:DigestValue|SignatureValue)[^>]*>/g;
      const starts = [...message.matchAll(value)].map((match) => match.index + match[0].length);
      for (let change = 0; change < 12; change++) {
        const at = source.pick(starts) + source.below(20);
        const octets = base.request.octets.slice();
        if (!/[A-Za-z0-9+/]/.test(String.fromCharCode(octets[at]!))) continue;
        octets[at] = octets[at] === 0x41 ? 0x42 : 0x41;
        const run = await judge({ ...base.request, octets }, { crypto });
        if (run.trace.verdict.headline.startsWith('valid')) standing.push(`${base.id} octet ${at}`);
      }
    }
    expect(standing).toEqual([]);
  }, 60_000);
});

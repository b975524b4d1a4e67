/**
 * One engine: for every message fixture and every sample the trace from the worker in Chromium is, as JSON, the one
 * from Node; judged alone, and explained.
 */
import { createHash } from 'node:crypto';
import { fileURLToPath } from 'node:url';
import type { Page } from '@playwright/test';
import { nodeCrypto } from '../src/cli/node-crypto.ts';
import { parseUser } from '../src/cli/key-specification.ts';
import { SAMPLES } from '../src/content/samples/entries.ts';
import { explainRun } from '../src/engine/diagnosis/explain.ts';
import { judge } from '../src/engine/index.ts';
import { KeyBox } from '../src/worker/inside/key-box.ts';
import type { Trace } from '../src/engine/trace/trace.ts';
import { explainedTrace } from '../src/worker/page/explained.ts';
import { OWN_KEYS, type ExplainAnswer, type JudgeCall, type KeyFileInput } from '../src/worker/page/protocol.ts';
import { peerCases } from '../tests/messages/corpora.mjs';
import { expect, fileAt, sampleKey, sampleMessage, test } from './workbench.ts';

test.use({ fresh: true });

/** One message with everything a receiver knows, for both sides. */
interface ParityCase {
  readonly id: string;
  readonly octets: Uint8Array;
  readonly keys: readonly Omit<KeyFileInput, 'id' | 'set'>[];
  readonly users: readonly { readonly name: string; readonly password: string }[];
  readonly at: number;
}

function sampleCases(): readonly ParityCase[] {
  return SAMPLES.map((sample) => ({
    id: `sample ${sample.id}`,
    octets: sampleMessage(sample.message).octets,
    users: sample.users,
    at: Date.parse(sample.at),
    keys: [
      ...sample.keys.map((name) => ({ name, trusted: false })),
      ...sample.trust.map((name) => ({ name, trusted: true })),
    ].map(({ name, trusted }) => ({
      name,
      trusted,
      octets: sampleKey(name).octets,
      ...(name.endsWith('.bin') ? { secret: true } : {}),
    })),
  }));
}

/** `hmac32=file:…` or `hex:…`, as the command has them. */
function secretOf(given: string): Omit<KeyFileInput, 'id' | 'set'> {
  const named = /^(?:([\w.-]+)=)?(file|hex):(.*)$/.exec(given);
  const [, name, how, what = ''] = named ?? [];
  const octets = how === 'file' ? fileAt(what).octets : new Uint8Array(Buffer.from(what, 'hex'));
  return { name: name ?? 'secret', octets, trusted: false, secret: true, ...(name ? { keyName: name } : {}) };
}

function fixtureCases(): readonly ParityCase[] {
  return peerCases(fileURLToPath(new URL('../tests/fixtures/messages/', import.meta.url))).map(({ id, job }) => ({
    id,
    octets: fileAt(job.file).octets,
    at: Date.parse(job.at ?? ''),
    users: (job.users ?? []).map(parseUser),
    keys: [
      ...(job.keys ?? []).map((key) => ({ ...fileAt(String(key)), trusted: false })),
      ...(job.trust ?? []).map((key) => ({ ...fileAt(String(key)), trusted: true })),
      ...(job.crls ?? []).map((file) => ({ ...fileAt(file), trusted: false })),
      ...(job.secrets ?? []).map(secretOf),
    ],
  }));
}

const settings = (at: number): JudgeCall['settings'] => ({
  at,
  asOf: 'given',
  skewSeconds: 60,
  ttlSeconds: null,
  receiverActor: null,
  idAttributes: [],
});
const withIds = (keys: ParityCase['keys']): readonly KeyFileInput[] =>
  keys.map((key, index) => ({ id: `file${index}`, set: OWN_KEYS, ...key, octets: key.octets.slice() }));

/** The trace as judged and the trace with its explanation, as JSON. */
type Traces = readonly [judged: string, explained: string];

async function tracesInNode({ octets, keys, users, at }: ParityCase): Promise<Traces> {
  const box = new KeyBox();
  for (const key of withIds(keys)) await box.add(key);
  const ports = { crypto: nodeCrypto() };
  const judged = await judge(
    {
      octets,
      keys: box.entries([OWN_KEYS]),
      crls: box.crls([OWN_KEYS]),
      users,
      request: null,
      attachments: new Map(),
      ...settings(at),
    },
    ports,
  );
  const explained = await explainRun(judged, ports);
  return [JSON.stringify(judged.trace, null, 1), JSON.stringify(explained.trace, null, 1)];
}

/** Keeps the worker's address under the page's own Trusted Types policy, so that the test can start one more of it. */
async function keepWorkerAddress(page: Page): Promise<void> {
  await page.addInitScript(() => {
    const Original = Worker;
    globalThis.Worker = class extends Original {
      constructor(url: string | URL, options?: WorkerOptions) {
        super(url, options);
        if (options?.name === 'wss-engine') {
          (globalThis as unknown as { startEngine: () => Worker }).startEngine = () => new Original(url, options);
        }
      }
    };
  });
}

/** Traces from a worker of the page's own, one message after the other. */
async function tracesInChromium(page: Page, cases: readonly ParityCase[]): Promise<readonly Traces[]> {
  const given = cases.map(({ id, octets, keys, users, at }) => ({
    id,
    octets: Buffer.from(octets).toString('base64'),
    keys: withIds(keys).map((key) => ({ ...key, octets: Buffer.from(key.octets).toString('base64') })),
    users,
    settings: settings(at),
    set: OWN_KEYS,
  }));
  const traces = await page.evaluate(async (list) => {
    const worker = (globalThis as unknown as { startEngine: () => Worker }).startEngine();
    const octetsOf = (base64: string) => Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
    let next = 1;
    const call = (name: string, send: unknown) =>
      new Promise<unknown>((resolve, reject) => {
        const id = next++;
        const onAnswer = ({ data }: MessageEvent) => {
          const answer = data as { type: string; id?: number; value?: unknown; message?: string };
          if (answer.id !== id || ['progress', 'started', 'part'].includes(answer.type)) return;
          worker.removeEventListener('message', onAnswer);
          if (answer.type === 'answer') resolve(answer.value);
          else reject(new Error(`${answer.type} ${answer.message ?? ''}`));
        };
        worker.addEventListener('message', onAnswer);
        worker.postMessage({ call: name, id, send });
      });
    const traces: [judged: string, explained: string][] = [];
    for (const one of list) {
      await call('removeKeySet', { set: one.set });
      await call('addKeyFiles', { files: one.keys.map((key) => ({ ...key, octets: octetsOf(key.octets) })) });
      for (const user of one.users) await call('addUser', { set: one.set, ...user });
      const judged = (await call('judge', {
        octets: octetsOf(one.octets),
        request: null,
        attachments: [],
        settings: one.settings,
        keySets: [one.set],
      })) as { run: number; trace: unknown };
      const explained = await call('explain', { run: judged.run });
      traces.push([JSON.stringify(judged.trace, null, 1), JSON.stringify(explained)]);
    }
    worker.terminate();
    return traces;
  }, given);
  // What explaining changed comes alone: the page puts it to the trace that it has.
  return traces.map(([judged, explained]) => [
    judged,
    JSON.stringify(explainedTrace(JSON.parse(judged) as Trace, JSON.parse(explained) as ExplainAnswer), null, 1),
  ]);
}

for (const [what, make] of [
  ['every sample', sampleCases],
  ['every message fixture', fixtureCases],
] as const) {
  test(`${what} has one trace`, async ({ page, workbench }) => {
    test.setTimeout(120_000);
    const cases = make();
    expect(cases.length).toBeGreaterThanOrEqual(12);
    await keepWorkerAddress(page);
    await workbench.open();
    const inChromium = await tracesInChromium(page, cases);
    expect(inChromium).toHaveLength(cases.length);
    const different: string[] = [];
    for (const [index, one] of cases.entries()) {
      for (const [act, inNode] of (await tracesInNode(one)).entries()) {
        expect(inNode.length).toBeGreaterThan(500);
        const there = inChromium[index]?.[act] ?? '';
        if (inNode === there) continue;
        const [a, b] = [inNode.split('\n'), there.split('\n')];
        const at = a.findIndex((line, position) => line !== b[position]);
        different.push(`${one.id} line ${at}: Node ${a[at]?.trim()} Chromium ${b[at]?.trim()}`);
      }
    }
    expect(different).toEqual([]);
    // The comparison sees a difference: two messages have two traces.
    const sums = new Set(inChromium.map(([trace]) => createHash('sha256').update(trace).digest('hex')));
    expect(sums.size).toBe(cases.length);
  });
}

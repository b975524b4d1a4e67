/** The whole worker, driven in Node as the page drives it: by its client, over messages that are cloned. */
import { createHash, webcrypto } from 'node:crypto';
import { describe, expect, it } from 'vitest';
import { loadSample, SAMPLES } from '../../src/content/samples/index.ts';
import { createWorker, type WorkerScope } from '../../src/worker/inside/create-worker.ts';
import { createClient, type WorkerPort } from '../../src/worker/page/client.ts';
import { explainedTrace } from '../../src/worker/page/explained.ts';
import { OWN_KEYS, type FromWorker, type JudgeCall, type ToWorker } from '../../src/worker/page/protocol.ts';

/** A worker in this thread: what is posted either way is cloned and comes in a later task. */
function startHere(crypto: object): WorkerPort {
  let ended = false;
  const toPage: ((event: { readonly data: FromWorker }) => void)[] = [];
  const toWorker: ((event: { readonly data: ToWorker }) => void)[] = [];
  const scope: WorkerScope = {
    crypto: crypto as WorkerScope['crypto'],
    performance,
    postMessage: (message) => {
      const data = structuredClone(message);
      setTimeout(() => {
        if (!ended) for (const listener of toPage) listener({ data });
      });
    },
    addEventListener: (_type, listener) => toWorker.push(listener),
  };
  createWorker(scope);
  return {
    postMessage: (message, transfer = []) => {
      const data = message.call === 'share' ? message : structuredClone(message, { transfer: [...transfer] });
      setTimeout(() => {
        if (!ended) for (const listener of toWorker) listener({ data });
      });
    },
    terminate: () => {
      ended = true;
    },
    addEventListener: (type: 'message' | 'error', listener: (event: never) => void) => {
      if (type === 'message') toPage.push(listener as (typeof toPage)[number]);
    },
  };
}

async function setUp(id: string, crypto: object = webcrypto) {
  const entry = SAMPLES.find((sample) => sample.id === id);
  if (!entry) throw new Error(`no sample ${id}`);
  const sample = await loadSample(entry);
  const client = createClient(() => startHere(crypto));
  const files = sample.keys.map((file, index) => ({
    id: `k${index}`,
    set: OWN_KEYS,
    ...file,
    octets: file.octets.slice(),
  }));
  const added = client.call('addKeyFiles', { files });
  for (const user of sample.users) void client.call('addUser', { set: OWN_KEYS, ...user });
  const call: JudgeCall = {
    octets: sample.message.octets,
    request: null,
    attachments: [],
    settings: {
      at: sample.at,
      asOf: 'given',
      skewSeconds: 60,
      ttlSeconds: null,
      receiverActor: null,
      idAttributes: [],
    },
    keySets: [OWN_KEYS],
  };
  const judge = async (octets = call.octets) => {
    const outcome = await client.ask('judge', { ...call, octets }, { lane: 'judge' });
    if (outcome.type !== 'done') throw new Error(outcome.type);
    return outcome.value;
  };
  return { sample, client, added, files, call, judge };
}

const text = (octets: Uint8Array | null) => new TextDecoder().decode(octets ?? new Uint8Array());

describe('worker', () => {
  it('judges with the keys that were given before, and outlines the message', async () => {
    const { judge, added, files } = await setUp('signed');
    const answer = await judge();
    expect(answer.trace.verdict.headline).toBe('valid');
    expect(answer.outline.nodes[0]).toMatchObject({ kind: 'element', local: 'Envelope', parent: -1 });
    expect((await added).files.map((file) => file.id)).toEqual(files.map((file) => file.id));
  });

  it('keeps runs apart: octets and origins of an older one are those of its own message', async () => {
    const { judge, client, sample } = await setUp('signed');
    const older = await judge();
    const space = older.trace.spaces.find((candidate) => candidate.kind === 'canonical');
    if (!space) throw new Error('nothing was canonicalized');
    const slice = { space: space.id, start: 0, end: space.size };
    const before = text(await client.call('octets', { run: older.run, ...slice }));
    const newer = await judge(
      new TextEncoder().encode(text(sample.message.octets).replaceAll('rsa-sha256', 'rsa-sha512')),
    );
    expect(newer.run).not.toBe(older.run);
    expect(text(await client.call('octets', { run: older.run, ...slice }))).toBe(before);
    expect(text(await client.call('octets', { run: newer.run, ...slice }))).not.toBe(before);
    const origin = await client.call('origin', { run: older.run, ...slice, toInput: true });
    expect(origin?.source).toBe('input');
    expect(await client.call('octets', { run: 4711, ...slice })).toBeNull();
    expect(await client.call('origin', { run: 4711, ...slice, toInput: true })).toBeNull();
  });

  it('shows what was decrypted in its place, and a session key on a wish only', async () => {
    const { judge, client } = await setUp('encrypted');
    const { run, trace, opened } = await judge();
    expect(opened?.nodes.some((node) => node.decrypted)).toBe(true);
    const step = trace.steps.find((candidate) => typeof candidate.data['fingerprint'] === 'string');
    expect(JSON.stringify(trace)).not.toContain('stepKeys');
    expect((await client.call('revealKey', { run, step: step?.id ?? '' }))?.length).toBeGreaterThanOrEqual(16);
    expect(await client.call('revealKey', { run, step: 'nothing' })).toBeNull();
  });

  it('shows a certificate of a run in full', async () => {
    const { judge, client } = await setUp('signed');
    const { run, trace } = await judge();
    for (const certificate of trace.certificates) {
      const shown = await client.call('certificate', { run, id: certificate.id });
      expect(
        createHash('sha256')
          .update(shown?.der ?? '')
          .digest('hex'),
      ).toBe(certificate.id);
      expect(shown?.view?.extensions.length).toBeGreaterThan(0);
    }
    expect(trace.certificates.length).toBeGreaterThan(1);
    expect(await client.call('certificate', { run, id: 'none' })).toBeNull();
    expect(await client.call('certificate', { run: 4711, id: trace.certificates[0]?.id ?? '' })).toBeNull();
  });

  it('gives a second opinion on a run without its octets being sent again', async () => {
    const { judge, client } = await setUp('signed');
    const { run } = await judge();
    expect(await client.call('secondOpinion', { run })).toMatchObject([{ agrees: true }]);
    expect(await client.call('secondOpinion', { run: 4711 })).toBeNull();
  });

  it('explains a run that failed without judging its message again: the verdict stays', async () => {
    const { judge, client } = await setUp('reindented');
    const { run, trace } = await judge();
    const explained = await client.call('explain', { run });
    if (!explained) throw new Error('the run is gone');
    const whole = explainedTrace(trace, explained);
    expect(whole.verdict).toMatchObject({ headline: trace.verdict.headline, axes: trace.verdict.axes });
    expect(whole.steps.slice(0, trace.steps.length).map(({ id, status }) => [id, status])).toEqual(
      trace.steps.map(({ id, status }) => [id, status]),
    );
    expect(whole.findings.some((finding) => finding.confidence === 'proven')).toBe(true);
    // Octets that the search made are those of the same run.
    const made = explained.spaces.at(-1);
    expect(await client.call('octets', { run, space: made?.id ?? '', start: 0, end: 1 })).toHaveLength(1);
    expect(await client.call('explain', { run: 4711 })).toBeNull();
  });

  it('judges with the sets that a message names: a sample’s alice is not the user’s', async () => {
    const { client, call, sample } = await setUp('username-and-signature');
    const [user] = sample.users;
    if (!user) throw new Error('the sample has no user');
    await client.call('addUser', { set: 'sample', name: user.name, password: 'wrong' });
    const authentication = async (keySets: readonly string[]) => {
      const outcome = await client.ask('judge', { ...call, keySets });
      return outcome.type === 'done' ? outcome.value.trace.verdict.axes.authentication : outcome.type;
    };
    expect(await authentication(['sample', OWN_KEYS])).toBe('fail');
    expect(await authentication([OWN_KEYS])).toBe('pass');
    const ring = await client.call('removeKeySet', { set: 'sample' });
    expect(ring.users).toEqual([{ name: user.name, set: OWN_KEYS }]);
    expect(await authentication(['sample', OWN_KEYS])).toBe('pass');
  });

  it('cancels an older run for a newer one, and answers the newer', async () => {
    const { client, call } = await setUp('signed');
    const older = client.ask('judge', call, { lane: 'judge' });
    const newer = client.ask('judge', call, { lane: 'judge' });
    expect((await older).type).toBe('cancelled');
    expect((await newer).type).toBe('done');
  });

  it('holds no key, user or run after a wipe', async () => {
    const { judge, client, added } = await setUp('password-digest');
    await added;
    const { run } = await judge();
    await client.wipe();
    expect(await client.call('addKeyFiles', { files: [] })).toEqual({ files: [], users: [] });
    expect(await client.call('octets', { run, space: 'input', start: 0, end: 1 })).toBeNull();
    expect((await judge()).trace.verdict.headline).not.toBe('valid');
  });

  it('checks a known certificate once, and anew after a wipe', async () => {
    let checks = 0;
    const { subtle } = webcrypto;
    const counted = {
      digest: subtle.digest.bind(subtle),
      importKey: subtle.importKey.bind(subtle),
      verify: (...call: Parameters<typeof subtle.verify>) => {
        checks += 1;
        return subtle.verify(...call);
      },
    };
    const { judge, client, added, sample } = await setUp('signed', { subtle: counted });
    await added;
    const during = async () => {
      const before = checks;
      expect((await judge()).trace.verdict.headline).toBe('valid');
      return checks - before;
    };
    const [first, second] = [await during(), await during()];
    expect(second).toBe(1);
    expect(first).toBeGreaterThan(second);
    await client.wipe();
    await client.call('addKeyFiles', {
      files: sample.keys.map((file, index) => ({ id: `k${index}`, set: OWN_KEYS, ...file })),
    });
    expect(await during()).toBe(first);
  });
});

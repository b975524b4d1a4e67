/**
 * The acts: what is loaded is judged once, causes are looked for on the same run, edits make the verdict stale, a
 * sample's keys stay its own, wiping forgets.
 */
import { describe, expect, it, vi } from 'vitest';
import { cancel, configure, judge } from '../../src/state/acts/judging.ts';
import { addKeys, addUser } from '../../src/state/acts/keys.ts';
import { edit, load, loadSample, wipe } from '../../src/state/acts/loading.ts';
import { currentStand } from '../../src/state/bench.ts';
import { keysFor, keySetsOf } from '../../src/state/keys.ts';
import { addStand, showStand } from '../../src/state/subjects.ts';
import { OWN_KEYS, type ExplainAnswer } from '../../src/worker/page/protocol.ts';
import { failing, octets, setUp } from './fake-client.ts';

const SAMPLE = {
  id: 's',
  title: 'S',
  message: { name: 's.xml', octets: octets('<s/>') },
  keys: [{ name: 'ca.pem', octets: octets('pem'), trusted: true, secret: false }],
  users: [{ name: 'alice', password: 'of the sample' }],
  at: 5_000,
};
const OWN = [{ name: 'm.xml', octets: octets('<m/>') }];
const KEY = [{ name: 'mine.pem', octets: octets('-----BEGIN X-----') }];

describe('loading', () => {
  it('judges a sample with its keys, as of when it was made', () => {
    const { bench, stand, judged, held } = setUp();
    void loadSample(bench, SAMPLE);
    expect(judged).toHaveLength(1);
    expect(judged[0]?.send).toMatchObject({ settings: { at: 5_000 }, keySets: keySetsOf(stand.id) });
    expect(held.files).toMatchObject([{ name: 'ca.pem', trusted: true, set: `sample:${stand.id}` }]);
    expect(stand.message.getState().subject).toMatchObject({ sample: 's', origin: 'sample' });
  });

  it('drops a sample’s keys when a message of the user’s comes, and keeps the user’s own keys', async () => {
    const { bench, judged, held } = setUp();
    void loadSample(bench, SAMPLE);
    await addKeys(bench, KEY);
    await load(bench, OWN, 'file');
    expect(held.files.map((file) => file.name)).toEqual(['mine.pem']);
    expect(held.users).toEqual([]);
    expect(judged.at(-1)?.send).toMatchObject({ octets: octets('<m/>'), settings: { at: 1_000 } });
  });

  it('keeps the user’s alice after a sample with an alice was wiped', async () => {
    const { bench, held } = setUp();
    void loadSample(bench, SAMPLE);
    await wipe(bench);
    await addUser(bench, 'alice', 'her own');
    await load(bench, OWN, 'file');
    expect(held.users).toEqual([{ set: OWN_KEYS, name: 'alice', password: 'her own' }]);
    expect(bench.keys.getState().ring.users).toEqual([{ set: OWN_KEYS, name: 'alice' }]);
  });

  it('keeps the user’s alice while a sample with an alice comes and goes', async () => {
    const { bench, held } = setUp();
    await addUser(bench, 'alice', 'her own');
    void loadSample(bench, SAMPLE);
    expect(held.users.map((user) => user.password)).toEqual(['her own', 'of the sample']);
    await load(bench, OWN, 'file');
    expect(held.users).toEqual([{ set: OWN_KEYS, name: 'alice', password: 'her own' }]);
  });

  it('says what each file was taken for', async () => {
    const { bench } = setUp();
    const files = [...OWN, ...KEY, { name: 'other.xml', octets: octets('<o/>') }];
    expect(await load(bench, files, 'file')).toEqual({
      message: 'm.xml',
      request: null,
      keys: ['mine.pem'],
      left: ['other.xml'],
    });
  });

  it('forgets everything on wipe, other stands included', async () => {
    const { bench, stand, held } = setUp();
    await load(bench, [...OWN, ...KEY], 'file');
    const other = addStand(bench.subjects, { findingTitle: (finding) => finding.code });
    await load(bench, OWN, 'file');
    await wipe(bench);
    expect(held.files).toEqual([]);
    expect(bench.keys.getState()).toMatchObject({ ring: { files: [], users: [] } });
    expect(bench.subjects.getState().stands).toEqual([other]);
    for (const one of [stand, other]) {
      expect(one.message.getState().subject).toBeNull();
      expect(one.run.getState()).toMatchObject({ status: 'empty', trace: null, handle: null });
    }
  });
});

describe('several subjects', () => {
  it('have each their run, selection, receiver and sample’s keys', async () => {
    const { bench, stand, judged } = setUp();
    await load(bench, OWN, 'file');
    judged.at(-1)?.settle({ type: 'done', value: failing('digest-mismatch-unproven') });
    await vi.waitFor(() => expect(stand.run.getState().trace).not.toBeNull());
    const other = addStand(bench.subjects, { findingTitle: (finding) => finding.code });
    expect(currentStand(bench)).toBe(other);
    void loadSample(bench, SAMPLE);
    expect(other.run.getState().trace).toBeNull();
    expect(stand.run.getState()).toMatchObject({ status: 'done', handle: 7 });
    expect(stand.receiver.getState().clock).toEqual({ mode: 'made' });
    await vi.waitFor(() => expect(bench.keys.getState().ring.files).toHaveLength(1));
    const { ring } = bench.keys.getState();
    expect(keysFor(ring, other.id).files).toHaveLength(1);
    expect(keysFor(ring, stand.id).files).toEqual([]);
    showStand(bench.subjects, stand);
    expect(currentStand(bench).message.getState().subject?.name).toBe('m.xml');
  });

  it('are all judged anew when the keys change', async () => {
    const { bench, judged } = setUp();
    await load(bench, OWN, 'file');
    addStand(bench.subjects, { findingTitle: (finding) => finding.code });
    await load(bench, OWN, 'file');
    const before = judged.length;
    await addKeys(bench, KEY);
    expect(judged.length - before).toBe(2);
  });
});

describe('judging', () => {
  it('tells the engine what the receiver knows: lifetime, actor, Ids, request, attachments', async () => {
    const { bench, judged } = setUp();
    await load(bench, OWN, 'file');
    configure(bench, { ttlSeconds: 60, receiverActor: 'urn:a', idAttributes: ['Ref'] });
    configure(bench, {
      request: { name: 'r.xml', octets: octets('<r/>') },
      attachments: [{ name: 'part-1', octets: octets('a') }],
    });
    expect(judged.at(-1)?.send).toMatchObject({
      settings: { ttlSeconds: 60, receiverActor: 'urn:a', idAttributes: ['Ref'] },
      request: octets('<r/>'),
      attachments: [['part-1', octets('a')]],
    });
    await load(bench, [{ name: 'other.xml', octets: octets('<o/>') }], 'file');
    expect(judged.at(-1)?.send).toMatchObject({ request: null, attachments: [] });
  });

  it('shows a defect of ours as one, keeps the message, and judges again when told to', async () => {
    const { bench, stand, judged } = setUp();
    await load(bench, OWN, 'file');
    judged[0]?.settle({ type: 'defect', message: 'TypeError: no', stack: 'at judge' });
    await vi.waitFor(() => expect(stand.run.getState().status).toBe('defect'));
    expect(stand.run.getState().defect).toEqual({ message: 'TypeError: no', stack: 'at judge' });
    expect(stand.message.getState().subject?.octets).toEqual(octets('<m/>'));
    void judge(bench);
    expect(judged).toHaveLength(2);
    expect(stand.run.getState()).toMatchObject({ status: 'running', defect: null });
  });

  it('judges a failing message once, and asks for its cause on that run', async () => {
    const { bench, stand, judged, explained } = setUp();
    await load(bench, OWN, 'file');
    judged[0]?.settle({ type: 'done', value: failing('digest-mismatch-unproven') });
    await vi.waitFor(() => expect(explained).toHaveLength(1));
    expect(stand.run.getState()).toMatchObject({ status: 'done', seeking: true });
    expect(explained[0]?.send).toEqual({ run: 7 });
    const { findings } = failing('ws-pretty-print-after-sign').trace;
    const evidence = {} as ExplainAnswer['evidence'];
    explained[0]?.settle({ type: 'done', value: { findings, steps: [], spaces: [], evidence, elapsed: 2 } });
    await vi.waitFor(() => expect(stand.run.getState().seeking).toBe(false));
    expect(judged).toHaveLength(1);
    expect(stand.run.getState()).toMatchObject({ status: 'done', trace: { findings }, elapsed: 3 });
  });

  it('keeps the verdict when the search for its cause is cancelled by a newer run, an edit or the user', async () => {
    const { bench, stand, judged, explained } = setUp();
    await load(bench, OWN, 'file');
    judged[0]?.settle({ type: 'done', value: failing('digest-mismatch-unproven') });
    await vi.waitFor(() => expect(explained).toHaveLength(1));
    void judge(bench);
    expect(stand.run.getState()).toMatchObject({ status: 'stale', seeking: false });
    judged[1]?.settle({ type: 'done', value: failing('digest-mismatch-unproven') });
    await vi.waitFor(() => expect(explained).toHaveLength(2));
    cancel(bench);
    expect(stand.run.getState()).toMatchObject({ status: 'done', seeking: false });
    expect(stand.run.getState().trace?.findings[0]?.code).toBe('digest-mismatch-unproven');
  });

  it('judges once after several quick edits, and an edit is an edited copy', async () => {
    vi.useFakeTimers();
    const { bench, stand, judged } = setUp();
    for (const text of ['<a/>', '<ab/>', '<abc/>']) void edit(bench, octets(text));
    expect(stand.run.getState().status).toBe('running');
    await vi.advanceTimersByTimeAsync(200);
    vi.useRealTimers();
    expect(judged.map(({ send }) => new TextDecoder().decode(send.octets))).toEqual(['<abc/>']);
    expect(stand.message.getState().subject?.origin).toBe('edited copy');
  });

  it('does not judge an edit twice where a run was asked for in the pause after it', async () => {
    vi.useFakeTimers();
    const { bench, judged } = setUp();
    void edit(bench, octets('<a/>'));
    void judge(bench);
    await vi.advanceTimersByTimeAsync(200);
    vi.useRealTimers();
    expect(judged).toHaveLength(1);
  });

  it('never shows an answer about an older text', async () => {
    const { bench, stand, judged } = setUp();
    await load(bench, OWN, 'file');
    void edit(bench, octets('<n/>'));
    judged[0]?.settle({ type: 'done', value: failing('digest-mismatch-unproven') });
    await new Promise((resolve) => setTimeout(resolve, 5));
    expect(stand.run.getState().trace).toBeNull();
  });
});

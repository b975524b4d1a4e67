/**
 * The worker's client: the newest job of a lane wins, a silent worker is ended and replaced, key files are moved and
 * not copied, wiping ends the worker.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { CallCancelled, createClient, WorkerDefect, type WorkerPort } from '../../src/worker/page/client.ts';
import { OWN_KEYS, type FromWorker, type JudgeCall, type ToWorker } from '../../src/worker/page/protocol.ts';

class FakeWorker implements WorkerPort {
  readonly sent: ToWorker[] = [];
  readonly moved: (readonly ArrayBuffer[])[] = [];
  terminated = false;
  #message: ((event: { data: FromWorker }) => void) | null = null;
  #error: ((event: { message?: string }) => void) | null = null;
  addEventListener(type: 'message' | 'error', listener: never): void {
    if (type === 'message') this.#message = listener;
    else this.#error = listener;
  }
  postMessage(message: ToWorker, moved: readonly ArrayBuffer[] = []): void {
    this.sent.push(message);
    this.moved.push(moved);
  }
  terminate(): void {
    this.terminated = true;
  }
  say(message: FromWorker): void {
    this.#message?.({ data: message });
  }
  fail(message: string): void {
    this.#error?.({ message });
  }
  get runs() {
    return this.sent.filter((message) => message.call === 'judge');
  }
}

const CALL: JudgeCall = {
  octets: new Uint8Array(),
  request: null,
  attachments: [],
  settings: { at: 0, asOf: 'given', skewSeconds: 0, ttlSeconds: null, receiverActor: null, idAttributes: [] },
  keySets: [OWN_KEYS],
};
const ANSWER = { elapsed: 1 };
const ALICE = { set: OWN_KEYS, name: 'a' };
const RUN = { lane: 'judge' };

function setUp(options = {}) {
  const workers: FakeWorker[] = [];
  const client = createClient(() => {
    const worker = new FakeWorker();
    workers.push(worker);
    return worker;
  }, options);
  return { client, workers, at: (index: number) => workers[index]! };
}

afterEach(() => vi.useRealTimers());

describe('client', () => {
  it('answers a run with what the worker said', async () => {
    const { client, at } = setUp();
    const outcome = client.ask('judge', CALL, RUN);
    at(0).say({ type: 'answer', id: at(0).runs[0]!.id, value: ANSWER });
    expect(await outcome).toEqual({ type: 'done', value: ANSWER });
  });

  it('cancels an older run when a newer one comes, and never gives its answer', async () => {
    const { client, at } = setUp();
    const older = client.ask('judge', CALL, RUN);
    const newer = client.ask('judge', CALL, RUN);
    expect(await older).toEqual({ type: 'cancelled' });
    const [first, second] = at(0).runs;
    expect(at(0).sent).toContainEqual({ call: 'cancel', id: first!.id });
    at(0).say({ type: 'answer', id: first!.id, value: 'stale' });
    at(0).say({ type: 'answer', id: second!.id, value: ANSWER });
    expect(await newer).toEqual({ type: 'done', value: ANSWER });
  });

  it('tells the worker through shared memory which jobs are cancelled', () => {
    const { client, at } = setUp();
    void client.ask('judge', CALL, RUN);
    void client.ask('judge', CALL, RUN);
    const share = at(0).sent.find((message) => message.call === 'share');
    const cells = share && [...new Int32Array(share.signals)].filter((id) => id !== 0);
    expect(cells).toEqual([at(0).runs[0]!.id]);
  });

  it('leaves jobs of other lanes alone, and tells each how far it is', async () => {
    const { client, at } = setUp();
    const progress = vi.fn();
    const first = client.ask('judge', CALL, { lane: 'a', progress });
    const second = client.ask('judge', CALL, { lane: 'b' });
    const [one, two] = at(0).runs;
    at(0).say({ type: 'started', id: one!.id });
    at(0).say({ type: 'progress', id: one!.id, what: 'parse', done: 3 });
    expect(progress).toHaveBeenCalledWith('parse', 3);
    at(0).say({ type: 'answer', id: one!.id, value: 1 });
    at(0).say({ type: 'answer', id: two!.id, value: 2 });
    expect([await first, await second]).toEqual([
      { type: 'done', value: 1 },
      { type: 'done', value: 2 },
    ]);
  });

  it('ends a run that gives no sign of life, and starts a new worker for the next', async () => {
    vi.useFakeTimers();
    const restarted = vi.fn();
    const { client, at, workers } = setUp({ watchdog: 1000, restarted });
    const outcome = client.ask('judge', CALL, RUN);
    vi.advanceTimersByTime(900);
    at(0).say({ type: 'progress', id: at(0).runs[0]!.id, what: 'parse', done: 1 });
    vi.advanceTimersByTime(900);
    expect(at(0).terminated).toBe(false);
    vi.advanceTimersByTime(200);
    expect(await outcome).toEqual({ type: 'time-limit' });
    expect(at(0).terminated).toBe(true);
    expect(restarted).toHaveBeenCalledOnce();
    void client.ask('judge', CALL, RUN);
    expect(workers).toHaveLength(2);
  });

  it('terminates a worker that does not stop when the user cancels', async () => {
    vi.useFakeTimers();
    const { client, at } = setUp({ patience: 300 });
    const outcome = client.ask('judge', CALL, RUN);
    client.cancel();
    expect(await outcome).toEqual({ type: 'cancelled' });
    vi.advanceTimersByTime(400);
    expect(at(0).terminated).toBe(true);
  });

  it('keeps a worker that does stop when the user cancels, and with it the keys', async () => {
    vi.useFakeTimers();
    const { client, at } = setUp({ patience: 300 });
    const outcome = client.ask('judge', CALL, RUN);
    client.cancel();
    at(0).say({ type: 'cancelled', id: at(0).runs[0]!.id });
    expect(await outcome).toEqual({ type: 'cancelled' });
    vi.advanceTimersByTime(1000);
    expect(at(0).terminated).toBe(false);
  });

  it('holds calls made after a cancel until the worker has stopped, or is replaced', async () => {
    vi.useFakeTimers();
    const { client, workers, at } = setUp({ patience: 300 });
    void client.ask('judge', CALL, RUN);
    client.cancel();
    const users = client.call('addUser', { set: OWN_KEYS, name: 'a', password: 'b' });
    expect(at(0).sent.some((message) => message.call === 'addUser')).toBe(false);
    vi.advanceTimersByTime(400);
    expect(workers.length).toBe(2);
    const sent = at(1).sent.find((message) => message.call === 'addUser');
    at(1).say({ type: 'answer', id: sent && 'id' in sent ? sent.id : -1, value: { files: [], users: [ALICE] } });
    expect(await users).toEqual({ files: [], users: [ALICE] });
    void client.ask('judge', CALL, RUN);
    client.cancel();
    void client.call('removeUser', { set: OWN_KEYS, name: 'a' });
    at(1).say({ type: 'cancelled', id: at(1).runs[0]!.id });
    expect(at(1).sent.some((message) => message.call === 'removeUser')).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(at(1).terminated).toBe(false);
  });

  it('cancels the reading of a key file that takes long, but no change of the keys that waits', async () => {
    vi.useFakeTimers();
    const { client, at } = setUp({ patience: 300 });
    const files = client.call('addKeyFiles', { files: [] });
    const user = client.call('addUser', { set: OWN_KEYS, name: 'a', password: 'b' });
    const [first, second] = at(0).sent.filter((message) => message.call !== 'share') as { id: number }[];
    at(0).say({ type: 'started', id: first!.id });
    client.cancel();
    await expect(files).rejects.toThrow(CallCancelled);
    at(0).say({ type: 'cancelled', id: first!.id });
    at(0).say({ type: 'answer', id: second!.id, value: { files: [], users: [ALICE] } });
    expect(await user).toEqual({ files: [], users: [ALICE] });
    vi.advanceTimersByTime(1000);
    expect(at(0).terminated).toBe(false);
  });

  it('watches every job, not only runs', async () => {
    vi.useFakeTimers();
    const { client, at } = setUp({ watchdog: 1000 });
    const opinion = client.ask('secondOpinion', { run: 1 });
    vi.advanceTimersByTime(1100);
    expect(await opinion).toEqual({ type: 'time-limit' });
    expect(at(0).terminated).toBe(true);
  });

  it('lets an idle worker be silent', () => {
    vi.useFakeTimers();
    const { client, at } = setUp({ watchdog: 1000 });
    void client.ask('judge', CALL, RUN);
    at(0).say({ type: 'answer', id: at(0).runs[0]!.id, value: ANSWER });
    vi.advanceTimersByTime(5000);
    expect(at(0).terminated).toBe(false);
  });

  it('wipes by ending the worker, once it has overwritten what it holds', async () => {
    vi.useFakeTimers();
    const restarted = vi.fn();
    const { client, workers, at } = setUp({ restarted });
    const run = client.ask('judge', CALL, RUN);
    const wiped = client.wipe();
    expect(await run).toEqual({ type: 'cancelled' });
    expect(at(0).sent.at(-1)).toEqual({ call: 'wipe' });
    const later = client.call('addUser', { set: OWN_KEYS, name: 'a', password: 'b' });
    expect(at(0).terminated).toBe(false);
    at(0).say({ type: 'wiped' });
    await wiped;
    expect(at(0).terminated).toBe(true);
    expect(workers).toHaveLength(2);
    const sent = at(1).sent.find((message) => message.call === 'addUser') as { id: number };
    at(1).say({ type: 'answer', id: sent.id, value: { files: [], users: [ALICE] } });
    expect(await later).toEqual({ files: [], users: [ALICE] });
    // Nothing was lost that anybody wanted.
    expect(restarted).not.toHaveBeenCalled();
  });

  it('does not wait long for a worker that cannot overwrite', async () => {
    vi.useFakeTimers();
    const { client, at } = setUp({ patience: 300 });
    void client.ask('judge', CALL, RUN);
    const wiped = client.wipe();
    vi.advanceTimersByTime(300);
    await wiped;
    expect(at(0).terminated).toBe(true);
  });

  it('asks for a run behind the keys that were given before it, also after a cancel', async () => {
    vi.useFakeTimers();
    const { client, workers, at } = setUp({ patience: 300 });
    const calls = (index: number) => at(index).sent.map((message) => message.call);
    void client.ask('judge', CALL, RUN);
    client.cancel();
    void client.call('addUser', { set: OWN_KEYS, name: 'a', password: 'b' });
    const superseded = client.ask('judge', CALL, RUN);
    const newest = client.ask('judge', CALL, RUN);
    expect(await superseded).toEqual({ type: 'cancelled' });
    expect(calls(0).filter((call) => call !== 'share')).toEqual(['judge', 'cancel']);
    at(0).say({ type: 'cancelled', id: at(0).runs[0]!.id });
    expect(calls(0).filter((call) => call !== 'share')).toEqual(['judge', 'cancel', 'addUser', 'judge']);
    at(0).say({ type: 'answer', id: at(0).runs[1]!.id, value: ANSWER });
    expect(await newest).toEqual({ type: 'done', value: ANSWER });
    vi.advanceTimersByTime(1000);
    expect(workers.length).toBe(1);
  });

  it('reports what the engine threw as a defect, and a worker that does not start too', async () => {
    const { client, at } = setUp();
    const thrown = client.ask('judge', CALL, RUN);
    at(0).say({ type: 'defect', id: at(0).runs[0]!.id, message: 'boom', stack: 's' });
    expect(await thrown).toEqual({ type: 'defect', message: 'boom', stack: 's' });
    const dead = client.ask('judge', CALL, RUN);
    at(0).fail('no such script');
    expect(await dead).toMatchObject({ type: 'defect', message: 'no such script' });
  });

  it('moves the octets of key files', () => {
    const { client, at } = setUp();
    const octets = new Uint8Array([1, 2, 3]);
    void client.call('addKeyFiles', { files: [{ id: 'a', set: OWN_KEYS, name: 'a.p12', octets, trusted: false }] });
    expect(at(0).moved.at(-1)).toEqual([octets.buffer]);
  });

  it('refuses calls under way when the worker is restarted', async () => {
    const { client, at } = setUp();
    const call = client.call('removeUser', { set: OWN_KEYS, name: 'a' });
    const judged = client.ask('judge', CALL, RUN);
    at(0).fail('gone');
    await expect(call).rejects.toThrow(WorkerDefect);
    await judged;
  });
});

/**
 * The worker's client: the newest run wins, a silent worker is ended and replaced, key files are moved and not copied.
 */
import { afterEach, describe, expect, it, vi } from 'vitest';
import { createClient, WorkerDefect, type WorkerPort } from '../../src/worker/page/client.ts';
import type { FromWorker, JudgeCall, ToWorker } from '../../src/worker/page/protocol.ts';

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
  settings: { at: 0, skewSeconds: 0, ttlSeconds: null, receiverActor: null, idAttributes: [], diagnosis: false },
};
const ANSWER = { elapsed: 1 };

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
    const outcome = client.judge(CALL);
    at(0).say({ type: 'answer', id: at(0).runs[0]!.id, value: ANSWER });
    expect(await outcome).toEqual({ type: 'judged', answer: ANSWER });
  });

  it('cancels an older run when a newer one comes, and never gives its answer', async () => {
    const { client, at } = setUp();
    const older = client.judge(CALL);
    const newer = client.judge(CALL);
    expect(await older).toEqual({ type: 'cancelled' });
    const [first, second] = at(0).runs;
    expect(at(0).sent).toContainEqual({ call: 'cancel', id: first!.id });
    at(0).say({ type: 'answer', id: first!.id, value: 'stale' });
    at(0).say({ type: 'answer', id: second!.id, value: ANSWER });
    expect(await newer).toEqual({ type: 'judged', answer: ANSWER });
  });

  it('tells the worker the newest run through shared memory', () => {
    const { client, at } = setUp();
    void client.judge(CALL);
    void client.judge(CALL);
    const share = at(0).sent.find((message) => message.call === 'share');
    expect(share && new Int32Array(share.newest)[0]).toBe(at(0).runs[1]!.id);
  });

  it('ends a run that gives no sign of life, and starts a new worker for the next', async () => {
    vi.useFakeTimers();
    const restarted = vi.fn();
    const { client, at, workers } = setUp({ watchdog: 1000, restarted });
    const outcome = client.judge(CALL);
    vi.advanceTimersByTime(900);
    at(0).say({ type: 'progress', id: at(0).runs[0]!.id, what: 'parse', done: 1 });
    vi.advanceTimersByTime(900);
    expect(at(0).terminated).toBe(false);
    vi.advanceTimersByTime(200);
    expect(await outcome).toEqual({ type: 'time-limit' });
    expect(at(0).terminated).toBe(true);
    expect(restarted).toHaveBeenCalledOnce();
    void client.judge(CALL);
    expect(workers).toHaveLength(2);
  });

  it('terminates a worker that does not stop when the user cancels', async () => {
    vi.useFakeTimers();
    const { client, at } = setUp({ patience: 300 });
    const outcome = client.judge(CALL);
    client.cancel();
    expect(await outcome).toEqual({ type: 'cancelled' });
    vi.advanceTimersByTime(400);
    expect(at(0).terminated).toBe(true);
  });

  it('keeps a worker that does stop when the user cancels, and with it the keys', async () => {
    vi.useFakeTimers();
    const { client, at } = setUp({ patience: 300 });
    const outcome = client.judge(CALL);
    client.cancel();
    at(0).say({ type: 'cancelled', id: at(0).runs[0]!.id });
    expect(await outcome).toEqual({ type: 'cancelled' });
    vi.advanceTimersByTime(1000);
    expect(at(0).terminated).toBe(false);
  });

  it('holds calls made after a cancel until the worker has stopped, or is replaced', async () => {
    vi.useFakeTimers();
    const { client, workers, at } = setUp({ patience: 300 });
    void client.judge(CALL);
    client.cancel();
    const users = client.call('addUser', { name: 'a', password: 'b' });
    expect(at(0).sent.some((message) => message.call === 'addUser')).toBe(false);
    vi.advanceTimersByTime(400);
    expect(workers.length).toBe(2);
    const sent = at(1).sent.find((message) => message.call === 'addUser');
    at(1).say({ type: 'answer', id: sent && 'id' in sent ? sent.id : -1, value: { files: [], users: ['a'] } });
    expect(await users).toEqual({ files: [], users: ['a'] });
    void client.judge(CALL);
    client.cancel();
    void client.call('wipe', {});
    at(1).say({ type: 'cancelled', id: at(1).runs[0]!.id });
    expect(at(1).sent.some((message) => message.call === 'wipe')).toBe(true);
    vi.advanceTimersByTime(1000);
    expect(at(1).terminated).toBe(false);
  });

  it('asks for a run behind the keys that were given before it, also after a cancel', async () => {
    vi.useFakeTimers();
    const { client, workers, at } = setUp({ patience: 300 });
    const calls = (index: number) => at(index).sent.map((message) => message.call);
    void client.judge(CALL);
    client.cancel();
    void client.call('addUser', { name: 'a', password: 'b' });
    const superseded = client.judge(CALL);
    const newest = client.judge(CALL);
    expect(await superseded).toEqual({ type: 'cancelled' });
    expect(calls(0).filter((call) => call !== 'share')).toEqual(['judge', 'cancel']);
    at(0).say({ type: 'cancelled', id: at(0).runs[0]!.id });
    expect(calls(0).filter((call) => call !== 'share')).toEqual(['judge', 'cancel', 'addUser', 'judge']);
    at(0).say({ type: 'answer', id: at(0).runs[1]!.id, value: ANSWER });
    expect(await newest).toEqual({ type: 'judged', answer: ANSWER });
    vi.advanceTimersByTime(1000);
    expect(workers.length).toBe(1);
  });

  it('reports what the engine threw as a defect, and a worker that does not start too', async () => {
    const { client, at } = setUp();
    const thrown = client.judge(CALL);
    at(0).say({ type: 'defect', id: at(0).runs[0]!.id, message: 'boom', stack: 's' });
    expect(await thrown).toEqual({ type: 'defect', message: 'boom', stack: 's' });
    const dead = client.judge(CALL);
    at(0).fail('no such script');
    expect(await dead).toMatchObject({ type: 'defect', message: 'no such script' });
  });

  it('moves the octets of key files', () => {
    const { client, at } = setUp();
    const octets = new Uint8Array([1, 2, 3]);
    void client.call('addKeyFiles', { files: [{ id: 'a', name: 'a.p12', octets, trusted: false }] });
    expect(at(0).moved.at(-1)).toEqual([octets.buffer]);
  });

  it('refuses calls under way when the worker is restarted', async () => {
    const { client, at } = setUp();
    const call = client.call('wipe', {});
    const judged = client.judge(CALL);
    at(0).fail('gone');
    await expect(call).rejects.toThrow(WorkerDefect);
    await judged;
  });
});

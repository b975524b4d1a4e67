/** The queue: one job after the other, each with progress and cancel; ids are forgotten once answered. */
import { describe, expect, it, vi } from 'vitest';
import { JobQueue, type JobControl } from '../../src/worker/inside/jobs.ts';
import { SIGNAL_CELLS, type FromWorker } from '../../src/worker/page/protocol.ts';

function setUp() {
  const said: FromWorker[] = [];
  const clock = { at: 1_000 };
  const queue = new JobQueue({ say: (message) => said.push(message), now: () => clock.at });
  const idle = () => vi.waitFor(() => expect(queue.size).toBe(0));
  return { said, clock, queue, idle };
}

describe('job queue', () => {
  it('does one job after the other and answers each', async () => {
    const { said, queue, idle } = setUp();
    const order: string[] = [];
    queue.add(1, async () => {
      await new Promise((resolve) => setTimeout(resolve, 5));
      order.push('slow');
      return 'a';
    });
    queue.add(2, async () => order.push('quick'));
    await idle();
    expect(order).toEqual(['slow', 'quick']);
    expect(said).toEqual([
      { type: 'started', id: 1 },
      { type: 'answer', id: 1, value: 'a' },
      { type: 'started', id: 2 },
      { type: 'answer', id: 2, value: 2 },
    ]);
  });

  it('never starts a job that is cancelled while it waits', async () => {
    const { said, queue, idle } = setUp();
    const work = vi.fn(async () => 1);
    queue.add(1, async () => undefined);
    queue.add(2, work);
    queue.cancel(2);
    await idle();
    expect(work).not.toHaveBeenCalled();
    expect(said.at(-1)).toEqual({ type: 'cancelled', id: 2 });
  });

  it('ends a job between two steps once it is cancelled, and gives no answer of one that went on', async () => {
    const { said, queue, idle } = setUp();
    queue.add(1, async (control) => {
      queue.cancel(1);
      control.between('more', 1);
      throw new Error('not reached');
    });
    queue.add(2, async () => {
      queue.cancel(2);
      return 'too late';
    });
    await idle();
    expect(said.filter((message) => message.type !== 'started')).toEqual([
      { type: 'cancelled', id: 1 },
      { type: 'cancelled', id: 2 },
    ]);
  });

  it('sees a cancel in shared memory without any message', async () => {
    const { said, queue, idle } = setUp();
    const signals = new SharedArrayBuffer(4 * SIGNAL_CELLS);
    queue.share(signals);
    let control: JobControl | undefined;
    queue.add(70, async (given) => {
      control = given;
      expect(given.cancelled()).toBe(false);
      new Int32Array(signals)[70 % SIGNAL_CELLS] = 70;
      expect(given.cancelled()).toBe(true);
    });
    // Another job of the same cell is not meant.
    queue.add(70 + SIGNAL_CELLS, async () => 'done');
    await idle();
    expect(control?.id).toBe(70);
    expect(said.filter((message) => message.type !== 'started').map(({ type }) => type)).toEqual([
      'cancelled',
      'answer',
    ]);
  });

  it('forgets a cancelled id once it is answered, and never learns one that was', async () => {
    const { queue, idle, said } = setUp();
    queue.add(1, async () => undefined);
    await idle();
    queue.cancel(1);
    queue.add(1, async () => 'again');
    await idle();
    expect(said.at(-1)).toEqual({ type: 'answer', id: 1, value: 'again' });
  });

  it('reports progress, but not too often', async () => {
    const { said, clock, queue, idle } = setUp();
    queue.add(1, async (control) => {
      for (const done of [1, 2, 3]) {
        control.progress('work', done);
        clock.at += 30;
      }
    });
    await idle();
    expect(said.filter((message) => message.type === 'progress')).toMatchObject([{ done: 1 }, { done: 3 }]);
  });

  it('tells a throw as a defect, and goes on', async () => {
    const { said, queue, idle } = setUp();
    queue.add(1, async () => {
      throw new TypeError('boom');
    });
    queue.add(2, async () => 'well');
    await idle();
    expect(said.find((message) => message.type === 'defect')).toMatchObject({ id: 1, message: 'TypeError: boom' });
    expect(said.at(-1)).toEqual({ type: 'answer', id: 2, value: 'well' });
  });
});

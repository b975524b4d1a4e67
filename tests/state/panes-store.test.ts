/** The panes follow message and run: at once, and pane by pane where a run is long. */
import { describe, expect, it, vi } from 'vitest';
import { LONG_RUN } from '../../src/state/run.ts';
import { createSubjects } from '../../src/state/subjects.ts';
import type { Subject } from '../../src/state/subject.ts';
import type { Trace } from '../../src/engine/trace/trace.ts';
import { failing, octets } from './fake-client.ts';

const subjectOf = (text: string): Subject => ({
  id: 1,
  octets: octets(text),
  name: 'm.xml',
  origin: 'file',
  sample: null,
});

/** A trace with as many steps as make it long, of which the panes show nothing. */
function longTrace(): Trace {
  const { trace } = failing('reference-digest-mismatch');
  const step = { parent: null, kind: 'reference', status: 'passed', findings: [], inputs: [], outputs: [], data: {} };
  const steps = Array.from({ length: LONG_RUN + 1 }, (_, at) => ({ ...step, id: `s${at}` }));
  return { ...trace, steps: steps as unknown as Trace['steps'] };
}

function setUp(pause?: () => Promise<void>) {
  const subject = subjectOf('<m/>');
  const stand = createSubjects({ findingTitle: () => 'title', ...(pause ? { pause } : {}) }).getState().current;
  stand.message.setState({ subject });
  return { ...stand, subject };
}

describe('the panes', () => {
  it('are made at once of a short run, and of a long one where nobody gives them a pause', () => {
    const pause = vi.fn(async () => {});
    const short = setUp(pause);
    const before = short.panes.getState();
    short.run.setState({ trace: failing('reference-digest-mismatch').trace, judged: short.subject });
    expect(short.panes.getState().original).not.toBe(before.original);
    expect(pause).not.toHaveBeenCalled();
    const long = setUp();
    const empty = long.panes.getState();
    long.run.setState({ trace: longTrace(), judged: long.subject });
    expect(long.panes.getState().original).not.toBe(empty.original);
  });

  it('are made one after the other of a long run', async () => {
    const turns: (() => void)[] = [];
    const pause = () => new Promise<void>((resolve) => void turns.push(resolve));
    const { subject, run, panes } = setUp(pause);
    const before = panes.getState();
    run.setState({ trace: longTrace(), judged: subject });
    expect(panes.getState()).toBe(before);
    const made: string[] = [];
    for (const pane of ['original', 'secured', 'decoded'] as const) {
      turns.shift()?.();
      await vi.waitFor(() => expect(panes.getState()[pane]).not.toBe(before[pane]));
      made.push(pane);
      expect(turns).toHaveLength(made.length < 3 ? 1 : 0);
    }
  });

  it('leave a long run that is overtaken, and show an edit at once', async () => {
    const turns: (() => void)[] = [];
    const pause = () => new Promise<void>((resolve) => void turns.push(resolve));
    const { subject, message, run, panes } = setUp(pause);
    run.setState({ trace: longTrace(), judged: subject });
    message.setState({ subject: subjectOf('<edited/>') });
    expect(panes.getState().original.text).toBe('<edited/>');
    run.setState({ trace: null, judged: null });
    const shown = panes.getState();
    expect(turns).toHaveLength(2);
    for (const turn of turns.splice(0)) turn();
    await Promise.resolve();
    expect(turns).toEqual([]);
    expect(panes.getState()).toBe(shown);
  });
});

/** Rows of the trace: what is open at first, what the filter keeps, places among siblings. */
import { describe, expect, it } from 'vitest';
import type { Step, StepStatus, Trace } from '../../src/engine/trace/trace.ts';
import { openAtFirst, traceRows } from '../../src/state/trace-rows.ts';

/** `[id, parent, status]`, in the order in which the steps began. */
function traceOf(steps: readonly (readonly [string, string | null, StepStatus])[], signatures = 0): Trace {
  const made = steps.map(([id, parent, status]) => ({ id, parent, status, kind: id.replace(/\d+$/, '') }));
  return {
    steps: made as unknown as readonly Step[],
    signatures: Array.from({ length: signatures }, (_, at) => ({ step: `signature${at}`, references: [] })),
    findings: [],
    encrypted: [],
    paths: [],
    spaces: [],
    certificates: [],
  } as unknown as Trace;
}

const TREE = traceOf(
  [
    ['parse1', null, 'passed'],
    ['signature1', null, 'failed'],
    ['reference1', 'signature1', 'passed'],
    ['digest1', 'reference1', 'passed'],
    ['reference2', 'signature1', 'failed'],
    ['digest2', 'reference2', 'failed'],
    ['header1', null, 'skipped'],
  ],
  1,
);
const ids = (rows: readonly { readonly id: string }[]) => rows.map(({ id }) => id);

describe('rows of the trace', () => {
  it('open the failing path at first, and nothing that passed', () => {
    expect([...openAtFirst(TREE)].toSorted()).toEqual(['reference2', 'signature1']);
  });

  it('open what was not judged where nothing failed, and the signatures where all passed', () => {
    expect([
      ...openAtFirst(
        traceOf([
          ['a1', null, 'passed'],
          ['b1', 'a1', 'unknown'],
        ]),
      ),
    ]).toEqual(['a1']);
    expect([
      ...openAtFirst(
        traceOf([
          ['signature1', null, 'passed'],
          ['b1', 'signature1', 'passed'],
        ]),
      ),
    ]).toEqual(['signature1']);
  });

  it('stand in the order of the tree, the second opinion last, each with its place among its siblings', () => {
    const rows = traceRows(TREE, openAtFirst(TREE), 'all');
    expect(ids(rows)).toEqual([
      'parse1',
      'signature1',
      'reference1',
      'reference2',
      'digest2',
      'header1',
      'second-opinion',
    ]);
    expect(rows[3]).toMatchObject({ level: 2, position: 2, siblings: 2, expandable: true });
    expect(rows.at(-1)).toMatchObject({ kind: 'opinion', level: 1, position: 4, siblings: 4, expandable: false });
  });

  it('are, where only failures are wanted, those with what they stand in', () => {
    const rows = traceRows(TREE, openAtFirst(TREE), 'failed');
    expect(ids(rows)).toEqual(['signature1', 'reference2', 'digest2', 'header1']);
    expect(rows[1]).toMatchObject({ position: 1, siblings: 1, expandable: true });
    expect(rows[2]).toMatchObject({ expandable: false });
  });

  it('are made in time linear in a trace of many and deep steps', () => {
    const deep = Array.from(
      { length: 20_000 },
      (_, at) => [`s${at}`, at === 0 ? null : `s${at - 1}`, 'failed'] as const,
    );
    const trace = traceOf(deep);
    const rows = traceRows(trace, openAtFirst(trace), 'failed');
    expect(rows).toHaveLength(20_000);
    expect(rows.at(-1)?.level).toBe(20_000);
  });
});

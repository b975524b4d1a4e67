/** The bench: the stores of the page, and the ports through which its acts reach the world. */
import type { FindingWordsOnDemand } from '../content/findings/on-demand.ts';
import { CallCancelled, WorkerDefect, type EngineClient } from '../worker/page/client.ts';
import { createKeysStore, type KeysStore } from './keys.ts';
import { createLayoutStore, type LayoutStore, type Storage } from './layout.ts';
import type { PanesPorts } from './panes/panes.ts';
import { createSubjects, type Stand, type SubjectsStore } from './subjects.ts';

/** What the acts need of the world. */
export interface BenchPorts extends Pick<PanesPorts, 'pause'> {
  readonly client: EngineClient;
  readonly storage?: Storage | null;
  readonly now: () => number;
  /** Nothing that names a finding is shown before these are loaded. */
  readonly findings: FindingWordsOnDemand;
  /**
   * Resolves when what the stores said last is on the screen: a verdict is shown before everything that is drawn for
   * it.
   */
  readonly painted?: () => Promise<void>;
}

/** Everything that the acts act on. */
export interface Bench {
  readonly subjects: SubjectsStore;
  readonly keys: KeysStore;
  readonly layout: LayoutStore;
  readonly ports: BenchPorts;
}

/** What a stand of this bench asks of the world. */
function panesPorts({ findings, pause }: BenchPorts): PanesPorts {
  return { findingTitle: findings.title, ...(pause ? { pause } : {}) };
}

/** A bench with one empty stand and no keys. */
export function createBench(ports: BenchPorts): Bench {
  return {
    subjects: createSubjects(panesPorts(ports)),
    keys: createKeysStore(),
    layout: createLayoutStore(ports.storage ?? null),
    ports,
  };
}

/** The stand that the page shows. */
export function currentStand({ subjects }: Bench): Stand {
  return subjects.getState().current;
}

/**
 * Does something that asks the worker. A worker that throws or does not start is a defect of ours, whatever was asked
 * of it; it is shown where the user looks.
 */
export async function orDefect(bench: Bench, act: () => Promise<void>): Promise<void> {
  try {
    await act();
  } catch (error) {
    if (error instanceof CallCancelled) return;
    if (!(error instanceof WorkerDefect)) throw error;
    const defect = { message: error.message, stack: error.stack ?? '' };
    currentStand(bench).run.setState({ status: 'defect', progress: null, defect });
  }
}

/** The bench: the stores of the page, and the ports through which its acts reach the world. */
import { CallCancelled, WorkerDefect, type EngineClient } from '../worker/page/client.ts';
import { createKeysStore, type KeysStore } from './keys.ts';
import { createLayoutStore, type LayoutStore, type Storage } from './layout.ts';
import type { PanesPorts } from './panes/panes.ts';
import { createSubjects, type Stand, type SubjectsStore } from './subjects.ts';

/** What the acts need of the world. */
export interface BenchPorts extends PanesPorts {
  readonly client: EngineClient;
  readonly storage?: Storage | null;
  readonly now: () => number;
  /** Resolves when the words of findings are there: nothing that names one is shown before. */
  readonly words?: () => Promise<void>;
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

/** A bench with one empty stand and no keys. */
export function createBench(ports: BenchPorts): Bench {
  return {
    subjects: createSubjects(ports),
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

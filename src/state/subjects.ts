/** The subjects: messages under test, each on a stand of its own with its receiver, its run and its selection. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import { createPanesStore, type PanesPorts, type PanesStore } from './panes/panes.ts';
import { createReceiverStore, type ReceiverStore } from './receiver.ts';
import { createRunStore, type RunStore } from './run.ts';
import { createSelectionStore, type SelectionStore } from './selection.ts';
import type { Subject } from './subject.ts';

/** The message on a stand. */
export interface StandState {
  readonly subject: Subject | null;
}

/** Where one subject stands, with everything that is said of it and looked at in it. */
export interface Stand {
  readonly id: string;
  readonly message: StoreApi<StandState>;
  readonly receiver: ReceiverStore;
  readonly run: RunStore;
  readonly selection: SelectionStore;
  readonly panes: PanesStore;
}

/** Every stand, and the numbers that are given next. */
export interface SubjectsState {
  readonly stands: readonly Stand[];
  /** The one that the page shows. */
  readonly current: Stand;
  /** Number of the next subject. */
  readonly nextSubject: number;
  /** Number of the next stand. */
  readonly nextStand: number;
}

/** The store of the stands. */
export type SubjectsStore = StoreApi<SubjectsState>;

function createStand(number: number, ports: PanesPorts): Stand {
  const message = createStore<StandState>(() => ({ subject: null }));
  const run = createRunStore();
  return {
    id: `stand${number}`,
    message,
    receiver: createReceiverStore(),
    run,
    selection: createSelectionStore(),
    panes: createPanesStore(message, run, ports),
  };
}

/** A bench with one stand, which is empty. */
export function createSubjects(ports: PanesPorts): SubjectsStore {
  return createStore<SubjectsState>(() => {
    const stand = createStand(1, ports);
    return { stands: [stand], current: stand, nextSubject: 1, nextStand: 2 };
  });
}

/** Puts up another stand, empty, and shows it. */
export function addStand(subjects: SubjectsStore, ports: PanesPorts): Stand {
  const stand = createStand(subjects.getState().nextStand, ports);
  subjects.setState((state) => ({
    stands: [...state.stands, stand],
    current: stand,
    nextStand: state.nextStand + 1,
  }));
  return stand;
}

/** Shows a stand; one that is not there any more is left. */
export function showStand(subjects: SubjectsStore, stand: Stand): void {
  if (subjects.getState().stands.includes(stand)) subjects.setState({ current: stand });
}

/** Makes a subject under a number of its own. */
export function newSubject(subjects: SubjectsStore, subject: Omit<Subject, 'id'>): Subject {
  const id = subjects.getState().nextSubject;
  subjects.setState({ nextSubject: id + 1 });
  return { ...subject, id };
}

/** The three panes as one derived store, which follows the message and its run. */
import { PANE } from '../../content/pane-words.ts';
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Finding, Trace } from '../../engine/trace/trace.ts';
import { LONG_RUN, type RunState, type RunStore } from '../run.ts';
import type { PaneName } from '../selection.ts';
import type { Subject } from '../subject.ts';
import { decodedPane } from './decoded.ts';
import { decodeOctets } from '../../engine/bytes/octet-text.ts';
import { originalPane } from './original.ts';
import { pieceMap, type PaneModel } from './pane-model.ts';
import { protections, type Protection } from './protection.ts';
import { securedPane } from './secured.ts';

/** The panes by name. */
export type Panes = Readonly<Record<PaneName, PaneModel>>;
/** The store of one stand's panes. */
export type PanesStore = StoreApi<Panes>;

const PANES: readonly PaneName[] = ['original', 'secured', 'decoded'];

/** What of a run the panes show. */
const INPUTS: readonly (keyof RunState)[] = ['judged', 'trace', 'outline', 'opened', 'attachments'];

function blank(pane: PaneName): PaneModel {
  return {
    pane,
    summary: '',
    aside: '',
    text: '',
    map: pieceMap([]),
    marks: [],
    notes: [],
    empty: PANE.noMessage,
    editable: false,
  };
}

/** Gives the last result again while nothing of what it was made from has changed. */
function remembering<Given extends readonly unknown[], Made>(
  make: (...given: Given) => Made,
): (...given: Given) => Made {
  let last: { readonly given: Given; readonly made: Made } | null = null;
  return (...given) => {
    if (last === null || given.some((part, index) => part !== last?.given[index])) {
      last = { given, made: make(...given) };
    }
    return last.made;
  };
}

const BLANK: Panes = { original: blank('original'), secured: blank('secured'), decoded: blank('decoded') };
const NOTHING: readonly Protection[] = [];

/** What the panes ask of the world. */
export interface PanesPorts {
  /** The title of a finding, for the marks of its places. */
  readonly findingTitle: (finding: Finding) => string;
  /**
   * Gives whatever else waits for the thread its turn. Without it, everything is drawn at once, however long that takes.
   */
  readonly pause?: () => Promise<void>;
}

/** Makes a pane of what stands now, and gives it again while that has not changed. */
function paneMaker(
  message: StoreApi<{ readonly subject: Subject | null }>,
  run: RunStore,
  findingTitle: PanesPorts['findingTitle'],
): (pane: PaneName) => PaneModel {
  const textOf = remembering(({ octets }: Subject) => decodeOctets(octets));
  const protectionsOf = remembering((trace: Trace | null) => (trace ? protections(trace, findingTitle) : NOTHING));
  const make = {
    original: remembering(originalPane),
    secured: remembering(securedPane),
    decoded: remembering(decodedPane),
  };
  return (pane) => {
    const { subject } = message.getState();
    if (!subject) return BLANK[pane];
    const { judged, trace, outline, opened, attachments } = run.getState();
    // A stale trace speaks of octets that are no longer on the screen: its ranges would point beside the mark.
    const current = judged === subject ? trace : null;
    const found = protectionsOf(current);
    if (pane === 'original') return make.original(subject, textOf(subject), current, current ? outline : null, found);
    return pane === 'secured'
      ? make.secured(outline, trace, found)
      : make.decoded(opened ?? outline, trace, found, attachments);
  };
}

/**
 * A pane is remade only where what it shows has changed: an edit changes the text of the first alone, and does so at
 * once. A long run's panes follow its verdict, and an edit, one by one.
 */
export function createPanesStore(
  message: StoreApi<{ readonly subject: Subject | null }>,
  run: RunStore,
  { findingTitle, pause }: PanesPorts,
): PanesStore {
  const compute = paneMaker(message, run, findingTitle);
  const all = (): Panes => ({
    original: compute('original'),
    secured: compute('secured'),
    decoded: compute('decoded'),
  });
  const store = createStore<Panes>(all);
  const update = (): void => {
    const next = all();
    const now = store.getState();
    if (PANES.some((pane) => next[pane] !== now[pane])) store.setState(next, true);
  };
  let asked = 0;
  /** Makes each of what stands when its turn comes; a newer run starts from nothing. */
  const follow = async (): Promise<void> => {
    asked += 1;
    const own = asked;
    for (const pane of PANES) {
      await pause?.();
      if (own !== asked) return;
      const next = compute(pane);
      if (next !== store.getState()[pane]) store.setState({ [pane]: next });
    }
  };
  const isLong = ({ trace, outline }: RunState): boolean =>
    pause !== undefined && (trace?.steps.length ?? 0) + (outline?.nodes.length ?? 0) > LONG_RUN;
  message.subscribe(() => {
    if (!isLong(run.getState())) {
      update();
      return;
    }
    // What was typed is seen at once; the panes of the run lose its marks one after the other.
    const original = compute('original');
    if (original !== store.getState().original) store.setState({ original });
    void follow();
  });
  run.subscribe((state, before) => {
    if (!INPUTS.some((input) => state[input] !== before[input])) return;
    if (isLong(state)) void follow();
    else {
      asked += 1;
      update();
    }
  });
  return store;
}

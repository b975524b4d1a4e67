/** Gives views what they need of the bench, by concern: thin hooks over its stores, and the acts of one kind each. */
import { createContext, useContext, useMemo, type ReactNode } from 'react';
import { useStore } from 'zustand';
import type { SourceRange } from '../engine/bytes/source-range.ts';
import type { FindingWordsOnDemand } from '../content/findings/on-demand.ts';
import { cancel, configure, judge } from '../state/acts/judging.ts';
import * as keyActs from '../state/acts/keys.ts';
import { edit, load, wipe } from '../state/acts/loading.ts';
import * as navigation from '../state/acts/navigation.ts';
import { askOpinion } from '../state/acts/opinion.ts';
import type { Bench } from '../state/bench.ts';
import type { PaneActions } from '../state/editor-contract.ts';
import type { IncomingFile } from '../state/files.ts';
import { keysFor, type KeyRing, type UserDescription } from '../state/keys.ts';
import type { LayoutState, LayoutStore } from '../state/layout.ts';
import type { PaneModel } from '../state/panes/pane-model.ts';
import type { ReceiverState } from '../state/receiver.ts';
import type { RunState } from '../state/run.ts';
import { inspectorOf, type Inspector } from '../state/inspector.ts';
import type { PaneName, SelectionState } from '../state/selection.ts';
import type { Subject } from '../state/subject.ts';
import type { Stand } from '../state/subjects.ts';

function concern<Value>(name: string): readonly [React.Context<Value | null>, () => Value] {
  const context = createContext<Value | null>(null);
  return [
    context,
    () => {
      const value = useContext(context);
      if (value === null) throw new Error(`no ${name} around this view`);
      return value;
    },
  ];
}

/** What a view may do about judging. */
export interface JudgingActs {
  judge(): void;
  cancel(): void;
  configure(change: Partial<ReceiverState>): void;
  askOpinion(): void;
}

/** What a view may do with keys and users; each resolves when the worker has taken it. */
export interface KeyActs {
  add(files: readonly IncomingFile[], options?: keyActs.KeyFileOptions): Promise<void>;
  unlock(file: string, alias: string | null, password: string): Promise<void>;
  takeAsSecret(file: string, keyName: string | null): Promise<void>;
  remove(file: string): Promise<void>;
  setTrusted(file: string, trusted: boolean): Promise<void>;
  addUser(name: string, password: string): Promise<void>;
  removeUser(user: UserDescription): Promise<void>;
  wipe(): Promise<void>;
}

/** What a view may do to what is looked at. */
export interface NavigationActs {
  selectStep(id: string): void;
  selectFinding(id: string): void;
  hover(range: SourceRange | null): void;
  selectRange(range: SourceRange, by: string): void;
  setCaret(octet: number | null): void;
  /** Changes what is shown of the selection: tabs, the octet under the cursor. */
  show(change: Partial<SelectionState>): void;
}

const [StandContext, useStand] = concern<Stand>('stand');
const [JudgingContext, useJudgingActs] = concern<JudgingActs>('judging');
const [KeysContext, useKeyActs] = concern<KeyActs>('keys');
const [NavigationContext, useNavigationActs] = concern<NavigationActs>('navigation');
const [PaneContext, usePaneActs] = concern<PaneActions>('pane-actions');
const [InspectorContext, useInspectorPort] = concern<Inspector>('inspector');
const [LayoutContext, useLayoutContext] = concern<LayoutStore>('layout');
const [FindingsContext, useFindingWordsContext] = concern<FindingWordsOnDemand>('finding-words');
const [RingContext, useRingContext] = concern<Bench['keys']>('key-ring');

/** The stand whose message the views around here show. */
export { useStand };
/** Judges, cancels, tells the receiver's side. */
export const useJudging = useJudgingActs;
/** Adds, opens, trusts and removes keys and users. */
export const useKeys = useKeyActs;
/** Selects, points, opens tabs. */
export const useNavigation = useNavigationActs;
/** What a pane of the message may do to the state. */
export const usePaneActions = usePaneActs;
/** Asks for octets, origins and keys of the runs. */
export const useInspector = useInspectorPort;
/** The words of findings, where they may still have to come. */
export const useFindingWords = useFindingWordsContext;
/** The store of the layout, for who changes it. */
export const useLayoutStore = useLayoutContext;

function judgingOf(bench: Bench): JudgingActs {
  return {
    judge: () => void judge(bench),
    cancel: () => cancel(bench),
    configure: (change) => configure(bench, change),
    askOpinion: () => void askOpinion(bench),
  };
}

function keysOf(bench: Bench): KeyActs {
  return {
    add: (files, options) => keyActs.addKeys(bench, files, options),
    unlock: (file, alias, password) => keyActs.unlock(bench, file, alias, password),
    takeAsSecret: (file, keyName) => keyActs.takeAsSecret(bench, file, keyName),
    remove: (file) => keyActs.removeKeyFile(bench, file),
    setTrusted: (file, trusted) => keyActs.setTrusted(bench, file, trusted),
    addUser: (name, password) => keyActs.addUser(bench, name, password),
    removeUser: (user) => keyActs.removeUser(bench, user),
    wipe: () => wipe(bench),
  };
}

function navigationOf(stand: Stand): NavigationActs {
  return {
    selectStep: (id) => navigation.selectStep(stand, id),
    selectFinding: (id) => navigation.selectFinding(stand, id),
    hover: (range) => navigation.hover(stand, range),
    selectRange: (range, by) => navigation.selectRange(stand, range, by),
    setCaret: (octet) => navigation.setCaret(stand, octet),
    show: (change) => stand.selection.setState(change),
  };
}

function paneActionsOf(bench: Bench, stand: Stand): PaneActions {
  return {
    hover: (range) => navigation.hover(stand, range),
    select: (range, by) => navigation.selectRange(stand, range, by),
    caret: (octet) => navigation.setCaret(stand, octet),
    edit: (octets) => void edit(bench, octets),
    replace: (file) => void load(bench, [file], 'pasted'),
    open: ({ step, finding }) => {
      if (finding !== null) navigation.selectFinding(stand, finding);
      else if (step !== null) navigation.selectStep(stand, step);
    },
  };
}

/** Gives the views below what they need, each concern by a context of its own. */
export function BenchProvider({ bench, children }: { readonly bench: Bench; readonly children: ReactNode }) {
  const stand = useStore(bench.subjects, ({ current }) => current);
  const judging = useMemo(() => judgingOf(bench), [bench]);
  const keys = useMemo(() => keysOf(bench), [bench]);
  const inspector = useMemo(() => inspectorOf(bench), [bench]);
  const acts = useMemo(() => navigationOf(stand), [stand]);
  const pane = useMemo(() => paneActionsOf(bench, stand), [bench, stand]);
  return (
    <StandContext value={stand}>
      <LayoutContext value={bench.layout}>
        <RingContext value={bench.keys}>
          <JudgingContext value={judging}>
            <KeysContext value={keys}>
              <InspectorContext value={inspector}>
                <NavigationContext value={acts}>
                  <FindingsContext value={bench.ports.findings}>
                    <PaneContext value={pane}>{children}</PaneContext>
                  </FindingsContext>
                </NavigationContext>
              </InspectorContext>
            </KeysContext>
          </JudgingContext>
        </RingContext>
      </LayoutContext>
    </StandContext>
  );
}

/** Something of the message under test, which is null where there is none. */
export function useSubject<T>(select: (subject: Subject | null) => T): T {
  return useStore(useStand().message, ({ subject }) => select(subject));
}
/** Something of what the receiver knows and demands. */
export function useReceiver<T>(select: (state: ReceiverState) => T): T {
  return useStore(useStand().receiver, select);
}
/** Something of the run that stands. */
export function useRun<T>(select: (state: RunState) => T): T {
  return useStore(useStand().run, select);
}
/** Something of what is looked at. */
export function useSelection<T>(select: (state: SelectionState) => T): T {
  return useStore(useStand().selection, select);
}
/** Something of the layout. */
export function useLayout<T>(select: (state: LayoutState) => T): T {
  return useStore(useLayoutStore(), select);
}
/** What one pane of the message shows. */
export function usePane(pane: PaneName): PaneModel {
  return useStore(useStand().panes, (panes) => panes[pane]);
}
/** The keys that the message here is judged with: the user's, and those of its sample. */
export function useKeyRing(): KeyRing {
  const { id } = useStand();
  const ring = useStore(useRingContext(), (state) => state.ring);
  return useMemo(() => keysFor(ring, id), [ring, id]);
}
/** Whether keys are gone because the worker had to be restarted. */
export function useKeysLost(): boolean {
  return useStore(useRingContext(), (state) => state.lost);
}

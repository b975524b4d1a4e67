/** Gives views the workbench and thin hooks over its vanilla stores. */
import { createContext, useContext } from 'react';
import { useStore } from 'zustand';
import type { LayoutState } from '../state/layout.ts';
import type { PaneModel } from '../state/panes/pane-model.ts';
import type { RunState } from '../state/run.ts';
import type { PaneName, SelectionState } from '../state/selection.ts';
import type { SessionState } from '../state/session.ts';
import type { Workbench } from '../state/workbench.ts';

export const WorkbenchContext = createContext<Workbench | null>(null);

export function useWorkbench(): Workbench {
  const workbench = useContext(WorkbenchContext);
  if (!workbench) throw new Error('no workbench around this view');
  return workbench;
}

export function useSession<T>(select: (state: SessionState) => T): T {
  return useStore(useWorkbench().session, select);
}
export function useRun<T>(select: (state: RunState) => T): T {
  return useStore(useWorkbench().run, select);
}
export function useSelection<T>(select: (state: SelectionState) => T): T {
  return useStore(useWorkbench().selection, select);
}
export function useLayout<T>(select: (state: LayoutState) => T): T {
  return useStore(useWorkbench().layout, select);
}
export function usePane(pane: PaneName): PaneModel {
  return useStore(useWorkbench().panes, (panes) => panes[pane]);
}

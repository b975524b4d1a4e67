/** The selection: one step, finding and range for all panes; hovering is apart so that it never scrolls anything. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { SourceRange } from '../engine/bytes/source-range.ts';

/** Tabs beside the evidence. */
export type LeftTab = 'trace' | 'findings' | 'tokens' | 'certificates';
/** Tabs of the evidence. */
export type RightTab = 'proof' | 'octets' | 'origin' | 'explain';
/** Tabs of the one column on narrow screens. */
export type NarrowTab = 'message' | 'trace' | 'octets' | 'keys';
/** The three panes of a message. */
export type PaneName = 'original' | 'secured' | 'decoded';

/** Stands for a step in the selection: the second opinion is no part of the trace. */
export const SECOND_OPINION = 'second-opinion';

/** What is looked at: one selection for all panes of a stand. */
export interface SelectionState {
  readonly step: string | null;
  readonly finding: string | null;
  /** What is selected, in octets of the input (or of the space named). */
  readonly range: SourceRange | null;
  /** Which view made the selection; that view does not scroll to it. */
  readonly by: string | null;
  readonly hover: SourceRange | null;
  /** Caret of the original pane, an octet of the input. */
  readonly caret: number | null;
  /** Octet under the cursor of the inspector. */
  readonly inspected: { readonly space: string; readonly start: number; readonly end: number } | null;
  readonly leftTab: LeftTab;
  readonly rightTab: RightTab;
  readonly narrowTab: NarrowTab;
}

/** The store of one stand's selection. */
export type SelectionStore = StoreApi<SelectionState>;

/** Nothing is selected; the first tabs are shown. */
export const NO_SELECTION: SelectionState = {
  step: null,
  finding: null,
  range: null,
  by: null,
  hover: null,
  caret: null,
  inspected: null,
  leftTab: 'trace',
  rightTab: 'octets',
  narrowTab: 'message',
};

/** A store with nothing selected. */
export function createSelectionStore(): SelectionStore {
  return createStore<SelectionState>(() => NO_SELECTION);
}

/** Whether two ranges are the same octets of the same space, or both none. */
export function sameRange(a: SourceRange | null, b: SourceRange | null): boolean {
  return a === b || (a !== null && b !== null && a.space === b.space && a.start === b.start && a.end === b.end);
}

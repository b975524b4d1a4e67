/** The types of the state's boundary that the editors use. */
export type {
  EditorProps,
  PaneActions,
  PaneMark,
  PaneModel,
  PaneName,
  PaneNote,
  Stand,
} from '../state/editor-contract.ts';

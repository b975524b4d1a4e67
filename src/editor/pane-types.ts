/** The types of the state's boundary that the editors use. */
export type { EditorProps, PaneMark, PaneModel, PaneName, PaneNote } from '../state/editor-contract.ts';
export type { Workbench } from '../state/workbench.ts';

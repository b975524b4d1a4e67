/**
 * The boundary between the panes' state and whatever draws them: the built-in viewer of `src/ui` or the editors of
 * `src/editor`.
 *
 * An editor component takes {@link EditorProps}, reads the stores of its stand, and says what the user does through its
 * actions. Offsets in a {@link PaneModel} are UTF-16 units of its text; everything that leaves a pane is a range of
 * octets of the input. A pane never writes the message: only `edit` makes a new one, from the user's own edit.
 *
 * The original pane's text is the input decoded, line ends and BOM included. An editor that changes either for its own
 * model (Monaco makes all line ends alike and sets the BOM aside) translates offsets itself and calls `edit` with octets
 * that keep them wherever the user did not type.
 */
import type { SourceRange } from '../engine/bytes/source-range.ts';
import type { IncomingFile } from './files.ts';
import type { LayoutStore } from './layout.ts';
import type { PaneName } from './selection.ts';
import type { Stand } from './subjects.ts';

export type { Meaning, PaneMark, PaneModel, PaneNote } from './panes/pane-model.ts';
export type { PaneName } from './selection.ts';
export type { Stand } from './subjects.ts';

/** What an editor of a pane is given. */
export interface EditorProps {
  readonly pane: PaneName;
  readonly stand: Stand;
  readonly layout: LayoutStore;
  readonly actions: PaneActions;
}

/** What a pane may do to the state. */
export interface PaneActions {
  /** The pointer is over this range of the input (null: over nothing). */
  hover(range: SourceRange | null): void;
  /**
   * The user put the caret at, or selected, this range of the input. `by` names the pane, which then does not scroll to
   * it.
   */
  select(range: SourceRange, by: PaneName): void;
  /** The caret of the original pane, an octet of the input. */
  caret(octet: number | null): void;
  /**
   * The user edited the original: these octets are the new message. The judged verdict becomes stale at once, the new
   * run follows after a short pause.
   */
  edit(octets: Uint8Array): void;
  /** The user put another message in place of this one. */
  replace(file: IncomingFile): void;
  /** Opens the step or finding behind a mark or note. */
  open(target: { readonly step: string | null; readonly finding: string | null }): void;
}

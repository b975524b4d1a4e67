/** Links one pane with the others: selection and hover both ways, and the steps behind notes. */
import { editor, type IDisposable } from 'monaco-editor/editor';
import { INPUT_SPACE, type SourceRange } from '../engine/bytes/source-range.ts';
import { sameRange } from '../state/selection.ts';
import { highlight, rangeOf, type Target } from './decorations.ts';
import type { MountedPane, TextRange } from './mounted-pane.ts';
import { innermost } from './outline-position.ts';

/** Octets of a selection that are brought into sight; more does not fit. */
const REVEALED = 400;

/** Where a range of the input stands in the pane's text; null where it does not show it. */
function shown({ binding: { pane } }: MountedPane, range: SourceRange | null): TextRange | null {
  if (range?.space !== INPUT_SPACE || pane.text === '' || pane.map.shows?.(range.start, range.end) === false) {
    return null;
  }
  const start = pane.map.textAt(range.start);
  return { start, end: Math.max(start + 1, pane.map.textAt(Math.max(range.start, range.end - 1)) + 1) };
}

/** The innermost element at a place, or the one octet where the outline does not know it. */
function elementAt({ binding, props: { stand } }: MountedPane, line: number, column: number) {
  const octet = binding.pane.map.octetAt(binding.lines.offsetAt({ line, column }));
  const { outline, judged } = stand.run.getState();
  const node = outline && judged === stand.message.getState().subject ? innermost(outline, octet) : null;
  return { octet, range: { space: INPUT_SPACE, start: node?.start ?? octet, end: node?.end ?? octet + 1 } };
}

/** Draws what is selected and hovered elsewhere. */
export class PaneLinks {
  readonly #pane: MountedPane;
  readonly #selected: editor.IEditorDecorationsCollection;
  readonly #hovered: editor.IEditorDecorationsCollection;

  constructor(pane: MountedPane) {
    this.#pane = pane;
    this.#selected = pane.view.createDecorationsCollection();
    this.#hovered = pane.view.createDecorationsCollection();
  }

  showSelection(reveal: boolean): void {
    const { view, binding, props } = this.#pane;
    const { range, by } = props.stand.selection.getState();
    const place = shown(this.#pane, range);
    if (!place) {
      this.#selected.clear();
      return;
    }
    const { start, end } = place;
    this.#selected.set([highlight(binding, start, end, 'wss-selected')]);
    // A landing of a run must not scroll away what the user is working on in this editor.
    if (reveal && by !== props.pane && !(by === null && view.hasWidgetFocus())) {
      const first = rangeOf(binding, start, Math.min(end, start + REVEALED));
      view.revealRangeInCenterIfOutsideViewport(first, editor.ScrollType.Smooth);
    }
  }

  showHover(): void {
    const place = shown(this.#pane, this.#pane.props.stand.selection.getState().hover);
    if (place) this.#hovered.set([highlight(this.#pane.binding, place.start, place.end, 'wss-hovered')]);
    else this.#hovered.clear();
  }
}

/** Tells the other panes where the user is in this one. */
export function tellPlaces(pane: MountedPane): readonly IDisposable[] {
  const { view, binding, props } = pane;
  let pointedAt: SourceRange | null = null;
  return [
    view.onDidChangeCursorSelection(({ selection, source }) => {
      if (pane.applying || source === 'api' || source === 'modelChange') return;
      const { start, end } = pane.offsetsOf(selection);
      const place = elementAt(pane, selection.positionLineNumber, selection.positionColumn);
      const { map } = binding.pane;
      const chosen =
        end > start ? { space: INPUT_SPACE, start: map.octetAt(start), end: map.octetAt(end) } : place.range;
      props.actions.select(chosen, props.pane);
      props.actions.caret(place.octet);
    }),
    view.onMouseMove(({ target }) => {
      const { position } = target;
      const over = position !== null && target.type !== editor.MouseTargetType.CONTENT_EMPTY;
      pointedAt = over ? elementAt(pane, position.lineNumber, position.column).range : null;
      props.actions.hover(pointedAt);
    }),
    // Monaco tells late that the pointer left: another view may have been entered since.
    view.onMouseLeave(() => {
      if (sameRange(props.stand.selection.getState().hover, pointedAt)) props.actions.hover(null);
    }),
    view.onMouseDown(({ target }) => {
      if (target.type !== editor.MouseTargetType.CONTENT_TEXT) return;
      // Not in Monaco's public types, though `attachedData` is there for nothing else; the end-to-end test of notes
      // holds it.
      const { injectedText } = target.detail as { injectedText?: { options: { attachedData?: Target } } | null };
      const data = injectedText?.options.attachedData;
      if (data?.step || data?.finding) props.actions.open(data);
    }),
  ];
}

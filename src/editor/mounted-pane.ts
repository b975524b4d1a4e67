/** One pane's text in Monaco: model, map to the message, marks. What the user does in it is handled elsewhere. */
import { editor, type IRange } from 'monaco-editor/editor';
import { needsLayout } from '../state/panes/rows.ts';
import { bind, type Binding } from './bindings.ts';
import { paneDecorations, setFindingMarkers } from './decorations.ts';
import { editorOptions } from './editor-options.ts';
import { mapLines } from './line-map.ts';
import { setUpMonaco } from './monaco-setup.ts';
import type { EditorProps, PaneModel } from './pane-types.ts';
import { XML_LANGUAGE } from './xml-language.ts';

/** Longer lines are wrapped while they are edited as they are. */
const WRAP_AT = 240;

/** Offsets in the pane's text. */
export interface TextRange {
  readonly start: number;
  readonly end: number;
}

/** A pane's editor while it is in the document. */
export class MountedPane {
  readonly props: EditorProps;
  readonly model: editor.ITextModel;
  readonly view: editor.IStandaloneCodeEditor;
  readonly binding: Binding;
  readonly #marks: editor.IEditorDecorationsCollection;
  #applying = false;

  constructor(host: HTMLElement, props: EditorProps) {
    const monaco = setUpMonaco();
    this.props = props;
    const pane = props.stand.panes.getState()[props.pane];
    const lines = mapLines(pane.text, this.#laysOut(pane.text));
    this.model = monaco.createModel(lines.modelText, XML_LANGUAGE);
    this.model.setEOL(editor.EndOfLineSequence.LF);
    this.binding = { stand: props.stand, pane, lines };
    bind(this.model, this.binding);
    this.view = monaco.create(host, { ...editorOptions(pane), model: this.model });
    this.#marks = this.view.createDecorationsCollection();
    this.view.updateOptions({ lineNumbers: (line) => String(this.binding.lines.ownLine(line) ?? '') });
  }

  /** While Monaco's text is set from here, its events are no acts of the user's. */
  get applying(): boolean {
    return this.#applying;
  }

  /** Long lines are laid out at their tags for reading; whoever types gets the text as it is. */
  #laysOut(text: string): boolean {
    const { pane, layout } = this.props;
    return pane === 'original' && layout.getState().layOut && needsLayout(text);
  }

  draw(): void {
    this.#marks.set(paneDecorations(this.binding));
    setFindingMarkers(this.model, this.binding);
    const { pane, lines } = this.binding;
    // Only who edits a text that needs a layout has to see the ends of its lines.
    const wraps =
      !lines.laidOut && lines.longestLine > WRAP_AT && needsLayout(pane.text) && !this.props.layout.getState().layOut;
    this.view.updateOptions({ wordWrap: wraps ? 'on' : 'off', readOnly: lines.laidOut || !pane.editable });
  }

  /** Remakes the map, and Monaco's text where it differs from it. */
  relay(): void {
    const { text } = this.binding.pane;
    this.binding.lines = mapLines(text, this.#laysOut(text));
    if (this.model.getValue() === this.binding.lines.modelText) return;
    this.#applying = true;
    this.model.setValue(this.binding.lines.modelText);
    this.#applying = false;
  }

  /** Takes a new pane model; the text is set only where it differs, so that the user's own typing is never replaced. */
  take(next: PaneModel): void {
    const sameText = next.text === this.binding.pane.text;
    this.binding.pane = next;
    if (!sameText) this.relay();
    this.draw();
  }

  /** Shows the text as it is, for whoever changes it. */
  showAsItIs(): void {
    this.props.layout.setState({ layOut: false });
  }

  /** Lays out, or no longer, with the selection on the same text: the next key may be meant to replace it. */
  changeLayout(): void {
    const { lines: before } = this.binding;
    const chosen = this.view.getSelection();
    const anchor = chosen
      ? before.offsetAt({ line: chosen.selectionStartLineNumber, column: chosen.selectionStartColumn })
      : 0;
    const active = chosen ? before.offsetAt({ line: chosen.positionLineNumber, column: chosen.positionColumn }) : 0;
    this.relay();
    this.draw();
    const { lines } = this.binding;
    const from = lines.positionAt(anchor);
    const to = lines.positionAt(active);
    this.view.setSelection({
      selectionStartLineNumber: from.line,
      selectionStartColumn: from.column,
      positionLineNumber: to.line,
      positionColumn: to.column,
    });
    this.view.revealPositionInCenterIfOutsideViewport({ lineNumber: to.line, column: to.column });
  }

  /** Offsets in the pane's text of a range of Monaco's. */
  offsetsOf(range: IRange): TextRange {
    const { lines } = this.binding;
    return {
      start: lines.offsetAt({ line: range.startLineNumber, column: range.startColumn }),
      end: lines.offsetAt({ line: range.endLineNumber, column: range.endColumn }),
    };
  }

  dispose(): void {
    this.view.dispose();
    this.model.dispose();
  }
}

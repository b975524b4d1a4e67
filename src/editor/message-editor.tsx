/**
 * One pane as a Monaco editor: draws the pane's model, links hover and selection with the other panes, turns edits into
 * octets.
 */
import { useEffect, useRef } from 'react';
import { KeyCode, editor } from 'monaco-editor/editor';
import { INPUT_SPACE, type SourceRange } from '../engine/bytes/source-range.ts';
import { isWholeMessage } from '../state/files.ts';
import { sameRange } from '../state/selection.ts';
import { sniffEncoding } from '../state/panes/octet-text.ts';
import { needsLayout } from '../state/panes/rows.ts';
import { bind, type Binding } from './bindings.ts';
import { highlight, paneDecorations, rangeOf, setFindingMarkers, type Target } from './decorations.ts';
import { mapLines } from './line-map.ts';
import { setUpMonaco } from './monaco-setup.ts';
import { markNearMisses, nearMissesAt } from './near-misses.ts';
import { innermost } from './outline-position.ts';
import type { EditorProps, PaneModel, PaneName, Workbench } from './pane-types.ts';
import { spliceText, type TextEdit } from './splice-octets.ts';
import { XML_LANGUAGE } from './xml-language.ts';
import './editor.css';

const NAMES: Readonly<Record<PaneName, string>> = {
  original: 'Original message',
  secured: 'Secured: what protects what',
  decoded: 'Decoded message',
};
/** Longer lines are wrapped while they are edited as they are. */
const WRAP_AT = 240;

function options(pane: PaneModel): editor.IStandaloneEditorConstructionOptions {
  return {
    language: XML_LANGUAGE,
    theme: 'wss',
    automaticLayout: true,
    readOnly: !pane.editable,
    domReadOnly: !pane.editable,
    ariaLabel: NAMES[pane.pane],
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    fontSize: 12,
    lineHeight: 19,
    fontLigatures: false,
    lineNumbersMinChars: 3,
    lineDecorationsWidth: 18,
    glyphMargin: false,
    minimap: { enabled: false },
    overviewRulerLanes: 0,
    hideCursorInOverviewRuler: true,
    scrollBeyondLastLine: false,
    padding: { top: 6, bottom: 6 },
    fixedOverflowWidgets: true,
    smoothScrolling: false,
    renderLineHighlight: 'none',
    folding: true,
    showFoldingControls: 'mouseover',
    foldingMaximumRegions: 20_000,
    links: false,
    colorDecorators: false,
    occurrencesHighlight: 'off',
    selectionHighlight: false,
    unusualLineTerminators: 'off',
    autoClosingBrackets: 'never',
    autoClosingQuotes: 'never',
    autoSurround: 'never',
    autoIndent: 'none',
    formatOnPaste: false,
    formatOnType: false,
    trimAutoWhitespace: false,
    detectIndentation: false,
    insertSpaces: true,
    tabSize: 2,
    quickSuggestions: false,
    suggestOnTriggerCharacters: false,
    wordBasedSuggestions: 'off',
    renderControlCharacters: true,
    renderWhitespace: 'selection',
    unicodeHighlight: { ambiguousCharacters: false, invisibleCharacters: true, nonBasicASCII: false },
    stickyScroll: { enabled: false },
    guides: { indentation: false },
    matchBrackets: 'never',
    dragAndDrop: false,
    dropIntoEditor: { enabled: false },
    tabFocusMode: !pane.editable,
    tabIndex: -1,
    scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
    hover: { above: false, delay: 250 },
    wordWrap: 'off',
    wrappingIndent: 'indent',
    renderFinalNewline: 'on',
    // Findings are marked in texts that cannot be typed into as well.
    renderValidationDecorations: 'on',
  };
}

/** Everything of one mounted editor that is not React's. */
function mount(host: HTMLElement, frame: HTMLElement, paneName: PaneName, workbench: Workbench): () => void {
  const monaco = setUpMonaco();
  const pane = workbench.panes.getState()[paneName];
  /** Long lines are laid out at their tags for reading; whoever types gets the text as it is. */
  const layOut = (text: string) => paneName === 'original' && workbench.layout.getState().layOut && needsLayout(text);
  const lines = mapLines(pane.text, layOut(pane.text));
  const model = monaco.createModel(lines.modelText, XML_LANGUAGE);
  model.setEOL(editor.EndOfLineSequence.LF);
  const binding: Binding = { workbench, pane, lines };
  bind(model, binding);
  const view = monaco.create(host, { ...options(pane), model });
  const marks = view.createDecorationsCollection();
  const selected = view.createDecorationsCollection();
  const hovered = view.createDecorationsCollection();
  let applying = false;
  let lastKey = '';
  let pointedAt: SourceRange | null = null;

  const draw = () => {
    marks.set(paneDecorations(binding));
    setFindingMarkers(model, binding);
    const { laidOut, longestLine } = binding.lines;
    view.updateOptions({
      // Only who edits a text that needs a layout has to see the ends of its lines.
      wordWrap:
        !laidOut && longestLine > WRAP_AT && needsLayout(binding.pane.text) && !workbench.layout.getState().layOut
          ? 'on'
          : 'off',
      readOnly: laidOut || !binding.pane.editable,
    });
  };

  /** Makes the map anew, and Monaco's text where it differs from it. */
  const relay = () => {
    binding.lines = mapLines(binding.pane.text, layOut(binding.pane.text));
    if (model.getValue() === binding.lines.modelText) return;
    applying = true;
    model.setValue(binding.lines.modelText);
    applying = false;
  };

  /** Takes a new pane model; the text is set only where it differs, so that the user's own typing is never replaced. */
  const take = (next: PaneModel) => {
    const sameText = next.text === binding.pane.text;
    binding.pane = next;
    if (!sameText) relay();
    draw();
  };

  const showSelection = (reveal: boolean) => {
    const { range, by } = workbench.selection.getState();
    if (
      range?.space !== INPUT_SPACE ||
      binding.pane.text === '' ||
      binding.pane.map.shows?.(range.start, range.end) === false
    ) {
      selected.clear();
      return;
    }
    const start = binding.pane.map.textAt(range.start);
    const end = Math.max(start + 1, binding.pane.map.textAt(Math.max(range.start, range.end - 1)) + 1);
    selected.set([highlight(binding, start, end, 'wss-selected')]);
    // A landing of a run must not scroll away what the user is working on in this editor.
    if (reveal && by !== paneName && !(by === null && view.hasWidgetFocus())) {
      view.revealRangeInCenterIfOutsideViewport(
        rangeOf(binding, start, Math.min(end, start + 400)),
        editor.ScrollType.Smooth,
      );
    }
  };

  const showHover = () => {
    const { hover, by } = workbench.selection.getState();
    if (
      hover?.space !== INPUT_SPACE ||
      by === undefined ||
      binding.pane.text === '' ||
      binding.pane.map.shows?.(hover.start, hover.end) === false
    ) {
      hovered.clear();
      return;
    }
    const start = binding.pane.map.textAt(hover.start);
    hovered.set([
      highlight(
        binding,
        start,
        Math.max(start + 1, binding.pane.map.textAt(Math.max(hover.start, hover.end - 1)) + 1),
        'wss-hovered',
      ),
    ]);
  };

  /** The innermost element at a place, or the one octet where the outline does not know it. */
  const elementAt = (line: number, column: number) => {
    const octet = binding.pane.map.octetAt(binding.lines.offsetAt({ line, column }));
    const { outline, judged } = workbench.run.getState();
    const node = outline && judged === workbench.session.getState().message ? innermost(outline, octet) : null;
    return { octet, range: { space: INPUT_SPACE, start: node?.start ?? octet, end: node?.end ?? octet + 1 } };
  };

  const disposables = [
    model.onDidChangeContent((event) => {
      if (binding.pane.editable) markNearMisses(model);
      if (applying || !binding.pane.editable) return;
      const { message } = workbench.session.getState();
      const edits: TextEdit[] = event.changes.map(({ range, text }) => {
        const start = { line: range.startLineNumber, column: range.startColumn };
        // A line break typed here ends its line as its neighbours do.
        const end = binding.lines.lineEnd(start.line) || binding.lines.lineEnd(start.line - 1) || '\n';
        return {
          start: binding.lines.offsetAt(start),
          end: binding.lines.offsetAt({ line: range.endLineNumber, column: range.endColumn }),
          text: text.replace(/\r\n|\r|\n/g, end),
        };
      });
      const octets = message?.octets ?? new Uint8Array();
      const edited = spliceText(octets, binding.pane.map, sniffEncoding(octets), edits);
      // The panes are derived from the message at once, so `take` runs before this returns and finds Monaco's text
      // already right.
      workbench.pane.edit(edited);
    }),
    view.onDidChangeCursorSelection(({ selection, source }) => {
      if (applying || source === 'api' || source === 'modelChange') return;
      const start = binding.lines.offsetAt({ line: selection.startLineNumber, column: selection.startColumn });
      const end = binding.lines.offsetAt({ line: selection.endLineNumber, column: selection.endColumn });
      const place = elementAt(selection.positionLineNumber, selection.positionColumn);
      if (end > start) {
        workbench.pane.select(
          { space: INPUT_SPACE, start: binding.pane.map.octetAt(start), end: binding.pane.map.octetAt(end) },
          paneName,
        );
      } else workbench.pane.select(place.range, paneName);
      workbench.pane.caret(place.octet);
    }),
    view.onMouseMove(({ target }) => {
      const { position } = target;
      const over = position !== null && target.type !== editor.MouseTargetType.CONTENT_EMPTY;
      pointedAt = over ? elementAt(position.lineNumber, position.column).range : null;
      workbench.pane.hover(pointedAt);
    }),
    // Monaco tells late that the pointer left: another view may have been entered since.
    view.onMouseLeave(() => {
      if (sameRange(workbench.selection.getState().hover, pointedAt)) workbench.pane.hover(null);
    }),
    view.onKeyDown((pressed) => {
      const { browserEvent } = pressed;
      lastKey = browserEvent.ctrlKey || browserEvent.metaKey ? '' : browserEvent.key;
      // A text that is laid out is read-only, and Monaco offers no fix there: it is asked again on the text as it is.
      if (
        browserEvent.key !== '.' ||
        !(browserEvent.ctrlKey || browserEvent.metaKey) ||
        !binding.pane.editable ||
        !binding.lines.laidOut
      ) {
        return;
      }
      workbench.layout.setState({ layOut: false });
      const position = view.getPosition();
      const [only, ...others] = position ? nearMissesAt(model, position) : [];
      if (!only || others.length > 0) {
        view.trigger('keyboard', 'editor.action.quickFix', null);
        return;
      }
      // Made here and at once: the markers that change with the layout would cancel what Monaco has just been asked
      // for.
      pressed.preventDefault();
      pressed.stopPropagation();
      view.pushUndoStop();
      view.executeEdits('wss.near-miss', [{ range: only.range, text: only.suggestion }]);
      view.pushUndoStop();
    }),
    view.onDidAttemptReadOnlyEdit(() => {
      if (!binding.pane.editable || !binding.lines.laidOut) return;
      workbench.layout.setState({ layOut: false });
      // The key that the layout refused is what the user meant to do with the text.
      if (lastKey.length === 1) view.trigger('keyboard', 'type', { text: lastKey });
      else if (lastKey === 'Enter') view.trigger('keyboard', 'type', { text: '\n' });
      else if (lastKey === 'Backspace') view.trigger('keyboard', 'deleteLeft', null);
      else if (lastKey === 'Delete') view.trigger('keyboard', 'deleteRight', null);
    }),
    view.onMouseDown(({ target }) => {
      if (target.type !== editor.MouseTargetType.CONTENT_TEXT) return;
      // Not in Monaco's public types, though `attachedData` is there for nothing else; the end-to-end test of notes
      // holds it.
      const { injectedText } = target.detail as { injectedText?: { options: { attachedData?: Target } } | null };
      const data = injectedText?.options.attachedData;
      if (data?.step || data?.finding) workbench.pane.open(data);
    }),
  ];
  // An action, because the key of a command belongs to the editor made last, whichever has the focus.
  view.addAction({
    id: 'wss.leave',
    label: 'Leave the text',
    keybindings: [KeyCode.Escape],
    keybindingContext: 'editorTextFocus && !findWidgetVisible && !editorHasSelection && !editorHoverVisible',
    run: () => frame.focus(),
  });
  const subscriptions = [
    workbench.panes.subscribe((panes) => {
      if (panes[paneName] !== binding.pane) {
        take(panes[paneName]);
        showSelection(false);
      }
    }),
    workbench.layout.subscribe((now, before) => {
      if (now.layOut === before.layOut) return;
      // The selection stays on the same text: the next key may be meant to replace it.
      const chosen = view.getSelection();
      const anchor = chosen
        ? binding.lines.offsetAt({ line: chosen.selectionStartLineNumber, column: chosen.selectionStartColumn })
        : 0;
      const active = chosen
        ? binding.lines.offsetAt({ line: chosen.positionLineNumber, column: chosen.positionColumn })
        : 0;
      relay();
      draw();
      showSelection(false);
      const from = binding.lines.positionAt(anchor);
      const to = binding.lines.positionAt(active);
      view.setSelection({
        selectionStartLineNumber: from.line,
        selectionStartColumn: from.column,
        positionLineNumber: to.line,
        positionColumn: to.column,
      });
      view.revealPositionInCenterIfOutsideViewport({ lineNumber: to.line, column: to.column });
    }),
    workbench.selection.subscribe((now, before) => {
      if (now.range !== before.range) showSelection(true);
      if (now.hover !== before.hover) showHover();
    }),
  ];
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && event.target === frame) {
      event.preventDefault();
      view.focus();
    }
  };
  /** What is copied is the message's own text: its line ends, none of the layout. */
  const onCopy = (event: ClipboardEvent) => {
    const selection = view.getSelection();
    if (!selection || selection.isEmpty() || !view.hasTextFocus() || !event.clipboardData) return;
    const start = binding.lines.offsetAt({ line: selection.startLineNumber, column: selection.startColumn });
    const end = binding.lines.offsetAt({ line: selection.endLineNumber, column: selection.endColumn });
    event.clipboardData.setData('text/plain', binding.pane.text.slice(start, end));
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  /** A text that is laid out is read-only for Monaco: what the keys ask for is done on the text as it is. */
  const onText = (act: () => void) => {
    workbench.layout.setState({ layOut: false });
    act();
  };
  const onCut = (event: ClipboardEvent) => {
    if (!binding.pane.editable || !binding.lines.laidOut) return;
    onCopy(event);
    if (event.defaultPrevented) onText(() => view.trigger('keyboard', 'deleteLeft', null));
  };
  /**
   * A whole message that is pasted over everything, or over nothing in particular, is the next message; anything else
   * is an edit of this one.
   */
  const onPaste = (event: ClipboardEvent) => {
    const selection = view.getSelection();
    const text = event.clipboardData?.getData('text/plain') ?? '';
    if (!selection || text === '' || !view.hasTextFocus() || !binding.pane.editable) return;
    const all = selection.equalsRange(model.getFullModelRange());
    if (isWholeMessage(text) && (selection.isEmpty() || all)) {
      void workbench.load([{ name: 'pasted', octets: new TextEncoder().encode(text) }], 'pasted');
    } else if (binding.lines.laidOut) {
      onText(() =>
        view.trigger('keyboard', 'paste', { text, pasteOnNewLine: false, multicursorText: null, mode: null }),
      );
    } else return;
    event.preventDefault();
    event.stopImmediatePropagation();
  };
  frame.addEventListener('keydown', onKeyDown);
  host.addEventListener('copy', onCopy, true);
  host.addEventListener('cut', onCut, true);
  host.addEventListener('paste', onPaste, true);
  view.updateOptions({ lineNumbers: (line) => String(binding.lines.ownLine(line) ?? '') });
  if (pane.editable) markNearMisses(model);
  draw();
  showSelection(true);
  return () => {
    frame.removeEventListener('keydown', onKeyDown);
    host.removeEventListener('copy', onCopy, true);
    host.removeEventListener('cut', onCut, true);
    host.removeEventListener('paste', onPaste, true);
    for (const unsubscribe of subscriptions) unsubscribe();
    for (const disposable of disposables) disposable.dispose();
    view.dispose();
    model.dispose();
  };
}

/** A Tab stop of its own: Enter goes into the text, Escape comes out, so that the keyboard is never trapped. */
export default function MessageEditor({ pane, workbench }: EditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current || !frame.current) return;
    return mount(host.current, frame.current, pane, workbench);
  }, [pane, workbench]);
  return (
    // The frame takes focus so that Tab passes over the editor; the text inside is reached with Enter.
    <div
      ref={frame}
      className="wss-editor"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Monaco takes the focus from here
      tabIndex={0}
      role="group"
      aria-label={`${NAMES[pane]}. Press Enter to go into the text, Escape to leave it.`}
      data-pane={pane}
    >
      <div ref={host} className="wss-editor-host" data-gramm="false" />
    </div>
  );
}

/** How Monaco shows a pane: a plain, quiet text that changes nothing by itself. */
import { EDITOR_NAMES } from '../content/page/workbench.ts';
import type { editor } from 'monaco-editor/editor';
import type { PaneModel } from './pane-types.ts';
import { XML_LANGUAGE } from './xml-language.ts';

/** What is the same for every pane: nothing is completed, closed, corrected or decorated unasked. */
const PLAIN: editor.IStandaloneEditorConstructionOptions = {
  language: XML_LANGUAGE,
  theme: 'wss',
  automaticLayout: true,
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
  tabIndex: -1,
  scrollbar: { verticalScrollbarSize: 10, horizontalScrollbarSize: 10, alwaysConsumeMouseWheel: false },
  hover: { above: false, delay: 250 },
  wordWrap: 'off',
  wrappingIndent: 'indent',
  renderFinalNewline: 'on',
};

/** The options that an editor of this pane begins with. */
export function editorOptions(pane: PaneModel): editor.IStandaloneEditorConstructionOptions {
  return {
    ...PLAIN,
    readOnly: !pane.editable,
    domReadOnly: !pane.editable,
    ariaLabel: EDITOR_NAMES[pane.pane],
    fontFamily: getComputedStyle(document.documentElement).getPropertyValue('--mono'),
    tabFocusMode: !pane.editable,
    // Findings are marked in texts that cannot be typed into as well.
    renderValidationDecorations: 'on',
  };
}

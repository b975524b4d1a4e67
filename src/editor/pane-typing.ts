/**
 * Typing: edits become octets; a text that is laid out is read-only for Monaco, and what a key asks for is done all
 * the same.
 */
import type { IDisposable, IKeyboardEvent, editor } from 'monaco-editor/editor';
import { sniffEncoding } from '../engine/bytes/encoding.ts';
import type { MountedPane } from './mounted-pane.ts';
import { markNearMisses, nearMissesAt } from './near-misses.ts';
import { spliceText, type TextEdit } from './splice-octets.ts';

/** Monaco's changes of the text as edits of the message's own text. */
function editsOf(pane: MountedPane, changes: readonly editor.IModelContentChange[]): readonly TextEdit[] {
  const { lines } = pane.binding;
  return changes.map(({ range, text }) => {
    // A line break typed here ends its line as its neighbours do.
    const end = lines.lineEnd(range.startLineNumber) || lines.lineEnd(range.startLineNumber - 1) || '\n';
    return { ...pane.offsetsOf(range), text: text.replace(/\r\n|\r|\n/g, end) };
  });
}

/** A laid-out text is read-only, and Monaco offers no fix there: it is asked again on the text as it is. */
function quickFix({ view, model }: MountedPane, pressed: IKeyboardEvent): void {
  const position = view.getPosition();
  const [only, ...others] = position ? nearMissesAt(model, position) : [];
  if (!only || others.length > 0) {
    view.trigger('keyboard', 'editor.action.quickFix', null);
    return;
  }
  // Made here and at once: the markers that change with the layout would cancel what Monaco has just been asked for.
  pressed.preventDefault();
  pressed.stopPropagation();
  view.pushUndoStop();
  view.executeEdits('wss.near-miss', [{ range: only.range, text: only.suggestion }]);
  view.pushUndoStop();
}

/** The key that the layout refused is what the user meant to do with the text. */
function typeAgain(view: editor.IStandaloneCodeEditor, key: string): void {
  if (key.length === 1) view.trigger('keyboard', 'type', { text: key });
  else if (key === 'Enter') view.trigger('keyboard', 'type', { text: '\n' });
  else if (key === 'Backspace') view.trigger('keyboard', 'deleteLeft', null);
  else if (key === 'Delete') view.trigger('keyboard', 'deleteRight', null);
}

/** Listens to what is typed; gives what ends that. */
export function takeTyping(pane: MountedPane): readonly IDisposable[] {
  const { view, model, binding, props } = pane;
  let lastKey = '';
  return [
    model.onDidChangeContent(({ changes }) => {
      if (binding.pane.editable) markNearMisses(model);
      if (pane.applying || !binding.pane.editable) return;
      const octets = props.stand.message.getState().subject?.octets ?? new Uint8Array();
      // The panes are derived from the message at once, so `take` runs before this returns and finds Monaco's text
      // already right.
      props.actions.edit(spliceText(octets, binding.pane.map, sniffEncoding(octets), editsOf(pane, changes)));
    }),
    view.onKeyDown((pressed) => {
      const { key, ctrlKey, metaKey } = pressed.browserEvent;
      const withControl = ctrlKey || metaKey;
      lastKey = withControl ? '' : key;
      if (key !== '.' || !withControl || !binding.pane.editable || !binding.lines.laidOut) return;
      pane.showAsItIs();
      quickFix(pane, pressed);
    }),
    view.onDidAttemptReadOnlyEdit(() => {
      if (!binding.pane.editable || !binding.lines.laidOut) return;
      pane.showAsItIs();
      typeAgain(view, lastKey);
    }),
  ];
}

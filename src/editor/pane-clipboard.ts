/** Clipboard: what is copied is the message's own text; a whole message pasted is the next message. */
import { isWholeMessage } from '../state/files.ts';
import type { MountedPane } from './mounted-pane.ts';

/** The message's own text: its line ends, none of the layout. */
function copy(pane: MountedPane, event: ClipboardEvent): void {
  const { view, binding } = pane;
  const selection = view.getSelection();
  if (!selection || selection.isEmpty() || !view.hasTextFocus() || !event.clipboardData) return;
  const { start, end } = pane.offsetsOf(selection);
  event.clipboardData.setData('text/plain', binding.pane.text.slice(start, end));
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** A text that is laid out is read-only for Monaco: what the keys ask for is done on the text as it is. */
function cut(pane: MountedPane, event: ClipboardEvent): void {
  if (!pane.binding.pane.editable || !pane.binding.lines.laidOut) return;
  copy(pane, event);
  if (!event.defaultPrevented) return;
  pane.showAsItIs();
  pane.view.trigger('keyboard', 'deleteLeft', null);
}

/**
 * A whole message that is pasted over everything, or over nothing in particular, is the next message; anything else is
 * an edit of this one.
 */
function paste(pane: MountedPane, event: ClipboardEvent): void {
  const { view, model, binding, props } = pane;
  const selection = view.getSelection();
  const text = event.clipboardData?.getData('text/plain') ?? '';
  if (!selection || text === '' || !view.hasTextFocus() || !binding.pane.editable) return;
  const all = selection.equalsRange(model.getFullModelRange());
  if (isWholeMessage(text) && (selection.isEmpty() || all)) {
    props.actions.replace({ name: 'pasted', octets: new TextEncoder().encode(text) });
  } else if (binding.lines.laidOut) {
    pane.showAsItIs();
    view.trigger('keyboard', 'paste', { text, pasteOnNewLine: false, multicursorText: null, mode: null });
  } else return;
  event.preventDefault();
  event.stopImmediatePropagation();
}

/** Listens before Monaco does. */
export function takeClipboard(pane: MountedPane, host: HTMLElement): () => void {
  const listeners = new AbortController();
  const options = { capture: true, signal: listeners.signal };
  host.addEventListener('copy', (event) => copy(pane, event), options);
  host.addEventListener('cut', (event) => cut(pane, event), options);
  host.addEventListener('paste', (event) => paste(pane, event), options);
  return () => listeners.abort();
}

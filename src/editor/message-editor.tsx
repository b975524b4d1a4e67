/**
 * One pane as a Monaco editor: draws the pane's model, links hover and selection with the other panes, turns edits into
 * octets.
 */
import { useEffect, useRef } from 'react';
import { KeyCode } from 'monaco-editor/editor';
import { EDITOR } from '../content/page/editor.ts';
import { EDITOR_NAMES } from '../content/page/workbench.ts';
import { MountedPane } from './mounted-pane.ts';
import { markNearMisses } from './near-misses.ts';
import { takeClipboard } from './pane-clipboard.ts';
import { PaneLinks, tellPlaces } from './pane-links.ts';
import { takeTyping } from './pane-typing.ts';
import type { EditorProps } from './pane-types.ts';
import './editor.css';

/** Enter on the frame goes into the text, Escape in it comes out. Returns what ends this. */
function takeEnterAndEscape({ view }: MountedPane, frame: HTMLElement): () => void {
  // An action, because the key of a command belongs to the editor made last, whichever has the focus.
  view.addAction({
    id: 'wss.leave',
    label: EDITOR.leave,
    keybindings: [KeyCode.Escape],
    keybindingContext: 'editorTextFocus && !findWidgetVisible && !editorHasSelection && !editorHoverVisible',
    run: () => frame.focus(),
  });
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key !== 'Enter' || event.target !== frame) return;
    event.preventDefault();
    view.focus();
  };
  frame.addEventListener('keydown', onKeyDown);
  return () => frame.removeEventListener('keydown', onKeyDown);
}

/** Redraws the pane as the stores change. Returns what ends this. */
function follow(pane: MountedPane, links: PaneLinks): () => void {
  const { pane: name, stand, layout } = pane.props;
  const subscriptions = [
    stand.panes.subscribe((panes) => {
      if (panes[name] === pane.binding.pane) return;
      pane.take(panes[name]);
      links.showSelection(false);
    }),
    layout.subscribe((now, before) => {
      if (now.layOut === before.layOut) return;
      pane.changeLayout();
      links.showSelection(false);
    }),
    stand.selection.subscribe((now, before) => {
      if (now.range !== before.range) links.showSelection(true);
      if (now.hover !== before.hover) links.showHover();
    }),
  ];
  return () => {
    for (const unsubscribe of subscriptions) unsubscribe();
  };
}

/** Everything of one mounted editor that is not React's. Returns what takes it down. */
function mount(host: HTMLElement, frame: HTMLElement, props: EditorProps): () => void {
  const pane = new MountedPane(host, props);
  const links = new PaneLinks(pane);
  const disposables = [...takeTyping(pane), ...tellPlaces(pane)];
  const ends = [takeEnterAndEscape(pane, frame), follow(pane, links), takeClipboard(pane, host)];
  if (pane.binding.pane.editable) markNearMisses(pane.model);
  pane.draw();
  links.showSelection(true);
  return () => {
    for (const end of ends) end();
    for (const disposable of disposables) disposable.dispose();
    pane.dispose();
  };
}

/** A Tab stop of its own: Enter goes into the text, Escape comes out, so that the keyboard is never trapped. */
export default function MessageEditor({ pane, stand, layout, actions }: EditorProps) {
  const frame = useRef<HTMLDivElement>(null);
  const host = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (!host.current || !frame.current) return;
    return mount(host.current, frame.current, { pane, stand, layout, actions });
  }, [pane, stand, layout, actions]);
  return (
    // The frame takes focus so that Tab passes over the editor; the text inside is reached with Enter.
    <div
      ref={frame}
      className="wss-editor"
      // oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex -- Monaco takes the focus from here
      tabIndex={0}
      role="group"
      aria-label={EDITOR.frame(EDITOR_NAMES[pane])}
      data-pane={pane}
    >
      <div ref={host} className="wss-editor-host" data-gramm="false" />
    </div>
  );
}

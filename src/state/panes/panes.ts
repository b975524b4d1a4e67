/** The three panes as one derived store: made anew when the message or its run changes. */
import { createStore, type StoreApi } from 'zustand/vanilla';
import type { Finding } from '../../engine/trace/trace.ts';
import type { RunStore } from '../run.ts';
import type { PaneName } from '../selection.ts';
import type { MessageInput, SessionStore } from '../session.ts';
import { decodedPane } from './decoded.ts';
import { decodeOctets, type OctetText } from './octet-text.ts';
import { originalPane } from './original.ts';
import { pieceMap, type PaneModel } from './pane-model.ts';
import { protections } from './protection.ts';
import { securedPane } from './secured.ts';

export type Panes = Readonly<Record<PaneName, PaneModel>>;
export type PanesStore = StoreApi<Panes>;

function blank(pane: PaneName): PaneModel {
  return {
    pane,
    summary: '',
    aside: '',
    text: '',
    map: pieceMap([]),
    marks: [],
    notes: [],
    empty: 'No message.',
    editable: false,
  };
}

export function createPanesStore(
  session: SessionStore,
  run: RunStore,
  title: (finding: Finding) => string,
): PanesStore {
  let decoded: { message: MessageInput; text: OctetText } | null = null;
  const compute = (): Panes => {
    const { message } = session.getState();
    const { trace, outline, opened, attachments } = run.getState();
    if (!message) return { original: blank('original'), secured: blank('secured'), decoded: blank('decoded') };
    if (decoded?.message !== message) decoded = { message, text: decodeOctets(message.octets) };
    const current = currentTrace();
    const found = current ? protections(current, title) : [];
    return {
      original: originalPane(message, decoded.text, current, current ? outline : null, found),
      secured: securedPane(outline, trace, current ? found : []),
      decoded: decodedPane(opened ?? outline, trace, current ? found : [], attachments),
    };
  };
  /** A stale trace speaks of octets that are no longer on the screen: its ranges would point beside the mark. */
  const currentTrace = () => {
    const { status, judged, trace } = run.getState();
    return status === 'stale' && judged !== session.getState().message ? null : trace;
  };
  const store = createStore<Panes>(() => compute());
  let drawn: readonly unknown[] = [];
  const update = () => {
    const { trace, outline, opened } = run.getState();
    const from = [session.getState().message, currentTrace(), trace, outline, opened];
    if (drawn.length > 0 && from.every((part, index) => part === drawn[index])) return;
    drawn = from;
    store.setState(compute(), true);
  };
  let message = session.getState().message;
  session.subscribe((state) => {
    if (state.message === message) return;
    message = state.message;
    update();
  });
  let { serial, status } = run.getState();
  run.subscribe((state) => {
    if (state.serial === serial && state.status === status) return;
    ({ serial, status } = state);
    update();
  });
  return store;
}

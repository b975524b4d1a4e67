/** Which pane a Monaco model belongs to: Monaco's providers are registered once for all models. */
import type { editor } from 'monaco-editor/editor';
import type { PaneModel, Stand } from './pane-types.ts';
import type { LineMap } from './line-map.ts';

/** What belongs to a model of Monaco's: the stand, the pane's text, and its lines. */
export interface Binding {
  readonly stand: Stand;
  pane: PaneModel;
  lines: LineMap;
}

const bindings = new WeakMap<editor.ITextModel, Binding>();

/** Ties a binding to its model, as long as that lives. */
export function bind(model: editor.ITextModel, binding: Binding): void {
  bindings.set(model, binding);
}

/** The binding of a model; undefined where it is none of ours. */
export function bindingOf(model: editor.ITextModel): Binding | undefined {
  return bindings.get(model);
}

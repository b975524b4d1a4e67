/** Which pane a Monaco model belongs to: Monaco's providers are registered once for all models. */
import type { editor } from 'monaco-editor/editor';
import type { PaneModel, Stand } from './pane-types.ts';
import type { LineMap } from './line-map.ts';

export interface Binding {
  readonly stand: Stand;
  pane: PaneModel;
  lines: LineMap;
}

const bindings = new WeakMap<editor.ITextModel, Binding>();

export function bind(model: editor.ITextModel, binding: Binding): void {
  bindings.set(model, binding);
}

export function bindingOf(model: editor.ITextModel): Binding | undefined {
  return bindings.get(model);
}

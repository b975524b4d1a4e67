/**
 * "Did you mean": URIs in a message that no stack knows but that are nearly right, squiggled, with the replacement as a
 * quick fix.
 */
import { MarkerSeverity, editor, languages } from 'monaco-editor/editor';
import { EDITOR } from '../content/page/editor.ts';
import { suggestUri } from '../content/uri-words.ts';
import { XML_LANGUAGE } from './xml-language.ts';

const OWNER = 'wss-uri';
const URI_ATTRIBUTE = /\b(?:Algorithm|ValueType|EncodingType|Type)\s*=\s*(?:"([^"<]{3,200})"|'([^'<]{3,200})')/g;
/** A message larger than this is searched no further. */
const SEARCHED = 1_000_000;

/** A URI that is nearly right: UTF-16 offsets in the text, half-open, and the one that was meant. */
export interface NearMissUri {
  readonly start: number;
  readonly end: number;
  readonly suggestion: string;
  readonly name: string;
}

/** Unknown but nearly right URIs in a text, by UTF-16 offsets. */
function findNearMisses(text: string): readonly NearMissUri[] {
  const found: NearMissUri[] = [];
  const known = new Map<string, ReturnType<typeof suggestUri>>();
  for (const match of text.slice(0, SEARCHED).matchAll(URI_ATTRIBUTE)) {
    const uri = match[1] ?? match[2] ?? '';
    if (!known.has(uri)) known.set(uri, suggestUri(uri));
    const near = known.get(uri);
    if (!near) continue;
    const start = match.index + match[0].length - 1 - uri.length;
    found.push({ start, end: start + uri.length, suggestion: near.uri, name: near.name });
  }
  return found;
}

/** Squiggles every near miss of a model's text, in place of those before. */
export function markNearMisses(model: editor.ITextModel): void {
  editor.setModelMarkers(
    model,
    OWNER,
    findNearMisses(model.getValue()).map(({ start, end, suggestion, name }) => {
      const from = model.getPositionAt(start);
      const to = model.getPositionAt(end);
      return {
        severity: MarkerSeverity.Warning,
        message: EDITOR.nearMiss(name, suggestion),
        code: suggestion,
        startLineNumber: from.lineNumber,
        startColumn: from.column,
        endLineNumber: to.lineNumber,
        endColumn: to.column,
      };
    }),
  );
}

/** The near misses that the cursor stands in or beside, with what each should be. */
export function nearMissesAt(
  model: editor.ITextModel,
  { lineNumber, column }: { readonly lineNumber: number; readonly column: number },
): readonly { readonly range: editor.IMarker; readonly suggestion: string }[] {
  return editor
    .getModelMarkers({ resource: model.uri, owner: OWNER })
    .filter(
      (marker) =>
        marker.startLineNumber <= lineNumber &&
        marker.endLineNumber >= lineNumber &&
        marker.startColumn <= column &&
        marker.endColumn >= column,
    )
    .flatMap((marker) => (typeof marker.code === 'string' ? [{ range: marker, suggestion: marker.code }] : []));
}

/** Registers the quick fixes once, for every editor. */
export function registerNearMisses(): void {
  languages.registerCodeActionProvider(XML_LANGUAGE, {
    provideCodeActions(model, range) {
      const actions = editor
        .getModelMarkers({ resource: model.uri, owner: OWNER })
        .filter(
          (marker) =>
            marker.startLineNumber <= range.endLineNumber &&
            marker.endLineNumber >= range.startLineNumber &&
            marker.startColumn <= range.endColumn &&
            marker.endColumn >= range.startColumn,
        )
        .map((marker) => {
          const suggestion = typeof marker.code === 'string' ? marker.code : '';
          return {
            title: EDITOR.replaceWith(suggestion),
            kind: 'quickfix',
            isPreferred: true,
            diagnostics: [marker],
            edit: {
              edits: [
                { resource: model.uri, versionId: model.getVersionId(), textEdit: { range: marker, text: suggestion } },
              ],
            },
          };
        });
      return { actions, dispose: () => {} };
    },
  });
}

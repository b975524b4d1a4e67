/** Hover cards: what an element or a URI is and which clause defines it, and what a mark says. */
import { languages, type IMarkdownString } from 'monaco-editor/editor';
import { EDITOR } from '../content/page/editor.ts';
import { citationText } from '../content/citations.ts';
import { explainElement } from '../content/glossary.ts';
import { describeUri, suggestUri } from '../content/uri-words.ts';
import type { SpecCitation } from '../engine/trace/trace.ts';
import type { OutlineNode } from '../worker/page/protocol.ts';
import { bindingOf, type Binding } from './bindings.ts';
import { innermost } from './outline-position.ts';
import { XML_LANGUAGE } from './xml-language.ts';

/** Everything from a message goes in as text: a backtick or angle bracket in it must not become markup. */
function plain(text: string): string {
  return text.replace(/[\\`*_{}[\]()#+\-.!|<>&~]/g, (character) => `\\${character}`).replace(/\s+/g, ' ');
}

const card = (title: string, text: string, citation: SpecCitation | null): IMarkdownString => ({
  value: `**${plain(title)}**\n\n${plain(text)}${citation ? `\n\n_${plain(citationText(citation))}_` : ''}`,
  isTrusted: false,
  supportHtml: false,
});

const QUOTED = /["']([^"'<>]*)["']/g;

/** The quoted value around a column of a line, if any. */
function valueAt(
  line: string,
  column: number,
): { readonly value: string; readonly start: number; readonly end: number } | null {
  for (const match of line.matchAll(QUOTED)) {
    const start = match.index + 1;
    const value = match[1] ?? '';
    if (column - 1 >= start && column - 1 <= start + value.length) {
      return { value, start: start + 1, end: start + value.length + 1 };
    }
  }
  return null;
}

function elementCard(node: OutlineNode): IMarkdownString | null {
  const entry = explainElement(node.uri, node.local);
  return entry ? card(node.name, entry.text, entry.citation) : null;
}

/** What a URI names, or the one that was meant; null for another value. */
function uriCard(value: string): IMarkdownString | null {
  if (!/[:/#]/.test(value)) return null;
  const words = describeUri(value);
  if (words) return card(words.name, words.text, words.citation);
  const near = suggestUri(value);
  return near && card(EDITOR.unknownUri, EDITOR.didYouMean(near.name, near.uri), null);
}

/** Only over the tags: the text inside an element is the application's own. */
function elementCardAt({ stand, pane }: Binding, offset: number): IMarkdownString | null {
  const { outline } = stand.run.getState();
  const octet = pane.map.octetAt(offset);
  const node = outline && innermost(outline, octet);
  return node && (octet < node.contentStart || octet >= node.contentEnd) ? elementCard(node) : null;
}

/** Registers the hovers once, for every editor. */
export function registerHovers(): void {
  languages.registerHoverProvider(XML_LANGUAGE, {
    provideHover(model, position) {
      const binding = bindingOf(model);
      // Monaco asks late: the text may have been laid out again since.
      if (!binding || position.lineNumber > model.getLineCount()) return null;
      const contents: IMarkdownString[] = [];
      const offset = binding.lines.offsetAt({ line: position.lineNumber, column: position.column });
      for (const mark of binding.pane.marks) {
        if (mark.form !== 'underline' && mark.start <= offset && offset < mark.end && mark.meaning !== 'unknown') {
          contents.push({ value: plain(mark.label) });
        }
      }
      const quoted = valueAt(model.getLineContent(position.lineNumber), position.column);
      const found = (quoted && uriCard(quoted.value)) ?? elementCardAt(binding, offset);
      if (found) contents.push(found);
      return contents.length > 0 ? { contents } : null;
    },
  });
}

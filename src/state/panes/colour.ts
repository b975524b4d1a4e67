/** Cuts a row of XML text into coloured pieces. It only colours: no verdict, range or name is ever taken from here. */
import { PANE } from '../../content/pane-words.ts';

/** What a piece of XML text is, to the eye. */
export type Colour = 'punctuation' | 'tag' | 'attribute' | 'namespace' | 'value' | 'text' | 'comment' | 'folded';

/** A piece of one colour: UTF-16 offsets, half-open. */
export interface Piece {
  readonly start: number;
  readonly end: number;
  readonly colour: Colour;
  /** For `folded`: what is shown instead. */
  readonly shown?: string;
}

/** Runs without white space or tags longer than this are shown folded. */
const FOLD_AT = 120;
const KEPT = 28;

const TOKEN = /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[|\]\]>|<[!?]?\/?|\/?\??>|[^\s<>"'=/]+|"[^"<]*"?|'[^'<]*'?|=|\s+|./g;

/** @param inside whether the row begins inside a tag (a tag over several lines) */
export function colourRow(text: string, start: number, end: number, inside: boolean): readonly Piece[] {
  const pieces: Piece[] = [];
  const row = text.slice(start, end);
  const add = (from: number, to: number, colour: Colour) => {
    if (to > from) pieces.push({ start: start + from, end: start + to, colour });
  };
  let position = 0;
  let inTag = inside;
  let named = inside;
  while (position < row.length) {
    if (!inTag) {
      const tag = row.indexOf('<', position);
      const until = tag < 0 ? row.length : tag;
      addText(pieces, row, start, position, until);
      position = until;
      if (tag < 0) break;
    }
    TOKEN.lastIndex = position;
    const match = TOKEN.exec(row);
    if (!match) break;
    const token = match[0];
    const from = position;
    position += token.length;
    if (token.startsWith('<!--')) add(from, position, 'comment');
    else if (token === '<![CDATA[' || token === ']]>') add(from, position, 'punctuation');
    else if (token.startsWith('<')) {
      add(from, position, 'punctuation');
      inTag = true;
      named = false;
    } else if (token.endsWith('>')) {
      add(from, position, 'punctuation');
      inTag = false;
    } else if (token.startsWith('"') || token.startsWith("'")) {
      if (token.length > FOLD_AT * 2) {
        add(from, from + KEPT, 'value');
        pieces.push({
          start: start + from + KEPT,
          end: start + position,
          colour: 'folded',
          shown: PANE.folded(token.length - KEPT),
        });
      } else add(from, position, 'value');
    } else if (/^\s/.test(token) || token === '=') add(from, position, 'punctuation');
    else if (!named) {
      add(from, position, 'tag');
      named = true;
    } else add(from, position, /^xmlns(:|$)/.test(token) ? 'namespace' : 'attribute');
  }
  return pieces;
}

function addText(pieces: Piece[], row: string, start: number, from: number, to: number): void {
  if (to <= from) return;
  const run = row.slice(from, to);
  if (run.length > FOLD_AT && !/\s/.test(run.slice(0, FOLD_AT))) {
    pieces.push({ start: start + from, end: start + from + KEPT, colour: 'text' });
    pieces.push({
      start: start + from + KEPT,
      end: start + to,
      colour: 'folded',
      shown: PANE.folded(run.length - KEPT),
    });
  } else pieces.push({ start: start + from, end: start + to, colour: 'text' });
}

/** Whether `offset` stands inside a tag that began before it; looks back a bounded way. */
export function insideTag(text: string, offset: number): boolean {
  const from = Math.max(0, offset - 4096);
  const head = text.slice(from, offset);
  return head.lastIndexOf('<') > head.lastIndexOf('>');
}

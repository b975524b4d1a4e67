/** The original pane: the octets as they arrived, read as text, with what protects what beside the lines. */
import { PANE } from '../../content/pane-words.ts';
import type { Trace } from '../../engine/trace/trace.ts';
import type { Outline } from '../../worker/page/protocol.ts';
import type { Subject } from '../subject.ts';
import type { OctetText } from '../../engine/bytes/octet-text.ts';
import type { PaneMark, PaneModel } from './pane-model.ts';
import type { Protection } from './protection.ts';

/** A squiggle under more than a start tag says nothing: it is cut to the tag that the range begins with, or to this. */
const SQUIGGLE = 400;

function lineEnds(text: string): 'LF' | 'CRLF' | 'CR' | 'mixed' | 'none' {
  const crlf = text.includes('\r\n');
  const lf = /(?:^|[^\r])\n/.test(text);
  const cr = /\r(?!\n)/.test(text);
  const kinds = Number(crlf) + Number(lf) + Number(cr);
  if (kinds > 1) return 'mixed';
  return crlf ? 'CRLF' : lf ? 'LF' : cr ? 'CR' : 'none';
}

/** The pane: the text as it arrived, whatever became of it. */
export function originalPane(
  message: Subject,
  decoded: OctetText,
  trace: Trace | null,
  outline: Outline | null,
  protection: readonly Protection[],
): PaneModel {
  const { text, map } = decoded;
  const bom = text.charCodeAt(0) === 0xfeff;
  const ends = trace?.input.lineEnds ?? lineEnds(text);
  const encoding = trace?.input.encoding || decoded.encoding;
  const summary = [
    message.origin === 'edited copy' ? PANE.edited : PANE.received,
    PANE.size(message.octets.length),
    bom ? PANE.withBom(encoding) : encoding,
    ends === 'none' ? PANE.oneLine : ends === 'mixed' ? PANE.mixedLineEnds : ends,
    ...(trace?.input.wrapping ? [trace.input.wrapping] : []),
  ].join(' · ');
  return {
    pane: 'original',
    summary,
    aside: '',
    text,
    map,
    marks: textMarks(protection, map, outline),
    notes: [],
    empty: null,
    editable: true,
  };
}

/** Protections as marks of a text that shows the input itself. */
function textMarks(
  protection: readonly Protection[],
  map: OctetText['map'],
  outline: Outline | null,
): readonly PaneMark[] {
  const startTags = new Map(
    (outline?.nodes ?? []).filter((node) => node.kind === 'element').map((node) => [node.start, node.contentStart]),
  );
  return protection.map(({ start, end, ...rest }) => {
    const tagEnd = startTags.get(start);
    const shown = rest.form === 'underline' ? Math.min(end, tagEnd ?? start + SQUIGGLE) : end;
    return { ...rest, start: map.textAt(start), end: map.textAt(shown) };
  });
}

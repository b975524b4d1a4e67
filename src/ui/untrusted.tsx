/**
 * Text from a message or certificate, shown so that it cannot pretend: cut, isolated, invisible characters marked
 * (docs/limits.md, "Hostile text").
 */
import { Fragment } from 'react';

const LIMIT = 2_000;
/**
 * C0 (but tab and line ends), DEL, C1, soft hyphen, zero-width and bidi controls, BOM, tag characters, lone surrogates.
 */
const INVISIBLE =
  /[\u0000-\u0008\u000B\u000C\u000E-\u001F\u007F-\u009F\u00AD\u061C\u180E\u200B-\u200F\u202A-\u202E\u2060-\u2069\uFEFF\uFFF9-\uFFFB\u{E0000}-\u{E007F}]|[\uD800-\uDBFF](?![\uDC00-\uDFFF])|(?<![\uD800-\uDBFF])[\uDC00-\uDFFF]/u;

/** Text from a message: control characters shown as codes, cut at `limit` characters. */
export function Untrusted({
  text,
  limit = LIMIT,
  className = '',
}: {
  readonly text: string;
  readonly limit?: number;
  readonly className?: string;
}) {
  const cut = text.length > limit ? text.slice(0, limit) : text;
  if (!INVISIBLE.test(cut)) {
    return (
      <bdi className={`untrusted ${className}`}>
        {cut}
        {cut === text ? '' : '…'}
      </bdi>
    );
  }
  const pieces: { readonly at: number; readonly text: string; readonly marked: boolean }[] = [];
  let at = 0;
  for (const character of cut) {
    const marked = INVISIBLE.test(character);
    const last = pieces.at(-1);
    if (!marked && last && !last.marked) pieces[pieces.length - 1] = { ...last, text: last.text + character };
    else {
      pieces.push({
        at,
        text: marked ? `U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}` : character,
        marked,
      });
    }
    at += character.length;
  }
  return (
    <bdi className={`untrusted ${className}`}>
      {pieces.map((piece) =>
        piece.marked ? <mark key={piece.at}>{piece.text}</mark> : <Fragment key={piece.at}>{piece.text}</Fragment>,
      )}
      {cut === text ? '' : '…'}
    </bdi>
  );
}

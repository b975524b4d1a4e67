/** Hostile control characters are shown, never passed on to a terminal or a page (docs/attacks.md UI-01). */

/**
 * C0, C1, DEL, bidirectional and zero-width controls, BOM, tags, lone surrogates: what could move the cursor or deceive
 * the eye.
 */
const HOSTILE =
  /[\u0000-\u001f\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|[\u{e0000}-\u{e007f}]|[\ud800-\udbff](?![\udc00-\udfff])|(?<![\ud800-\udbff])[\udc00-\udfff]/gu;

/** The text with each such character as its code: `‹U+202E›`. Tabs and line ends too: the caller lays out lines. */
export function visible(text: string): string {
  return text.replace(
    HOSTILE,
    (character) => `‹U+${(character.codePointAt(0) ?? 0).toString(16).toUpperCase().padStart(4, '0')}›`,
  );
}

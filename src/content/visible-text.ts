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

/** What JSON leaves as it is of {@link HOSTILE}: its own line ends and tabs are none of a string. */
const HOSTILE_IN_JSON =
  /[\u007f-\u009f\u00ad\u061c\u180e\u200b-\u200f\u2028-\u202e\u2060-\u206f\ufeff\ufff9-\ufffb]|\udb40[\udc00-\udc7f]/g;

/** A value as JSON in which each such character is written as `\\u202e`: read back it is the same. */
export function jsonText(value: unknown, indent?: number): string {
  return JSON.stringify(value, null, indent).replace(HOSTILE_IN_JSON, (characters) =>
    Array.from(
      { length: characters.length },
      (_, at) => `\\u${characters.charCodeAt(at).toString(16).padStart(4, '0')}`,
    ).join(''),
  );
}

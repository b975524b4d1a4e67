/** Character classes of XML 1.0, 5th edition: Char [2], S [3], NameStartChar [4], NameChar [4a]. */

/** Char [2]. */
export function isXmlChar(codePoint: number): boolean {
  if (codePoint < 0x20) return codePoint === 0x9 || codePoint === 0xa || codePoint === 0xd;
  return (
    codePoint <= 0xd7ff ||
    (codePoint >= 0xe000 && codePoint <= 0xfffd) ||
    (codePoint >= 0x10000 && codePoint <= 0x10ffff)
  );
}

/** NameStartChar [4] above U+007F, as pairs of first and last. */
const NAME_START: readonly number[] = [
  0xc0, 0xd6, 0xd8, 0xf6, 0xf8, 0x2ff, 0x370, 0x37d, 0x37f, 0x1fff, 0x200c, 0x200d, 0x2070, 0x218f, 0x2c00, 0x2fef,
  0x3001, 0xd7ff, 0xf900, 0xfdcf, 0xfdf0, 0xfffd, 0x10000, 0xeffff,
];

/** NameStartChar [4] for a code point above U+007F. */
export function isNonAsciiNameStart(codePoint: number): boolean {
  for (let i = 0; i < NAME_START.length; i += 2) {
    if (codePoint < NAME_START[i]!) return false;
    if (codePoint <= NAME_START[i + 1]!) return true;
  }
  return false;
}

/** NameChar [4a] for a code point above U+007F. */
export function isNonAsciiNameChar(codePoint: number): boolean {
  return (
    codePoint === 0xb7 ||
    (codePoint >= 0x300 && codePoint <= 0x36f) ||
    codePoint === 0x203f ||
    codePoint === 0x2040 ||
    isNonAsciiNameStart(codePoint)
  );
}

/**
 * Class of an octet in a name; the lowest bit is set for NameChar but the colon. `nonAscii` is any octet of a non-ASCII
 * character.
 */
export const NameClass = { none: 0, nameChar: 1, colon: 2, nameStart: 3, nonAscii: 4 } as const;

/** By octet, its {@link NameClass}. */
export const NAME_CLASS: Uint8Array = tabulate((octet) => {
  if (octet >= 0x80) return NameClass.nonAscii;
  if (octet === 0x3a) return NameClass.colon;
  if (octet === 0x5f || isAsciiLetter(octet)) return NameClass.nameStart;
  return octet === 0x2d || octet === 0x2e || (octet >= 0x30 && octet <= 0x39) ? NameClass.nameChar : NameClass.none;
});

/** Class of an octet of character data: what the scan of text has to stop for. */
export const TextClass = {
  plain: 0,
  lessThan: 1,
  ampersand: 2,
  greaterThan: 3,
  carriageReturn: 4,
  bracket: 5,
} as const;

/** By octet, its {@link TextClass}. */
export const TEXT_CLASS: Uint8Array = tabulate((octet) => {
  switch (octet) {
    case 0x3c:
      return TextClass.lessThan;
    case 0x26:
      return TextClass.ampersand;
    case 0x3e:
      return TextClass.greaterThan;
    case 0x0d:
      return TextClass.carriageReturn;
    case 0x5d:
      return TextClass.bracket;
    default:
      return TextClass.plain;
  }
});

/** Class of an octet of an attribute value. */
export const ValueClass = { plain: 0, lessThan: 1, ampersand: 2, whiteSpace: 3, quote: 4 } as const;

/** By octet, its {@link ValueClass}. */
export const VALUE_CLASS: Uint8Array = tabulate((octet) => {
  switch (octet) {
    case 0x3c:
      return ValueClass.lessThan;
    case 0x26:
      return ValueClass.ampersand;
    case 0x09:
    case 0x0a:
    case 0x0d:
      return ValueClass.whiteSpace;
    case 0x22:
    case 0x27:
      return ValueClass.quote;
    default:
      return ValueClass.plain;
  }
});

/** S [3]: 1 for space, tab, LF, CR. */
export const WHITE_SPACE: Uint8Array = tabulate((octet) => (isWhiteSpace(octet) ? 1 : 0));

/** S [3]. */
function isWhiteSpace(octet: number): boolean {
  return octet === 0x20 || octet === 0x0a || octet === 0x0d || octet === 0x09;
}

function isAsciiLetter(octet: number): boolean {
  const lower = octet | 0x20;
  return lower >= 0x61 && lower <= 0x7a;
}

function tabulate(classOf: (octet: number) => number): Uint8Array {
  const table = new Uint8Array(256);
  for (let octet = 0; octet < 256; octet++) table[octet] = classOf(octet);
  return table;
}

/** Removes leading and trailing XML white space (S, XML 1.0 §2.3), no other. */
export function trimXml(text: string): string {
  let start = 0;
  let end = text.length;
  const white = (at: number) => {
    const code = text.charCodeAt(at);
    return code === 0x20 || code === 0x9 || code === 0xa || code === 0xd;
  };
  while (start < end && white(start)) start += 1;
  while (end > start && white(end - 1)) end -= 1;
  return text.slice(start, end);
}

/** Whether it is an NCName (Namespaces in XML 1.0 [4]). */
export function isNCName(token: string): boolean {
  let first = true;
  for (const character of token) {
    const codePoint = character.codePointAt(0) ?? 0;
    const nameClass = codePoint < 0x80 ? NAME_CLASS[codePoint]! : NameClass.nonAscii;
    const fits =
      nameClass === NameClass.nonAscii
        ? first
          ? isNonAsciiNameStart(codePoint)
          : isNonAsciiNameChar(codePoint)
        : nameClass === NameClass.nameStart || (!first && nameClass === NameClass.nameChar);
    if (!fits) return false;
    first = false;
  }
  return !first;
}

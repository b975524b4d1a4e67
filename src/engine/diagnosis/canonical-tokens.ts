/**
 * Canonical octets as a list of tags and texts that hypotheses edit (Canonical XML 1.0 §2.3 fixes the form, so that
 * this is no second parser).
 */
import { decodeUtf8, encodeUtf8 } from '../bytes/utf8.ts';

/** `xmlns` or `xmlns:p`, value escaped as written. */
export interface TokenDeclaration {
  readonly prefix: string;
  readonly value: string;
}

/** An attribute by its qualified name, value escaped as written. */
export interface TokenAttribute {
  readonly name: string;
  readonly value: string;
}

/** A start tag; `raw` is its text. */
export interface OpenToken {
  readonly type: 'open';
  readonly raw: string;
  readonly name: string;
  readonly declarations: readonly TokenDeclaration[];
  readonly attributes: readonly TokenAttribute[];
}

/** A tag, a text, a comment or a processing instruction, `raw` as it stands. */
export type CanonicalToken =
  | OpenToken
  | { readonly type: 'close'; readonly raw: string; readonly name: string }
  | { readonly type: 'text' | 'comment' | 'pi'; readonly raw: string };

/** A canonical text in document order. */
export type CanonicalTokens = readonly CanonicalToken[];

/** Longer canonical octets are not cut into tokens: only what works on octets and nodes is tried. */
const MOST_TOKENIZED = 4 * 1024 * 1024;

const START_TAG = /<([^\s<>/!?="]+)((?: [^\s<>/="]+="[^"<]*")*)>/y;
const ATTRIBUTE = / ([^\s<>/="]+)="([^"<]*)"/g;

/** The tokens of canonical octets; null where they are not canonical XML (an attachment, a base64 transform). */
export function tokenize(octets: Uint8Array): CanonicalTokens | null {
  const text = decodeUtf8(octets);
  const tokens: CanonicalToken[] = [];
  let at = 0;
  while (at < text.length) {
    if (text[at] !== '<') {
      const next = text.indexOf('<', at);
      const end = next < 0 ? text.length : next;
      tokens.push(textToken(text.slice(at, end)));
      at = end;
      continue;
    }
    const following = text[at + 1];
    if (following === '/') {
      const end = text.indexOf('>', at);
      if (end < 0) return null;
      tokens.push(closeToken(text.slice(at + 2, end)));
      at = end + 1;
    } else if (following === '!' || following === '?') {
      const mark = following === '!' ? '-->' : '?>';
      const end = text.indexOf(mark, at + 2);
      if (end < 0 || (following === '!' && !text.startsWith('<!--', at))) return null;
      tokens.push({ type: following === '!' ? 'comment' : 'pi', raw: text.slice(at, end + mark.length) });
      at = end + mark.length;
    } else {
      START_TAG.lastIndex = at;
      const found = START_TAG.exec(text);
      if (found === null) return null;
      tokens.push(readOpenToken(found[1] ?? '', found[2] ?? '', found[0]));
      at = START_TAG.lastIndex;
    }
  }
  return tokens.some((token) => token.type === 'open') ? tokens : null;
}

/** Like {@link tokenize}; null also for octets that are too many. */
export function tokenizeBounded(octets: Uint8Array): CanonicalTokens | null {
  return octets.length > MOST_TOKENIZED ? null : tokenize(octets);
}

function readOpenToken(name: string, inside: string, raw: string): OpenToken {
  const declarations: TokenDeclaration[] = [];
  const attributes: TokenAttribute[] = [];
  for (const [, name = '', value = ''] of inside.matchAll(ATTRIBUTE)) {
    if (name === 'xmlns') declarations.push({ prefix: '', value });
    else if (name.startsWith('xmlns:')) declarations.push({ prefix: name.slice(6), value });
    else attributes.push({ name, value });
  }
  return { type: 'open', raw, name, declarations, attributes };
}

/** A start tag written canonically; declarations and attributes come in the order given. */
export function openToken(
  name: string,
  declarations: readonly TokenDeclaration[],
  attributes: readonly TokenAttribute[],
): OpenToken {
  const declared = declarations
    .map(({ prefix, value }) => (prefix === '' ? ` xmlns="${value}"` : ` xmlns:${prefix}="${value}"`))
    .join('');
  return {
    type: 'open',
    name,
    declarations,
    attributes,
    raw: `<${name}${declared}${attributes.map((one) => ` ${one.name}="${one.value}"`).join('')}>`,
  };
}

/** An end tag. */
export function closeToken(name: string): CanonicalToken {
  return { type: 'close', name, raw: `</${name}>` };
}

/**
 * A text.
 *
 * @param raw escaped as canonical XML escapes it
 */
export function textToken(raw: string): CanonicalToken {
  return { type: 'text', raw };
}

/** The text that the tokens make, as it stands. */
export function tokensText(tokens: CanonicalTokens): string {
  let text = '';
  for (const token of tokens) text += token.raw;
  return text;
}

/** The same in UTF-8: what is hashed. */
export function tokensOctets(tokens: CanonicalTokens): Uint8Array {
  return encodeUtf8(tokensText(tokens));
}

/** Declarations in canonical order: the default one first, then by prefix. */
export function sortDeclarations(declarations: readonly TokenDeclaration[]): readonly TokenDeclaration[] {
  return [...declarations].sort((a, b) => (a.prefix < b.prefix ? -1 : a.prefix > b.prefix ? 1 : 0));
}

/** The prefix of a qualified name; empty where it has none. */
export function prefixOf(name: string): string {
  const colon = name.indexOf(':');
  return colon < 0 ? '' : name.slice(0, colon);
}

/** A qualified name without its prefix. */
export function localOf(name: string): string {
  return name.slice(name.indexOf(':') + 1);
}

/** Whether a text token is nothing but white space. */
export function isBlank(raw: string): boolean {
  for (let at = 0; at < raw.length; at++) {
    const code = raw.charCodeAt(at);
    if (code !== 0x20 && code !== 0x0a && code !== 0x09) return raw.slice(at).replaceAll('&#xD;', '').trim() === '';
  }
  return true;
}

/** Whether the text at `index` is all that stands between a start tag and its end tag. */
export function isLeaf(tokens: CanonicalTokens, index: number): boolean {
  return tokens[index - 1]?.type === 'open' && tokens[index + 1]?.type === 'close';
}

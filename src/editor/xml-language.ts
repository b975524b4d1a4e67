/**
 * Our own XML for Monaco: colouring by a Monarch grammar and folding by matching tags. Colours only; no verdict rests
 * on it.
 */
import { languages, type editor } from 'monaco-editor/editor';

/** Monaco's id of our XML. */
export const XML_LANGUAGE = 'wss-xml';

const NAME = /[^\s<>"'=/?!]+/;

const GRAMMAR: languages.IMonarchLanguage = {
  defaultToken: 'text',
  includeLF: false,
  tokenizer: {
    root: [
      [/<!--/, 'comment', '@comment'],
      [/<!\[CDATA\[/, 'punctuation', '@cdata'],
      [/<!DOCTYPE/, 'invalid', '@doctype'],
      [/(<\?)([^\s?]+)/, ['punctuation', { token: 'tag', next: '@instruction' }]],
      [/(<\/)([^\s<>]+)(\s*)(>)/, ['punctuation', 'tag', 'punctuation', 'punctuation']],
      [/(<)([^\s<>/!?]+)/, ['punctuation', { token: 'tag', next: '@tag' }]],
      [/&(?:#\d+|#x[0-9A-Fa-f]+|[^\s;&<]+);/, 'reference'],
      [/[^<&]+/, 'text'],
      [/[<&]/, 'invalid'],
    ],
    comment: [
      [/-->/, 'comment', '@pop'],
      [/[^-]+|-/, 'comment'],
    ],
    cdata: [
      [/\]\]>/, 'punctuation', '@pop'],
      [/[^\]]+|\]/, 'text'],
    ],
    doctype: [
      [/>/, 'invalid', '@pop'],
      [/[^>]+/, 'invalid'],
    ],
    instruction: [
      [/\?>/, 'punctuation', '@pop'],
      [/"[^"]*"|'[^']*'/, 'value'],
      [/[^?"']+|[?"']/, 'namespace'],
    ],
    tag: [
      [/\/?>/, 'punctuation', '@pop'],
      [/xmlns(?::[^\s=]+)?(?=\s*=)/, 'namespace'],
      [NAME, 'attribute'],
      [/"/, { token: 'value', next: '@double' }],
      [/'/, { token: 'value', next: '@single' }],
      [/[=\s]+/, 'punctuation'],
      [/</, { token: '@rematch', next: '@pop' }],
      [/./, 'invalid'],
    ],
    double: [
      [/"/, 'value', '@pop'],
      [/&(?:#\d+|#x[0-9A-Fa-f]+|[^\s;&<"]+);/, 'reference'],
      [/[^"&<]+|&/, 'value'],
      [/</, 'invalid'],
    ],
    single: [
      [/'/, 'value', '@pop'],
      [/&(?:#\d+|#x[0-9A-Fa-f]+|[^\s;&<']+);/, 'reference'],
      [/[^'&<]+|&/, 'value'],
      [/</, 'invalid'],
    ],
  },
};

/** Registers the language once. */
export function registerXml(): void {
  languages.register({ id: XML_LANGUAGE });
  languages.setLanguageConfiguration(XML_LANGUAGE, {
    comments: { blockComment: ['<!--', '-->'] },
    wordPattern: /[^\s<>"'=/]+/,
  });
  languages.setMonarchTokensProvider(XML_LANGUAGE, GRAMMAR);
  languages.registerFoldingRangeProvider(XML_LANGUAGE, {
    provideFoldingRanges: (model) => foldingRanges(model.getValue()),
  });
}

const MARKUP =
  /<!--[\s\S]*?(?:-->|$)|<!\[CDATA\[[\s\S]*?(?:\]\]>|$)|<\?[\s\S]*?(?:\?>|$)|<(\/?)([^\s<>/!?]+)(?:"[^"]*"|'[^']*'|[^<>"'])*>/g;

/** Elements and comments over several lines, by line. Linear; an end tag without its start tag is passed over. */
function foldingRanges(text: string): languages.FoldingRange[] {
  const ranges: languages.FoldingRange[] = [];
  const open: { name: string; line: number }[] = [];
  let line = 1;
  let counted = 0;
  const lineAt = (offset: number) => {
    for (let next = text.indexOf('\n', counted); next >= 0 && next < offset; next = text.indexOf('\n', counted)) {
      line += 1;
      counted = next + 1;
    }
    return line;
  };
  MARKUP.lastIndex = 0;
  for (let match = MARKUP.exec(text); match; match = MARKUP.exec(text)) {
    const begin = lineAt(match.index);
    const end = lineAt(match.index + match[0].length);
    const name = match[2];
    if (name === undefined) {
      if (end > begin) {
        ranges.push({
          start: begin,
          end,
          ...(match[0].startsWith('<!--') ? { kind: languages.FoldingRangeKind.Comment } : {}),
        });
      }
    } else if (match[1] === '/') {
      const at = open.findLastIndex((entry) => entry.name === name);
      if (at < 0) continue;
      const start = open[at]?.line ?? begin;
      open.length = at;
      if (begin - 1 > start) ranges.push({ start, end: begin - 1 });
    } else if (!match[0].endsWith('/>')) open.push({ name, line: begin });
  }
  return ranges;
}

const CLEAR = '#00000000';

/** Monaco's colours by the page's own; a second member is opacity in hex, and none at all is clear. */
const COLOURS: Readonly<Record<string, readonly [name?: string, opacity?: string]>> = {
  'editor.background': ['--panel'],
  'editor.foreground': ['--ink'],
  'editorLineNumber.foreground': ['--ink-3'],
  'editorLineNumber.activeForeground': ['--ink-2'],
  'editor.lineHighlightBackground': [],
  'editor.lineHighlightBorder': [],
  'editor.selectionBackground': ['--accent-line'],
  'editor.inactiveSelectionBackground': ['--accent-soft'],
  'editorCursor.foreground': ['--accent'],
  'editorWidget.background': ['--raised'],
  'editorWidget.border': ['--line'],
  'editorHoverWidget.background': ['--raised'],
  'editorHoverWidget.foreground': ['--ink'],
  'editorHoverWidget.border': ['--line'],
  'editorError.foreground': ['--fail'],
  'editorWarning.foreground': ['--warn'],
  'editorInfo.foreground': ['--ink-3'],
  'editorGutter.background': ['--panel'],
  'editorGutter.foldingControlForeground': ['--ink-3'],
  'editorWhitespace.foreground': ['--line-strong'],
  'editorIndentGuide.background1': [],
  'scrollbar.shadow': [],
  'scrollbarSlider.background': ['--line-strong', '66'],
  'scrollbarSlider.hoverBackground': ['--line-strong', '99'],
  'scrollbarSlider.activeBackground': ['--line-strong', 'cc'],
  focusBorder: ['--accent'],
  'editor.findMatchBackground': ['--warn', '66'],
  'editor.findMatchHighlightBackground': ['--warn', '33'],
  'input.background': ['--panel'],
  'input.foreground': ['--ink'],
  'input.border': ['--line-strong'],
  'menu.background': ['--raised'],
  'menu.foreground': ['--ink'],
  'menu.selectionBackground': ['--accent-soft'],
  'menu.selectionForeground': ['--ink'],
  'textLink.foreground': ['--accent'],
  'editor.foldBackground': ['--line-soft'],
  'editorOverviewRuler.border': [],
};

/** Colours of the page's own tokens, read from its custom properties so that one place decides them. */
export function themeFromTokens(
  read: (name: string) => string,
  base: editor.BuiltinTheme,
): editor.IStandaloneThemeData {
  const colour = (name: string) => hex(read(name));
  const rule = (token: string, name: string, fontStyle?: string) => ({
    token,
    foreground: colour(name).slice(1),
    ...(fontStyle ? { fontStyle } : {}),
  });
  return {
    base,
    inherit: false,
    rules: [
      { token: '', foreground: colour('--ink').slice(1) },
      rule('text', '--ink'),
      rule('punctuation', '--ink-3'),
      rule('tag', '--x-tag'),
      rule('attribute', '--x-attr'),
      rule('namespace', '--x-ns'),
      rule('value', '--x-val'),
      rule('comment', '--x-comment', 'italic'),
      rule('reference', '--enc'),
      rule('invalid', '--fail'),
    ],
    colors: Object.fromEntries(
      Object.entries(COLOURS).map(([place, [name, opacity = '']]) => [
        place,
        name === undefined ? CLEAR : `${colour(name)}${opacity}`,
      ]),
    ),
  };
}

/** `#rgb` or `#rrggbb` as `#rrggbb`; anything else (a missing property) as black, which is seen at once. */
function hex(value: string): string {
  const text = value.trim();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short) return `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}`;
  return /^#[0-9a-f]{6}$/i.test(text) ? text : '#000000';
}

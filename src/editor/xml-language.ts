/**
 * Our own XML for Monaco: colouring by a Monarch grammar and folding by matching tags. Colours only; no verdict rests
 * on it.
 */
import { languages, type editor } from 'monaco-editor/editor';

export const XML_LANGUAGE = 'wss-xml';

const NAME = /[^\s<>"'=/?!]+/;

/** Registers the language once. */
export function registerXml(): void {
  languages.register({ id: XML_LANGUAGE });
  languages.setLanguageConfiguration(XML_LANGUAGE, {
    comments: { blockComment: ['<!--', '-->'] },
    wordPattern: /[^\s<>"'=/]+/,
  });
  languages.setMonarchTokensProvider(XML_LANGUAGE, {
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
  });
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
    colors: {
      'editor.background': colour('--panel'),
      'editor.foreground': colour('--ink'),
      'editorLineNumber.foreground': colour('--ink-3'),
      'editorLineNumber.activeForeground': colour('--ink-2'),
      'editor.lineHighlightBackground': '#00000000',
      'editor.lineHighlightBorder': '#00000000',
      'editor.selectionBackground': colour('--accent-line'),
      'editor.inactiveSelectionBackground': colour('--accent-soft'),
      'editorCursor.foreground': colour('--accent'),
      'editorWidget.background': colour('--raised'),
      'editorWidget.border': colour('--line'),
      'editorHoverWidget.background': colour('--raised'),
      'editorHoverWidget.foreground': colour('--ink'),
      'editorHoverWidget.border': colour('--line'),
      'editorError.foreground': colour('--fail'),
      'editorWarning.foreground': colour('--warn'),
      'editorInfo.foreground': colour('--ink-3'),
      'editorGutter.background': colour('--panel'),
      'editorGutter.foldingControlForeground': colour('--ink-3'),
      'editorWhitespace.foreground': colour('--line-strong'),
      'editorIndentGuide.background1': '#00000000',
      'scrollbar.shadow': '#00000000',
      'scrollbarSlider.background': `${colour('--line-strong')}66`,
      'scrollbarSlider.hoverBackground': `${colour('--line-strong')}99`,
      'scrollbarSlider.activeBackground': `${colour('--line-strong')}cc`,
      focusBorder: colour('--accent'),
      'editor.findMatchBackground': `${colour('--warn')}66`,
      'editor.findMatchHighlightBackground': `${colour('--warn')}33`,
      'input.background': colour('--panel'),
      'input.foreground': colour('--ink'),
      'input.border': colour('--line-strong'),
      'menu.background': colour('--raised'),
      'menu.foreground': colour('--ink'),
      'menu.selectionBackground': colour('--accent-soft'),
      'menu.selectionForeground': colour('--ink'),
      'textLink.foreground': colour('--accent'),
      'editor.foldBackground': colour('--line-soft'),
      'editorOverviewRuler.border': '#00000000',
    },
  };
}

/** `#rgb` or `#rrggbb` as `#rrggbb`; anything else (a missing property) as black, which is seen at once. */
function hex(value: string): string {
  const text = value.trim();
  const short = /^#([0-9a-f])([0-9a-f])([0-9a-f])$/i.exec(text);
  if (short) return `#${short[1]}${short[1]}${short[2]}${short[2]}${short[3]}${short[3]}`;
  return /^#[0-9a-f]{6}$/i.test(text) ? text : '#000000';
}

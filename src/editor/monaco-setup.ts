/**
 * Loads Monaco with just the features the panes use, under the page's Content-Security-Policy (docs/limits.md, "What
 * the page closes").
 */
import 'monaco-editor/features/hover/register';
import 'monaco-editor/features/folding/register';
import 'monaco-editor/features/find/register';
import 'monaco-editor/features/clipboard/register';
import 'monaco-editor/features/contextmenu/register';
import 'monaco-editor/features/wordOperations/register';
import 'monaco-editor/features/codeAction/register';
import 'monaco-editor/features/unicodeHighlighter/register';
import 'monaco-editor/features/toggleTabFocusMode/register';
import { editor } from 'monaco-editor/editor';
import editorWorkerUrl from 'monaco-editor/editor/editor.worker?worker&url';
import { registerXml, themeFromTokens } from './xml-language.ts';
import { registerHovers } from './hovers.ts';
import { registerNearMisses } from './near-misses.ts';

declare global {
  interface Window {
    MonacoEnvironment?: { getWorker(): Worker };
    trustedTypes?: {
      createPolicy(
        name: string,
        rules: { createScriptURL(url: string): string },
      ): { createScriptURL(url: string): string };
    };
  }
}

const THEME = 'wss';
let ready = false;
let editorWorkerPolicy: { createScriptURL(url: string): string } | undefined;

/**
 * Monaco 0.57 wraps what `getWorkerUrl` gives in a blob, which `worker-src 'self'` refuses; a worker made here is taken
 * as it is.
 * The policy lets this one script through.
 */
function startEditorWorker(): Worker {
  const rules = {
    createScriptURL(url: string) {
      if (url !== editorWorkerUrl) throw new TypeError('not the editor worker');
      return url;
    },
  };
  editorWorkerPolicy ??= window.trustedTypes?.createPolicy('wsd-editor-worker', rules) ?? rules;
  return new Worker(editorWorkerPolicy.createScriptURL(editorWorkerUrl), { type: 'module', name: 'editor' });
}

let early: Worker | null = null;
let taken = false;

/** The worker started early for the first who asks, a new one for every other. */
function takeEditorWorker(): Worker {
  taken = true;
  const worker = early ?? startEditorWorker();
  early = null;
  return worker;
}

/** Idempotent. */
export function setUpMonaco(): typeof editor {
  if (!ready) {
    ready = true;
    window.MonacoEnvironment = { getWorker: takeEditorWorker };
    // Started while the page is idle, not when Monaco first has something to compute: by then there may be no network.
    const idle =
      typeof requestIdleCallback === 'function' ? requestIdleCallback : (then: () => void) => setTimeout(then, 500);
    idle(() => {
      if (!taken) early = startEditorWorker();
    });
    registerXml();
    registerHovers();
    registerNearMisses();
    followTheme();
  }
  return editor;
}

/** Redefines the theme whenever the page's own colours change. */
function followTheme(): void {
  const root = document.documentElement;
  const apply = () => {
    const style = getComputedStyle(root);
    const dark = style.colorScheme.includes('dark');
    const base = matchMedia('(forced-colors: active)').matches
      ? dark
        ? 'hc-black'
        : 'hc-light'
      : dark
        ? 'vs-dark'
        : 'vs';
    editor.defineTheme(
      THEME,
      themeFromTokens((name) => style.getPropertyValue(name), base),
    );
    editor.setTheme(THEME);
  };
  apply();
  new MutationObserver(apply).observe(root, { attributes: true, attributeFilter: ['data-theme', 'class'] });
  for (const query of ['(prefers-color-scheme: dark)', '(prefers-contrast: more)', '(forced-colors: active)']) {
    matchMedia(query).addEventListener('change', apply);
  }
}

/** The shell: top bar, the current view, dialogs, drop and paste anywhere, shortcuts. */
import { lazy, Suspense, useCallback, useEffect, useMemo, useRef, useState } from 'react';
import { useStore } from 'zustand';
import { loadSample as readSample, SAMPLES } from '../content/samples/index.ts';
import { load, loadSample, wipe } from '../state/acts/loading.ts';
import { currentStand, type Bench } from '../state/bench.ts';
import { openFiles, readFiles } from '../views/open-files.ts';
import { BenchProvider } from '../views/bench-context.tsx';
import { StatusBar } from '../views/workbench/status-bar.tsx';
import { VerdictBand } from '../views/verdict/verdict-band.tsx';
import { WorkbenchView } from '../views/workbench/workbench.tsx';
import { actions, matchesKeys, type DialogName, type Shell, type View } from './actions.ts';
import { CommandPalette, KeyDialog, PasteDialog, ReceiverDialog, ShortcutsDialog } from './lazy-popups.ts';
import { MAC } from './platform.ts';
import { ShellContext } from './shell-context.ts';
import { TopBar } from './top-bar.tsx';
import { useMedia } from '../ui/use-media.ts';

const KeysView = lazy(async () => ({ default: (await import('../views/keys/keys-view.tsx')).KeysView }));

function viewOf(hash: string): View {
  return hash === '#keys' ? 'keys' : 'workbench';
}

export function App({ bench }: { readonly bench: Bench }) {
  const [wanted, setView] = useState<View>(() => viewOf(location.hash));
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const [dropping, setDropping] = useState(false);
  const [said, setSaid] = useState('');
  const theme = useStore(bench.layout, (layout) => layout.theme);
  const narrow = useMedia('(max-width: 899px)');
  const small = useMedia('(max-width: 699px), (pointer: coarse)');
  const dark = useMedia('(prefers-color-scheme: dark)');
  const drags = useRef(0);
  // Narrow screens have one column with tabs, and Keys is one of them.
  const view = narrow ? 'workbench' : wanted;
  const show = useCallback(
    (next: View) => {
      currentStand(bench).selection.setState({ narrowTab: next === 'keys' ? 'keys' : 'message' });
      location.hash = `#${next}`;
    },
    [bench],
  );

  useEffect(() => {
    const resolved = theme === 'system' ? (dark ? 'dark' : 'light') : theme;
    document.documentElement.dataset['theme'] = resolved;
  }, [theme, dark]);

  useEffect(() => {
    const onHash = () => setView(viewOf(location.hash));
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);

  const take = useCallback(
    async (files: readonly { readonly name: string; readonly octets: Uint8Array }[], origin: 'file' | 'pasted') => {
      if (files.length === 0) return;
      const report = await load(bench, files, origin);
      const parts = [
        ...(report.message ? [`message ${report.message}`] : []),
        ...(report.request ? [`request ${report.request}`] : []),
        ...(report.keys.length > 0
          ? [report.keys.length === 1 ? `key file ${report.keys[0]}` : `${report.keys.length} key files`]
          : []),
      ];
      setSaid(
        `${parts.length > 0 ? `Loaded ${parts.join(', ')}.` : ''}${report.left.length > 0 ? ` Left aside: ${report.left.join(', ')}; one message is judged at a time.` : ''}`,
      );
      const locked = bench.keys.getState().ring.files.some((file) => file.problems.length > 0);
      if (locked) show('keys');
      else if (report.message) show('workbench');
    },
    [bench, show],
  );

  const shell = useMemo<Shell>(
    () => ({
      bench,
      wipe: () => void wipe(bench),
      show,
      open: setDialog,
      openFiles: () => void openFiles().then((files) => take(files, 'file')),
      loadSample: (id) => {
        const entry = SAMPLES.find((sample) => sample.id === id);
        if (entry) void readSample(entry).then((sample) => loadSample(bench, sample));
        show('workbench');
      },
      exportAs: (what) =>
        void import('./export.ts').then(({ exportAs }) => {
          exportAs(bench, what);
          return undefined;
        }),
      moveBetweenPanes: (by) => {
        const panes = [...document.querySelectorAll<HTMLElement>('.verdict, .pane[data-pane]')];
        const at = panes.findIndex((pane) => pane.contains(document.activeElement));
        const next = panes[(at + by + panes.length) % panes.length];
        (next?.querySelector<HTMLElement>('[tabindex="0"], button:not([tabindex="-1"])') ?? next)?.focus();
      },
    }),
    [bench, take, show],
  );

  const list = useMemo(() => actions(SAMPLES), []);

  useEffect(() => {
    const onKeyDown = (event: KeyboardEvent) => {
      const typing =
        event.target instanceof HTMLElement &&
        (event.target.isContentEditable || /^(INPUT|TEXTAREA|SELECT)$/.test(event.target.tagName));
      for (const action of list) {
        if (!action.keys || !matchesKeys(action.keys, event, MAC)) continue;
        if (typing && !/Mod|Alt|F\d/.test(action.keys)) continue;
        if (document.querySelector('.overlay') && action.id !== 'palette') continue;
        if (action.enabled && !action.enabled(shell)) continue;
        event.preventDefault();
        action.run(shell);
        return;
      }
    };
    const onPaste = (event: ClipboardEvent) => {
      const inField =
        event.target instanceof HTMLElement &&
        (event.target.isContentEditable || event.target.closest('input, textarea, .monaco-editor, .overlay') !== null);
      if (inField) return;
      const files = [...(event.clipboardData?.files ?? [])];
      const text = event.clipboardData?.getData('text/plain') ?? '';
      if (files.length > 0) void readFiles(files).then((read) => take(read, 'file'));
      else if (text.trim() !== '') void take([{ name: 'pasted', octets: new TextEncoder().encode(text) }], 'pasted');
      else return;
      event.preventDefault();
    };
    const carriesFiles = (event: DragEvent) => event.dataTransfer?.types.includes('Files') ?? false;
    const onDragEnter = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      drags.current++;
      setDropping(true);
    };
    const onDragLeave = (event: DragEvent) => {
      if (!carriesFiles(event)) return;
      drags.current = Math.max(0, drags.current - 1);
      if (drags.current === 0) setDropping(false);
    };
    const onDragOver = (event: DragEvent) => {
      if (carriesFiles(event)) event.preventDefault();
    };
    const onDrop = (event: DragEvent) => {
      drags.current = 0;
      setDropping(false);
      const files = event.dataTransfer?.files;
      if (!files || files.length === 0) return;
      event.preventDefault();
      void readFiles(files).then((read) => take(read, 'file'));
    };
    addEventListener('keydown', onKeyDown, true);
    addEventListener('paste', onPaste);
    addEventListener('dragenter', onDragEnter);
    addEventListener('dragleave', onDragLeave);
    addEventListener('dragover', onDragOver);
    addEventListener('drop', onDrop);
    return () => {
      removeEventListener('keydown', onKeyDown, true);
      removeEventListener('paste', onPaste);
      removeEventListener('dragenter', onDragEnter);
      removeEventListener('dragleave', onDragLeave);
      removeEventListener('dragover', onDragOver);
      removeEventListener('drop', onDrop);
    };
  }, [list, shell, take]);

  const closeDialog = useCallback(() => setDialog(null), []);
  const addKey = () => setDialog('key');
  return (
    <BenchProvider bench={bench}>
      <div className="app">
        <ShellContext value={shell}>
          <TopBar view={view} shell={shell} narrow={narrow} />
        </ShellContext>
        {view === 'workbench' ? (
          <WorkbenchView
            narrow={narrow}
            editors={!small}
            samples={SAMPLES}
            onSample={shell.loadSample}
            onPaste={() => setDialog('paste')}
            onOpen={shell.openFiles}
            onAddKey={addKey}
            onTrust={() => shell.show('keys')}
          />
        ) : (
          <>
            <VerdictBand onAddKey={addKey} onEvidence={() => show('workbench')} />
            <main className="stage-area">
              <Suspense fallback={null}>
                <KeysView />
              </Suspense>
            </main>
            <StatusBar />
          </>
        )}
        <Suspense fallback={null}>
          {dialog === 'paste' ? (
            <PasteDialog
              open
              onClose={() => setDialog(null)}
              onTake={(text) => {
                setDialog(null);
                void take([{ name: 'pasted', octets: new TextEncoder().encode(text) }], 'pasted');
              }}
            />
          ) : null}
          {dialog === 'palette' ? (
            <CommandPalette open onClose={() => setDialog(null)} actions={list} shell={shell} />
          ) : null}
          {dialog === 'receiver' ? <ReceiverDialog open onClose={closeDialog} /> : null}
          {dialog === 'key' ? <KeyDialog open onClose={closeDialog} /> : null}
          {dialog === 'shortcuts' ? <ShortcutsDialog open onClose={() => setDialog(null)} actions={list} /> : null}
        </Suspense>
        {dropping ? (
          <div className="drop-veil" aria-hidden>
            <div>
              <b>Drop to judge here</b>
              <span>message, keystore, related request: told apart by their octets</span>
            </div>
          </div>
        ) : null}
        <p className="visually-hidden" role="log" aria-live="polite">
          {said}
        </p>
      </div>
    </BenchProvider>
  );
}

/** The shell: top bar, the current view, dialogs, drop and paste anywhere, shortcuts. */
import { DROP, loadedWords } from '../content/page/shell.ts';
import { lazy, Suspense, useCallback, useEffect, useMemo, useState } from 'react';
import { useStore } from 'zustand';
import { loadSample as readSample, SAMPLES } from '../content/samples/index.ts';
import { load, loadSample, wipe } from '../state/acts/loading.ts';
import { currentStand, type Bench } from '../state/bench.ts';
import { openFiles } from '../views/open-files.ts';
import { BenchProvider } from '../views/bench-context.tsx';
import { StatusBar } from '../views/workbench/status-bar.tsx';
import { VerdictBand } from '../views/verdict/verdict-band.tsx';
import { WorkbenchView } from '../views/workbench/workbench.tsx';
import { actions, type DialogName, type Shell, type View } from './actions.ts';
import { CommandPalette, KeyDialog, PasteDialog, ReceiverDialog, ShortcutsDialog } from './lazy-popups.ts';
import { useDropAnywhere, usePasteAnywhere, useShortcuts, type TakeFiles } from './page-events.ts';
import { ShellContext } from './shell-context.ts';
import { TopBar } from './top-bar.tsx';
import { useMedia } from '../ui/use-media.ts';

const KeysView = lazy(async () => ({ default: (await import('../views/keys/keys-view.tsx')).KeysView }));

function viewOf(hash: string): View {
  return hash === '#keys' ? 'keys' : 'workbench';
}

/** The theme wanted, or the system's. */
function useTheme(bench: Bench): void {
  const theme = useStore(bench.layout, (layout) => layout.theme);
  const dark = useMedia('(prefers-color-scheme: dark)');
  useEffect(() => {
    document.documentElement.dataset['theme'] = theme === 'system' ? (dark ? 'dark' : 'light') : theme;
  }, [theme, dark]);
}

/** The view that the address names, and the way to another. */
function useView(bench: Bench): readonly [View, (next: View) => void] {
  const [view, setView] = useState<View>(() => viewOf(location.hash));
  useEffect(() => {
    const onHash = () => setView(viewOf(location.hash));
    addEventListener('hashchange', onHash);
    return () => removeEventListener('hashchange', onHash);
  }, []);
  const show = useCallback(
    (next: View) => {
      currentStand(bench).selection.setState({ narrowTab: next === 'keys' ? 'keys' : 'message' });
      location.hash = `#${next}`;
    },
    [bench],
  );
  return [view, show];
}

/** Takes files, says what they were taken for, and shows where to go on. */
function useTaking(bench: Bench, show: (view: View) => void): readonly [TakeFiles, string] {
  const [said, setSaid] = useState('');
  const take = useCallback<TakeFiles>(
    async (files, origin) => {
      if (files.length === 0) return;
      const report = await load(bench, files, origin);
      setSaid(loadedWords(report));
      const locked = bench.keys.getState().ring.files.some((file) => file.problems.length > 0);
      if (locked) show('keys');
      else if (report.message) show('workbench');
    },
    [bench, show],
  );
  return [take, said];
}

function moveBetweenPanes(by: 1 | -1): void {
  const panes = [...document.querySelectorAll<HTMLElement>('.verdict, .pane[data-pane]')];
  const at = panes.findIndex((pane) => pane.contains(document.activeElement));
  const next = panes[(at + by + panes.length) % panes.length];
  (next?.querySelector<HTMLElement>('[tabindex="0"], button:not([tabindex="-1"])') ?? next)?.focus();
}

function useShell(
  bench: Bench,
  show: (view: View) => void,
  take: TakeFiles,
  open: (dialog: DialogName) => void,
): Shell {
  return useMemo<Shell>(
    () => ({
      bench,
      wipe: () => void wipe(bench),
      show,
      open,
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
      moveBetweenPanes,
    }),
    [bench, show, take, open],
  );
}

const ACTIONS = actions(SAMPLES);

/** The page: one view at a time, its dialogs, and what it says to screen readers. */
export function App({ bench }: { readonly bench: Bench }) {
  const [wanted, show] = useView(bench);
  const [dialog, setDialog] = useState<DialogName | null>(null);
  const narrow = useMedia('(max-width: 899px)');
  const small = useMedia('(max-width: 699px), (pointer: coarse)');
  const [take, said] = useTaking(bench, show);
  const shell = useShell(bench, show, take, setDialog);
  useTheme(bench);
  useShortcuts(ACTIONS, shell);
  usePasteAnywhere(take);
  const dropping = useDropAnywhere(take);
  // Narrow screens have one column with tabs, and Keys is one of them.
  const view = narrow ? 'workbench' : wanted;
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
            onAddKey={() => setDialog('key')}
            onTrust={() => show('keys')}
          />
        ) : (
          <>
            <VerdictBand onAddKey={() => setDialog('key')} onEvidence={() => show('workbench')} />
            <main className="stage-area">
              <Suspense fallback={null}>
                <KeysView />
              </Suspense>
            </main>
            <StatusBar />
          </>
        )}
        <Dialogs dialog={dialog} onChange={setDialog} shell={shell} take={take} />
        {dropping ? <DropVeil /> : null}
        <p className="visually-hidden" role="log" aria-live="polite">
          {said}
        </p>
      </div>
    </BenchProvider>
  );
}

function Dialogs({
  dialog,
  onChange,
  shell,
  take,
}: {
  readonly dialog: DialogName | null;
  readonly onChange: (dialog: DialogName | null) => void;
  readonly shell: Shell;
  readonly take: TakeFiles;
}) {
  const onClose = useCallback(() => onChange(null), [onChange]);
  return (
    <Suspense fallback={null}>
      {dialog === 'paste' ? (
        <PasteDialog
          open
          onClose={onClose}
          onTake={(text) => {
            onClose();
            void take([{ name: 'pasted', octets: new TextEncoder().encode(text) }], 'pasted');
          }}
        />
      ) : null}
      {dialog === 'palette' ? <CommandPalette open onClose={onClose} actions={ACTIONS} shell={shell} /> : null}
      {dialog === 'receiver' ? <ReceiverDialog open onClose={onClose} /> : null}
      {dialog === 'key' ? <KeyDialog open onClose={onClose} /> : null}
      {dialog === 'shortcuts' ? <ShortcutsDialog open onClose={onClose} actions={ACTIONS} /> : null}
    </Suspense>
  );
}

function DropVeil() {
  return (
    <div className="drop-veil" aria-hidden>
      <div>
        <b>{DROP.title}</b>
        <span>{DROP.text}</span>
      </div>
    </div>
  );
}

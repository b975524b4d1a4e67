/** The top bar: name, views, sample, clock, open, export, theme, palette. */
import { TOP_BAR } from '../content/page/shell.ts';
import { ChevronDown, Download, Ellipsis, Eraser, FolderOpen, Moon, Monitor, Sun } from 'lucide-react';
import { SAMPLES } from '../content/samples/entries.ts';
import type { Theme } from '../state/layout.ts';
import { DropDown } from '../ui/drop-down.tsx';
import { useKeyRing, useLayout, useLayoutStore, useRun, useSubject } from '../views/bench-context.tsx';
import { MAC } from './platform.ts';
import { keysForPeople, type Shell, type View } from './actions.ts';
import { ClockControl } from './clock-control.tsx';
import { ExportMenu, MoreMenu, OpenMenu, SampleMenu } from './lazy-popups.ts';
import { ReceiverControl } from './receiver-control.tsx';

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

/** The bar above every view; on narrow screens most of it stands behind one button. */
export function TopBar({
  view,
  shell,
  narrow,
}: {
  readonly view: View;
  readonly shell: Shell;
  readonly narrow: boolean;
}) {
  return (
    <header className="top">
      <div className="brand">
        <Shield />
        <span>{TOP_BAR.product}</span>
      </div>
      {narrow ? null : <Views view={view} />}
      <div className="top-right">
        <SamplePicker narrow={narrow} />
        {narrow ? null : (
          <>
            <ClockControl />
            <ReceiverControl />
          </>
        )}
        <DropDown opens="menu" className="control primary" popup={OpenMenu}>
          <FolderOpen aria-hidden />
          <span>
            {TOP_BAR.open}
            {narrow ? null : <span className="mid-only"> {TOP_BAR.orPaste}</span>}
          </span>
        </DropDown>
        {narrow ? null : <ExportButton />}
        {narrow ? null : (
          <button
            type="button"
            className="control"
            onClick={() => shell.wipe()}
            title={TOP_BAR.wipeTitle}
            aria-label={TOP_BAR.wipe}
          >
            <Eraser aria-hidden />
            <span className="wide-only">{TOP_BAR.wipe}</span>
          </button>
        )}
        {narrow ? null : <ThemeButton />}
        <AllElse narrow={narrow} shell={shell} />
      </div>
    </header>
  );
}

/** The ways to the views, with how many keys there are. */
function Views({ view }: { readonly view: View }) {
  const keyCount = useKeyRing().files.reduce((sum, file) => sum + file.entries.length, 0);
  return (
    <nav aria-label={TOP_BAR.views}>
      <a href="#workbench" aria-current={view === 'workbench' ? 'page' : undefined}>
        {TOP_BAR.workbench}
      </a>
      <a href="#keys" aria-current={view === 'keys' ? 'page' : undefined}>
        {TOP_BAR.keys}
        {keyCount > 0 ? <span className="nav-count">{keyCount}</span> : null}
      </a>
    </nav>
  );
}

function Shield() {
  return (
    <svg
      viewBox="0 0 24 24"
      fill="none"
      stroke="currentColor"
      strokeWidth="1.8"
      strokeLinejoin="round"
      aria-hidden="true"
    >
      <path d="M3 7l9-4 9 4v6c0 5-4 7.5-9 9-5-1.500-9-4-9-9z" stroke="var(--accent)" />
      <path d="M7 9.500h10v6H7z M7 9.500l5 3.700 5-3.700" />
    </svg>
  );
}

/** Every command there is, as a menu or as a palette. */
function AllElse({ narrow, shell }: { readonly narrow: boolean; readonly shell: Shell }) {
  return narrow ? (
    <DropDown opens="menu" className="control icon" label={TOP_BAR.more} popup={MoreMenu}>
      <Ellipsis aria-hidden />
    </DropDown>
  ) : (
    <button
      type="button"
      className="control key"
      onClick={() => shell.open('palette')}
      aria-label={TOP_BAR.search(keysForPeople('Mod+K', MAC))}
    >
      {keysForPeople('Mod+K', MAC)}
    </button>
  );
}

function SamplePicker({ narrow }: { readonly narrow: boolean }) {
  const sample = useSubject((subject) => subject?.sample ?? null);
  const name = useSubject((subject) => subject?.name ?? null);
  const current = SAMPLES.find((entry) => entry.id === sample);
  return (
    <DropDown
      opens="menu"
      className="control sample-control"
      label={TOP_BAR.chosen(current?.title ?? null)}
      popup={SampleMenu}
    >
      {narrow ? null : <span>{current ? TOP_BAR.sample : TOP_BAR.message}</span>}
      <b>{current?.title ?? name ?? TOP_BAR.noMessage}</b>
      <ChevronDown aria-hidden />
    </DropDown>
  );
}

function ExportButton() {
  const none = useRun((run) => run.trace === null);
  return (
    <DropDown opens="menu" className="control" label={TOP_BAR.export} disabled={none} popup={ExportMenu}>
      <Download aria-hidden />
      <span className="wide-only">{TOP_BAR.export}</span>
    </DropDown>
  );
}

function ThemeButton() {
  const layout = useLayoutStore();
  const theme = useLayout((state) => state.theme);
  const Icon = THEME_ICONS[theme];
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  return (
    <button
      type="button"
      className="control icon"
      aria-label={TOP_BAR.changeTheme(theme, next)}
      title={TOP_BAR.theme(theme)}
      onClick={() => layout.setState({ theme: next })}
    >
      <Icon aria-hidden />
    </button>
  );
}

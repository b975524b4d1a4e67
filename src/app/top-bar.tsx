/** The top bar: name, views, sample, clock, open, export, theme, palette. */
import { ChevronDown, ClipboardPaste, Download, Eraser, FolderOpen, Moon, Monitor, Sun } from 'lucide-react';
import { lazy, Suspense } from 'react';
import { Button } from 'react-aria-components/Button';
import { Header, Menu, MenuItem, MenuSection, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { useStore } from 'zustand';
import { SAMPLES } from '../content/samples/index.ts';
import type { Theme } from '../state/layout.ts';
import { useRun, useSession } from '../views/workbench-context.tsx';
import { MAC } from './platform.ts';
import { keysForPeople, type Shell, type View } from './actions.ts';
import { ClockControl } from './clock-control.tsx';
import { ReceiverControl } from './receiver-control.tsx';

const MoreMenu = lazy(async () => ({ default: (await import('./more-menu.tsx')).MoreMenu }));

const THEMES: readonly Theme[] = ['system', 'light', 'dark'];
const THEME_ICONS = { system: Monitor, light: Sun, dark: Moon } as const;

export function TopBar({ view, shell, narrow }: { readonly view: View; readonly shell: Shell; readonly narrow: boolean }) {
  const keyCount = useSession((session) => session.keys.files.reduce((sum, file) => sum + file.entries.length, 0));
  return (
    <header className="top">
      <div className="brand">
        <svg viewBox="0 0 24 24" fill="none" stroke="currentColor" strokeWidth="1.8" strokeLinejoin="round" aria-hidden="true"><path d="M3 7l9-4 9 4v6c0 5-4 7.5-9 9-5-1.500-9-4-9-9z" stroke="var(--accent)" /><path d="M7 9.500h10v6H7z M7 9.500l5 3.700 5-3.700" /></svg>
        <span>WSS Workbench</span>
      </div>
      {narrow ? null : <nav aria-label="Views">
        <a href="#workbench" aria-current={view === 'workbench' ? 'page' : undefined}>Workbench</a>
        <a href="#keys" aria-current={view === 'keys' ? 'page' : undefined}>Keys{keyCount > 0 ? <span className="nav-count">{keyCount}</span> : null}</a>
      </nav>}
      <div className="top-right">
        <SamplePicker shell={shell} narrow={narrow} />
        {narrow ? null : <><ClockControl /><ReceiverControl /></>}
        <MenuTrigger>
          <Button className="control primary"><FolderOpen aria-hidden /><span>Open{narrow ? null : <span className="mid-only"> or paste</span>}</span></Button>
          <Popover className="popover" placement="bottom end">
            <Menu className="menu" onAction={(key) => (key === 'paste' ? shell.open('paste') : shell.openFiles())}>
              <MenuItem id="open" className="menu-item" textValue="Open files"><FolderOpen aria-hidden /><span>Open files<small>message, keystore, request: several at once</small></span></MenuItem>
              <MenuItem id="paste" className="menu-item" textValue="Paste"><ClipboardPaste aria-hidden /><span>Paste<small>XML, HTTP dump, MIME, base64, or a key</small></span></MenuItem>
            </Menu>
          </Popover>
        </MenuTrigger>
        {narrow ? null : <ExportMenu shell={shell} />}
        {narrow ? null : <button type="button" className="control" onClick={() => void shell.workbench.wipe()} title="Forget message, keys and results" aria-label="Wipe"><Eraser aria-hidden /><span className="wide-only">Wipe</span></button>}
        {narrow ? null : <ThemeButton shell={shell} />}
        {narrow ? <Suspense fallback={null}><MoreMenu shell={shell} /></Suspense> : <button type="button" className="control key" onClick={() => shell.open('palette')} aria-label={`Search commands, ${keysForPeople('Mod+K', MAC)}`}>{keysForPeople('Mod+K', MAC)}</button>}
      </div>
    </header>
  );
}

function SamplePicker({ shell, narrow }: { readonly shell: Shell; readonly narrow: boolean }) {
  const sample = useSession((session) => session.sample);
  const name = useSession((session) => session.message?.name ?? null);
  const current = SAMPLES.find((entry) => entry.id === sample);
  const groups = [
    { title: 'Sound', entries: SAMPLES.filter((entry) => entry.headline === 'valid') },
    { title: 'Broken', entries: SAMPLES.filter((entry) => /^(invalid|wrapped|malformed|refused)$/.test(entry.headline)) },
    { title: 'In between', entries: SAMPLES.filter((entry) => /^(valid-|incomplete|unsecured)/.test(entry.headline)) },
  ];
  return (
    <MenuTrigger>
      <Button className="control sample-control" aria-label={`Sample: ${current?.title ?? 'your own message'}`}>{narrow ? null : <span>{current ? 'Sample' : 'Message'}</span>}<b>{current?.title ?? name ?? 'none'}</b><ChevronDown aria-hidden /></Button>
      <Popover className="popover popover-samples scroll" placement="bottom end">
        <Menu className="menu" onAction={(key) => shell.loadSample(String(key))} selectionMode="single" selectedKeys={sample ? [sample] : []} aria-label="Samples">
          {groups.map((group) => (
            <MenuSection key={group.title} className="menu-section">
              <Header>{group.title}</Header>
              {group.entries.map((entry) => (
                <MenuItem key={entry.id} id={entry.id} className="menu-item" textValue={entry.title}><span>{entry.title}<small>{entry.line}</small></span><em>{entry.stack}</em></MenuItem>
              ))}
            </MenuSection>
          ))}
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function ExportMenu({ shell }: { readonly shell: Shell }) {
  const none = useRun((run) => run.trace === null);
  return (
    <MenuTrigger>
      <Button className="control" isDisabled={none} aria-label="Export"><Download aria-hidden /><span className="wide-only">Export</span></Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" onAction={(key) => shell.exportAs(key as 'report' | 'html' | 'trace')}>
          <MenuItem id="report" className="menu-item" textValue="Report as JSON"><span>Report as JSON<small>the same as the command’s --json</small></span></MenuItem>
          <MenuItem id="html" className="menu-item" textValue="Printable report"><span>Printable report<small>one HTML file, without scripts</small></span></MenuItem>
          <MenuItem id="trace" className="menu-item" textValue="Trace as JSON"><span>Trace as JSON<small>every step; no octets, no secrets</small></span></MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

function ThemeButton({ shell }: { readonly shell: Shell }) {
  const theme = useStore(shell.workbench.layout, (layout) => layout.theme);
  const Icon = THEME_ICONS[theme];
  const next = THEMES[(THEMES.indexOf(theme) + 1) % THEMES.length] ?? 'system';
  return <button type="button" className="control icon" aria-label={`Theme: ${theme}. Change to ${next}`} title={`Theme: ${theme}`} onClick={() => shell.workbench.layout.setState({ theme: next })}><Icon aria-hidden /></button>;
}

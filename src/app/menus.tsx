/** The menus of the top bar; loaded when the first one is opened, or while the page is idle. */
import { ClipboardPaste, Clock3, Download, FolderOpen, Keyboard as KeyboardIcon, Moon, Eraser } from 'lucide-react';
import { Header, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { SAMPLES } from '../content/samples/index.ts';
import type { PopupProps } from '../ui/drop-down.tsx';
import { MenuPopup } from '../ui/popups.tsx';
import { useJudging, useLayout, useLayoutStore, useReceiver, useSubject } from '../views/bench-context.tsx';
import { useShell } from './shell-context.ts';

const GROUPS = [
  { title: 'Sound', entries: SAMPLES.filter((entry) => entry.headline === 'valid') },
  { title: 'Broken', entries: SAMPLES.filter((entry) => /^(invalid|wrapped|malformed|refused)$/.test(entry.headline)) },
  { title: 'In between', entries: SAMPLES.filter((entry) => /^(valid-|incomplete|unsecured)/.test(entry.headline)) },
];

export function SampleMenu(popup: PopupProps) {
  const shell = useShell();
  const sample = useSubject((subject) => subject?.sample ?? null);
  return (
    <MenuPopup
      {...popup}
      label="Samples"
      className="popover-samples scroll"
      chosen={sample}
      onAction={(id) => shell.loadSample(id)}
    >
      {GROUPS.map((group) => (
        <MenuSection key={group.title} className="menu-section">
          <Header>{group.title}</Header>
          {group.entries.map((entry) => (
            <MenuItem key={entry.id} id={entry.id} className="menu-item" textValue={entry.title}>
              <span>
                {entry.title}
                <small>{entry.line}</small>
              </span>
              <em>{entry.stack}</em>
            </MenuItem>
          ))}
        </MenuSection>
      ))}
    </MenuPopup>
  );
}

export function OpenMenu(popup: PopupProps) {
  const shell = useShell();
  return (
    <MenuPopup
      {...popup}
      label="Open or paste"
      onAction={(id) => (id === 'paste' ? shell.open('paste') : shell.openFiles())}
    >
      <MenuItem id="open" className="menu-item" textValue="Open files">
        <FolderOpen aria-hidden />
        <span>
          Open files<small>message, keystore, request: several at once</small>
        </span>
      </MenuItem>
      <MenuItem id="paste" className="menu-item" textValue="Paste">
        <ClipboardPaste aria-hidden />
        <span>
          Paste<small>XML, HTTP dump, MIME, base64, or a key</small>
        </span>
      </MenuItem>
    </MenuPopup>
  );
}

export function ExportMenu(popup: PopupProps) {
  const shell = useShell();
  return (
    <MenuPopup {...popup} label="Export" onAction={(id) => shell.exportAs(id as 'report' | 'html' | 'trace')}>
      <MenuItem id="report" className="menu-item" textValue="Report as JSON">
        <span>
          Report as JSON<small>the same as the command’s --json</small>
        </span>
      </MenuItem>
      <MenuItem id="html" className="menu-item" textValue="Printable report">
        <span>
          Printable report<small>one HTML file, without scripts</small>
        </span>
      </MenuItem>
      <MenuItem id="trace" className="menu-item" textValue="Trace as JSON">
        <span>
          Trace as JSON<small>every step; no octets, no secrets</small>
        </span>
      </MenuItem>
    </MenuPopup>
  );
}

/** On narrow screens everything else stands behind one button. */
export function MoreMenu(popup: PopupProps) {
  const shell = useShell();
  const judging = useJudging();
  const layout = useLayoutStore();
  const theme = useLayout((state) => state.theme);
  const clock = useReceiver((receiver) => receiver.clock.mode);
  const act: Readonly<Record<string, () => void>> = {
    now: () => judging.configure({ clock: { mode: 'now' } }),
    report: () => shell.exportAs('report'),
    html: () => shell.exportAs('html'),
    trace: () => shell.exportAs('trace'),
    wipe: () => shell.wipe(),
    theme: () => layout.setState({ theme: theme === 'dark' ? 'light' : 'dark' }),
    palette: () => shell.open('palette'),
    receiver: () => shell.open('receiver'),
  };
  return (
    <MenuPopup {...popup} label="More" onAction={(id) => act[id]?.()}>
      <MenuItem id="palette" className="menu-item" textValue="All commands">
        <KeyboardIcon aria-hidden />
        <span>All commands</span>
      </MenuItem>
      <MenuItem id="receiver" className="menu-item" textValue="Time and receiver">
        <Clock3 aria-hidden />
        <span>
          Time and receiver<small>clock, lifetime, actor, request, attachments</small>
        </span>
      </MenuItem>
      <MenuItem id="now" className="menu-item" textValue="Judge as of now">
        <Clock3 aria-hidden />
        <span>Judge as of now{clock === 'now' ? ' (set)' : ''}</span>
      </MenuItem>
      <MenuItem id="report" className="menu-item" textValue="Report as JSON">
        <Download aria-hidden />
        <span>Report as JSON</span>
      </MenuItem>
      <MenuItem id="html" className="menu-item" textValue="Printable report">
        <Download aria-hidden />
        <span>Printable report</span>
      </MenuItem>
      <MenuItem id="theme" className="menu-item" textValue="Theme">
        <Moon aria-hidden />
        <span>{theme === 'dark' ? 'Light theme' : 'Dark theme'}</span>
      </MenuItem>
      <MenuItem id="wipe" className="menu-item" textValue="Wipe">
        <Eraser aria-hidden />
        <span>Wipe everything</span>
      </MenuItem>
    </MenuPopup>
  );
}

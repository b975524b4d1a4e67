/** The menus of the top bar; loaded when the first one is opened, or while the page is idle. */
import { ClipboardPaste, Clock3, Download, FolderOpen, Keyboard as KeyboardIcon, Moon, Eraser } from 'lucide-react';
import type { ReactNode } from 'react';
import { Header, MenuItem, MenuSection } from 'react-aria-components/Menu';
import { MENU_ITEMS, MENUS, type ItemWords } from '../content/page/dialogs.ts';
import { SAMPLES } from '../content/samples/index.ts';
import type { PopupProps } from '../ui/drop-down.tsx';
import { MenuPopup } from '../ui/popups.tsx';
import { useJudging, useLayout, useLayoutStore, useReceiver, useSubject } from '../views/bench-context.tsx';
import { useShell } from './shell-context.ts';

const GROUPS = [
  { title: MENUS.sampleGroups.sound, entries: SAMPLES.filter((entry) => entry.headline === 'valid') },
  {
    title: MENUS.sampleGroups.broken,
    entries: SAMPLES.filter((entry) => /^(invalid|wrapped|malformed|refused)$/.test(entry.headline)),
  },
  {
    title: MENUS.sampleGroups.between,
    entries: SAMPLES.filter((entry) => /^(valid-|incomplete|unsecured)/.test(entry.headline)),
  },
];

/** The samples by what they come to. */
export function SampleMenu(popup: PopupProps) {
  const shell = useShell();
  const sample = useSubject((subject) => subject?.sample ?? null);
  return (
    <MenuPopup
      {...popup}
      label={MENUS.samples}
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

/** An item with its icon, and below its title what it gives or takes. */
function Item({ id, words, icon }: { readonly id: string; readonly words: ItemWords; readonly icon?: ReactNode }) {
  return (
    <MenuItem id={id} className="menu-item" textValue={words.title}>
      {icon}
      <span>
        {words.title}
        <small>{words.text}</small>
      </span>
    </MenuItem>
  );
}

/** An item that says all it has to say in its title. */
function ShortItem({ id, title, icon }: { readonly id: string; readonly title: string; readonly icon: ReactNode }) {
  return (
    <MenuItem id={id} className="menu-item" textValue={title}>
      {icon}
      <span>{title}</span>
    </MenuItem>
  );
}

/** The ways to bring a message or keys in. */
export function OpenMenu(popup: PopupProps) {
  const shell = useShell();
  return (
    <MenuPopup
      {...popup}
      label={MENUS.open}
      onAction={(id) => (id === 'paste' ? shell.open('paste') : shell.openFiles())}
    >
      <Item id="open" words={MENU_ITEMS.files} icon={<FolderOpen aria-hidden />} />
      <Item id="paste" words={MENU_ITEMS.paste} icon={<ClipboardPaste aria-hidden />} />
    </MenuPopup>
  );
}

/** What can be saved of a verdict. */
export function ExportMenu(popup: PopupProps) {
  const shell = useShell();
  return (
    <MenuPopup {...popup} label={MENUS.export} onAction={(id) => shell.exportAs(id as 'report' | 'html' | 'trace')}>
      <Item id="report" words={MENU_ITEMS.report} />
      <Item id="html" words={MENU_ITEMS.html} />
      <Item id="trace" words={MENU_ITEMS.trace} />
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
    wipe: () => shell.wipe(),
    theme: () => layout.setState({ theme: theme === 'dark' ? 'light' : 'dark' }),
    palette: () => shell.open('palette'),
    receiver: () => shell.open('receiver'),
  };
  return (
    <MenuPopup {...popup} label={MENUS.more} onAction={(id) => act[id]?.()}>
      <ShortItem id="palette" title={MENUS.commands} icon={<KeyboardIcon aria-hidden />} />
      <Item id="receiver" words={MENU_ITEMS.receiver} icon={<Clock3 aria-hidden />} />
      <ShortItem id="now" title={MENUS.now(clock === 'now')} icon={<Clock3 aria-hidden />} />
      <ShortItem id="report" title={MENU_ITEMS.report.title} icon={<Download aria-hidden />} />
      <ShortItem id="html" title={MENU_ITEMS.html.title} icon={<Download aria-hidden />} />
      <ShortItem id="theme" title={theme === 'dark' ? MENUS.light : MENUS.dark} icon={<Moon aria-hidden />} />
      <ShortItem id="wipe" title={MENUS.wipe} icon={<Eraser aria-hidden />} />
    </MenuPopup>
  );
}

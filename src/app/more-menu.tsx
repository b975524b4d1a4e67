/** On narrow screens everything else stands behind one button. */
import { Clock3, Download, Ellipsis, Eraser, Keyboard as KeyboardIcon, Moon } from 'lucide-react';
import { Button } from 'react-aria-components/Button';
import { Menu, MenuItem, MenuTrigger, Popover } from 'react-aria-components/Menu';
import { useStore } from 'zustand';
import { useSession } from '../views/workbench-context.tsx';
import type { Shell } from './actions.ts';

export function MoreMenu({ shell }: { readonly shell: Shell }) {
  const { workbench } = shell;
  const theme = useStore(workbench.layout, (layout) => layout.theme);
  const clock = useSession((session) => session.clock.mode);
  const act: Readonly<Record<string, () => void>> = {
    now: () => workbench.configure({ clock: { mode: 'now' } }), report: () => shell.exportAs('report'), html: () => shell.exportAs('html'), trace: () => shell.exportAs('trace'),
    wipe: () => void workbench.wipe(), theme: () => workbench.layout.setState({ theme: theme === 'dark' ? 'light' : 'dark' }), palette: () => shell.open('palette'), receiver: () => shell.open('receiver'),
  };
  return (
    <MenuTrigger>
      <Button className="control icon" aria-label="More"><Ellipsis aria-hidden /></Button>
      <Popover className="popover" placement="bottom end">
        <Menu className="menu" onAction={(key) => act[String(key)]?.()}>
          <MenuItem id="palette" className="menu-item" textValue="All commands"><KeyboardIcon aria-hidden /><span>All commands</span></MenuItem>
          <MenuItem id="receiver" className="menu-item" textValue="Time and receiver"><Clock3 aria-hidden /><span>Time and receiver<small>clock, lifetime, actor, request, attachments</small></span></MenuItem>
          <MenuItem id="now" className="menu-item" textValue="Judge as of now"><Clock3 aria-hidden /><span>Judge as of now{clock === 'now' ? ' (set)' : ''}</span></MenuItem>
          <MenuItem id="report" className="menu-item" textValue="Report as JSON"><Download aria-hidden /><span>Report as JSON</span></MenuItem>
          <MenuItem id="html" className="menu-item" textValue="Printable report"><Download aria-hidden /><span>Printable report</span></MenuItem>
          <MenuItem id="theme" className="menu-item" textValue="Theme"><Moon aria-hidden /><span>{theme === 'dark' ? 'Light theme' : 'Dark theme'}</span></MenuItem>
          <MenuItem id="wipe" className="menu-item" textValue="Wipe"><Eraser aria-hidden /><span>Wipe everything</span></MenuItem>
        </Menu>
      </Popover>
    </MenuTrigger>
  );
}

/** The one list of actions: it feeds menus, the command palette, keyboard shortcuts and the shortcuts dialog. */
import {
  COMMAND_GROUPS,
  COMMANDS,
  sampleCommand,
  type CommandId,
  type CommandWords,
} from '../content/page/commands.ts';
import type { LayoutState } from '../state/layout.ts';
import { cancel, configure, judge } from '../state/acts/judging.ts';
import { clearMessage } from '../state/acts/loading.ts';
import { moveFinding } from '../state/acts/navigation.ts';
import { currentStand, type Bench } from '../state/bench.ts';

/** The views that an address can name. */
export type View = 'workbench' | 'keys';

/** The dialogs, by name. */
export type DialogName = 'paste' | 'palette' | 'shortcuts' | 'receiver' | 'key';

/** What actions may do beside the bench's own acts. */
export interface Shell {
  readonly bench: Bench;
  /** Forgets everything. */
  wipe(): void;
  show(view: View): void;
  open(dialog: DialogName): void;
  openFiles(): void;
  loadSample(id: string): void;
  exportAs(what: 'report' | 'html' | 'trace'): void;
  moveBetweenPanes(by: 1 | -1): void;
}

/** Something the user may do, as menus, palette and shortcuts offer it. */
export interface Action extends CommandWords {
  readonly id: string;
  readonly group: string;
  /** `Mod` is Ctrl, or Command on a Mac. */
  readonly keys?: string;
  readonly enabled?: (shell: Shell) => boolean;
  run(shell: Shell): void;
}

const hasTrace = ({ bench }: Shell) => currentStand(bench).run.getState().trace !== null;
const hasMessage = ({ bench }: Shell) => currentStand(bench).message.getState().subject !== null;

/** What a command does, and how it is called. */
type Doing = Pick<Action, 'keys' | 'enabled' | 'run'>;

function command(id: CommandId, group: keyof typeof COMMAND_GROUPS, doing: Doing): Action {
  return { id, group: COMMAND_GROUPS[group], ...COMMANDS[id], ...doing };
}

const inLayout = (change: Partial<LayoutState> | ((layout: LayoutState) => Partial<LayoutState>)): Doing => ({
  run: ({ bench }) => bench.layout.setState(change),
});

/** The palette is the way to all others. */
const FIRST: readonly Action[] = [command('palette', 'view', { keys: 'Mod+K', run: (shell) => shell.open('palette') })];

const VIEW: readonly Action[] = [
  command('workbench', 'view', { keys: 'Alt+1', run: (shell) => shell.show('workbench') }),
  command('keys', 'view', { keys: 'Alt+2', run: (shell) => shell.show('keys') }),
  command('next-pane', 'view', { keys: 'F6', run: (shell) => shell.moveBetweenPanes(1) }),
  command('previous-pane', 'view', { keys: 'Shift+F6', run: (shell) => shell.moveBetweenPanes(-1) }),
  command('theme-light', 'view', inLayout({ theme: 'light' })),
  command('theme-dark', 'view', inLayout({ theme: 'dark' })),
  command('theme-system', 'view', inLayout({ theme: 'system' })),
  command(
    'lay-out',
    'view',
    inLayout(({ layOut }) => ({ layOut: !layOut })),
  ),
  command(
    'explain',
    'view',
    inLayout(({ explain }) => ({ explain: !explain })),
  ),
  command('shortcuts', 'view', { keys: 'Shift+?', run: (shell) => shell.open('shortcuts') }),
];

const MESSAGE: readonly Action[] = [
  command('paste', 'message', { keys: 'Alt+V', run: (shell) => shell.open('paste') }),
  command('open', 'message', { keys: 'Mod+O', run: (shell) => shell.openFiles() }),
  command('check', 'message', { keys: 'Alt+R', enabled: hasMessage, run: ({ bench }) => void judge(bench) }),
  command('cancel', 'message', { run: ({ bench }) => cancel(bench) }),
  command('clear', 'message', { enabled: hasMessage, run: ({ bench }) => clearMessage(bench) }),
  command('made', 'message', { run: ({ bench }) => configure(bench, { clock: { mode: 'made' } }) }),
  command('now', 'message', { run: ({ bench }) => configure(bench, { clock: { mode: 'now' } }) }),
  command('receiver', 'message', { keys: 'Alt+T', run: (shell) => shell.open('receiver') }),
];

const RESULT: readonly Action[] = [
  command('next-finding', 'result', {
    keys: 'F8',
    enabled: hasTrace,
    run: ({ bench }) => moveFinding(currentStand(bench), 1),
  }),
  command('previous-finding', 'result', {
    keys: 'Shift+F8',
    enabled: hasTrace,
    run: ({ bench }) => moveFinding(currentStand(bench), -1),
  }),
  command('failed-only', 'result', {
    enabled: hasTrace,
    ...inLayout(({ traceFilter }) => ({ traceFilter: traceFilter === 'all' ? 'failed' : 'all' })),
  }),
  command('export-report', 'result', { enabled: hasTrace, run: (shell) => shell.exportAs('report') }),
  command('export-html', 'result', { enabled: hasTrace, run: (shell) => shell.exportAs('html') }),
  command('export-trace', 'result', { enabled: hasTrace, run: (shell) => shell.exportAs('trace') }),
];

const KEYS: readonly Action[] = [
  command('add-key', 'keys', { keys: 'Alt+K', run: (shell) => shell.open('key') }),
  command('wipe', 'keys', { run: (shell) => shell.wipe() }),
];

/** Every command of the page, and one for each sample. */
export function actions(
  samples: readonly { readonly id: string; readonly title: string; readonly line: string }[],
): readonly Action[] {
  const ofSamples = samples.map((sample): Action => ({
    id: `sample-${sample.id}`,
    group: COMMAND_GROUPS.samples,
    ...sampleCommand(sample),
    run: (shell) => shell.loadSample(sample.id),
  }));
  return [...FIRST, ...MESSAGE, ...VIEW, ...RESULT, ...KEYS, ...ofSamples];
}

/** Whether a key event is the shortcut; typing in a field only counts with a modifier or a function key. */
export function matchesKeys(keys: string, event: KeyboardEvent, mac: boolean): boolean {
  const parts = keys.split('+');
  const key = parts.at(-1) ?? '';
  const wants = (name: string) => parts.slice(0, -1).includes(name);
  const mod = mac ? event.metaKey : event.ctrlKey;
  if (wants('Mod') !== mod || wants('Alt') !== event.altKey) return false;
  if (key !== '?' && wants('Shift') !== event.shiftKey) return false;
  return (
    event.key.toLowerCase() === key.toLowerCase() ||
    (wants('Alt') && event.code === (/\d/.test(key) ? `Digit${key}` : `Key${key}`))
  );
}

/** A shortcut as the keyboard at hand writes it. */
export function keysForPeople(keys: string, mac: boolean): string {
  return keys
    .replace('Shift+?', '?')
    .split('+')
    .map((part) => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : part === 'Alt' && mac ? '⌥' : part))
    .join(' ');
}

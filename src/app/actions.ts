/** The one list of actions: it feeds menus, the command palette, keyboard shortcuts and the shortcuts dialog. */
import { cancel, configure, judge } from '../state/acts/judging.ts';
import { clearMessage } from '../state/acts/loading.ts';
import { moveFinding } from '../state/acts/navigation.ts';
import { currentStand, type Bench } from '../state/bench.ts';

export type View = 'workbench' | 'keys';

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

export interface Action {
  readonly id: string;
  readonly label: string;
  readonly group: 'Message' | 'View' | 'Result' | 'Keys' | 'Samples';
  readonly keywords?: string;
  /** `Mod` is Ctrl, or Command on a Mac. */
  readonly keys?: string;
  readonly enabled?: (shell: Shell) => boolean;
  run(shell: Shell): void;
}

const hasTrace = ({ bench }: Shell) => currentStand(bench).run.getState().trace !== null;
const hasMessage = ({ bench }: Shell) => currentStand(bench).message.getState().subject !== null;

/** The palette is the way to all others. */
const FIRST: readonly Action[] = [
  { id: 'palette', label: 'Search commands', group: 'View', keys: 'Mod+K', run: (shell) => shell.open('palette') },
];

const VIEW: readonly Action[] = [
  { id: 'workbench', label: 'Workbench', group: 'View', keys: 'Alt+1', run: (shell) => shell.show('workbench') },
  {
    id: 'keys',
    label: 'Keys',
    group: 'View',
    keywords: 'certificates keystore',
    keys: 'Alt+2',
    run: (shell) => shell.show('keys'),
  },
  { id: 'next-pane', label: 'Next pane', group: 'View', keys: 'F6', run: (shell) => shell.moveBetweenPanes(1) },
  {
    id: 'previous-pane',
    label: 'Previous pane',
    group: 'View',
    keys: 'Shift+F6',
    run: (shell) => shell.moveBetweenPanes(-1),
  },
  {
    id: 'theme-light',
    label: 'Light theme',
    group: 'View',
    run: ({ bench }) => bench.layout.setState({ theme: 'light' }),
  },
  {
    id: 'theme-dark',
    label: 'Dark theme',
    group: 'View',
    run: ({ bench }) => bench.layout.setState({ theme: 'dark' }),
  },
  {
    id: 'theme-system',
    label: 'Theme of the system',
    group: 'View',
    run: ({ bench }) => bench.layout.setState({ theme: 'system' }),
  },
  {
    id: 'lay-out',
    label: 'Lay long lines out at their tags, on or off',
    group: 'View',
    keywords: 'wrap pretty',
    run: ({ bench }) => bench.layout.setState((layout) => ({ layOut: !layout.layOut })),
  },
  {
    id: 'explain',
    label: 'Explain every step, on or off',
    group: 'View',
    keywords: 'student help',
    run: ({ bench }) => bench.layout.setState((layout) => ({ explain: !layout.explain })),
  },
  {
    id: 'shortcuts',
    label: 'Keyboard shortcuts',
    group: 'View',
    keys: 'Shift+?',
    run: (shell) => shell.open('shortcuts'),
  },
];

const MESSAGE: readonly Action[] = [
  {
    id: 'paste',
    label: 'Paste a message',
    group: 'Message',
    keywords: 'http mime base64 soap',
    keys: 'Alt+V',
    run: (shell) => shell.open('paste'),
  },
  {
    id: 'open',
    label: 'Open files: message, keystore, request',
    group: 'Message',
    keywords: 'load file',
    keys: 'Mod+O',
    run: (shell) => shell.openFiles(),
  },
  {
    id: 'check',
    label: 'Check again',
    group: 'Message',
    keywords: 'judge verify run',
    keys: 'Alt+R',
    enabled: hasMessage,
    run: ({ bench }) => void judge(bench),
  },
  {
    id: 'cancel',
    label: 'Cancel the run',
    group: 'Message',
    keywords: 'stop',
    run: ({ bench }) => cancel(bench),
  },
  {
    id: 'clear',
    label: 'Clear the message',
    group: 'Message',
    enabled: hasMessage,
    run: ({ bench }) => clearMessage(bench),
  },
  {
    id: 'now',
    label: 'Judge as of now',
    group: 'Message',
    keywords: 'clock time',
    run: ({ bench }) => configure(bench, { clock: { mode: 'now' } }),
  },
  {
    id: 'receiver',
    label: 'Set time and receiver: lifetime, actor, Ids, request, attachments',
    group: 'Message',
    keywords: 'clock skew ttl role attachment cid external',
    keys: 'Alt+T',
    run: (shell) => shell.open('receiver'),
  },
];

const RESULT: readonly Action[] = [
  {
    id: 'next-finding',
    label: 'Next finding',
    group: 'Result',
    keys: 'F8',
    enabled: hasTrace,
    run: ({ bench }) => moveFinding(currentStand(bench), 1),
  },
  {
    id: 'previous-finding',
    label: 'Previous finding',
    group: 'Result',
    keys: 'Shift+F8',
    enabled: hasTrace,
    run: ({ bench }) => moveFinding(currentStand(bench), -1),
  },
  {
    id: 'failed-only',
    label: 'Show failed steps only, or all',
    group: 'Result',
    enabled: hasTrace,
    run: ({ bench }) =>
      bench.layout.setState((layout) => ({ traceFilter: layout.traceFilter === 'all' ? 'failed' : 'all' })),
  },
  {
    id: 'export-report',
    label: 'Export the report as JSON',
    group: 'Result',
    enabled: hasTrace,
    run: (shell) => shell.exportAs('report'),
  },
  {
    id: 'export-html',
    label: 'Export a printable report',
    group: 'Result',
    keywords: 'html',
    enabled: hasTrace,
    run: (shell) => shell.exportAs('html'),
  },
  {
    id: 'export-trace',
    label: 'Export the trace as JSON',
    group: 'Result',
    enabled: hasTrace,
    run: (shell) => shell.exportAs('trace'),
  },
];

const KEYS: readonly Action[] = [
  {
    id: 'add-key',
    label: 'Add a key',
    group: 'Keys',
    keywords: 'certificate keystore secret pem p12 jks',
    keys: 'Alt+K',
    run: (shell) => shell.open('key'),
  },
  {
    id: 'wipe',
    label: 'Wipe: forget message, keys and results',
    group: 'Keys',
    keywords: 'clear delete forget',
    run: (shell) => shell.wipe(),
  },
];

export function actions(
  samples: readonly { readonly id: string; readonly title: string; readonly line: string }[],
): readonly Action[] {
  const ofSamples = samples.map((sample): Action => ({
    id: `sample-${sample.id}`,
    label: `Sample: ${sample.title}`,
    group: 'Samples',
    keywords: sample.line,
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

export function keysForPeople(keys: string, mac: boolean): string {
  return keys
    .replace('Shift+?', '?')
    .split('+')
    .map((part) => (part === 'Mod' ? (mac ? '⌘' : 'Ctrl') : part === 'Alt' && mac ? '⌥' : part))
    .join(' ');
}

/** Words of the workbench's frame: panes, tabs, status bar, and the page without a message. */
import { count, duration, octets } from './figures.ts';

/** Panes of the message, by name. */
export const PANE_TITLES = { original: 'Original', secured: 'Secured', decoded: 'Decoded' } as const;

/** Panes of the message as one chooses among them. */
export const PANE_CHOICE = {
  label: 'Envelope',
  options: { original: 'original', secured: 'secured', decoded: 'decoded' },
} as const;

/** Name of a pane's section. */
export const paneLabel = (title: string): string => `${title} message`;

/** Names of the panes for screen readers that stand in their text. */
export const EDITOR_NAMES = {
  original: 'Original message',
  secured: 'Secured: what protects what',
  decoded: 'Decoded message',
} as const;

/** What a strip beside a line means. */
export const LEGEND = { signed: 'signed', encrypted: 'encrypted', broken: 'broken' } as const;

/** Titles of the tabs. */
export const TABS = {
  trace: 'Trace',
  findings: 'Findings',
  tokens: 'Tokens',
  certificates: 'Certificates',
  proof: 'Proof',
  octets: 'Octets',
  origin: 'Origin',
  explain: 'Explain',
  message: 'Message',
  keys: 'Keys',
} as const;

/** Frame and trace tools. */
export const WORKBENCH = {
  label: 'Workbench',
  left: 'Trace and findings',
  right: 'Evidence',
  resize: (panel: string, next: string) => `Resize ${panel} and ${next}`,
  run: (steps: number, elapsed: number) => `${count(steps)} steps · ${duration(elapsed)}`,
  stepsShown: 'Steps shown',
  stepFilter: { all: 'all', failed: 'failed' },
} as const;

/** The status bar. */
export const STATUS = {
  noMessage: 'no message',
  place: (line: number, column: number, octet: number) =>
    `Ln ${count(line)}, Col ${count(column)} · octet ${count(octet)}`,
  /** The octets `[start, end)` of a canonical form. */
  canonical(start: number, end: number) {
    const last = end - start > 1 ? `–${count(end - 1)}` : '';
    return `canonical octet ${count(start)}${last} · ${count(end - start)} selected`;
  },
  promise: 'nothing has left this page',
} as const;

/** What the engine does. */
export function engineWords(status: string, progress: { readonly what: string } | null, elapsed: number): string {
  if (status === 'running' || status === 'stale') {
    return `engine working${progress ? `: ${progress.what.replaceAll('-', ' ')}` : ''}`;
  }
  if (status === 'defect') return 'engine stopped';
  return `engine idle${elapsed > 0 ? ` · last run ${duration(elapsed)}` : ''}`;
}

/** The size of the message, where no place in it is pointed at. */
export const messageSize = octets;

/** Nothing is loaded. */
export const EMPTY = {
  title: 'Paste, drop or open a message, an HTTP capture or a key',
  text:
    'Several at once is fine: the message, a keystore, the request it answers. They are told apart by their octets ' +
    'and judged here; nothing is sent anywhere.',
  paste: 'Paste a message',
  open: 'Open files',
  samples: 'Or begin with a message of a real stack',
} as const;

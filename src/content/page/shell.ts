/** Words of the shell around every view: top bar, files taken, and our own failure. */
import { date } from './figures.ts';

/** The bar above every view. */
export const TOP_BAR = {
  product: 'WSS Workbench',
  views: 'Views',
  workbench: 'Workbench',
  keys: 'Keys',
  open: 'Open',
  orPaste: 'or paste',
  wipe: 'Wipe',
  wipeTitle: 'Forget message, keys and results',
  more: 'More',
  export: 'Export',
  search: (keys: string) => `Search commands, ${keys}`,
  sample: 'Sample',
  message: 'Message',
  noMessage: 'none',
  /** @param title of the sample; null where the message is the user's own */
  chosen: (title: string | null) => `Sample: ${title ?? 'your own message'}`,
  theme: (now: string) => `Theme: ${now}`,
  changeTheme: (now: string, next: string) => `Theme: ${now}. Change to ${next}`,
} as const;

/** The clock's button. */
export const CLOCK = {
  asOf: 'As of',
  label: (time: string) => `Judged as of ${time}`,
} as const;

/** The time that the message is judged at, for the clock's button. @param judged as of when it was, if it was */
export function clockWords(
  clock: { readonly mode: string; readonly at?: number },
  judged: { readonly instant: string; readonly from: string } | null,
): string {
  if (clock.at !== undefined) return date(clock.at);
  if (clock.mode === 'now') return 'now';
  if (judged === null) return 'when made';
  return judged.from === 'made' ? `${date(Date.parse(judged.instant))}, when made` : 'now';
}

/** The receiver's button. */
export const RECEIVER = {
  name: 'Receiver',
  label: (set: number) => `Receiver: ${set === 0 ? 'nothing set' : `${set} set`}`,
} as const;

/** While files are dragged over the page. */
export const DROP = {
  title: 'Drop to judge here',
  text: 'message, keystore, related request: told apart by their octets',
} as const;

/** What was taken for what, for who does not see it. */
export function loadedWords(report: {
  readonly message: string | null;
  readonly request: string | null;
  readonly keys: readonly string[];
  readonly left: readonly string[];
}): string {
  const { message, request, keys, left } = report;
  const parts = [
    ...(message === null ? [] : [`message ${message}`]),
    ...(request === null ? [] : [`request ${request}`]),
    ...(keys.length > 0 ? [keys.length === 1 ? `key file ${keys[0]}` : `${keys.length} key files`] : []),
  ];
  const loaded = parts.length > 0 ? `Loaded ${parts.join(', ')}.` : '';
  return `${loaded}${left.length > 0 ? ` Left aside: ${left.join(', ')}; one message is judged at a time.` : ''}`;
}

/** The page itself broke. */
export const PAGE_BROKEN = {
  title: 'This is our bug.',
  text: 'The page stopped drawing. Your message was not changed, and nothing has left this page.',
  again: 'Draw again',
  copy: 'Copy report, without the message',
  save: 'Save the message',
} as const;

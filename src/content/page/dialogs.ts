/** Words of menus and dialogs: nothing of them is needed before somebody opens one. */

/** The command palette. */
export const PALETTE = {
  title: 'Commands',
  search: 'Search commands and samples',
  none: 'No command with these words.',
} as const;

/** The list of shortcuts. */
export const SHORTCUTS = {
  title: 'Keyboard shortcuts',
  /** Keys within trees, grids and editors, and what they do. */
  within: [
    ['↑ ↓ ← →', 'walk the trace; open and fold a step'],
    ['letters', 'jump to a step that begins so'],
    ['*', 'open every step'],
    ['↑ ↓ ← → with Shift', 'select octets'],
    ['Ctrl G', 'go to an octet'],
    ['Esc', 'leave an editor, close a dialog'],
  ],
} as const;

/** The dialog that takes text. */
export const PASTE = {
  title: 'Paste a message or a key',
  what: 'XML, an HTTP dump, MIME multipart, base64, PEM or JWK',
  warning:
    'Text from a log or a viewer may have been formatted on the way. Where octets matter, open the file itself, or ' +
    'paste it as base64.',
  cancel: 'Cancel',
  judge: 'Judge it',
} as const;

/** An item of a menu, and what it gives or takes. */
export interface ItemWords {
  readonly title: string;
  readonly text: string;
}

/** Menus and their short items. */
export const MENUS = {
  samples: 'Samples',
  sampleGroups: { sound: 'Sound', broken: 'Broken', between: 'In between' },
  open: 'Open or paste',
  export: 'Export',
  more: 'More',
  commands: 'All commands',
  wipe: 'Wipe everything',
  light: 'Light theme',
  dark: 'Dark theme',
  now: (set: boolean) => `Judge as of now${set ? ' (set)' : ''}`,
} as const;

/** Items of menus with what each gives or takes. */
export const MENU_ITEMS = {
  files: { title: 'Open files', text: 'message, keystore, request: several at once' },
  paste: { title: 'Paste', text: 'XML, HTTP dump, MIME, base64, or a key' },
  report: { title: 'Report as JSON', text: 'the same as the command’s --json' },
  html: { title: 'Printable report', text: 'one HTML file, without scripts' },
  trace: { title: 'Trace as JSON', text: 'every step; no octets, no secrets' },
  receiver: { title: 'Time and receiver', text: 'clock, lifetime, actor, request, attachments' },
} as const satisfies Readonly<Record<string, ItemWords>>;

/** Title of the dialog that asks for a missing key. */
export const ADD_KEY = 'Add a key';

/** The choice of the time. */
export const CLOCK_FORM = {
  legend: 'Judge as of',
  now: 'now',
  /** @param made when that was, where the message says */
  made: (made: number | null) =>
    `when the message was made${made === null ? '' : ` (${new Date(made).toISOString().replace('.000', '')})`}`,
  custom: 'another time',
  time: 'Time, UTC',
  tolerance: 'Tolerance for clocks, in seconds',
} as const;

/** What the receiver demands. */
export const RECEIVER_FORM = {
  title: 'The receiver',
  popup: 'Receiver',
  dialog: 'Time and receiver',
  lifetime: 'Longest lifetime of a Timestamp, in seconds',
  anyLifetime: 'as long as the message says',
  actor: 'Actor or role URI',
  noActor: 'ultimate receiver',
  ids: 'Further attributes that are Ids',
  knownIds: 'besides wsu:Id, xml:id, Id, ID, id, AssertionID',
} as const;

/** The request that the message answers. */
export const REQUEST_FORM = {
  label: 'Related request',
  title: 'Request that the message answers',
  add: 'Add the request',
  remove: (name: string) => `Remove the request ${name}`,
} as const;

/** Octets kept elsewhere. */
export const ATTACHMENTS_FORM = {
  label: 'Attachments',
  title: 'Attachments and external octets',
  name: (number: number) => `Content-ID or URI of attachment ${number}`,
  add: 'Add files',
  remove: (name: string) => `Remove ${name}`,
  naming: 'Name each as the message does: its Content-ID, or the URI of the reference.',
} as const;

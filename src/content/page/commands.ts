/** Commands by id: what each is called, and words that find it in the palette beside its name. */

/** A command's name, and further words that find it. */
export interface CommandWords {
  readonly label: string;
  readonly keywords?: string;
}

/** Headings of the commands. */
export const COMMAND_GROUPS = {
  message: 'Message',
  view: 'View',
  result: 'Result',
  keys: 'Keys',
  samples: 'Samples',
} as const;

/** Words of every command but those of samples. */
export const COMMANDS = {
  palette: { label: 'Search commands' },
  workbench: { label: 'Workbench' },
  keys: { label: 'Keys', keywords: 'certificates keystore' },
  'next-pane': { label: 'Next pane' },
  'previous-pane': { label: 'Previous pane' },
  'theme-light': { label: 'Light theme' },
  'theme-dark': { label: 'Dark theme' },
  'theme-system': { label: 'Theme of the system' },
  'lay-out': { label: 'Lay long lines out at their tags, on or off', keywords: 'wrap pretty' },
  explain: { label: 'Explain every step, on or off', keywords: 'student help' },
  shortcuts: { label: 'Keyboard shortcuts' },
  paste: { label: 'Paste a message', keywords: 'http mime base64 soap' },
  open: { label: 'Open files: message, keystore, request', keywords: 'load file' },
  check: { label: 'Check again', keywords: 'judge verify run' },
  cancel: { label: 'Cancel the run', keywords: 'stop' },
  clear: { label: 'Clear the message' },
  made: { label: 'Judge as of when the message was made', keywords: 'clock time created' },
  now: { label: 'Judge as of now', keywords: 'clock time' },
  receiver: {
    label: 'Set time and receiver: lifetime, actor, Ids, request, attachments',
    keywords: 'clock skew ttl role attachment cid external',
  },
  'next-finding': { label: 'Next finding' },
  'previous-finding': { label: 'Previous finding' },
  'failed-only': { label: 'Show failed steps only, or all' },
  'export-report': { label: 'Export the report as JSON' },
  'export-html': { label: 'Export a printable report', keywords: 'html' },
  'export-trace': { label: 'Export the trace as JSON' },
  'add-key': { label: 'Add a key', keywords: 'certificate keystore secret pem p12 jks' },
  wipe: { label: 'Wipe: forget message, keys and results', keywords: 'clear delete forget' },
} as const satisfies Readonly<Record<string, CommandWords>>;

/** Ids of the commands, samples apart. */
export type CommandId = keyof typeof COMMANDS;

/** The command that loads a sample. */
export function sampleCommand(sample: { readonly title: string; readonly line: string }): CommandWords {
  return { label: `Sample: ${sample.title}`, keywords: sample.line };
}

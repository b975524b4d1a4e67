/** Words of controls that know nothing of messages: marks, dialogs, octets one by one. */

/** What a mark means, for who does not see its shape. */
export const MARK_WORDS = {
  pass: 'passed',
  fail: 'failed',
  warn: 'warning',
  unknown: 'not judged',
  none: 'none',
  skipped: 'skipped',
  encrypted: 'encrypted',
} as const;

/** Labels of dialogs and lists. */
export const CONTROL_WORDS = {
  close: 'Close',
  lines: (label: string) => `${label}, lines`,
} as const;

/** Names of octets that text hides or cannot show. */
export const OCTET_NAMES = {
  lineFeed: 'LF',
  carriageReturn: 'CR',
  tab: 'tab',
  space: 'space',
  byteOrderMark: 'byte order mark',
  noBreakSpace: 'no-break space',
  notAscii: 'not ASCII',
} as const;

/** The field that asks for an octet. */
export const GO_TO = {
  octet: 'Go to octet',
  /** Both forms that are understood. */
  example: '1201 or 0x4b1',
} as const;

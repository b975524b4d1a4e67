/** The report of our own defect: it holds the error and sizes, never the message. */

/** Buttons of the report. */
export const DEFECT = {
  copy: 'Copy report',
  copied: 'Copied',
  again: 'Try again',
} as const;

/** The report as text, a line a fact. */
export function defectReport(defect: {
  readonly message: string | undefined;
  readonly stack: string | undefined;
  readonly octets: number;
  readonly keyFiles: number;
  readonly browser: string;
}): string {
  return [
    'WSS Workbench defect',
    `error: ${defect.message ?? 'unknown'}`,
    defect.stack ?? '',
    `message: ${defect.octets} octets (not included)`,
    `key files: ${defect.keyFiles}`,
    `browser: ${defect.browser}`,
  ].join('\n');
}

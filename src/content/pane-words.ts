/** Words of the three panes: what each shows, the notes beside elements, and how the octets arrived. */

/** `1 part`, `3 parts`. */
const parts = (count: number): string => (count === 1 ? '1 part' : `${count} parts`);

/** Labels of the panes. */
export const PANE = {
  noMessage: 'No message.',
  notJudgedYet: 'Shown when the message is judged.',
  secured: 'the envelope, and what protects what',
  notXml: 'Nothing could be read as XML.',
  noSignature: 'no signature',
  decoded: 'as the application would see it',
  decodedInPart: 'as far as it can be read; an application sees nothing of it',
  nothingDecoded: 'An application would see nothing: the message cannot be read.',
  edited: 'edited here',
  received: 'as received',
  oneLine: 'one line',
  mixedLineEnds: 'mixed line ends',
  withBom: (encoding: string) => `${encoding} with BOM`,
  stillEncrypted: (sealed: number, opened: number) =>
    `${parts(sealed)} still encrypted${opened > 0 ? `, ${opened} decrypted` : ''}`,
  decrypted: (opened: number) => `${parts(opened)} decrypted`,
} as const;

/** Notes beside elements. */
export const NOTE = {
  ultimateReceiver: 'ultimate receiver',
  actor: (actor: string, ours: boolean) => `actor ${actor}${ours ? ', ours' : ', not ours'}`,
  notComputed: 'not computed',
  notJudged: 'not judged',
  value: { pass: 'value ✓', fail: 'value ✕', unknown: 'value not judged' },
  opened: { pass: ' · opened', fail: ' · does not open', unknown: '' },
  unprotected: (encrypted: boolean) => (encrypted ? 'encrypted, not signed' : 'unprotected'),
} as const;

/** What a signature says about an element that it names. */
export function protectionWords(meaning: 'signed' | 'broken' | 'unknown', signature: string): string {
  return {
    signed: `signed by ${signature}`,
    broken: `signed by ${signature}, broken`,
    unknown: `named by ${signature}, not judged`,
  }[meaning];
}

/** Words of the three panes: what each shows, the notes beside elements, and how the octets arrived. */

import { count, counted, octets } from './page/figures.ts';

/** `1 part`, `3 parts`. */
const parts = (number: number): string => counted(number, 'part');

/** Labels of the panes. */
export const PANE = {
  noMessage: 'No message.',
  notJudgedYet: 'Shown when the message is judged.',
  secured: 'the envelope, and what protects what',
  notXml: 'Nothing could be read as XML.',
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
  size: octets,
  attachments: (number: number) => counted(number, 'attachment'),
  /** `1 signature · 2 encrypted` */
  protection(signatures: number, encrypted: number): string {
    const signed = signatures === 0 ? 'no signature' : counted(signatures, 'signature');
    return encrypted > 0 ? `${signed} · ${encrypted} encrypted` : signed;
  },
  /** In place of characters that are not drawn. */
  folded: (characters: number) => `… ${count(characters)} characters`,
} as const;

/** Notes beside elements. */
export const NOTE = {
  ultimateReceiver: 'ultimate receiver',
  actor: (actor: string, ours: boolean) => `actor ${actor}${ours ? ', ours' : ', not ours'}`,
  notComputed: 'not computed',
  notJudged: 'not judged',
  value: { pass: 'value ✓', fail: 'value ✕', unknown: 'value not judged' },
  opened: { pass: ' · opened', fail: ' · does not open', unknown: '' },
  encrypted: 'encrypted',
  /** What a certificate is of, and the signatures that its key made. */
  certificate: (subject: string | undefined, signatures: readonly string[]) =>
    `CN=${subject ?? '?'}${signatures.length > 0 ? ` · signs ${signatures.join(', ')}` : ''}`,
  unprotected: (encrypted: boolean) => (encrypted ? 'encrypted, not signed' : 'unprotected'),
} as const;

/** Labels of marks for what is encrypted, or was. */
export const ENCRYPTED = {
  sealed: 'encrypted',
  /** @param id of the EncryptedData */
  opened: (id: string | null) => (id ? `decrypted from ${id}` : 'decrypted'),
} as const;

/** What is said of an attachment, each with a dot between: nothing of it is in the text. */
export function attachmentWords(
  attachment: { readonly mediaType: string; readonly size: number; readonly name: string },
  signed: boolean,
): string {
  const { mediaType, size, name } = attachment;
  return ['attachment', mediaType, octets(size), signed ? 'signed' : '', name]
    .filter((part) => part !== '')
    .join(' · ');
}

/** The octets of a step before any transform. */
export const FIRST_STAGE = 'Original';

/** What a signature says about an element that it names. */
export function protectionWords(meaning: 'signed' | 'broken' | 'unknown', signature: string): string {
  return {
    signed: `signed by ${signature}`,
    broken: `signed by ${signature}, broken`,
    unknown: `named by ${signature}, not judged`,
  }[meaning];
}

/** Words of the tokens and of the certificate paths. */

/** The tokens panel. */
export const TOKENS = {
  notJudgedYet: 'Tokens appear here when the message is judged.',
  none: 'No token in the Security header.',
  certificate: 'certificate',
  at: 'at',
} as const;

/** The certificates panel. */
export const PATHS = {
  notJudgedYet: 'Certificates appear here when the message is judged.',
  none: 'No certificate in the message or in the key files.',
  others: (paths: number) => (paths > 0 ? 'Other certificates met' : 'Certificates met'),
  /** @param subject null where the certificate at its end is not known */
  label: (subject: string | null) => `Path of ${subject ?? 'a certificate'}`,
  of: 'Path of',
  left: (candidates: number) => (candidates === 1 ? '1 candidate left aside' : `${candidates} candidates left aside`),
  trusted: 'trusted by you',
  selfIssued: 'self-issued',
  /** @param sha1 hex */
  fingerprint: (sha1: string) => `SHA-1 ${sha1.slice(0, 16)}…`,
  certificate: (subject: string) => `Certificate ${subject}`,
} as const;

/** Findings for which a message is refused, whatever else holds of it (docs/command.md, "The headline"). */

/**
 * What one receiver reads in one way and another in another: what was verified need not be what is used, whichever
 * reading was judged here.
 */
export const AMBIGUOUS_CODES: ReadonlySet<string> = new Set([
  'mime-field-repeated',
  'mime-encoding-unknown',
  'mime-delimiter-lookalike',
  'multipart-content-id-repeated',
  'multipart-root-not-found',
  'container-ambiguous',
  'xop-include-malformed',
  // Several Security headers, or several Timestamps in one, for one receiver (SMS §5, §10).
  'XSW-14',
  'R3227',
]);

/** With what is refused by itself: a signature that anybody can guess, a program, an element named twice. */
export const REFUSING_CODES: ReadonlySet<string> = new Set([
  ...AMBIGUOUS_CODES,
  'SIG-07',
  'KEY-04',
  'dup-id',
  'doctype-or-entity-refused',
  'xslt-refused',
]);

/** Words for the envelope, the Security headers and the tokens in them. */
import type { TokenFindings } from '../../engine/trace/finding-data/tokens.ts';
import type { FindingCatalogue } from './catalogue.ts';
import { ENVELOPE_FINDINGS } from './tokens/envelope.ts';
import { OTHER_TOKEN_FINDINGS } from './tokens/other-tokens.ts';
import { TIMESTAMP_FINDINGS } from './tokens/timestamp.ts';
import { USERNAME_TOKEN_FINDINGS } from './tokens/username-token.ts';

/** By code, each with the data that its code carries. */
export const TOKEN_FINDINGS: FindingCatalogue<TokenFindings> = {
  ...ENVELOPE_FINDINGS,
  ...TIMESTAMP_FINDINGS,
  ...USERNAME_TOKEN_FINDINGS,
  ...OTHER_TOKEN_FINDINGS,
};

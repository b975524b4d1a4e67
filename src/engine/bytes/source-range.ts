/**
 * Positions: half-open octet ranges in a named space. Line and column exist only at the edge (docs/design.md, "Data
 * types").
 */

/** The id of an octet space: `"input"`, a derived space such as `"s12"`, a decrypted fragment or an attachment. */
export type SpaceId = string;

/** The octets as they arrived. */
export const INPUT_SPACE: SpaceId = 'input';

/** Half-open `[start, end)` in octets of `space`. */
export interface SourceRange {
  readonly space: SpaceId;
  readonly start: number;
  readonly end: number;
}

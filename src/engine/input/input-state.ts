/** What taking wrappings off knows on its way, and tells. */
import type { Attachment } from '../attachments/attachment.ts';
import type { Budget } from '../bytes/budget.ts';
import type { Inflated } from './inflate.ts';
import type { Piece } from './input-piece.ts';
import type { PlacedProblem } from './placed-problem.ts';
import type { ContainerCode, OpenedContainer } from './signed-container.ts';

/** A kind of wrapping taken off, outermost first. */
export type Wrapping =
  | 'http'
  | 'chunked'
  | 'multipart'
  | 'base64'
  | 'deflate'
  | 'quoted-printable'
  | 'mime-part'
  | 'zip'
  | 'signed-mark';

/** What could not be opened, or is worth a word. */
export type InputProblem = PlacedProblem<InputCode>;

/** What is wrong with the way a message is wrapped. */
export type InputCode =
  | ContainerCode
  | 'input-compressed'
  | 'multipart-without-parts'
  | 'multipart-content-id-repeated'
  | 'multipart-root-not-found'
  | 'mime-field-repeated'
  | 'mime-encoding-unknown'
  | 'mime-delimiter-lookalike'
  | 'http-length-differs';

/** Opens a ZIP archive: a chunk of its own, for few messages come in one. */
export type ContainerOpener = (piece: Piece, budget: Budget) => OpenedContainer;

/** What few inputs need: chunks of their own. */
export interface Openers {
  /** Null where the input is no archive. */
  readonly container: ContainerOpener | null;
  /** Raw DEFLATE in base64; null where the input is markup as it stands. */
  readonly inflate: ((input: Uint8Array, longest: number) => Inflated) | null;
}

/** Filled round by round. */
export interface InputState {
  readonly wrappings: Wrapping[];
  readonly problems: InputProblem[];
  readonly parts: Map<string, Attachment>;
  charset: string | null;
  readonly budget: Budget;
  readonly openers: Openers;
}

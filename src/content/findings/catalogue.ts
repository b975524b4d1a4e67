/** Words for findings, one module a room; the engine itself speaks in codes and data. */
import type { Data } from '../../engine/trace/trace.ts';

export interface FindingWords {
  /** A headline without full stop: "The Body was re-indented after it was signed". */
  title(data: Data): string;
  /** One or two plain sentences: what is wrong, on which evidence, who must change what. */
  message(data: Data): string;
  /** A paragraph for those who want to know why; no HTML. */
  explain?: string;
  /** What to do, by stack or party: `{ "WSS4J": "…", "sender": "…" }`. */
  fixes?: Readonly<Record<string, string>>;
}

export type FindingCatalogue = Readonly<Record<string, FindingWords>>;

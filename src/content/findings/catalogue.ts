/** Words for findings, one module a room; the engine itself speaks in codes and data. */

/** @typeParam Carries the data of the code, from `engine/trace/finding-data.ts`: the words can ask for nothing else */
export interface FindingWords<Carries> {
  /** A headline without full stop: "The Body was re-indented after it was signed". */
  readonly title: (data: Carries) => string;
  /** One or two plain sentences: what is wrong, on which evidence, who must change what. */
  readonly message: (data: Carries) => string;
  /** A paragraph for those who want to know why; no HTML. */
  readonly explain?: string;
  /** What to do, by stack or party: `{ "WSS4J": "…", "sender": "…" }`. */
  readonly fixes?: Readonly<Record<string, string>>;
}

/** Words for every code of a room. */
export type FindingCatalogue<Findings> = { readonly [Code in keyof Findings]: FindingWords<Findings[Code]> };

/** Words that are the same whatever the data. */
export const fixedWords = (title: string, message: string): FindingWords<unknown> => ({
  title: () => title,
  message: () => message,
});

/** A value of a finding's data as text; `otherwise` where there is none, or an empty one. */
export function said(
  value: string | number | boolean | null | undefined | readonly string[],
  otherwise: string = '',
): string {
  if (value === null || value === undefined) return otherwise;
  return (typeof value === 'object' ? value.join(', ') : String(value)) || otherwise;
}

/**
 * Large answers travel in parts: the page takes each in a task of its own, and stays responsive while thousands of
 * steps arrive.
 */

/** Items of one part: few milliseconds of the page's time, even where each is a finding with all its evidence. */
const PART = 250;
/** Members of members of members: where the lists of an answer stand. */
const DEPTH = 3;

/** Some items of the list that stands at `path` of an answer. */
export interface AnswerPart {
  readonly path: readonly string[];
  readonly items: readonly unknown[];
}

const isPlain = (value: unknown): value is Readonly<Record<string, unknown>> =>
  typeof value === 'object' && value !== null && Object.getPrototypeOf(value) === Object.prototype;

/** The answer with its long lists empty, and what they hold in the order in which it is to be put back. */
export function cutIntoParts(answer: unknown): { readonly rest: unknown; readonly parts: readonly AnswerPart[] } {
  const parts: AnswerPart[] = [];
  const cut = (value: unknown, path: readonly string[]): unknown => {
    if (Array.isArray(value)) {
      if (value.length <= PART) return value;
      for (let at = 0; at < value.length; at += PART) parts.push({ path, items: value.slice(at, at + PART) });
      return [];
    }
    if (!isPlain(value) || path.length >= DEPTH) return value;
    return Object.fromEntries(Object.entries(value).map(([name, member]) => [name, cut(member, [...path, name])]));
  };
  return { rest: cut(answer, []), parts };
}

/** Puts one part back. `rest` is the page's own copy of the answer, and is changed. */
export function putBack(rest: unknown, { path, items }: AnswerPart): unknown {
  let list: unknown = rest;
  for (const name of path) list = isPlain(list) ? list[name] : undefined;
  if (Array.isArray(list)) for (const item of items) list.push(item);
  return rest;
}

/** Rows of the tables: a row leaves out what most algorithms have alike. */
import type { SpecCitation } from '../trace/trace.ts';
import type { Algorithm, AlgorithmKind, Support } from './algorithm.ts';

/** An algorithm as a table writes it: `current`, supported, without digest, scheme and bits unless the row says so. */
export type AlgorithmRow = Pick<Algorithm, 'uri' | 'name' | 'citation'> & Partial<Omit<Algorithm, 'kind'>>;

const YES: Support = { verdict: 'yes', why: null };

/** The rows as algorithms of one kind. */
export function ofKind(kind: AlgorithmKind, rows: readonly AlgorithmRow[]): readonly Algorithm[] {
  return rows.map((row) => ({
    strength: 'current',
    support: YES,
    digest: null,
    scheme: null,
    bits: null,
    ...row,
    kind,
  }));
}

/** Known by name only; `why` is a code with words in `src/content`. */
export const no = (why: string): Support => ({ verdict: 'no', why });

/** Done within a bound that `why`, a code with words in `src/content`, names. */
export const partial = (why: string): Support => ({ verdict: 'partial', why });

/** A clause of a specification, by the specification's short name. */
export const cite = (spec: string, section: string): SpecCitation => ({ spec, section });

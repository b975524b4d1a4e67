/** Canonicalization methods and xml:base values for the differential tests. */
import { C14N_10, C14N_11, EXCLUSIVE_C14N } from '../../../src/engine/algorithms/identifiers.ts';
import type { Random } from '../xml/generate-document.ts';

export const METHOD_URIS = [
  C14N_10,
  `${C14N_10}#WithComments`,
  C14N_11,
  `${C14N_11}#WithComments`,
  EXCLUSIVE_C14N,
  `${EXCLUSIVE_C14N}WithComments`,
] as const;

/** Prefixes that the generator uses, one that it does not, and the default. */
const LISTED = ['', 'a', 'b', 'soap', 'p', 'q', 'n-1', 'é', 'unused', 'xml'] as const;

export function randomPrefixList(random: Random): string[] {
  if (random.chance(50)) return [];
  return [...new Set(Array.from({ length: 1 + random.below(4) }, () => random.pick(LISTED)))];
}

/** Those that libxml2 joins as the specification says: the others are in DIFFERENCES.md L2, L4 and L5. */
const SIMPLE_BASES = ['http://example.org/', 'http://example.org/a/b/c', 'x/', 'x/y', '/root/', 'q?a=1'] as const;

export const ALL_BASES = [
  ...SIMPLE_BASES,
  '',
  '.',
  './',
  '..',
  '../',
  '../z',
  'z/../w',
  'urn:u',
  '//h/x',
  'a//b',
  'q#f',
] as const;

/** The generator's xml:base is always the same and absolute: others take its place. */
export function withRelativeBases(text: string, random: Random, bases: readonly string[] = SIMPLE_BASES): string {
  return text.replace(
    /(xml:base\s*=\s*["'])http:\/\/example\.org\//g,
    (_, before: string) => before + random.pick(bases),
  );
}

/**
 * The words of findings as a chunk of its own, for what stands on the first screen: a message without findings is judged
 * and shown before they are there. Whoever shows a finding loads them first.
 */
import type { Finding } from '../../engine/trace/trace.ts';

type Words = Pick<typeof import('./index.ts'), 'findingTitle' | 'findingMessage'>;

const NONE: Words = { findingTitle: (finding) => finding.code, findingMessage: (finding) => finding.code };

let words = NONE;

/** Resolves when the words are there, or when they cannot be had: codes stand in their place then. */
export async function loadFindingWords(): Promise<void> {
  if (words !== NONE) return;
  words = await import('./index.ts').catch(() => NONE);
}

/** As {@link loadFindingWords} found them. */
export function findingTitle(finding: Pick<Finding, 'code' | 'data'>): string {
  return words.findingTitle(finding);
}

/** The code in its place until the words are there. */
export function findingMessage(finding: Pick<Finding, 'code' | 'data'>): string {
  return words.findingMessage(finding);
}

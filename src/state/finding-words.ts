/** Title, message and reasons of a finding from the catalogues; a code without words is shown with its data. */
import { findingWords as catalogued } from '../content/findings/index.ts';
import type { Finding } from '../engine/trace/trace.ts';

export interface WordsOfFinding {
  readonly title: string;
  readonly message: string;
  readonly explain: string | null;
}

export function findingWords(finding: Pick<Finding, 'code' | 'data'>): WordsOfFinding {
  const words = catalogued(finding.code);
  if (!words) {
    const facts = Object.entries(finding.data)
      .map(([name, value]) => `${name}: ${Array.isArray(value) ? value.join(', ') : String(value)}`)
      .join(' · ');
    return { title: finding.code.replaceAll('-', ' '), message: facts, explain: null };
  }
  return { title: words.title(finding.data), message: words.message(finding.data), explain: words.explain ?? null };
}

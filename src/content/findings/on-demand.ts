/**
 * The words of findings as a chunk of its own, for what stands on the first screen: a message without findings is judged
 * and shown before they are there. Whoever shows a finding loads them first.
 */
import type { Finding } from '../../engine/trace/trace.ts';

type Worded = Pick<Finding, 'code' | 'data'>;

/** Words that may still have to come. The page has one of these, in its bench. */
export interface FindingWordsOnDemand {
  /** Resolves when the words are there, or when they cannot be had: codes stand in their place then. */
  load(): Promise<void>;
  title(finding: Worded): string;
  message(finding: Worded): string;
}

/** Words of which nothing is loaded yet; asked for again where they did not come. */
export function findingWordsOnDemand(): FindingWordsOnDemand {
  let loaded: typeof import('./index.ts') | null = null;
  return {
    load: async () => {
      loaded ??= await import('./index.ts').catch(() => null);
    },
    title: (finding) => loaded?.findingTitle(finding) ?? finding.code,
    message: (finding) => loaded?.findingMessage(finding) ?? finding.code,
  };
}

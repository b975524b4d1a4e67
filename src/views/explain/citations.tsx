/** Clauses of specifications, as links. */
import { citationText, citationUrl } from '../../content/citations.ts';
import type { SpecCitation } from '../../engine/trace/trace.ts';

/** Addresses come from our own table of specifications, never from a message; they open outside, on a click. */
export function Citations({ citations }: { readonly citations: readonly SpecCitation[] }) {
  return (
    <>
      {citations.map((citation) => {
        const url = citationUrl(citation);
        return (
          <span key={`${citation.spec}${citation.section}`} className="citation">
            {url ? (
              <a href={url} target="_blank" rel="noopener noreferrer">
                {citationText(citation)}
              </a>
            ) : (
              citationText(citation)
            )}
          </span>
        );
      })}
    </>
  );
}

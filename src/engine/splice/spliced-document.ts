/** A document with octets of it replaced, parsed again, every place still told where it was before. */
import type { Budget } from '../bytes/budget.ts';
import { OriginIndex } from '../bytes/origin-index.ts';
import type { OriginSegment } from '../bytes/origin-map.ts';
import type { XmlDocument } from '../xml/document.ts';
import { parseXml } from '../xml/parse.ts';
import { spliceOctets, spliceOrigin, type Splice } from './octet-splice.ts';

/** The document after the splices; not well-formed where they made it so. */
export interface SplicedDocument {
  /** Its ranges are those of the document that was spliced. */
  readonly document: XmlDocument;
  readonly wellFormed: boolean;
  /** Octets of `document` to octets of the one before. */
  readonly segments: readonly OriginSegment[];
}

/** @param splices of `source.octets`, as {@link spliceOctets} takes them; `budget` is spent on the new parse */
export function spliceDocument(source: XmlDocument, splices: readonly Splice[], budget: Budget): SplicedDocument {
  const segments = spliceOrigin(splices, { start: 0, end: source.octets.length });
  // The octets are UTF-8, whatever the declaration says.
  const { document, wellFormed } = parseXml(spliceOctets(source.octets, splices), {
    budget,
    externalEncoding: 'UTF-8',
  });
  const origin = new OriginIndex(segments);
  const range = (start: number, end: number) => {
    const before = origin.sourceOf(start, end);
    return source.range(before.start, before.end);
  };
  return { document: { ...document, range }, wellFormed, segments };
}

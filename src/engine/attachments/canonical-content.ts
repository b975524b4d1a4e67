/** Content canonicalization of attachments by their media type (SWA 1.1 §5.4.2 to §5.4.4). */
import { EXCLUSIVE_C14N } from '../algorithms/identifiers.ts';
import type { Budget } from '../bytes/budget.ts';
import { copiedOrigin, OriginBuilder, type OriginMap, type OriginSegment } from '../bytes/origin-map.ts';
import type { SpaceId } from '../bytes/source-range.ts';
import type { CanonicalizationMethod } from '../canonicalization/canonicalize-types.ts';
import { canonicalize } from '../canonicalization/canonicalize.ts';
import { parseXml } from '../xml/parse.ts';

const EXCLUSIVE: CanonicalizationMethod = {
  uri: EXCLUSIVE_C14N,
  family: 'exclusive-1.0',
  comments: false,
  inclusivePrefixes: [],
};

/** How the content of a media type becomes the octets that are digested. */
export type ContentForm = 'xml' | 'text' | 'octets';

/** Canonical octets, and where each of them came from, which is computed when it is asked for. */
export interface CanonicalContent {
  readonly octets: Uint8Array;
  readonly form: ContentForm;
  readonly origin: () => OriginMap;
}

/** @param type the Content-Type field; null where nothing is known, which leaves the octets alone */
export function contentForm(type: string | null): ContentForm {
  if (type === null) return 'octets';
  if (/^(?:text|application)\/xml/i.test(type) || /^(?:application|image)\/[^;]*\+xml/i.test(type)) return 'xml';
  return /^text\//i.test(type) ? 'text' : 'octets';
}

/** Null where content that calls itself XML is none. @param space the space that `octets` are registered under */
export function canonicalContent(
  octets: Uint8Array,
  form: ContentForm,
  space: SpaceId,
  budget: Budget,
): CanonicalContent | null {
  switch (form) {
    case 'octets':
      return {
        octets,
        form,
        origin: () => ({ source: space, segments: copiedOrigin(octets.length) }),
      };
    case 'text': {
      const written = withLineEnds(octets);
      budget.spend('derivedOctets', written.length);
      // A segment a line: made when a view asks, for a part may be signed many times.
      return { octets: written, form, origin: () => ({ source: space, segments: lineEndSegments(octets) }) };
    }
    case 'xml': {
      const { document, wellFormed } = parseXml(octets, { budget, space });
      if (!wellFormed) return null;
      // Exclusive, without comments, no prefix list (§5.4.2).
      const canonical = canonicalize(
        { type: 'subtree', document, apex: 0, comments: false, excluded: [] },
        EXCLUSIVE,
        budget,
      );
      return { octets: canonical.octets, form, origin: () => canonical.origin() };
    }
  }
}

/** Every line end, CR, LF or both, becomes CRLF (§5.4.3; RFC 2046 §4.1.1). */
export function withLineEnds(octets: Uint8Array): Uint8Array {
  let bare = 0;
  for (let at = 0; at < octets.length; at++) {
    if ((octets[at] === 0x0a && octets[at - 1] !== 0x0d) || (octets[at] === 0x0d && octets[at + 1] !== 0x0a)) bare++;
  }
  if (bare === 0) return octets;
  const out = new Uint8Array(octets.length + bare);
  let to = 0;
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at] ?? 0;
    if (octet !== 0x0d && octet !== 0x0a) {
      out[to++] = octet;
      continue;
    }
    if (octet === 0x0d && octets[at + 1] === 0x0a) at++;
    out[to++] = 0x0d;
    out[to++] = 0x0a;
  }
  return out;
}

/** Where the octets of {@link withLineEnds} came from. */
function lineEndSegments(octets: Uint8Array): readonly OriginSegment[] {
  const origin = new OriginBuilder();
  let from = 0;
  for (let at = 0; at < octets.length; at++) {
    const octet = octets[at];
    if (octet === 0x0d && octets[at + 1] === 0x0a) at++;
    else if (octet === 0x0d || octet === 0x0a) {
      origin.copy(from, at);
      origin.rewrite(2, at, at + 1);
      from = at + 1;
    }
  }
  origin.copy(from, octets.length);
  return origin.segments;
}

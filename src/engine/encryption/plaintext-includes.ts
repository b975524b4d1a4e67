/**
 * xop:Include elements inside decrypted content, with their parts in place: what is verified and shown is the infoset
 * (XOP 1.0 §3.2, §4.2).
 */
import { attachmentOf, givenAttachments } from '../attachments/attachment.ts';
import { findIncludes, includeSplices } from '../attachments/xop-include.ts';
import { Budget } from '../bytes/budget.ts';
import { concatOctets } from '../bytes/octets.ts';
import { OriginIndex } from '../bytes/origin-index.ts';
import { encodeUtf8 } from '../bytes/utf8.ts';
import { spliceOctets, spliceOrigin } from '../splice/octet-splice.ts';
import { XENC, XOP } from '../xml/namespaces.ts';
import type { OpenStep } from '../trace/recorder.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import { attributeValue, descendantElementsNamed, elementPath, endOf, startOf } from '../xml/navigate.ts';
import { parseXml } from '../xml/parse.ts';
import type { DecryptionContext } from './decryption-context.ts';
import { contextStartTag, CONTEXT_END_TAG, type PlacedPlaintext } from './plaintext-placement.ts';

const NAME = encodeUtf8('Include');
/** Ranges shown of a long list. */
const SHOWN = 20;

/**
 * Plaintext whose xop:Include elements gave way to the base64 of their parts, an Include's place for any of its base64.
 * Null where it has no Include whose part is there. Missing parts are told in `step`, by their place in
 * `space`.
 * @param skip octets at the plaintext's start that do not stand in the document
 */
export function expandPlaintext(
  replaced: NodeIndex,
  plaintext: Uint8Array,
  skip: number,
  space: string,
  context: DecryptionContext,
  step: OpenStep,
): PlacedPlaintext | null {
  const { document, budget, external } = context;
  if (!mentions(plaintext, NAME)) return null;
  const before = contextStartTag(document, replaced);
  const octets = concatOctets(before, plaintext.subarray(skip), CONTEXT_END_TAG);
  // Its nodes were counted when it was found to fit.
  const content = parseXml(octets, {
    budget: new Budget(budget.limits),
    space: 'plaintext',
    externalEncoding: 'UTF-8',
  });
  if (!content.wellFormed || !content.document.uris.includes(XOP)) return null;
  const attachments = givenAttachments(external);
  const all = findIncludes(content.document, attachments);
  if (all.length === 0) return null;
  const shift = skip - before.length;
  tellIncludes(all, content.document, { space, shift, replaced }, context, step);
  // A part that is ciphertext itself is not what the Include stands for.
  const sealed = new Set(
    descendantElementsNamed(document, 0, XENC, 'CipherReference').map(
      (node) => attachmentOf(attributeValue(document, node, '', 'URI') ?? '', attachments)?.name ?? '',
    ),
  );
  const includes = all.filter(({ attachment }) => attachment !== null && !sealed.has(attachment));
  step.data({ includes: all.length, expanded: includes.length });
  if (includes.length === 0) return null;
  const splices = includeSplices(content.document, includes, attachments, budget);
  const within = { start: before.length, end: octets.length - CONTEXT_END_TAG.length };
  const origin = new OriginIndex(spliceOrigin(splices, within));
  return {
    octets: spliceOctets(octets, splices, within),
    toPlaintext: (start, end) => {
      const source = origin.sourceOf(start, end);
      return [source.start + shift, source.end + shift];
    },
  };
}

/** Includes that cannot be read, and those whose part is missing, by their place in the plaintext's space. */
function tellIncludes(
  all: ReturnType<typeof findIncludes>,
  content: XmlDocument,
  { space, shift, replaced }: { readonly space: string; readonly shift: number; readonly replaced: NodeIndex },
  { document, external }: DecryptionContext,
  step: OpenStep,
): void {
  const placed = (node: NodeIndex) => ({
    space,
    start: startOf(content, node) + shift,
    end: endOf(content, node) + shift,
  });
  for (const { node, uri, problem } of all) {
    if (problem === null) continue;
    const data = { uri, problem, path: elementPath(document, replaced) };
    step.finding({ code: 'xop-include-malformed', severity: 'error', ranges: [placed(node)], data });
  }
  const missing = all.filter(({ attachment, problem }) => attachment === null && problem !== 'scheme');
  for (const { node, uri } of missing.slice(0, SHOWN)) {
    step.finding({
      code: 'attachment-cid-not-found',
      severity: 'warning',
      ranges: [placed(node)],
      data: {
        uri,
        contentId: uri.replace(/^cid:/i, ''),
        supplied: [...external.keys()].slice(0, SHOWN),
        path: elementPath(document, replaced),
      },
    });
  }
}

/** Most plaintexts have no such name at all: then nothing is parsed again. */
function mentions(octets: Uint8Array, name: Uint8Array): boolean {
  const [first = 0] = name;
  for (let at = octets.indexOf(first); at >= 0; at = octets.indexOf(first, at + 1)) {
    let length = 1;
    while (length < name.length && octets[at + length] === name[length]) length++;
    if (length === name.length) return true;
  }
  return false;
}

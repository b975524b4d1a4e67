/** Puts the parts of an MTOM message in the place of their xop:Include before anything is judged (XOP 1.0 §3.2). */
import { attachmentOf, type Attachments } from '../attachments/attachment.ts';
import { findIncludes, includeSplices, type XopInclude } from '../attachments/xop-include.ts';
import { Budget } from '../bytes/budget.ts';
import type { SpaceId } from '../bytes/source-range.ts';
import { spliceDocument, type SplicedDocument } from '../splice/spliced-document.ts';
import { DS, WSSE, XENC } from '../xml/namespaces.ts';
import type { OpenStep, Recorder } from '../trace/recorder.ts';
import type { XmlDocument } from '../xml/document.ts';
import {
  ancestors,
  attributeValue,
  descendantElementsNamed,
  elementPath,
  isElement,
  nodeRange,
  parentOf,
} from '../xml/navigate.ts';

/** The message with its xop:Include elements resolved (XOP 1.0 §3.2). */
export interface ExpandedMessage {
  /** The infoset that the message stands for; its ranges are those of the input. */
  readonly document: XmlDocument;
  /** The envelope as it arrived, its xop:Include elements in place. */
  readonly literal: XmlDocument;
  readonly includes: readonly XopInclude[];
  readonly attachments: Attachments;
  /**
   * The document with the base64 in lines of that many characters, as some senders digest it; null where it is none.
   */
  inLines(columns: number): XmlDocument | null;
}

/** Ranges shown of a long list. */
const SHOWN = 20;

/**
 * Null where there is nothing to expand, or nothing secured that would need it.
 * @param source the space whose octets `literal` was parsed from as they are; null where they were transcoded first
 */
export function expandMessage(
  literal: XmlDocument,
  source: SpaceId | null,
  attachments: Attachments,
  budget: Budget,
  recorder: Recorder,
): ExpandedMessage | null {
  if (![DS, WSSE, XENC].some((uri) => literal.uris.includes(uri))) return null;
  const all = findIncludes(literal, attachments);
  if (all.length === 0) return null;
  const step = recorder.step('attachment', {
    data: { includes: all.length },
    citation: { spec: 'XOP', section: '3.2' },
  });
  for (const { node, uri, problem } of all.filter((include) => include.problem !== null).slice(0, SHOWN)) {
    if (problem === null) continue;
    const data = { uri, problem, path: elementPath(literal, node) };
    step.finding({ code: 'xop-include-malformed', severity: 'error', ranges: [nodeRange(literal, node)], data });
  }
  const missing = all.filter((include) => include.attachment === null && include.problem !== 'scheme');
  tellMissing(missing, literal, attachments, step);
  tellOptimised(all, literal, step);
  const encrypted = encryptedParts(literal, attachments);
  const includes = all.filter(({ attachment }) => attachment !== null && !encrypted.has(attachment));
  const expanded = includes.length === 0 ? null : expandedDocument(literal, includes, attachments, budget, 0);
  const document = expanded?.document ?? null;
  step.data({ expanded: document === null ? 0 : includes.length, missing: missing.length });
  if (expanded !== null) {
    const { segments } = expanded;
    recorder.space(
      'expanded',
      'decoded',
      'message with its parts in place',
      expanded.document.octets,
      source,
      source === null ? null : () => ({ source, segments }),
    );
    step.output({ type: 'octets', label: 'expanded', space: 'expanded' });
  }
  step.end();
  return document === null
    ? null
    : {
        document,
        literal,
        includes,
        attachments,
        inLines: (columns) =>
          expandedDocument(literal, includes, attachments, new Budget(budget.limits), columns)?.document ?? null,
      };
}

function tellMissing(
  missing: readonly XopInclude[],
  literal: XmlDocument,
  attachments: Attachments,
  step: OpenStep,
): void {
  for (const { node, uri } of missing.slice(0, SHOWN)) {
    step.finding({
      code: 'attachment-cid-not-found',
      severity: 'warning',
      ranges: [nodeRange(literal, node)],
      data: {
        uri,
        contentId: uri.replace(/^cid:/i, ''),
        supplied: [...attachments.keys()].slice(0, SHOWN),
        path: elementPath(literal, node),
      },
    });
  }
}

/** Includes inside Security headers: many receivers look for base64 there. */
function tellOptimised(all: readonly XopInclude[], literal: XmlDocument, step: OpenStep): void {
  const optimised = all.filter(({ node }) =>
    [...ancestors(literal, node)].some((above) => isElement(literal, above, WSSE, 'Security')),
  );
  const [first] = optimised;
  if (first === undefined) return;
  step.finding({
    code: 'bst-mtom-optimised',
    severity: 'note',
    ranges: optimised.slice(0, SHOWN).map(({ node }) => nodeRange(literal, node)),
    data: { count: optimised.length, path: elementPath(literal, parentOf(literal, first.node)) },
  });
}

/** Parts whose content is ciphertext of their own: what stands in their place is known after decryption only. */
function encryptedParts(document: XmlDocument, attachments: Attachments): ReadonlySet<string> {
  const names = descendantElementsNamed(document, 0, XENC, 'CipherReference').map(
    (node) => attachmentOf(attributeValue(document, node, '', 'URI') ?? '', attachments)?.name ?? '',
  );
  return new Set(names);
}

/**
 * @param columns as in {@link includeSplices}
 * @returns null where the result is no document, which only a defect of the parts' place could bring about
 */
function expandedDocument(
  literal: XmlDocument,
  includes: readonly XopInclude[],
  attachments: Attachments,
  budget: Budget,
  columns: number,
): SplicedDocument | null {
  const splices = includeSplices(literal, includes, attachments, budget, columns);
  // The nodes were counted when the envelope was parsed; an Include and its base64 are one node each.
  const spliced = spliceDocument(literal, splices, new Budget(budget.limits));
  return spliced.wellFormed ? spliced : null;
}

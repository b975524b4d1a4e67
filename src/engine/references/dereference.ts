/**
 * Dereferences the URI of a ds:Reference: same-document references and octets supplied by the user (XML Signature
 * §4.4.3.1 to §4.4.3.3).
 */
import type { SubtreeSet } from '../canonicalization/node-set.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';
import {
  attributeQualifiedName,
  attributeLocalName,
  attributeNamespaceUri,
  attributeValueRange,
  elementPath,
  isElement,
} from '../xml/navigate.ts';
import { DS } from '../xml/namespaces.ts';
import type { SourceRange } from '../bytes/source-range.ts';
import type { FindingCode, FindingData } from '../trace/finding-data.ts';
import type { IdEntry } from './id-index.ts';
import { followSteps, readXPointer } from './xpointer.ts';
import { nearMisses, type NearMissContext } from './near-misses.ts';

/** What a URI named. `target` is 0 for the whole document. */
export type Dereferenced =
  | { readonly status: 'nodes'; readonly set: SubtreeSet; readonly target: NodeIndex }
  | {
      readonly status: 'octets';
      readonly octets: Uint8Array;
      /** The key under which the user supplied them. */ readonly name: string;
    }
  | {
      readonly status: 'failed' | 'refused' | 'unsupported' | 'missing';
      /**
       * `id-not-found`, `dup-id`, `XSW-03`, `xpointer-unsupported`, `xpointer-selects-nothing`,
       * `reference-without-uri`,
       * `attachment-cid-not-found`, `external-reference-not-supplied`, `external-fragment-unsupported`.
       */
      readonly code: FindingCode;
      readonly data: FindingData[FindingCode];
      /**
       * Places in the document that the finding is about: all elements of a duplicate id, near misses of a dangling
       * one.
       */
      readonly ranges: readonly SourceRange[];
    };

/** What a URI is looked up in. */
export interface DereferenceContext extends NearMissContext {
  /** By URI, by content id with or without `cid:` and angle brackets. */
  readonly external: ReadonlyMap<string, Uint8Array>;
}

const LONGEST_URI = 4_096;

/**
 * @param uri the URI attribute's value; null where there is none
 * Comments stay only for XPointer references (XML Signature §4.4.3.3).
 */
export function dereference(uri: string | null, context: DereferenceContext): Dereferenced {
  if (uri === null) return stopped('missing', 'reference-without-uri', {});
  if (uri === '') return subtree(context.document, 0, false);
  if (!uri.startsWith('#')) return external(uri, context);
  const fragment = uri.slice(1);
  const pointer = uri.length <= LONGEST_URI ? percentDecoded(fragment) : fragment;
  if (/^(?:xpointer|xmlns|element)\(/.test(pointer)) return pointed(uri, pointer, context);
  // An id is an NCName and needs no escaping, yet some senders escape the fragment.
  const id = context.ids.lookup(fragment).length === 0 ? pointer : fragment;
  return element(uri, id, false, context);
}

/** By a full XPointer: comments stay. One that leads to several elements is no subtree, and is not followed. */
function pointed(uri: string, fragment: string, context: DereferenceContext): Dereferenced {
  const pointer = readXPointer(fragment);
  if (pointer === null) return stopped('unsupported', 'xpointer-unsupported', { uri });
  const { document } = context;
  const start = pointer.id === null ? subtree(document, 0, true) : element(uri, pointer.id, true, context);
  if (start.status !== 'nodes' || pointer.steps.length === 0) return start;
  const [found, other] = followSteps(document, start.target, pointer.steps);
  if (other !== undefined) return stopped('unsupported', 'xpointer-unsupported', { uri });
  return found === undefined ? stopped('failed', 'xpointer-selects-nothing', { uri }) : subtree(document, found, true);
}

function element(uri: string, id: string, comments: boolean, context: DereferenceContext): Dereferenced {
  const { document, ids } = context;
  const entries = ids.lookup(id);
  const [first] = entries;
  if (first === undefined) return notFound(uri, id, context);
  if (entries.length > 1) {
    const { code, data, ranges } = describeDuplicates(uri, id, entries, document);
    return stopped('refused', code, data, ranges);
  }
  return subtree(document, first.element, comments);
}

function subtree(document: XmlDocument, apex: NodeIndex, comments: boolean): Dereferenced {
  return { status: 'nodes', set: { type: 'subtree', document, apex, comments, excluded: [] }, target: apex };
}

function stopped<Code extends FindingCode>(
  status: 'failed' | 'refused' | 'unsupported' | 'missing',
  code: Code,
  data: FindingData[Code],
  ranges: readonly SourceRange[] = [],
): Dereferenced {
  return { status, code, data, ranges };
}

/**
 * `dup-id` where one attribute name repeats the id, `XSW-03` where attributes of different names hold it
 * (docs/attacks.md XSW-02, XSW-03).
 */
export function describeDuplicates(
  uri: string,
  id: string,
  entries: readonly IdEntry[],
  document: XmlDocument,
): {
  readonly code: 'dup-id' | 'XSW-03';
  readonly data: FindingData['XSW-03'];
  readonly ranges: readonly SourceRange[];
} {
  const names = new Set(
    entries.map(
      ({ attribute }) => `{${attributeNamespaceUri(document, attribute)}}${attributeLocalName(document, attribute)}`,
    ),
  );
  const shown = entries.slice(0, 10);
  return {
    // A ds:Reference that repeats the id it points to is the signer's slip; nobody reads it in the target's place.
    code:
      names.size === 1 || entries.some(({ element }) => isElement(document, element, DS, 'Reference'))
        ? 'dup-id'
        : 'XSW-03',
    data: {
      uri,
      id,
      count: entries.length,
      elements: shown.map((entry) => elementPath(document, entry.element)),
      attributes: shown.map((entry) => attributeQualifiedName(document, entry.attribute)),
    },
    ranges: shown.map((entry) => attributeValueRange(document, entry.attribute)),
  };
}

function notFound(uri: string, id: string, context: DereferenceContext): Dereferenced {
  const { document } = context;
  const near = nearMisses(id, context);
  const [best] = near;
  return stopped(
    'failed',
    'id-not-found',
    {
      uri,
      id,
      nearMiss: best?.kind ?? null,
      candidates: near.map((miss) => miss.value),
      candidateKinds: near.map((miss) => miss.kind),
      candidateAttributes: near.map((miss) => attributeQualifiedName(document, miss.attribute)),
      candidateElements: near.map((miss) => elementPath(document, miss.element)),
    },
    near.map((miss) => attributeValueRange(document, miss.attribute)),
  );
}

/** Nothing is ever fetched (NET-01): octets come from the user or not at all. */
function external(uri: string, context: DereferenceContext): Dereferenced {
  const found = supplied(uri, context.external);
  if (found !== null) return { status: 'octets', ...found };
  const named = context.ids.lookup(uri);
  if (named.length > 0) {
    // The fragment's number sign was forgotten.
    const { document } = context;
    return stopped(
      'failed',
      'id-not-found',
      {
        uri,
        id: uri,
        nearMiss: 'number-sign',
        candidates: [`#${uri}`],
        candidateKinds: ['number-sign'],
        candidateAttributes: named.slice(0, 1).map((entry) => attributeQualifiedName(document, entry.attribute)),
        candidateElements: named.slice(0, 1).map((entry) => elementPath(document, entry.element)),
      },
      named.slice(0, 1).map((entry) => attributeValueRange(document, entry.attribute)),
    );
  }
  const hash = uri.indexOf('#');
  if (hash > 0 && supplied(uri.slice(0, hash), context.external) !== null) {
    return stopped('unsupported', 'external-fragment-unsupported', { uri });
  }
  if (isContentId(uri)) {
    return stopped('missing', 'attachment-cid-not-found', {
      uri,
      contentId: percentDecoded(uri.slice(4)),
      supplied: [...context.external.keys()].slice(0, 20),
    });
  }
  const scheme = /^([A-Za-z][A-Za-z0-9+.-]*):/.exec(uri.slice(0, 64))?.[1] ?? null;
  const host = /^[A-Za-z][A-Za-z0-9+.-]*:\/\/([^/?#]*)/.exec(uri.slice(0, LONGEST_URI))?.[1] ?? null;
  return stopped('missing', 'external-reference-not-supplied', { uri, scheme, host });
}

/**
 * Octets supplied by the user for a URI: exactly that URI first, then its percent-decoded form, then as a content id
 * (RFC 2392).
 */
export function supplied(
  uri: string,
  external: ReadonlyMap<string, Uint8Array>,
): { readonly octets: Uint8Array; readonly name: string } | null {
  const decoded = percentDecoded(uri);
  // In a container a path is told from its root, with a slash in front or without.
  for (const name of [uri, decoded, decoded.replace(/^\.?\//, '')]) {
    const octets = external.get(name);
    if (octets !== undefined) return { octets, name };
  }
  if (!isContentId(uri)) return null;
  const wanted = contentId(decoded);
  for (const [name, octets] of external) if (contentId(percentDecoded(name)) === wanted) return { octets, name };
  return null;
}

function isContentId(uri: string): boolean {
  return uri.slice(0, 4).toLowerCase() === 'cid:';
}

/** The bare content id of `cid:id`, `<id>` or `id`. */
function contentId(name: string): string {
  const bare = isContentId(name) ? name.slice(4) : name;
  return bare.startsWith('<') && bare.endsWith('>') ? bare.slice(1, -1) : bare;
}

function percentDecoded(text: string): string {
  if (!text.includes('%')) return text;
  try {
    return decodeURIComponent(text);
  } catch {
    // Not percent-encoding after all: the text means itself.
    return text;
  }
}

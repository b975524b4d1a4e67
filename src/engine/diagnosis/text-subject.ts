/** The canonical octets under suspicion, with all that hypotheses about them look at. */
import { EXCLUSIVE_C14N } from '../algorithms/identifiers.ts';
import type { CanonicalizationMethod } from '../canonicalization/canonicalize-types.ts';
import type { NodeSet } from '../canonicalization/node-set.ts';
import { NodeKind, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  ancestors,
  attributes,
  attributeText,
  attributeValue,
  declaredPrefix,
  isElement,
  isNamespaceDeclaration,
} from '../xml/navigate.ts';
import type { CanonicalTokens } from './canonical-tokens.ts';
import type { EditSubject } from './hypothesis.ts';
import type { TrialAccount } from './trial-account.ts';

/** One octet string that failed, with the nodes it was made of. */
export interface TextSubject extends EditSubject {
  readonly document: XmlDocument;
  /** The node-set that was canonicalized; null where the octets are no canonical form of the document's nodes. */
  readonly set: NodeSet | null;
  /** The element that the octets stand for; null for the whole document and for what is no element. */
  readonly apex: NodeIndex | null;
  readonly method: CanonicalizationMethod | null;
  /** No transform names the method: it is the default. */
  readonly implicit: boolean;
  readonly octets: Uint8Array;
  readonly tokens: CanonicalTokens | null;
  readonly names: MessageNames;
}

/** Prefixes and PrefixLists of a whole message. */
export interface MessageNames {
  /** Prefixes by the namespace names that they are declared for, in document order. */
  readonly prefixes: ReadonlyMap<string, readonly string[]>;
  /** Distinct PrefixLists, `#default` as the empty string. */
  readonly lists: readonly (readonly string[])[];
  /** Prefixes that a PrefixList names and nobody declares: what a rewritten prefix leaves behind. */
  readonly orphans: readonly string[];
}

/** More declarations than this are not looked at: no message needs them, and a hostile one has them. */
const MOST_DECLARATIONS = 5_000;

/** Reads declarations and PrefixLists up to fixed counts. */
export function readMessageNames(document: XmlDocument): MessageNames {
  const prefixes = new Map<string, string[]>();
  const lists = new Map<string, readonly string[]>();
  const known = new Set<string>(['']);
  let seen = 0;
  for (let node = 0; node < document.nodeCount && seen < MOST_DECLARATIONS; node++) {
    if (document.kind[node] !== NodeKind.element) continue;
    for (const attribute of attributes(document, node)) {
      if (!isNamespaceDeclaration(document, attribute)) continue;
      seen++;
      const uri = attributeText(document, attribute);
      const prefix = declaredPrefix(document, attribute);
      known.add(prefix);
      const list = prefixes.get(uri);
      if (list === undefined) prefixes.set(uri, [prefix]);
      else if (!list.includes(prefix)) list.push(prefix);
    }
    if (isElement(document, node, EXCLUSIVE_C14N, 'InclusiveNamespaces')) {
      const text = attributeValue(document, node, '', 'PrefixList') ?? '';
      const list = text
        .split(/[ \t\r\n]+/)
        .filter((token) => token !== '')
        .slice(0, 64);
      lists.set(
        list.join(' '),
        list.map((token) => (token === '#default' ? '' : token)),
      );
    }
  }
  const orphans = [...new Set([...lists.values()].flat())].filter((prefix) => !known.has(prefix));
  return { prefixes, lists: [...lists.values()].slice(0, 16), orphans };
}

/** How deep a node stands; 0 for the document element. */
function depthOf(document: XmlDocument, node: NodeIndex): number {
  return Math.max(0, [...ancestors(document, node)].length - 1);
}

/** Prefixes of one namespace that are tried at most. */
const MOST_PREFIXES = 24;

/** What edits may ask of the document around an apex. */
export function editSubject(
  document: XmlDocument,
  names: MessageNames,
  apex: NodeIndex | null,
  id: string | null,
  account: TrialAccount,
): EditSubject {
  return {
    account,
    prefixesOf: (namespace) => [
      ...(names.prefixes.get(namespace) ?? []).slice(0, MOST_PREFIXES),
      ...names.orphans.slice(0, MOST_PREFIXES),
    ],
    depth: apex === null || apex <= 0 ? 0 : depthOf(document, apex),
    id,
  };
}

/**
 * When a message says that it was made: the Created of its Timestamp, else of its tokens (SMS 1.1 §10; UTP 1.1 §3.1).
 */
import type { IdIndex } from '../references/id-index.ts';
import { parseDateTime } from '../xml/date-time.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import { attributeValue, descendantElementsNamed, isWithin } from '../xml/navigate.ts';
import { DS } from '../xml/namespaces.ts';
import { readSamlAssertion } from './saml-assertion.ts';
import { readTimestamp } from './timestamp.ts';
import type { Token } from './token.ts';
import { readUsernameToken } from './username-token.ts';

/** A moment that a token states as that of its making. */
export interface Making {
  /** UTC milliseconds since 1970. */
  readonly time: number;
  /** The token that says it. */
  readonly node: NodeIndex;
  /** A reference of a signature names the token, or what holds it: whether that signature holds is judged elsewhere. */
  readonly signed: boolean;
}

/** The message's view of its tokens. */
export interface MakingContext {
  readonly document: XmlDocument;
  readonly ids: IdIndex;
}

/** Tokens that are asked at most: who writes more has no time of its own. */
const MOST_ASKED = 16;

/** Null where a token states no moment that can be read. An assertion's IssueInstant is that of the assertion. */
function statedBy(document: XmlDocument, { kind, node, data }: Token): number | null {
  switch (kind) {
    case 'Timestamp':
      return readTimestamp(document, node).created?.value?.time ?? null;
    case 'UsernameToken':
      return parseDateTime(readUsernameToken(document, node).created ?? '')?.time ?? null;
    case 'SAMLAssertion':
      return data['encrypted'] === true
        ? null
        : (parseDateTime(readSamlAssertion(document, node).issueInstant ?? '')?.time ?? null);
    default:
      return null;
  }
}

/** Elements that references of signatures name, by id or as the whole document. */
function referenced({ document, ids }: MakingContext): readonly NodeIndex[] {
  return descendantElementsNamed(document, document.root, DS, 'Reference').flatMap((reference) => {
    const uri = attributeValue(document, reference, '', 'URI');
    if (uri === '') return [document.root];
    const [first, ...others] = uri?.startsWith('#') === true ? ids.lookup(uri.slice(1)) : [];
    return first === undefined || others.length > 0 ? [] : [first.element];
  });
}

/**
 * A signed moment before an unsigned one, a Timestamp's before a UsernameToken's. An assertion comes last, whoever
 * signed it: it may be much older than the message that carries it. Null where no token says when.
 */
export function whenMade(tokens: readonly Token[], context: MakingContext): Making | null {
  const { document } = context;
  const stated: { readonly kind: Token['kind']; readonly time: number; readonly node: NodeIndex }[] = [];
  for (const token of tokens) {
    const time = statedBy(document, token);
    if (time !== null) stated.push({ kind: token.kind, time, node: token.node });
    if (stated.length === MOST_ASKED) break;
  }
  if (stated.length === 0) return null;
  const targets = referenced(context);
  const signed = (node: NodeIndex) => targets.some((target) => target !== NO_NODE && isWithin(document, node, target));
  const all = stated.map(({ kind, time, node }) => ({ kind, making: { time, node, signed: signed(node) } }));
  const own = all.filter(({ kind }) => kind !== 'SAMLAssertion');
  const timestamps = own.filter(({ kind }) => kind === 'Timestamp');
  const ordered = [...timestamps, ...own];
  return (ordered.find(({ making }) => making.signed) ?? ordered[0] ?? all[0])?.making ?? null;
}

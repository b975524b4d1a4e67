/** Finds the wsse:Security headers and which of them is addressed to us (SMS 1.1 §5; BSP R3206, R3210). */
import type { BspRule } from '../bsp/rules.ts';
import type { Budget } from '../bytes/budget.ts';
import { childElements, startTagRange, localName, namespaceUri } from '../xml/navigate.ts';
import { SOAP11, SOAP12, WSSE, WSSE_DRAFTS } from '../xml/namespaces.ts';
import type { Envelope, HeaderBlock } from '../envelope/read-envelope.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';

export interface SecurityHeader {
  readonly node: NodeIndex;
  readonly actor: string | null;
  readonly mustUnderstand: boolean | null;
  readonly ours: boolean;
  /** The name of an older draft, or of a misspelt namespace, when it is not WS-Security 1.0's. */
  readonly draft: string | null;
  readonly namespace: string;
  /** Element children in document order: the order of processing. */
  readonly children: readonly NodeIndex[];
}

export interface SecurityHeaders {
  /** In document order. */
  readonly headers: readonly SecurityHeader[];
  /** The header to process, or null. */
  readonly ours: SecurityHeader | null;
  readonly problems: readonly FindingDraft[];
}

/** Roles that any ultimate receiver plays. */
const ULTIMATE: ReadonlySet<string> = new Set([`${SOAP12}/role/ultimateReceiver`]);
const NEXT: ReadonlySet<string> = new Set(['http://schemas.xmlsoap.org/soap/actor/next', `${SOAP12}/role/next`]);

/** The actor by which two headers are the same recipient's: none and ultimateReceiver are one. */
function recipient(actor: string | null): string {
  return actor === null || ULTIMATE.has(actor) ? '' : actor;
}

function draftOf(block: HeaderBlock): string | null {
  if (block.uri === WSSE) return null;
  return WSSE_DRAFTS.get(block.uri) ?? (block.uri === '' ? 'no namespace' : 'unknown namespace');
}

/**
 * Lists every `Security` header block and picks ours: the one with `receiverActor`; without that option the one
 * without actor, else the only one. A namespace that is not WS-Security 1.0's is recognised and named.
 */
export function readHeaders(
  document: XmlDocument,
  envelope: Envelope,
  receiverActor: string | null,
  budget: Budget,
): SecurityHeaders {
  const problems: FindingDraft[] = [];
  const blocks = envelope.blocks.filter(
    (block) =>
      block.local === 'Security' &&
      (block.uri === WSSE || draftOf(block) !== 'unknown namespace' || looksMeant(block.uri)),
  );
  const excess = blocks[budget.limits.securityHeaders];
  if (excess !== undefined) budget.check('securityHeaders', blocks.length, document.start[excess.node]);
  for (const block of blocks) {
    const draft = draftOf(block);
    if (draft !== null) {
      problems.push({
        code: 'signature-not-in-ds-namespace',
        severity: 'error',
        ranges: [startTagRange(document, block.node)],
        data: { element: 'Security', namespace: block.uri, expected: WSSE, meant: draft },
        fault: 'wsse:InvalidSecurity',
      });
    }
  }
  const byRecipient = new Map<string, HeaderBlock[]>();
  for (const block of blocks) {
    const list = byRecipient.get(recipient(block.actor)) ?? [];
    list.push(block);
    byRecipient.set(recipient(block.actor), list);
  }
  for (const [actor, list] of byRecipient) {
    if (list.length < 2) continue;
    const ranges = list.map((block) => startTagRange(document, block.node));
    problems.push({
      code: 'XSW-14',
      severity: 'error',
      ranges,
      data: { actor: actor === '' ? null : actor, count: list.length },
      fault: 'wsse:InvalidSecurity',
    });
    problems.push({
      code: (actor === '' ? 'R3206' : 'R3210') satisfies BspRule,
      severity: 'warning',
      ranges,
      data: { actor: actor === '' ? null : actor, count: list.length },
    });
  }
  if (blocks.length === 0) {
    // A misspelt Security, or a token put straight into the Header: no receiver sees it.
    for (const block of envelope.blocks.filter((one) => one.uri === WSSE)) {
      problems.push({
        code: 'security-header-missing',
        severity: 'error',
        ranges: [startTagRange(document, block.node)],
        data: { element: block.local },
        fault: 'wsse:InvalidSecurity',
      });
    }
  }
  const chosen = choose(blocks, byRecipient, receiverActor);
  if (blocks.length > 0 && chosen === null) {
    problems.push({
      code: 'actor-role-mismatch',
      severity: 'error',
      ranges: blocks.map((block) => startTagRange(document, block.node)),
      data: { wanted: receiverActor, actors: blocks.map((block) => block.actor ?? '') },
    });
  } else if (chosen !== null && receiverActor === null && chosen.actor !== null && !ULTIMATE.has(chosen.actor)) {
    problems.push({
      code: 'actor-role-mismatch',
      severity: NEXT.has(chosen.actor) ? 'note' : 'warning',
      confidence: NEXT.has(chosen.actor) ? 'possible' : 'likely',
      ranges: [startTagRange(document, chosen.node)],
      data: { wanted: null, actors: [chosen.actor], taken: true },
    });
  }
  const headers = blocks.map((block): SecurityHeader => ({
    node: block.node,
    actor: block.actor,
    mustUnderstand: block.mustUnderstand,
    ours: block === chosen,
    draft: draftOf(block),
    namespace: namespaceUri(document, block.node),
    children: childElements(document, block.node),
  }));
  return { headers, ours: headers.find((header) => header.ours) ?? null, problems };
}

function choose(
  blocks: readonly HeaderBlock[],
  byRecipient: ReadonlyMap<string, readonly HeaderBlock[]>,
  receiverActor: string | null,
): HeaderBlock | null {
  if (receiverActor !== null) {
    return byRecipient.get(recipient(receiverActor === '' ? null : receiverActor))?.[0] ?? null;
  }
  return byRecipient.get('')?.[0] ?? (blocks.length === 1 ? (blocks[0] ?? null) : null);
}

/** A `Security` block of an unknown namespace is ours to explain only when its namespace speaks of WS-Security. */
function looksMeant(namespace: string): boolean {
  return /wss|secext|wssecurity/i.test(namespace) || namespace === SOAP11;
}

/** The local name of each child, for the step's data. */
export function childNames(document: XmlDocument, header: SecurityHeader): string[] {
  return header.children.map((child) => localName(document, child));
}

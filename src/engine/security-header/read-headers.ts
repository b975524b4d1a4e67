/** Finds the wsse:Security headers and which of them is addressed to us (SMS 1.1 §5; BSP R3206, R3210). */
import type { BspRule } from '../bsp/rules.ts';
import type { Budget } from '../bytes/budget.ts';
import { childElements, startTagRange, namespaceUri } from '../xml/navigate.ts';
import { SOAP11, SOAP12, WSSE, WSSE_DRAFTS } from '../xml/namespaces.ts';
import type { Envelope, HeaderBlock } from '../envelope/read-envelope.ts';
import type { FindingDraft } from '../trace/recorder.ts';
import type { NodeIndex, XmlDocument } from '../xml/document.ts';

/** One wsse:Security block. */
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

/** All of an envelope. */
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

/** Security blocks by the receiver that they are for. */
type ByRecipient = ReadonlyMap<string, readonly HeaderBlock[]>;

function groupByRecipient(blocks: readonly HeaderBlock[]): ByRecipient {
  const byRecipient = new Map<string, HeaderBlock[]>();
  for (const block of blocks) {
    const list = byRecipient.get(recipient(block.actor)) ?? [];
    list.push(block);
    byRecipient.set(recipient(block.actor), list);
  }
  return byRecipient;
}

/**
 * Lists every `Security` header block and picks ours: the one with `receiverActor`; without that option the one
 * without actor, else the only one. A namespace that is not WS-Security 1.0's is recognised and named.
 * @throws {BudgetExceeded} for more blocks than `securityHeaders`
 */
export function readHeaders(
  document: XmlDocument,
  envelope: Envelope,
  receiverActor: string | null,
  budget: Budget,
): SecurityHeaders {
  const blocks = envelope.blocks.filter(
    (block) =>
      block.local === 'Security' &&
      (block.uri === WSSE || draftOf(block) !== 'unknown namespace' || looksMeant(block.uri)),
  );
  const excess = blocks[budget.limits.securityHeaders];
  if (excess !== undefined) budget.check('securityHeaders', blocks.length, document.start[excess.node]);
  const byRecipient = groupByRecipient(blocks);
  const chosen = choose(blocks, byRecipient, receiverActor);
  const headers = blocks.map((block): SecurityHeader => ({
    node: block.node,
    actor: block.actor,
    mustUnderstand: block.mustUnderstand,
    // Every receiver plays "next", whatever other role it has (SOAP 1.1 §4.2.2, SOAP 1.2 §2.2).
    ours: block === chosen || (block.actor !== null && NEXT.has(block.actor)),
    draft: draftOf(block),
    namespace: namespaceUri(document, block.node),
    children: childElements(document, block.node),
  }));
  const problems = [
    ...namespaceProblems(document, blocks),
    ...recipientProblems(document, byRecipient),
    ...(blocks.length === 0
      ? missingHeader(document, envelope)
      : actorProblems(document, blocks, chosen, receiverActor)),
  ];
  return { headers, ours: headers.find(({ node }) => node === chosen?.node) ?? null, problems };
}

/** Headers in the namespace of a draft, or of nothing known. */
function namespaceProblems(document: XmlDocument, blocks: readonly HeaderBlock[]): FindingDraft[] {
  return blocks.flatMap((block): FindingDraft[] => {
    const draft = draftOf(block);
    if (draft === null) return [];
    return [
      {
        code: 'signature-not-in-ds-namespace',
        severity: 'error',
        ranges: [startTagRange(document, block.node)],
        data: { element: 'Security', namespace: block.uri, expected: WSSE, meant: draft },
        fault: 'wsse:InvalidSecurity',
      },
    ];
  });
}

/** Several headers for one receiver: which of them it takes is anybody's guess. */
function recipientProblems(document: XmlDocument, byRecipient: ByRecipient): FindingDraft[] {
  return [...byRecipient].flatMap(([actor, list]): FindingDraft[] => {
    if (list.length < 2) return [];
    const ranges = list.map((block) => startTagRange(document, block.node));
    const data = { actor: actor === '' ? null : actor, count: list.length };
    return [
      { code: 'XSW-14', severity: 'error', ranges, data, fault: 'wsse:InvalidSecurity' },
      { code: (actor === '' ? 'R3206' : 'R3210') satisfies BspRule, severity: 'warning', ranges, data },
    ];
  });
}

/** A misspelt Security, or a token put straight into the Header: no receiver sees it. */
function missingHeader(document: XmlDocument, envelope: Envelope): FindingDraft[] {
  return envelope.blocks
    .filter((one) => one.uri === WSSE)
    .map((block) => ({
      code: 'security-header-missing',
      severity: 'error',
      ranges: [startTagRange(document, block.node)],
      data: { element: block.local },
      fault: 'wsse:InvalidSecurity',
    }));
}

/** No header is for us, or the only one is for somebody else. */
function actorProblems(
  document: XmlDocument,
  blocks: readonly HeaderBlock[],
  chosen: HeaderBlock | null,
  receiverActor: string | null,
): FindingDraft[] {
  if (chosen === null) {
    return [
      {
        code: 'actor-role-mismatch',
        severity: 'error',
        ranges: blocks.map((block) => startTagRange(document, block.node)),
        data: { wanted: receiverActor, actors: blocks.map((block) => block.actor ?? '') },
      },
    ];
  }
  if (receiverActor !== null || chosen.actor === null || ULTIMATE.has(chosen.actor)) return [];
  const next = NEXT.has(chosen.actor);
  return [
    {
      code: 'actor-role-mismatch',
      severity: next ? 'note' : 'warning',
      confidence: next ? 'possible' : 'likely',
      ranges: [startTagRange(document, chosen.node)],
      data: { wanted: null, actors: [chosen.actor], taken: true },
    },
  ];
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

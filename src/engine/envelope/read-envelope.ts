/** Finds the SOAP envelope, its header blocks and bodies (SOAP 1.1 §4; SOAP 1.2 Part 1 §5; WS-Addressing 1.0 §3). */
import type { FindingDraft } from '../trace/recorder.ts';
import { NO_NODE, type NodeIndex, type XmlDocument } from '../xml/document.ts';
import {
  attributeValue,
  childElements,
  startTagRange,
  isElement,
  localName,
  namespaceUri,
  textContent,
} from '../xml/navigate.ts';
import { SOAP11, SOAP12, WSA_2004, WSA_2005 } from '../xml/namespaces.ts';

/** A child of the SOAP Header. */
export interface HeaderBlock {
  readonly node: NodeIndex;
  readonly uri: string;
  readonly local: string;
  /** SOAP 1.1 `actor` or SOAP 1.2 `role`; null where absent or empty. */
  readonly actor: string | null;
  /** Null where the attribute is absent or is no boolean. */
  readonly mustUnderstand: boolean | null;
}

/** One WS-Addressing header, of either version. */
export interface AddressingHeader {
  readonly node: NodeIndex;
  /** `To`, `Action`, `MessageID`, `RelatesTo`, `ReplyTo`, `From`, `FaultTo`. */
  readonly name: string;
  readonly version: '2004/08' | '2005/08';
  /** Its text; an endpoint reference's Address. */
  readonly value: string;
}

/** The envelope and its parts. */
export interface Envelope {
  readonly node: NodeIndex;
  /** Null where the namespace is neither version's: the near miss is among the problems. */
  readonly version: '1.1' | '1.2' | null;
  readonly namespace: string;
  readonly header: NodeIndex | null;
  /** The first Body. */
  readonly body: NodeIndex | null;
  /** Every Body among the envelope's children: more than one is a way to wrap (docs/attacks.md XSW-05). */
  readonly bodies: readonly NodeIndex[];
  readonly blocks: readonly HeaderBlock[];
  readonly addressing: readonly AddressingHeader[];
  /** What is wrong with the envelope itself, to be recorded in the step that reads it. */
  readonly problems: readonly FindingDraft[];
}

const VERSIONS: ReadonlyMap<string, '1.1' | '1.2'> = new Map([
  [SOAP11, '1.1'],
  [SOAP12, '1.2'],
]);

const ADDRESSING: ReadonlyMap<string, '2004/08' | '2005/08'> = new Map([
  [WSA_2004, '2004/08'],
  [WSA_2005, '2005/08'],
]);

const ADDRESSING_NAMES: ReadonlySet<string> = new Set([
  'To',
  'Action',
  'MessageID',
  'RelatesTo',
  'ReplyTo',
  'From',
  'FaultTo',
]);

/** What a sender meant by a namespace that is no SOAP version's. */
function intended(namespace: string): string {
  return namespace.includes('2003/05') || namespace.includes('www.w3.org') ? SOAP12 : SOAP11;
}

/** `1`, `0`, `true`, `false`; null for another value. SOAP 1.1 knows the digits only, the world writes both. */
function booleanOf(text: string): boolean | null {
  const value = text.trim();
  if (value === '1' || value === 'true') return true;
  return value === '0' || value === 'false' ? false : null;
}

function readBlock(document: XmlDocument, node: NodeIndex, namespace: string, problems: FindingDraft[]): HeaderBlock {
  const other = namespace === SOAP11 ? SOAP12 : SOAP11;
  // The other version's name means nothing to a receiver, which so takes the block for its own.
  const actor = attributeValue(document, node, namespace, namespace === SOAP12 ? 'role' : 'actor');
  const understand = attributeValue(document, node, namespace, 'mustUnderstand');
  const mustUnderstand = understand === null ? null : booleanOf(understand);
  const data = { block: localName(document, node) };
  if (understand !== null && mustUnderstand === null) {
    problems.push({
      code: 'mustunderstand-not-boolean',
      severity: 'warning',
      ranges: [startTagRange(document, node)],
      data: { ...data, value: understand },
    });
  }
  const misnamed = namespace === SOAP12 ? 'actor' : 'role';
  for (const name of ['mustUnderstand', 'actor', 'role']) {
    const foreign =
      attributeValue(document, node, other, name) ??
      (name === misnamed ? attributeValue(document, node, namespace, name) : null);
    const bare = attributeValue(document, node, '', name);
    if (foreign !== null || (bare !== null && isSecurityLike(document, node))) {
      problems.push({
        code: 'soap-attribute-namespace',
        severity: 'warning',
        ranges: [startTagRange(document, node)],
        data: { ...data, attribute: name, namespace: foreign !== null ? other : '', expected: namespace },
      });
    }
  }
  return {
    node,
    uri: namespaceUri(document, node),
    local: localName(document, node),
    actor: actor === null || actor.trim() === '' ? null : actor.trim(),
    mustUnderstand,
  };
}

function isSecurityLike(document: XmlDocument, node: NodeIndex): boolean {
  return localName(document, node) === 'Security';
}

function readAddressing(
  document: XmlDocument,
  blocks: readonly HeaderBlock[],
  problems: FindingDraft[],
): AddressingHeader[] {
  const out: AddressingHeader[] = [];
  for (const block of blocks) {
    const version = ADDRESSING.get(block.uri);
    if (version === undefined || !ADDRESSING_NAMES.has(block.local)) continue;
    const address = childElements(document, block.node).find((child) =>
      isElement(document, child, block.uri, 'Address'),
    );
    out.push({
      node: block.node,
      name: block.local,
      version,
      value: textContent(document, address ?? block.node).trim(),
    });
  }
  const versions = new Set(out.map((one) => one.version));
  if (versions.size > 1) {
    problems.push({
      code: 'wsa-mismatch',
      severity: 'warning',
      confidence: 'likely',
      ranges: out.map((one) => startTagRange(document, one.node)),
      data: { reason: 'two-versions' },
    });
  }
  for (const name of ['To', 'Action', 'MessageID', 'ReplyTo', 'FaultTo']) {
    const same = out.filter((one) => one.name === name);
    if (same.length > 1) {
      problems.push({
        code: 'wsa-duplicate-header',
        severity: 'warning',
        ranges: same.map((one) => startTagRange(document, one.node)),
        data: { header: name, count: same.length },
      });
    }
  }
  return out;
}

/** Whether a Header or Body stands in it, of whatever namespace: else something else may be called Envelope. */
function hasParts(document: XmlDocument, node: NodeIndex): boolean {
  return childElements(document, node).some((child) => ['Header', 'Body'].includes(localName(document, child)));
}

/** What is wrong with how often Header and Body stand, and where. */
function partProblems(
  document: XmlDocument,
  node: NodeIndex,
  headers: readonly NodeIndex[],
  bodies: readonly NodeIndex[],
): FindingDraft[] {
  const problems: FindingDraft[] = [];
  if (headers.length > 1) {
    problems.push({
      code: 'soap-several-headers',
      severity: 'error',
      ranges: headers.map((one) => startTagRange(document, one)),
      data: { count: headers.length },
    });
  }
  if (bodies.length > 1) {
    problems.push({
      code: 'XSW-05',
      severity: 'error',
      ranges: bodies.map((one) => startTagRange(document, one)),
      data: { element: 'Body', count: bodies.length },
    });
  }
  if (bodies.length === 0) {
    problems.push({ code: 'soap-body-missing', severity: 'error', ranges: [startTagRange(document, node)] });
  }
  const body = bodies[0] ?? null;
  const header = headers[0] ?? null;
  if (header !== null && body !== null && header > body) {
    problems.push({ code: 'soap-header-after-body', severity: 'error', ranges: [startTagRange(document, header)] });
  }
  return problems;
}

/** Reads the document's SOAP envelope; null where the document element is not named `Envelope`, or is another's. */
export function readEnvelope(document: XmlDocument): Envelope | null {
  const node = document.root;
  if (node === NO_NODE || localName(document, node) !== 'Envelope') return null;
  const namespace = namespaceUri(document, node);
  const version = VERSIONS.get(namespace) ?? null;
  if (version === null && !hasParts(document, node)) return null;
  const problems: FindingDraft[] = [];
  const nearMiss = (at: NodeIndex, found: string, expected: string) => {
    problems.push({
      code: 'soap-namespace-wrong',
      severity: 'error',
      ranges: [startTagRange(document, at)],
      data: { element: localName(document, at), namespace: found, expected },
      fault: 'soap:VersionMismatch',
    });
  };
  if (version === null) nearMiss(node, namespace, intended(namespace));
  const headers: NodeIndex[] = [];
  const bodies: NodeIndex[] = [];
  for (const child of childElements(document, node)) {
    const name = localName(document, child);
    if (name !== 'Header' && name !== 'Body') continue;
    const uri = namespaceUri(document, child);
    if (uri !== namespace) {
      if (VERSIONS.has(uri) || uri === '') nearMiss(child, uri, namespace);
      continue;
    }
    (name === 'Header' ? headers : bodies).push(child);
  }
  problems.push(...partProblems(document, node, headers, bodies));
  const body = bodies[0] ?? null;
  const header = headers[0] ?? null;
  const blocks = headers
    .flatMap((one) => childElements(document, one))
    .map((one) => readBlock(document, one, namespace, problems));
  const addressing = readAddressing(document, blocks, problems);
  return { node, version, namespace, header, body, bodies, blocks, addressing, problems };
}
